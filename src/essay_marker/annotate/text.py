"""The text with what is not the writer's own blanked out, offsets kept."""

from __future__ import annotations

from spacy.tokens import Doc, Span

_TEXT = "essay_marker.text"


def text_of(doc: Doc) -> str:
    """``doc.text``, which spaCy puts together anew at every use; here once for a document."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    text: str = doc.user_data[_TEXT]
    return text


def blanked(doc: Doc, *groups: str) -> str:
    """The text of ``doc`` with every span of the named groups replaced by as many spaces."""
    characters = list(text_of(doc))
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


def is_prose(sent: Span) -> bool:
    """Whether the stretch is a sentence: it has a finite verb, and that has a subject or is the root."""
    finite = [t for t in sent if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
    subject = any(t.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for t in sent)
    return bool(finite) and (subject or any(sent.root in {t, t.head} for t in finite))
