"""What is learned from: each sentence of an exemplar with what the program sees in it and the label it was given."""

from __future__ import annotations

import hashlib
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from essay_marker.annotate import Annotator
from essay_marker.annotate.learned import sentence_texts
from essay_marker.annotate.signals import signals
from essay_marker.annotate.vectors import shared_vectors
from essay_marker.corpus import Exemplar, load_exemplar
from essay_marker.read import read_file
from essay_marker.rubric import load_rubric
from essay_marker.topic import load_topic
from essay_marker.train.examples import EssayExamples, examples_of, label, layers_of

from ..learning import unit


@pytest.fixture(scope="module")
def exemplar(exemplars: Path) -> Exemplar:
    return load_exemplar(exemplars / "e53.toml")


@pytest.fixture(scope="module")
def found(exemplar: Exemplar, by_patterns: Annotator) -> EssayExamples:
    doc = by_patterns.doc(read_file(exemplar.path))
    return examples_of(exemplar, doc, by_patterns.topic, load_rubric("edexcel-9hi0-essay"))


def test_every_sentence_has_a_row_of_everything(found: EssayExamples, by_patterns: Annotator) -> None:
    size = len(found.texts)
    assert size > 10
    assert [len(part) for part in (found.tags, found.signals, found.vectors, found.units, found.paragraphs)] == (
        [size] * 5
    )
    assert (found.signals == signals(found.tags, by_patterns.topic)).all()
    assert (found.vectors == shared_vectors().encode(found.texts)).all()
    assert all(text == " ".join(text.split()) for text in found.texts)


def test_sentences_get_the_unit_that_stands_in_them(found: EssayExamples, exemplar: Exemplar) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert {u.id for u in found.units if u} == {u.id for u in exemplar.units}  # here each unit is a sentence
    for text, given in zip(found.texts, found.units, strict=True):
        assert given is not None
        # slips of typing are put right in what is encoded, and only there
        assert SequenceMatcher(None, letters(text), letters(given.text)).ratio() > 0.97


def test_the_essay_is_known_by_its_id_voice_and_bytes(found: EssayExamples, exemplar: Exemplar) -> None:
    assert (found.id, found.voice) == ("e53", exemplar.header.voice)
    assert found.sha256 == hashlib.sha256(exemplar.path.read_bytes()).hexdigest()


def test_marks_of_strands_become_places_on_the_scale_of_levels(found: EssayExamples, exemplar: Exemplar) -> None:
    assert set(found.levels) == set(exemplar.header.strands)
    for strand, given in exemplar.header.strands.items():
        assert abs(found.levels[strand] - given.level) <= 0.5


def test_a_sentence_without_a_unit_has_no_label(by_patterns: Annotator, exemplar: Exemplar) -> None:
    first, *others = exemplar.units
    bare = Exemplar(header=exemplar.header, path=exemplar.path, units=tuple(others))
    doc = by_patterns.doc(read_file(exemplar.path))
    units = examples_of(bare, doc, by_patterns.topic, load_rubric("edexcel-9hi0-essay")).units
    assert units.count(None) == 1
    assert first not in units
    assert label(None, "role") is None


def test_the_layers_that_are_learned_are_the_core_themes_and_three_more() -> None:
    topic = load_topic("khrushchev-destalinisation")
    layers = layers_of(topic)
    themes = [name for name in layers if name.startswith("theme_")]
    assert themes == [f"theme_{theme.id}" for theme in topic.core_themes]
    assert [name for name in layers if name not in themes] == ["judgement", "stance", "role"]
    assert all(layers[name] == ("no", "yes") for name in (*themes, "judgement"))


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("theme_terror", "yes"),
        ("theme_thaw", "no"),
        ("theme_economy", None),  # either would be right
        ("theme_foreign_policy", "yes"),  # named as a theme after all
        ("judgement", "yes"),
        ("stance", "mixed"),
        ("role", "analysis"),
    ],
)
def test_labels(layer: str, expected: str | None) -> None:
    given = unit(
        themes=("terror", "foreign_policy"),
        optional_themes=("economy", "foreign_policy"),
        judgement=True,
        stance="mixed",
        role="analysis",
    )
    assert label(given, layer) == expected


def test_vectors_see_the_words_without_references(by_patterns: Annotator, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Terror ended in 1953 (Orr, 2003: 12).  The  fear was gone (Lisle, 1997, p. 4).\n", "utf-8")
    texts = sentence_texts(by_patterns.doc(read_file(file)))
    assert texts == ["Terror ended in 1953 .", "The fear was gone ."]
