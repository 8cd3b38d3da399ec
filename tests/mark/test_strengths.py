"""Strengths: what speaks for the essay most, with its place, and the nearest thing to one where there is none."""

from __future__ import annotations

import pytest

from essay_marker.mark.script import Script
from essay_marker.mark.strengths import strengths
from essay_marker.records import Effect, Reason, Span, StrandMark, Strength, Target, span_of

from .building import RUBRIC
from .scripts import TOPIC, script

GOOD = script()
PRAISED = [(praise.strand, praise.code) for praise in RUBRIC.praise]
EVERYWHERE = tuple(span_of(s) for s in GOOD.sentences)
FIRM, WEAK = RUBRIC.feedback.strong + 0.5, RUBRIC.feedback.strong - 0.5


def given(
    *levels: tuple[str, str, float],
    effect: Effect = "raises",
    spans: tuple[Span, ...] = EVERYWHERE,
    on: Script = GOOD,
    targets: tuple[Target, ...] = (),
) -> tuple[Strength, ...]:
    """The strengths of criteria at these levels, as ``(strand, code, level)``, each of weight 1."""
    marks = tuple(
        StrandMark(
            id=strand.id,
            label=strand.label,
            level=3,
            score=3.0,
            how="",
            reasons=tuple(
                Reason(code=code, text="", effect=effect, spans=spans, value=1.0, level=level, weight=1.0)
                for of, code, level in levels
                if of == strand.id
            ),
        )
        for strand in RUBRIC.strands
    )
    return strengths(RUBRIC, marks, on, targets)


def test_there_are_three_of_three_strands_each_with_words_of_its_own() -> None:
    found = given(*((strand, code, FIRM) for strand, code in PRAISED))
    assert len(found) == RUBRIC.feedback.strengths == 3
    assert len({strength.strand for strength in found}) == 3
    assert len({strength.spans for strength in found}) == 3
    assert all(strength.secure for strength in found)


def test_a_strand_gets_a_second_one_where_the_others_have_none() -> None:
    found = given(*((strand, code, FIRM) for strand, code in PRAISED if strand == "judgement"))
    assert [strength.strand for strength in found] == ["judgement"] * 3
    assert len({strength.code for strength in found}) == 3


def test_the_highest_comes_first() -> None:
    one, other = PRAISED[0], next(pair for pair in PRAISED if pair[0] != PRAISED[0][0])
    assert [s.code for s in given((*one, FIRM), (*other, FIRM + 0.5))] == [other[1], one[1]]
    assert [s.code for s in given((*one, FIRM + 0.5), (*other, FIRM))] == [one[1], other[1]]


def test_where_nothing_is_a_strength_the_nearest_is_named_as_such() -> None:
    one, other = PRAISED[0], next(pair for pair in PRAISED if pair[0] != PRAISED[0][0])
    (found,) = given((*one, WEAK - 0.5), (*other, WEAK))
    assert found.code == other[1]
    assert not found.secure


@pytest.mark.parametrize("effect", ["lowers", "neutral"])
def test_what_does_not_raise_the_mark_is_no_strength(effect: Effect) -> None:
    assert given(*((strand, code, FIRM) for strand, code in PRAISED), effect=effect) == ()


def test_what_a_target_asks_more_of_is_not_praised() -> None:
    one, other = PRAISED[0], next(pair for pair in PRAISED if pair[0] != PRAISED[0][0])
    target = Target(code=one[1], strand=one[0], text="More.", spans=())
    assert [s.code for s in given((*one, FIRM + 0.5), (*other, FIRM), targets=(target,))] == [other[1]]


def test_what_cannot_be_pointed_at_is_no_strength() -> None:
    assert given(*((strand, code, FIRM) for strand, code in PRAISED), spans=()) == ()


def test_an_essay_without_prose_has_none() -> None:
    empty = Script(reading=script(is_prose=False).reading, topic=TOPIC, themes=(), text=GOOD.text)
    assert given(*((strand, code, FIRM) for strand, code in PRAISED), on=empty) == ()


@pytest.mark.parametrize(("strand", "code"), PRAISED, ids=[f"{s}-{c}" for s, c in PRAISED])
def test_every_praise_is_whole_sentences_for_either_reader(strand: str, code: str) -> None:
    (found,) = given((strand, code, FIRM))
    for text in (found.text, found.student):
        assert "{" not in text
        assert text.endswith(".")
        assert text[0].isupper()


def test_the_paragraph_that_does_not_do_it_yet_is_named() -> None:
    (found,) = given(("organisation", "line-kept-up", FIRM), spans=(span_of(GOOD.sentences[1]),))
    assert "aragraph 3 on the terror" in found.text
