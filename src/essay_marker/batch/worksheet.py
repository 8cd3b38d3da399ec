"""A table in a CSV file in which some cells are filled in and every other byte stays as it came."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from essay_marker.batch.patterns import tidy
from essay_marker.errors import DataError

_DELIMITERS: Final = ",;\t"
_LIMIT: Final = 20_000_000
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Cell(NamedTuple):
    """What a cell says, and where it stands in the file's text."""

    value: str
    start: int
    end: int


class Worksheet:
    """The table of a file. Rows are counted from 0; the first one names the columns."""

    def __init__(self, data: bytes, shown: str) -> None:
        """Read ``data``. `DataError` where it is no table; ``shown`` is what that calls the file."""
        if len(data) > _LIMIT:
            raise DataError(f"{shown}: this is too large to be a grading worksheet.")
        self._mark, self._codec = next(((m, c) for m, c in _MARKS if data.startswith(m)), (b"", ""))
        body = data[len(self._mark) :]
        self._codec = self._codec or _codec(body)
        try:
            self._text = body.decode(self._codec)
        except UnicodeDecodeError:
            raise DataError(f"{shown}: this is no text in UTF-8 or UTF-16. Download the worksheet again.") from None
        head = self._text.splitlines()[0] if self._text else ""
        self._delimiter = max(_DELIMITERS, key=head.count)
        self.rows: Sequence[Sequence[Cell]] = _rows(self._text, self._delimiter)

    def column(self, *headings: str) -> int | None:
        """The first column that is called one of these, small letters or capitals; None where there is none."""
        names = [tidy(cell.value).casefold() for cell in self.rows[0]] if self.rows else []
        return next((index for index, name in enumerate(names) if name in headings), None)

    def value(self, row: int, column: int | None) -> str:
        """What a cell says; nothing where it is not there."""
        cells = self.rows[row]
        return cells[column].value.strip() if column is not None and column < len(cells) else ""

    def filled(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """The file with other words in these cells, by row and column."""
        parts: list[str] = []
        end = len(self._text)
        for row, column in sorted(cells, reverse=True):
            if column >= len(self.rows[row]):
                continue
            cell = self.rows[row][column]
            parts += (self._text[cell.end : end], self._spelt(cells[row, column], cell))
            end = cell.start
        parts.append(self._text[:end])
        # what an old encoding lacks is written as web pages do, which is what such a comment is
        return self._mark + "".join(reversed(parts)).encode(self._codec, "xmlcharrefreplace")

    def _spelt(self, value: str, cell: Cell) -> str:
        quoted = self._text[cell.start : cell.start + 1] == '"' or any(c in value for c in f'{self._delimiter}"\r\n')
        return '"' + value.replace('"', '""') + '"' if quoted else value


def read_worksheet(path: Path) -> Worksheet:
    """The table in a file. `DataError` where it cannot be read."""
    try:
        return Worksheet(path.read_bytes(), str(path))
    except OSError as error:
        raise DataError(f"{path}: the grading worksheet cannot be read ({error.strerror}).") from None


def _codec(data: bytes) -> str:
    """What an older spreadsheet program saves, where the text is not in UTF-8."""
    for codec in ("utf-8", "cp1252"):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec
    return "latin-1"


def _rows(text: str, delimiter: str) -> list[list[Cell]]:
    """The cells of all rows; an empty line is no row."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at = 0
    while at < len(text):
        cell, at = _cell(text, at, delimiter)
        row.append(cell)
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text):
                row.append(Cell("", at, at))
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if len(row) > 1 or row[0].value:
            rows.append(row)
        row = []
    return [*rows, row] if row else rows


def _cell(text: str, start: int, delimiter: str) -> tuple[Cell, int]:
    """The cell that begins at ``start``, and where it ends."""
    at, value = start, ""
    if text.startswith('"', at):
        while True:
            close = text.find('"', at + 1)
            if close < 0:  # never closed: the file ends in it
                return Cell(value + text[at + 1 :], start, len(text)), len(text)
            value += text[at + 1 : close]
            at = close + 1
            if not text.startswith('"', at):
                break
            value += '"'
    end = min((found for sign in (delimiter, "\r", "\n") if (found := text.find(sign, at)) >= 0), default=len(text))
    return Cell(value + text[at:end], start, end), end
