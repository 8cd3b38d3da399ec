"""What a file is, by its bytes; what cannot be read is named, each kind with its own way out."""

from __future__ import annotations

import codecs

import pytest

from essay_marker.documents.kinds import fits_name, tell_kind
from essay_marker.errors import InputError

from .writing import docx, odt, package, paragraph, rtf, run

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"The council met.", "text"),
        (b"PKK units fought on.", "text"),
        (b"# Title\n\n<p>not a page</p>", "text"),
        (b"{curly} words begin this essay", "text"),
        ("The council met.".encode("utf-16"), "text"),
        (docx(paragraph(run("x"))), "docx"),
        (odt("<text:p>x</text:p>"), "odt"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\r\nsome mail\r\n%PDF-1.4\n", "pdf"),
        (rtf("x"), "rtf"),
        (b"<!DOCTYPE html><html><body>Essay", "html"),
        (codecs.BOM_UTF8 + b"\n<!-- saved from url -->\n<HTML><BODY>Essay", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "html"),
    ],
)
def test_what_can_be_read_is_told_by_its_bytes(data: bytes, kind: str) -> None:
    assert tell_kind(data, "x.bin", "x.bin") == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a photograph or picture. Ask for the typed file, or type it up"),
        (b"\x89PNG\r\n\x1a\n", "a photograph"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "a photograph"),
        (b"II*\x00\x08\x00\x00\x00", "a photograph"),
        (b"MM\x00*\x00\x00\x00\x08", "a photograph"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a photograph"),
        (b"GIF89a", "a photograph"),
        (b"\x00\x00\x00\x20ftypM4A ", "a sound or film recording"),
        (b"ID3\x03\x00", "a sound or film recording"),
        (OLE + "WordDocument".encode("utf-16-le"), r"a Word document of the old kind \(.doc\). Open it in Word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a presentation"),
        (OLE + "Workbook".encode("utf-16-le"), "a spreadsheet"),
        (OLE, "an old Office or mail file"),
        (package({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "a presentation"),
        (package({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a spreadsheet"),
        (package({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "a presentation"),
        (package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet"),
        (package({"mimetype": "application/epub+zip"}), "an electronic book"),
        (package({"Index/Document.iwa": "", "preview.jpg": ""}), "Apple Pages. Open it in Pages"),
        (package({"essay.docx": b"PK"}), "a ZIP archive. Unpack it"),
        (b"PK\x05\x06" + b"\0" * 18, "a ZIP archive"),
        (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
        (b"MZ\x90\x00", "a program"),
        (b"\x7fELF\x02", "a program"),
        (b'{"url": "https://example.org/x", "doc_id": "1", "email": "a@b"}', "only a link .* download it"),
        (b"[InternetShortcut]\r\nURL=https://example.org", "only a link"),
        (b"\x00\x05\x16\x07\x00\x02", "a Mac's companion file"),
        (b"From: <Saved by Word>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "a web page saved as one file"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "hardly used"),
        (b'<?xml version="1.0"?>\n<office:document xmlns', "one XML file"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^my essay.docx is (?s:.)*{said}") as refused:
        tell_kind(data, "my essay.docx", "my essay.docx")
    assert str(refused.value).count(". ") == 1  # what it is, what to do


def test_the_note_that_word_leaves_beside_an_open_document_is_named() -> None:
    with pytest.raises(InputError, match="Name the document itself"):
        tell_kind(b"\x05Pupil" + b" " * 156, "~$essay.docx", "~$essay.docx")


def test_the_name_decides_only_what_the_bytes_leave_open() -> None:
    assert tell_kind(b"<p>An essay.</p>", "essay.html", "x") == "html"
    assert tell_kind(b"<p>An essay.</p>", "essay.md", "x") == "text"


@pytest.mark.parametrize(
    ("kind", "name", "fits"),
    [
        ("docx", "essay.docx", True),
        ("docx", "Essay.DOCX", True),
        ("rtf", "essay.doc", False),
        ("docx", "essay.doc", False),
        ("pdf", "essay.docx", False),
        ("text", "essay.pages", False),
        ("text", "essay.md", True),
        ("text", "notes.text", True),
        ("docx", "essay", True),
        ("docx", "standard input", True),
        ("docx", "A. Pupil", True),
    ],
)
def test_a_name_may_not_fit(kind: str, name: str, fits: bool) -> None:
    assert fits_name(kind, name) is fits  # type: ignore[arg-type]
