"""The text with what is not the writer's own blanked out, offsets kept."""

from __future__ import annotations

from spacy.tokens import Doc


def blanked(doc: Doc, *groups: str) -> str:
    """The text of ``doc`` with every span of the named groups replaced by as many spaces."""
    characters = list(doc.text)
    for group in groups:
        for span in doc.spans.get(group, ()):
            characters[span.start_char : span.end_char] = " " * (span.end_char - span.start_char)
    return "".join(characters)


def unattributed(doc: Doc, text: str) -> str:
    """``text``, which is that of ``doc``, without the authorities: "Orr", and all of "as Orr argues"."""
    characters = list(text)
    for mention in doc.spans.get("mentions", ()):
        first, last = mention.start, mention.end - 1
        if first and doc[first - 1].lower_ == "as":
            first -= 1
            if mention.end < len(doc) and doc[mention.end].pos_ == "VERB":
                last += 1
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        characters[start:end] = " " * (end - start)
    return "".join(characters)
