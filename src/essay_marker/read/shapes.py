"""What the look of a line says: whether a sentence ends in it, goes on after it, or begins with it."""

from __future__ import annotations

import re
from typing import Final

NUMBERING: Final = r"(?:(?:\d{1,2}|[ivxIVX]{1,4})[.)]\s+)?"
"""What may stand before the words of a heading."""

MOST_CONTINUATIONS: Final = 3
"""The most further lines that a wrapped note or entry usually has."""

_CLOSERS: Final = "['\"”’)\\]»]*"
_SENTENCE_END: Final = re.compile(
    # a full stop, what closes after it, and perhaps a note's mark: “… reform.”[3]  reform.¹  reform.12
    rf"[.!?…]{_CLOSERS}(?:\[\^?\w{{1,4}}\]|[¹²³⁰⁴-⁹]{{1,3}})?{_CLOSERS}$"
    rf"|(?<!\d)[.!?]{_CLOSERS}\d{{1,3}}$"
)
_ABBREVIATION: Final = re.compile(
    r"(?:(?<![.\w])[A-Z]|\b(?:pp?|eds?|trans|vols?|no|nos|ch|cf|c|ca|e\.g|i\.e|vs|Mrs?|Ms|Dr|St|Prof|Gen))\.$"
)
_ELLIPSIS_END: Final = re.compile(rf"(?:\.\.\.|…){_CLOSERS}$")
_LIST_MARK: Final = re.compile(r"\(?(?:[a-z]|[ivx]{1,5})[.)]\s")
_OPENERS: Final = "“‘\"'(["
_GOES_ON: Final = re.compile(r"[,;:)\]’”%&]|[–—-]\s?[a-z]")
# words after which no sentence, no heading and hardly any line of notes ends (so not "was" or "this")
_DANGLING: Final = re.compile(
    r"(?:,|[(\[“‘]|\s[–—&-]"
    r"|\b(?:the|an?|of|to|in|by|with|and|or|but|which|who|whose|as|for|from|on|at|his|her|its|their|than|into|under"
    r"|between|because|while|whilst|although|such))$"
)
_OPEN_BRACKET: Final = re.compile(r"\([^()]{0,80}$")
_CLOSES_BRACKET: Final = re.compile(r"[^()]{0,80}\)")
_BROKEN_WORD: Final = re.compile(r"[^\W_][-\u00ad]$")


def ends_sentence(text: str) -> bool:
    """Whether a sentence may end at the end of ``text``."""
    tail = text[-60:]
    return bool(_SENTENCE_END.search(tail)) and not _ABBREVIATION.search(tail)


def is_broken_word(before: str, after: str) -> bool:
    """Whether a word goes on over the break: ``de-`` | ``Stalinisation``."""
    return bool(_BROKEN_WORD.search(before[-2:])) and after[:1].isalnum()


def starts_lower(text: str) -> bool:
    """Whether ``text`` begins in lower case, a list mark such as ``a)`` apart."""
    return text.lstrip(_OPENERS)[:1].islower() and not _LIST_MARK.match(text)


def starts_sentence(text: str) -> bool:
    """Whether a sentence may begin with ``text``."""
    return not starts_lower(text) and not _GOES_ON.match(text)


def leaves_open(text: str) -> bool:
    """Whether ``text`` ends in what no sentence and no entry of a list ends in: a comma, "of", "and"."""
    return bool(_DANGLING.search(text[-40:]))


def is_certainly_cut(before: str, after: str) -> bool:
    """Whether the break falls inside a word or inside brackets, so that nobody can have meant it."""
    if is_broken_word(before, after):
        return True
    return bool(_OPEN_BRACKET.search(before[-90:]) and _CLOSES_BRACKET.match(after))


def is_mid_sentence(before: str, after: str) -> bool:
    """Whether a break between ``before`` and ``after`` plainly falls inside a sentence."""
    if is_certainly_cut(before, after):
        return True
    if before.endswith((":", ";")):
        return False  # a list may begin or go on here
    if ends_sentence(before):
        return starts_lower(after) and bool(_ELLIPSIS_END.search(before[-10:]))
    return starts_lower(after) or bool(_GOES_ON.match(after)) or leaves_open(before)
