"""Mark: findings and a rubric become strand levels, a best fit, a mark, a range and reasons for a person to look.

Pure functions over records; whatever decides stands in the rubric.
"""

from __future__ import annotations

from collections.abc import Sequence

from essay_marker.mark.bestfit import best_fit
from essay_marker.mark.doubt import mark_range, reviews
from essay_marker.mark.levels import strand_mark
from essay_marker.mark.nearest import with_nearest
from essay_marker.mark.script import Script
from essay_marker.mark.strengths import strengths
from essay_marker.mark.targets import targets
from essay_marker.mark.withhold import withheld
from essay_marker.records import Finding, Marks, Reading, Repair, StrandMark
from essay_marker.rubric import Rubric

__all__ = ["Script", "give_marks", "strand_marks", "strengths", "targets", "with_nearest"]


def strand_marks(rubric: Rubric, findings: Sequence[Finding]) -> tuple[StrandMark, ...]:
    """The level of every strand."""
    return tuple(strand_mark(strand, findings) for strand in rubric.strands)


def give_marks(
    rubric: Rubric,
    reading: Reading,
    text: str,
    strands: Sequence[StrandMark],
    *,
    repairs: Sequence[Repair] = (),
    question_known: bool = True,
) -> Marks:
    """The provisional mark with its range, or the reason why none is given.

    ``repairs`` are what was put right while the essay was read; ``question_known`` says whether the question asked is
    one that the topic is made for.
    """
    reason = withheld(rubric, reading, text)
    fit = best_fit(rubric, strands)
    if reason is not None:
        return no_mark(rubric, *reason, strands=strands)
    review = reviews(rubric, reading, strands, fit, text=text, repairs=repairs, question_known=question_known)
    likely = mark_range(rubric, fit.mark, review)
    return Marks(
        rubric=rubric.id,
        out_of=rubric.out_of,
        withheld=None,
        withheld_message=None,
        level=fit.level,
        mark=fit.mark,
        low=likely.low,
        high=likely.high,
        provisional=True,
        how=fit.how,
        range_how=likely.how,
        strands=tuple(strands),
        review=review,
    )


def no_mark(rubric: Rubric, code: str, message: str, strands: Sequence[StrandMark] = ()) -> Marks:
    """Marks that give none, with the reason."""
    return Marks(
        rubric=rubric.id,
        out_of=rubric.out_of,
        withheld=code,  # type: ignore[arg-type]
        withheld_message=message,
        level=None,
        mark=None,
        low=None,
        high=None,
        provisional=True,
        how="No mark is given.",
        range_how="",
        strands=tuple(strands),
        review=(),
    )
