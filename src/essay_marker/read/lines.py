"""Lines, with what stood around them and what their marks said they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from essay_marker.read.characters import SOFT_HYPHEN
from essay_marker.read.markup import is_rule, is_underline, strip_bullet, strip_heading, strip_quoting
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import ends_sentence, starts_lower

Kind = Literal["prose", "heading", "item"]


class Line(NamedTuple):
    """One line with words in it.

    ``gap`` counts the blank lines before it, ``indent`` the columns; ``page`` says that a page began between it and
    the line before; ``kind`` is what its marks, now stripped, said it was.
    """

    content: Traced
    gap: int = 0
    indent: int = 0
    page: bool = False
    kind: Kind = "prose"

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.content.text


_HEADING_WORDS: Final = 30
_LINE_BREAK: Final = re.compile(r"[\n\f]")
_INDENT: Final = re.compile(r"[ \t]*")


def split_lines(text: Traced, log: RepairLog) -> list[Line]:
    """The lines of ``text`` that hold words, each without its block marks (``#``, bullet, ``>``)."""
    lines: list[Line] = []
    gap, page = 0, False
    for raw, new_page in _raw_lines(text):
        page = page or new_page
        stripped = strip_quoting(raw)
        if stripped is not raw and stripped.strip():
            log.add("quoted-lines")
        if not stripped.strip(f" \t{SOFT_HYPHEN}"):
            gap += 1
        elif is_rule(stripped.text):
            log.add("rules")
            if lines and not gap and is_underline(stripped.text) and _may_be_heading(lines[-1]):
                lines[-1] = lines[-1]._replace(kind="heading")
            gap += 1
        else:
            lines.append(_line(stripped, gap, page, lines[-1] if lines else None, log))
            gap, page = 0, False
    return lines


def _raw_lines(text: Traced) -> Iterator[tuple[Traced, bool]]:
    """Each line of ``text``, blank ones too, and whether a page began with it."""
    start, new_page = 0, False
    for match in _LINE_BREAK.finditer(text.text):
        yield text.slice(start, match.start()), new_page
        start, new_page = match.end(), match[0] == "\f"
    yield text.slice(start, len(text)), new_page


def _line(raw: Traced, gap: int, page: bool, before: Line | None, log: RepairLog) -> Line:
    """The record of one line with words."""
    leading = _INDENT.match(raw.text)
    indent = len(leading[0].expandtabs(4)) if leading else 0
    kind: Kind = "prose"
    content = raw
    if (words := strip_heading(raw)) is not None and words.strip():
        content, kind = words, "heading"
        log.add("headings")
    elif (words := strip_bullet(raw)) is not None and not _is_dash_in_sentence(before, words.text):
        content, kind = words, "item"
        log.add("bullets")
    return Line(content.strip(), gap, indent, page, kind)


def _may_be_heading(line: Line) -> bool:
    """Whether ``line`` is short enough to be a heading that a rule underlines."""
    return line.kind == "prose" and len(line.text.split()) <= _HEADING_WORDS


def _is_dash_in_sentence(before: Line | None, words: str) -> bool:
    """Whether a dash that begins a line is the writer's own dash, wrapped to the line's start."""
    if before is None or before.kind != "prose" or len(before.text) < 40:
        return False
    return starts_lower(words) and not ends_sentence(before.text) and not before.text.endswith((":", ";"))
