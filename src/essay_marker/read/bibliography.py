"""The bibliography: where it begins, and its lines joined to entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from essay_marker.read.hyphens import Vocabulary, glue_lines
from essay_marker.read.lines import Line
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import MOST_CONTINUATIONS, NUMBERING, leaves_open, starts_lower
from essay_marker.read.wrap import Wrap, find_wrap

_SURE_HEADING: Final = (
    r"(?:(?:select(?:ed)?|full|annotated|final|working|my)\s+)?bibliograph(?:y|ies)|references?|reference list|"
    r"list of (?:references|works cited)|works (?:cited|consulted)"
)
_LIKELY_HEADING: Final = (
    r"(?:list of |primary |secondary |key )?sources(?: used| cited| consulted| and reading)?|list of works|"
    r"(?:further |suggested |background )?reading(?: list)?|books(?: used| consulted)?"
)
_HEADING: Final = re.compile(
    rf"{NUMBERING}(?:(?P<sure>{_SURE_HEADING})|(?:{_LIKELY_HEADING}))\s*[:.–—-]*",
    re.IGNORECASE,
)
_HEADING_WITH_ENTRY: Final = re.compile(rf"(?:{_SURE_HEADING})\s*:\s+(?=\S)", re.IGNORECASE)
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)"
_NAME: Final = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]u|[Ll]e|[Mm]ac) )?[A-Z][\w’'-]{1,40}(?:[ -][A-Z][\w’'-]{1,40})?"
_INITIALS: Final = r"(?:[A-Z]\.\s?-?){1,4}"
_ENTRY_NUMBER: Final = r"(?:\[\d{1,3}\]|\d{1,3}[.)])?\s*"
_ENTRY: Final = re.compile(
    rf"{_ENTRY_NUMBER}(?:{_NAME},\s+(?:{_INITIALS}|[A-Z]\b)|{_NAME},\s+[A-Z]\w+(?:\s{_INITIALS})?(?=,|\s*\()"
    rf"|{_INITIALS}\s*{_NAME},|{_NAME}\s+[A-Z]{{1,2}}\b[.,\s(]|{_NAME}\s*(?:&|and)\s+{_NAME}\s*[,(]|{_NAME}\s+\({_YEAR})"
)
# without a heading only what cannot be prose is an entry: a surname with initials, and a year
_STRICT_ENTRY: Final = re.compile(
    rf"{_ENTRY_NUMBER}(?:{_NAME},\s+{_INITIALS}|{_NAME},\s+[A-Z]\w+(?:,|\s*\()|{_INITIALS}\s*{_NAME},)"
)
_DATED: Final = re.compile(rf"\b{_YEAR}\b|\bn\.\s?d\.|https?://|www\.")
_FEWEST_ENTRIES: Final = 3
_LONGEST_ENTRY_WORDS: Final = 70


def bibliography_start(lines: Sequence[Line]) -> int:
    """The index of the bibliography's first line, the number of lines where there is none.

    Of several headings the first counts, so that a second or repeated bibliography stays inside; but not one with
    most of the text after it, such as the line of a table of contents. A word such as "Sources" needs sources after it.
    """
    if not lines:
        return 0
    sizes = [0, *accumulate(len(line.text) for line in lines)]
    listed = [0, *accumulate(_may_be_listed(line.text) for line in lines)]
    for index in range(1, len(lines)):
        heading = _HEADING.fullmatch(lines[index].text)
        if not heading and not _heads_entry(lines[index].text):
            continue
        is_sure = heading is None or heading["sure"] is not None
        mostly_listed = 0 < len(lines) - index - 1 <= 2 * (listed[-1] - listed[index + 1])
        near_end = 2 * (sizes[-1] - sizes[index + 1]) <= sizes[-1]
        if mostly_listed or (is_sure and near_end):
            return index
    return _headless_start(lines)


def entries_start(lines: Sequence[Line]) -> int:
    """The index of the first line after the heading of a bibliography. Numbers there are its own."""
    return 1 if lines and _HEADING.fullmatch(lines[0].text) else 0


def _heads_entry(text: str) -> bool:
    """Whether ``text`` is a heading with the first entry in the same line."""
    match = _HEADING_WITH_ENTRY.match(text)
    return match is not None and _is_entry(text[match.end() :])


def _is_entry(text: str) -> bool:
    """Whether ``text`` has the shape of a bibliography's entry."""
    return _may_be_listed(text) and bool(_ENTRY.match(text)) and bool(_DATED.search(text))


def _may_be_listed(text: str) -> bool:
    """Whether ``text`` may be a source in a list: with the shape of an entry, or short and dated."""
    words = len(text.split())
    if words > _LONGEST_ENTRY_WORDS:
        return False
    return bool(_ENTRY.match(text)) or (2 * words <= _LONGEST_ENTRY_WORDS and bool(_DATED.search(text)))


def _headless_start(lines: Sequence[Line]) -> int:
    """Where a run of entries begins that ends the text without a heading before it."""
    start, entries, continuations = len(lines), 0, 0
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        dated = any(_DATED.search(line.text) for line in lines[index : index + continuations + 1])
        if _STRICT_ENTRY.match(text) and dated and len(text.split()) <= _LONGEST_ENTRY_WORDS:
            start, entries, continuations = index, entries + 1, 0
        else:
            continuations += 1
            if continuations > MOST_CONTINUATIONS or len(text.split()) > 25:
                break
    return start if entries >= _FEWEST_ENTRIES else len(lines)


def split_heading(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with a first line such as "Bibliography: Lee, S. …" divided after the heading."""
    match = _HEADING_WITH_ENTRY.match(lines[0].text) if lines else None
    if not match:
        return list(lines)
    first = lines[0]
    heading = first._replace(content=first.content.slice(0, match.end()).strip())
    return [heading, first._replace(content=first.content.slice(match.end(), len(first.content)), gap=0), *lines[1:]]


def bibliography_entries(
    lines: Sequence[Line], wrap: Wrap | None, vocabulary: Vocabulary, log: RepairLog
) -> list[Traced]:
    """The lines of a bibliography joined to entries, one a line, its headings each a line too.

    ``wrap`` is how the body is wrapped: a few entries are too little to tell by themselves.
    """
    wrap = find_wrap([line._replace(kind="prose") for line in lines]) or wrap
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _entry_goes_on(groups[-1], line, wrap):
            groups[-1].append(line)
            log.add("line-breaks")
        else:
            groups.append([line])
    return [glue_lines([line.content for line in group], vocabulary, log) for group in groups]


def _entry_goes_on(group: Sequence[Line], line: Line, wrap: Wrap | None) -> bool:
    """Whether the entry of ``group`` goes on with ``line``."""
    before = group[-1]
    if line.kind != "prose" or before.kind == "heading" or _HEADING.fullmatch(before.text):
        return False
    if leaves_open(before.text):
        return True  # "ed. by", "Cohen, S.F.,"
    if _is_entry(line.text):
        return False
    if starts_lower(line.text):
        return _ENTRY.match(group[0].text) is not None or wrap is not None
    if line.indent >= before.indent + 2 and len(group) == 1 and line.gap == 0:
        return True  # a hanging indent
    if wrap is None or wrap.is_overlong(before.text) or _ENTRY.match(line.text):
        return False
    if wrap.gaps_tell and line.gap > wrap.gap:
        return False
    return wrap.fill(before.text, line.text) >= 1
