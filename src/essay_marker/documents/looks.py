"""How words look, as far as it decides whether a reader of the page sees them."""

from __future__ import annotations

import re
from typing import Final

Colour = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
TINY: Final = 3.0
"""Type smaller than this many points is not to be read by people; the smallest print of a newspaper has five."""

_NEARLY: Final = 24  # of 255 in each of red, green and blue: a grey of 9 % ink, which no printer shows as letters
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?|#?([0-9a-fA-F]{3})")
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)")
_NAMED: Final[dict[str, Colour]] = {
    "white": WHITE,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "floralwhite": (255, 250, 240),
    "black": (0, 0, 0),
    "yellow": (255, 255, 0),
    "green": (0, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "blue": (0, 0, 255),
    "red": (255, 0, 0),
    "darkblue": (0, 0, 139),
    "navy": (0, 0, 128),
    "darkcyan": (0, 139, 139),
    "darkgreen": (0, 100, 0),
    "darkmagenta": (139, 0, 139),
    "darkred": (139, 0, 0),
    "darkyellow": (128, 128, 0),
    "darkgray": (128, 128, 128),
    "lightgray": (192, 192, 192),
    "gray": (128, 128, 128),
}


def read_colour(value: str | None) -> Colour | None:
    """The colour that ``value`` names (``FFFFFF``, ``#fff``, ``rgb(…)``, ``white``); None for any other."""
    if not value:
        return None
    value = value.strip().lower()
    if named := _NAMED.get(value):
        return named
    if match := _HEX.fullmatch(value):
        digits = match[1] or "".join(2 * digit for digit in match[2])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.fullmatch(value):
        red, green, blue = (min(255, int(match[part])) for part in (1, 2, 3))
        return red, green, blue
    return None


def is_transparent(value: str) -> bool:
    """Whether ``value`` is a colour that lets all of the paper through."""
    value = value.strip().lower()
    match = _RGB.fullmatch(value)
    return value == "transparent" or bool(match and match[4] and float(match[4]) < (5 if match[5] else 0.05))


def looks_alike(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether words in ``ink`` cannot be told from ``paper``; None for a colour that is not known."""
    if ink is None or paper is None:
        return False
    return all(abs(a - b) <= _NEARLY for a, b in zip(ink, paper, strict=True))
