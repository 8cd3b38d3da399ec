"""What references in brackets and in notes are made of: pages, "see", "ibid.", works between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from essay_marker.annotate.bibliography import YEAR
from essay_marker.annotate.names import alternation, patterns
from essay_marker.records import Span

RANGE = r"\d{1,4}(?:\s*[-–—]\s*\d{1,4})?"
PAGE_SIGN = r"(?:\b(?:pp?|pages?|pg|pgs)(?![^\W\d_])\.?|\bp\.p\.)\s*"
MORE_PAGES = rf"(?:\s*(?:,|and|&)\s*(?:{PAGE_SIGN})?(?!{YEAR}\b){RANGE})*(?:\s*ff?\b\.?)?"
SIGNED_PAGES = rf"(?:{PAGE_SIGN}|:\s*){RANGE}{MORE_PAGES}"
PAGES = rf"[\s,:.;]*(?P<pages>(?:{PAGE_SIGN}{RANGE}|(?!{YEAR}\b){RANGE}){MORE_PAGES})"
DATED = re.compile(rf"(?P<head>[^\d]*?)[\s,:.(\[]*(?P<year>{YEAR})[a-z]?[)\]]?(?!\s*[-–—/]\s*\d)(?:{PAGES})?")


@cache
def prefix() -> re.Pattern[str]:
    """Words that bring in a reference: "see", "cf."."""
    return re.compile(rf"\s*(?:(?:{alternation(patterns().prefixes)})\b[.,:]?\s*)+", re.IGNORECASE)


@cache
def cited_in() -> re.Pattern[str]:
    """What brings in the work at hand behind another: "quoted in"."""
    return re.compile(rf"\b(?:{alternation(patterns().cited_in)})\b:?\s*", re.IGNORECASE)


@cache
def ibid() -> re.Pattern[str]:
    """A reference to the work before: "ibid., p. 5"."""
    return re.compile(
        rf"(?:{alternation(patterns().ibid)})\b\.?,?(?:\s*(?P<year>{YEAR}))?(?:{PAGES})?\s*\.?\s*\Z", re.IGNORECASE
    )


@cache
def ibid_first() -> re.Pattern[str]:
    """The same at the beginning of a reference, whatever follows."""
    return re.compile(rf"(?:{alternation(patterns().ibid)})\b", re.IGNORECASE)


@cache
def op_cit() -> re.Pattern[str]:
    """What stands for the title of a work named before: "op. cit."."""
    return re.compile(rf",?\s*\b(?:{alternation(patterns().op_cit)})\b\.?", re.IGNORECASE)


def split_works(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts between semicolons, without the white space around them."""
    for piece in re.finditer(r"[^;]+", text[start:end]):
        stripped = piece.group().strip()
        if stripped:
            first = start + piece.start() + piece.group().index(stripped)
            yield Span(start=first, end=first + len(stripped))


def clean_pages(pages: str | None) -> str | None:
    """Pages without their sign: "p.271-2" is "271-2"."""
    if pages is None:
        return None
    bare = re.sub(r"[^\d,\-–—]+", lambda m: ", " if re.search(r"and|&", m.group()) else "", pages)
    return re.sub(r"\s*,\s*", ", ", re.sub("[–—]", "-", bare)).strip(" ,") or None
