"""Which sentences belong to the essay's subject, and which stretches come from elsewhere.

A stretch from elsewhere, be it a scientific text or a good essay on another question, names nothing of the topic's, and
its sentences lie far from those of the same essay that do. Ordinary words of the topic's themes ("prices", "fear") are
no help here: they occur in every text. Names of others are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from essay_marker.data import Record
from essay_marker.terms import TermIndex, words_of
from essay_marker.topic import Topic


class TopicNames:
    """The words by which a text is recognisably about the topic: its question's terms, its names, its historians."""

    def __init__(self, topic: Topic) -> None:
        """Index them."""
        themes = [term for theme in topic.themes for term in (*theme.strong_terms, *theme.supporting_terms)]
        names = [term for term in themes if any(word[:1].isupper() for word in term.split())]
        historians = [authority.name.split()[-1] for authority in topic.historians]
        self._index = TermIndex((term, True) for term in (*topic.question.question_terms, *names, *historians))

    def among(self, text: str) -> bool:
        """Whether ``text`` holds one."""
        return bool(self._index.find(words_of(text)))


class Placed(NamedTuple):
    """What is looked at of a sentence: its paragraph, its words, and the names in it, of the topic and of others."""

    paragraph: int
    words: int
    of_topic: bool
    of_others: bool


class ElsewhereLimits(Record, frozen=True, kw_only=True):
    """When a stretch of paragraphs without names of the topic comes from elsewhere.

    It has at least ``words``. Its sentences are on average less like those with names than ``unlike`` (cosine), or less
    like than ``foreign`` while the share ``named`` of them holds names of others. With that share and at least ``long``
    words it comes from elsewhere however alike it is: nobody writes so much on the topic with other names alone.
    """

    words: int
    unlike: float
    foreign: float
    named: float
    long: int


def from_elsewhere(
    sentences: Sequence[Placed], vectors: npt.NDArray[np.float64] | None, limits: ElsewhereLimits
) -> list[bool]:
    """For each sentence of an essay whether it stands in a stretch from elsewhere.

    ``vectors`` has a row for each sentence; without them nothing is from elsewhere.
    """
    if vectors is None:
        return [False] * len(sentences)
    of_topic = np.array([s.of_topic for s in sentences], dtype=bool)
    middle = vectors[of_topic].sum(axis=0)
    like = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    known = {s.paragraph for s in sentences if s.of_topic}
    elsewhere = [False] * len(sentences)
    for is_known, stretch in groupby(range(len(sentences)), key=lambda i: sentences[i].paragraph in known):
        rows = list(stretch)
        words = sum(sentences[i].words for i in rows)
        if is_known or words < limits.words:
            continue
        named = sum(sentences[i].of_others for i in rows) >= limits.named * len(rows)
        is_unlike = float(like[rows].mean()) < (limits.foreign if named else limits.unlike)
        if is_unlike or (named and words >= limits.long):
            for i in rows:
                elsewhere[i] = True
    return elsewhere
