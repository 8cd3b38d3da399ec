"""An essay's statements held against the topic's facts: dates, figures, names and known mistakes.

The work is done clause by clause, on text from which quotations and citations are blanked out. A clause is about a
fact when it holds one of the fact's phrases; then a value in it is *supported*, *disputed* or, when everything speaks
for it, a *slip*. A remark that is wrong costs a teacher's trust, one that is missing costs little. So nothing is said

* where the clause also holds a value that is right, or the year is right for another fact in the clause;
* where the date is only measured from ("after 1956", "between 1953 and 1964") or compared with ("unlike in 1953");
* where words between the phrase and the value may belong to something else;
* under negation, in a report of somebody's view, in a question or in a supposition.

Nothing here costs a mark: a `FactCheck` is advice.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from essay_marker.annotate.values import (
    MONTHS,
    Date,
    Number,
    accepts_date,
    agrees,
    counts,
    dates,
    fold,
    holds,
    in_range,
    is_own_date,
    numbers,
    phrase,
    places,
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
        At most one check for a fact in a clause; a known mistake is named once in an essay.
    """
    folded = fold(_blank(text, masked))
    index = _index(tuple(facts))
    found: list[FactCheck] = []
    named: set[tuple[str, str]] = set()  # a known mistake that runs through an essay is one remark, not twenty
    for start, end in sentences:
        for hit, claim in _claims(folded[start:end], index):
            if claim.error:
                if (hit.fact.id, claim.error.wrong) in named:
                    continue
                named.add((hit.fact.id, claim.error.wrong))
            begin, stop = _trim(text, start + claim.start, start + claim.end)
            message = _message(hit.fact, claim, text[start + claim.value_start : start + claim.value_end])
            found.append(FactCheck(start=begin, end=stop, id=hit.fact.id, status=claim.status, message=message))
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
    return start, end


# A citation that the citation layer did not see: (Surname, 1996: 25).
_CITATION = re.compile(r"\((?:see |cf\.? )?[A-Z][\w'’.&\- ]*?(?: et al\.?)?,? (?:19|20)\d\d[a-z]?(?:\s*[:,][^()]*)?\)")
_MONTH_WORD = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def _blank(text: str, masked: Spans) -> str:
    for start, end in masked:
        text = text[:start] + " " * (end - start) + text[end:]
    return _CITATION.sub(lambda m: m[0] if _MONTH_WORD.search(m[0]) else " " * len(m[0]), text)


# --- which facts a sentence is about --------------------------------------------------------------------------------


class _Hit(NamedTuple):
    """A phrase of a fact at a place. ``about``: the sentence also holds the company that the fact asks for."""

    start: int
    end: int
    fact: Fact
    about: bool

    def gap(self, start: int, end: int) -> int:
        """How many characters lie between the phrase and another stretch."""
        return max(0, start - self.end, self.start - end)


_WORD_START = re.compile(r"(?<![^\W_])\w")


class _Index:
    """All phrases by their first characters: a look-up or three at each word, and no list of phrases is walked."""

    _KEY = 4

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._by_start: dict[str, list[tuple[str, bool, Fact]]] = {}
        for fact in facts:
            for printed in fact.match.any:
                folded, alone = phrase(printed)
                self._by_start.setdefault(folded[: self._KEY], []).append((folded, alone, fact))
        self._sizes = sorted({len(key) for key in self._by_start})

    def hits(self, sentence: str) -> list[_Hit]:
        """Every phrase in a folded sentence."""
        found = []
        for word in _WORD_START.finditer(sentence):
            at = word.start()
            for size in self._sizes:
                for folded, alone, fact in self._by_start.get(sentence[at : at + size], ()):
                    end = at + len(folded)
                    if sentence.startswith(folded, at) and not (alone and sentence[end : end + 1].isalnum()):
                        about = not fact.match.context_any or holds(sentence, fact.match.context_any)
                        found.append(_Hit(at, _word_end(sentence, end), fact, about))
        return found


def _word_end(sentence: str, at: int) -> int:
    """The end of the word that runs on at ``at``, its possessive included: "virgin land" -> "virgin lands"."""
    while at < len(sentence) and sentence[at].isalnum():
        at += 1
    return at + 2 if sentence.startswith("'s", at) else at


@functools.lru_cache(maxsize=8)
def _index(facts: tuple[Fact, ...]) -> _Index:
    return _Index(facts)


# --- clauses --------------------------------------------------------------------------------------------------------

