"""What the teacher put into a mark sheet, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from essay_marker.errors import DataError
from essay_marker.marksheet.table import FILE, ID, LEARNER, OWN_COMMENT, OWN_MARK, Value


class Entry(NamedTuple):
    """A learner's row as the teacher left it: her own mark and comment, and whose row it is."""

    mark: Value = None
    comment: str | None = None
    learner: str = ""
    file: str = ""


def read_entries(path: Path) -> dict[str, Entry]:
    """By id every row of the spreadsheet that has a mark or a comment of hers; empty where there is no file.

    Raises:
        DataError: It cannot be read, or is not a mark sheet.
    """
    if not path.exists():
        return {}
    rows = _rows(path)
    head = rows[0] if rows else ()
    at = {title: head.index(title) for title in (ID, LEARNER, FILE, OWN_MARK, OWN_COMMENT) if title in head}
    if not {ID, OWN_MARK, OWN_COMMENT} <= at.keys():
        raise DataError(
            f"{path}: the columns {ID}, {OWN_MARK} and {OWN_COMMENT} are not all there. Put their headings back, or"
            " move the file away; without them what you put in would be lost."
        )

    def cell(row: tuple[Any, ...], title: str) -> Any:
        return row[at[title]] if title in at and at[title] < len(row) else None

    entries = {}
    for row in rows[1:]:
        mark, comment = cell(row, OWN_MARK), cell(row, OWN_COMMENT)
        if cell(row, ID) is not None and (mark is not None or comment is not None):
            entries[str(cell(row, ID))] = Entry(
                mark=_number(mark),
                comment=None if comment is None else str(comment),
                learner=str(cell(row, LEARNER) or ""),
                file=str(cell(row, FILE) or ""),
            )
    return entries


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


def _number(value: Any) -> Value:
    """A mark as it was typed: a number where it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None if value is None else str(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
