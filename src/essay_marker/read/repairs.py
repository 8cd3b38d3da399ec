"""What was repaired, counted by kind and said in plain words: no text is altered unseen."""

from __future__ import annotations

from collections import Counter
from typing import Final

from essay_marker.records import Repair

# code -> (said of one, said of several); the order is the order of the steps and of the report
_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "misnamed": 2 * ("the file's name does not say what it is; it was read as what it is",),
    "scanned-pages": (
        "page {where} is a picture and could not be read",
        "pages {where} are pictures and could not be read",
    ),
    "scanned-text": (
        "1 page is a picture; its words are those that text recognition put behind it, so expect slips",
        "{} pages are pictures; their words are those that text recognition put behind them, so expect slips",
    ),
    # words that are in the file and not on the page: whoever marks by eye does not see them
    "hidden-text": ("1 hidden word was left out", "{} hidden words were left out"),
    "white-text": (
        "1 word in the colour of the paper was left out",
        "{} words in the colour of the paper were left out",
    ),
    "tiny-text": ("1 word in type too small to read was left out", "{} words in type too small to read were left out"),
    "off-page-text": ("1 word placed off the page was left out", "{} words placed off the page were left out"),
    "deleted-text": (
        "1 word deleted with changes tracked was left out",
        "{} words deleted with changes tracked were left out",
    ),
    "comments": ("1 comment in the margin was left out", "{} comments in the margin were left out"),
    "feedback": (
        "1 page of feedback given before was left out",
        "{} pages of feedback given before were left out",
    ),
    "page-margins": ("1 page header or footer was left out", "{} page headers and footers were left out"),
    "contents": ("1 table of contents was left out", "{} tables of contents were left out"),
    "unreadable": (
        "1 character could not be read and stands as \ufffd",
        "{} characters could not be read and stand as \ufffd",
    ),
    "garbled": (
        "1 character garbled by a wrong encoding was put right",
        "{} characters garbled by a wrong encoding were put right",
    ),
    "entities": (
        "1 web code such as &amp; became the character it stands for",
        "{} web codes such as &amp; became the characters they stand for",
    ),
    "spaces": (
        "1 special space (no-break, thin …) became an ordinary one",
        "{} special spaces (no-break, thin …) became ordinary ones",
    ),
    "invisible": ("1 invisible character was removed", "{} invisible characters were removed"),
    "ligatures": ("1 joined letter such as ﬁ was written out", "{} joined letters such as ﬁ were written out"),
    "accents": (
        "1 letter and its accent became one character",
        "{} letters and their accents became one character each",
    ),
    "quotation-marks": (
        "1 odd quotation mark, apostrophe or hyphen became the usual one",
        "{} odd quotation marks, apostrophes and hyphens became the usual ones",
    ),
    "tags": (
        "1 web tag such as <sup> was removed, its words kept",
        "{} web tags such as <sup> were removed, their words kept",
    ),
    "links": ("1 link was reduced to its words", "{} links were reduced to their words"),
    "crossed-out": (
        "1 crossed-out start that goes on differently was left out",
        "{} crossed-out starts that go on differently were left out",
    ),
    "crossed-out-kept": (
        "1 crossed-out passage was kept, since crossed-out work counts unless it is replaced",
        "{} crossed-out passages were kept, since crossed-out work counts unless it is replaced",
    ),
    "emphasis": (
        "1 pair of emphasis marks such as *…* was removed",
        "{} pairs of emphasis marks such as *…* were removed",
    ),
    "escapes": ("1 backslash before a mark was removed", "{} backslashes before a mark were removed"),
    "headings": ("1 heading mark such as # was removed", "{} heading marks such as # were removed"),
    "bullets": ("1 bullet was removed, its line kept", "{} bullets were removed, their lines kept"),
    "quoted-lines": ("1 line's quoting mark > was removed", "{} lines' quoting marks > were removed"),
    "rules": ("1 ruled line was left out", "{} ruled lines were left out"),
    "page-numbers": ("1 page number was left out", "{} page numbers were left out"),
    "running-headers": ("1 repeated page header was left out", "{} repeated page headers were left out"),
    "details": (
        "1 line of details, such as a name, a date or a word count, was left out",
        "{} lines of details, such as a name, a date or a word count, were left out",
    ),
    "labels": ('1 label such as "Question:" was left out', '{} labels such as "Question:" were left out'),
    "line-breaks": (
        "1 line break inside a paragraph was closed up",
        "{} line breaks inside paragraphs were closed up",
    ),
    "split-paragraphs": (
        "1 paragraph broken in mid-sentence was joined",
        "{} paragraphs broken in mid-sentence were joined",
    ),
    "paragraph-ends": (
        "1 paragraph end that only a short last line showed was found",
        "{} paragraph ends that only a short last line showed were found",
    ),
    "long-paragraphs": (
        "1 very long paragraph was divided where a line and a sentence end together",
        "{} very long paragraphs were divided where a line and a sentence end together",
    ),
    "hyphens-kept": (
        "1 hyphenated word broken over a line end was joined and kept its hyphen",
        "{} hyphenated words broken over a line end were joined and kept their hyphens",
    ),
    "hyphens-dropped": (
        "1 word hyphenated over a line end was joined",
        "{} words hyphenated over a line end were joined",
    ),
    "moved-notes": (
        "1 line of notes was moved to its place between body and bibliography",
        "{} lines of notes were moved to their place between body and bibliography",
    ),
}


class RepairLog:
    """Counts repairs as the steps make them."""

    def __init__(self) -> None:
        """Start with nothing repaired."""
        self._counts: Counter[str] = Counter()
        self._where: dict[str, str] = {}

    def add(self, code: str, count: int = 1, where: str = "") -> None:
        """Note ``count`` more repairs of the kind ``code``, which must be one that can be put into words.

        ``where`` is for those whose message names the place.
        """
        if code not in _MESSAGES:
            raise KeyError(code)
        self._counts[code] += count
        self._where[code] = where

    def repairs(self) -> tuple[Repair, ...]:
        """One record a kind that occurred, in the order of the steps."""
        return tuple(
            Repair(
                code=code,
                message=(one if count == 1 else several).format(count, where=self._where.get(code, "")),
                count=count,
            )
            for code, (one, several) in _MESSAGES.items()
            if (count := self._counts[code])
        )
