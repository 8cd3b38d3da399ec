"""How good the taggers are on essays they were not fitted on, technique by technique."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
from joblib import Parallel, delayed
from sklearn.feature_extraction.text import TfidfVectorizer

from essay_marker.agreement import cohen_kappa, retrieval
from essay_marker.annotate.learned import THEME, Linear, Matrix, decision_values, probabilities
from essay_marker.train.examples import EssayExamples, label
from essay_marker.train.fitting import (
    Calibration,
    Fold,
    Labels,
    Passes,
    calibrate,
    deal,
    expected_error,
    fit_levels,
    fit_linear,
    fit_passes,
    labels_of,
    one_thread,
    second_values,
)
from essay_marker.train.settings import Settings

Layers = Mapping[str, Sequence[str]]
Values = list[dict[str, Matrix]]  # for each essay the decision values of every layer
#: Fits on the first essays and gives the values of the others.
Technique = Callable[[Sequence[EssayExamples], Sequence[EssayExamples], Layers, Settings], Values]

_WORKERS = 2


class Figures(NamedTuple):
    """F1 of themes (all together and each) and of judgement, Cohen's kappa of stance and role."""

    themes: float
    theme: dict[str, float]
    judgement: float
    stance: float
    role: float

    @property
    def weakest(self) -> float:
        """The F1 of the theme found worst."""
        return min(self.theme.values())


def stacked(
    train: Sequence[EssayExamples], test: Sequence[EssayExamples], layers: Layers, settings: Settings
) -> Values:
    """Signals and vectors, and a second pass over the neighbours."""
    passes = fit_passes(train, layers, settings)
    return [second_values(passes, essay, settings.around) for essay in test]


def with_vectors(
    train: Sequence[EssayExamples], test: Sequence[EssayExamples], layers: Layers, settings: Settings
) -> Values:
    """Signals and vectors, one pass."""
    passes = fit_passes(train, layers, settings, stacked=False)
    return [second_values(passes, essay, settings.around) for essay in test]


def linear(train: Sequence[EssayExamples], test: Sequence[EssayExamples], layers: Layers, settings: Settings) -> Values:
    """The signals alone."""

    def bare(essays: Sequence[EssayExamples]) -> list[EssayExamples]:
        return [essay._replace(vectors=np.zeros((len(essay.tags), 0))) for essay in essays]

    return with_vectors(bare(train), bare(test), layers, settings)


def words(train: Sequence[EssayExamples], test: Sequence[EssayExamples], layers: Layers, settings: Settings) -> Values:
    """TF-IDF of words and pairs of words, and nothing else."""
    chosen = settings.words
    finder = TfidfVectorizer(ngram_range=(1, chosen.longest), min_df=chosen.essays, sublinear_tf=True)
    columns = finder.fit_transform([text for essay in train for text in essay.texts]).toarray()
    with one_thread():
        fitted = {
            layer: fit_linear(columns, labels_of(train, layer, labels), len(labels), chosen.strength, settings)
            for layer, labels in layers.items()
        }
    return [
        {layer: decision_values(model, finder.transform(essay.texts).toarray()) for layer, model in fitted.items()}
        for essay in test
    ]


#: What is compared with the technique in use, `stacked`.
TECHNIQUES: dict[str, Technique] = {
    "TF-IDF of words": words,
    "signals": linear,
    "signals and vectors": with_vectors,
}


class FoldFit(NamedTuple):
    """What was fitted on all essays but those of ``fold``."""

    fold: Fold
    passes: Passes
    levels: dict[str, Linear]


def fit_folds(essays: Sequence[EssayExamples], layers: Layers, settings: Settings) -> list[FoldFit]:
    """Both passes and the levels, fitted for each fold of essays on all the others."""

    def fit(fold: Fold) -> FoldFit:
        others = [essay for i, essay in enumerate(essays) if i not in set(fold)]
        return FoldFit(fold, fit_passes(others, layers, settings), fit_levels(others, settings))

    folds = deal([essay.id for essay in essays], settings.folds, settings.seed)
    return list(Parallel(n_jobs=_WORKERS)(delayed(fit)(fold) for fold in folds))


def fold_values(fits: Sequence[FoldFit], essays: Sequence[EssayExamples], settings: Settings) -> Values:
    """Each essay's decision values from the fit that had not seen it."""
    found: list[dict[str, Matrix]] = [{} for _ in essays]
    for fit in fits:
        for i in fit.fold:
            found[i] = second_values(fit.passes, essays[i], settings.around)
    return found


