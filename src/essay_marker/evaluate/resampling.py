"""What the intervals of an evaluation are drawn from.

Sentences of one essay are alike, so essays are drawn, not sentences. Where there are too few essays for that, sentences
are drawn within each essay: then an interval says how much hangs on single sentences, and nothing about other essays.
Marks, of which an essay has one, get no interval then.
"""

from __future__ import annotations

from collections.abc import Sequence

from essay_marker import agreement
from essay_marker.agreement import Numbers, Statistic
from essay_marker.evaluation import Figure, Resampled, Resampling

RESAMPLES = 1000
#: With fewer essays than this, drawing essays anew would only show the same few again.
FEWEST_ESSAYS = 3
_DECIMALS = 3


def essay_draws(essays: int, resamples: int) -> Numbers:
    """Draws of so many essays; none where they are too few."""
    return agreement.draws([essays], resamples if essays >= FEWEST_ESSAYS else 0)


def unit_draws(essays: Sequence[str], resamples: int) -> tuple[list[int], Numbers]:
    """For units of these essays, the item of each, and draws of the items: essays, or the units within few essays."""
    names = list(dict.fromkeys(essays))
    if len(names) >= FEWEST_ESSAYS:
        place = {name: index for index, name in enumerate(names)}
        return [place[name] for name in essays], essay_draws(len(names), resamples)
    return list(range(len(essays))), agreement.draws([essays.count(name) for name in names], resamples)


def resampling(labelled: int, marked: int, resamples: int) -> Resampling:
    """What is drawn anew for so many labelled and marked essays."""

    def items(essays: int, few: Resampled) -> Resampled:
        if not essays or not resamples:
            return "nothing"
        return "essays" if essays >= FEWEST_ESSAYS else few

    return Resampling(
        tags=items(labelled, "sentences"),
        marks=items(marked, "nothing"),
        resamples=resamples,
        seed=agreement.SEED,
        confidence=agreement.CONFIDENCE,
    )


def figure(value: float | None, parts: Numbers, statistic: Statistic, drawn: Numbers) -> Figure:
    """A figure with its interval, rounded; ``parts`` and ``statistic`` as in `agreement.interval`."""
    if value is None:
        return Figure(value=None)
    ends = agreement.interval(parts, statistic, drawn)
    return Figure(
        value=rounded(value), low=rounded(ends.low if ends else None), high=rounded(ends.high if ends else None)
    )


def rounded(value: float | None) -> float | None:
    """``value`` as it is reported."""
    return None if value is None else round(value, _DECIMALS) + 0.0
