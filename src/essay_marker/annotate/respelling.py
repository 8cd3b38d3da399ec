"""Names as the topic spells them: "Kruschev", "Molotow" and "Berija" are read as the people who are meant.

Russian names are spelt in many ways, and pupils add their own. Two spellings are one name when they sound alike by
rough rules of transliteration (`sound`), or, for long names, when one letter is different, missing or too many.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_SOUNDS = (
    (re.compile(r"^ch(?=[lr])"), "k"),  # Chruschtschow
    (re.compile(r"kh"), "k"),
    (re.compile(r"ts(?!h|c)"), "s"),
    (re.compile(r"[sctz]*(?:sh|ch|h|z)+[sctzh]*"), "s"),  # shch, sch, tsch, ch, zh, z: hissing, however it is spelt
    (re.compile(r"[jy]"), "i"),
    (re.compile(r"w|ff?"), "v"),
    (re.compile(r"(?<=s)ov$"), "ev"),
    (re.compile(r"c|q"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"i+(?=$|[aeou])"), ""),  # Dostoevskii, Iurii, Evgenia
    (re.compile(r"(?<=k)i?$"), ""),
)
_SHORTEST = 5
_LONG = 8  # letters from which one wrong letter leaves no doubt


def sound(name: str) -> str:
    """A rough key of how a name sounds; small letters in, small letters out."""
    for pattern, put in _SOUNDS:
        name = pattern.sub(put, name)
    return name


class Respelt(NamedTuple):
    """A text with the names put right, and for each place in it the place in the original."""

    text: str
    origins: list[int] | None

    def origin(self, at: int) -> int:
        """Where in the original the character at ``at`` comes from."""
        return at if self.origins is None else self.origins[at]


class Respeller:
    """Puts the spelling of known names right."""

    def __init__(self, words: Iterable[str]) -> None:
        """``words``: everything the topic's facts name; only what has a capital and five letters is a name."""
        names = {w for words_ in words for w in _WORD.findall(words_) if w[0].isupper() and len(w) >= _SHORTEST}
        names = {name for name in names if not name.isupper()}
        self._known = {name.lower() for name in names}
        self._by_sound: dict[str, str] = {}
        for name in sorted(names):
            self._by_sound.setdefault(sound(name.lower()), name)  # what sounds alike in the data is one name
        self._long = [name for name in sorted(names) if len(name) >= _LONG - 1]
        self._of = functools.lru_cache(maxsize=4096)(self._right)

    def __call__(self, text: str) -> Respelt:
        """``text`` with the names as the topic spells them."""
        parts: list[str] = []
        origins: list[int] = []
        at = 0
        for m in _WORD.finditer(text):
            right = self._of(m[0]) if m[0][0].isupper() and len(m[0]) >= _SHORTEST else None
            if right:
                parts += (text[at : m.start()], right)
                origins += range(at, m.start())
                origins += (m.start() + min(i, len(m[0]) - 1) for i in range(len(right)))
                at = m.end()
        if not parts:
            return Respelt(text, None)
        parts.append(text[at:])
        origins += range(at, len(text) + 1)
        return Respelt("".join(parts), origins)

    def _right(self, word: str) -> str | None:
        """The name that a word with a capital means, or None where it is one already, or none."""
        low = word.lower()
        if any(low.startswith(name) for name in self._known):
            return None  # a known name, or one with an ending: Hungarians
        own = low.removesuffix("s")
        for stem in dict.fromkeys((low, own)):
            found = self._by_sound.get(sound(stem)) if len(stem) >= _SHORTEST else None
            if found:
                return found
        if len(low) >= _LONG - 1:
            near = [
                name
                for name in self._long
                if name[0].lower() == low[0]
                and max(len(name), len(low)) >= _LONG
                and _one_letter_apart(name.lower(), low)
            ]
            return near[0] if len(near) == 1 else None
        return None


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is different, missing or too many."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[same + (len(one) == len(other)) :] == other[same + 1 :]
