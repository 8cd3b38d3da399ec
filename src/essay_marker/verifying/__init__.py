"""Verify: whether a result quotes its essay and follows from its own findings, found out by the functions that mark."""

from __future__ import annotations

from typing import Any, NamedTuple

from essay_marker.pipeline import Marker
from essay_marker.records import Essay, Result
from essay_marker.verifying.again import marked_again, other_makers, remark_faults
from essay_marker.verifying.arithmetic import mark_faults
from essay_marker.verifying.faults import Fault
from essay_marker.verifying.form import read_results, result_of, results_in
from essay_marker.verifying.quoting import inside_word, reading_faults, span_faults, spans_in

__all__ = [
    "Fault",
    "Verified",
    "inside_word",
    "read_results",
    "result_of",
    "results_in",
    "span_faults",
    "spans_in",
    "verify",
]


class Verified(NamedTuple):
    """What came of it: every fault, how many places were checked, what the reader should know besides.

    ``again`` says whether the essay was marked again; where it was not, ``notes`` says why.
    """

    faults: tuple[Fault, ...]
    spans: int
    again: bool
    notes: tuple[str, ...]


def verify(raw: Any, essay: Essay | None, marker: Marker, *, again: bool = True, kept: bool = True) -> Verified:
    """Check a result against its essay.

    Args:
        raw: The result as plain JSON values.
        essay: As it was read; None where it cannot be read, which a result may say.
        marker: Holds the mark scheme and the topic that the result names.
        again: Whether to mark the essay once more where the same program can.
        kept: Whether there is a file of the essay at all. Without one the result is checked by itself.
    """
    result, faults = result_of(raw)
    if result is None:
        return Verified(tuple(faults), 0, False, ())
    again = again and kept
    if essay is None and kept and result.marks.withheld != "unreadable":
        faults.append(Fault("essay", "the essay cannot be read, and the result says that it was"))
        return Verified(tuple(faults), 0, False, ())
    if essay is not None and result.marks.withheld == "unreadable":
        faults.append(Fault("marks.withheld", "the essay can be read, and the result says that it cannot"))
    if essay is not None:
        faults += reading_faults(result, essay)
    faults += span_faults(result)
    notes: list[str] = []
    remade = False
    if result.program.rubric_sha256 != marker.rubric_sha256:
        there, here = result.program.rubric_sha256[:8], marker.rubric_sha256[:8]
        faults.append(
            Fault(
                "program.rubric_sha256",
                f"the result was made by another mark scheme ({there}) than {marker.rubric.id} as it is here ({here}),"
                " so its sums cannot be redone. Give the mark scheme's file with --rubric",
            )
        )
    else:
        faults += mark_faults(result, marker.rubric)
        # of a text that is another essay's everything would be said to differ
        if again and not any(fault.path == "essay.text" for fault in faults):
            remade = _again(result, essay, marker, faults, notes)
    notes += _inputs(result, marker)
    return Verified(tuple(faults), sum(1 for _ in spans_in(result)), remade, tuple(notes))


def _again(result: Result, essay: Essay | None, marker: Marker, faults: list[Fault], notes: list[str]) -> bool:
    """Mark again and add what differs; false where the result was made by another program, which a note says."""
    remade = marked_again(result, essay, marker)
    others = other_makers(result.program, remade.program)
    if others:
        notes.append(
            f"It was made with {', '.join(others)}, so the essay was not marked again: only the quotations and the sums"
            " were checked."
        )
        return False
    told = {fault.path for fault in faults}
    faults += [fault for fault in remark_faults(result, remade) if fault.path not in told]
    return True


def _inputs(result: Result, marker: Marker) -> list[str]:
    """What was given with the essay and cannot be seen in it."""
    essay = result.essay
    if essay.question in (essay.title, marker.topic.question.question):
        return []
    return [f"The question was given by hand and stands neither in the essay nor in the topic: {essay.question}"]
