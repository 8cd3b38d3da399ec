"""Lines back to paragraphs, as the writer meant them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from essay_marker.read.hyphens import Vocabulary, glue_lines
from essay_marker.read.lines import Kind, Line
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import (
    ends_sentence,
    is_certainly_cut,
    is_mid_sentence,
    starts_lower,
    starts_sentence,
)
from essay_marker.read.wrap import CLEARLY_SHORT, Wrap

_LONG_LINE: Final = 60
_FEW_PARAGRAPHS: Final = 4
_LONG_PARAGRAPH_WORDS: Final = 300
_LONG_PARAGRAPH_TIMES: Final = 2.0


class Paragraph(NamedTuple):
    """A paragraph, heading or list item, in one line."""

    content: Traced
    kind: Kind

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return self.content.text


def rebuild_paragraphs(
    lines: Sequence[Line], wrap: Wrap | None, vocabulary: Vocabulary, log: RepairLog
) -> list[Paragraph]:
    """The paragraphs that ``lines``, wrapped in the way of ``wrap``, belong to; broken words are made whole."""
    groups = _group(lines, wrap)
    if wrap and not wrap.gaps_tell:
        groups = _divide_overlong(groups, log)
        log.add("paragraph-ends", sum(_is_shown_by_short_line(after[0], wrap) for _, after in pairwise(groups)))
    for group in groups:
        for line in group[:-1]:
            log.add("line-breaks" if wrap and not wrap.is_overlong(line.text) else "split-paragraphs")
    return [Paragraph(glue_lines([line.content for line in group], vocabulary, log), group[0].kind) for group in groups]


def _is_shown_by_short_line(first: Line, wrap: Wrap) -> bool:
    """Whether nothing but the length of the line before shows that a paragraph begins with ``first``."""
    return first.kind == "prose" and first.gap <= wrap.gap and first.indent <= wrap.indent


def _group(lines: Sequence[Line], wrap: Wrap | None) -> list[list[Line]]:
    """``lines`` in groups, one a paragraph."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, wrap):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Line], line: Line, wrap: Wrap | None) -> bool:
    """Whether the paragraph of ``group`` goes on with ``line``."""
    before = group[-1]
    if line.kind != "prose" or before.kind == "heading":
        return False
    if wrap is None or wrap.is_overlong(before.text):
        return _is_cut_in_two(group, line)
    return _goes_on_wrapped(group, line, wrap)


def _is_cut_in_two(group: Sequence[Line], line: Line) -> bool:
    """Whether a page end cut a paragraph of unwrapped text in mid-sentence, between ``group`` and ``line``.

    Short lines are left alone, and so are those after one that begins in lower case itself: both are lists.
    """
    before, after = group[-1].text, line.text
    if is_certainly_cut(before, after):
        return True
    if not is_mid_sentence(before, after) or len(before) < _LONG_LINE or starts_lower(group[0].text):
        return False
    return len(after) >= _LONG_LINE or ends_sentence(after)


def _goes_on_wrapped(group: Sequence[Line], line: Line, wrap: Wrap) -> bool:
    """Whether the wrapped paragraph of ``group`` goes on with ``line``."""
    before = group[-1]
    fill = wrap.fill(before.text, line.text)
    parted = wrap.gaps_tell and line.gap > wrap.gap and not line.page
    if is_mid_sentence(before.text, line.text):
        return not (parted and fill < CLEARLY_SHORT)  # a gap after a full line is a page's, after a short one a list's
    if parted:
        return fill >= 1 and not ends_sentence(before.text) and not _is_lead_in(before.text)
    if line.indent >= wrap.indent + 2 and ends_sentence(before.text):
        return False
    if fill >= 1:
        return True
    if ends_sentence(before.text) and starts_sentence(line.text):
        # where gaps show the paragraphs, only a plainly short line ends one without a gap; a new page hides the gap
        return wrap.gaps_tell and not line.page and fill >= CLEARLY_SHORT
    if _is_lead_in(before.text) or len(group) == 1:
        return not starts_sentence(line.text) or fill >= CLEARLY_SHORT  # a heading, or a list's first line
    return True


def _is_lead_in(text: str) -> bool:
    """Whether ``text`` introduces a list."""
    return text.endswith(":")


def _divide_overlong(groups: list[list[Line]], log: RepairLog) -> list[list[Line]]:
    """``groups`` with those divided that are far longer than the rest.

    A paragraph whose last line happens to be full shows no end. Where no gap shows paragraphs and one is twice as
    long as is usual in this essay, it is divided where a line and a sentence end together, nearest to its middle.
    """
    lengths = [_words(group) for group in groups if len(group) > 2]
    if len(lengths) < _FEW_PARAGRAPHS:
        return groups
    usual = sorted(lengths)[len(lengths) // 2]
    divided: list[list[Line]] = []
    for group in groups:
        at = None
        if _words(group) > max(_LONG_PARAGRAPH_WORDS, _LONG_PARAGRAPH_TIMES * usual):
            at = _middle_end(group, usual / 2)
        if at is None:
            divided.append(group)
        else:
            divided += (group[:at], group[at:])
            log.add("long-paragraphs")
    return divided


def _middle_end(group: Sequence[Line], least: float) -> int | None:
    """The index before which ``group`` is best divided into parts of at least ``least`` words, if it can be."""
    total, so_far = _words(group), 0
    best: tuple[float, int] | None = None
    for index, (before, after) in enumerate(pairwise(group), start=1):
        so_far += len(before.text.split())
        if min(so_far, total - so_far) < least or after.page:
            continue
        if ends_sentence(before.text) and starts_sentence(after.text):
            best = min(best or (float("inf"), 0), (abs(total / 2 - so_far), index))
    return best[1] if best else None


def _words(group: Sequence[Line]) -> int:
    """The number of words in a group of lines."""
    return sum(len(line.text.split()) for line in group)
