"""Short examples from a class's essays, in which nobody of the class is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from essay_marker.batch.hiding import SIGN, name_parts, whole_name
from essay_marker.batch.patterns import looks_like_name

#: An example has so many words: enough to see what is meant, few enough to read from the back of a room.
SHORTEST, LONGEST = 8, 45
_USUAL = 24
#: Begins and ends as a sentence does.
_WHOLE = re.compile(r"[“\"'‘(]?(?=[^\W\d_])[^a-z].*[.!?][”\"'’)]*", re.DOTALL)
_SPACES = re.compile(r"\s+")


class Names:
    """The names of a class, to be looked for in what is shown to all."""

    def __init__(self, learners: Iterable[str]) -> None:
        """Take everybody's name."""
        self._learners = sorted(set(learners))
        self._whole = [found for name in self._learners if (found := whole_name(name))]
        # what is only a file's name ("essay 3 final") has no parts that are anybody's
        parts = {part for name in self._learners if looks_like_name(name.lstrip("=+@-")) for part in name_parts(name)}
        self._parts = re.compile("|".join(rf"(?<!\w){re.escape(p)}(?!\w)" for p in sorted(parts)) or r"(?!)")

    def are_in(self, text: str) -> bool:
        """Whether somebody of the class is named, by the whole name or a part of it."""
        return SIGN in text or bool(self._parts.search(text)) or any(name.search(text) for name in self._whole)


class Example(NamedTuple):
    """A learner's sentence, and how well it shows what it is to show: more is better."""

    id: str
    words: str
    clear: float


def chosen(sentences: Sequence[Example], names: Names, count: int) -> tuple[str, ...]:
    """``count`` examples, no two of one learner's, the clearest first; of equal ones that of the most usual length."""
    fitting: dict[str, list[tuple[float, int, str]]] = {}
    for id_, words, clear in sentences:
        line = _SPACES.sub(" ", words).strip()
        if SHORTEST <= len(line.split()) <= LONGEST and _WHOLE.fullmatch(line) and not names.are_in(line):
            fitting.setdefault(id_, []).append((-clear, abs(len(line.split()) - _USUAL), line))
    best = sorted(min(lines) for lines in fitting.values())
    return tuple(dict.fromkeys(line for _, _, line in best))[:count]
