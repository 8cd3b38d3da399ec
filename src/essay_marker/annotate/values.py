"""Phrases, dates and figures in a stretch of text, and whether the values of a fact agree with them.

Everything works on folded text (`fold`), which is as long as the original, so that offsets stay true. Dates are ISO
texts to the day, month or year, as far as the essay is precise; a comparison goes as far as both sides do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from essay_marker.annotate.statements import statements
from essay_marker.topic import DateValue, Fact, RangeValue, SpanValue

_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛‟„“”´`", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\n\r\t\u00a0\u2009\u202f", " ")
)


def fold(text: str) -> str:
    """``text`` in small letters with plain quotation marks, hyphens and blanks; of the same length."""
    plain = text.translate(_SAME)
    lower = plain.lower()
    if len(lower) != len(text):  # a few capitals, such as the dotted I, grow when made small
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    return lower


# --- phrases --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def phrase(printed: str) -> tuple[str, bool]:
    """A phrase of the data, folded, and whether it must stand alone: figures and names in capitals do."""
    folded = fold(printed).strip("'")
    return folded, folded[-1:].isdigit() or printed.isupper()


def places(text: str, printed: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where a phrase begins in folded ``text``: at the start of a word; it may run on unless it must stand alone."""
    folded, alone = phrase(printed)
    at = text.find(folded, start, end)
    while at >= 0:
        after = text[at + len(folded) : at + len(folded) + 1]
        if (at == 0 or not text[at - 1].isalnum()) and not (alone and after.isalnum()):
            yield at
        at = text.find(folded, at + 1, end)


def holds(text: str, phrases: Iterable[str], start: int = 0, end: int | None = None) -> bool:
    """Whether folded ``text`` holds any of the phrases."""
    return any(True for printed in phrases for _ in places(text, printed, start, end))


# --- dates ----------------------------------------------------------------------------------------------------------

_ORDINAL = "(?:st|nd|rd|th)?"
_YEAR = r"(?:18|19|20)\d\d"
_SHORT = 3  # letters by which a month is known
_YEAR_FIGURES = re.compile(r"\d\d")


@functools.cache
def _date() -> re.Pattern[str]:
    """A date with a year, in any of the ways to write it."""
    months = statements().words.months
    month = rf"(?:{'|'.join(months)}|(?:{'|'.join(m[:_SHORT] for m in months)}|sept)\b\.?)"
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<days>\d{{1,2}}{_ORDINAL}\s?[-/]\s?)?(?P<day>\d{{1,2}}){_ORDINAL}(?: of)? "
        rf"(?P<month>{month}),?(?: of)? (?P<year>{_YEAR})"
        rf"|(?P<day5>\d{{1,2}})[./](?P<month5>\d{{1,2}})[./](?P<year5>{_YEAR})"
        rf"|(?P<month2>{month}) (?P<day2>\d{{1,2}}){_ORDINAL},? (?P<year2>{_YEAR})"
        rf"|(?P<month3>{month}),?(?: of)? (?P<year3>{_YEAR})"
        rf"|(?:mid-|c\.)?(?P<year4>{_YEAR})|(?<=\bin )'(?P<year6>[56]\d))(?!\w|[-/]\d|,\d|'s? |\.\d)"
    )


class Date(NamedTuple):
    """A date in the text; ``measured``: something is measured from it, so it is nobody's own date.

    ``at_earliest``: nothing happened before it ("not set free before 1956").
    """

    start: int
    end: int
    iso: str
    measured: bool
    at_earliest: bool = False


def dates(text: str, low: int, high: int) -> list[Date]:
    """The dates with a year in folded ``text[low:high]``; ranges of years and decades are none."""
    found: list[Date] = []
    if not _YEAR_FIGURES.search(text, low, high):
        return found
    around, months = statements().dates, [month[:_SHORT] for month in statements().words.months]
    for m in _date().finditer(text, low, high):
        iso = m["year"] or m["year2"] or m["year3"] or m["year4"] or m["year5"] or f"19{m['year6']}"
        month = m["month"] or m["month2"] or m["month3"]
        day = m["day"] or m["day2"] or m["day5"]
        number = months.index(month[:_SHORT]) + 1 if month else int(m["month5"] or 0)
        if 1 <= number <= 12:
            iso += f"-{number:02d}"
            if day and not m["days"]:  # "18-22 June": only the month can be compared
                iso += f"-{int(day):02d}"
        before = text[max(low, m.start() - 80) : m.start()]
        at_earliest = around.not_before.search(before) is not None
        happens_then = (
            at_earliest
            or around.not_until.search(before)
            or (before.endswith("from ") and around.onwards.match(text, m.end(), high))
        )
        measured = around.measured.search(before) and not happens_then
        found.append(Date(m.start(), m.end(), iso, bool(measured), at_earliest))
    return found


_LATER_YEAR = rf"(?P<end>{_YEAR}|\d\d)"
_SPAN = re.compile(
    rf"(?<![\w.,/-])(?:(?P<start>{_YEAR})\s?[-/]\s?{_LATER_YEAR}|"
    rf"(?:from|between) (?:\w+ )?(?P<start2>{_YEAR}) (?:to|until|till|and) (?:\w+ )?(?P<end2>{_YEAR}))(?![\w/-]|\.\d)"
)


