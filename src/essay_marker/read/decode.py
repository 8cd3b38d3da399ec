"""Bytes to characters, or a sentence for a teacher that says why not."""

from __future__ import annotations

import codecs
import re
from typing import Final

from essay_marker.errors import InputError
from essay_marker.read.repairs import RepairLog

MAX_BYTES: Final = 2_000_000
"""The largest plain text that is read: some 300,000 words, a hundred times a long essay."""

_AS_TEXT: Final = "Open it, save it as plain text (.txt) and try again."
_BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# the five bytes that Windows-1252 leaves undefined become control characters, which the cleaning removes
_CP1252: Final = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def check_size(size: int, shown: str) -> None:
    """Refuse more than `MAX_BYTES`, before anything is read or decoded."""
    if size > MAX_BYTES:
        raise InputError(
            f"{shown} is too large to be an essay: {size / 1e6:.1f} MB, and at most {MAX_BYTES / 1e6:.0f} MB are read. "
            "Check that it is the right file, or split it into one file an essay."
        )


def decode(data: bytes, shown: str, log: RepairLog) -> str:
    """The characters of ``data``: UTF-8, UTF-16 or UTF-32 where the bytes say so, else Windows-1252.

    ``shown`` is what error messages call the file. Raises `InputError` for what is too large, empty or no text.
    """
    check_size(len(data), shown)
    if not data.strip():
        raise InputError(f"{shown} is empty. Check that the essay was saved in it.")
    text = _decode(data, shown, log)
    if not text.strip():
        raise InputError(f"{shown} holds nothing but blank space. Check that the essay was saved in it.")
    if len(_NOT_TEXT.findall(text)) > 0.15 * len(text):
        raise InputError(f"{shown} is not a text file: it is full of control characters. {_AS_TEXT}")
    return text


def _decode(data: bytes, shown: str, log: RepairLog) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _counted(data[len(mark) :].decode(encoding, "replace"), log)
    if b"\x00" in data:
        encoding = _utf16_without_mark(data, shown)
        return _counted(data.decode(encoding, "replace"), log)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data, log) or data.decode("latin-1").translate(dict(enumerate(_CP1252)))


def _counted(text: str, log: RepairLog) -> str:
    """``text``, after noting the characters in it that could not be decoded."""
    if lost := text.count("\ufffd"):
        log.add("unreadable", lost)
    return text


def _damaged_utf8(data: bytes, log: RepairLog) -> str | None:
    """The text of a UTF-8 file with a few broken bytes, or None where it is in another encoding.

    An accidental pair of Windows-1252 characters that is also good UTF-8 is rare, so the good ones decide.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return _counted(text, log) if good > 4 * broken else None


def _utf16_without_mark(data: bytes, shown: str) -> str:
    """Which UTF-16 bytes with NULs are, by the side on which the NULs fall; English has one in nearly every pair."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    pairs = max(1, len(data) // 2)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    raise InputError(f"{shown} is not a text file. {_AS_TEXT}")
