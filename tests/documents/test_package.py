"""No file costs more than an essay is worth: limits hold before a parser sees anything."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from essay_marker.documents import package as packages
from essay_marker.documents.package import Package, parse_xml
from essay_marker.errors import InputError

from .writing import docx, package, paragraph, run


def test_a_small_file_that_unpacks_to_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package({"word/document.xml": b"<x>" + b" " * 5_000_000 + b"</x>"})
    assert len(data) < 10_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part was unpacked"))
    with pytest.raises(InputError, match="would unpack to 5 MB of text"):
        Package(data, "essay.docx")


def test_the_sum_of_all_parts_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(InputError, match="would unpack to 2 MB"):
        Package(package({f"word/media/{n}.bin": b"\0" * 500_000 for n in range(4)}), "essay.docx")


def test_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_MEMBERS", 10)
    with pytest.raises(InputError, match="11 parts"):
        Package(package({f"{n}.xml": b"" for n in range(11)}), "essay.docx")


def test_a_part_that_is_larger_than_it_says_is_not_unpacked_further() -> None:
    data = bytearray(package({"word/document.xml": b"<x>" + b"a" * 5_000 + b"</x>"}))
    header = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, header + 24, 100)  # the size that the directory declares
    with pytest.raises(InputError, match="cannot be unpacked"):
        Package(bytes(data), "essay.docx").read("word/document.xml")


def test_a_part_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_PART", 100)
    with pytest.raises(InputError, match="too large"):
        Package(package({"word/document.xml": b"<x>" + b"a" * 200 + b"</x>"}), "essay.docx").read("word/document.xml")


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for data in (laughs, outside, laughs.decode().encode("utf-16")):
        with pytest.raises(InputError, match="XML entities"):
            parse_xml(data, "essay.docx", "word/document.xml")


def test_nesting_and_number_of_elements_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        parse_xml(b"<a>" * 5_000 + b"</a>" * 5_000, "essay.docx", "word/document.xml")
    monkeypatch.setattr(packages, "MAX_ELEMENTS", 100)
    with pytest.raises(InputError, match="far more parts"):
        parse_xml(b"<a>" + b"<b/>" * 200 + b"</a>", "essay.docx", "word/document.xml")


@pytest.mark.parametrize("cut", [30, 200, 700, -30])
def test_a_damaged_file_is_called_damaged(cut: int) -> None:
    with pytest.raises(InputError, match=r"essay\.docx is damaged"):
        Package(docx(paragraph(run("The council met.")))[:cut], "essay.docx").xml("word/document.xml")


def test_a_package_with_a_password_is_called_locked() -> None:
    file = io.BytesIO(package({"content.xml": b"<x/>"}))
    data = bytearray(file.getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="locked with a password"):
        Package(bytes(data), "essay.odt").read("content.xml")


def test_what_is_not_there_is_none() -> None:
    opened = Package(package({"a.xml": b"<x/>"}), "essay.docx")
    assert opened.read("b.xml") is None
    assert opened.xml("b.xml") is None