_BOUNDARY = re.compile(
    r"[;:?!]|\.(?!\d)| -+ "
    r"|,(?= (?:and|but|yet|so|while|whilst|whereas|although|though|because|when|where|which|who|whose|unlike|rather"
    r"|despite|even|however|with|until|before|after|not)\b)"
    r"|(?= (?:but|while|whilst|whereas|although|though|because|which|who|so that)\b)"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|none|without|hardly|scarcely|rather than|instead of|unlike|contrary|myth"
    r"|mistaken\w*|wrong\w*|false\w*|incorrect\w*|den(?:y|ies|ied)|nobody|far from|as opposed to|compared|avoid\w*"
    r"|prevent\w*|refus\w+|fail\w*|cannot)\b|n't\b"
)
_CONTRAST = re.compile(r"\b(?:not|rather|unlike|instead)\W*$")
_REPORT = re.compile(
    r"\b(?:claim\w*|argu(?:e|es|ed|ing)|alleg\w+|assert\w*|maintain\w*|insist\w*|contend\w*|believ\w+|suppos\w+"
    r"|rumou?r\w*|legend|accus\w+|according to|so-called|threat\w*|fear(?:ed|s)? that|expected|promis\w+)\b"
    r"|\b(?:say|says|said|states?|stated|writes?|wrote|suggest\w*|thinks?|thought|holds?|held|notes?|noted|report\w*"
    r"|remark\w*|declared?|announced?) that\b"
)
_OWN_REPORT = re.compile(r"\bit (?:can|could|may|might|must|should) (?:also |therefore |thus )?be \w+")
_SUPPOSITION = re.compile(
    r"\b(?:if|would(?: not)? have|could have|might have|would|supposing|unless|planned|proposed|used to)\b"
)


