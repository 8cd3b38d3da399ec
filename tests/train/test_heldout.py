"""What is said of essays held out: nothing fitted on them has a part in it; and the figures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from essay_marker.annotate.learned import Matrix
from essay_marker.train import heldout
from essay_marker.train.examples import EssayExamples
from essay_marker.train.fitting import Calibration, labels_of
from essay_marker.train.heldout import (
    TECHNIQUES,
    Layers,
    Values,
    calibration_error,
    calibrations,
    decided,
    figures,
    fit_folds,
    fold_values,
    held_out,
    patterns,
    stacked,
)
from essay_marker.train.settings import Settings

from ..learning import LAYERS, YES_NO, essays, settings, tagged, unit

pytestmark = pytest.mark.usefixtures("one_process")

ALL = {**TECHNIQUES, "stacked": stacked}
Seen = list[tuple[list[str], list[str]]]  # the essays fitted on, the essays tagged


def recorder(seen: Seen) -> Callable[..., Values]:
    """A technique that writes down which essays it is given, and tells each essay's number as its value."""

    def technique(
        train: Sequence[EssayExamples], test: Sequence[EssayExamples], layers: Layers, settings: Settings
    ) -> Values:
        seen.append(([e.id for e in train], [e.id for e in test]))
        return [{layer: np.full((1, 1), float(e.id[1:])) for layer in layers} for e in test]

    return technique


# --- holding out ----------------------------------------------------------------------------------------------------


def test_no_essay_is_tagged_by_what_was_fitted_on_it() -> None:
    made, seen = essays(7, sentences=2), []  # type: tuple[list[EssayExamples], Seen]
    found = held_out(made, [e.id for e in made], recorder(seen), LAYERS, settings())
    everything = {e.id for e in made}
    assert len(seen) == 3
    for train, test in seen:
        assert set(train) == everything - set(test)  # all the others, and none of these
        assert len(train) == len(set(train))
    assert sorted(name for _, test in seen for name in test) == sorted(everything)
    assert [v["role"].item() for v in found] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]  # each its own


def test_the_fit_of_a_fold_has_not_seen_its_essays(monkeypatch: pytest.MonkeyPatch) -> None:
    made = essays(7, sentences=2)
    seen: list[object] = []

    def record(others: Sequence[EssayExamples], *_: object) -> object:
        seen.append({e.id for e in others})
        return seen[-1]

    monkeypatch.setattr(heldout, "fit_passes", record)
    monkeypatch.setattr(heldout, "fit_levels", record)
    fits = fit_folds(made, LAYERS, settings())
    assert sorted(i for fit in fits for i in fit.fold) == list(range(7))
    for fit in fits:
        others: object = {e.id for i, e in enumerate(made) if i not in fit.fold}
        passes: object = fit.passes
        assert passes == others
        assert fit.levels == others
    assert len(seen) == 6


def test_the_fits_of_the_folds_say_what_the_technique_says() -> None:
    made, chosen = essays(5), settings()
    kept = fold_values(fit_folds(made, LAYERS, chosen), made, chosen)
    anew = held_out(made, [e.id for e in made], stacked, LAYERS, chosen)
    for one, other in zip(kept, anew, strict=True):
        assert {layer: v.tolist() for layer, v in one.items()} == {layer: v.tolist() for layer, v in other.items()}


def test_no_voice_is_tagged_by_what_was_fitted_on_it() -> None:
    made, seen = essays(9, sentences=2, voices="abcdc"), []  # type: tuple[list[EssayExamples], Seen]
    voices = {e.id: e.voice for e in made}
    held_out(made, list(voices.values()), recorder(seen), LAYERS, settings(folds=4))
    assert len(seen) == 4
    for train, test in seen:
        assert not {voices[name] for name in train} & {voices[name] for name in test}


