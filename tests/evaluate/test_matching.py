"""What is said of labelled units."""

from __future__ import annotations

import pytest

from essay_marker.evaluate.matching import Authority, Said, by_surname, said_by, said_of, surname
from essay_marker.records import Span

from ..evaluations import historian, result, sentence, unit

TEXT = "He opened the camps. “Never again,” they said! The café re-opened. Hungary was crushed in 1956 by tanks."


# --- what is said ---------------------------------------------------------------------------------------------------

FIRST, SECOND = "He opened the camps.", "“Never again,” they said!"
ALL = Span(start=0, end=TEXT.index("The café"))


def test_themes_and_judgements_of_all_sentences_count_and_the_longest_gives_the_role() -> None:
    said = said_of(
        ALL,
        result(
            TEXT,
            sentence(TEXT, FIRST, themes=("terror",), role="claim", stance="success"),
            sentence(TEXT, SECOND, themes=("thaw",), role="analysis", judgement=True),
        ),
    )
    assert said.themes == {"terror", "thaw"}
    assert (said.role, said.stance, said.judgement) == ("analysis", "success", True)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [("none", "none", "none"), ("none", "mixed", "mixed"), ("success", "limitation", "mixed")],
)
def test_two_sides_are_both_sides(first: str, second: str, both: str) -> None:
    tags = (sentence(TEXT, FIRST, stance=first), sentence(TEXT, SECOND, stance=second))
    assert said_of(ALL, result(TEXT, *tags)).stance == both


def test_a_sentence_that_only_touches_the_unit_is_not_part_of_it() -> None:
    unit = Span(start=0, end=len(FIRST) + 5)
    said = said_of(unit, result(TEXT, sentence(TEXT, SECOND, role="claim")))
    assert (said.role, said.stance, said.themes) == (None, "none", frozenset())


def test_mentions_belong_to_the_unit_they_mostly_lie_in() -> None:
    text = "Taubman praises him. Tompson does not (Tompson, 1995)."
    people = [
        historian(text, "Taubman", ("Taubman", "attribute")),
        historian(text, "Tompson", ("Tompson", "evaluate"), ("(Tompson, 1995)", "cite")),
    ]
    unit = Span(start=text.index("Tompson"), end=text.index(")"))
    said = said_of(unit, result(text, historians=people))
    assert said.authorities == (
        Authority("Tompson", "evaluate", "Tompson"),
        Authority("Tompson", "cite", "(Tompson, 1995)"),
    )


def test_what_another_labeller_says_is_taken_as_it_is_but_for_what_is_left_open() -> None:
    labels = unit(
        "a-1", FIRST, ("Nove", "cite"), themes=("terror",), optional_themes=("thaw",), stance="mixed", judgement=True
    )
    said = said_by(labels)
    assert said == Said(frozenset({"terror"}), "mixed", "evidence", True, (Authority("Nove", "cite"),))


# --- surnames -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Taubman", "taubman"),
        ("W. Taubman", "taubman"),
        ("William Taubman's", "taubman"),
        ("Medvedev & Medvedev", "medvedev"),
        ("Laird and Hoffmann", "laird"),
        ("Service et al.", "service"),
        ("Čapek (ed.)", "capek"),
        ("", ""),
    ],
)
def test_surname(name: str, key: str) -> None:
    assert surname(name) == key


def test_several_references_to_one_authority_count_once_by_the_highest_use() -> None:
    named = [Authority("Taubman", "cite"), Authority("W. Taubman", "evaluate"), Authority("Nove", "quote")]
    assert {key: each.use for key, each in by_surname(named).items()} == {"taubman": "evaluate", "nove": "quote"}


def test_a_name_as_the_essay_misspells_it_is_that_of_the_labels() -> None:
    found = by_surname([Authority("Taubman", "cite", "(Taubmann, 2003)")], known=["taubmann"])
    assert list(found) == ["taubmann"]
