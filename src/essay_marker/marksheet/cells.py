"""Text that may stand in a cell: nothing that a spreadsheet would run, and nothing that it cannot hold.

A cell that begins with one of these signs is a formula to a program that opens a CSV file, and a formula can send what
stands beside it away (OWASP, "CSV Injection"). In a spreadsheet a cell has a type and is text whatever it begins with;
in CSV an apostrophe before it makes it text, as it does where somebody types it.
"""

from __future__ import annotations

import re

from essay_marker.marksheet.table import Value

#: What a cell of a spreadsheet holds at most.
LONGEST = 32_000
GUARD = "'"

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def shown(value: Value) -> Value:
    """``value`` without signs that no cell can hold, and cut where it is too long."""
    if not isinstance(value, str):
        return value
    text = _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def is_formula_like(text: str) -> bool:
    """Whether a program may take ``text`` for a formula, alone or behind white space and quotation marks."""
    return text.startswith(_STARTS) or text.lstrip(" \u00a0\"'").startswith(_STARTS)


def guarded(value: Value) -> Value:
    """``value`` as it stands in CSV."""
    clean = shown(value)
    return GUARD + clean if isinstance(clean, str) and is_formula_like(clean) else clean


def unguarded(text: str) -> str:
    """What was `guarded`, as it was."""
    return text[1:] if text.startswith(GUARD) and is_formula_like(text[1:]) else text
