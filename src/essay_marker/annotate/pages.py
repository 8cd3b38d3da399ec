"""Pages as references give them: which are meant, and whether they lie inside a chapter."""

from __future__ import annotations

import re


def page_ranges(pages: str) -> list[tuple[int, int]]:
    """The pages meant: "41-2" is 41 to 42, "310-14" is 310 to 314."""
    ranges: list[tuple[int, int]] = []
    for found in re.finditer(r"(\d+)(?:\s*[-–]\s*(\d+))?", pages):
        first, last = found[1], found[2] or found[1]
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        ranges.append((int(first), int(last)))
    return ranges


def is_outside(cited: str | None, listed: str | None) -> bool:
    """Whether any page cited lies outside the range listed; a single page listed is a reference, not a range."""
    if cited is None or listed is None:
        return False
    limits = [limit for limit in page_ranges(listed) if limit[0] < limit[1]]
    if len(limits) != 1:
        return False
    low, high = limits[0]
    return any(first < low or last > high for first, last in page_ranges(cited))
