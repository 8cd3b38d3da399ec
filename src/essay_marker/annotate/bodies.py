"""References to bodies instead of persons: "(Memorial, 2011)", "The Party Archive (2018) gives".

A body with a year may be an event, so it counts only where the bibliography has an entry under that name, or where a
word of it is that of a publisher ("Museum", "Britannica").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from essay_marker.annotate.bibliography import YEAR
from essay_marker.annotate.entries import Listed
from essay_marker.annotate.names import CAPITALISED, alternation, fold, patterns
from essay_marker.records import Citation, Span

_HEAD = rf"(?P<head>{CAPITALISED}(?:\s+(?:(?:of|the|for|and|on|in)\s+)*{CAPITALISED}){{0,6}})"


def body_citations(text: str, listed: Sequence[Listed], found: Sequence[Span]) -> Iterator[Citation]:
    """The references in ``text`` to bodies that ``found`` does not cover."""
    heads = {fold(work.heading) for work in listed if work.heading}
    publishers = {fold(word) for word in patterns().bibliography.publishers}
    undated = alternation(patterns().no_date)
    dated = rf"(?:(?P<year>{YEAR})[a-z]?|(?P<none>{undated}))(?!\s*[-–—/]\s*\d)[^()\[\];]{{0,30}}"
    bracketed = re.compile(rf"(?:[(\[]|;\s*)(?:see\s+)?{_HEAD},?\s+{dated}(?=[)\];])")
    behind = re.compile(rf"(?:\b[Tt]he\s+)?{_HEAD}\s+(?P<bracket>\({dated}\))")
    for pattern in (bracketed, behind):
        for match in pattern.finditer(text):
            start, end = match.span("bracket") if pattern is behind else match.span()
            if pattern is bracketed and text[end : end + 1] in ")]" and text[start] in "([":
                end += 1
            place = Span(start=start, end=end)
            head = match["head"]
            is_publisher = bool(listed) and pattern is bracketed and not publishers.isdisjoint(fold(head).split())
            named = next((name for name in heads if fold(head) == name), None)
            if (named is None and not is_publisher) or any(place.overlap(other) for other in found):
                continue
            yield Citation(start=start, end=end, authors=(head,), year=match["year"], pages=None, style="harvard")


def heads_entry(work: Listed, body: str) -> bool:
    """Whether the essay names the body under which ``work`` is listed."""
    return work.heading is not None and fold(work.heading) in fold(body)
