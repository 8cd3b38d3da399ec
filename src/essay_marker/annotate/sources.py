"""Quotations for which no source is given.

A reference counts when it stands in the quotation's own sentence, or in the next one where that goes on about the
words quoted ("This …", "He adds …"). After "Orr (1980) looks back." a sentence that begins with "She calls it" has its
source there. The question that the essay answers, and words quoted before, need none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from essay_marker.annotate.names import CAPITALISED, alternation, fold, surname_key
from essay_marker.annotate.quotations import is_introduced, patterns
from essay_marker.records import Citation, Quotation, Span

_LONGEST_BREAK = 15
_CLOSING = " \n.,;:!?'\"’”»)"
_OPENING = " \n'\"‘“«"
_NAME = re.compile(CAPITALISED)


def unsourced(
    quotations: Sequence[Quotation],
    citations: Sequence[Citation],
    sentences: Sequence[Span],
    text: str,
    *,
    known: Sequence[str] = (),
    authors: Collection[str] = (),
) -> Iterator[Quotation]:
    """The quotations without a source, in order; of one that is broken off and taken up again only the beginning.

    ``citations`` are those of the body, ``sentences`` cover it; ``known`` are texts whose words need no source, such as
    the question and the titles listed, ``authors`` the surnames listed.
    """
    finder = _Finder(sorted(quotations), sorted(citations), sentences, text, authors)
    familiar = [_words(each) for each in known]
    told: Quotation | None = None
    for quotation in finder.unsourced():
        quoted = _words(text[quotation.start : quotation.end])
        earlier = (_words(text[other.start : other.end]) for other in finder.quotations if other < quotation)
        if any(quoted in each for each in (*familiar, *earlier)):
            continue
        if told is None or not finder.is_one(told, quotation):
            yield quotation
        told = quotation


def _words(text: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", fold(text)))
    return f" {words} "


class _Finder:
    """Looks for the sources of one essay's quotations."""

    def __init__(
        self,
        quotations: Sequence[Quotation],
        places: Sequence[Citation],
        sentences: Sequence[Span],
        text: str,
        authors: Collection[str],
    ) -> None:
        self.quotations = quotations
        self.places = places
        self.sentences = sentences
        self.text = text
        self.authors = {surname_key(name) for name in authors}
        self.heads = {place: self._head(place) for place in places}

    def unsourced(self) -> list[Quotation]:
        """The quotations that need a source and have none."""
        missing: list[Quotation] = []
        sourced = True
        for quotation, following in reversed([*zip_longest(self.quotations, self.quotations[1:])]):
            goes_on = following is not None and self.is_one(quotation, following)
            sourced = (goes_on and sourced) or self._has_source(quotation)
            if not sourced and self._needs_source(quotation):
                missing.append(quotation)
        return missing[::-1]

    def is_one(self, quotation: Quotation, following: Quotation) -> bool:
        """Whether a quotation is only broken off, to go on as ``following``: "We change nothing," he said, "yet"."""
        between = self.text[quotation.end - 2 : following.start]
        is_open = "," in self.text[quotation.end - 2 : quotation.end + 1]
        if not is_open and self._named(quotation.end, following.start):
            return False
        return re.search(r"[.!?]|\n\n", between) is None and len(between.split()) <= _LONGEST_BREAK

    def _needs_source(self, quotation: Quotation) -> bool:
        limits = patterns()
        if is_introduced(self.text, quotation.start):
            return quotation.words >= limits.min_words_to_source_introduced
        return quotation.words >= limits.min_words_to_source

    def _has_source(self, quotation: Quotation) -> bool:
        if any(head == quotation for head in self.heads.values()):
            return True
        own = [i for i, sentence in enumerate(self.sentences) if sentence.overlap(quotation)]
        if not own:
            return any(place.within(quotation) for place in self.places)
        first, last = own[0], own[-1]
        while first > 0 and self.text[: self.sentences[first].start].rstrip(_OPENING).endswith((":", ",")):
            first -= 1
        while last + 1 < len(self.sentences) and self.text[self.sentences[last + 1].start].islower():
            last += 1
        low = min(self.sentences[first].start, quotation.start)
        high = max(self.sentences[last].end, quotation.end)
        if any(low <= place.start < high and self._may_belong(place, quotation) for place in self.places):
            return True
        return self._source_behind(last) or self._source_before(first)

    def _head(self, place: Citation) -> Quotation | None:
        """The quotation directly behind which a reference stands."""
        before = self.quotations[: bisect_right(self.quotations, place.start, key=lambda quotation: quotation.end)]
        if not before or self.text[before[-1].end : place.start].strip(_CLOSING):
            return None
        return before[-1]

    def _may_belong(self, place: Citation, quotation: Quotation) -> bool:
        """Whether a reference of the same sentence may be the source, if another author's words stand before it.

        In "Orr saw “…” (Orr 1980), but Lisle saw “…”" the second quotation has none.
        """
        head = self.heads[place]
        if head is None:
            return True
        cited = {surname_key(name) for name in place.authors}
        if head < quotation:
            return self._named(place.end, quotation.start) <= cited
        return not self._named(quotation.end, head.start) & cited

    def _named(self, start: int, end: int) -> set[str]:
        """The authors listed whom the text names between two places."""
        return {surname_key(name) for name in _NAME.findall(self.text, start, end)} & self.authors

    def _source_behind(self, last: int) -> bool:
        """Whether the next sentence of the paragraph goes on about the quotation and has a reference."""
        if last + 1 == len(self.sentences) or self._is_break(last) or not self._carries_on(last + 1):
            return False
        following = self.sentences[last + 1]
        return any(following.start <= place.start < following.end for place in self.places)

    def _source_before(self, first: int) -> bool:
        """Whether "He …" goes back to an author whose year stands in brackets in the sentence before."""
        if first == 0 or self._is_break(first - 1) or not self._carries_on(first):
            return False
        before = self.sentences[first - 1]
        return any(
            before.start <= place.start < before.end and _YEAR_FIRST.match(self.text, place.start)
            for place in self.places
        )

    def _carries_on(self, sentence: int) -> bool:
        return _carrying_on().match(self.text, self.sentences[sentence].start) is not None

    def _is_break(self, sentence: int) -> bool:
        """Whether a paragraph ends behind ``sentence``."""
        return "\n\n" in self.text[self.sentences[sentence].end : self.sentences[sentence + 1].start]


_YEAR_FIRST = re.compile(r"[(\[]\s*\d{4}")


@cache
def _carrying_on() -> re.Pattern[str]:
    return re.compile(rf"[{_OPENING}]*(?:{alternation(patterns().carrying_on)})\b", re.IGNORECASE)
