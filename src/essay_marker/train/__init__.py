"""Fitting a topic's taggers on its labelled exemplars. What is learned is written as coefficients, never as a pickle.

This is the home of scikit-learn, beside `essay_marker.agreement`; nothing that marks an essay imports it.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from essay_marker.annotate import Annotator
from essay_marker.annotate.learned import FORMAT, Layer, Linear, TaggerModel, sealed
from essay_marker.annotate.signals import signal_names
from essay_marker.annotate.vectors import check_files, model_path, shared_vectors
from essay_marker.corpus import labels_path, load_exemplars, themes_path
from essay_marker.data import sha256_of
from essay_marker.errors import DataError
from essay_marker.heldout import HeldOutValues, heldout_path, heldout_text
from essay_marker.read import read_bytes, read_file
from essay_marker.rubric import Rubric
from essay_marker.topic import Topic
from essay_marker.train.card import Study, card, study
from essay_marker.train.examples import EssayExamples, examples_of, layers_of
from essay_marker.train.fitting import Calibration, Passes, fit_levels, fit_passes
from essay_marker.train.heldout import calibrations, fit_folds, fold_values
from essay_marker.train.measured import criterion_values
from essay_marker.train.padding import copies
from essay_marker.train.settings import Settings, load_settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Trained", "fit_model", "model_text", "train"]

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy", "onnxruntime")
_FEWEST = 4  # essays; fewer cannot be held out from each other


class Trained(NamedTuple):
    """A fitted model and what was found on essays held out; that is None where only the model was asked for."""

    model: TaggerModel
    study: Study | None
    measured: HeldOutValues | None


def train(topic: Topic, rubric: Rubric, *, compare: bool = True, settings: Settings | None = None) -> Trained:
    """Fit the taggers for ``topic`` on its labelled exemplars.

    Args:
        topic: The topic, with exemplars in its folder.
        rubric: The mark scheme by which the exemplars' strands were marked.
        compare: Also measure every technique on essays and voices held out, which takes some minutes.
        settings: How to fit; those that ship with the program where None.

    Raises:
        DataError: There are too few labelled exemplars, or one of them is wrong.
        ModelError: The language model or the sentence vectors are missing or damaged.
    """
    chosen = settings or load_settings()
    check_files()
    labelled = [exemplar for exemplar in load_exemplars(topic.folder) if exemplar.units]
    if len(labelled) < _FEWEST:
        raise DataError(
            f"{topic.folder}: {len(labelled)} exemplars have labels; training needs {_FEWEST} at the least,"
            " and hundreds of sentences to be of use."
        )
    annotator = Annotator(topic, use_model=False)
    docs = [annotator.doc(read_file(exemplar.path)) for exemplar in labelled]
    essays = [
        examples_of(exemplar, doc, topic, rubric, _padded(annotator, doc, chosen, exemplar.id))
        for exemplar, doc in zip(labelled, docs, strict=True)
    ]
    files = [place for e in labelled for place in (labels_path(e.path), themes_path(e.path)) if place.is_file()]
    labels = sha256_of(files, topic.folder)
    layers = layers_of(topic)
    fits = fit_folds(essays, layers, chosen)
    values = fold_values(fits, essays, chosen)
    fitted = calibrations(essays, values, layers, chosen)
    model = fit_model(essays, topic, chosen, labels, fitted)
    if not compare:
        return Trained(model, None, None)
    seen: dict[str, dict[str, float]] = {}
    for fit in fits:
        others = [essay for i, essay in enumerate(essays) if i not in set(fit.fold)]
        part = _model(others, topic, chosen, labels, fitted, fit.passes, fit.levels)
        seen |= criterion_values(part, [(essays[i], docs[i]) for i in fit.fold], annotator, rubric)
    measured = HeldOutValues(topic=topic.id, rubric=rubric.id, model=model.sha256, essays=seen)
    return Trained(model, study(essays, layers, chosen, values), measured)


def _padded(annotator: Annotator, doc: Doc, settings: Settings, id_: str) -> list[Doc]:
    """The padded copies of an annotated text, annotated as it is."""
    texts = copies(doc, annotator.topic, settings.padding, f"{settings.seed} {id_}")
    return [annotator.doc(read_bytes(text.encode(), "copy.txt")) for text in texts]


def fit_model(
    essays: list[EssayExamples],
    topic: Topic,
    settings: Settings,
    labels_sha256: str,
    fitted: Mapping[str, Calibration] | None = None,
) -> TaggerModel:
    """The model fitted on all of ``essays``.

    It is calibrated by ``fitted``, or on values for essays that were held out in turn where that is None.
    """
    layers = layers_of(topic)
    if fitted is None:
        values = fold_values(fit_folds(essays, layers, settings), essays, settings)
        fitted = calibrations(essays, values, layers, settings)
    passes, levels = fit_passes(essays, layers, settings), fit_levels(essays, settings)
    return _model(essays, topic, settings, labels_sha256, fitted, passes, levels)


def _model(
    essays: Sequence[EssayExamples],
    topic: Topic,
    settings: Settings,
    labels_sha256: str,
    fitted: Mapping[str, Calibration],
    passes: Passes,
    levels: dict[str, Linear],
) -> TaggerModel:
    """The model of what was fitted on ``essays``."""
    return sealed(
        TaggerModel(
            format=FORMAT,
            topic=topic.id,
            signals=signal_names(topic),
            vectors_sha256=shared_vectors().card.sha256,
            around=settings.around,
            layers={name: _layer(name, labels, passes, fitted[name]) for name, labels in layers_of(topic).items()},
            levels=levels,
            trained_on={essay.id: essay.sha256 for essay in essays},
            labels_sha256=labels_sha256,
            libraries={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        )
    )


def _layer(name: str, labels: tuple[str, ...], passes: Passes, fitted: Calibration) -> Layer:
    return Layer(
        labels=labels,
        first=passes.first[name],
        second=passes.second[name],
        slope=fitted.slope,
        shift=fitted.shift,
        threshold=fitted.threshold,
    )


def model_text(model: TaggerModel) -> str:
    """``model`` as the text of its file: the same model gives the same bytes."""
    return json.dumps(msgspec.to_builtins(model), indent=None, separators=(",", ":"), sort_keys=True) + "\n"


def write(trained: Trained, topic: Topic, folder: Path | None = None) -> list[Path]:
    """Write model and card into the topic's folder below ``folder`` (the program's models where None)."""
    path = model_path(topic.id, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(model_text(trained.model), encoding="utf-8", newline="\n")
    if trained.study is None or trained.measured is None:
        return [path]
    beside, values = path.with_name("card.md"), heldout_path(topic.id, folder)
    beside.write_text(card(trained.model, trained.study, topic), encoding="utf-8", newline="\n")
    values.write_text(heldout_text(trained.measured), encoding="utf-8", newline="\n")
    return [path, beside, values]
