"""Terms: found whatever the spelling, never inside a word, and with the capitals they need."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.terms import TermIndex, words_of


def found(text: str, *terms: str) -> list[str]:
    index = TermIndex((term, term) for term in terms)
    return [text[match.start : match.end] for match in index.find(words_of(text))]


ALIKE = [
    ("de-Stalinisation", "de-Stalinization"),
    ("de-Stalinisation", "De-Stalinisation"),
    ("de-Stalinisation", "de Stalinisation"),
    ("de-Stalinisation", "de–Stalinisation"),
    ("liberalise", "liberalize"),
    ("labour camp", "labor camps"),
    ("analyse", "analyze"),
    ("show trial", "show trials"),
    ("sovnarkhozy", "Sovnarkhozy"),
    ("détente", "detente"),
    ("Lenin", "Lenin’s"),
    ("Lenin", "Lenin's"),
    ("workers", "workers'"),
    ("Secret Speech", "Secret Speech"),
    ("secret speech", "Secret Speech"),
    ("Virgin Lands", "virgin lands"),
]
UNLIKE = [
    ("West", "in the west of Siberia"),
    ("MTS", "mts"),
    ("Thaw", "the thaw"),
    ("plan", "planet"),
    ("camp", "campaign"),
    ("show trial", "show the trial"),
    ("class", "clas"),
    ("Congress", "Congres"),
]


@pytest.mark.parametrize(("term", "printed"), ALIKE)
def test_spelling_that_makes_no_difference(term: str, printed: str) -> None:
    assert found(f"So {printed}, then.", term) == [printed.rstrip("'")]


@pytest.mark.parametrize(("term", "text"), UNLIKE)
def test_what_is_another_word(term: str, text: str) -> None:
    assert found(text, term) == []


def test_a_single_word_needs_the_capitals_of_its_term() -> None:
    assert found("the West and an MTS", "West", "MTS") == ["West", "MTS"]


def test_the_longest_term_wins_and_terms_do_not_overlap() -> None:
    assert found("the labour camp system", "labour", "labour camp", "camp system") == ["labour camp"]


def test_a_term_of_several_values_gives_all_of_them() -> None:
    index = TermIndex([("housing", "economy"), ("housing", "society")])
    assert [match.value for match in index.find(words_of("cheap housing"))] == ["economy", "society"]


def test_empty_terms_and_texts_find_nothing() -> None:
    assert found("", "thaw") == []
    assert found("the thaw", "", "—") == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_words_are_where_they_say(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert text[word.start : word.end] == word.printed
        assert word.start >= end
        end = word.end
