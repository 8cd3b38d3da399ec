"""Training on exemplars of the corpus: beside scikit-learn, to the byte, into a file, and back."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import joblib
import msgspec
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer

from essay_marker import train as training
from essay_marker.annotate import Annotator
from essay_marker.annotate.learned import (
    LearnedTags,
    Matrix,
    TaggerModel,
    decision_values,
    load_model_file,
    neighbourhood,
    probabilities,
)
from essay_marker.annotate.vectors import model_path, shared_vectors
from essay_marker.corpus import load_exemplar
from essay_marker.errors import DataError
from essay_marker.read import read_file
from essay_marker.rubric import load_rubric
from essay_marker.topic import load_topic
from essay_marker.train.examples import EssayExamples, examples_of, layers_of
from essay_marker.train.fitting import Calibration, columns_of, deal, labels_of, weights_of
from essay_marker.train.settings import Settings, load_settings

from ..learning import settings

#: Short, of three voices, and with every label in them.
ESSAYS = ("e27", "e34", "e46", "e51", "e53", "e61")
TOPIC = load_topic("khrushchev-destalinisation")
RUBRIC = load_rubric("edexcel-9hi0-essay")
LAYERS = layers_of(TOPIC)


@pytest.fixture(scope="module")
def examples(by_patterns: Annotator, exemplars: Path) -> list[EssayExamples]:
    loaded = [load_exemplar(exemplars / f"{name}.toml") for name in ESSAYS]
    return [examples_of(e, by_patterns.doc(read_file(e.path)), TOPIC, RUBRIC) for e in loaded]


# --- beside scikit-learn --------------------------------------------------------------------------------------------


def theirs(columns: Matrix, weights: Matrix, layer: str, labels: Any, chosen: Settings) -> Pipeline:
    """scikit-learn's own pipeline for a layer."""
    rows = labels >= 0
    assert set(labels[rows]) == set(range(len(LAYERS[layer]))), f"choose other ESSAYS: {layer} lacks a label"
    regression = LogisticRegression(C=chosen.strength_of(layer), max_iter=chosen.iterations, tol=chosen.tolerance)
    return make_pipeline(FunctionTransformer(partial(np.multiply, weights)), regression).fit(
        columns[rows], labels[rows]
    )


def sure(of: Pipeline, columns: Matrix) -> Matrix:
    """scikit-learn's own probabilities, of yes alone where there are two labels."""
    found: Matrix = of.predict_proba(columns)
    return found[:, 1:] if found.shape[1] == 2 else found


def test_a_model_from_its_file_says_what_scikit_learn_says(examples: list[EssayExamples], tmp_path: Path) -> None:
    """Both passes of every layer, written, read and applied with numpy, against pipelines built here by hand."""
    chosen = settings()
    uncalibrated = dict.fromkeys(LAYERS, Calibration(1.0, 0.0, 0.5))
    trained = training.Trained(training.fit_model(examples, TOPIC, chosen, "hash", uncalibrated), None, None)
    (path,) = training.write(trained, TOPIC, tmp_path)
    ours = load_model_file(path, TOPIC, shared_vectors().card.sha256)
    assert ours == trained.model

    columns, weights = columns_of(examples), weights_of(examples, chosen)
    labels = {layer: labels_of(examples, layer, names) for layer, names in LAYERS.items()}
    number = np.concatenate([np.full(len(e.tags), i) for i, e in enumerate(examples)])
    first = {layer: theirs(columns, weights, layer, labels[layer], chosen) for layer in LAYERS}
    for layer, of in first.items():
        said = probabilities(decision_values(ours.layers[layer].first, columns))
        np.testing.assert_allclose(said, sure(of, columns), rtol=0, atol=1e-6)

    def first_pass(of: dict[str, Pipeline], rows: Any) -> Matrix:
        return np.hstack([sure(of[layer], columns[rows]) for layer in sorted(of)])

    honest = np.zeros((len(columns), sum(1 if len(names) == 2 else len(names) for names in LAYERS.values())))
    for fold in deal([e.id for e in examples], chosen.inner_folds, chosen.seed + 1):
        here = np.isin(number, fold)
        part = {layer: theirs(columns[~here], weights, layer, labels[layer][~here], chosen) for layer in LAYERS}
        honest[here] = first_pass(part, here)

    def beside(rows_of: Matrix) -> Matrix:
        return np.vstack(
            [neighbourhood(rows_of[number == i], e.paragraphs, chosen.around) for i, e in enumerate(examples)]
        )

    more = np.concatenate([weights, np.ones(beside(honest).shape[1])])
    seen = np.hstack([columns, beside(honest)])
    second = {layer: theirs(seen, more, layer, labels[layer], chosen) for layer in LAYERS}
    used = np.hstack([columns, beside(first_pass(first, slice(None)))])
    tags = LearnedTags(ours, TOPIC)
    for i, essay in enumerate(examples):
        said_by_layer = tags.probabilities(columns_of([essay]), essay.paragraphs)
        for layer, of in second.items():
            np.testing.assert_allclose(said_by_layer[layer], sure(of, used[number == i]), rtol=0, atol=1e-6)


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fitted(examples: list[EssayExamples]) -> TaggerModel:
    with joblib.parallel_config(backend="sequential"):
        return training.fit_model(examples, TOPIC, quick(), "hash")


