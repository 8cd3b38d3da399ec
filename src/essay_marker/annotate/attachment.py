"""Whether a date, figure or name in a clause belongs to a fact and to nothing else.

Two ways: *linked* when only small words and the fact's own lie between (`is_linked`); *said of* a happening when other
words may lie between, but no other verb, no other event and nobody else (`is_said_of`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from essay_marker.annotate.clauses import Clause
from essay_marker.annotate.happenings import Found, Happening, Hit
from essay_marker.annotate.statements import Words, statements
from essay_marker.annotate.values import Date, fold, holds
from essay_marker.topic import Fact, TextValue

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@functools.cache
def _linking() -> Words:
    """The small words that may stand between a fact and its value, and what is as common: months, matters."""
    language = statements()
    return language.words.linking | language.matters | frozenset(language.words.months)


# --- linked by small words ------------------------------------------------------------------------------------------


def is_date_of(hit: Hit, date: Date, clause: Clause, hits: Sequence[Hit]) -> bool:
    """Whether the clause gives the date to the fact and to nothing else; ``hits`` are all phrases in it."""
    around = statements().belonging
    if not is_nearest(hit, date.start, date.end, hits) or not is_linked(hit, date.start, date.end, clause):
        return False
    text, match = clause.text, hit.fact.match
    happens_then = False
    if hit.end <= date.start:
        between = text[hit.end : date.start]
        if around.of_date.fullmatch(between):
            return True
        if around.ends_in_of.search(between):  # "the Secret Speech spoke of 1937"
            return False
        happens_then = hit.fact.type == "event" and around.in_date.fullmatch(between) is not None
    elif not text[date.end : hit.start].strip() and around.determiner.search(text, clause.low, date.start):
        return True  # "the 1957 Secret Speech"
    if around.elsewhere.search(clause.without([(other.start, other.end) for other in hits]), clause.low, clause.high):
        return False
    return happens_then or not match.event_any or holds(text, match.event_any, clause.low, clause.high)


def is_nearest(hit: Hit, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Whether no phrase of another fact that has dates or figures stands nearer to the value."""
    gap = hit.gap(start, end)
    return not any(
        other.about
        and other.fact is not hit.fact
        and 0 < other.gap(start, end) < gap
        and any(not isinstance(value, TextValue) for value in other.fact.accepted)
        for other in hits
    )


def is_linked(hit: Hit, start: int, end: int, clause: Clause) -> bool:
    """Whether all words between the phrase and the value are small ones, or the fact's own."""
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    own = _own_words(hit.fact)
    for printed in _TOKEN.findall(clause.text[low:high]):
        word = printed.removesuffix("'s")
        if statements().belonging.parting.fullmatch(word):
            return False
        if not (word in _linking() or word in own or word.isdigit() or word.startswith(hit.fact.match.event_any)):
            return False
    return True


_FARTHEST_FIGURE = 8  # words between a phrase and a figure that counts for it


def counts_for(hit: Hit, start: int, end: int, clause: Clause) -> bool:
    """Whether a figure near the phrase of a fact that is about figures counts for it: no turn stands between."""
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    words = _TOKEN.findall(clause.text[low:high])
    if any(c.isdigit() for c in clause.text[hit.start : hit.end]):
        return False
    turns = any(statements().belonging.parting.fullmatch(word) or word.isdigit() for word in words)
    return hit.fact.type == "statistic" and len(words) <= _FARTHEST_FIGURE and not turns


@functools.lru_cache(maxsize=512)
def _own_words(fact: Fact) -> frozenset[str]:
    match = fact.match
    parts = (fact.statement, *match.any, *match.names, *match.happens, *match.beside)
    return frozenset(word.removesuffix("'s") for part in parts for word in _TOKEN.findall(fold(part)))


# --- said of a happening --------------------------------------------------------------------------------------------

_FARTHEST = 12  # words between an event and its date
_FARTHEST_NAME = 10  # words between a name and what happened to it


