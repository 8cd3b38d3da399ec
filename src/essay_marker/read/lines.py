"""Lines with what stood around them, without what the page or the class list put there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from essay_marker.read.characters import SOFT_HYPHEN
from essay_marker.read.markup import is_rule, is_underline, strip_bullet, strip_heading, strip_quoting
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import ends_sentence, is_mid_sentence, starts_lower

Kind = Literal["prose", "heading", "item"]


class Line(NamedTuple):
    """One line with words in it.

    ``gap`` counts the blank lines before it, ``indent`` the columns; ``page`` says that a page began between it and
    the line before; ``kind`` is what its marks, now stripped, said it was.
    """

    content: Traced
    gap: int = 0
    indent: int = 0
    page: bool = False
    kind: Kind = "prose"

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.content.text


_HEADING_WORDS: Final = 30
_SHORT: Final = 70
_LINE_BREAK: Final = re.compile(r"[\n\f]")
_INDENT: Final = re.compile(r"[ \t]*")


def split_lines(text: Traced, log: RepairLog) -> list[Line]:
    """The lines of ``text`` that hold words, each without its block marks (``#``, bullet, ``>``)."""
    lines: list[Line] = []
    gap, page = 0, False
    for raw, new_page in _raw_lines(text):
        page = page or new_page
        stripped = strip_quoting(raw)
        if stripped is not raw and stripped.strip():
            log.add("quoted-lines")
        if not stripped.strip(f" \t{SOFT_HYPHEN}"):
            gap += 1
        elif is_rule(stripped.text):
            log.add("rules")
            if lines and not gap and is_underline(stripped.text) and _may_be_heading(lines[-1]):
                lines[-1] = lines[-1]._replace(kind="heading")
            gap += 1
        else:
            lines.append(_line(stripped, gap, page, lines[-1] if lines else None, log))
            gap, page = 0, False
    return lines


def _raw_lines(text: Traced) -> Iterator[tuple[Traced, bool]]:
    """Each line of ``text``, blank ones too, and whether a page began with it."""
    start, new_page = 0, False
    for match in _LINE_BREAK.finditer(text.text):
        yield text.slice(start, match.start()), new_page
        start, new_page = match.end(), match[0] == "\f"
    yield text.slice(start, len(text)), new_page


def _line(raw: Traced, gap: int, page: bool, before: Line | None, log: RepairLog) -> Line:
    """The record of one line with words."""
    leading = _INDENT.match(raw.text)
    indent = len(leading[0].expandtabs(4)) if leading else 0
    kind: Kind = "prose"
    content = raw
    if (words := strip_heading(raw)) is not None and words.strip():
        content, kind = words, "heading"
        log.add("headings")
    elif (words := strip_bullet(raw)) is not None and not _is_dash_in_sentence(before, words.text):
        content, kind = words, "item"
        log.add("bullets")
    return Line(content.strip(), gap, indent, page, kind)


def _may_be_heading(line: Line) -> bool:
    """Whether ``line`` is short enough to be a heading that a rule underlines."""
    return line.kind == "prose" and len(line.text.split()) <= _HEADING_WORDS


def _is_dash_in_sentence(before: Line | None, words: str) -> bool:
    """Whether a dash that begins a line is the writer's own dash, wrapped to the line's start."""
    if before is None or before.kind != "prose" or len(before.text) < 40:
        return False
    return starts_lower(words) and not ends_sentence(before.text) and not before.text.endswith((":", ";"))


# --- page numbers and running headers -------------------------------------------------------------------------------

_BARE_NUMBER: Final = re.compile(r"\d{1,3}")
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s|]*page\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s|]*"
    r"|[-–—|]\s*\d{1,3}\s*[-–—|]|\d{1,3}\s*(?:of|/)\s*\d{1,3}",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(r"(?![a-z])[^\W_](?:[^.!?;]|(?<=\b[A-Z])\.)*")
_DIGITS: Final = re.compile(r"\d+")
_MOST_HEADERS: Final = 4


def drop_page_furniture(lines: Sequence[Line], log: RepairLog) -> list[Line]:
    """``lines`` without page numbers and running headers; the line after one begins a page."""
    numbers = _page_numbers(lines)
    log.add("page-numbers", len(numbers))
    kept = _without(lines, numbers)
    headers = _running_headers(kept)
    log.add("running-headers", len(headers))
    return _without(kept, headers)


