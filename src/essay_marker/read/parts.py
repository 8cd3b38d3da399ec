"""The parts of an essay, found among its lines: body, notes, bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.read.bibliography import bibliography_start, entries_start, split_heading
from essay_marker.read.lines import Line
from essay_marker.read.notes import cited_marks, notes_start, take_definitions
from essay_marker.read.repairs import RepairLog


class Parts(NamedTuple):
    """The lines of an essay by part. ``notes`` and ``bibliography`` begin with their headings, where they have one."""

    body: list[Line]
    notes: list[Line]
    bibliography: list[Line]


def divide(lines: Sequence[Line], log: RepairLog, *, has_notes: bool = False) -> Parts:
    """``lines`` by part. Notes may stand before or after the bibliography, or be defined anywhere (``[^1]: …``).

    ``has_notes`` says that the document has notes of its own, apart from ``lines``: the marks in the text are theirs,
    so that numbered lines are no notes for being referred to.
    """
    start = bibliography_start(lines)
    cited = frozenset() if has_notes else cited_marks(_text(lines[:start]))
    if not entries_start(lines[start:]) and notes_start(lines, cited) <= start:
        start = len(lines)  # numbered notes look like a bibliography without a heading
    body, moved = take_definitions(lines[:start])
    bibliography, defined_last = take_definitions(split_heading(lines[start:]), ending_too=True)
    moved += defined_last
    cited = frozenset() if has_notes else cited_marks(_text(body))
    at = notes_start(body, cited)
    body, notes = body[:at], body[at:]
    if not notes and (at := notes_start(bibliography, cited)) > entries_start(bibliography):
        bibliography, notes_last = bibliography[:at], bibliography[at:]
        moved += notes_last
    log.add("moved-notes", len(moved))
    return Parts(body, notes + moved, bibliography)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
