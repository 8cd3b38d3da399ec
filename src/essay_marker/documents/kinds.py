"""What kind of file a teacher has, told by its bytes and never by its name alone."""

from __future__ import annotations

import codecs
import io
import re
from typing import Final, Literal

from essay_marker.errors import InputError

FileKind = Literal["text", "docx", "odt", "pdf", "rtf", "html"]

_SNIFFED: Final = 4_096
_ASK: Final = "Ask for the Word file, or for a PDF made from it."
_TYPED: Final = "Ask for the typed file, or type it up."
_EXPORT: Final = "Open it in {}, save or export it as .docx or PDF and try that file."

# kind -> what it is and what to do
_REFUSED: Final[dict[str, tuple[str, str]]] = {
    "photo": ("a photograph or picture", _TYPED),
    "sound": ("a sound or film recording", f"{_ASK}"),
    "doc": ("a Word document of the old kind (.doc)", _EXPORT.format("Word or LibreOffice")),
    "locked": ("locked with a password", "Ask for a copy without one."),
    "ole": ("an old Office or mail file, no text", _ASK),
    "slides": ("a presentation (slides)", _ASK),
    "sheet": ("a spreadsheet", _ASK),
    "drawing": ("a drawing", _ASK),
    "pages": ("a document of Apple Pages", _EXPORT.format("Pages")),
    "wordml": ("a Word document in an XML form that is hardly used", _EXPORT.format("Word")),
    "flatodt": ("an OpenDocument text in one XML file", _EXPORT.format("LibreOffice")),
    "mhtml": ("a web page saved as one file (.mht)", _EXPORT.format("Word or a browser")),
    "epub": ("an electronic book", _ASK),
    "link": (
        "only a link to a document that is kept online",
        "Open it there, download it as Microsoft Word (.docx) and try that file.",
    ),
    "wordlock": ("only Word's note that somebody has a document open", "Name the document itself."),
    "apple": ("only a Mac's companion file and holds no essay", "Name the file without ._ before its name."),
    "zip": ("a ZIP archive", "Unpack it and name the essay inside."),
    "archive": ("a compressed archive", "Unpack it and name the essay inside."),
    "program": ("a program or a database, no essay", "Do not open it; ask the sender what it is."),
}

_SIGNATURES: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP|8BPS", "photo"),
        (rb".{4}ftyp(?:heic|heix|heif|heim|heis|hevc|mif1|msf1|avif)|\x00\x00\x00\x0cJXL |\xff\x0a.{0,8}$", "photo"),
        (rb"RIFF.{4}(?:WAVE|AVI )|ID3[\x02-\x04]|OggS\x00|fLaC\x00|.{4}ftyp|\x1aE\xdf\xa3", "sound"),
        (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a|BZh[1-9]1AY|\xfd7zXZ", "archive"),
        (rb"\x7fELF|MZ[\x00\x90]|SQLite format 3\x00|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "program"),
        (rb"\x00\x05\x16\x07", "apple"),
        (rb"\s*<\?xml.{0,400}?(?:progid=\"Word\.Document\"|<w:wordDocument|<pkg:package)", "wordml"),
        (rb"\s*<\?xml.{0,400}?<office:document[\s>]", "flatodt"),
        (rb"(?:[\w-]+:[^\n]{0,200}\n\s*){0,8}?MIME-Version:", "mhtml"),
        (rb"\s*\{[^{}]{0,600}\"(?:url|doc_id|resource_id)\"[^{}]{0,600}\}\s*$", "link"),
        (rb"\s*\[(?:InternetShortcut|\{000214A0)", "link"),
        (rb"\s*<\?xml.{0,300}<plist.{0,200}<key>URL</key>", "link"),
    )
)
_PDF: Final = re.compile(rb".{0,1024}?%PDF-\d", re.DOTALL)
_RTF: Final = re.compile(rb"\s*\{\\rtf")
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?(?i:<!doctype\s+html|<html|<head[\s>]|<body[\s>]|<meta\s)",
    re.DOTALL,
)
_FRAGMENT: Final = re.compile(rb"\s*<(?:p|div|h[1-6]|section|article|table|span)[\s>]", re.IGNORECASE)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_WORD_LOCK: Final = 162  # bytes: all that such a file ever has

