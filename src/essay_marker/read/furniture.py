"""What the page put among the lines: page numbers and running headers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from essay_marker.read.lines import Line
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import is_mid_sentence, starts_lower

_LONGEST_HEADER: Final = 70
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
        if len(line.text) <= _LONGEST_HEADER and _HEADER.fullmatch(line.text):
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
