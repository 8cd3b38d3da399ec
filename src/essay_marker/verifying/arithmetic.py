"""Whether the marks follow from the numbers that the result reports, by the functions that mark an essay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from essay_marker import assess, mark
from essay_marker.assess import Criterion
from essay_marker.assess.coverage import score
from essay_marker.mark.bestfit import best_fit
from essay_marker.mark.doubt import mark_range
from essay_marker.mark.levels import strand_mark
from essay_marker.records import Finding, Marks, Result, StrandMark
from essay_marker.rubric import Rubric, Strand
from essay_marker.verifying.faults import Fault, differences


def mark_faults(result: Result, rubric: Rubric) -> Iterator[Fault]:
    """Every level, score, mark, range and sum that does not follow from what stands below it in the result."""
    marks = result.marks
    yield from _fields("marks", marks, {"rubric": rubric.id, "out_of": rubric.out_of, "provisional": True})
    for index, theme in enumerate(result.themes):
        expected = score(rubric.coverage, theme.coverage, theme.words)
        yield from _fields(f"themes[{index}]", theme, {"score": expected})
    if marks.withheld == "unreadable" and not marks.strands:  # nothing was looked at
        yield from _withheld(marks, rubric)
        return
    wanted = [strand.id for strand in rubric.strands]
    if [strand.id for strand in marks.strands] != wanted:
        yield Fault("marks.strands", f"the mark scheme has these strands in this order: {', '.join(wanted)}")
        return
    for index, (strand, reported) in enumerate(zip(rubric.strands, marks.strands, strict=True)):
        yield from _strand(f"marks.strands[{index}]", strand, reported)
    yield from _withheld(marks, rubric) if marks.withheld is not None else _marked(marks, rubric)


def _withheld(marks: Marks, rubric: Rubric) -> Iterator[Fault]:
    expected = mark.no_mark(rubric, marks.withheld or "", marks.withheld_message or "", marks.strands)
    yield from _compared("marks", marks, expected)


def _marked(marks: Marks, rubric: Rubric) -> Iterator[Fault]:
    """The best fit from the strands' scores, and the range from the mark and the reasons to look."""
    fit = best_fit(rubric, marks.strands)
    expected = {"withheld_message": None, "level": fit.level, "mark": fit.mark, "how": fit.how}
    if marks.mark is not None:
        likely = mark_range(rubric, marks.mark, marks.review)
        expected |= {"low": likely.low, "high": likely.high, "range_how": likely.how}
    yield from _fields("marks", marks, expected)


def _strand(path: str, strand: Strand, reported: StrandMark) -> Iterator[Fault]:
    """The levels of the criteria from their values, and the strand from the levels of its criteria."""
    known = _criteria()
    findings = []
    for index, reason in enumerate(reported.reasons):
        criterion = known.get(reason.code)
        if criterion is None:
            yield Fault(f"{path}.reasons[{index}].code", f"the program has no criterion {reason.code!r}")
            return
        findings.append(
            Finding(
                code=reason.code,
                strand=strand.id,
                effect=criterion.effect if reason.value > 0 else "neutral",
                value=reason.value,
                text=reason.text,
                spans=reason.spans,
                title=criterion.title,
                unit=criterion.unit,
            )
        )
    codes = [reason.code for reason in reported.reasons]
    wanted = [use.code for use in strand.criteria if use.code in codes or not use.learned]
    if codes != wanted:
        yield Fault(f"{path}.reasons", f"the mark scheme asks for these in this order: {', '.join(wanted)}")
        return
    expected = strand_mark(strand, findings)
    yield from _compared(path, reported, msgspec.structs.replace(expected, nearest=reported.nearest))


@cache
def _criteria() -> dict[str, Criterion]:
    return {criterion.code: criterion for criterion in assess.criteria()}


def _fields(path: str, record: msgspec.Struct, expected: dict[str, Any]) -> Iterator[Fault]:
    yield from differences({name: getattr(record, name) for name in expected}, expected, path, _say)


def _compared(path: str, reported: msgspec.Struct, expected: msgspec.Struct) -> Iterator[Fault]:
    yield from differences(msgspec.to_builtins(reported), msgspec.to_builtins(expected), path, _say)


def _say(reported: str, expected: str) -> str:
    return f"the result says {reported}; what it rests on gives {expected}"
