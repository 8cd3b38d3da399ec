"""What came of every change over all essays, held against what may happen, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from .runner import Outcome
from .table import NEIGHBOUR_MARK, ROWS, May, Row


class Summary(NamedTuple):
    """One change over all essays: moves in marks, and what was missed of what it may do (empty where nothing)."""

    row: Row
    essays: int
    mean: float
    most: int
    worst: str
    unchanged: float
    withheld: float
    lowered: float | None
    reviewed: float
    missed: tuple[str, ...]


def summaries(outcomes: Sequence[Outcome], rows: Sequence[Row] = ROWS) -> list[Summary]:
    """A line for each change that was made."""
    return [_summary(row, found) for row in rows if (found := [o for o in outcomes if o.change == row.id])]


def _summary(row: Row, found: Sequence[Outcome]) -> Summary:
    may = row.may
    worst = max(found, key=lambda o: abs(o.rise) if may.fall is not None else o.rise)
    rises = [o.rise for o in found]
    lowered = None
    if may.lowers:
        strand = may.lowers
        lowered = fmean(o.strands_after.get(strand, 0.0) < o.strands_before.get(strand, 0.0) for o in found)
    summary = Summary(
        row=row,
        essays=len(found),
        mean=fmean(rises),
        most=worst.rise,
        worst=worst.essay,
        unchanged=fmean(o.before == o.after for o in found),
        withheld=fmean(o.after is None for o in found),
        lowered=lowered,
        reviewed=fmean(o.after is None or may.review in o.reviews for o in found) if may.review else 1.0,
        missed=(),
    )
    return summary._replace(missed=tuple(_missed(may, found, summary)))


def _missed(may: May, found: Sequence[Outcome], got: Summary) -> list[str]:
    """What may not happen and did, in words."""
    missed = []
    if may.withheld and got.withheld < 1:
        missed.append(f"a mark was given to {', '.join(o.essay for o in found if o.after is not None)}")
    if may.withheld:
        return missed + [f"no reason for {o.essay}" for o in found if o.after is None and not o.message]
    risen = [f"{o.essay} {o.rise:+d}" for o in found if may.rise is not None and o.rise > may.rise]
    if risen:
        missed.append(f"rises: {', '.join(risen)}")
    if may.mean_rise is not None and got.mean > may.mean_rise:
        missed.append(f"mean rise {got.mean:+.2f}")
    fallen = [f"{o.essay} {o.rise:+d}" for o in found if may.fall is not None and -o.rise > may.fall]
    if fallen:
        missed.append(f"falls: {', '.join(fallen)}")
    if may.unchanged is not None and got.unchanged < may.unchanged:
        moved = ", ".join(o.essay for o in found if o.before != o.after)
        missed.append(f"only {got.unchanged:.1%} unchanged ({moved})")
    if got.lowered is not None and got.lowered < may.lowers_in:
        missed.append(f"{may.lowers} lowered in only {got.lowered:.0%}")
    if got.reviewed < 1:
        missing = [o.essay for o in found if o.after is not None and may.review not in o.reviews]
        missed.append(f"no {may.review} for {', '.join(missing)}")
    return missed


def neighbour_misses(outcomes: Sequence[Outcome]) -> list[str]:
    """What went wrong with essays on neighbouring questions."""
    found = [o for o in outcomes if o.change == "neighbour"]
    return [
        f"{o.essay}: mark {o.after}, reviews {', '.join(o.reviews) or 'none'}"
        for o in found
        if o.after is not None
        and (o.after > NEIGHBOUR_MARK or not {"question-doubtful", "other-question"} & set(o.reviews))
    ]
