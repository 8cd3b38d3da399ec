"""Copies that are no better than the text they are made of."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from essay_marker.topic import load_topic
from essay_marker.train.padding import Padding, copies

TOPIC = load_topic("khrushchev-destalinisation")
PADDING = Padding(clauses=("as {a} had shown {b}",), joints=(";",), shortest=4)
TEXT = "The pears were ripe by noon. Nobody picked them that year! So what. Rain fell on the long wall (it did)."


@pytest.fixture(scope="module")
def doc() -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp(TEXT)


def test_a_clause_hangs_on_every_sentence_that_is_one(doc: Doc) -> None:
    padded, _ = copies(doc, TOPIC, PADDING, "1")
    assert padded.count(" had shown ") == 3
    assert " So what. " in padded
    assert padded.endswith(".")


def test_the_terms_of_a_clause_are_the_topics(doc: Doc) -> None:
    terms = {term for theme in TOPIC.themes for term in theme.strong_terms}
    padded, _ = copies(doc, TOPIC, PADDING, "1")
    named = padded.partition("by noon, as ")[2].partition(" had shown ")[0]
    assert named in terms


def test_every_second_sentence_runs_on(doc: Doc) -> None:
    _, joined = copies(doc, TOPIC, PADDING, "1")
    assert joined == TEXT.replace("noon.", "noon;").replace("did).", "did);")


def test_the_same_seed_draws_the_same(doc: Doc) -> None:
    assert copies(doc, TOPIC, PADDING, "1") == copies(doc, TOPIC, PADDING, "1") != copies(doc, TOPIC, PADDING, "2")