class YearSpan(NamedTuple):
    """Two years with what lies between them: "1959-65", "from 1959 to 1965"."""

    start: int
    end: int
    first: str
    last: str


def year_spans(text: str, low: int, high: int) -> list[YearSpan]:
    """The spans of years in folded ``text[low:high]``."""
    found = []
    for m in _SPAN.finditer(text, low, high):
        first, last = m["start"] or m["start2"], m["end"] or m["end2"]
        found.append(YearSpan(m.start(), m.end(), first, first[: 4 - len(last)] + last))
    return found


def agrees(iso: str, dates: str) -> bool:
    """Whether a date is, or lies in, ``dates`` (``1953-03`` or ``1953/1964``), as far as both are precise."""
    start, _, end = dates.partition("/")
    end = end or start
    return iso[: len(start)] >= start[: len(iso)] and iso[: len(end)] <= end[: len(iso)]


def is_own_date(fact: Fact, iso: str) -> bool:
    """Whether the date is the fact's own, not that of something else about the same matter."""
    for value in fact.accepted:
        if isinstance(value, DateValue):
            if agrees(iso, value.on) or any(also.what is None and agrees(iso, also.date) for also in value.also):
                return True
        elif isinstance(value, SpanValue) and agrees(iso, f"{value.start}/{value.end}"):
            return True
    return False


def accepts_date(fact: Fact, iso: str) -> bool:
    """Whether the date is right for anything that is known about the fact's matter."""
    return is_own_date(fact, iso) or any(
        agrees(iso, also.date) for value in fact.accepted if isinstance(value, DateValue) for also in value.also
    )


def is_date_of_event(fact: Fact, iso: str) -> bool:
    """Whether the date is one of the fact's dates; to lie in a span of years is not enough."""
    return any(
        isinstance(value, DateValue)
        and (agrees(iso, value.on) or any(agrees(iso, also.date) for also in value.also if "/" not in also.date))
        for value in fact.accepted
    )


def is_too_late(fact: Fact, iso: str) -> bool:
    """Whether all dates of the fact lie before the given one."""
    last = [v.on if isinstance(v, DateValue) else v.end for v in fact.accepted if isinstance(v, DateValue | SpanValue)]
    return all(on[: len(iso)] < iso[: len(on)] for on in last)


def years_away(fact: Fact, iso: str) -> int:
    """How many years lie between the date and the nearest of the fact's own; many where it has none."""
    years = [
        abs(int(iso[:4]) - int(year[:4]))
        for value in fact.accepted
        for year in (
            (value.on,)
            if isinstance(value, DateValue)
            else (value.start, value.end)
            if isinstance(value, SpanValue)
            else ()
        )
    ]
    return min(years, default=1000)


# --- figures --------------------------------------------------------------------------------------------------------


@functools.cache
def _number() -> re.Pattern[str]:
    """A figure or a range, in digits or words, with its scale."""
    language = statements()
    figure = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(language.numerals)})"
    return re.compile(
        rf"(?<![\w.,-])(?:(?P<low>{figure})\s?(?:-|to|or)\s?)?(?P<high>{figure})"
        rf"(?:[ -](?P<scale>{'|'.join(language.scales)}))?(?![\w,.]\d)(?=\W|$)"
    )


class Number(NamedTuple):
    """A figure in the text. ``following`` is what comes after it; ``relative``: it is a difference, not an amount."""

    start: int
    end: int
    values: tuple[float, ...]
    following: str
    relative: bool


def numbers(text: str, low: int, high: int) -> list[Number]:
    """The figures in folded ``text[low:high]``; both ends of a range ("seven to eight million") are one figure."""
    found = []
    language = statements()
    for m in _number().finditer(text, low, high):
        if re.fullmatch(_YEAR, m["high"]) and not m["scale"]:
            continue
        scale = language.scales.get(m["scale"] or "", 1)
        values = tuple(_value(part) * scale for part in (m["low"], m["high"]) if part)
        following = text[m.end() : min(high, m.end() + 40)]
        before = text[max(low, m.start() - 20) : m.start()]
        relative = bool(
            language.figures.relative_before.search(before) or language.figures.relative_after.search(following)
        )
        found.append(Number(m.start(), m.end(), values, following, relative))
    return found


def _value(printed: str) -> float:
    in_words = statements().numerals.get(printed)
    return float(printed.replace(",", "") if in_words is None else in_words)


def counts(number: Number, value: RangeValue) -> bool:
    """Whether the figure counts what ``value`` counts: one of its nouns stands within the next three words."""
    words = number.following.replace("-", " ").strip()
    for noun in value.counted:
        at = words.find(noun) if noun == "%" else next(places(words, noun), -1)
        if at >= 0 and len(words[:at].split()) <= 2 and not statements().figures.other_unit.search(words[:at]):
            return True
    return False


def in_range(number: Number, value: RangeValue) -> bool:
    """Whether the figure, or one end of it, lies in the range."""
    return any(value.low * value.scale <= v <= value.high * value.scale for v in number.values)
