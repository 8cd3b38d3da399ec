"""From values to levels and from levels to a strand: arithmetic that a reader can redo from what is printed."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.mark.levels import TOP, level_at, level_in_words, strand_mark, whole_level
from essay_marker.records import Finding, Reason, Span, StrandMark
from essay_marker.rubric import CriterionUse, Strand

RISING = (1.0, 2.0, 4.0, 6.0, 10.0)
FALLING = (0.8, 0.5, 0.3, 0.2, 0.1)
examples = settings(max_examples=80, deadline=None, derandomize=True)

values = st.floats(min_value=0, max_value=50, allow_nan=False)
step = st.floats(min_value=0.01, max_value=10, allow_nan=False)


@st.composite
def steps(draw: st.DrawFn) -> tuple[float, ...]:
    """Five values that rise, or fall, to zero or not."""
    at = draw(st.sampled_from([0.0, 0.05, 1.0]))
    found = [at]
    for _ in range(4):
        found.append(found[-1] + draw(step))
    return tuple(found) if draw(st.booleans()) else tuple(reversed(found))


@pytest.mark.parametrize("number", range(5))
def test_a_step_is_reached_at_its_value(number: int) -> None:
    assert level_at(RISING[number], RISING) == number + 1
    assert level_at(FALLING[number], FALLING) == number + 1


@pytest.mark.parametrize(
    ("value", "scale", "level"),
    [
        (0.0, RISING, 0.0),
        (0.5, RISING, 0.5),
        (3.0, RISING, 2.5),
        (99.0, RISING, TOP),
        (0.0, FALLING, TOP),
        (0.4, FALLING, 2.5),
        (0.9, FALLING, 1.0),
        (0.0, (0.0, 1.0, 2.0, 3.0, 4.0), 1.0),
    ],
)
def test_between_two_steps_the_level_is_in_proportion(value: float, scale: tuple[float, ...], level: float) -> None:
    assert level_at(value, scale) == pytest.approx(level)


@examples
@given(steps(), values, values)
def test_more_is_never_worse_where_steps_rise_nor_better_where_they_fall(
    scale: tuple[float, ...], a: float, b: float
) -> None:
    low, high = sorted((a, b))
    if scale[0] > scale[-1]:
        low, high = high, low
    assert 0.0 <= level_at(low, scale) <= level_at(high, scale) <= TOP


@pytest.mark.parametrize(("score", "level"), [(0.0, 0), (0.49, 0), (0.5, 1), (2.49, 2), (2.5, 3), (4.5, 5), (5.0, 5)])
def test_the_nearest_whole_level(score: float, level: int) -> None:
    assert whole_level(score) == level


# --- strands --------------------------------------------------------------------------------------------------------


def strand(*uses: CriterionUse) -> Strand:
    return Strand(id="s", label="S", judged="?", weight=1.0, ladder=("1", "2", "3", "4", "5"), criteria=uses)


def merit(code: str = "good", weight: float = 1.0, **fields: Any) -> CriterionUse:
    return CriterionUse(code=code, weight=weight, steps=(1.0, 2.0, 3.0, 4.0, 5.0), **fields)


def fault(code: str = "bad", weight: float = 1.0) -> CriterionUse:
    return CriterionUse(code=code, weight=weight, steps=(0.5, 0.4, 0.3, 0.2, 0.1))


def found(code: str = "good", value: float = 1.0, effect: str = "raises") -> Finding:
    fields = {
        "code": code,
        "strand": "s",
        "effect": effect,
        "value": value,
        "text": "t",
        "spans": [Span(start=0, end=1)],
        "title": "Looked at",
        "unit": "pieces",
    }
    return msgspec.convert(fields, Finding, from_attributes=True)


def redone(mark: StrandMark) -> float:
    """The score by the arithmetic that ``how`` prints; fails where it is none."""
    printed = re.fullmatch(
        r"\((?P<terms>[\d. ×+]+)\) ÷ (?P<weight>[\d.]+) = (?P<score>[\d.]+)"
        r"(?:; held at (?P<cap>[\d.]+) because of .+)*",
        mark.how,
    )
    assert printed, mark.how
    terms = [tuple(map(float, term.split(" × "))) for term in printed["terms"].split(" + ")]
    assert sum(weight for _, weight in terms) == pytest.approx(float(printed["weight"]))
    score = sum(level * weight for level, weight in terms) / float(printed["weight"])
    assert score == pytest.approx(float(printed["score"]), abs=0.0006)
    return min(score, float(printed["cap"])) if printed["cap"] else score


def test_a_strand_is_the_weighted_mean_of_its_criteria() -> None:
    mark = strand_mark(strand(merit("a", 3.0), merit("b", 1.0)), [found("a", 4.0), found("b", 2.0)])
    assert mark.score == pytest.approx((4.0 * 3 + 2.0) / 4)
    assert redone(mark) == pytest.approx(mark.score, abs=0.0006)
    assert mark.level == whole_level(mark.score)


def test_a_fault_counts_only_where_it_lowers() -> None:
    uses = strand(merit(), fault())
    without = strand_mark(strand(merit()), [found(value=3.0)]).score
    assert strand_mark(uses, [found(value=3.0), found("bad", 0.0, "neutral")]).score == without
    assert strand_mark(uses, [found(value=3.0), found("bad", 0.5, "lowers")]).score == pytest.approx((3.0 + 1.0) / 2)


def test_a_cap_holds_a_strand_down_while_its_value_is_low() -> None:
    capped = CriterionUse(code="few", cap=1.2, cap_below=3)
    low = strand_mark(strand(merit(), capped), [found(value=4.0), found("few", 2.0)])
    enough = strand_mark(strand(merit(), capped), [found(value=4.0), found("few", 3.0)])
    assert (low.score, enough.score) == (1.2, 4.0)
    assert redone(low) == pytest.approx(1.2)
    assert "because of “Looked at”" in low.how
    assert "because" not in enough.how
    assert [mark.reasons[1].effect for mark in (low, enough)] == ["lowers", "neutral"]
    assert low.reasons[1].how == "Below 3 it holds the strand at 1.2"
    weak = strand_mark(strand(merit(), capped), [found(value=1.0), found("few", 2.0)])
    assert weak.score == 1.0  # a cap lifts nothing


def test_what_weighs_nothing_is_shown_and_moves_nothing() -> None:
    shown = CriterionUse(code="shown")
    mark = strand_mark(strand(merit(), shown), [found(value=2.0), found("shown", 40.0)])
    assert mark.score == 2.0
    assert [(reason.code, reason.level, reason.weight, reason.effect) for reason in mark.reasons][1] == (
        "shown",
        None,
        0.0,
        "neutral",
    )


def test_what_is_missing_lowers_where_it_is_in_the_sum() -> None:
    mark = strand_mark(strand(merit("a"), merit("b")), [found("a", 4.0), found("b", 0.0, "neutral")])
    assert [reason.effect for reason in mark.reasons] == ["raises", "lowers"]
    assert mark.score < 4.0


def test_findings_of_other_criteria_are_passed_over_and_missing_ones_do_no_harm() -> None:
    mark = strand_mark(strand(merit("a"), merit("b")), [found("a", 2.0), found("other", 5.0)])
    assert mark.score == 2.0
    assert [reason.code for reason in mark.reasons] == ["a"]
    assert strand_mark(strand(merit()), []).score == 0.0


@pytest.mark.parametrize(("merits", "effect"), [(3.0, "neutral"), (4.95, "lowers")])
def test_a_fault_lowers_where_it_is_in_the_sum_and_nowhere_else(merits: float, effect: str) -> None:
    mark = strand_mark(strand(merit(), fault()), [found(value=merits), found("bad", 0.11, "lowers")])
    assert mark.reasons[1].effect == effect
    assert mark.reasons[1].counts is (effect == "lowers")
    assert (mark.score < merits) is (effect == "lowers")


SUM = re.compile(
    r"(?:(?P<whole>\d) \+ \()?(?P<a>[\d.]+)(?: − (?P<b>[\d.]+)\))? ÷ \(?(?P<c>[\d.]+)(?: − (?P<d>[\d.]+)\))?"
)


@examples
@given(steps(), values)
def test_a_level_can_be_redone_from_what_is_said_of_it(scale: tuple[float, ...], value: float) -> None:
    scale, value = tuple(round(s, 3) for s in scale), round(value, 3)
    said = level_in_words(value, scale)
    begins, _, rest = said.partition("; ")
    level = level_at(value, scale)
    found = SUM.match(rest)
    if found:
        a, b, c, d = (float(found[name] or 0) for name in "abcd")
        assert int(found["whole"] or 0) + (a - b) / (c - d) == pytest.approx(level, abs=1e-6)
        assert float(rest.split(" = ")[1]) == round(level, 3)
    else:
        assert re.match(rf"Level {level:g} (?:is from|begins at) ", begins), said
        assert rest == f"this is {value:g}"


@examples
@given(st.lists(st.tuples(st.booleans(), values, st.sampled_from([0.5, 1.0, 2.5])), min_size=1, max_size=6))
def test_any_strand_can_be_redone_and_a_better_value_never_lowers_it(rows: list[tuple[bool, float, float]]) -> None:
    uses = [(merit if good else fault)(f"c-{number}", weight) for number, (good, _, weight) in enumerate(rows)]
    findings = [found(f"c-{number}", value) for number, (_, value, _) in enumerate(rows)]
    mark = strand_mark(strand(*uses), findings)
    assert 0.0 <= mark.score <= TOP
    if any(good for good, _, _ in rows):
        assert redone(mark) == pytest.approx(mark.score, abs=0.0006)
    for number, (good, value, _) in enumerate(rows):
        better = [*findings]
        better[number] = found(f"c-{number}", value + 1.0 if good else max(0.0, value - 1.0))
        assert strand_mark(strand(*uses), better).score >= mark.score - 0.0011


def test_the_reasons_hold_what_the_score_rests_on() -> None:
    mark = strand_mark(strand(merit("a", 2.0)), [found("a", 2.5)])
    assert mark.reasons == (
        Reason(
            code="a",
            text="t",
            effect="raises",
            spans=(Span(start=0, end=1),),
            value=2.5,
            level=2.5,
            weight=2.0,
            title="Looked at",
            unit="pieces",
            how="Level 2 begins at 2 and Level 3 at 3; 2 + (2.5 − 2) ÷ (3 − 2) = 2.5",
            counts=True,
        ),
    )


def test_a_strands_own_steps_turn_the_mean_into_its_level() -> None:
    stepped = msgspec.structs.replace(strand(merit()), steps=(2.0, 2.5, 3.0, 3.5, 4.0))
    mark = strand_mark(stepped, [found("good", 3.25)])
    assert mark.score == 3.5
    assert mark.how.endswith("Level 3 begins at 3 and Level 4 at 3.5; 3 + (3.25 − 3) ÷ (3.5 − 3) = 3.5")
