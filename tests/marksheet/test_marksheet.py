"""The mark sheet: safe, the same bytes every time, and what the teacher put in is read back."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from essay_marker.errors import DataError
from essay_marker.marksheet import (
    Band,
    ChangedCell,
    Column,
    Entry,
    Overview,
    Row,
    Table,
    changed_cells,
    csv_bytes,
    read_entries,
)
from essay_marker.marksheet.cells import guarded, shown, unguarded
from essay_marker.marksheet.table import FILE, ID, LEARNER, OWN_COMMENT, OWN_MARK
from essay_marker.marksheet.xlsx import xlsx_bytes

NASTY = [
    "=1+1",
    "+44 20",
    "-Smith",
    "@import",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    ' "=1+1"',
    "＝1",
    "'=1",
    "|x",
    "%x",
]
NICE = ["Ada Lovelace", "O'Neil-Smith", "a=b", "3 of 20", "“= is a sign”, she wrote", ""]


def table(*names: str) -> Table:
    columns = (
        Column(ID, "text"),
        Column(LEARNER, "text"),
        Column(FILE, "text"),
        Column(OWN_MARK, "own-mark"),
        Column(OWN_COMMENT, "own-comment"),
        Column("Provisional mark", "mark"),
        Column("Analysis", "level"),
        Column("Terror", "coverage"),
        Column("In common", "share"),
        Column("Please look", "flag"),
    )
    rows = tuple(
        Row(f"id{n}", (f"id{n}", name, f"{name}.txt", 12, 3, "partial", 0.21, None)) for n, name in enumerate(names)
    )
    bands = (Band("In figures", (("What", "How many"), ("=Essays", len(names)))),)
    return Table(columns, rows, Overview("=The class", bands), 20, 0.06)


@pytest.mark.parametrize("text", NASTY)
def test_what_looks_like_a_formula_is_text_in_both_files(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.xlsx").write_bytes(xlsx_bytes(table(text), {"id0": Entry(None, text)}))
    book = load_workbook(tmp_path / "m.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert book["Marks"]["B2"].value == shown(text)
    rows = list(csv.reader(io.StringIO(csv_bytes(table(text), {}).decode("utf-8-sig"), newline="")))
    assert not rows[1][1].startswith(tuple("=+-@\t\r|%＝"))
    assert unguarded(rows[1][1]) == shown(text)


@pytest.mark.parametrize("text", NICE)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_a_formula_stays_text_when_the_cell_is_edited(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(xlsx_bytes(table("=1+1", "Ada"), {}))
    sheet = load_workbook(tmp_path / "m.xlsx")["Marks"]
    assert sheet["B2"].quotePrefix
    assert not sheet["B3"].quotePrefix


def test_signs_that_no_cell_can_hold_are_replaced(tmp_path: Path) -> None:
    text = "a\x00b\x1bc\ud800d\u202ee" + "x" * 40_000
    (tmp_path / "m.xlsx").write_bytes(xlsx_bytes(table(text), {}))
    found = load_workbook(tmp_path / "m.xlsx")["Marks"]["B2"].value
    assert isinstance(found, str)
    assert found.startswith("a\ufffdb\ufffdc\ufffdd\ufffde")
    assert len(found) < 32_767
    csv_bytes(table(text), {}).decode("utf-8-sig")


def test_the_same_table_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = xlsx_bytes(table("Ada"), {})
    time.sleep(2.1)  # a ZIP counts in steps of two seconds, and the document's own dates in steps of one
    assert xlsx_bytes(table("Ada"), {}) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_the_header_stays_in_sight_every_column_filters_and_colours_say_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(xlsx_bytes(table("Ada", "Grace"), {}))
    book = load_workbook(tmp_path / "m.xlsx")
    sheet = book["Marks"]
    assert book.sheetnames == ["Marks", "Class"]
    assert sheet.freeze_panes == "C2"  # header and name
    assert sheet.auto_filter.ref == "A1:J3"
    coloured = {str(rule.sqref) for rule in sheet.conditional_formatting}
    assert coloured == {"F2:F3", "G2:G3", "H2:H3", "I2:I3", "J2:J3"}
    assert sheet["I2"].number_format == "0%"
    assert (sheet["D2"].value, sheet["E2"].value) == (None, None)
    assert book["Class"]["A4"].value == "What"


def test_what_the_teacher_put_in_is_read_back(tmp_path: Path) -> None:
    place = tmp_path / "m.xlsx"
    assert read_entries(place) == {}
    place.write_bytes(xlsx_bytes(table("Ada", "Grace"), {}))
    assert read_entries(place) == {}
    book = load_workbook(place)
    book["Marks"]["D3"], book["Marks"]["E3"] = 14.0, "=fine"
    book["Marks"]["E3"].data_type = "s"
    book.save(place)
    entries = read_entries(place)
    assert entries == {"id1": Entry(14, "=fine", "Grace", "Grace.txt")}
    place.write_bytes(xlsx_bytes(table("Ada", "Grace"), entries))
    assert read_entries(place) == entries


def test_a_sheet_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    place = tmp_path / "m.xlsx"
    place.write_bytes(b"no spreadsheet")
    with pytest.raises(DataError, match="cannot be read"):
        read_entries(place)
    place.write_bytes(xlsx_bytes(table("Ada"), {}))
    book = load_workbook(place)
    book["Marks"]["A1"] = "Something else"
    book.save(place)
    with pytest.raises(DataError, match="not all there"):
        read_entries(place)


def test_cells_that_are_the_programs_are_told_where_somebody_changed_them(tmp_path: Path) -> None:
    xlsx, written = tmp_path / "m.xlsx", tmp_path / "m.csv"
    xlsx.write_bytes(xlsx_bytes(table("Ada", "Grace"), {}))
    written.write_bytes(csv_bytes(table("Ada", "Grace"), {}))
    assert changed_cells(xlsx, written) == []
    assert changed_cells(written, xlsx) == []
    book = load_workbook(xlsx)
    sheet = book["Marks"]
    titles = [cell.value for cell in sheet[1]]
    mark, comment, file = (titles.index(title) + 1 for title in (OWN_MARK, OWN_COMMENT, FILE))
    sheet.cell(2, mark).value, sheet.cell(2, comment).value = 14, "Hers to write."
    sheet.cell(3, file).value = "Say  more\nof Hungary."
    sheet.cell(1, len(titles) + 1).value = "Effort"
    sheet.cell(2, len(titles) + 1).value = 3
    book.save(xlsx)
    assert changed_cells(xlsx, written) == [
        ChangedCell(2, "Ada", "Effort", "3", False),
        ChangedCell(3, "Grace", FILE, "Say more of Hungary.", True),
    ]
