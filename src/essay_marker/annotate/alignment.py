"""Tokens that end where a quotation mark or a citation does, and span groups that outlive retokenising."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from spacy.tokens import Doc, Span


def split_at(doc: Doc, offsets: Iterable[int]) -> None:
    """Split tokens so that each character offset is the edge of one (``.[1`` becomes ``.`` and ``[1``)."""
    cuts: dict[int, list[int]] = {}
    for offset in sorted(set(offsets)):
        around = doc.char_span(offset, offset + 1, alignment_mode="expand")
        if around is not None and around.start_char < offset:
            token = around[0]
            if offset < token.idx + len(token.text):  # not in the white space behind it
                cuts.setdefault(token.i, []).append(offset - token.idx)
    if not cuts:
        return
    with keeping_spans(doc), doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            pieces = [token.text[a:b] for a, b in pairwise([0, *places, len(token.text)])]
            retokenizer.split(token, pieces, heads=[(token, n) for n in range(len(pieces))])


@contextmanager
def keeping_spans(doc: Doc) -> Iterator[None]:
    """Put the span groups back by their characters: spaCy leaves them at token numbers that no longer hold."""
    saved = {key: [(s.start_char, s.end_char, s.label_) for s in group] for key, group in doc.spans.items()}
    yield
    for key, places in saved.items():
        doc.spans[key] = [span_at(doc, start, end, label) for start, end, label in places]


def span_at(doc: Doc, start: int, end: int, label: str = "") -> Span:
    """The tokens that the characters touch, so that a span is never lost."""
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    if span is None:  # only where the characters lie outside the Doc
        raise ValueError(f"characters {start} to {end} lie outside the document")
    return span
