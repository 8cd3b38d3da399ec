"""Lines at the top in which writers say who they are: "Ada Lovelace 12B", "Ada Lovelace, 12 March", "Ada Lovelace"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from essay_marker.read.shapes import ends_sentence

_MOST_WORDS: Final = 5
_PROSE: Final = 60
MONTH: Final = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_CLASS: Final = re.compile(
    r"\b(?:(?:class|form|set|year|yr|y)\.? ?)?\d{1,2} ?[/-]?(?-i:[A-Z][A-Za-z]?)\d?\b"
    r"|\b(?:class|form|set|year|yr|y)\.? ?\d{1,2}\b|\b[lu]6[a-z]?\b|\b(?:lower|upper) (?:sixth|6)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b)(?:,? \d{{4}}\b)?"
    r"|\b\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?\b",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(r"[\s,|/()\[\]:–—-]*(?:[\s,|/()\[\]]|[\s,][–—-]\s)[\s,|/()\[\]:–—-]*")
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*\.?")
_PARTICLE: Final = re.compile(r"al|ap|bin|da|das|de|del|della|den|der|di|dos|du|el|ibn|la|le|ní|ten|van|von|y")
#: Words of headings and of sentences that no name has.
_NO_NAME: Final = re.compile(
    r"a|after|an|and|as|at|before|but|by|did|for|from|how|if|in|introduction|is|no|not|of|on|or|that|the|this|to|under"
    r"|was|were|what|when|why|with",
    re.IGNORECASE,
)


def says_who(text: str) -> Literal["class", "name"] | None:
    """Whether a line holds nothing but a name, a class and a day: with a class or not; None where it holds more.

    A name alone has two words or more, each with a capital. A heading can look like that too (see `speaks_of`).
    """
    left, classes = _CLASS.subn(",", text)
    left, days = _DAY.subn(",", left)
    words = [word for word in _PARTED.split(f" {left} ") if word]
    if len(words) > _MOST_WORDS or not all(map(_in_name, words)):
        return None
    if classes:
        return "class"
    return "name" if len(words) > 1 or days else None


def speaks_of(lines: Iterable[str], name: str) -> bool:
    """Whether prose in ``lines`` uses the last word of ``name``, as an essay does with the name of its subject."""
    words = [
        word for word in _NAME_WORD.findall(_DAY.sub(" ", name).partition(",")[0]) if not _PARTICLE.fullmatch(word)
    ]
    if not words:
        return False
    last = re.compile(rf"(?<!\w){re.escape(words[-1])}(?!\w)", re.IGNORECASE)
    return any(last.search(line) for line in lines if len(line) > _PROSE or ends_sentence(line))


def _in_name(word: str) -> bool:
    if _NO_NAME.fullmatch(word):
        return False
    return bool(_PARTICLE.fullmatch(word) or (word[0].isupper() and _NAME_WORD.fullmatch(word)))
