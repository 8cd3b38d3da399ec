"""Where an essay stands in the corpus: on each strand, the two exemplars that are most like it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from essay_marker.borrowing import share_known
from essay_marker.corpus import CriterionMeasurement, MeasuredCorpus, MeasuredExemplar
from essay_marker.mark.levels import level_at
from essay_marker.records import Marks, Nearest, Reason
from essay_marker.rubric import Rubric, Strand

COUNT = 2
#: An exemplar of which the essay holds more than this is the essay itself.
SAME = 0.5


def with_nearest(rubric: Rubric, marks: Marks, measured: MeasuredCorpus | None, runs: Sequence[str]) -> Marks:
    """The marks, with each strand's nearest exemplars.

    ``runs`` are the hashes of the essay's runs of eight words: an exemplar more than half of which stands in the essay
    is the essay itself and no neighbour. There are no neighbours where the mark is withheld, where nothing was
    measured, or where it was by another mark scheme, whose levels would mean something else.
    """
    if marks.withheld is not None or measured is None or measured.rubric != rubric.id:
        return marks
    own = frozenset(runs)
    others = {
        name: exemplar for name, exemplar in measured.exemplars.items() if share_known(exemplar.sketch, own) <= SAME
    }
    strands = tuple(
        msgspec.structs.replace(mark, nearest=nearest(rubric.strand(mark.id), mark.reasons, others))
        for mark in marks.strands
    )
    return msgspec.structs.replace(marks, strands=strands)


def nearest(strand: Strand, reasons: Sequence[Reason], exemplars: dict[str, MeasuredExemplar]) -> tuple[Nearest, ...]:
    """The two exemplars nearest on a strand, the nearer first and of two equally near ones the lower id."""
    found = []
    for name, exemplar in exemplars.items():
        decided, measurement = exemplar.strands.get(strand.id), exemplar.measurements.strands.get(strand.id)
        if decided is None or measurement is None:
            continue
        apart = distance(strand, reasons, measurement.criteria)
        if apart is not None:
            quote = decided.quotes[0].text if decided.quotes else ""
            found.append(Nearest(id=name, level=decided.level, mark=decided.mark, quote=quote, distance=apart))
    return tuple(sorted(found, key=lambda item: (item.distance, item.id))[:COUNT])


def distance(strand: Strand, reasons: Sequence[Reason], criteria: dict[str, CriterionMeasurement]) -> float | None:
    """How far apart two essays are on a strand, in levels; None where no criterion was seen in both.

    The mean over the strand's criteria of the difference in levels, each weighed as the rubric weighs it. Values become
    levels by the rubric's own steps, so that they compare whatever their units.
    """
    values = {reason.code: reason.value for reason in reasons}
    total = weight = 0.0
    for use in strand.criteria:
        if use.steps is None or use.weight <= 0 or use.code not in values or use.code not in criteria:
            continue
        apart = abs(level_at(values[use.code], use.steps) - level_at(criteria[use.code].value, use.steps))
        total += use.weight * apart
        weight += use.weight
    return round(total / weight, 3) if weight else None
