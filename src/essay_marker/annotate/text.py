"""The text with whole layers blanked out, offsets kept."""

from __future__ import annotations

from spacy.tokens import Doc


def blanked(doc: Doc, *groups: str) -> str:
    """The text of ``doc`` with every span of the named groups replaced by as many spaces."""
    characters = list(doc.text)
    for group in groups:
        for span in doc.spans.get(group, ()):
            characters[span.start_char : span.end_char] = " " * (span.end_char - span.start_char)
    return "".join(characters)
