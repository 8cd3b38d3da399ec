"""Text that knows where each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

import msgspec

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the string; an empty string deletes, an empty range inserts."""

_OUTER_SPACE: Final = " \t\n\f"


class Traced(msgspec.Struct, frozen=True):
    """A text and, for each of its characters, the index of the character in the original that it came from.

    Immutable: every operation returns a new text, so a step of the cleaning cannot lose the map by accident.
    """

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Traced:
        """The original itself: each character comes from its own place."""
        return cls(text, tuple(range(len(text))))

    def __len__(self) -> int:
        """The number of characters."""
        return len(self.text)

    def slice(self, start: int, end: int) -> Traced:
        """The characters from ``start`` up to ``end``."""
        return Traced(self.text[start:end], self.origin[start:end])

    def strip(self, characters: str = _OUTER_SPACE) -> Traced:
        """The text without any of ``characters`` at its two ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        end = len(self.text.rstrip(characters))
        return self if (start, end) == (0, len(self.text)) else self.slice(start, max(start, end))

    def edit(self, edits: Iterable[Edit]) -> Traced:
        """The text after ``edits``, which are in order and do not overlap.

        A replacement of the same length maps one to one; a shorter or longer one stays inside the range it replaces;
        an inserted character takes the place of the one before it. So the origin never runs backwards.
        """
        texts: list[str] = []
        origins: list[tuple[int, ...]] = []
        at = 0
        for start, end, new in edits:
            texts += (self.text[at:start], new)
            origins += (self.origin[at:start], self._places(start, end, len(new)))
            at = end
        if not texts:
            return self
        texts.append(self.text[at:])
        origins.append(self.origin[at:])
        return Traced("".join(texts), tuple(chain.from_iterable(origins)))

    def sub(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> tuple[Traced, int]:
        """Every match of ``pattern`` replaced by ``new``, and how many of them that changed."""
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            replacement = new if isinstance(new, str) else new(match)
            if replacement != match[0]:
                edits.append((match.start(), match.end(), replacement))
        return self.edit(edits), len(edits)

    def keep_group(self, pattern: re.Pattern[str], group: str) -> tuple[Traced, int]:
        """Every match of ``pattern`` cut down to its ``group``, whose characters keep their exact places."""
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            edits += ((match.start(), match.start(group), ""), (match.end(group), match.end(), ""))
        return self.edit(edits), len(edits) // 2

    def _places(self, start: int, end: int, length: int) -> tuple[int, ...]:
        """Origins for ``length`` new characters that stand in for ``start`` to ``end``."""
        if start == end:
            beside = self.origin[max(0, start - 1)] if self.origin else 0
            return (beside,) * length
        return tuple(self.origin[min(start + index, end - 1)] for index in range(length))


EMPTY: Final = Traced("", ())


def join(parts: Iterable[tuple[str, Traced]]) -> Traced:
    """Texts in a row, each with the glue that stands before it; glue takes the place of the character before it."""
    texts: list[str] = []
    origins: list[tuple[int, ...]] = []
    last = 0
    for glue, part in parts:
        texts += (glue, part.text)
        origins += ((last,) * len(glue), part.origin)
        last = part.origin[-1] if part.origin else last
    return Traced("".join(texts), tuple(chain.from_iterable(origins)))