_EXTENSIONS: Final[dict[str, tuple[FileKind, ...]]] = {
    ".txt": ("text",),
    ".md": ("text",),
    ".docx": ("docx",),
    ".docm": ("docx",),
    ".dotx": ("docx",),
    ".doc": (),
    ".odt": ("odt",),
    ".pdf": ("pdf",),
    ".rtf": ("rtf",),
    ".html": ("html",),
    ".htm": ("html",),
    ".xhtml": ("html",),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic", ".pages", ".pptx", ".xlsx", ".zip", ".gdoc"), ()),
}


def tell_kind(data: bytes, name: str, shown: str) -> FileKind:
    """What kind of document ``data`` is. The file's ``name`` helps only where the bytes leave it open.

    Raises `InputError`, with a sentence of its own for each kind that cannot be read.
    """
    head = data[:_SNIFFED].removeprefix(codecs.BOM_UTF8)
    if head.startswith(_ZIP):
        kind = _zip_kind(data)
    elif head.startswith(_OLE):
        kind = _ole_kind(data)
    elif _RTF.match(head):
        kind = "rtf"
    elif _PDF.match(head) and b"\x00" not in head[:8]:
        kind = "pdf"
    elif len(data) == _WORD_LOCK and name.startswith("~$"):
        kind = "wordlock"
    else:
        kind = next((kind for pattern, kind in _SIGNATURES if pattern.match(head)), "text")
        if kind == "text" and (_HTML.match(head) or (extension(name) in (".html", ".htm") and _FRAGMENT.match(head))):
            kind = "html"
    if kind in _REFUSED:
        what, do = _REFUSED[kind]
        raise InputError(f"{shown} is {what}. {do}")
    return kind  # type: ignore[return-value]


def fits_name(kind: FileKind, name: str) -> bool:
    """Whether a file of this kind may be called ``name``; an ending that says nothing fits everything."""
    return kind in _EXTENSIONS.get(extension(name), (kind,))


def extension(name: str) -> str:
    """The ending of a file's name in small letters, with its point; empty where there is none."""
    stem, point, last = name.rpartition(".")
    return f".{last.lower()}" if point and stem else ""


def _zip_kind(data: bytes) -> str:
    """What a zip package holds, by the names of its parts."""
    import zipfile  # plain text pays for no unpacking

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = frozenset(package.namelist())
            mimetype = package.getinfo("mimetype").file_size if "mimetype" in names else 0
            said = package.read("mimetype").decode("ascii", "replace") if 0 < mimetype < 200 else ""
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        return "docx" if b"word/" in data[:_SNIFFED] else "zip"
    if "opendocument.text" in said:
        return "odt"
    for mark, kind in (
        ("opendocument.presentation", "slides"),
        ("opendocument.spreadsheet", "sheet"),
        ("opendocument.graphics", "drawing"),
        ("epub", "epub"),
    ):
        if mark in said:
            return kind
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if "[Content_Types].xml" in names:
        for folder, kind in (("word", "docx"), ("ppt", "slides"), ("xl", "sheet"), ("visio", "drawing")):
            if folder in folders:
                return kind
    if any(name.endswith(".iwa") for name in names) or ("index.xml" in names and "QuickLook" in folders):
        return "pages"
    if "content.xml" in names and "META-INF" in folders:
        return "odt"
    return "zip"


def _ole_kind(data: bytes) -> str:
    """What a compound file holds, by the names of its streams."""
    for name, kind in (
        ("EncryptedPackage", "locked"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "slides"),
        ("Workbook", "sheet"),
    ):
        if name.encode("utf-16-le") in data:
            return kind
    return "ole"
