"""Parsed sentences written by hand, so that a test needs no language model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_VOCAB: Vocab = spacy.blank("en").vocab


def parsed(table: str) -> Span:
    """The sentence that a table gives: ``word lemma relation head [part of speech]``, tokens parted by ``|``.

    ``head`` is the number of the token that governs it, counted from 0.
    """
    rows = [token.split() for token in table.split(" | ")]
    doc = Doc(
        _VOCAB,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        pos=[row[4] if len(row) > 4 else "X" for row in rows],
    )
    return doc[:]


def tagged(words: str) -> Doc:
    """A sentence with parts of speech alone: ``word/POS``; a word without is of no matter."""
    rows = [word.rpartition("/") if "/" in word else (word, "", "X") for word in words.split()]
    return Doc(_VOCAB, words=[row[0] for row in rows], pos=[row[2] for row in rows])
