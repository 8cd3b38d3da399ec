"""The mark sheet: a row a learner, as a spreadsheet and as CSV, with room for the teacher's own mark and comment.

    table     what stands in it: columns, rows, and the class in figures
    xlsx      the spreadsheet, with the same bytes for the same table
    as_csv    the same rows as CSV
    entries   reads back what the teacher put in
    cells     makes text safe for either

openpyxl is at home here.
"""

from essay_marker.marksheet.as_csv import csv_bytes
from essay_marker.marksheet.entries import ChangedCell, EnteredRow, Entry, changed_cells, read_entries, read_rows
from essay_marker.marksheet.table import Band, Column, Overview, Row, Table

__all__ = [
    "Band",
    "ChangedCell",
    "Column",
    "EnteredRow",
    "Entry",
    "Overview",
    "Row",
    "Table",
    "changed_cells",
    "csv_bytes",
    "read_entries",
    "read_rows",
]
