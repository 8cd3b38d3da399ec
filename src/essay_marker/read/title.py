"""The title or question at the head of an essay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from essay_marker.read.layout import Paragraph
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import ends_sentence, starts_lower

_TITLE_WORDS: Final = 30
_LABEL: Final = re.compile(
    r"(?:essay |exam )?(?:title|question|topic)(?: \d{1,2})?\s*[:–-]\s*(?=\S)|Q\d{0,2}[:.]\s*(?=\S)", re.I
)
_SECTION: Final = re.compile(
    r"(?:\d[.)]?\s*)?(?:introduction|intro|essay|plan|essay plan|summary|contents|abstract|draft)[:.]?", re.I
)
_COMMAND: Final = re.compile(
    r"(?:[‘'“\"].{10,200}[’'”\"]\.?\s+)?(?:assess|explain|discuss|evaluate|examine|analyse|analyze|compare|consider|account"
    r"|outline|justify|comment|how far do you agree)\b",
    re.IGNORECASE,
)


def has_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first of ``paragraphs`` is the title or the question rather than prose."""
    if len(paragraphs) < 2:
        return False
    first = paragraphs[0]
    if first.kind == "item" or len(first.text.split()) > _TITLE_WORDS or _SECTION.fullmatch(first.text):
        return False
    if first.kind == "heading" or first.text.rstrip("\"'’”)*").endswith("?"):
        return True
    if first.text.endswith((":", ",", ";")) or starts_lower(first.text):
        return False
    return not ends_sentence(first.text) or bool(_COMMAND.match(first.text))


def drop_label(paragraphs: Sequence[Paragraph], log: RepairLog) -> list[Paragraph]:
    """``paragraphs``, the first without a label such as "Question:"."""
    match = _LABEL.match(paragraphs[0].text) if paragraphs else None
    if not match:
        return list(paragraphs)
    log.add("labels")
    first = paragraphs[0]
    return [first._replace(content=first.content.slice(match.end(), len(first.content))), *paragraphs[1:]]