def _without(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """``lines`` but for those at ``dropped``, whose gap goes to the line that follows."""
    kept: list[Line] = []
    gap, page = 0, False
    for index, line in enumerate(lines):
        if index in dropped:
            gap, page = gap + line.gap, True
        else:
            kept.append(line._replace(gap=gap + line.gap, page=page or line.page))
            gap, page = 0, False
    return kept


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Where the page numbers are: those that say so, and bare numbers where only a page number can stand."""
    found: set[int] = set()
    bare: list[int] = []
    for index, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text):
            found.add(index)
        elif _BARE_NUMBER.fullmatch(line.text):
            bare.append(index)
    values = [int(lines[index].text) for index in bare]
    if len(bare) > 1 and all(after == before + 1 for before, after in pairwise(values)):
        return found | set(bare)
    for index in bare:
        last = index == len(lines) - 1
        at_page_end = lines[index].page or (not last and lines[index + 1].page)
        inside = 0 < index < len(lines) - 1 and _is_cut(lines[index - 1], lines[index + 1])
        if (last and index) or at_page_end or inside:
            found.add(index)
    return found


def _running_headers(lines: Sequence[Line]) -> set[int]:
    """Where short lines are that come back, alike but for numbers, on page after page.

    Headings of revision notes come back too ("Key historians"), so a header must be seen to cut a sentence in two or
    to stand beside the end of a page. Many such lines are an essay pasted twice, and nothing is dropped.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _SHORT and _HEADER.fullmatch(line.text):
            places[_DIGITS.sub("#", line.text.casefold())].append(index)
    # the first page's header cuts nothing, and a later one may stand between two paragraphs
    headers = [
        found
        for found in places.values()
        if len(found) > 1 and 2 * sum(_cuts_page(lines, index) for index in found[1:]) >= len(found) - 1
    ]
    if len(headers) > _MOST_HEADERS:
        return set()
    return {index for found in headers for index in found if index}  # the first line of all is the title


def _cuts_page(lines: Sequence[Line], index: int) -> bool:
    """Whether the line at ``index`` stands at a page's edge, or between two halves of a sentence."""
    if not 0 < index < len(lines) - 1:
        return False
    return lines[index].page or lines[index + 1].page or _is_cut(lines[index - 1], lines[index + 1])


def _is_cut(before: Line, after: Line) -> bool:
    """Whether one running sentence goes on from ``before`` to ``after``."""
    return len(before.text) >= 30 and starts_lower(after.text) and is_mid_sentence(before.text, after.text)


# --- a name, a date, a word count -----------------------------------------------------------------------------------

_TOP: Final = 10
_MONTH: Final = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_WHOSE: Final = (
    "full|student|pupil|candidate|cent(?:re|er)|author|exam|course|module|unit|paper|class|teacher|tutor|submission|due"
)
_WHAT: Final = (
    "name|number|no\\.?|code|id|date|word ?count|words|class|form|set|year group|teacher|tutor|course|module|unit"
    "|subject|school|college|student|pupil|candidate|author|centre|exam board"
)
_DETAIL: Final = re.compile(
    rf"(?:(?:{_WHOSE}) )?(?:{_WHAT})(?:'s)?(?: (?:name|number|no\.?|code))?(?:\s*[:=#]|\s[–-])\s*\S.{{0,60}}"
    r"|(?:candidate|centre|student) (?:number|no\.?|id)\s+\S{1,12}"
    r"|(?:class|form|set|year|yr)\s+\d{1,2}\s?[a-z]{0,2}"
    rf"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{2}}|\d{{4}})|\d{{4}}-\d\d-\d\d"
    r"|(?-i:[Bb]y [A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][A-Za-z'-]+)",
    re.IGNORECASE,
)
_WORD_COUNT: Final = re.compile(
    r"[(\[]?\s*(?:(?:total )?(?:word ?count|words)\s*[:=–-]?\s*\d[\d,. ]*(?:words)?|\d[\d,. ]*words)\s*[)\].]*",
    re.IGNORECASE,
)


def drop_details(lines: Sequence[Line], log: RepairLog) -> list[Line]:
    """``lines`` without the lines at the top that only say who, when or which class, and without word counts."""
    dropped: set[int] = set()
    for index, line in enumerate(lines[:_TOP]):
        if _DETAIL.fullmatch(line.text):
            dropped.add(index)
        elif len(line.text) > 2 * _SHORT:
            break  # the essay has begun
    dropped |= {index for index, line in enumerate(lines) if _WORD_COUNT.fullmatch(line.text)}
    if len(dropped) == len(lines):
        return list(lines)  # better odd words than none
    log.add("details", len(dropped))
    return _keep_gaps(lines, dropped)


def _keep_gaps(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """``lines`` but for those at ``dropped``; what follows one begins after a gap."""
    return [
        line._replace(gap=max(line.gap, 1)) if index - 1 in dropped else line
        for index, line in enumerate(lines)
        if index not in dropped
    ]


def typical(values: Sequence[int]) -> int:
    """The most frequent of ``values``, the smaller one of two as frequent; 0 where there are none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else 0
