"""Characters that must not reach a reader's screen, replaced one for one so that every offset stays true.

An essay can hold terminal escape codes, characters that turn the direction of writing round, or halves of a character
pair (a file name that is not UTF-8 gives those). Reports are shown in terminals and browsers, so they get a copy of
the record in which each of them is U+FFFD, the sign for a character that cannot be shown.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

_STAND_IN = "\ufffd"
_SURROGATES = re.compile("[\ud800-\udfff]")
# Control characters without tab and newline, direction marks, overrides and isolates, line separators, surrogates.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(result: T) -> T:
    """``result`` with every character that is unsafe to show replaced."""
    return _replaced(result, _UNSHOWN)


def printable_text(text: str) -> str:
    """The same for one text."""
    return _UNSHOWN.sub(_STAND_IN, text)


def without_surrogates(result: T) -> T:
    """``result`` with halves of character pairs replaced: they cannot be written as UTF-8."""
    return _replaced(result, _SURROGATES)


def _replaced(result: T, pattern: re.Pattern[str]) -> T:
    found = False

    def clean(value: Any) -> Any:
        nonlocal found
        if isinstance(value, str):
            cleaned = pattern.sub(_STAND_IN, value)
            found = found or cleaned != value
            return cleaned
        if isinstance(value, dict):
            return {clean(key): clean(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [clean(item) for item in value]
        return value

    cleaned = clean(msgspec.to_builtins(result))
    return msgspec.convert(cleaned, type(result)) if found else result
