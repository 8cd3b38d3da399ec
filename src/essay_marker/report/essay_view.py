"""The essay as the HTML report shows it: blocks of segments, cut wherever anything begins or ends.

Sentences, mentions of historians and comments overlap freely, and HTML elements cannot. So the text becomes a flat
list of segments, none of which is partly inside anything; joined together they are the essay's text again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from essay_marker.records import USES, Mention, ReportedSentence, Result, Role, Span, Stance, Use
from essay_marker.report.comments import Comment
from essay_marker.report.quotes import tidy, title_span

BlockKind = Literal["title", "paragraph", "note", "bibliography", "other"]


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text that lies wholly inside or outside everything.

    ``opens_sentence`` and ``opens_use`` are true on the first segment of a sentence or mention, where its label is
    shown. ``comments`` are the numbers of the comments about these words, ``markers`` those whose words end here.
    """

    text: str
    anchor: int | None
    themes: tuple[str, ...]
    stance: Stance
    role: Role | None
    judgement: bool
    opens_sentence: bool
    use: Use | None
    opens_use: bool
    comments: tuple[int, ...]
    markers: tuple[int, ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph, note or list of works. ``number`` counts body paragraphs, ``mark`` is a note's sign."""

    kind: BlockKind
    number: int | None
    mark: str | None
    segments: tuple[Segment, ...]
    comments: tuple[Comment, ...]


class _Cut(Span, frozen=True, kw_only=True):
    kind: BlockKind
    mark: str | None = None


def blocks(result: Result, comments: Sequence[Comment]) -> tuple[Block, ...]:
    """The whole text in order; a comment belongs to the block in which its words end."""
    text = result.essay.text
    anchors = _anchors(result)
    sentences = sorted(result.essay.sentences)
    mentions = [mention for historian in result.historians for mention in historian.mentions]
    spans: list[Span] = [*sentences, *mentions, *comments]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)} | anchors)
    shown: list[Block] = []
    paragraphs = 0
    for cut in _cuts(result):
        paragraphs += cut.kind == "paragraph"
        inner = edges[bisect_right(edges, cut.start) : bisect_left(edges, cut.end)]
        pieces = [Span(start=start, end=end) for start, end in pairwise([cut.start, *inner, cut.end])]
        near = [comment for comment in comments if comment.start < cut.end and cut.start < comment.end]
        segments = tuple(
            _segment(text, piece, anchors, sentences, mentions, near) for piece in pieces if piece.start < piece.end
        )
        shown.append(
            Block(
                kind=cut.kind,
                number=paragraphs if cut.kind == "paragraph" else None,
                mark=cut.mark,
                segments=segments,
                comments=tuple(comment for comment in near if comment.end <= cut.end),
            )
        )
    return tuple(shown)


def _segment(
    text: str,
    piece: Span,
    anchors: set[int],
    sentences: Sequence[ReportedSentence],
    mentions: Iterable[Mention],
    comments: Iterable[Comment],
) -> Segment:
    sentence = _sentence_at(sentences, piece)
    mention = max(
        (mention for mention in mentions if piece.within(mention)),
        key=lambda mention: (USES.index(mention.use), -mention.start),
        default=None,
    )
    covering = [comment for comment in comments if piece.within(comment)]
    return Segment(
        text=text[piece.start : piece.end],
        anchor=piece.start if piece.start in anchors else None,
        themes=sentence.themes if sentence else (),
        stance=sentence.stance if sentence else "none",
        role=sentence.role if sentence else None,
        judgement=sentence is not None and sentence.judgement,
        opens_sentence=sentence is not None and sentence.start == piece.start,
        use=mention.use if mention else None,
        opens_use=mention is not None and mention.start == piece.start,
        comments=tuple(comment.number for comment in covering),
        markers=tuple(comment.number for comment in covering if comment.end == piece.end),
    )


def _sentence_at(sentences: Sequence[ReportedSentence], piece: Span) -> ReportedSentence | None:
    index = bisect_right(sentences, piece.start, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 and piece.within(sentences[index]) else None


def _anchors(result: Result) -> set[int]:
    """The places that quotations in the report link to."""
    return {found.start for span in _quoted(result) if (found := tidy(result.essay.text, span))}


def _quoted(result: Result) -> Iterator[Span]:
    for target in result.targets:
        yield from target.spans
    for strand in result.marks.strands:
        for reason in strand.reasons:
            yield from reason.spans
    for theme in result.themes:
        yield from theme.evidence
    for historian in result.historians:
        yield from historian.mentions
    balance = result.balance
    if balance.verdict is not None:
        yield balance.verdict
    yield from balance.counter_arguments
    for criterion in balance.criteria:
        yield from criterion.used
        if criterion.stated is not None:
            yield criterion.stated
    yield from result.facts
    yield from result.citations.problems


def _cuts(result: Result) -> Iterator[_Cut]:
    """The known parts of the text in order, with whatever lies between them, so that no word is lost.

    Text between two parts joins its neighbour where it stands on the same line (the number before a note); otherwise
    it is shown as it is.
    """
    text = result.essay.text
    cursor = 0
    for part in sorted(_parts(result)):
        start, end = max(part.start, cursor), min(part.end, len(text))
        if start >= end:
            continue
        line = max(text.rfind("\n", cursor, start) + 1, cursor)
        yield from _between(text, cursor, line)
        line_end = text.find("\n", end)
        rest = text[end : line_end if line_end >= 0 else len(text)]
        # The rest of the line is this part's own unless another part begins there.
        if rest.strip() and not any(end <= other.start < end + len(rest) for other in _parts(result)):
            end += len(rest)
        mark = part.mark if not text[line:start].strip() else None
        yield _Cut(start=line, end=end, kind=part.kind, mark=mark)
        cursor = end
    yield from _between(text, cursor, len(text))


def _between(text: str, start: int, end: int) -> Iterator[_Cut]:
    for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text[start:end]):
        yield _Cut(start=start + found.start(), end=start + found.end(), kind="other")


def _parts(result: Result) -> list[_Cut]:
    essay = result.essay
    title = title_span(essay)
    parts = [
        _Cut(start=paragraph.start, end=paragraph.end, kind="title" if paragraph == title else "paragraph")
        for paragraph in essay.paragraphs
    ]
    parts += [_Cut(start=note.start, end=note.end, kind="note", mark=note.mark) for note in essay.notes]
    if essay.bibliography is not None:
        parts.append(_Cut(start=essay.bibliography.start, end=essay.bibliography.end, kind="bibliography"))
    return parts
