"""Standards of success: which of the topic's yardsticks the essay states, and where it uses them.

A yardstick is stated by a phrase that sets it as the test, or by one of its terms beside a phrase of measuring
("judged by", "three tests"), which in the introduction may be any cue of measuring. It is used in a later sentence of
the writer's own that passes a judgement and holds a phrase that applies it, or one of its terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.records import Span, YardstickUse
from essay_marker.terms import TermIndex, words_of
from essay_marker.topic import Topic


class OwnSentence(NamedTuple):
    """A sentence in the writer's own words: quotations and citations blanked out."""

    text: str
    span: Span
    judgement: bool
    introduction: bool
    measures: bool  # holds a cue of measuring, from the language patterns


class YardstickFinder:
    """Finds stated and used yardsticks of a topic."""

    def __init__(self, topic: Topic) -> None:
        """Index the phrases of every yardstick once."""
        self._measuring = TermIndex((t, True) for t in topic.question.measuring_terms)
        self._yardsticks = [
            (
                y.label,
                TermIndex((t, True) for t in y.stating),
                TermIndex((t, True) for t in y.using),
                TermIndex((t, True) for t in y.terms),
            )
            for y in topic.question.yardsticks
        ]

    def find(self, sentences: Sequence[OwnSentence]) -> tuple[YardstickUse, ...]:
        """Every yardstick that is stated or used, in the topic's order."""
        words = [words_of(s.text) for s in sentences]
        explicit = [bool(self._measuring.find(w)) for w in words]
        found = []
        for label, stating, using, terms in self._yardsticks:
            stated: Span | None = None
            used: list[Span] = []
            for sentence, w, measuring in zip(sentences, words, explicit, strict=True):
                named = bool(terms.find(w))
                measures = measuring or sentence.measures
                sets = measuring or (sentence.measures and sentence.introduction)
                if stated is None and (stating.find(w) or (named and sets)):
                    stated = sentence.span
                elif sentence.judgement and (using.find(w) or (named and (measures or stated is not None))):
                    used.append(sentence.span)
            if stated is not None or used:
                found.append(YardstickUse(text=label, stated=stated, used=tuple(used)))
        return tuple(found)
