"""The mark sheet as CSV: UTF-8 with the mark by which Excel knows it, a line an essay, safe against formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from essay_marker.marksheet.cells import guarded
from essay_marker.marksheet.entries import Entry
from essay_marker.marksheet.table import Table, Value


def csv_bytes(table: Table, entries: Mapping[str, Entry]) -> bytes:
    """The rows of ``table``, with what the teacher had put in."""
    text = io.StringIO()
    writer = csv.writer(text)  # lines end as RFC 4180 has it, on every system
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        entry = entries.get(row.id, Entry())
        writer.writerow([_text(guarded(value)) for value in table.filled(row, entry.mark, entry.comment)])
    return text.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    return "" if value is None else str(value)
