"""Bytes to the words of a document, by the kind of file that they are. A format's library is loaded when it is met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from essay_marker.documents.flow import DocumentText
from essay_marker.documents.kinds import FileKind, fits_name, tell_kind
from essay_marker.errors import InputError
from essay_marker.read.decode import check_size, decode
from essay_marker.read.repairs import RepairLog

UNSEEN: Final = ("hidden-text", "white-text", "tiny-text", "off-page-text")
"""The repairs that leave out words which are in the file and which nobody sees on the page."""

_NO_WORDS: Final = "{} holds no words. Check that the essay was saved in it."
_NONE_SEEN: Final = "{} holds no words that can be seen on the page: all are hidden. Ask for the essay again."


def read_words(data: bytes, name: str, shown: str, log: RepairLog) -> DocumentText:
    """The words in ``data``, the file called ``name``; ``shown`` is what error messages call it.

    Raises `InputError` where it cannot be read. What was left out is noted in ``log``.
    """
    if not data.strip():
        raise InputError(f"{shown} is empty. Check that the essay was saved in it.")
    kind = tell_kind(data, name, shown)
    if not fits_name(kind, name):
        log.add("misnamed")
    if kind == "text":
        text = decode(data, shown, log)
        return DocumentText(text, (), len(text), (), {})
    words = _READERS[kind](data, shown)
    for code, count in words.counts.items():
        if count:
            log.add(code, count, words.details.get(code, ""))
    check_size(len(words.text), shown)
    if not words.text.strip():
        unseen = any(words.counts.get(code) for code in UNSEEN)
        raise InputError((_NONE_SEEN if unseen else _NO_WORDS).format(shown))
    return words


def _docx(data: bytes, shown: str) -> DocumentText:
    from essay_marker.documents.docx import DocxParts, walk_docx
    from essay_marker.documents.package import Package

    return walk_docx(DocxParts.of(Package(data, shown)))


def _odt(data: bytes, shown: str) -> DocumentText:
    from essay_marker.documents.odt import OdtParts, walk_odt
    from essay_marker.documents.package import Package

    return walk_odt(OdtParts.of(Package(data, shown)))


def _pdf(data: bytes, shown: str) -> DocumentText:
    from essay_marker.read.pdf import read_pdf

    return read_pdf(data, shown)


def _rtf(data: bytes, shown: str) -> DocumentText:
    from essay_marker.read.rtf import read_rtf

    return read_rtf(data, shown)


def _html(data: bytes, shown: str) -> DocumentText:
    from essay_marker.read.html import read_html

    return read_html(data, shown)


_READERS: Final[dict[FileKind, Callable[[bytes, str], DocumentText]]] = {
    "docx": _docx,
    "odt": _odt,
    "pdf": _pdf,
    "rtf": _rtf,
    "html": _html,
}
