"""Every usual encoding gives the same essay; what is no text is refused in a sentence that says what to do."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from essay_marker.errors import InputError
from essay_marker.read import MAX_BYTES, read_bytes, read_file

from .building import BODY, repaired

ESSAY = "\n\n".join(BODY).replace("council", "council’s “café” – the poor", 1)


@pytest.mark.parametrize(
    "data",
    [
        ESSAY.encode("utf-8"),
        ESSAY.encode("utf-8-sig"),
        ESSAY.encode("cp1252"),
        codecs.BOM_UTF16_LE + ESSAY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ESSAY.encode("utf-16-be"),
        ESSAY.encode("utf-16-le"),
        ESSAY.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + ESSAY.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be", "bare utf-16-le", "bare utf-16-be", "utf-32-le"],
)
def test_the_encoding_makes_no_difference(data: bytes) -> None:
    essay = read_bytes(data, "essay.txt")
    assert essay.original == ESSAY
    assert essay.text == ESSAY


def test_bytes_that_windows_leaves_undefined_are_dropped() -> None:
    assert read_bytes(b"The poor\x81 caf\xe9 \x96 closed.", "x").text == "The poor café – closed."


def test_a_few_broken_bytes_do_not_garble_the_rest_of_a_utf8_file() -> None:
    essay = read_bytes("Café, café, café, café, café and café.".encode() + b" \xff", "x")
    assert essay.text.startswith("Café, café")
    assert repaired(essay) == {"unreadable": 1}


@pytest.mark.parametrize("data", [b"abc\x00\x01\x02\x00def" * 20, bytes(range(1, 32)) * 10], ids=["nul", "control"])
def test_other_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not a text file"):
        read_bytes(data, "x.bin")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff\u00a0\n".encode(), "\u200b\u200b".encode(), b"---\n"])
def test_an_essay_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"empty|blank|no words"):
        read_bytes(data, "x.txt")


def test_a_word_that_begins_like_another_format_is_read() -> None:
    assert read_bytes(b"PKK units fought on.", "x").text == "PKK units fought on."


def test_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    line = b"The council met again.\n"
    data = (line * (MAX_BYTES // len(line) + 1))[:MAX_BYTES]
    assert len(data) == MAX_BYTES
    with pytest.raises(InputError, match="too large"):
        read_bytes(data + b".", "x")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(60_000_000)  # NULs: were they read, the message would be another
    with pytest.raises(InputError, match=r"huge\.txt is too large .* 60\.0 MB"):
        read_file(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"essay\.txt was not found"):
        read_file(tmp_path / "essay.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match=r"not the name of a file|was not found"):
        read_file(tmp_path / "a\0b")


def test_the_source_is_the_files_name_without_folders(tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_text("The council met.")
    assert read_file(path).source == "essay.txt"
    assert read_bytes(b"The council met.", "-").source == "standard input"
