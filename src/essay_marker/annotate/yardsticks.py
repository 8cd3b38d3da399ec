"""Standards of success: which of the topic's yardsticks the essay states, and where it uses them.

A yardstick is stated by a phrase that sets it as the test, or by one of its terms beside a phrase of measuring
("judged by", "three tests"), which in the introduction may be any cue of measuring. It is used in a later sentence of
the writer's own that passes a judgement and holds a phrase that applies it, or one of its terms.

An essay may set a test that no topic foresees ("I ask two things about his policy"): it is one of its own, and so is
any standard by which a judgement measures that is none of the topic's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from essay_marker.annotate.patterns import compiled
from essay_marker.data import Record, load_yaml
from essay_marker.records import Span, YardstickUse
from essay_marker.resources import models_dir
from essay_marker.terms import TermIndex, words_of
from essay_marker.topic import Topic


class OwnSentence(NamedTuple):
    """A sentence in the writer's own words: quotations and citations blanked out."""

    text: str
    span: Span
    judgement: bool
    introduction: bool
    measures: bool  # holds a cue of measuring, from the language patterns


class OwnTests(Record, frozen=True, kw_only=True):
    """``standards.yaml``: how an essay sets a test of its own, and comes back to it."""

    label: str
    stating: tuple[str, ...]
    using: tuple[str, ...]


class _OwnTest(NamedTuple):
    label: str
    stating: re.Pattern[str]
    using: re.Pattern[str]


@cache
def _own_test() -> _OwnTest:
    path = models_dir() / "patterns" / "standards.yaml"
    own = load_yaml(path, OwnTests)
    stating, using = (
        compiled(patterns, f"{path}: `{name}`") for name, patterns in (("stating", own.stating), ("using", own.using))
    )
    return _OwnTest(own.label, stating, using)


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
        """Every yardstick that is stated or used, in the topic's order; the essay's own test last."""
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
        return (*found, *_own(sentences, found))


def _own(sentences: Sequence[OwnSentence], found: Sequence[YardstickUse]) -> tuple[YardstickUse, ...]:
    """The essay's own test, if it has one: set in the introduction, or used where no other yardstick is."""
    own = _own_test()
    taken = {span for use in found for span in (use.stated, *use.used)}
    stated = next(
        (s.span for s in sentences if s.introduction and s.span not in taken and own.stating.search(s.text)), None
    )
    used = tuple(
        s.span
        for s in sentences
        if s.judgement and s.span not in taken and s.span != stated and (s.measures or own.using.search(s.text))
    )
    return (YardstickUse(text=own.label, stated=stated, used=used),) if stated or used else ()
