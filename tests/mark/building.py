"""Strand marks, and readings with nothing in them but what doubt and withholding look at."""

from __future__ import annotations

from typing import Any

import msgspec

from essay_marker.records import Reading, Reason, Span, StrandMark, TaggedSentence
from essay_marker.rubric import load_rubric

RUBRIC = load_rubric("edexcel-9hi0-essay")
STRANDS = tuple(strand.id for strand in RUBRIC.strands)


def strands(*scores: float, reasons: tuple[Reason, ...] = ()) -> tuple[StrandMark, ...]:
    """The four strands with these scores; one score stands for all."""
    of = scores * len(STRANDS) if len(scores) == 1 else scores
    return tuple(
        StrandMark(
            id=name, label=name.capitalize(), level=min(5, int(score + 0.5)), score=score, how="", reasons=reasons
        )
        for name, score in zip(STRANDS, of, strict=True)
    )


def sentence(start: int, end: int, paragraph: int = 0, **fields: Any) -> TaggedSentence:
    """A sentence of ten words on terror that judges nothing."""
    values = {
        "start": start, "end": end, "paragraph": paragraph, "themes": ("terror",), "stance": "none", "role": "claim",
        "judgement": False, "quoted_share": 0.0, "words": 10, "own_words": 10, "is_title": False, "is_prose": True,
        "repeats": False, "own_success": 0.0, "own_limitation": 0.0,
    }  # fmt: skip
    return msgspec.convert(values | fields, TaggedSentence)


def reading(*paragraphs: str, **fields: Any) -> tuple[Reading, str]:
    """The reading of a text in which every paragraph is one sentence, and the text."""
    text = "\n\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    found = Reading(
        sentences=tuple(sentence(span.start, span.end, i) for i, span in enumerate(spans)),
        paragraphs=tuple(spans), quotations=(), citations=(), bibliography=None, historians=(),
        evaluated_with_ground=(), facts=(), cues=(), specifics=(), yardsticks=(), citation_style="none",
        citation_problems=(), words=900, quoted_words=0, english_share=1.0, topic_fit=1.0, models={}, decided_by={},
    )  # fmt: skip
    return msgspec.structs.replace(found, **fields), text


def good(**fields: Any) -> tuple[Reading, str]:
    """A reading that gives no cause for doubt, but for what ``fields`` change."""
    return reading(*["A paragraph of some length that goes on and on. " * 8] * 5, **fields)