def test_a_share_of_the_others_is_the_same_share_every_time() -> None:
    made = essays(12, sentences=2)
    ids = [e.id for e in made]
    whole, half, again = [], [], []  # type: tuple[Seen, Seen, Seen]
    for seen, share in ((whole, 1.0), (half, 0.5), (again, 0.5)):
        held_out(made, ids, recorder(seen), LAYERS, settings(), share)
    assert half == again
    for (all_others, test), (some, same) in zip(whole, half, strict=True):
        assert test == same
        assert len(some) == len(all_others) / 2
        assert set(some) < set(all_others)


def test_two_essays_are_left_to_learn_from_at_the_least() -> None:
    made, seen = essays(6, sentences=2), []  # type: tuple[list[EssayExamples], Seen]
    held_out(made, [e.id for e in made], recorder(seen), LAYERS, settings(), 0.01)
    assert {len(train) for train, _ in seen} == {2}


def test_decisions_are_calibrated_without_the_essays_they_are_about(monkeypatch: pytest.MonkeyPatch) -> None:
    made = essays(6)
    ids = [e.id for e in made]
    given: list[tuple[set[str], float]] = []

    def record(some: Sequence[EssayExamples], values: Values, layers: Layers, settings: Settings) -> object:
        assert len(values) == len(some)
        given.append(({e.id for e in some}, sum(v["judgement"].item() for v in values)))
        return dict.fromkeys(layers, Calibration(1.0, 0.0, 0.5))

    monkeypatch.setattr(heldout, "calibrations", record)
    values = [{layer: np.full((1, 1), float(e.id[1:])) for layer in LAYERS} for e in made]
    decided(made, ids, values, LAYERS, settings())
    assert len(given) == 3
    for names, total in given:
        assert len(names) == 4
        assert total == sum(int(name[1:]) for name in names)  # nor without their own values
    assert set.intersection(*(names for names, _ in given)) == set()


def test_decisions_stand_in_the_essays_order() -> None:
    made = essays(4, sentences=3)
    values = [
        {
            "judgement": np.where(labels_of([e], "judgement", YES_NO) == 1, 3.0, -3.0)[:, None],
            "role": np.eye(5)[labels_of([e], "role", LAYERS["role"])] * 4.0,
        }
        for e in made
    ]
    layers = {name: LAYERS[name] for name in ("judgement", "role")}
    found = decided(made, [e.id for e in made], values, layers, settings())
    for layer, labels in layers.items():
        assert found[layer].tolist() == labels_of(made, layer, labels).tolist()


# --- techniques -----------------------------------------------------------------------------------------------------


def with_noise(test: EssayExamples, part: str) -> EssayExamples:
    """An essay of which one part is another."""
    if part == "texts":
        return test._replace(texts=tuple("The maize of camp." for _ in test.texts))
    return test._replace(**{part: getattr(test, part) + 1.0})


@pytest.mark.parametrize(
    ("name", "looks_at"),
    [
        ("TF-IDF of words", {"texts"}),
        ("signals", {"signals"}),
        ("signals and vectors", {"signals", "vectors"}),
        ("stacked", {"signals", "vectors"}),
    ],
)
def test_what_each_technique_looks_at(name: str, looks_at: set[str]) -> None:
    train, test = essays(5), essays(1, seed=3)[0]
    words = settings().words
    chosen = settings(words=type(words)(longest=1, essays=1, strength=3.0))

    def values(of: EssayExamples) -> Matrix:
        (found,) = ALL[name](train, [of], LAYERS, chosen)
        return np.hstack([found[layer] for layer in LAYERS])

    plain = values(test)
    assert plain.shape == (12, 1 + 1 + 4 + 5)
    seen = {part for part in ("texts", "signals", "vectors") if (values(with_noise(test, part)) != plain).any()}
    assert seen == looks_at


