"""What the teacher put into a mark sheet, read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from essay_marker.errors import DataError
from essay_marker.marksheet.cells import unguarded
from essay_marker.marksheet.table import FILE, ID, LEARNER, OWN_COMMENT, OWN_MARK, Value


class Entry(NamedTuple):
    """A learner's row as the teacher left it: her own mark and comment, and whose row it is."""

    mark: Value = None
    comment: str | None = None
    learner: str = ""
    file: str = ""


class EnteredRow(NamedTuple):
    """A row with something of hers in it: whose id it has, and which row of the sheet it is, from 1."""

    id: str
    row: int
    entry: Entry


class ChangedCell(NamedTuple):
    """A cell that is not as it was written: its row from 1, whose row it is, its column, and what stands there now.

    ``known`` is false in a column that was not written.
    """

    row: int
    learner: str
    column: str
    text: str
    known: bool


def read_entries(path: Path) -> dict[str, Entry]:
    """By id every row of a mark sheet that has a mark or a comment of hers; of several of one id the last.

    Raises:
        DataError: It cannot be read, or is not a mark sheet.
    """
    return {found.id: found.entry for found in read_rows(path)}


def read_rows(path: Path) -> list[EnteredRow]:
    """Every row that has a mark or a comment of hers; none where there is no file.

    It is read as CSV where its name ends so, else as a spreadsheet.

    Raises:
        DataError: It cannot be read, or is not a mark sheet.
    """
    if not path.exists():
        return []
    rows = _rows_of(path)
    head = rows[0] if rows else ()
    at = {title: head.index(title) for title in (ID, LEARNER, FILE, OWN_MARK, OWN_COMMENT) if title in head}
    if not {ID, OWN_MARK, OWN_COMMENT} <= at.keys():
        raise DataError(
            f"{path}: the columns {ID}, {OWN_MARK} and {OWN_COMMENT} are not all there. Put their headings back, or"
            " move the file away; without them what you put in would be lost."
        )

    def cell(row: tuple[Any, ...], title: str) -> Any:
        return row[at[title]] if title in at and at[title] < len(row) else None

    entries = []
    for number, row in enumerate(rows[1:], 2):
        mark, comment = cell(row, OWN_MARK), cell(row, OWN_COMMENT)
        if cell(row, ID) is not None and (mark is not None or comment is not None):
            entry = Entry(
                mark=_number(mark),
                comment=None if comment is None else str(comment),
                learner=str(cell(row, LEARNER) or ""),
                file=str(cell(row, FILE) or ""),
            )
            entries.append(EnteredRow(str(cell(row, ID)), number, entry))
    return entries


def changed_cells(path: Path, written: Path) -> list[ChangedCell]:
    """The cells of the mark sheet in ``path`` that are not as in ``written``, but for the teacher's own.

    Rows are matched by id; a row that one of them does not have is not looked at.

    Raises:
        DataError: One of them cannot be read.
    """
    before = {line[ID]: line for _, line in _lines(written)}
    found = []
    for number, line in _lines(path):
        known = before.get(line.get(ID, ""))
        if known is None:
            continue
        learner = known.get(LEARNER, "") or known[ID]
        for title, text in line.items():
            if title not in (OWN_MARK, OWN_COMMENT) and text != known.get(title, ""):
                found.append(ChangedCell(number, learner, title, text, title in known))
    return found


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows below the headings with an id, by their numbers: each cell by its column's heading, as plain text."""
    head, *rows = _rows_of(path) or [()]
    titles = [_plain(title) for title in head]
    lines = ((n, {t: _plain(c) for t, c in zip(titles, row, strict=False) if t}) for n, row in enumerate(rows, 2))
    return [(number, line) for number, line in lines if line.get(ID)]


def _plain(value: Any) -> str:
    """A cell as text that is the same whichever program and file it went through."""
    text = "" if value is None else str(value).replace("_x000D_", "")
    text = " ".join(text.split())
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text


def _rows_of(path: Path) -> list[tuple[Any, ...]]:
    return _csv_rows(path) if path.suffix == ".csv" else _rows(path)


def _rows(path: Path) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook  # takes its time

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            book.close()
    except Exception as error:  # openpyxl and what it reads with have no common kind of error
        raise DataError(
            f"{path}: this mark sheet cannot be read ({type(error).__name__}), and what you put in would be lost. Move"
            " it away and run again."
        ) from None


def _csv_rows(path: Path) -> list[tuple[Any, ...]]:
    """The rows of a CSV file as programs save it: with commas, semicolons or tabs, in UTF-8 or the old code.

    Cells with nothing in them are None.
    """
    try:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
        head = text.partition("\n")[0]
        comma = max(",;\t", key=head.count)
        lines: Sequence[Sequence[str]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma))
    except (OSError, csv.Error) as error:
        raise DataError(
            f"{path}: this mark sheet cannot be read ({error}), and what you put in would be lost. Move it away and run"
            " again."
        ) from None
    return [tuple(unguarded(cell) if cell.strip() else None for cell in line) for line in lines]


def _number(value: Any) -> Value:
    """A mark as it was typed: a number where it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None if value is None else str(value)
    if isinstance(value, str):
        digits = value.strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else value
    return int(value) if isinstance(value, float) and value.is_integer() else value
