"""An essay's statements held against the topic's facts: dates, figures, names and known mistakes.

The work is done clause by clause (`annotate.clauses`), on text from which quotations and citations are blanked out. A
clause is about a fact when it holds one of the fact's phrases, or a name with what happened to it
(`annotate.happenings`); then a value in it is *supported*, *disputed* or, when everything speaks for it, a *slip*. A
remark that is wrong costs a teacher's trust, one that is missing costs little. So nothing is said

* where the clause also holds a value that is right, or the year is right for another fact in the clause;
* where the date is only measured from ("after 1956", "between 1953 and 1964") or compared with ("unlike in 1953");
* where words between the event and the value may belong to something else (`annotate.attachment`);
* under negation, in a report of somebody's view, in a question or in a supposition.

Nothing here costs a mark: a `FactCheck` is advice.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining

from essay_marker.annotate.attachment import counts_for, is_date_of, is_linked, is_nearest, is_said_of, names_instead
from essay_marker.annotate.chronology import misplaced
from essay_marker.annotate.clauses import Clause, clauses, cuts
from essay_marker.annotate.happenings import FactIndex, Found, Happening, Hit, happenings, index_of
from essay_marker.annotate.literals import Choice, may_match, required
from essay_marker.annotate.statements import statements
from essay_marker.annotate.values import (
    Date,
    Number,
    accepts_date,
    agrees,
    counts,
    fold,
    holds,
    in_range,
    is_date_of_event,
    is_own_date,
    is_too_late,
    places,
    years_away,
)
from essay_marker.records import FactCheck, FactStatus
from essay_marker.topic import DateValue, Fact, FactError, RangeValue, SpanValue, TextValue

Spans = Sequence[tuple[int, int]]


def check_facts(text: str, sentences: Spans, masked: Spans, facts: Sequence[Fact]) -> list[FactCheck]:
    """Every statement of ``sentences`` that a fact confirms, contradicts or calls disputed, in the order of the text.

    Args:
        text: The essay.
        sentences: Start and end of each sentence to look at.
        masked: Start and end of quotations and citations: they are nobody's claim, their years are not events.
        facts: The topic's facts.

    Returns:
        At most one check for a fact and a value, and one slip for a value; a known mistake is named once in an essay.
    """
    blanked = _blank(text, masked)
    index = index_of(tuple(facts))
    found: list[FactCheck] = []
    named: set[tuple[str, str]] = set()  # a known mistake that runs through an essay is one remark, not twenty
    for start, end in sentences:
        respelt = index.respell(blanked[start:end])
        for fact, claim in _claims(fold(respelt.text), index):
            if claim.error:
                if (fact.id, claim.error.wrong) in named:
                    continue
                named.add((fact.id, claim.error.wrong))
            places_ = (claim.start, claim.end, claim.value_start, claim.value_end)
            first, last, low, high = (start + respelt.origin(at) for at in places_)
            begin, stop = _trim(text, first, last)
            message = _message(fact, claim, text[low:high])
            found.append(FactCheck(start=begin, end=stop, id=fact.id, status=claim.status, message=message))
    return sorted(found, key=lambda check: (check.start, check.end, check.id))


def _message(fact: Fact, claim: _Claim, printed: str) -> str:
    """Plain words for the pupil, kind ones for a slip."""
    if claim.status == "supported":
        return fact.statement
    if claim.status == "disputed":
        return f"Historians differ here. {fact.disputed}"
    parts = [f"Worth checking “{' '.join(printed.split())}”: {fact.statement}"]
    if claim.error and claim.error.why:
        parts.append(claim.error.why.rstrip(".") + ".")
    if claim.error and claim.error.severity == "minor":
        parts.append("A small point.")
    return " ".join(parts)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)"):
        end -= 1
    # a phrase may run on ("power stations"), and what is quoted ends with the word
    while start < end < len(text) and (text[end].isalpha() or text[end].isdecimal() or combining(text[end])):
        if not (text[end - 1].isalnum() or combining(text[end - 1])):
            break
        end += 1
    return start, end


# A citation that the citation layer did not see: (Surname, 1996: 25).
_CITATION = re.compile(r"\((?:see |cf\.? )?[A-Z][\w'’.&\- ]*?(?: et al\.?)?,? (?:19|20)\d\d[a-z]?(?:\s*[:,][^()]*)?\)")


@functools.cache
def _month() -> re.Pattern[str]:
    """The name of a month: what holds one is a date in brackets, not a citation."""
    return re.compile(rf"\b(?:{'|'.join(statements().words.months)})\b", re.IGNORECASE)


def _blank(text: str, masked: Spans) -> str:
    for start, end in masked:
        text = text[:start] + " " * (end - start) + text[end:]
    return _CITATION.sub(lambda m: m[0] if _month().search(m[0]) else " " * len(m[0]), text)


# --- what a sentence says of the facts ------------------------------------------------------------------------------


class _Claim(NamedTuple):
    """What a clause says of a fact, with the span of the statement and that of its value, in the sentence."""

    status: FactStatus
    start: int
    end: int
    value_start: int
    value_end: int
    error: FactError | None = None

    def meets(self, other: _Claim) -> bool:
        """Whether the two values overlap."""
        return self.value_start < other.value_end and other.value_start < self.value_end


class _Case(NamedTuple):
    """A clause with the phrases in it that stand for facts, and with what it says has happened."""

    clause: Clause
    hits: list[Hit]
    happenings: list[Happening]

    def denies(self, end: int, happening: Happening | None = None) -> bool:
        own = [happening.event] if happening else []
        return self.clause.denies(end, [*self.phrases, *own])

    def quotes(self, start: int, end: int) -> bool:
        return self.clause.quotes(start, end, self.phrases)

    @property
    def phrases(self) -> list[tuple[int, int]]:
        return [(hit.start, hit.end) for hit in self.hits]

    def is_nearer_to_other(self, happening: Happening, date: Date) -> bool:
        """Whether something else with a date of its own stands nearer to the date."""
        gap = happening.gap(date.start, date.end)
        others = [hit for hit in self.hits if hit.about and not hit.fact.match.broad] + self.happenings
        own = (happening.name, happening.event)
        return any(
            other.gap(date.start, date.end) < gap
            for other in others
            if other.fact is not happening.fact and _has_dates(other.fact) and not _overlaps(other, own)
        )

    def is_right_elsewhere(self, fact: Fact, date: Date) -> bool:
        """Whether the date is right for another fact that the clause is about."""
        others = [hit for hit in self.hits if hit.about] + self.happenings
        return any(
            is_date_of_event(other.fact, date.iso) and not self._is_told_apart(date, other)
            for other in others
            if other.fact is not fact and not (other.fact.match.broad and other.fact.type in ("event", "person"))
        )

    def _is_told_apart(self, date: Date, other: Hit | Happening) -> bool:
        """Whether the date is held against something else: "removed in 1962 after the Cuban crisis"."""
        start = other.start if isinstance(other, Hit) else other.last[0]
        return statements().belonging.told_apart.match(self.clause.text, date.end, max(start, date.end)) is not None


def _overlaps(other: Hit | Happening, own: Spans) -> bool:
    stretches = [(other.start, other.end)] if isinstance(other, Hit) else [other.name, other.event]
    return any(a < d and c < b for a, b in stretches for c, d in own)


def _claim(status: FactStatus, start: int, end: int, value: tuple[int, int], error: FactError | None = None) -> _Claim:
    return _Claim(status, min(start, value[0]), max(end, value[1]), *value, error)


def _claims(sentence: str, index: FactIndex) -> list[tuple[Fact, _Claim]]:
    """The claims of a sentence: one for a fact in a clause, one slip for a value, and nothing else of that value."""
    found = index.find(sentence)
    if not (found.hits or found.names):
        return []
    starts = [low for low, _ in cuts(sentence)]
    kept: dict[tuple[str, int], tuple[Fact, _Claim]] = {}
    for fact, claim in _all_claims(sentence, found):
        kept.setdefault((fact.id, bisect_right(starts, claim.value_start)), (fact, claim))
    slips: list[_Claim] = []
    for _, claim in kept.values():
        if claim.status == "slip" and not any(claim.meets(other) for other in slips):
            slips.append(claim)
    return [
        (fact, claim)
        for fact, claim in kept.values()
        if claim in slips or (claim.status != "slip" and not any(claim.meets(slip) for slip in slips))
    ]


def _all_claims(sentence: str, found: Found) -> Iterator[tuple[Fact, _Claim]]:
    phrases = [(hit.start, hit.end) for hit in (*found.hits, *found.names)]
    for clause in clauses(sentence, phrases):
        hits = [hit for hit in found.hits if clause.holds(hit.start, hit.end)]
        case = _Case(clause, hits, happenings(clause, found))
        about = _one_of_each(case)
        happened = {happening.fact.id: happening.fact for happening in case.happenings}.values()
        said = [
            *((hit.fact, _judge(hit, case)) for hit in about),
            *((fact, _judge_happenings(fact, case, found)) for fact in happened),
            *((hit.fact, _right_words(hit, case)) for hit in about),
        ]
        yield from ((fact, claim) for fact, claim in said if claim)


def _one_of_each(case: _Case) -> list[Hit]:
    """One hit for each fact that the clause is about: the one nearest to a date."""
    best: dict[str, tuple[int, Hit]] = {}
    for hit in case.hits:
        if hit.about:
            gap = min((hit.gap(date.start, date.end) for date in case.clause.dates), default=0)
            if hit.fact.id not in best or gap < best[hit.fact.id][0]:
                best[hit.fact.id] = gap, hit
    return [hit for _, hit in best.values()]


def _judge(hit: Hit, case: _Case) -> _Claim | None:
    """A known mistake, a wrong name, a right or disputed value, a wrong value, or nothing."""
    return (
        _known_mistake(hit.fact, (hit.start, hit.end), case)
        or _wrong_words(hit.fact, [(hit.start, hit.end)], case)
        or _wrong_figure(hit, case)
        or _wrong_span(hit, case)
        or _right_date(hit, case)
        or _right_figure(hit, case)
        or _wrong_date(hit, case)
    )


def _judge_happenings(fact: Fact, case: _Case, found: Found) -> _Claim | None:
    """The same for what the clause says has happened: a date or a name beside it."""
    own = [happening for happening in case.happenings if happening.fact is fact]
    return (
        _known_mistake(fact, own[0].event, case)
        or _wrong_words(fact, [stretch for happening in own for stretch in (happening.event, happening.name)], case)
        or _date_of_happening(own, case, found)
    )


def _known_mistake(fact: Fact, near: tuple[int, int], case: _Case) -> _Claim | None:
    """A listed mistake that is a claim or a name, asserted."""
    clause = case.clause
    for error in fact.errors:
        for source in error.patterns:
            letters, folded = _folded(source)
            if not may_match(letters, clause.text):
                continue
            found = _pattern(folded).search(clause.text, clause.low, clause.high)
            if found is None or not clause.is_asserted(found.span()) or case.quotes(*found.span()):
                continue
            # A pattern may hold a negation of its own ("never publicly denounced"): then look only before it.
            own_negation = statements().asserting.negation.search(source.replace(r"\b", " "))
            if not case.denies(found.start() if own_negation else found.end()):
                return _claim("slip", *near, found.span(), error)
    return _wrong_order(fact, near, case) if fact.order else None


def _wrong_order(fact: Fact, near: tuple[int, int], case: _Case) -> _Claim | None:
    """Two events of the fact in another order than theirs, asserted."""
    clause = case.clause
    found = misplaced(fact.order, clause.text, clause.low, clause.high)
    if found is None or not clause.is_asserted(found) or case.quotes(*found) or case.denies(found[1]):
        return None
    return _claim("slip", *near, found, fact.errors[0])


@functools.lru_cache(maxsize=2048)
def _folded(source: str) -> tuple[tuple[Choice, ...], str]:
    """A pattern for folded text, and the letters without which it is not found."""
    folded = _ESCAPE.sub(lambda m: m[1] or m[2].lower(), source)
    return required(folded), folded


_ESCAPE = re.compile(r"(\\.)|([^\\]+)", re.DOTALL)  # an escape keeps its letter, because \W is not \w


@functools.lru_cache(maxsize=2048)
def _pattern(folded: str) -> re.Pattern[str]:
    return re.compile(folded)


# --- dates ----------------------------------------------------------------------------------------------------------


def _right_date(hit: Hit, case: _Case) -> _Claim | None:
    date = min(
        (date for date in case.clause.dates if not date.measured),
        key=lambda date: hit.gap(date.start, date.end),
        default=None,
    )
    if date is None or not is_own_date(hit.fact, date.iso) or case.denies(max(hit.end, date.end)):
        return None
    return _claim(_status_of_right(hit.fact, date), hit.start, hit.end, (date.start, date.end))


def _status_of_right(fact: Fact, date: Date) -> FactStatus:
    """Supported; disputed where the fact has a dispute and the date is not the usual one."""
    first = next((value for value in fact.accepted if isinstance(value, DateValue | SpanValue)), None)
    usual = not isinstance(first, DateValue) or agrees(date.iso, first.on)
    return "disputed" if fact.disputed and not usual else "supported"


def _wrong_date(hit: Hit, case: _Case) -> _Claim | None:
    fact, clause = hit.fact, case.clause
    if not _has_dates(fact) or any(accepts_date(fact, d.iso) for d in clause.dates):
        return None
    for date in clause.dates:
        if (
            date.measured
            or (date.at_earliest and not is_too_late(fact, date.iso))
            or not clause.is_asserted((hit.start, hit.end), max(hit.end, date.end))
            or case.quotes(date.start, date.end)
            or case.is_right_elsewhere(fact, date)
        ):
            continue
        error = _listed(fact, date)
        if error is None and (fact.match.broad or fact.disputed):
            continue
        if not case.denies(max(hit.end, date.end)) and is_date_of(hit, date, clause, case.hits):
            return _claim("slip", hit.start, hit.end, (date.start, date.end), error)
    return None


_NEARBY = 8  # years: a date further off is hardly ever a slip about the event, but the date of something else


def _date_of_happening(own: list[Happening], case: _Case, found: Found) -> _Claim | None:
    """A right or a wrong date of what has happened: one that nothing else in the clause can claim."""
    fact, clause = own[0].fact, case.clause
    dates = [date for date in clause.dates if not date.measured]
    for date in sorted(dates, key=lambda date: min(h.gap(date.start, date.end) for h in own)):
        for happening in sorted(own, key=lambda h: h.gap(date.start, date.end)):
            start, end = happening.first[0], happening.last[1]
            if case.denies(max(end, date.end), happening) or not is_said_of(happening, date, clause, found):
                continue
            if is_own_date(fact, date.iso):
                return _claim(_status_of_right(fact, date), start, end, (date.start, date.end))
            if accepts_date(fact, date.iso) or any(accepts_date(fact, other.iso) for other in dates):
                return None
            if date.at_earliest and not is_too_late(fact, date.iso):
                continue
            error = _listed(fact, date)
            if error is None and (fact.disputed or years_away(fact, date.iso) > _NEARBY):
                continue
            if case.quotes(date.start, date.end) or case.is_right_elsewhere(fact, date):
                continue
            if case.is_nearer_to_other(happening, date):
                continue
            if clause.is_asserted(until=max(end, date.end)):
                return _claim("slip", start, end, (date.start, date.end), error)
    return None


def _wrong_span(hit: Hit, case: _Case) -> _Claim | None:
    """A stretch of years that begins or ends rightly, but not both."""
    fact, clause = hit.fact, case.clause
    terms = [(v.start[:4], v.end[:4]) for v in fact.accepted if isinstance(v, SpanValue)]
    if not terms or fact.match.broad or fact.disputed or not clause.is_asserted():
        return None
    for span in clause.spans:
        if (span.first, span.last) in terms or case.quotes(span.start, span.end) or case.denies(span.end):
            continue
        half_right = any((span.first == first) != (span.last == last) for first, last in terms)
        if half_right and is_linked(hit, span.start, span.end, clause):
            return _claim("slip", hit.start, hit.end, (span.start, span.end))
    return None


def _has_dates(fact: Fact) -> bool:
    return any(isinstance(value, DateValue | SpanValue) for value in fact.accepted)


def _listed(fact: Fact, date: Date) -> FactError | None:
    """The known mistake that a date is."""
    return next((error for error in fact.errors if any(agrees(date.iso, d) for d in error.dates)), None)


# --- figures --------------------------------------------------------------------------------------------------------


def _right_figure(hit: Hit, case: _Case) -> _Claim | None:
    ranges = _ranges(hit.fact)
    if not ranges:
        return None
    for number in case.clause.numbers:
        counted = [value for value in ranges if counts(number, value)]
        if not counted or number.relative or case.denies(max(hit.end, number.end)):
            continue
        right = [value for value in counted if in_range(number, value)]
        if right and not (hit.fact.disputed and right[0] is not ranges[0]):
            return _claim("supported", hit.start, hit.end, (number.start, number.end))
        if hit.fact.disputed and (right or not _right_elsewhere(hit, case, number)):
            return _claim("disputed", hit.start, hit.end, (number.start, number.end))
    return None


def _wrong_figure(hit: Hit, case: _Case) -> _Claim | None:
    ranges, clause = _ranges(hit.fact), case.clause
    if not ranges or hit.fact.match.broad or hit.fact.disputed or not clause.is_asserted():
        return None
    if len({date.iso[:4] for date in clause.dates}) > 1:  # "from 140 million in 1962 to 107 million in 1963"
        return None
    for number in clause.numbers:
        counted = [value for value in ranges if counts(number, value)]
        if not counted or number.relative or any(in_range(number, value) for value in counted):
            continue
        if _right_elsewhere(hit, case, number) or case.denies(max(hit.end, number.end)):
            continue
        if case.quotes(number.start, number.end):
            continue
        near = is_linked(hit, number.start, number.end, clause) or counts_for(hit, number.start, number.end, clause)
        if near and is_nearest(hit, number.start, number.end, case.hits):
            return _claim("slip", hit.start, hit.end, (number.start, number.end))
    return None


def _ranges(fact: Fact) -> list[RangeValue]:
    return [value for value in fact.accepted if isinstance(value, RangeValue)]


def _right_elsewhere(hit: Hit, case: _Case, number: Number) -> bool:
    """Whether the figure is right for another fact in the clause."""
    return any(
        counts(number, value) and in_range(number, value)
        for other in case.hits
        if other.fact is not hit.fact
        for value in _ranges(other.fact)
    )


# --- words ----------------------------------------------------------------------------------------------------------

_NEAR = 60  # characters between a phrase and the words that say something right of it


def _right_words(hit: Hit, case: _Case) -> _Claim | None:
    clause = case.clause
    for value in hit.fact.accepted:
        for words in value.any_of if isinstance(value, TextValue) and not value.instead else ():
            for at in places(clause.text, words, clause.low, clause.high):
                end = at + len(words)
                # Inside the phrase itself words say nothing more, unless they are its figure: "98 of the 139".
                says_more = end <= hit.start or hit.end <= at or any(c.isdigit() for c in words)
                if says_more and hit.gap(at, end) <= _NEAR and not case.denies(hit.end):
                    return _claim("supported", hit.start, hit.end, (at, end))
    return None


def _wrong_words(fact: Fact, about: Spans, case: _Case) -> _Claim | None:
    """A name in the place of the right one, where the sentence does not hold the right one."""
    clause = case.clause
    for value in fact.accepted:
        if not isinstance(value, TextValue) or not value.instead or holds(clause.sentence, value.any_of):
            continue
        for words in value.instead:
            for at in places(clause.text, words, clause.low, clause.high):
                place = at, at + len(words)
                if not clause.is_asserted() or case.denies(place[1]) or case.quotes(*place):
                    continue
                near = next((stretch for stretch in about if names_instead(fact, stretch, place, clause)), None)
                if near:
                    return _claim("slip", *near, place)
    return None
