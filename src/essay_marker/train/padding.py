"""Copies of an exemplar that are no better than it: with a clause that says nothing on every sentence, or run together.

What gives a sentence its level learns from them at the exemplar's own level (training on transformed examples, Simard
and others 1998), so that it does not take more terms or longer sentences for better work.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from essay_marker.data import Record
from essay_marker.topic import Topic

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_END = re.compile(r"[.!?](?=[\"'”’)\]]*\s*\Z)")


class Padding(Record, frozen=True, kw_only=True):
    """What copies are made with.

    ``clauses`` are hung on sentences; ``{a}`` and ``{b}`` in one are terms of the topic. ``joints`` take the place of
    the full stop between two sentences. Sentences of fewer than ``shortest`` words stay as they are.
    """

    clauses: tuple[str, ...]
    joints: tuple[str, ...]
    shortest: int


def copies(doc: Doc, topic: Topic, padding: Padding, seed: str) -> tuple[str, str]:
    """The text of ``doc`` with a clause on every sentence, and with every second one joined to the next.

    What is drawn depends on ``seed`` alone.
    """
    draw = random.Random(seed)
    terms = [term for theme in topic.themes for term in theme.strong_terms]
    sentences = [sent for sent in doc.sents if len(sent.text.split()) >= padding.shortest]

    def clause() -> str:
        first, second = draw.sample(terms, 2)
        return draw.choice(padding.clauses).format(a=first, b=second)

    hung = [(sent, f", {clause()}.") for sent in sentences]
    joined = [(sent, draw.choice(padding.joints)) for sent in sentences[::2]]
    return _with_ends(doc, hung), _with_ends(doc, joined)


def _with_ends(doc: Doc, ends: Sequence[tuple[Span, str]]) -> str:
    """The text with something else in the place of the full stop of some sentences, given in their order."""
    text, at, parts = doc.text, 0, []
    for sent, end in ends:
        stop = _END.search(text, sent.start_char, sent.end_char)
        if stop is not None:
            parts += [text[at : stop.start()], end]
            at = stop.end()
    return "".join((*parts, text[at:]))
