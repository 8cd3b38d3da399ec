"""From a finding's value to a level, from levels to a strand: arithmetic that can be redone on paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from essay_marker.records import Finding, Reason, StrandMark
from essay_marker.rubric import CriterionUse, Strand

TOP = 5.0
_DECIMALS = 3


def level_at(value: float, steps: Sequence[float]) -> float:
    """The level of ``value``: ``steps`` are the values of Levels 1 to 5, between two of them it is in proportion.

    Below the first of rising steps the level falls in proportion to 0 at nothing; steps that fall (less is better)
    give Level 1 at the least.
    """
    if steps[0] > steps[-1]:
        if value >= steps[0]:
            return 1.0
        return level_at(-value, [-s for s in steps])
    if value >= steps[-1]:
        return TOP
    if value < steps[0]:
        return max(0.0, value / steps[0]) if steps[0] > 0 else 1.0
    for level, (low, high) in enumerate(pairwise(steps), 1):
        if low <= value < high:
            return level + (value - low) / (high - low)
    return TOP


def value_at(level: float, steps: Sequence[float]) -> float:
    """The value at which ``level``, 1 to 5, is reached: the inverse of `level_at`."""
    below = min(max(int(level), 1), len(steps) - 1)
    low, high = steps[below - 1], steps[below]
    return low + (level - below) * (high - low)


def whole_level(score: float) -> int:
    """The nearest whole level, halves up."""
    return min(5, int(score + 0.5))


def level_in_words(value: float, steps: Sequence[float]) -> str:
    """How `level_at` comes to its level: the steps that ``value`` lies between, and the sum."""
    falling = steps[0] > steps[-1]
    level = f"{round(level_at(value, steps), _DECIMALS):g}"
    if value <= steps[-1] if falling else value >= steps[-1]:
        return f"Level 5 is from {steps[-1]:g} {'down' if falling else 'up'}; this is {value:g}"
    if falling and value >= steps[0]:
        return f"Level 1 is from {steps[0]:g} up; this is {value:g}"
    if not falling and value < steps[0]:
        return f"Level 1 begins at {steps[0]:g}; {value:g} ÷ {steps[0]:g} = {level}"
    for number, (low, high) in enumerate(pairwise(steps), 1):
        if low >= value > high if falling else low <= value < high:
            if value == low:
                return f"Level {number} begins at {low:g}; this is {value:g}"
            part = f"({low:g} − {value:g}) ÷ ({low:g} − {high:g})"
            if not falling:
                part = f"({value:g} − {low:g}) ÷ ({high:g} − {low:g})"
            begins = f"Level {number} begins at {low:g} and Level {number + 1} at {high:g}"
            return f"{begins}; {number} + {part} = {level}"
    return f"Level {level}"


def strand_mark(strand: Strand, findings: Sequence[Finding]) -> StrandMark:
    """A strand's level from the findings: the weighted mean of its criteria's levels, then any cap."""
    by_code = {finding.code: finding for finding in findings}
    uses = [use for use in strand.criteria if use.code in by_code]
    reasons = [_reason(use, by_code[use.code]) for use in uses]
    weighed = _weighed(uses, reasons)
    score = round(_mean(weighed), _DECIMALS)
    how = " + ".join(f"{r.level:g} × {r.weight:g}" for r in weighed)
    how = f"({how}) ÷ {sum(r.weight for r in weighed):g} = {score:g}" if weighed else "no criterion weighs anything"
    if strand.steps is not None and weighed:
        how += f". For the mean, {level_in_words(score, strand.steps)}"
        score = round(level_at(score, strand.steps), _DECIMALS)
    held = []
    for use in uses:
        finding = by_code[use.code]
        if _caps(use, finding) and use.cap is not None and score > use.cap:
            score = use.cap
            held.append(use.code)
            how += f"; held at {use.cap:g} because of “{finding.title or use.code}”"
    counted = {r.code for r in weighed}
    return StrandMark(
        id=strand.id,
        label=strand.label,
        level=whole_level(score),
        score=round(score, _DECIMALS),
        how=how,
        reasons=tuple(
            _explained(use, by_code[use.code], reason, counts=use.code in counted, holds=use.code in held)
            for use, reason in zip(uses, reasons, strict=True)
        ),
    )


def _weighed(uses: Sequence[CriterionUse], reasons: Sequence[Reason]) -> list[Reason]:
    """The reasons whose levels are in the sum.

    Positive marking: the absence of a fault is no merit, so a fault counts only where it lowers the strand; the worst
    comes first, so that a fault beside a worse one never lifts what that one has lowered.
    """
    known = [(use, r) for use, r in zip(uses, reasons, strict=True) if r.level is not None and r.weight > 0]
    weighed = [r for use, r in known if not use.falling]
    for fault in sorted((r for use, r in known if use.falling), key=lambda r: r.level or 0.0):
        if (fault.level or 0.0) < _mean(weighed):
            weighed.append(fault)
    return weighed


def _mean(reasons: Sequence[Reason]) -> float:
    """The weighted mean of the criteria's levels."""
    weight = sum(r.weight for r in reasons)
    return sum(r.weight * (r.level or 0.0) for r in reasons) / weight if weight else 0.0


def _caps(use: CriterionUse, finding: Finding) -> bool:
    """Whether the value is so low that it sets a limit to the strand."""
    return use.cap is not None and use.cap_below is not None and finding.value < use.cap_below


def _reason(use: CriterionUse, finding: Finding) -> Reason:
    return Reason(
        code=finding.code,
        text=finding.text,
        effect="neutral",
        spans=finding.spans,
        value=finding.value,
        level=None if use.steps is None else round(level_at(finding.value, use.steps), _DECIMALS),
        weight=use.weight,
        title=finding.title,
        unit=finding.unit,
        learned=use.learned,
    )


def _explained(use: CriterionUse, finding: Finding, reason: Reason, *, counts: bool, holds: bool) -> Reason:
    """The reason with what it did to the strand, and in words how its level came about."""
    said = [] if use.steps is None else [level_in_words(finding.value, use.steps)]
    if holds:
        said.append(f"below {use.cap_below:g} it holds the strand at {use.cap:g}")
    elif use.steps is None and use.cap is not None:
        said.append(f"below {use.cap_below:g} it would hold the strand at {use.cap:g}; it gives no level")
    elif use.steps is None or use.weight == 0:
        said.append("it has no weight and is only noted")
    elif not counts:
        said.append("a fault is in the sum only where it lowers the strand, and this one would not")
    effect = finding.effect if counts else "neutral"
    if holds or (counts and not use.falling and finding.value <= 0):  # what is missing pulls the mean down
        effect = "lowers"
    how = "; ".join(said)
    return msgspec.structs.replace(reason, effect=effect, how=how[:1].upper() + how[1:], counts=counts)