class _Clause:
    """A clause with the facts' phrases and the values in it; figures are read only when a fact asks for them."""

    def __init__(self, sentence: str, low: int, high: int, hits: list[_Hit]) -> None:
        self.sentence = sentence
        self.low = low
        self.high = high
        self.hits = hits
        self.dates = dates(sentence, low, high)

    @functools.cached_property
    def numbers(self) -> list[Number]:
        return numbers(self.sentence, self.low, self.high)

    @functools.cached_property
    def text(self) -> str:
        return self.sentence[self.low : self.high]

    @functools.cached_property
    def is_asserted(self) -> bool:
        """Whether the writer states the clause: it is no question, no supposition and nobody else's view."""
        # "It can be argued that ..." is the writer speaking.
        before = _OWN_REPORT.sub(" ", self.sentence[: self.high])
        is_question = self.sentence.rstrip(" '\")").endswith("?")
        return not (is_question or _REPORT.search(before) or _SUPPOSITION.search(self.text))

    def denies(self, end: int) -> bool:
        """Whether a negation or contrast stands in the clause before ``end``, or leads up to the clause."""
        return bool(_NEGATION.search(self.without_phrases, self.low, end) or _CONTRAST.search(self._lead))

    @functools.cached_property
    def _lead(self) -> str:
        return self.sentence[: self.low]

    @functools.cached_property
    def without_phrases(self) -> str:
        """The sentence without the facts' phrases: "Not by Bread Alone" denies nothing."""
        text = self.sentence
        for hit in self.hits:
            text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
        return text


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Stretches of a sentence that each make one statement: cut at stops and before conjunctions."""
    start = 0
    for cut in _BOUNDARY.finditer(sentence):
        yield start, cut.start()
        start = cut.end()
    yield start, len(sentence)


# --- what a clause says of a fact -----------------------------------------------------------------------------------


class _Claim(NamedTuple):
    """What a clause says of a fact, with the span of the statement and that of its value, in the sentence."""

    status: FactStatus
    start: int
    end: int
    value_start: int
    value_end: int
    error: FactError | None = None


def _claim(status: FactStatus, hit: _Hit, start: int, end: int, error: FactError | None = None) -> _Claim:
    return _Claim(status, min(hit.start, start), max(hit.end, end), start, end, error)


def _claims(sentence: str, index: _Index) -> Iterator[tuple[_Hit, _Claim]]:
    hits = index.hits(sentence)
    if not hits:
        return
    for low, high in _clauses(sentence):
        inside = [hit for hit in hits if low <= hit.start and hit.end <= high]
        if inside:
            clause = _Clause(sentence, low, high, inside)
            for hit in _one_of_each(clause):
                claim = _judge(hit, clause)
                if claim:
                    yield hit, claim


def _one_of_each(clause: _Clause) -> list[_Hit]:
    """One hit for each fact that the clause is about: the one nearest to a date."""
    best: dict[str, tuple[int, _Hit]] = {}
    for hit in clause.hits:
        if hit.about:
            gap = min((hit.gap(date.start, date.end) for date in clause.dates), default=0)
            if hit.fact.id not in best or gap < best[hit.fact.id][0]:
                best[hit.fact.id] = gap, hit
    return [hit for _, hit in best.values()]


def _judge(hit: _Hit, clause: _Clause) -> _Claim | None:
    """A known mistake, a right or disputed value, a wrong value, or nothing."""
    return (
        _known_mistake(hit, clause)
        or _right_date(hit, clause)
        or _right_figure(hit, clause)
        or _right_words(hit, clause)
        or _wrong_date(hit, clause)
        or _wrong_figure(hit, clause)
    )


def _known_mistake(hit: _Hit, clause: _Clause) -> _Claim | None:
    """A listed mistake that is a claim or a name, asserted."""
    for error in hit.fact.errors:
        for source in error.patterns:
            found = _pattern(source).search(clause.sentence, clause.low, clause.high)
            if found is None or not clause.is_asserted:
                continue
            # A pattern may hold a negation of its own ("never publicly denounced"): then look only before it.
            own_negation = _NEGATION.search(source.replace(r"\b", " "))
            if not clause.denies(found.start() if own_negation else found.end()):
                return _claim("slip", hit, found.start(), found.end(), error)
    return None


@functools.lru_cache(maxsize=1024)
def _pattern(source: str) -> re.Pattern[str]:
    # For folded text; an escape keeps its letter, because \W is not \w.
    return re.compile(re.sub(r"(\\.)|(.)", lambda m: m[1] or m[2].lower(), source, flags=re.DOTALL))


def _right_date(hit: _Hit, clause: _Clause) -> _Claim | None:
    fact = hit.fact
    date = min(
        (date for date in clause.dates if not date.measured),
        key=lambda date: hit.gap(date.start, date.end),
        default=None,
    )
    if date is None or not is_own_date(fact, date.iso) or clause.denies(max(hit.end, date.end)):
        return None
    first = next((value for value in fact.accepted if isinstance(value, DateValue | SpanValue)), None)
    usual = not isinstance(first, DateValue) or agrees(date.iso, first.on)
    return _claim("disputed" if fact.disputed and not usual else "supported", hit, date.start, date.end)


def _right_figure(hit: _Hit, clause: _Clause) -> _Claim | None:
    ranges = _ranges(hit.fact)
    if not ranges:
        return None
    for number in clause.numbers:
        counted = [value for value in ranges if counts(number, value)]
        if not counted or number.relative or clause.denies(max(hit.end, number.end)):
            continue
        right = [value for value in counted if in_range(number, value)]
        if right and not (hit.fact.disputed and right[0] is not ranges[0]):
            return _claim("supported", hit, number.start, number.end)
        if hit.fact.disputed and (right or not _right_elsewhere(hit, clause, number)):
            return _claim("disputed", hit, number.start, number.end)
    return None


_NEAR = 60  # characters between a phrase and the words that say something right of it


def _right_words(hit: _Hit, clause: _Clause) -> _Claim | None:
    for value in hit.fact.accepted:
        for words in value.any_of if isinstance(value, TextValue) else ():
            for at in places(clause.sentence, words, clause.low, clause.high):
                end = at + len(words)
                # Inside the phrase itself words say nothing more, unless they are its figure: "98 of the 139".
                says_more = end <= hit.start or hit.end <= at or any(c.isdigit() for c in words)
                if says_more and hit.gap(at, end) <= _NEAR and not clause.denies(hit.end):
                    return _claim("supported", hit, at, end)
    return None


def _wrong_date(hit: _Hit, clause: _Clause) -> _Claim | None:
    fact = hit.fact
    if not any(isinstance(value, DateValue | SpanValue) for value in fact.accepted):
        return None
    if not clause.is_asserted or any(accepts_date(fact, date.iso) for date in clause.dates):
        return None
    for date in clause.dates:
        if date.measured or any(accepts_date(other.fact, date.iso) for other in clause.hits if other.about):
            continue
        error = next((e for e in fact.errors if any(agrees(date.iso, d) for d in e.dates)), None)
        if error is None and (fact.match.broad or fact.disputed):
            continue
        if not clause.denies(max(hit.end, date.end)) and _is_date_of(hit, date, clause):
            return _claim("slip", hit, date.start, date.end, error)
    return None


def _wrong_figure(hit: _Hit, clause: _Clause) -> _Claim | None:
    ranges = _ranges(hit.fact)
    if not ranges or hit.fact.match.broad or hit.fact.disputed or not clause.is_asserted:
        return None
    for number in clause.numbers:
        counted = [value for value in ranges if counts(number, value)]
        if not counted or number.relative or any(in_range(number, value) for value in counted):
            continue
        if _right_elsewhere(hit, clause, number) or clause.denies(max(hit.end, number.end)):
            continue
        if _is_nearest(hit, number.start, number.end, clause) and _is_linked(hit, number.start, number.end, clause):
            return _claim("slip", hit, number.start, number.end)
    return None


def _ranges(fact: Fact) -> list[RangeValue]:
    return [value for value in fact.accepted if isinstance(value, RangeValue)]


def _right_elsewhere(hit: _Hit, clause: _Clause, number: Number) -> bool:
    """Whether the figure is right for another fact in the clause."""
    return any(
        counts(number, value) and in_range(number, value)
        for other in clause.hits
        if other.fact is not hit.fact
        for value in _ranges(other.fact)
    )


# --- whether a value belongs to a fact ------------------------------------------------------------------------------

# Words after which a date belongs to what came of the fact, not to the fact.
_ELSEWHERE = re.compile(
    r"\b(?:still|again|remember\w*|recall\w*|legac\w+|effects?|impact|consequences?|aftermath|reactions?|responses?"
    r"|anniversar\w+|memor\w+|echo\w*|already|results?|follow\w*|led|leading|caus\w+|spark\w*|trigger\w*|provok\w*"
    r"|prompt\w*|later|earlier|discuss\w*|debat\w*|years?|months?|decades?|continued|remained|until)\b"
)
_NOUNS = (
    "scheme|campaign|policy|programme|plan|project|affair|incident|event|crisis|uprising|rising|revolution|revolt|trial"
    "|massacre|treaty|speech|congress|party"
)
_LINKING = frozenset(
    re.findall(
        r"\w+",
        f"""
        was were is are be been being had has came come took take place happened occurred held given gave give delivered
        made make launched launch began begun begin started start opened ended introduced set up put created
        in on at of to by during for with into out off up the a an his its this their it that he him them which when
        early late mid spring summer autumn winter year first new own famous infamous so called finally actually only
        just then about around c circa nearly almost some over roughly approximately khrushchev nikita stalin soviet
        {_NOUNS} {" ".join(MONTHS)}
        """,
    )
)
_PARTING = re.compile("and|but|n?or|after|before|until|till|since|from|led|than|unlike|as|who")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_OF_DATE = re.compile(rf"(?: (?:{_NOUNS}))?(?: of| \()(?: \w+ of)? ?")  # "Secret Speech of 1957", "... (1957)"
_IN_DATE = re.compile(r"\w*,? (?:in|on|during)(?: early| late| mid)? ?")
_ENDS_IN_OF = re.compile(r"\bof\s*$")
_DETERMINER = re.compile(r"\b(?:the|his|this|khrushchev's)\s*$")


def _is_date_of(hit: _Hit, date: Date, clause: _Clause) -> bool:
    """Whether the clause gives the date to the fact and to nothing else."""
    if not _is_nearest(hit, date.start, date.end, clause) or not _is_linked(hit, date.start, date.end, clause):
        return False
    sentence, match = clause.sentence, hit.fact.match
    happens_then = False
    if hit.end <= date.start:
        between = sentence[hit.end : date.start]
        if _OF_DATE.fullmatch(between):
            return True
        if _ENDS_IN_OF.search(between):  # "the Secret Speech spoke of 1937"
            return False
        happens_then = hit.fact.type == "event" and _IN_DATE.fullmatch(between) is not None
    elif not sentence[date.end : hit.start].strip() and _DETERMINER.search(sentence, clause.low, date.start):
        return True  # "the 1957 Secret Speech"
    if _ELSEWHERE.search(clause.without_phrases, clause.low, clause.high):
        return False
    return happens_then or not match.event_any or holds(sentence, match.event_any, clause.low, clause.high)


def _is_nearest(hit: _Hit, start: int, end: int, clause: _Clause) -> bool:
    """Whether no phrase of another fact that has dates or figures stands nearer to the value."""
    gap = hit.gap(start, end)
    return not any(
        other.about
        and other.gap(start, end) < gap
        and any(not isinstance(value, TextValue) for value in other.fact.accepted)
        for other in clause.hits
    )


def _is_linked(hit: _Hit, start: int, end: int, clause: _Clause) -> bool:
    """Whether all words between the phrase and the value are small ones, or the fact's own."""
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    own = _own_words(hit.fact)
    for printed in _TOKEN.findall(clause.sentence[low:high]):
        word = printed.removesuffix("'s")
        if _PARTING.fullmatch(word):
            return False
        if not (word in _LINKING or word in own or word.isdigit() or word.startswith(hit.fact.match.event_any)):
            return False
    return True


@functools.lru_cache(maxsize=512)
def _own_words(fact: Fact) -> frozenset[str]:
    return frozenset(
        word.removesuffix("'s") for part in (fact.statement, *fact.match.any) for word in _TOKEN.findall(fold(part))
    )
