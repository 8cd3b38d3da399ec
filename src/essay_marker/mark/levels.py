"""From a finding's value to a level, from levels to a strand: arithmetic that can be redone on paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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


def whole_level(score: float) -> int:
    """The nearest whole level, halves up."""
    return min(5, int(score + 0.5))


def strand_mark(strand: Strand, findings: Sequence[Finding]) -> StrandMark:
    """A strand's level from the findings: the weighted mean of its criteria's levels, then any cap."""
    by_code = {finding.code: finding for finding in findings}
    uses = [use for use in strand.criteria if use.code in by_code]
    reasons = tuple(_reason(use, by_code[use.code]) for use in uses)
    merits = [
        r for use, r in zip(uses, reasons, strict=True) if not use.falling and r.level is not None and r.weight > 0
    ]
    faults = [r for use, r in zip(uses, reasons, strict=True) if use.falling and r.level is not None and r.weight > 0]
    # positive marking: the absence of a fault is no merit, so a fault counts only where it lowers the strand; the worst
    # comes first, so that a fault beside a worse one never lifts what that one has lowered
    weighed = [*merits]
    for fault in sorted(faults, key=lambda r: r.level or 0.0):
        if (fault.level or 0.0) < _mean(weighed):
            weighed.append(fault)
    score = round(_mean(weighed), _DECIMALS)
    how = " + ".join(f"{r.level:.2f} × {r.weight:g}" for r in weighed)
    how = f"({how}) ÷ {sum(r.weight for r in weighed):g} = {score:.2f}" if weighed else "no criterion weighs anything"
    if strand.steps is not None and weighed:
        mean, score = score, level_at(score, strand.steps)
        levels = ", ".join(f"{step:g}" for step in strand.steps)
        how += f"; a mean of {mean:.2f} stands at Level {score:.2f}, since Levels 1 to 5 begin at {levels}"
    for use in strand.criteria:
        finding = by_code.get(use.code)
        if (
            finding
            and use.cap is not None
            and use.cap_below is not None
            and finding.value < use.cap_below
            and score > use.cap
        ):
            score = use.cap
            how += f"; held at {use.cap:g} because of {use.code}"
    score = round(score, _DECIMALS)
    return StrandMark(id=strand.id, label=strand.label, level=whole_level(score), score=score, how=how, reasons=reasons)


def _mean(reasons: Sequence[Reason]) -> float:
    """The weighted mean of the criteria's levels."""
    weight = sum(r.weight for r in reasons)
    return sum(r.weight * (r.level or 0.0) for r in reasons) / weight if weight else 0.0


def _reason(use: CriterionUse, finding: Finding) -> Reason:
    level = None if use.steps is None else round(level_at(finding.value, use.steps), 3)
    effect = finding.effect
    if level is None or use.weight == 0 or (finding.effect == "lowers" and whole_level(level) > 3):
        effect = "neutral"
    return Reason(
        code=finding.code,
        text=finding.text,
        effect=effect,
        spans=finding.spans,
        value=finding.value,
        level=level,
        weight=use.weight,
    )
