"""How likely the order of an essay's words is: a language model of three words in a row over common words and tags.

A common word stands for itself, every other for its part of speech (Penn tag), so that what is measured is how words
join and hardly what they are about. The value is the mean logarithm by which a word is more likely after the two before
it than anywhere (interpolated trigrams: Jelinek and Mercer 1980). Prose has about 1; words in any order are below 0.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec
from spacy.tokens import Doc, Span

from essay_marker.data import Record, load_json
from essay_marker.resources import models_dir

START, END = "<s>", "</s>"
_ENDS = frozenset({".", "!", "?", "…"})
#: How many occurrences the shorter run counts for where the longer one is rare.
_TRUST = 8.0
#: Words that occur so often in the counted texts stand for themselves; runs that occur less often are not kept.
COMMON, KEPT = 30, 2


class SequenceModel(Record, frozen=True, kw_only=True):
    """``sequences.json``: common words, and how often symbols and runs of them occurred; a run is parted by blanks."""

    words: tuple[str, ...]
    ones: dict[str, int]
    twos: dict[str, int]
    threes: dict[str, int]


class Sequences:
    """Tells how likely sentences are."""

    def __init__(self, model: SequenceModel) -> None:
        """Use the counts of ``model``."""
        self._model = model
        self._words = frozenset(model.words)
        self._total = sum(model.ones.values()) + len(model.ones)

    def likelihood(self, sentences: Iterable[Span]) -> float:
        """The mean gain of a word by the two before it; 0 where there are no words."""
        gains = [gain for s in sentences for gain in self._gains(symbols(s, self._words))]
        return round(sum(gains) / len(gains), 3) if gains else 0.0

    def _gains(self, found: Sequence[str]) -> Iterable[float]:
        ones, twos, threes = self._model.ones, self._model.twos, self._model.threes
        run = [START, START, *found, END]
        for a, b, c in zip(run, run[1:], run[2:], strict=False):
            one = (ones.get(c, 0) + 1) / self._total
            two = (twos.get(f"{b} {c}", 0) + _TRUST * one) / (ones.get(b, 0) + _TRUST)
            three = (threes.get(f"{a} {b} {c}", 0) + _TRUST * two) / (twos.get(f"{a} {b}", 0) + _TRUST)
            yield math.log(three / one)


def symbols(sentence: Span, words: frozenset[str]) -> list[str]:
    """The sentence as common words and tags; a reference is left out, and all ends of sentences are one."""
    return [
        "." if token.text in _ENDS else token.lower_ if token.lower_ in words or token.is_punct else token.tag_
        for token in sentence
        if not token.is_space and " " not in token.text
    ]


def counted(docs: Sequence[Doc], common: int = COMMON, kept: int = KEPT) -> SequenceModel:
    """The counts over texts of good English."""
    often = Counter(t.lower_ for doc in docs for t in doc if t.is_alpha)
    words = frozenset(word for word, number in often.items() if number >= common)
    ones: Counter[str] = Counter()
    twos: Counter[str] = Counter()
    threes: Counter[str] = Counter()
    for sentence in (s for doc in docs for s in doc.sents):
        run = [START, START, *symbols(sentence, words), END]
        ones.update(run)
        twos.update(f"{a} {b}" for a, b in pairwise(run))
        threes.update(f"{a} {b} {c}" for a, b, c in zip(run, run[1:], run[2:], strict=False))
    return SequenceModel(
        words=tuple(sorted(words)),
        ones=dict(sorted(ones.items())),
        twos={run: n for run, n in sorted(twos.items()) if n >= kept},
        threes={run: n for run, n in sorted(threes.items()) if n >= kept},
    )


def sequences_file() -> Path:
    """Where the counts lie."""
    return models_dir() / "patterns" / "sequences.json"


def written(model: Record) -> bytes:
    """The counts as the file has them."""
    return msgspec.json.encode(model) + b"\n"


@lru_cache(maxsize=1)
def sequences() -> Sequences:
    """The model of ``models/patterns/sequences.json``."""
    return Sequences(load_json(sequences_file(), SequenceModel))
