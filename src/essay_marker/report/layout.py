"""Lines for a terminal: wrapped, coloured and set in columns by the width a reader sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from functools import cache
from itertools import zip_longest

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}

_CODE = re.compile("\x1b\\[[0-9;]*m")
_PIECE = re.compile("\x1b\\[[0-9;]*m|.", re.DOTALL)
_EIGHTHS = " ▏▎▍▌▋▊▉"


def painted(text: str, *styles: str) -> str:
    """``text`` in terminal colours; the codes take no room in `visible`."""
    codes = ";".join(STYLES[style] for style in styles)
    return f"\x1b[{codes}m{text}\x1b[0m" if text and codes else text


def visible(text: str) -> int:
    """How many columns ``text`` takes: colour codes and combining accents none, East Asian characters two."""
    shown = _CODE.sub("", text) if "\x1b" in text else text
    return len(shown) if shown.isascii() else sum(_width(character) for character in shown)


@cache
def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fill(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    """``text`` wrapped to ``width`` columns; the first line begins with ``first``, the others with ``rest``.

    ``rest`` is as many spaces as ``first`` is wide unless it is given. Line breaks in ``text`` are kept.
    """
    indent = " " * visible(first) if rest is None else rest
    given = text.split("\n")
    return "\n".join(_filled(line, width, indent if index else first, indent) for index, line in enumerate(given))


def _filled(text: str, width: int, first: str, indent: str) -> str:
    lines, line, column, separator = [], first, visible(first), ""
    for word in _fitting(text.split(), width - max(column, visible(indent))):
        needed = len(separator) + visible(word)
        if separator and column + needed > width:
            lines.append(line)
            line, column, separator, needed = indent, visible(indent), "", visible(word)
        line += separator + word
        column += needed
        separator = " "
    return "\n".join([*lines, line])


def _fitting(words: Sequence[str], room: int) -> list[str]:
    """``words`` with those longer than ``room`` broken."""
    fitting = []
    for word in words:
        if visible(word) <= room:
            fitting.append(word)
            continue
        piece = ""
        for item in _PIECE.findall(word):
            if piece and visible(piece) + visible(item) > room:
                fitting.append(piece)
                piece = ""
            piece += item
        fitting.append(piece)
    return fitting


def columns(
    cells: Sequence[str], widths: Sequence[int], indent: int = 0, gap: int = 2, right: Container[int] = ()
) -> str:
    """One row of a table: each cell wrapped to its width, lines set side by side.

    The columns whose indices are in ``right`` end at their right edge, as numbers do.
    """
    wrapped = [fill(cell, width).split("\n") for cell, width in zip(cells, widths, strict=True)]
    rows = []
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (
            " " * (width - visible(part)) + part if index in right else part + " " * (width - visible(part))
            for index, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
        rows.append((" " * indent + (" " * gap).join(padded)).rstrip())
    return "\n".join(rows)


def bar(share: float, cells: int) -> str:
    """A bar of block characters, ``cells`` wide when full, to the nearest eighth of a cell."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    whole, part = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(cells, "░")