def held_out(
    essays: Sequence[EssayExamples],
    groups: Sequence[str],
    technique: Technique,
    layers: Layers,
    settings: Settings,
    share: float = 1.0,
) -> Values:
    """Each essay's decision values from a model that saw none of its group, fitted on a ``share`` of the others."""
    folds = deal(groups, settings.folds, settings.seed)

    def values(fold: Fold) -> Values:
        others = [essay for i, essay in enumerate(essays) if i not in set(fold)]
        kept = np.random.RandomState(settings.seed).permutation(len(others))[: max(round(share * len(others)), 2)]
        return technique([others[i] for i in sorted(kept)], [essays[i] for i in fold], layers, settings)

    found: list[dict[str, Matrix]] = [{} for _ in essays]
    for fold, part in zip(folds, Parallel(n_jobs=_WORKERS)(delayed(values)(fold) for fold in folds), strict=True):
        for i, layer_values in zip(fold, part, strict=True):
            found[i] = layer_values
    return found


def calibrations(
    essays: Sequence[EssayExamples], values: Values, layers: Layers, settings: Settings
) -> dict[str, Calibration]:
    """The calibration of every layer on held-out values."""
    return {
        layer: calibrate(
            np.vstack([v[layer] for v in values]), labels_of(essays, layer, labels), settings.threshold_of(layer)
        )
        for layer, labels in layers.items()
    }


def decided(
    essays: Sequence[EssayExamples], groups: Sequence[str], values: Values, layers: Layers, settings: Settings
) -> dict[str, Labels]:
    """The label of every sentence in every layer; each essay is decided with calibrations that had not seen it."""
    found = {layer: [np.empty(0, dtype=np.int64)] * len(essays) for layer in layers}
    for fold in deal(groups, settings.folds, settings.seed):
        others = [i for i in range(len(essays)) if i not in set(fold)]
        fitted = calibrations([essays[i] for i in others], [values[i] for i in others], layers, settings)
        for layer in layers:
            chosen = fitted[layer]
            for i in fold:
                sure = probabilities(chosen.slope * values[i][layer] + chosen.shift)
                yes_or_no = sure.shape[1] == 1
                found[layer][i] = (sure[:, 0] >= chosen.threshold).astype(int) if yes_or_no else sure.argmax(axis=1)
    return {layer: np.concatenate(parts) for layer, parts in found.items()}


def patterns(essays: Sequence[EssayExamples], layers: Layers) -> dict[str, Labels]:
    """What the patterns say of every sentence."""

    def said(layer: str, names: Sequence[str]) -> Labels:
        tags = [tag for essay in essays for tag in essay.tags]
        if layer.startswith(THEME):
            return np.array([layer[len(THEME) :] in tag.themes for tag in tags], dtype=np.int64)
        if layer == "judgement":
            return np.array([tag.judgement for tag in tags], dtype=np.int64)
        return np.array([names.index(getattr(tag, layer)) for tag in tags], dtype=np.int64)

    return {layer: said(layer, names) for layer, names in layers.items()}


def figures(essays: Sequence[EssayExamples], given: Mapping[str, Labels], layers: Layers) -> Figures:
    """How well ``given`` agrees with the labels."""
    labelled = {
        layer: [
            None if (name := label(unit, layer)) is None else list(names).index(name)
            for e in essays
            for unit in e.units
        ]
        for layer, names in layers.items()
    }

    def pairs(layer: str) -> list[tuple[int, int]]:
        return [(a, int(b)) for a, b in zip(labelled[layer], given[layer], strict=True) if a is not None]

    def f1(cases: Sequence[tuple[int, int]]) -> float:
        found = retrieval([bool(a) for a, _ in cases], [bool(b) for _, b in cases])
        return 0.0 if found is None else found.f1

    def kappa(layer: str) -> float:
        cases = pairs(layer)
        return cohen_kappa([str(a) for a, _ in cases], [str(b) for _, b in cases]) or 0.0

    themes = [layer for layer in layers if layer.startswith(THEME)]
    return Figures(
        themes=f1([case for layer in themes for case in pairs(layer)]),
        theme={layer[len(THEME) :]: f1(pairs(layer)) for layer in themes},
        judgement=f1(pairs("judgement")),
        stance=kappa("stance"),
        role=kappa("role"),
    )


def calibration_error(
    essays: Sequence[EssayExamples], values: Values, layers: Layers, fitted: Mapping[str, Calibration] | None
) -> dict[str, float]:
    """The expected calibration error of each layer, before (``fitted`` None) or after calibration."""
    found = {}
    for layer, names in layers.items():
        wanted = labels_of(essays, layer, names)
        rows = wanted >= 0
        chosen = fitted[layer] if fitted else Calibration(1.0, 0.0, 0.5)
        sure = probabilities(chosen.slope * np.vstack([v[layer] for v in values])[rows] + chosen.shift)
        if sure.shape[1] == 1:
            sure = np.hstack([1.0 - sure, sure])
        best = sure.argmax(axis=1)
        found[layer] = expected_error(cast(Matrix, sure.max(axis=1)), best == wanted[rows])
    return found
