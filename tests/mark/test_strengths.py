"""Strengths: what speaks for the essay most, with its place, and the nearest thing to one where there is none."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.mark.script import Script
from essay_marker.mark.strengths import strengths
from essay_marker.records import Effect, Reason, Span, StrandMark, Strength, Target, span_of

from .building import RUBRIC, STRANDS
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
    score: float = 3.0,
) -> tuple[Strength, ...]:
    """The strengths of criteria at these levels, as ``(strand, code, level)``, each of weight 1."""
    marks = tuple(
        StrandMark(
            id=strand.id,
            label=strand.label,
            level=3,
            score=score,
            how="",
            reasons=tuple(
                Reason(
                    code=code,
                    text="",
                    effect=effect,
                    spans=spans,
                    value=1.0,
                    level=level,
                    weight=1.0,
                    learned=any(use.learned for use in strand.criteria if use.code == code),
                )
                for of, code, level in levels
                if of == strand.id
            ),
        )
        for strand in RUBRIC.strands
    )
    return strengths(RUBRIC, marks, on, targets)


def with_levels(of: Script, *levels: dict[str, float]) -> Script:
    """``of`` with these levels of its sentences."""
    sentences = tuple(msgspec.structs.replace(s, levels=known) for s, known in zip(of.sentences, levels, strict=True))
    reading = msgspec.structs.replace(of.reading, sentences=sentences)
    return Script(reading=reading, topic=TOPIC, themes=(), text=of.text)


def target(strand: str, code: str, *indices: int, text: str = "More.") -> Target:
    """A target about these sentences."""
    return Target(code=code, strand=strand, text=text, spans=tuple(span_of(GOOD.sentences[i]) for i in indices))


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


def test_where_nothing_is_a_strength_the_best_sentence_is_one_to_build_on() -> None:
    learned = next(use.code for use in RUBRIC.strand("knowledge").criteria if use.learned)
    on = with_levels(script(), *(dict.fromkeys(STRANDS, 2.4 if i == 3 else 1.0) for i in range(6)))
    (found,) = given((*PRAISED[0], WEAK), ("knowledge", learned, 1.0), on=on)  # LEARNED
    assert not found.secure
    assert found.spans == (span_of(on.sentences[3]),)
    assert "build on" in found.student


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
    assert f"aragraph 3 on {TOPIC.theme('terror').spoken}" in found.text


# --- what is no strength --------------------------------------------------------------------------------------------


def test_the_words_of_a_target_are_not_praised() -> None:
    asked = target("analysis", "linked-issues", 2)
    (found,) = given(("organisation", "shape", FIRM), spans=EVERYWHERE[1:4], targets=(asked,))
    assert found.spans != asked.spans


@pytest.mark.parametrize(("asked", "praised"), [
    (("organisation", "built-paragraphs"), ("judgement", "judged-on-the-way")),
    (("analysis", "explained-points"), ("analysis", "reasoned-sentences")),
    (("knowledge", "depth"), ("knowledge", "precise-support")),
])  # fmt: skip
def test_what_a_target_asks_for_is_not_praised_on_the_same_theme(
    asked: tuple[str, str], praised: tuple[str, str]
) -> None:
    assert [s for s in given((*praised, FIRM), targets=(target(*asked, 2),)) if s.secure] == []
    elsewhere = script(themes=())
    found = tuple(
        msgspec.structs.replace(s, themes=("economy",)) if i == 4 else s for i, s in enumerate(GOOD.sentences)
    )
    on = Script(msgspec.structs.replace(GOOD.reading, sentences=found), TOPIC, elsewhere.themes, GOOD.text)
    (strength,) = given((*praised, FIRM), targets=(target(*asked, 2),), on=on)
    assert strength.spans == (span_of(on.sentences[4]),)


def test_an_idea_of_a_target_is_not_brought_again_by_a_strength() -> None:
    def text(*asked: Target) -> str:
        (found,) = given(("organisation", "paragraph-openings", FIRM), on=script(stance="success"), targets=asked)
        return found.text

    idea = next(idea for theme in TOPIC.themes for idea in theme.limitation if idea in text())
    assert idea not in text(target("analysis", "linked-issues", text=f"It is said that {idea}."))


@pytest.mark.parametrize(
    "words", ["So was it all a great success for him and for the whole country?", "It did not work."]
)
def test_a_question_and_a_few_words_are_no_strength(words: str) -> None:
    least = RUBRIC.feedback.praised_words
    on = script("It begins.", words, "It ends.", own_words=least if words.endswith("?") else least - 1)
    spans = (span_of(on.sentences[1]),)
    assert [s for s in given(("organisation", "paragraph-openings", FIRM), on=on, spans=spans) if s.secure] == []


def test_a_weak_sentence_is_no_strength_however_high_its_criterion() -> None:
    low, high = RUBRIC.feedback.praised - 0.1, RUBRIC.feedback.praised
    weak = with_levels(GOOD, *[dict.fromkeys(STRANDS, low)] * 6)
    assert [s for s in given((*PRAISED[0], FIRM), on=weak) if s.secure] == []
    one = with_levels(GOOD, *(dict.fromkeys(STRANDS, high if i == 4 else low) for i in range(6)))
    (found,) = given((*PRAISED[0], FIRM), on=one)
    assert found.spans == (span_of(one.sentences[4]),)


def test_a_criterion_below_its_strand_is_no_strength() -> None:
    assert [s.code for s in given((*PRAISED[0], 4.0), score=4.0)] == [PRAISED[0][1]]
    assert given((*PRAISED[0], 4.0), score=4.1) == ()


def test_a_weak_essay_has_few_strengths() -> None:
    everything = [(strand, code, FIRM) for strand, code in PRAISED]
    assert len(given(*everything, score=RUBRIC.feedback.modest)) == RUBRIC.feedback.strengths
    assert len(given(*everything, score=RUBRIC.feedback.modest - 0.1)) == RUBRIC.feedback.modest_strengths


def test_only_one_strength_goes_on_to_what_is_not_there() -> None:
    first, *others = given(*((strand, code, FIRM) for strand, code in PRAISED))
    assert len(first.text.split(". ")) == 2
    assert [len(strength.text.split(". ")) for strength in others] == [1, 1]
