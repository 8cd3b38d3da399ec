"""What the components assign, in one place: names of span groups and extension attributes on ``Doc`` and ``Span``.

Every component is a ``Language.factory`` under ``essay_marker/`` and declares which of these it assigns. A `Doc` covers
``essay.text`` from the start to the end of the body (title and body come first there), so character offsets in the
`Doc` are offsets into ``essay.text``; notes and bibliography lie behind its end.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span

#: Extension attributes of `Doc` and `Span` with their defaults.
DOC_EXTENSIONS: dict[str, Any] = {
    "essay": None,  # records.Essay
    "citations": (),  # tuple[records.Citation, ...]: every citation of the body, also several of one bracket
    "bibliography": None,  # records.Bibliography | None
    "note_citations": (),  # tuple[records.Citation, ...]: citations inside the notes
    "historians": (),  # tuple[records.Historian, ...]
    "evaluated_with_ground": (),  # tuple[records.Span, ...]: mentions whose evaluation is followed by a reason
    "facts": (),  # tuple[records.FactCheck, ...]
    "slips": {},  # dict[str, str]: words with a slip of typing, in small letters, and what was meant
    "vectors": None,  # Future[numpy array]: a row for each sentence, still being made
    "decided_by": None,  # dict[str, DecidedBy]: what decided each layer of tags, where it was not the patterns
}
SPAN_EXTENSIONS: dict[str, Any] = {
    "quotation": None,  # records.Quotation, on spans of doc.spans["quotations"]
    "citation": None,  # records.Citation, on spans of doc.spans["citations"]: the first of its bracket
    "mention": None,  # records.Mention, on spans of doc.spans["mentions"]
    "tags": None,  # tagging.SentenceTags, on sentences
}


def register() -> None:
    """Register the extension attributes once; registering again is harmless."""
    for name, default in DOC_EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, default in SPAN_EXTENSIONS.items():
        if not Span.has_extension(name):
            Span.set_extension(name, default=default)


register()
