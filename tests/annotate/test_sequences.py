"""How likely the order of words is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from essay_marker.annotate.sequences import Sequences, counted, sequences
from essay_marker.read import read_bytes

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from essay_marker.annotate import Annotator

TEXT = (
    "The harbour was rebuilt after the storm, and most of the families who had left came back within a year. "
    "They found that the market had moved to the upper town. Nobody had asked them whether they wanted this, but "
    "few of them complained, because the new houses were dry and the rents were low."
)


@pytest.fixture(scope="module")
def doc_of(by_patterns: Annotator) -> Callable[[str], Doc]:
    def doc(text: str) -> Doc:
        return by_patterns.doc(read_bytes(text.encode(), "x.txt"))

    return doc


def likelihood(doc: Doc) -> float:
    return sequences().likelihood(doc.sents)


def test_prose_on_anything_is_likelier_than_its_words_in_any_order(doc_of: Callable[[str], Doc]) -> None:
    words = TEXT.replace(".", "").replace(",", "").split()
    random.Random(1).shuffle(words)
    prose, salad = likelihood(doc_of(TEXT)), likelihood(doc_of(f"{' '.join(words)}."))
    assert prose > 0.3 > 0 > salad


def test_counts_of_a_text_make_it_likely(doc_of: Callable[[str], Doc]) -> None:
    doc = doc_of(TEXT)
    own = Sequences(counted([doc] * 4, common=8, kept=2))
    assert own.likelihood(doc.sents) > sequences().likelihood(doc.sents)


def test_of_nothing_nothing_is_said() -> None:
    assert sequences().likelihood([]) == 0.0


def test_what_is_rare_is_not_kept(doc_of: Callable[[str], Doc]) -> None:
    model = counted([doc_of(TEXT)], common=2, kept=2)
    assert "the" in model.words
    assert min(model.twos.values()) >= 2
    assert "harbour" not in model.words
