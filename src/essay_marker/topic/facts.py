"""facts.yaml: what can be checked in an essay."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from essay_marker.data import Record
from essay_marker.errors import DataError
from essay_marker.topic.fields import IsoDate, IsoDates, Words


class AlsoDate(Record, frozen=True, kw_only=True):
    """A further date that is right: ``date`` is ISO, a pair with ``/`` is an interval; ``what`` happened then."""

    date: IsoDates
    what: str | None = None


class DateValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """When it happened: ISO, to the day, month or year. Compared only as far as the essay is precise."""

    on: IsoDate
    also: tuple[AlsoDate, ...] = ()
    note: str | None = None


class SpanValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="span"):
    """A stretch of time: any date within is right."""

    start: IsoDate
    end: IsoDate
    note: str | None = None


class RangeValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="range"):
    """A figure, both ends included.

    ``counted`` are the words that follow such a figure ("tonnes"). Only a figure followed by one of them can be held
    against the fact. ``scale`` multiplies: 107 with scale 1000000 is written "107 million".
    """

    low: float
    high: float
    unit: str
    best: float | None = None
    scale: int = 1
    counted: Words = ()
    note: str | None = None


class TextValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Words one of which is right. ``instead`` are words that are wrong where they stand in the place of these."""

    any_of: Words
    instead: Words = ()
    note: str | None = None


Value = DateValue | SpanValue | RangeValue | TextValue


class Match(Record, frozen=True, kw_only=True):
    """When a clause is about a fact: it holds a phrase of ``any`` and, if given, its sentence one of ``context_any``.

    A phrase begins at the start of a word and may run on ("rehabilitat"); figures and capitals (MTS) match whole.
    ``event_any`` is for what outlives its date (a book, an institution): unless one of these words is in the clause,
    a date in it may be that of anything else. With ``broad`` only the listed errors are reported, no other value.

    A clause is also about a fact when it says of one of ``names`` that one of ``happens`` happened ("Beria", "arrest"),
    with other words in between; ``broad`` does not bear on these. ``beside`` are words that may stand between the
    fact and a value without saying anything else; to those of a fact the file's own are added.
    """

    any: Words
    context_any: Words = ()
    event_any: Words = ()
    broad: bool = False
    names: Words = ()
    happens: Words = ()
    beside: Words = ()


class FactError(Record, frozen=True, kw_only=True):
    """A mistake that is known. ``dates`` and ``patterns`` (regular expressions) recognise it; ``wrong`` names it."""

    wrong: str
    why: str | None = None
    severity: Literal["minor", "moderate", "serious"]
    dates: tuple[IsoDates, ...] = ()
    patterns: Words = ()


class Event(Record, frozen=True, kw_only=True):
    """Something that happened ``on`` a date or between two, as a statement says it (``did``) or names it (``name``).

    Both are regular expressions for folded text: "Stalin died", and "Stalin's death" or "the death of Stalin".
    """

    on: IsoDates
    did: Words = ()
    name: Words = ()


class Fact(Record, frozen=True, kw_only=True):
    """Something checkable. With ``disputed`` no value is called wrong; the note is offered instead.

    ``order`` lists events that an essay may put in the wrong order, which is the first of the ``errors``.
    """

    id: str
    type: Literal["event", "person", "institution", "term", "place", "work", "statistic"]
    themes: Words
    statement: str
    match: Match
    accepted: tuple[Value, ...]
    order: tuple[Event, ...] = ()
    errors: tuple[FactError, ...] = ()
    disputed: str | None = None
    source: Words = ("general knowledge",)
    confidence: Literal["high", "medium", "low"] = "high"


class Facts(Record, frozen=True, kw_only=True):
    """facts.yaml. ``groups`` are lists of words that a fact may name: ``<city>`` stands for any of them.

    Such a name may stand in ``any``, ``names``, ``happens``, ``instead`` and the patterns of mistakes. ``beside`` are
    words that may stand between any fact and its value: names that are everywhere in essays on the question.
    """

    groups: dict[str, Words] = {}
    beside: Words = ()
    facts: tuple[Fact, ...]


_GROUP = re.compile(r"(?<!\?P)<([a-z]\w*)>")


def written_out(fact: Fact, facts: Facts) -> Fact:
    """The fact with the groups that it names written out, and with what all facts share.

    Raises:
        DataError: It names a group that there is not.
    """

    def members(name: str) -> Words:
        if name not in facts.groups:
            raise DataError(f"facts.yaml: the fact {fact.id} names the group <{name}>, which there is not.")
        return facts.groups[name]

    def listed(words: Words) -> Words:
        written: list[str] = []
        for word in words:
            group = _GROUP.search(word)
            written += listed(tuple(word.replace(group[0], m) for m in members(group[1]))) if group else [word]
        return tuple(written)

    def pattern(source: str) -> str:
        return _GROUP.sub(lambda m: f"(?:{'|'.join(map(re.escape, members(m[1])))})", source)

    replace = msgspec.structs.replace
    return replace(
        fact,
        match=replace(
            fact.match,
            any=listed(fact.match.any),
            names=listed(fact.match.names),
            happens=listed(fact.match.happens),
            beside=(*fact.match.beside, *facts.beside),
        ),
        accepted=tuple(replace(v, instead=listed(v.instead)) if isinstance(v, TextValue) else v for v in fact.accepted),
        errors=tuple(replace(e, patterns=tuple(pattern(p) for p in e.patterns)) for e in fact.errors),
    )
