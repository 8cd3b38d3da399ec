"""What most criteria ask of an essay: whose words, what is evidence, what is explained."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from essay_marker.assess.case import count, distinct
from essay_marker.records import Specific

from .building import CONCLUSION, INTRODUCTION, RUBRIC, Said, analysis, case, claim, context, essay, evidence


def test_only_prose_that_is_new_and_no_title_counts() -> None:
    made = case([claim(title=True)], [claim(), claim(repeats=True), claim(prose=False), claim(quoted=8)])
    assert made.counted == (1, 4)
    assert made.own == (1,)


def test_a_sentence_is_the_writers_own_while_less_than_the_set_share_is_quoted() -> None:
    words = len(claim().text.split())
    edge = round(words * RUBRIC.looking.own_share)
    assert case([claim(quoted=edge - 1)]).own == (0,)
    assert case([claim(quoted=edge)]).own == ()


def test_the_middle_is_what_stands_between_introduction_and_conclusion() -> None:
    assert essay([claim(), claim()], [claim()]).middle == ((1, 2), (3,))
    assert case(INTRODUCTION, CONCLUSION).middle == ((0,), (1,))
    assert case().middle == ()


def test_paragraphs_without_prose_are_left_out() -> None:
    assert case([claim()], [claim(prose=False)], [claim()]).paragraphs == ((0,), (2,))


@pytest.mark.parametrize(
    ("said", "is_evidence"),
    [
        (evidence(), True),
        (evidence(specifics=()), False),
        (evidence(specifics=(), quoted=3), True),
        (claim(specifics=("1957",)), False),
        (claim(specifics=("1957", "Molotov")), True),
        (context(specifics=("1957", "Molotov")), False),
    ],
)
def test_evidence_is_something_specific(said: Said, is_evidence: bool) -> None:
    assert essay([said]).evidence(1) is is_evidence


@pytest.mark.parametrize(
    ("said", "explains"),
    [
        (analysis(), True),
        (analysis(stance="none"), True),  # it holds a reason
        (analysis(stance="none", cues=""), False),
        (analysis(text="This shows it worked."), False),  # a label
        (analysis(themes=""), False),  # of nothing
        (analysis(quoted=8), False),
        (claim(cues="explanation"), True),
        (claim(), False),
        (evidence(cues="explanation"), False),
    ],
)
def test_an_explanation_says_why_of_something_in_the_writers_words(said: Said, explains: bool) -> None:
    assert essay([evidence(), said]).explained(2) is explains


def test_an_explanation_rests_on_something_specific_close_before_it() -> None:
    reach = RUBRIC.looking.ground_reach
    vague = [claim()] * (reach - 1)
    assert essay([evidence(), *vague, analysis()]).explained(1 + reach)
    assert not essay([evidence(), claim(), *vague, analysis()]).explained(2 + reach)
    assert not essay([evidence()], [analysis()]).explained(2)


def test_reasoning_takes_two_means_at_once() -> None:
    assert essay([evidence(), analysis(cues="explanation contrast")]).reasoned(2)
    assert not essay([evidence(), analysis(cues="explanation focus")]).reasoned(2)
    assert not essay([analysis(cues="explanation contrast")]).reasoned(1)


def test_a_rate_is_the_same_in_a_short_essay_and_a_long_one_but_not_in_a_scrap() -> None:
    page, least = RUBRIC.looking.page_sentences, RUBRIC.looking.short_page_sentences
    assert case([claim()] * page).per_page(3) == pytest.approx(3)
    assert case([claim()] * (2 * page)).per_page(6) == pytest.approx(3)
    assert case([claim()]).per_page(3) == case([claim()] * least).per_page(3)


def test_a_specific_that_is_named_again_counts_once() -> None:
    named = [Specific(start=i, end=i + 1, kind="name", sentence=0, key=key) for i, key in enumerate("abab")]
    assert [s.start for s in distinct(named)] == [0, 1]


@pytest.mark.parametrize(("number", "said"), [(0, "no themes"), (1, "one theme"), (2, "2 themes"), (21, "21 themes")])
def test_numbers_with_their_noun(number: int, said: str) -> None:
    assert count(number, "theme") == said


def test_what_comes_from_elsewhere_or_speaks_of_marking_does_not_count() -> None:
    made = essay([claim(), evidence("terror", "1957")], [analysis(), analysis()])
    sentences = list(made.sentences)
    sentences[3] = msgspec.structs.replace(sentences[3], on_topic=False)
    other = replace(made, reading=msgspec.structs.replace(made.reading, sentences=tuple(sentences)))
    assert 3 in made.counted
    assert 3 not in other.counted
    assert other.elsewhere == (3,)
    marking = Said("The answer is organised, and the argument is logical, coherent and precise.", themes="")
    told = essay([claim(), marking])
    unnamed = tuple(msgspec.structs.replace(s, names_topic=s.start == 0) for s in told.sentences)
    assert 2 not in replace(told, reading=msgspec.structs.replace(told.reading, sentences=unnamed)).counted
    assert 2 in told.counted, "who names the subject may speak of argument"


def test_a_sentence_is_substantial_that_names_the_subject_or_a_date() -> None:
    made = case([Said(), Said("Too short."), evidence("terror", "1957")])
    unnamed = tuple(msgspec.structs.replace(s, names_topic=False) for s in made.sentences)
    dated = (msgspec.structs.replace(made.reading.specifics[0], kind="date"),)
    blank = replace(made, reading=msgspec.structs.replace(made.reading, sentences=unnamed, specifics=dated))
    assert [made.substantial(i) for i in range(3)] == [True, False, True]
    assert [blank.substantial(i) for i in range(3)] == [False, False, True]
