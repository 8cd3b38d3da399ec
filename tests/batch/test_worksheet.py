"""A table in a CSV file: what it says, and that nothing but the cells filled in ever changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_marker.batch.worksheet import Worksheet, read_worksheet
from essay_marker.errors import DataError

ROWS = [
    ["Identifier", "Full name", "Grade"],
    ["Participant 1", 'Ann "Oz", Other', ""],
    ["Participant 2", "Zoë\nB", "7"],
]


def table(rows: list[list[str]], **how: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, **how).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_and_one_cell_filled_in(codec: str, delimiter: str, end: str) -> None:
    text = table(ROWS, delimiter=delimiter, lineterminator=end)
    sheet = Worksheet(text.encode(codec), "x.csv")
    assert [[cell.value for cell in row] for row in sheet.rows] == ROWS
    assert sheet.column("grade") == 2
    assert sheet.column("nothing") is None
    assert sheet.filled({}) == text.encode(codec)
    assert sheet.filled({(1, 2): "14"}) == text.replace(f'Other"{delimiter}', f'Other"{delimiter}14').encode(codec)


cells = st.text(st.sampled_from('ab é,;"\n\r\t='), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5), st.data())
def test_whatever_stands_in_it_only_the_cell_changes(rows: list[list[str]], data: st.DataObject) -> None:
    text = table([["Identifier", "Grade"], *rows])
    sheet = Worksheet(text.encode(), "x.csv")
    assert sheet.filled({}) == text.encode()
    row = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, len(rows[row - 1]) - 1))
    new = data.draw(cells)
    changed = sheet.filled({(row, column): new}).decode()
    want = [["Identifier", "Grade"], *(list(line) for line in rows)]
    want[row][column] = new
    assert list(csv.reader(io.StringIO(changed, newline=""))) == want
    cell = sheet.rows[row][column]
    assert changed.startswith(text[: cell.start])
    assert changed.endswith(text[cell.end :])


@pytest.mark.parametrize("data", [b"", b'a,"b', b"a\n\n\nb,c", b"\xff\xfea", b"a,b\r\nc", b"\x81,\x8d"])
def test_odd_files_are_read_or_refused(data: bytes) -> None:
    try:
        assert Worksheet(data, "x.csv").filled({}) == data
    except DataError as error:
        assert "x.csv" in str(error)


def test_what_an_old_encoding_lacks_is_spelt_as_web_pages_do() -> None:
    sheet = Worksheet("Identifier,Feedback comments\nJosé,\n".encode("cp1252"), "x.csv")
    assert sheet.filled({(1, 1): "Łódź – well"}) == "Identifier,Feedback comments\nJosé,&#321;ód&#378; – well\n".encode(
        "cp1252"
    )


def test_a_cell_that_is_not_there_is_left_alone() -> None:
    sheet = Worksheet(b"a,b,c\n1\n", "x.csv")
    assert sheet.value(1, 2) == sheet.value(1, None) == ""
    assert sheet.filled({(1, 2): "x"}) == b"a,b,c\n1\n"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv: the grading worksheet cannot be read"):
        read_worksheet(tmp_path / "none.csv")
