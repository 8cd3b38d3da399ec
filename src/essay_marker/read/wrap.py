"""Whether a text is hard-wrapped, and how wide: measured from the line ends that certainly fall inside a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from essay_marker.read.lines import Line
from essay_marker.read.shapes import ends_sentence, is_mid_sentence

CLEARLY_SHORT: Final = 0.75
"""A line filled less than this ends before its time however unevenly the text is wrapped."""

_NARROWEST_LINE: Final = 35
_WIDEST_LINE: Final = 160
_FEWEST_BREAKS: Final = 3
_LEAST_SHARE: Final = 0.3
_LEAST_FILL: Final = 0.75
_OVERLONG: Final = 1.15

Measure = Callable[[str], float]

# widths of print letters in hundredths of an em, roughly those of Arial: a PDF's lines are even in print only
_PRINT_CLASSES: Final = (
    ("ijl.,:;'|!‘’I", 25),
    ('ft()-r /[]“”"„', 34),
    ("ABCEFJKLPRSTVXYZ", 68),
    ("OQGDNHU", 76),
    ("mwMW—…", 80),
)
_OTHER_WIDTH: Final = 57
# every class becomes one control character, which the cleaned text cannot hold, so that counting is quick
_CLASS_OF: Final = {ord(letter): index for index, (letters, _) in enumerate(_PRINT_CLASSES) for letter in letters}


def _print_width(text: str) -> float:
    """About how wide ``text`` is in print."""
    classes = text.translate(_CLASS_OF)
    extra = sum(classes.count(chr(i)) * (width - _OTHER_WIDTH) for i, (_, width) in enumerate(_PRINT_CLASSES))
    return _OTHER_WIDTH * len(text) + extra


class Wrap(NamedTuple):
    """How a text is wrapped.

    A line is full when it, a space and the next line's first word together would reach ``limit`` under ``measure``.
    ``widest`` is the length in characters of its widest line; ``gap`` and ``indent`` are those of most lines inside
    paragraphs; ``gaps_tell`` says whether a wider gap ends a paragraph (where not, it is a page's end).
    """

    measure: Measure
    limit: float
    widest: int
    gap: int
    indent: int
    gaps_tell: bool

    def fill(self, before: str, after: str) -> float:
        """How far ``before`` and the first word of ``after`` would fill a line; from 1 on the word did not fit."""
        return _reach(before, after, self.measure) / self.limit

    def is_overlong(self, text: str) -> bool:
        """Whether a line is far longer than the wrapped ones, so that it is a paragraph by itself."""
        return len(text) > _OVERLONG * self.widest


def _reach(before: str, after: str, measure: Measure) -> float:
    """How wide ``before`` would be with the first word of ``after``."""
    return measure(f"{before} {after.split(maxsplit=1)[0]}")


def find_wrap(lines: Sequence[Line]) -> Wrap | None:
    """How ``lines`` are wrapped, or None where each line is a paragraph as it stands.

    Wrapped prose shows in many breaks that fall inside a sentence, after lines of nearly one width, each so full that
    the next word had no room. Notes and headings have short lines of all widths.
    """
    pairs = [
        (before, after)
        for before, after in pairwise(lines)
        if after.kind == "prose" and before.kind != "heading" and len(before.text) <= _WIDEST_LINE
    ]
    inside = [pair for pair in pairs if is_mid_sentence(pair[0].text, pair[1].text)]
    if len(inside) < max(_FEWEST_BREAKS, _LEAST_SHARE * len(pairs)):
        return None
    gap = _typical([after.gap for _, after in inside])
    # a line before a wider gap may end early: notes at the end of an essay run on in small letters
    close = [(before, after) for before, after in inside if after.gap <= gap]
    # of characters and print widths, the measure under which the lines are the more even
    measure, limit, fill = min((_even(close, measure) for measure in (len, _print_width)), key=lambda even: -even[2])
    widest = max(len(before.text) for before, _ in close)
    if fill < _LEAST_FILL or widest < _NARROWEST_LINE:
        return None
    indent = _typical([after.indent for _, after in inside])
    wrap = Wrap(measure, limit, widest, gap, indent, gaps_tell=False)
    return wrap._replace(gaps_tell=_gaps_tell(pairs, wrap))


def _even(inside: Sequence[tuple[Line, Line]], measure: Measure) -> tuple[Measure, float, float]:
    """A measure, the least reach of a full line under it, and that reach as a share of the widest line.

    One line in twenty may be short for some other reason (a title, verse) and is left out of account.
    """
    reaches = sorted(_reach(before.text, after.text, measure) for before, after in inside)
    widths = sorted(measure(before.text) for before, _ in inside)
    widest = widths[-1 - len(widths) // 50]
    least = reaches[len(reaches) // 20]
    # a word that would go beyond the widest line had no room, whatever the other lines say
    return measure, min(least, widest * 1.001), least / widest


def _gaps_tell(pairs: Sequence[tuple[Line, Line]], wrap: Wrap) -> bool:
    """Whether the gaps wider than usual end paragraphs.

    The gaps of page ends fall inside sentences as often as not, and leave most paragraphs without a gap: then plainly
    short lines that end a sentence have none after them. A page ends after a full line; a short one that stops in the
    middle is a note or an item of a list.
    """
    wide = [(before, after) for before, after in pairs if after.gap > wrap.gap and not after.page]
    cut = sum(
        is_mid_sentence(before.text, after.text) and wrap.fill(before.text, after.text) >= CLEARLY_SHORT
        for before, after in wide
    )
    ends = [
        after.gap > wrap.gap
        for before, after in pairs
        if ends_sentence(before.text) and wrap.fill(before.text, after.text) < CLEARLY_SHORT
    ]
    return bool(wide) and 4 * cut <= len(wide) and 2 * sum(ends) >= len(ends)


def _typical(values: Sequence[int]) -> int:
    """The most frequent of ``values``, the smaller one of two as frequent; 0 where there are none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else 0
