"""The model that ships is the one that the corpus, the patterns and the settings of today give.

Where one of these fails, run ``essay-marker train``: labels, texts, features or settings have changed since.
"""

from __future__ import annotations

import hashlib

import pytest

from essay_marker.annotate.learned import TaggerModel, load_model_file
from essay_marker.annotate.signals import signal_names
from essay_marker.annotate.vectors import load_card, model_path
from essay_marker.corpus import Exemplar, labels_path, load_exemplars, themes_path
from essay_marker.data import sha256_of
from essay_marker.heldout import load_heldout
from essay_marker.rubric import load_rubric
from essay_marker.topic import load_topic
from essay_marker.train.examples import layers_of
from essay_marker.train.settings import load_settings

TOPIC = load_topic("khrushchev-destalinisation")


@pytest.fixture(scope="module")
def model() -> TaggerModel:
    return load_model_file(model_path(TOPIC.id), TOPIC, load_card().sha256)


@pytest.fixture(scope="module")
def labelled() -> list[Exemplar]:
    found = [exemplar for exemplar in load_exemplars(TOPIC.folder) if exemplar.units]
    assert len(found) >= 40
    return found


def test_it_was_trained_on_the_labels_of_today(model: TaggerModel, labelled: list[Exemplar]) -> None:
    files = [place for e in labelled for place in (labels_path(e.path), themes_path(e.path)) if place.is_file()]
    assert model.labels_sha256 == sha256_of(files, TOPIC.folder)


def test_it_was_trained_on_the_essays_of_today_and_on_no_other(model: TaggerModel, labelled: list[Exemplar]) -> None:
    assert model.trained_on == {e.id: hashlib.sha256(e.path.read_bytes()).hexdigest() for e in labelled}


def test_it_looks_at_what_the_program_sees_today(model: TaggerModel) -> None:
    settings = load_settings()
    assert model.signals == signal_names(TOPIC)
    assert model.around == settings.around
    assert {name: layer.labels for name, layer in model.layers.items()} == layers_of(TOPIC)
    first = len(model.signals) + load_card().dimensions
    probabilities = sum(1 if layer.is_yes_or_no else len(layer.labels) for layer in model.layers.values())
    second = first + 2 * probabilities + len(settings.around) * (probabilities + 1)
    for layer in model.layers.values():
        rows = 1 if layer.is_yes_or_no else len(layer.labels)
        assert [len(row) for row in layer.first.coefficients] == [first] * rows
        assert [len(row) for row in layer.second.coefficients] == [second] * rows


def test_it_gives_a_level_on_every_strand_of_the_mark_scheme(model: TaggerModel) -> None:
    assert set(model.levels) == {strand.id for strand in load_rubric("edexcel-9hi0-essay").strands}


def test_its_probabilities_are_about_as_sure_as_they_should_be(model: TaggerModel) -> None:
    settings = load_settings()
    for name, layer in model.layers.items():
        assert 0.5 < layer.slope < 2.0, name
        if layer.is_yes_or_no:
            assert layer.threshold == (settings.threshold_of(name) or pytest.approx(0.45, abs=0.25)), name


def test_its_card_is_of_the_same_training(model: TaggerModel, labelled: list[Exemplar]) -> None:
    card = model_path(TOPIC.id).with_name("card.md").read_text("utf-8")
    for words in (model.labels_sha256, f"of {len(labelled)} exemplars", *model.libraries.values()):
        assert words in card, words


def test_the_values_that_thresholds_are_fitted_on_are_of_the_same_model(
    model: TaggerModel, labelled: list[Exemplar]
) -> None:
    values = load_heldout(TOPIC.id)
    assert values is not None
    assert (values.model, values.topic) == (model.sha256, TOPIC.id)
    assert set(values.essays) == {e.id for e in labelled}
