"""Precise things in a sentence: dates, figures, named people and places, terms of the topic.

Only the writer's own words count; a year in a citation is no date, and what a sentence without a verb lists is no
evidence (that is decided by who counts, not here).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from essay_marker.records import Specific
from essay_marker.terms import TermIndex, fold, words_of
from essay_marker.topic import Topic

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_DAY} )?(?:(?:{_MONTHS}),? )?(?:{_DAY},? )?1[89]\d\d\b|\b(?:{_DAY} )?(?:{_MONTHS})\b(?=[ ,.;])"
)
_FIGURE = re.compile(
    r"(?<![\w/.])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?:million|billion|per cent|percent|%|thousand))?(?![\w/])"
)
_YEAR = re.compile(r"^1[89]\d\d$")


class SpecificFinder:
    """Finds the specifics of sentences, with the topic's terms."""

    def __init__(self, topic: Topic) -> None:
        """Index the topic's strong terms; what every essay on the question holds is no evidence and left out."""
        general = {fold(t) for t in (topic.question.leader.surname, *topic.question.leader.variants)}
        weak = {w.term.casefold() for w in topic.weak_terms}
        asked = (topic.question.question, *topic.question.variants)
        general |= {word.folded for question in asked for word in words_of(question)}
        self._general = general | {fold(part) for term in weak for part in term.split()}
        # what the topic's terms write small is a common word even where a sentence begins with it
        self._common = {
            fold(term)
            for theme in topic.themes
            for term in (*theme.strong_terms, *theme.supporting_terms)
            if term.islower() and " " not in term
        }
        self._terms: TermIndex[str] = TermIndex(
            (term, term.casefold())
            for theme in topic.themes
            for term in theme.strong_terms
            if term.casefold() not in weak and any(c.isupper() for c in term)
        )

    def find(self, sent: Span, own: str, index: int) -> list[Specific]:
        """The specifics of ``sent``, number ``index``; ``own`` is its text with quotations and citations blanked."""
        found: list[Specific] = []
        taken: list[tuple[int, int]] = []

        def add(start: int, end: int, kind: str, key: str) -> None:
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found.append(
                    Specific(
                        start=sent.start_char + start,
                        end=sent.start_char + end,
                        kind=kind,  # type: ignore[arg-type]
                        sentence=index,
                        key=key,
                    )
                )

        for match in _DATE.finditer(own):
            add(match.start(), match.end(), "date", match[0].casefold().strip())
        for match in _FIGURE.finditer(own):
            if not _YEAR.match(match[0]):
                add(match.start(), match.end(), "figure", match[0].casefold())
        for term in self._terms.find(words_of(own)):
            add(term.start, term.end, "term", term.value)
        for start, end, key in self._names(sent, own):
            add(start, end, "name", key)
        return sorted(found, key=lambda s: s.start)

    def _names(self, sent: Span, own: str) -> Iterable[tuple[int, int, str]]:
        """Runs of proper nouns that are not what every essay on the question names."""
        run: list[int] = []
        tokens: Sequence[object] = list(sent)
        for i in range(len(tokens) + 1):
            token = sent[i] if i < len(tokens) else None
            is_name = (
                token is not None
                and token.pos_ == "PROPN"
                and token.text[:1].isupper()
                and fold(token.text) not in self._general
                and not (i == 0 and fold(token.text) in self._common)
                and own[token.idx - sent.start_char : token.idx - sent.start_char + 1].strip() != ""
            )
            if is_name:
                run.append(i)
            elif run:
                first, last = sent[run[0]], sent[run[-1]]
                yield (
                    first.idx - sent.start_char,
                    last.idx + len(last.text) - sent.start_char,
                    fold(last.text),
                )
                run = []
