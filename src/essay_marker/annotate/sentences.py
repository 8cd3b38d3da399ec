"""Sentence boundaries: the parser's, held to what a paragraph, a quotation and a citation allow.

A paragraph always starts a sentence. A citation, a closing mark, or a word in lower case after an abbreviation or an
ellipsis never does. What the parser still breaks in the wrong place (a stretch without a verb after a semicolon, say)
stays: a rule for each such case would only fit the text it was seen in.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from essay_marker.annotate import layers  # noqa: F401  (registers the extension attributes)

_CLOSING = re.compile(r"^[)\]}”’\"'‟.,;:!?…»]+$")
_TERMINAL = re.compile(r"[.!?…:]$|^[”’\"'‟)\]]+$")
_ABBREVIATION = re.compile(
    r"^(?:p|pp|c|ca|cf|v|vs|ed|eds|vol|no|ch|e\.g|i\.e|etc|al|Dr|Mr|Mrs|Prof|St|Gen|[A-Z])\.$|^[A-Z]\.(?:[A-Z]\.?)+$"
)


#: A word with a capital, or a figure, that is longer is not cut short by the full stop behind it.
_LONGEST_ABBREVIATION = 3

_STARTS, _STARTS_NOT = 1, -1  # as spaCy writes them; 0 leaves it to the parser


@Language.component("essay_marker/sentences", assigns=["token.is_sent_start"])
def mark_boundaries(doc: Doc) -> Doc:
    """Preset where sentences must and must not start; the parser decides the rest."""
    starts = {p.start for p in doc._.essay.paragraphs} if doc._.essay is not None else set()
    citations = {span.start for span in doc.spans.get("citations", ())}
    decided = doc.to_array(["SENT_START"]).astype(np.int64)  # citations have decided some
    for token in doc:
        if token.i == 0 or token.idx in starts:
            decided[token.i] = _STARTS
        elif token.i in citations or not _may_start(doc, token, citations):
            decided[token.i] = _STARTS_NOT
        elif _must_start(doc, token):
            decided[token.i] = _STARTS
    # all at once: set one by one, each looks through the whole document for what a parser has said
    column: Any = decided.reshape(-1, 1).astype(np.uint64)
    return doc.from_array(["SENT_START"], column)


def _before(doc: Doc, index: int) -> Token | None:
    """The nearest token before ``index`` that is not white space."""
    while index > 0:
        index -= 1
        if not doc[index].is_space:
            return doc[index]
    return None


def _may_start(doc: Doc, token: Token, citations: set[int]) -> bool:
    """Whether a sentence may start at ``token``: not at closing marks, nor in lower case unless after a full stop."""
    if token.is_space or (_CLOSING.match(token.text) and token.text not in {'"', "'", "‟"}):
        return False
    previous = _before(doc, token.i)
    if previous is None:
        return True
    if not _TERMINAL.search(previous.text):
        # only a sentence mark, or one with quotation marks or a citation behind it, ends a sentence
        return previous.i in citations and token.text[:1].isupper()
    if _ABBREVIATION.match(previous.text):
        return False
    return not token.text[:1].islower() or _after_full_stop(doc, token)


def _must_start(doc: Doc, token: Token) -> bool:
    """Whether a sentence surely starts at ``token``: a capital (or an opening mark) after a full stop."""
    previous = _before(doc, token.i)
    if previous is None or previous.text not in {".", "!", "?"}:
        return False
    return (token.text[:1].isupper() and not token.is_punct) or _after_full_stop(doc, token)


def _after_full_stop(doc: Doc, token: Token) -> bool:
    """Whether a word in lower case stands after the full stop of a sentence, where the writer forgot the capital."""
    if token.i < 2 or not token.is_alpha or doc[token.i - 1].text != "." or not doc[token.i - 1].whitespace_:
        return False
    word = doc[token.i - 2]  # a reference is one token, with blanks in it
    ends = word.is_lower or len(word) > _LONGEST_ABBREVIATION or " " in word.text
    return ends and len(word) > 1 and not _ABBREVIATION.match(f"{word.text}.")
