"""Sentences that say again what the essay has said: another sentence over again, or a clause that comes in many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from essay_marker.annotate.patterns import RepeatLimits
from essay_marker.terms import Word, words_of

Run = tuple[str, ...]

_TRIPLE = 3


class Repeats:
    """Looks at the sentences of one essay in their order; each is held against those before it."""

    def __init__(self, limits: RepeatLimits, questions: Iterable[str]) -> None:
        """``questions``: the one that is set, and its variants. Anybody may say their words again."""
        self._limits = limits
        self._asked = frozenset(run for text in questions for run in _runs(words_of(text), limits.run))
        self._said: list[frozenset[Run]] = []
        self._counted: Counter[Run] = Counter()

    def says_again(self, text: str) -> bool:
        """Whether a sentence repeats one before it, or holds a run of words that several before it hold."""
        words = words_of(text)
        triples = frozenset(_runs(words, _TRIPLE)) or frozenset({tuple(w.folded for w in words)})
        runs = frozenset(_runs([w for w in words if not w.printed[:1].isupper()], self._limits.run)) - self._asked
        again = any(_alike(triples, other) >= self._limits.alike for other in self._said)
        again |= any(self._counted[run] >= self._limits.sentences for run in runs)
        self._said.append(triples)
        self._counted.update(runs)
        return again


def _runs(words: list[Word] | tuple[Word, ...], length: int) -> Iterable[Run]:
    folded = [word.folded for word in words]
    return (tuple(folded[at : at + length]) for at in range(len(folded) - length + 1))


def _alike(a: frozenset[Run], b: frozenset[Run]) -> float:
    """The Jaccard similarity of two sets of word triples."""
    return len(a & b) / max(len(a | b), 1)
