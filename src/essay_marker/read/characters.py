"""The characters the writer meant: garbled, odd, invisible and decomposed ones are put right."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from essay_marker.read.offsets import Edit, Traced
from essay_marker.read.repairs import RepairLog

SOFT_HYPHEN: Final = "\u00ad"

# punctuation and letters of UTF-8 that somebody decoded as Windows-1252: "Stalinâ€™s"
_GARBLED_CHARACTERS: Final = "‘’“”–—…•£é è ê ë á à â ä ó ö ú ü ç ñ í ï ł".replace(" ", "")


def _misread(character: str) -> Iterator[str]:
    """How ``character`` looks after its UTF-8 bytes were decoded as Windows-1252, or as Latin-1."""
    data = character.encode("utf-8")
    yield data.decode("latin-1")
    yield "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


_GARBLED: Final = {seen: meant for meant in _GARBLED_CHARACTERS for seen in _misread(meant)}
_GARBLED_PATTERN: Final = re.compile("|".join(re.escape(seen) for seen in sorted(_GARBLED, key=len, reverse=True)))

_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_LINE_END: Final = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_END: Final = re.compile("\u2029")
_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# soft hyphens at a line end stay until `layout` joins the lines: there they say that the word is one
# so do not strokes through a letter, by which words are crossed out where there is no other way to do it
_INVISIBLE: Final = re.compile(
    "[\u0335\u0336\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u180e\u034f\ufe00-\ufe0f\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    f"|{SOFT_HYPHEN}(?![ \t]*[\n\f])"
)
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE: Final = re.compile("[ﬀ-ﬆ]")
_NON_ASCII_RUN: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")

# where the low-reversed pair „…‟ stands for single marks: a letter on both sides of ‟ makes it an apostrophe
_APOSTROPHE_REVERSED: Final = re.compile(r"(?<=[^\W\d_])‟(?=[^\W\d_])")
_LOW_CLOSED_HIGH: Final = re.compile(r"„[^„“”‟\n]{1,400}[“”]")
_LOW_OR_REVERSED: Final = re.compile("[„‟]")
_GERMAN_PAIR: Final = re.compile(r"„(?P<words>[^„“”]{1,400})“")
_LATEX_MARKS: Final = re.compile("``|''")
_ODD_MARKS: Final = re.compile("[‚‛′″‐‑−`´＂＇]")


def clean_characters(text: Traced, log: RepairLog) -> Traced:
    """``text`` with line feeds as line ends, form feeds between pages, ordinary spaces and marks, in normal form C."""
    text = _sub(text, _GARBLED_PATTERN, _GARBLED, "garbled", log)
    text = _logged(text.sub(_ENTITY, lambda match: html.unescape(match[0])), "entities", log)
    text, _ = text.sub(_LINE_END, "\n")
    text, _ = text.sub(_PARAGRAPH_END, "\n\n")
    text = _logged(text.sub(_SPACE, " "), "spaces", log)
    text = _logged(text.sub(_INVISIBLE, ""), "invisible", log)
    text = _sub(text, _LIGATURE, _LIGATURES, "ligatures", log)
    text = _compose(text, log)
    return _quotation_marks(text, log)


def _logged(result: tuple[Traced, int], code: str, log: RepairLog) -> Traced:
    """The text of ``result``, after noting its count."""
    text, count = result
    log.add(code, count)
    return text


def _sub(text: Traced, pattern: re.Pattern[str], table: dict[str, str], code: str, log: RepairLog) -> Traced:
    """``text`` with every match replaced by what ``table`` has for it."""
    return _logged(text.sub(pattern, lambda match: table[match[0]]), code, log)


def _compose(text: Traced, log: RepairLog) -> Traced:
    """Normal form C, a letter at a time so that each keeps its place."""
    if unicodedata.is_normalized("NFC", text.text):
        return text
    edits: list[Edit] = []
    for run in _NON_ASCII_RUN.finditer(text.text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        for start, end in _letters(run[0]):
            letter = run[0][start:end]
            composed = unicodedata.normalize("NFC", letter)
            if composed != letter:
                edits.append((run.start() + start, run.start() + end, composed))
    log.add("accents", len(edits))
    return text.edit(edits)


def _letters(run: str) -> Iterator[tuple[int, int]]:
    """Ranges of ``run`` that can be normalised each on its own: a letter with all that combines with it."""
    start = 0
    for index in range(1, len(run)):
        if unicodedata.combining(run[index]):
            continue
        # some characters of class 0 combine too (Hangul, some Indic vowels): ask the normalisation itself
        apart = unicodedata.normalize("NFC", run[start:index]) + unicodedata.normalize("NFC", run[index])
        if unicodedata.normalize("NFC", run[start : index + 1]) == apart:
            yield start, index
            start = index
    yield start, len(run)


def _quotation_marks(text: Traced, log: RepairLog) -> Traced:
    """Odd quotation marks, apostrophes and hyphens as the usual ones; ASCII and curly marks stay as they are."""
    if "``" in text.text:  # the quotation marks of LaTeX; elsewhere two apostrophes may be two marks that close
        text = _sub(text, _LATEX_MARKS, {"``": "“", "''": "”"}, "quotation-marks", log)
    text = _logged(text.sub(_ODD_MARKS, _usual_mark), "quotation-marks", log)
    if not _LOW_OR_REVERSED.search(text.text):
        return text
    if not _are_single(text.text):
        # „so“ or „so”: the low mark opens; the German closing mark is the English opening one
        text = _logged(text.sub(_GERMAN_PAIR, lambda match: f"“{match['words']}”"), "quotation-marks", log)
        return _logged(
            text.sub(_LOW_OR_REVERSED, lambda match: "“" if match[0] == "„" else "”"), "quotation-marks", log
        )
    return _logged(text.sub(_LOW_OR_REVERSED, _single_mark), "quotation-marks", log)


def _are_single(text: str) -> bool:
    """Whether „ and ‟ stand for single marks, as some PDF fonts print them."""
    if _APOSTROPHE_REVERSED.search(text):
        return True
    return "‟" in text and any(mark in text for mark in '“”"') and not _LOW_CLOSED_HIGH.search(text)


def _single_mark(match: re.Match[str]) -> str:
    """The single mark that „ or ‟ stands for: an opening one, or a closing one, which is also the apostrophe."""
    return "‘" if match[0] == "„" else "’"


def _usual_mark(match: re.Match[str]) -> str:
    """The usual mark for one of `_ODD_MARKS`, by what stands beside it."""
    mark, text = match[0], match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    opens = not before.strip() or before in "([“‘—"
    match mark:
        case "″" | "＂":
            return '"'
        case "‐" | "‑" | "−":
            return "-"
        case "‚" if not opens and not after.isalnum():
            return ","  # a comma in some fonts
        case "′" if before.isdigit():
            return "'"  # minutes, feet
        case "＇":
            return "'"
        case _:
            return "‘" if opens and after.isalpha() else "’"
