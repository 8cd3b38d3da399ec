"""Footnotes and endnotes: where they begin, and their lines joined to notes with their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from essay_marker.read.hyphens import Vocabulary, glue_lines
from essay_marker.read.lines import Line
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import MOST_CONTINUATIONS, NUMBERING

_NOTES_HEADING: Final = re.compile(rf"{NUMBERING}(?:foot|end)?[ -]?notes\s*[:.]*", re.IGNORECASE)
_DEFINITION: Final = re.compile(r"\[\^(?P<mark>[^\]\s]{1,20})\]:\s*(?=\S)")
_NOTE: Final = re.compile(
    r"(?:\[\^?(?P<bracket>\d{1,3}|[a-z*†‡])\]:?|\^(?P<caret>\d{1,3})|(?P<raised>[¹²³⁰⁴-⁹]{1,3})[.)]?"
    r"|(?P<plain>\d{1,3})(?:[.):]|(?=\s))|(?P<sign>[*†‡]{1,3}))\s*(?=\S)"
)
# a raised number that lost its height follows its word or full stop closely ("reform.12 Yet"), as no figure does
_MARK_IN_TEXT: Final = re.compile(
    r"\[\^?(\w{1,20}|[*†‡])\]|([¹²³⁰⁴-⁹]{1,3})|(?:[.,;:!?]|[a-z]{3})[\"”’')\]]*(\d{1,3})(?=\s|$)|([*†‡]{1,3})"
)
_FIRST_MARKS: Final = frozenset(("1", "*", "†", "a"))
_MOST_STARTS: Final = 20
_LOWERED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class NoteText(NamedTuple):
    """One line of the notes: ``start`` is where its words begin after the mark; a heading has no mark."""

    content: Traced
    mark: str | None
    start: int


def take_definitions(lines: Sequence[Line], *, ending_too: bool = False) -> tuple[list[Line], list[Line]]:
    """``lines`` without the notes that Markdown defines among them, and these notes.

    Unless ``ending_too``, those that only end the lines stay: they are in their place.
    """
    defined = [_DEFINITION.match(line.text) is not None for line in lines]
    others = [index for index, is_defined in enumerate(defined) if not is_defined]
    if not ending_too and not any(defined[: others[-1] if others else 0]):
        return list(lines), []
    return [lines[index] for index in others], [line for line, is_note in zip(lines, defined, strict=True) if is_note]


def notes_start(lines: Sequence[Line], cited: frozenset[str]) -> int:
    """The index of the first line of the notes that end ``lines``, the number of lines where there are none.

    ``cited`` holds the marks that stand in the body.
    """
    found = [read_note_mark(line.text) for line in lines]
    marks = [note[0] if note else None for note in found]
    headings = [i for i in range(1, len(lines) - 1) if marks[i + 1] and _NOTES_HEADING.fullmatch(lines[i].text)]
    for index in headings[-_MOST_STARTS:]:
        if _are_numbered(marks[index + 1 :]):
            return index
    firsts = [index for index in range(1, len(lines)) if marks[index] in _FIRST_MARKS]
    for index in reversed(firsts[-_MOST_STARTS:]):
        run = [mark for mark in marks[index:] if mark]
        if _are_numbered(marks[index:]) and sum(mark in cited for mark in run) >= 0.6 * len(run):
            return index
    return len(lines)


def _are_numbered(marks: Sequence[str | None]) -> bool:
    """Whether lines with these marks are notes: few lines without one, numbers mostly rising by one."""
    present = [mark for mark in marks if mark]
    numbers = [int(mark) for mark in present if mark.isdigit()]
    rising = sum(after == before + 1 for before, after in pairwise(numbers))
    return 2 * rising >= len(numbers) - 1 and len(present) * (1 + MOST_CONTINUATIONS) >= len(marks)


def cited_marks(text: str) -> frozenset[str]:
    """The marks in ``text`` that may refer to notes."""
    return frozenset(
        next(group for group in match.groups() if group).translate(_LOWERED) for match in _MARK_IN_TEXT.finditer(text)
    )


def read_note_mark(text: str) -> tuple[str, int] | None:
    """The mark with which the note ``text`` begins and the index after it, or None where it begins with none."""
    match = _DEFINITION.match(text) or _NOTE.match(text)
    if not match:
        return None
    mark: str = next(group for group in match.groups() if group)
    return mark.translate(_LOWERED), match.end()


def note_texts(lines: Sequence[Line], vocabulary: Vocabulary, log: RepairLog) -> list[NoteText]:
    """The notes, each in one line, and their heading."""
    groups: list[list[Line]] = []
    expected = 1
    for line in lines:
        mark = read_note_mark(line.text)
        # a number may be left out, but "41" at a line's start after note 2 is a page
        is_new = mark is not None and (not mark[0].isdigit() or 0 <= int(mark[0]) - expected <= 2)
        if groups and not is_new and not _NOTES_HEADING.fullmatch(groups[-1][0].text):
            groups[-1].append(line)
            log.add("line-breaks")
            continue
        groups.append([line])
        if mark and mark[0].isdigit():
            expected = int(mark[0]) + 1
    texts: list[NoteText] = []
    for group in groups:
        content = glue_lines([line.content for line in group], vocabulary, log)
        found = read_note_mark(content.text)
        texts.append(NoteText(content, *found) if found else NoteText(content, None, 0))
    return texts