def is_said_of(happening: Happening, date: Date, clause: Clause, found: Found) -> bool:
    """Whether the clause says that it happened then: nothing else in it can claim the date."""
    around = statements().belonging
    (first_start, first_end), (last_start, last_end) = happening.first, happening.last
    text, fact = clause.text, happening.fact
    begins = around.begins.fullmatch(text[slice(*happening.event)])
    if begins and around.something_else.match(text, happening.event[1]):
        return False
    if around.counted_from.search(text, max(clause.low, text.rfind(",", clause.low, date.start - 3)), date.start):
        return False
    lead, between = text[max(0, first_start - 12) : first_start], text[last_end : date.start]
    if "," in between and around.related.search(lead):  # "After Stalin's death, in 1954, ..."
        return False
    lead_in = around.leads_in.search(text, clause.low, date.start)
    at = lead_in.start() if lead_in else date.start
    if first_end <= at and not lead_in and not around.before_date.search(text, clause.low, date.start):
        return False
    if last_end <= date.start:
        if around.and_then.search(between):  # "..., and in 1957 Khrushchev shouted"
            return False
        tied = _is_tied(happening, clause, found)
        light = happening.name == happening.event
        return (
            tied
            and _flows(fact, clause, last_end, max(at, last_end), light=light)
            and not _dates_something_else(text, last_end, date)
        )
    if date.end <= first_start:
        comma = text.rfind(",", clause.low, date.start)
        opens = any(around.opening.fullmatch(text, low, date.start) for low in (clause.low, comma) if low >= 0)
        return opens and _flows(fact, clause, date.end, first_start) and _is_tied(happening, clause, found)
    if first_end <= date.start and date.end <= last_start:
        within = _flows(fact, clause, first_end, date.start) and _flows(fact, clause, date.end, last_start)
        # "riots from Temirtau in 1959 to Novocherkassk"
        reaches_on = around.reaches_on.match(text, date.end) is not None
        return within and not reaches_on and not _dates_something_else(text, first_end, date)
    return False


def _is_tied(happening: Happening, clause: Clause, found: Found) -> bool:
    """Whether the name and what happened belong together: nobody else stands between them, and no turn."""
    low, high = happening.first[1], happening.last[0]
    words = _TOKEN.findall(clause.text[low:high])
    parting, joining = statements().belonging.parting, statements().words.parting_not_from_name
    if len(words) > _FARTHEST_NAME or any(parting.fullmatch(w) and w not in joining for w in words):
        return False
    own = {folded for name in happening.fact.match.names for folded in fold(name).split()}
    return not any(
        low <= hit.start
        and hit.end <= high
        and not own & set(clause.text[hit.start : hit.end].removesuffix("'s").split())
        for hit in found.names
        if hit.fact is not happening.fact and hit.is_proper
    )


def _flows(fact: Fact, clause: Clause, low: int, high: int, *, light: bool = False) -> bool:
    """Whether no other verb, no other event and no turn stands in a stretch.

    With ``light`` verbs that only say that something happened are none.
    """
    around = statements().belonging
    words = _TOKEN.findall(clause.text[low:high])
    own = _own_words(fact)
    if len(words) > _FARTHEST or any(m[0] not in own for m in around.elsewhere.finditer(clause.text, low, high)):
        return False
    for printed in words:
        word = printed.removesuffix("'s")
        if word in own or (fact.match.event_any and word.startswith(fact.match.event_any)):
            continue
        if light and word in statements().words.light_verbs:
            continue
        if around.parting.fullmatch(word) and word not in statements().words.parting_not_from_date:
            return False
        if _is_verb(word) or around.other_events.fullmatch(word):
            return False
    return True


def _is_verb(word: str) -> bool:
    """Whether a word may be a verb other than a form of to be or to have; by its ending, or irregular."""
    words = statements().words
    regular = len(word) > 4 and word.endswith(("ed", "ing")) and word not in words.not_verbs
    return regular or word in words.irregular_verbs


def _dates_something_else(text: str, low: int, date: Date) -> bool:
    """Whether the date is tied to a word just before it: "of 1957", "(1957)" after something other than the event."""
    around = statements().belonging
    before = text[low : date.start]
    if before.rstrip().endswith("("):
        return len(before.split()) > 1
    return bool(around.ends_in_of.search(before)) and not (len(before.split()) <= 1 or around.time_of.search(before))


# --- in the place of ------------------------------------------------------------------------------------------------

_FARTHEST_INSTEAD = 6  # words between an event and who or where it is said to be


def names_instead(fact: Fact, about: tuple[int, int], place: tuple[int, int], clause: Clause) -> bool:
    """Whether a name at ``place`` is given for the one that belongs to ``about``."""
    if about[1] <= place[0]:
        low, high = about[1], place[0]
    elif place[1] <= about[0]:
        low, high = place[1], about[0]
    else:
        return False
    words = _TOKEN.findall(clause.text[low:high])
    return len(words) <= _FARTHEST_INSTEAD and _flows(fact, clause, low, high)
