"""What sentences name, as a phrase within feedback: "the Virgin Lands and Gagarin".

Only the topic's own terms that are proper names are taken. Other names may be misread words, a date or figure by itself
says nothing, and an adjective cannot stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from essay_marker.mark.script import Script

_MOST = 2
#: Words of one name at the most, and of two together.
_LONGEST, _WORDS = 9, 5
#: Letters before a name among which its last two words are.
_LONGEST_WORDS = 60
#: Words that are small within a name.
_SMALL = frozenset({"a", "alone", "and", "are", "by", "for", "from", "in", "is", "of", "on", "the", "to", "with"})
_ADJECTIVE = re.compile(r"(?:ian|ish|ese|ist)$")
_OWNER = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^the\s", re.IGNORECASE)
#: Words that take the place of an article, so that nothing is learnt from them.
_DETERMINERS = frozenset(
    {"a", "an", "another", "any", "each", "every", "her", "his", "its", "no", "that", "the", "their", "this"}
)
#: Names that begin alike are taken for one.
_ALIKE = 5


def named(script: Script, indices: Sequence[int]) -> str | None:
    """Up to two things that sentences name, the first first, as they stand in a sentence; None where there are none."""
    found: list[str] = []
    for name in _names(script, indices):
        alike = any(name in other or other in name or name[:_ALIKE] == other[:_ALIKE] for other in found)
        if not alike and len(" ".join((*found, name)).split()) <= (_WORDS if found else _LONGEST):
            found.append(name)
        if len(found) == _MOST:
            break
    return " and ".join(f"the {name}" if _takes_article(script, name) else name for name in found) or None


def _names(script: Script, indices: Sequence[int]) -> Iterator[str]:
    for i in indices:
        for specific in script.specifics[i]:
            words = " ".join(script.text[specific.start : specific.end].split())
            name = _OWNER.sub("", _ARTICLE.sub("", words))
            if specific.kind == "term" and _is_proper(name) and not _is_post(script, name):
                yield name


def _is_proper(name: str) -> bool:
    words = name.split()
    return (
        bool(words)
        and any(word[:1].isupper() for word in words)
        and all(word[:1].isupper() or word in _SMALL or word[:1].isdigit() for word in words)
        and not (len(words) == 1 and _ADJECTIVE.search(name))
    )


def _is_post(script: Script, name: str) -> bool:
    """Whether the topic speaks of somebody "as" this, so that it is what one was, and nothing that one could name."""
    return any(before[-1:] == ["as"] and before[-2:-1] != ["such"] for before in _before(script.prose, name, r"\b"))


def _takes_article(script: Script, name: str) -> bool:
    """Whether the topic's sentences and the essay's say "the" before the name more often than nothing."""
    with_ = without = 0
    for prose in (script.prose, script.text):
        # part of a longer name ("the Warsaw Pact"), or with an owner before it, it says nothing of the name itself
        for before in _before(prose, name, r"\b(?!['’]|\s+[A-Z])"):
            last = before[-1].casefold() if before else ""
            with_ += last == "the"
            without += bool(last) and last not in _DETERMINERS and not _OWNER.search(last)
    return with_ > without


def _before(prose: str, name: str, end: str) -> Iterator[list[str]]:
    """The last words before each place where ``name`` stands, with ``end`` behind it."""
    for found in re.finditer(rf"{re.escape(name)}{end}", prose):
        if prose[found.start() - 1 : found.start()].isspace():
            yield prose[max(0, found.start() - _LONGEST_WORDS) : found.start()].split()
