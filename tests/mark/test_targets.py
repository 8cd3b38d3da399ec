"""Targets: the three steps that would raise the mark most, each about this essay."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.mark.levels import level_at
from essay_marker.mark.places import place_of
from essay_marker.mark.script import Script
from essay_marker.mark.targets import lift_of, lifted, targets
from essay_marker.records import Reason, Span, StrandMark, Target, ThemeCoverage, YardstickUse, span_of
from essay_marker.rubric import Advice, CriterionUse

from .building import RUBRIC, STRANDS, reading, sentence
from .scripts import TOPIC, script

GOOD = script()
ADVISED = [(advice.strand, advice.code) for advice in RUBRIC.advice]
WEIGHTS = {(strand.id, use.code): use.weight for strand in RUBRIC.strands for use in strand.criteria}
WEIGHED = [pair for pair in ADVISED if WEIGHTS[pair] > 0]


def use_of(strand: str, code: str) -> CriterionUse:
    return next(use for use in RUBRIC.strand(strand).criteria if use.code == code)


def advice_of(strand: str, code: str) -> Advice:
    return next(advice for advice in RUBRIC.advice if (advice.strand, advice.code) == (strand, code))


def value_of(strand: str, code: str, level: int) -> float:
    """The value at which the criterion reaches ``level``; 0 below the first."""
    steps = use_of(strand, code).steps
    assert steps is not None
    return steps[level - 1] if level else 0.0


def reason(strand: str, code: str, level: int, spans: tuple[Span, ...] = ()) -> Reason:
    use, value = use_of(strand, code), value_of(strand, code, level)
    assert use.steps is not None
    found = level_at(value, use.steps)
    return Reason(code=code, text="", effect="raises", spans=spans, value=value, level=found, weight=use.weight)


def made(*levels: tuple[str, str, int]) -> tuple[StrandMark, ...]:
    """The strands with these criteria at these levels, as ``(strand, code, level)``."""
    return tuple(
        StrandMark(
            id=strand,
            label=strand,
            level=3,
            score=3.0,
            how="",
            reasons=tuple(reason(strand, code, level) for of, code, level in levels if of == strand),
        )
        for strand in STRANDS
    )


def given(*levels: tuple[str, str, int], on: Script = GOOD) -> tuple[Target, ...]:
    return targets(RUBRIC, made(*levels), on)


def test_there_are_three_from_three_criteria() -> None:
    found = given(*((strand, code, 2) for strand, code in WEIGHED))
    assert len(found) == RUBRIC.feedback.targets == 3
    assert len({(target.strand, target.code) for target in found}) == 3
    assert all(target.gain > 0 for target in found)


def test_nothing_is_advised_where_nothing_is_left_to_gain() -> None:
    assert given(*((strand, code, 5) for strand, code in WEIGHED)) == ()


def test_what_weighs_nothing_is_never_a_target() -> None:
    weightless = [pair for pair in ADVISED if WEIGHTS[pair] == 0]
    assert weightless, "every criterion with advice weighs something now: choose another case"
    assert given(*((strand, code, 1) for strand, code in weightless)) == ()


def test_what_raises_the_mark_most_comes_first() -> None:
    found = given(*((strand, code, 2) for strand, code in WEIGHED))
    others = {target.strand: target.gain for target in reversed(found)}
    assert max(others.values()) == found[0].gain


def test_another_strand_is_preferred_where_it_gains_nearly_as_much() -> None:
    strands = [*STRANDS]
    one = [(s, c, 2) for s, c in WEIGHED if s in strands[1:3]]
    first, second, _ = given(*one)
    assert first.strand != second.strand


def test_a_strand_gets_a_second_one_where_the_others_have_nothing_left() -> None:
    found = given(*((strand, code, 2 if strand == "analysis" else 5) for strand, code in WEIGHED))
    assert {target.strand for target in found} == {"analysis"}
    assert len(found) > 1


def test_no_two_targets_are_about_the_same_words() -> None:
    found = given(*((strand, code, 2) for strand, code in WEIGHED))
    places = [span for target in found for span in target.spans]
    assert len(places) == len(set(places))


def test_a_criterion_without_a_level_is_not_advised() -> None:
    strand, code = WEIGHED[0]
    shown = Reason(code=code, text="", effect="neutral", spans=(), value=0.0, level=None, weight=0.0)
    unused = msgspec.structs.replace(
        RUBRIC,
        strands=tuple(
            msgspec.structs.replace(
                s, criteria=tuple(msgspec.structs.replace(u, steps=None, weight=0.0) for u in s.criteria)
            )
            for s in RUBRIC.strands
        ),
    )
    mark = StrandMark(id=strand, label=strand, level=1, score=1.0, how="", reasons=(shown,))
    assert targets(unused, (mark,), GOOD) == ()


def test_a_fault_that_costs_nothing_is_no_target() -> None:
    faults = [pair for pair in WEIGHED if use_of(*pair).falling]
    assert faults
    other = next((s, c) for s, c in WEIGHED if s == faults[0][0] and not use_of(s, c).falling)
    # the fault stands above the one merit of the strand, so it is not in the sum
    found = given((*other, 1), *((s, c, 3) for s, c in faults))
    assert not {target.code for target in found} & {code for _, code in faults}


@pytest.mark.parametrize(("strand", "code"), WEIGHED, ids=[f"{s}-{c}" for s, c in WEIGHED])
def test_doing_it_once_lifts_a_criterion_at_most_a_level(strand: str, code: str) -> None:
    use, value = use_of(strand, code), value_of(strand, code, 2)
    assert use.steps is not None
    after = lifted(value, use, 1e9, RUBRIC.feedback.reach)
    assert level_at(after, use.steps) == pytest.approx(2 + RUBRIC.feedback.reach)
    assert lifted(value, use, 0.0, RUBRIC.feedback.reach) == value


def test_in_a_longer_essay_one_more_paragraph_is_a_smaller_share() -> None:
    advice = advice_of("organisation", "line-kept-up")
    long = script(*["A sentence. " * 3] * 9)
    assert lift_of(advice, RUBRIC, long) < lift_of(advice, RUBRIC, GOOD)


def test_a_target_on_range_names_the_weakest_theme_and_what_could_be_added() -> None:
    first, second = TOPIC.core_themes[:2]
    themes = tuple(
        ThemeCoverage(
            id=theme.id, label=theme.label, coverage="partial", score=score, words=10,
            evidence=(span_of(GOOD.sentences[2]),), suggestions=(said,),
        )
        for theme, score, said in ((first, 0.9, "Add something."), (second, 0.1, "Use the one thing."))
    )  # fmt: skip
    (target,) = given(("knowledge", "range-of-themes", 1), on=script(themes=themes))
    assert second.spoken in target.text
    assert "use the one thing" in target.text
    assert target.spans == (span_of(GOOD.sentences[2]),)


@pytest.mark.parametrize(("strand", "code"), WEIGHED, ids=[f"{s}-{c}" for s, c in WEIGHED])
def test_every_advice_speaks_to_either_reader_in_whole_sentences(strand: str, code: str) -> None:
    # a merit with nothing to gain stands beside it, since a fault is only where it lowers something
    merit = next(c for s, c in WEIGHED if s == strand and c != code and not use_of(s, c).falling)
    (target,) = given((strand, code, 1), (strand, merit, 5))
    assert (target.strand, target.code) == (strand, code)
    for text in (target.text, target.student):
        assert "{" not in text
        assert text.endswith((".", "?"))
        assert text[0].isupper()
    assert target.text != target.student


def test_an_essay_without_prose_has_targets_without_a_place() -> None:
    empty = msgspec.structs.replace(GOOD.reading, sentences=())
    found = given(
        *((strand, code, 1) for strand, code in WEIGHED),
        on=Script(reading=empty, topic=TOPIC, themes=(), text=GOOD.text),
    )
    assert len(found) == 3
    assert all(target.spans == () for target in found)


def test_no_two_targets_ask_for_the_same() -> None:
    # each of these would be met by the same exact sentence
    found = given(
        ("knowledge", "depth", 2), ("knowledge", "precise-support", 2), ("judgement", "standards-of-success", 4)
    )
    assert len(found) == 2
    assert {target.code for target in found} & {"depth", "precise-support"} != {"depth", "precise-support"}


@pytest.mark.parametrize(("code", "level", "first"), [("narrative-runs", 1, True), ("narrative-runs", 2, False)])
def test_a_fault_that_runs_through_the_essay_comes_first(code: str, level: int, first: bool) -> None:
    spans = (span_of(GOOD.sentences[3]),)
    marks = made(*((s, c, 3) for s, c in WEIGHED if not use_of(s, c).falling))
    fault = reason("analysis", code, level, spans)
    with_fault = tuple(
        msgspec.structs.replace(mark, reasons=(*mark.reasons, fault)) if mark.id == "analysis" else mark
        for mark in marks
    )
    found = targets(RUBRIC, with_fault, GOOD)
    assert (found[0].code == code) is first


def test_what_lags_behind_comes_before_what_one_sentence_would_add_most_to() -> None:
    (first, *_) = given(("judgement", "counter-arguments", 1), ("judgement", "standards-of-success", 4))
    assert first.code == "counter-arguments"


# --- places ---------------------------------------------------------------------------------------------------------


def of(*roles: str, spans: tuple[Span, ...] = ()) -> tuple[Script, Reason]:
    """A script whose paragraphs are one sentence each, with these roles, and a reason that cites ``spans``."""
    found, text = reading(*(f"Sentence number {i} stands here." for i in range(len(roles))))
    sentences = tuple(
        sentence(s.start, s.end, s.paragraph, role=role) for s, role in zip(found.sentences, roles, strict=True)
    )
    made_ = Script(reading=msgspec.structs.replace(found, sentences=sentences), topic=TOPIC, themes=(), text=text)
    return made_, Reason(code="c", text="", effect="raises", spans=spans, value=0.0, level=1.0, weight=1.0)


def test_a_paragraph_that_has_earned_it_is_not_pointed_at() -> None:
    made_, nothing = of("claim", "evidence", "evidence", "claim")
    earned = msgspec.structs.replace(nothing, spans=(span_of(made_.sentences[1]),))
    assert place_of("evidence", "paragraph", nothing, made_, set()).sentence == 1
    assert place_of("evidence", "paragraph", earned, made_, set()).sentence == 2


def test_words_that_are_taken_are_not_pointed_at_again() -> None:
    made_, nothing = of("claim", "evidence", "evidence", "claim")
    taken = {span_of(made_.sentences[1])}
    assert place_of("evidence", "essay", nothing, made_, taken).sentence == 2


def test_introduction_conclusion_and_openings_are_found() -> None:
    made_, nothing = of("context", "claim", "evidence", "evaluation")
    assert place_of("introduction", "essay", nothing, made_, set()).sentence == 0
    assert place_of("conclusion", "essay", nothing, made_, set()).sentence == 3
    assert place_of("opening", "middle", nothing, made_, set()).sentence == 2  # an event before a claim
    assert place_of("claim", "essay", nothing, made_, set()).sentence == 1


def test_there_is_no_place_where_everything_is_earned() -> None:
    made_, nothing = of("claim", "evidence", "claim")
    earned = msgspec.structs.replace(nothing, spans=(span_of(made_.sentences[1]),))
    assert place_of("evidence", "middle", earned, made_, set()).spans == ()


def test_what_a_criterion_cites_is_pointed_at() -> None:
    made_, nothing = of("claim", "evidence", "claim")
    cited = msgspec.structs.replace(nothing, spans=(span_of(made_.sentences[1]), span_of(made_.sentences[2])))
    assert place_of("cited", "essay", cited, made_, set()).sentence == 1
    assert place_of("cited", "essay", cited, made_, {cited.spans[0]}).sentence == 2
    assert place_of("cited", "essay", nothing, made_, set()).spans == ()


@pytest.mark.parametrize(("used", "index"), [(True, 2), (False, 2), (None, 1)])
def test_a_test_is_pointed_at_where_it_stands_and_else_where_the_opening_ends(used: bool | None, index: int) -> None:
    made_, nothing = of("context", "claim", "evidence", "evaluation")
    first = tuple(msgspec.structs.replace(s, paragraph=max(i - 1, 0)) for i, s in enumerate(made_.sentences))
    stated = YardstickUse(
        text=TOPIC.question.yardsticks[0].label,
        stated=span_of(first[2]),
        used=(span_of(first[3]),) if used else (),
    )
    yardsticks = () if used is None else (stated,)
    made_ = Script(
        msgspec.structs.replace(made_.reading, sentences=first, yardsticks=yardsticks), TOPIC, (), made_.text
    )
    assert place_of("standard", "essay", nothing, made_, set()).sentence == index


def test_a_theme_that_is_missing_could_stand_after_one_that_is_tied_to_it() -> None:
    link = next(link for link in TOPIC.links if "foreign_policy" in link.between)
    near = next(id_ for id_ in link.between if id_ != "foreign_policy")
    made_, nothing = of("context", "claim", "claim", "claim", "evaluation")
    about = ("nationalities", "nationalities", near, "nationalities", "nationalities")
    sentences = tuple(msgspec.structs.replace(s, themes=(id_,)) for s, id_ in zip(made_.sentences, about, strict=True))
    missing = ThemeCoverage(
        id="foreign_policy", label="", coverage="absent", score=0.0, words=0, evidence=(), suggestions=("Use it.",)
    )
    reading_ = msgspec.structs.replace(made_.reading, sentences=sentences)
    assert place_of("theme", "essay", nothing, Script(reading_, TOPIC, (missing,), made_.text), set()).sentence == 2


def test_advice_is_not_given_where_it_has_been_followed() -> None:
    made_, nothing = of("context", "claim", "claim", "evaluation")
    sentences = tuple(
        msgspec.structs.replace(s, stance="mixed" if i == 1 else "success") for i, s in enumerate(made_.sentences)
    )
    on = Script(msgspec.structs.replace(made_.reading, sentences=sentences), TOPIC, (), made_.text)
    assert place_of("claim", "page", nothing, on, set()).sentence == 1
    assert place_of("claim", "page", nothing, on, set(), ("both sides",)).sentence == 2
