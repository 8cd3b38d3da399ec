"""The mark sheet as a spreadsheet: header and names stay in sight, every column filters, colours say where to look."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from essay_marker.marksheet.cells import shown
from essay_marker.marksheet.entries import Entry
from essay_marker.marksheet.table import ID, Kind, Row, Table, Value

#: The only date in the file: the same table gives the same bytes, whenever it is written.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = "1980-01-01T00:00:00Z"
_TIMES: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")

_WIDTHS: Final[dict[Kind, float]] = {
    "text": 24,
    "long": 48,
    "mark": 12,
    "level": 13,
    "coverage": 15,
    "share": 10,
    "number": 7,
    "flag": 40,
    "status": 22,
    "own-mark": 11,
    "own-comment": 40,
}
_CENTRED: Final = {"mark", "level", "coverage", "share", "number", "own-mark"}
#: What a printed sheet shows; the rest is for the screen.
_PRINTED: Final = {"text", "own-mark", "own-comment", "status", "mark", "number", "level", "coverage"}
_HEAD_HEIGHT: Final = 78  # points: a theme's name in a narrow column
_ROW_HEIGHT: Final = 30  # two lines: what is longer shows its beginning, and rows stay alike
_CLASS_WIDTHS: Final = (34, 22, 14, 14, 14, 14)
_LINE_HEIGHT: Final = 14
_HEAD: Final = PatternFill("solid", start_color="FF1F3A4D", end_color="FF1F3A4D")
_OWN: Final = PatternFill("solid", start_color="FFFFF8DC", end_color="FFFFF8DC")
_RED: Final = PatternFill("solid", start_color="FFF6C7C1", end_color="FFF6C7C1")
_AMBER: Final = PatternFill("solid", start_color="FFFCE4B0", end_color="FFFCE4B0")
_GREEN: Final = PatternFill("solid", start_color="FFCFE8CF", end_color="FFCFE8CF")
_PALE: Final = PatternFill("solid", start_color="FFE6F2E6", end_color="FFE6F2E6")
_LINE: Final = Border(bottom=Side(style="thin", color="FFD0D0D0"))
_COVERAGE: Final = {"absent": _RED, "mentioned": _AMBER, "partial": _PALE, "developed": _GREEN}


def xlsx_bytes(table: Table, entries: Mapping[str, Entry]) -> bytes:
    """The spreadsheet, with what the teacher had put in."""
    book = Workbook()
    book.properties.creator = "essay-marker"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Marks"
    _fill_marks(sheet, table, entries)
    _fill_class(book.create_sheet("Class"), table)
    written = io.BytesIO()
    book.save(written)
    return _undated(written.getvalue())


def _fill_marks(sheet: Worksheet, table: Table, entries: Mapping[str, Entry]) -> None:
    _write(sheet, 1, [column.title for column in table.columns])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for number, row in enumerate(table.rows, 2):
        _write_row(sheet, number, table, row, entries.get(row.id, Entry()))
    last = len(table.rows) + 1
    for index, column in enumerate(table.columns, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = _WIDTHS[column.kind]
        sheet.column_dimensions[letter].hidden = column.title == ID
        if last > 1:
            _colour(sheet, column.kind, letter, last, table)
    sheet.row_dimensions[1].height = _HEAD_HEIGHT
    names = next((i for i, column in enumerate(table.columns) if column.kind == "text" and column.title != ID), 0)
    sheet.freeze_panes = f"{get_column_letter(names + 2)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    printed = next((i for i, c in enumerate(table.columns) if c.kind not in _PRINTED), len(table.columns))
    sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
    sheet.print_title_rows = "1:1"


def _write_row(sheet: Worksheet, number: int, table: Table, row: Row, entry: Entry) -> None:
    _write(sheet, number, table.filled(row, entry.mark, entry.comment))
    sheet.row_dimensions[number].height = _ROW_HEIGHT
    for index, column in enumerate(table.columns, 1):
        cell = sheet.cell(number, index)
        cell.border = _LINE
        cell.alignment = Alignment(
            vertical="top", wrap_text=True, horizontal="center" if column.kind in _CENTRED else None
        )
        if column.kind in ("own-mark", "own-comment"):
            cell.fill, cell.protection = _OWN, Protection(locked=False)
        if column.kind == "share":
            cell.number_format = "0%"


def _colour(sheet: Worksheet, kind: Kind, letter: str, last: int, table: Table) -> None:
    """The colours of a column, by rules of the spreadsheet itself, so that they follow what is typed."""
    where, first = f"{letter}2:{letter}{last}", f"{letter}2"
    rules = sheet.conditional_formatting
    if kind == "level":
        rules.add(where, _when(f"AND(ISNUMBER({first}),{first}<=2)", _RED))
        rules.add(where, _when(f"AND(ISNUMBER({first}),{first}>=4)", _GREEN))
    elif kind == "coverage":
        for word, fill in _COVERAGE.items():
            rules.add(where, _when(f'{first}="{word}"', fill))
    elif kind == "share":
        rules.add(where, _when(f"AND(ISNUMBER({first}),{first}>={table.attention})", _AMBER))
    elif kind == "flag":
        rules.add(where, _when(f"LEN({first})>0", _AMBER))
    elif kind == "mark":
        rules.add(where, _when(f"LEN({first})=0", _RED))
    elif kind == "status":
        rules.add(where, _when(f'LEFT({first},6)="signed"', _GREEN))
        rules.add(where, _when(f'ISNUMBER(SEARCH("changed",{first}))', _AMBER))
    elif kind == "own-mark":
        allowed = DataValidation(
            type="whole", operator="between", formula1="0", formula2=str(table.out_of), allow_blank=True
        )
        allowed.errorTitle, allowed.error = "Your mark", f"A whole mark from 0 to {table.out_of}."
        allowed.add(where)
        sheet.add_data_validation(allowed)


def _when(formula: str, fill: PatternFill) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill))


def _fill_class(sheet: Worksheet, table: Table) -> None:
    _write(sheet, 1, [table.overview.title])
    sheet["A1"].font = Font(bold=True, size=14)
    at = 3
    for band in table.overview.bands:
        _write(sheet, at, [band.title])
        sheet.cell(at, 1).font = Font(bold=True, size=12)
        for number, line in enumerate(band.lines):
            at += 1
            _write(sheet, at, line)
            for index in range(1, len(line) + 1):
                cell = sheet.cell(at, index)
                counts = isinstance(cell.value, int | float) or str(cell.value).endswith("%")
                centred = len(line) > 2 and (counts or (number == 0 and index > 1))
                cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if centred else "left")
                if number == 0 and len(band.lines) > 1:
                    cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
                elif isinstance(cell.value, float):
                    cell.number_format = "0%" if 0 <= cell.value <= 1 else "0.0"
            across = len(line) == 2 and number > 0
            if across:
                sheet.merge_cells(start_row=at, start_column=2, end_row=at, end_column=len(_CLASS_WIDTHS))
            widths = (_CLASS_WIDTHS[0], sum(_CLASS_WIDTHS[1:])) if across else _CLASS_WIDTHS
            most = max(-(-len(str(value or "")) // (width - 2)) for value, width in zip(line, widths, strict=False))
            sheet.row_dimensions[at].height = _LINE_HEIGHT * max(most, 1)
        at += 2
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for index, width in enumerate(_CLASS_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, values: list[Value] | tuple[Value, ...]) -> None:
    for index, value in enumerate(values, 1):
        _put(sheet.cell(row, index), shown(value))


def _put(cell: Any, value: Value) -> None:
    """Sets a cell. Text is text, whatever it begins with, and stays it where somebody edits the cell."""
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value[:1] in tuple("=+-@'"):
            cell.quotePrefix = True


def _undated(data: bytes) -> bytes:
    """The same package with one date everywhere."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + _STAMP.encode() + rb"\g<3>", part)
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same from every system
            new.writestr(info, part)
    return written.getvalue()