@pytest.mark.parametrize("name", ALL)
def test_every_technique_learns_what_can_be_learned(name: str) -> None:
    made = essays(8)
    words = settings().words
    chosen = settings(words=type(words)(longest=1, essays=1, strength=3.0))
    ids = [e.id for e in made]
    layers = {"theme_terror": YES_NO}
    given = decided(made, ids, held_out(made, ids, ALL[name], layers, chosen), layers, chosen)
    right = given["theme_terror"] == labels_of(made, "theme_terror", YES_NO)
    assert right.mean() > 0.9


def test_the_patterns_say_what_they_tagged() -> None:
    one = essays(1, sentences=3)[0]._replace(
        tags=(
            tagged(themes=("terror", "thaw"), stance="mixed", role="context"),
            tagged(judgement=True, stance="success", role="evidence"),
            tagged(themes=("thaw",), role="claim"),
        )
    )
    found = {layer: said.tolist() for layer, said in patterns([one], LAYERS).items()}
    assert found == {"theme_terror": [1, 0, 0], "judgement": [0, 1, 0], "stance": [2, 0, 3], "role": [4, 0, 1]}


# --- figures --------------------------------------------------------------------------------------------------------


def test_figures_on_a_hand_example() -> None:
    layers = {"theme_terror": YES_NO, "theme_thaw": YES_NO, **{n: LAYERS[n] for n in ("judgement", "stance", "role")}}
    labelled = (
        unit(themes=("terror",), judgement=True, stance="success", role="claim"),
        unit(themes=("terror", "thaw"), judgement=True, stance="success", role="claim"),
        unit(optional_themes=("terror",), stance="limitation", role="evidence"),
        unit(themes=("thaw",), stance="limitation", role="evidence"),
        None,
    )
    one = essays(1, sentences=5)[0]._replace(units=labelled)
    given = {
        "theme_terror": np.array(
            [1, 0, 1, 1, 1]
        ),  # 1 right, 1 missed, 1 too much; the third is free, the last nobody's
        "theme_thaw": np.array([0, 1, 0, 1, 1]),  # 2 right
        "judgement": np.array([1, 1, 1, 1, 1]),  # 2 right, 2 too much
        "stance": np.array([0, 1, 1, 1, 0]),  # agree in 3 of 4, by chance in 2 of 4
        "role": np.array([1, 1, 0, 0, 4]),
    }
    found = figures([one], given, layers)
    assert found.theme == {"terror": pytest.approx(0.5), "thaw": pytest.approx(1.0)}
    assert found.themes == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))
    assert found.weakest == pytest.approx(0.5)
    assert found.judgement == pytest.approx(2 * 2 / (2 * 2 + 2))
    assert found.stance == pytest.approx((0.75 - 0.5) / (1 - 0.5))
    assert found.role == pytest.approx(1.0)


def test_a_theme_that_is_never_given_nor_labelled_counts_as_not_found() -> None:
    one = essays(1, sentences=2)[0]._replace(units=(unit(), unit()))
    given = {layer: np.zeros(2, np.int64) for layer in LAYERS}
    assert figures([one], given, LAYERS).theme == {"terror": 0.0}


def test_calibration_error_before_and_after() -> None:
    made = essays(20)
    layers = {name: LAYERS[name] for name in ("judgement", "role")}
    random = np.random.RandomState(6)
    wanted = {layer: labels_of(made, layer, labels) for layer, labels in layers.items()}
    yes = np.where(wanted["judgement"] == 1, 1.0, -1.0)[:, None]
    roles = np.eye(5)[wanted["role"]]
    whole = {
        "judgement": 8.0 * (yes + random.normal(scale=1.5, size=yes.shape)),  # far too sure
        "role": 8.0 * (roles + random.normal(scale=0.8, size=roles.shape)),
    }
    values = [{layer: whole[layer][12 * i : 12 * i + 12] for layer in layers} for i in range(20)]
    before = calibration_error(made, values, layers, None)
    after = calibration_error(made, values, layers, calibrations(made, values, layers, settings()))
    for layer in layers:
        assert after[layer] < 0.1 < before[layer]
