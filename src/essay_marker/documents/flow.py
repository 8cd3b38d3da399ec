"""What a walk through a document gives: its words in reading order, and where in the document each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

Kind = Literal["prose", "heading", "item"]

STRUCK: Final = "~~"
"""Stands on both sides of crossed-out words, as in Markdown: the cleaning decides what becomes of them."""

_LINE_END: Final = re.compile(r"[\n\f]")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST_CELL: Final = 20  # words; longer cells hold prose, which goes on below, not beside


class Block(NamedTuple):
    """A paragraph, heading or list item of the document: a stretch of its text."""

    start: int
    end: int
    kind: Kind


class Place(NamedTuple):
    """A stretch of text that one run of the document holds; it begins at the run's character ``offset``.

    ``run`` is the element itself (``w:r``, or the element of an OpenDocument that holds the text).
    """

    start: int
    end: int
    run: Any
    offset: int


class DocumentText(NamedTuple):
    """The words of a document.

    Blocks are parted by blank lines. From ``notes_at`` on stand its notes, one a line, each after its mark (``[1]``),
    which also stands in the text. ``places`` are in order and do not overlap; characters that the document does not
    hold as they are here (marks, list numbers, blank lines) are in none. ``counts`` says what was left out, by the
    code of the repair, and ``details`` says where, for those codes whose message names it.
    """

    text: str
    blocks: tuple[Block, ...]
    notes_at: int
    places: tuple[Place, ...]
    counts: Mapping[str, int]
    details: Mapping[str, str] = {}

    def place(self, offset: int) -> tuple[Any, int] | None:
        """The run that holds the character at ``offset``, and which of its characters it is; None where none does."""
        index = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        found = self.places[index]
        return found.run, found.offset + offset - found.start


class _Piece(NamedTuple):
    text: str
    run: Any = None
    offset: int = 0
    struck: bool = False

    def cut(self, start: int, end: int) -> _Piece:
        return self._replace(text=self.text[start:end], offset=self.offset + start)


class Paragraph:
    """One block in the making."""

    def __init__(self, kind: Kind = "prose", label: str = "") -> None:
        """``label`` is what a numbered list puts before the words."""
        self.kind: Kind = kind
        self.label = label
        self._pieces: list[_Piece] = []

    def write(self, text: str, run: Any = None, offset: int = 0, *, struck: bool = False, raised: bool = False) -> None:
        """Add ``text``, the characters of ``run`` from ``offset`` on. Raised figures become raised characters."""
        if raised and text.strip().isdecimal():
            text = text.translate(_RAISED)
        if text:
            self._pieces.append(_Piece(text, run, offset, struck))

    @property
    def text(self) -> str:
        """The words so far, without label and marks."""
        return "".join(piece.text for piece in self._pieces)

    def extend(self, other: Paragraph, glue: str) -> None:
        """Add the words of ``other`` after ``glue``."""
        if other._pieces:
            self.write(glue if self._pieces else "")
            self._pieces += other._pieces

    def pieces(self) -> list[_Piece]:
        """The pieces in order, label first, crossed-out ones between their marks."""
        label = [_Piece(f"{self.label} ")] if self.label else []
        return label + list(_with_marks(self._pieces))


def _with_marks(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """``pieces`` with marks around the struck ones; blanks at their ends stay outside the marks."""
    waiting: list[_Piece] = []  # blanks that may or may not end the struck words
    is_open = False
    for piece in pieces:
        words = piece.text.strip()
        if piece.struck and not words:
            if is_open:
                waiting.append(piece)
            else:
                yield piece
        elif piece.struck:
            start = len(piece.text) - len(piece.text.lstrip())
            end = start + len(words)
            yield from waiting
            if start:
                yield piece.cut(0, start)
            if not is_open:
                yield _Piece(STRUCK)
            yield piece.cut(start, end)
            waiting = [piece.cut(end, len(piece.text))] if end < len(piece.text) else []
            is_open = True
        else:
            if is_open:
                yield _Piece(STRUCK)
                yield from waiting
                waiting, is_open = [], False
            yield piece
    if is_open:
        yield _Piece(STRUCK)
        yield from waiting


class Flow:
    """A document's text in the making."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.blocks: list[Paragraph] = []
        self.counts: Counter[str] = Counter()
        self._notes: list[tuple[str, Paragraph]] = []
        self._left_out: dict[str, list[str]] = {}

    def add(self, paragraph: Paragraph) -> None:
        """Add a block, unless it holds no words."""
        if paragraph.text.strip():
            self.blocks.append(paragraph)

    def add_row(self, cells: Sequence[Sequence[Paragraph]]) -> None:
        """Add a row of a table: short cells beside one another in one line, cells of prose below one another."""
        filled = [cell for cell in cells if cell]
        if all(len(cell) == 1 and len(cell[0].text.split()) <= _LONGEST_CELL for cell in filled) and len(filled) > 1:
            row = Paragraph()
            for (paragraph,) in filled:
                row.extend(paragraph, " | ")
            self.blocks.append(row)
        else:
            self.blocks += [paragraph for cell in filled for paragraph in cell]

    def add_note(self, note: Paragraph, number: int | None = None) -> str:
        """Add a note and give the mark that stands for it in the text, empty where the note holds no words.

        Without a ``number`` it gets the next one.
        """
        if not note.text.strip():
            return ""
        mark = f"[{number or len(self._notes) + 1}]"
        self._notes.append((mark, note))
        return mark

    def leave_out(self, code: str, text: str) -> None:
        """Note that ``text`` was left out, for the reason that ``code`` stands for."""
        self._left_out.setdefault(code, []).append(text)

    def end_block(self) -> None:
        """Words that are left out before and after are not one."""
        for texts in self._left_out.values():
            texts.append(" ")

    def finish(self) -> DocumentText:
        """The whole."""
        texts: list[str] = []
        blocks: list[Block] = []
        places: list[Place] = []
        at = 0

        def put(piece: _Piece) -> None:
            nonlocal at
            texts.append(piece.text)
            if piece.run is not None:
                places.append(Place(at, at + len(piece.text), piece.run, piece.offset))
            at += len(piece.text)

        for paragraph in self.blocks:
            if blocks:
                put(_Piece("\n\n"))
            start = at
            for piece in paragraph.pieces():
                put(piece)
            blocks.append(Block(start, at, paragraph.kind))
        notes_at = at
        for index, (mark, note) in enumerate(self._notes):
            put(_Piece("\n" if index else "\n\n"))
            put(_Piece(f"{mark} "))
            for piece in note.pieces():
                put(piece._replace(text=_LINE_END.sub(" ", piece.text)))
        for code, parts in self._left_out.items():
            if words := len("".join(parts).split()):
                self.counts[code] += words
        return DocumentText("".join(texts), tuple(blocks), notes_at, tuple(places), self.counts)
