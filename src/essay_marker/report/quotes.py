"""The essay's own words as a report quotes them: shortened, and with the place where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from essay_marker.records import ReportedEssay, Span

Part = Literal["title", "paragraph", "note", "bibliography", "elsewhere"]


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the essay. ``number`` counts body paragraphs from 1; ``anchor`` is the offset of the first character."""

    text: str
    part: Part
    number: int | None
    anchor: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the essay or one of its paragraphs, with every quotation from it."""

    part: Part
    number: int | None
    quotes: tuple[Quote, ...]


class Quotes(msgspec.Struct, frozen=True, kw_only=True):
    """The first few quotations of a claim, and how many ``more`` there are."""

    shown: tuple[Quote, ...]
    more: int


def tidy(text: str, span: Span) -> Span | None:
    """``span`` within the text and without white space at its ends; nothing where no character is left."""
    start, end = min(span.start, len(text)), min(span.end, len(text))
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start=start, end=end) if start < end else None


def shorten(words: str, limit: int) -> str:
    """``words`` on one line, at most ``limit`` characters, with … for what was left out of the middle."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    room = max(limit - 3, 2)
    head, tail = line[: room * 3 // 5], line[len(line) - (room - room * 3 // 5) :]
    if " " in head and not line[len(head)].isspace():
        head = head[: head.rindex(" ")]
    if " " in tail and not line[-len(tail) - 1].isspace():
        tail = tail[tail.index(" ") :]
    return f"{head.strip()} … {tail.strip()}"


def title_span(essay: ReportedEssay) -> Span | None:
    """The paragraph that is the title."""
    if essay.title is None or not essay.paragraphs:
        return None
    first = essay.paragraphs[0]
    return first if essay.text[first.start : first.end].strip() == essay.title.strip() else None


def place(essay: ReportedEssay, offset: int) -> tuple[Part, int | None]:
    """The part of the essay that ``offset`` lies in, and the number of the paragraph where it is one of the body."""
    title = title_span(essay)
    if title is not None and title.start <= offset < title.end:
        return "title", None
    body = [paragraph for paragraph in essay.paragraphs if paragraph != title]
    for number, paragraph in enumerate(body, start=1):
        if paragraph.start <= offset < paragraph.end:
            return "paragraph", number
    if any(note.start <= offset < note.end for note in essay.notes):
        return "note", None
    if essay.bibliography is not None and essay.bibliography.start <= offset < essay.bibliography.end:
        return "bibliography", None
    return "elsewhere", None


def quote(essay: ReportedEssay, span: Span, *, limit: int) -> Quote | None:
    """The words of one span; nothing where there are none."""
    tidied = tidy(essay.text, span)
    if tidied is None:
        return None
    part, number = place(essay, tidied.start)
    words = shorten(essay.text[tidied.start : tidied.end], limit)
    return Quote(text=words, part=part, number=number, anchor=tidied.start)


def quotes(essay: ReportedEssay, spans: Iterable[Span], *, count: int, limit: int) -> Quotes:
    """The first ``count`` quotations, each at most ``limit`` characters long; the same words are not shown twice."""
    distinct = tuple(dict.fromkeys(found for span in spans if (found := quote(essay, span, limit=limit))))
    return Quotes(shown=distinct[:count], more=max(0, len(distinct) - count))


def by_place(essay: ReportedEssay, spans: Iterable[Span], *, limit: int) -> tuple[Place, ...]:
    """The words of all spans, each at most ``limit`` characters, gathered by where they stand, in the essay's order."""
    gathered: dict[tuple[Part, int | None], list[Quote]] = {}
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        found = quote(essay, span, limit=limit)
        if found is not None:
            gathered.setdefault((found.part, found.number), []).append(found)
    return tuple(Place(part=part, number=number, quotes=tuple(q)) for (part, number), q in gathered.items())