def quick() -> Settings:
    """Few parts, as exact as the program's own."""
    return settings(folds=2, tolerance=load_settings().tolerance)


def test_training_again_in_several_processes_gives_the_same_bytes(
    examples: list[EssayExamples], fitted: TaggerModel
) -> None:
    again = training.fit_model(examples, TOPIC, quick(), "hash")
    text = training.model_text(fitted)
    assert training.model_text(again) == text
    assert text.endswith("\n")
    assert text.count("\n") == 1


def test_a_model_says_what_it_was_made_from(examples: list[EssayExamples], fitted: TaggerModel) -> None:
    assert fitted.trained_on == {e.id: e.sha256 for e in examples}
    assert (fitted.topic, fitted.labels_sha256, fitted.around) == (TOPIC.id, "hash", quick().around)
    assert set(fitted.layers) == set(LAYERS)
    assert set(fitted.levels) == set(examples[0].levels)
    assert set(fitted.libraries) == {"python", "numpy", "scipy", "scikit-learn", "spacy", "onnxruntime"}


def test_other_labels_give_another_model(examples: list[EssayExamples], fitted: TaggerModel) -> None:
    *others, last = examples
    turned = tuple(u and msgspec.structs.replace(u, role="context") for u in last.units)
    changed = training.fit_model([*others, last._replace(units=turned)], TOPIC, quick(), "hash", calibrated(fitted))
    assert changed.layers["role"] != fitted.layers["role"]
    assert changed.layers["theme_terror"].first == fitted.layers["theme_terror"].first
    assert changed.sha256 != fitted.sha256


def calibrated(of: TaggerModel) -> dict[str, Calibration]:
    return {name: Calibration(layer.slope, layer.shift, layer.threshold) for name, layer in of.layers.items()}


def test_a_model_knows_the_essays_it_was_fitted_on_better_than_chance(
    examples: list[EssayExamples], fitted: TaggerModel
) -> None:
    tags = LearnedTags(fitted, TOPIC)
    given = [tag for e in examples for tag in tags.decide(e.tags, e.vectors)]
    units = [u for e in examples for u in e.units]
    pairs = [(tag, u) for tag, u in zip(given, units, strict=True) if u]
    assert np.mean([tag.role == u.role for tag, u in pairs]) > 0.7
    assert np.mean([("terror" in tag.themes) == ("terror" in u.themes) for tag, u in pairs]) > 0.7
    assert all(tag.sure and tag.levels and 0.0 < tag.levels["analysis"] < 6.0 for tag, _ in pairs)


# --- from a folder --------------------------------------------------------------------------------------------------


def test_too_few_labelled_exemplars_are_said_before_anything_is_loaded(
    exemplars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in exemplars.parent.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    (tmp_path / "exemplars").mkdir()
    for name in ("e34", "e51", "e53", "e61"):
        for path in exemplars.glob(f"{name}.*"):
            shutil.copy(path, tmp_path / "exemplars")
    (tmp_path / "exemplars" / "e61.labels.jsonl").unlink()
    monkeypatch.setattr(training, "Annotator", None)
    with pytest.raises(DataError) as error:
        training.train(load_topic(tmp_path), RUBRIC)
    for words in (str(tmp_path), "3 exemplars have labels", "needs 4 at the least"):
        assert words in str(error.value)
    assert not model_path(TOPIC.id, tmp_path).exists()
