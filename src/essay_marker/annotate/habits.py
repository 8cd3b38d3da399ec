"""Words of habit: connectives and hedges that an essay puts into most of its sentences, which are then read over.

One "however" turns an argument; thirty turn nothing. So where most sentences of an essay open with a connective, or
hold a hedge, these words are blanked out before anything looks at what the sentences do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from essay_marker.data import Record, load_yaml
from essay_marker.resources import models_dir


class HabitLimits(Record, frozen=True, kw_only=True):
    """The shares of an essay's sentences above which a kind of word is habit, in an essay of so many sentences."""

    connectives: float
    hedges: float
    sentences: int


class HabitFile(Record, frozen=True, kw_only=True):
    """``habits.yaml``: the words, and when they are habit."""

    limits: HabitLimits
    connectives: tuple[str, ...]
    hedges: tuple[str, ...]


class Habits:
    """Reads over words of habit."""

    def __init__(self, file: HabitFile) -> None:
        """Compile the words of ``file``, the longer first."""
        self._limits = file.limits
        self._connective = re.compile(rf"^[\s\"'“‘]*(?:{_either(file.connectives)})\b,?", re.IGNORECASE)
        self._hedge = re.compile(rf",?\s*\b(?:{_either(file.hedges)})\b,?", re.IGNORECASE)

    def read_over(self, sentences: Sequence[str]) -> list[str]:
        """The ``sentences`` of an essay, each as long as it was, with its words of habit blanked out."""
        found = list(sentences)
        if len(found) < self._limits.sentences:
            return found
        for pattern, most in ((self._hedge, self._limits.hedges), (self._connective, self._limits.connectives)):
            if sum(bool(pattern.search(s)) for s in found) > most * len(found):
                found = [pattern.sub(lambda match: " " * len(match[0]), s) for s in found]
        return found


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def habits() -> Habits:
    """The habits of ``models/patterns/habits.yaml``."""
    return Habits(load_yaml(models_dir() / "patterns" / "habits.yaml", HabitFile))
