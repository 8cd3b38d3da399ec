"""The learned taggers on hand-made models: what is refused, what is decided, and what the rest of the program sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import exp
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from essay_marker.annotate import Annotator, learned, vectors
from essay_marker.annotate.learned import (
    LearnedTags,
    Linear,
    TaggerModel,
    decision_values,
    load_model_file,
    neighbourhood,
    probabilities,
    sealed,
)
from essay_marker.annotate.signals import signal_names
from essay_marker.annotate.vectors import has_model, load_card, model_path
from essay_marker.errors import DataError
from essay_marker.read import read_bytes

from ..learning import linear, model, no_vectors, tagged, topic, with_layer

TOPIC = topic()
WIDTH = len(signal_names(TOPIC))  # the columns of the vector begin here
VECTORS = "v" * 64


def written(folder: Path, of: TaggerModel) -> Path:
    """The model in a file."""
    path = folder / "model.json"
    path.write_bytes(msgspec.json.encode(of, order="sorted"))
    return path


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The model file at ``path`` with its content changed by hand."""
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")
    return path


def of_probability(p: float) -> float:
    """The decision value that has the probability ``p``."""
    return float(np.log(p / (1.0 - p)))


# --- the file -------------------------------------------------------------------------------------------------------


def test_a_model_file_gives_the_model_back(tmp_path: Path) -> None:
    whole = with_layer(model(TOPIC), "judgement", slope=1.25, shift=-0.1, threshold=0.37)
    assert load_model_file(written(tmp_path, whole), TOPIC, VECTORS) == whole


def test_where_models_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_path("mine", tmp_path) == tmp_path / "mine" / "model.json"
    for module in (vectors, learned):
        monkeypatch.setattr(module, "model_path", lambda topic_id, folder=tmp_path: folder / topic_id / "model.json")
    assert not has_model(TOPIC)
    model_path(TOPIC.id, tmp_path).parent.mkdir()
    assert not has_model(TOPIC)
    written(model_path(TOPIC.id, tmp_path).parent, model(TOPIC))
    assert has_model(TOPIC)


AGAIN = f"Train it again: essay-marker train {TOPIC.id}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2}, ["format 2", "knows format 1", AGAIN]),
        ({"format": 0}, ["format 0", "knows format 1", AGAIN]),
        ({"topic": "cold-war"}, ["is for the topic cold-war", f"not for {TOPIC.id}"]),
        ({"signals": (*signal_names(TOPIC), "rhyme")}, ["other features", "(rhyme)", AGAIN]),
        ({"signals": signal_names(TOPIC)[:-5]}, ["other features", "paragraph_terror", " ...)", AGAIN]),
        ({"signals": signal_names(TOPIC)[::-1]}, ["other features", "(their order)", AGAIN]),
        ({"vectors_sha256": "w" * 64}, ["other sentence vectors than are installed", AGAIN]),
    ],
)
def test_a_model_that_does_not_fit_is_refused_with_what_to_do(
    tmp_path: Path, changes: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(DataError) as error:
        load_model_file(written(tmp_path, model(TOPIC, **changes)), TOPIC, VECTORS)
    for word in (str(tmp_path / "model.json"), *words):
        assert word in str(error.value)


def edit_coefficient(content: dict[str, Any]) -> None:
    content["layers"]["role"]["second"]["coefficients"][2][7] = 0.5


@pytest.mark.parametrize(
    "change",
    [
        edit_coefficient,
        lambda content: content["layers"]["judgement"].update(threshold=0.4),
        lambda content: content["levels"]["analysis"].update(constants=[5.0]),
        lambda content: content["trained_on"].clear(),
        lambda content: content.update(sha256="0" * 64),
        lambda content: content.pop("sha256"),
    ],
)
def test_an_edited_file_is_refused(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = changed(written(tmp_path, model(TOPIC)), change)
    with pytest.raises(DataError, match=f"changed or damaged after it was written.*{AGAIN}"):
        load_model_file(path, TOPIC, VECTORS)


def test_another_format_is_known_as_such_whatever_else_it_holds(tmp_path: Path) -> None:
    path = changed(written(tmp_path, model(TOPIC)), lambda content: content.update(format=2, forest=[1, 2]))
    with pytest.raises(DataError, match=f"has format 2; this program knows format 1. {AGAIN}"):
        load_model_file(path, TOPIC, VECTORS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.pop("levels"), "lacks the field `levels`"),
        (lambda content: content.update(forest=[1, 2]), "has an unknown field `forest`"),
        (lambda content: content.pop("format"), "lacks the field `format`"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_what_to_do(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    path = changed(written(tmp_path, model(TOPIC)), change)
    with pytest.raises(DataError, match=f"{words}.*{AGAIN}"):
        load_model_file(path, TOPIC, VECTORS)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, model(TOPIC))
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(DataError, match=f"not valid JSON.*{AGAIN}"):
        load_model_file(path, TOPIC, VECTORS)


# --- the arithmetic -------------------------------------------------------------------------------------------------


def test_decision_values_are_sums_of_coefficients_and_a_constant() -> None:
    two = Linear(coefficients=((1.0, 2.0), (0.0, -1.0)), constants=(0.5, 0.0))
    assert decision_values(two, np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[11.5, -4.0], [0.5, 0.0]]


def test_one_column_is_the_probability_of_yes() -> None:
    found = probabilities(np.array([[0.0], [1.0], [-2.0]]))
    assert found[:, 0] == pytest.approx([0.5, 1 / (1 + exp(-1)), 1 / (1 + exp(2))])


def test_many_columns_sum_to_one() -> None:
    found = probabilities(np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, -3.0, 0.0]]))
    assert found[0] == pytest.approx([0.25] * 4)
    assert found.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert found[1] == pytest.approx([exp(v) / (exp(1) + exp(2) + exp(-3) + 1) for v in (1, 2, -3, 0)])


def test_values_far_from_zero_are_no_trouble() -> None:
    assert probabilities(np.array([[-9000.0], [9000.0]]))[:, 0] == pytest.approx([0.0, 1.0])
    assert probabilities(np.array([[9000.0, -9000.0, 0.0]]))[0] == pytest.approx([1.0, 0.0, 0.0])


def test_what_the_second_pass_sees_of_the_first() -> None:
    first = np.array([[0.1, 1.0], [0.2, 2.0], [0.3, 3.0], [0.4, 4.0]])
    found = neighbourhood(first, [0, 0, 0, 1], [-1, 2])
    none = [0.0, 0.0, 0.0]
    assert found.tolist() == [
        #  itself    the opening  one before      two after, each with a sign that there is one
        [0.1, 1.0, *[0.1, 1.0], *none, *[0.3, 3.0, 1.0]],
        [0.2, 2.0, *[0.1, 1.0], *[0.1, 1.0, 1.0], *none],
        [0.3, 3.0, *[0.1, 1.0], *[0.2, 2.0, 1.0], *none],
        [0.4, 4.0, *[0.4, 4.0], *none, *none],
    ]


def test_the_second_pass_decides_on_what_the_first_says_of_neighbours() -> None:
    """Judgement by hand: the first pass looks at the vector, the second at the first's judgement one before."""
    known = model(TOPIC)
    first_pass = 1 + 5 + 4 + 1  # judgement, role, stance, theme_terror: in the order of the names
    before = WIDTH + 2 + 2 * first_pass  # signals, vector, itself, the opening
    columns = len(known.layers["judgement"].second.coefficients[0])
    known = with_layer(known, "judgement", first=linear(WIDTH + 2, ({WIDTH: 2.0}, 0.0)))
    known = with_layer(known, "judgement", second=linear(columns, ({before: 4.0}, -1.0)), slope=2.0, shift=0.5)
    seen = np.hstack([np.zeros((3, WIDTH)), [[1.0, 0.0], [-1.0, 0.0], [5.0, 0.0]]])
    found = LearnedTags(known, TOPIC).probabilities(seen, [0, 0, 1])["judgement"][:, 0]
    told = 1 / (1 + exp(-2.0))  # of the first sentence
    values = [-1.0, 4.0 * told - 1.0, -1.0]
    assert found == pytest.approx([1 / (1 + exp(-(2.0 * value + 0.5))) for value in values])


def test_the_order_in_which_a_file_holds_the_layers_changes_nothing() -> None:
    random = np.random.RandomState(7)

    def drawn(of: Linear) -> Linear:
        rows, columns = len(of.coefficients), len(of.coefficients[0])
        drawn_ = random.normal(size=(rows, columns)).round(3).tolist()
        return Linear(coefficients=tuple(map(tuple, drawn_)), constants=of.constants)

    known = model(TOPIC)
    for name, layer in known.layers.items():
        known = with_layer(known, name, first=drawn(layer.first), second=drawn(layer.second))
    turned = sealed(msgspec.structs.replace(known, layers=dict(reversed(known.layers.items()))))
    assert list(turned.layers) != list(known.layers)
    assert turned.sha256 == known.sha256  # by its hash it is the same model
    columns = random.normal(size=(4, WIDTH + 2))
    one, other = (LearnedTags(each, TOPIC).probabilities(columns, [0, 0, 0, 1]) for each in (known, turned))
    assert {name: p.tolist() for name, p in one.items()} == {name: p.tolist() for name, p in other.items()}


# --- the decision ---------------------------------------------------------------------------------------------------


def saying(**values: float | list[float]) -> LearnedTags:
    """Taggers that give every sentence the same decision values."""
    known = model(TOPIC)
    for name, value in values.items():
        columns = len(known.layers[name].second.coefficients[0])
        constants = value if isinstance(value, list) else [value]
        known = with_layer(known, name, second=linear(columns, *(({}, constant) for constant in constants)))
    return LearnedTags(known, TOPIC)


def test_yes_is_said_from_the_threshold_on() -> None:
    def says(p: float, threshold: float) -> tuple[bool, tuple[str, ...]]:
        known = saying(judgement=of_probability(p), theme_terror=of_probability(p)).model
        for name in ("judgement", "theme_terror"):
            known = with_layer(known, name, threshold=threshold)
        (found,) = LearnedTags(known, TOPIC).decide([tagged()], no_vectors(1))
        return found.judgement, found.themes

    assert says(0.5, 0.5) == (True, ("terror",))  # exactly on it
    assert says(0.49, 0.5) == (False, ())
    assert says(0.38, 0.37) == (True, ("terror",))
    assert says(0.36, 0.37) == (False, ())


def test_the_most_probable_stance_and_role_are_given() -> None:
    (found,) = saying(stance=[0.0, 1.0, 0.5, 0.0], role=[0.0, 0.0, 0.0, 0.1, 0.0]).decide([tagged()], no_vectors(1))
    assert (found.stance, found.role) == ("limitation", "evaluation")


def test_how_sure_it_is_of_what_it_says() -> None:
    tags = saying(judgement=of_probability(0.2), theme_terror=of_probability(0.9), stance=[9.0, 0.0, 0.0, 0.0])
    (found,) = tags.decide([tagged()], no_vectors(1))
    assert found.sure is not None
    assert found.sure.judgement == 0.8  # that it is none
    assert found.sure.themes == {"terror": 0.9}
    assert (found.sure.stance, found.sure.role) == (1.0, 0.2)


def test_themes_that_were_never_labelled_stay_with_the_patterns_in_the_topics_order() -> None:
    sentences = [tagged(themes=themes) for themes in (("thaw",), ("terror", "thaw"), ("terror",), ())]
    no = saying(theme_terror=-1.0).decide(sentences, no_vectors(4))
    yes = saying(theme_terror=1.0).decide(sentences, no_vectors(4))
    assert [s.themes for s in no] == [("thaw",), ("thaw",), (), ()]
    assert [s.themes for s in yes] == [("terror", "thaw"), ("terror", "thaw"), ("terror",), ("terror",)]


def test_levels_come_from_signals_and_vector() -> None:
    columns = {signal_names(TOPIC).index("length"): 1.0, WIDTH + 1: -2.0}
    levels = {"analysis": linear(WIDTH + 2, (columns, 3.0)), "knowledge": linear(WIDTH + 2, ({}, 2.345678))}
    known = model(TOPIC, levels=levels)
    vectors = np.array([[0.0, 0.25], [0.0, 0.0]])
    found = LearnedTags(known, TOPIC).decide([tagged(tokens=30), tagged(tokens=15)], vectors)
    assert [s.levels for s in found] == [
        {"analysis": 3.0, "knowledge": 2.35},
        {"analysis": 3.25, "knowledge": 2.35},
    ]


def test_what_is_not_tagged_stays_as_it_was() -> None:
    before = tagged(cues=(("overall", 0, 7),), quoted_share=0.3, paragraph=2, features={"date": 1.0})
    (after,) = saying(judgement=3.0).decide([before], no_vectors(1))
    changed_ = {"themes", "stance", "role", "judgement", "sure", "levels"}
    kept = [name for name in before._fields if name not in changed_]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


# --- in the pipeline ------------------------------------------------------------------------------------------------

ESSAY = """How successful was de-Stalinisation?

The clearest success was the end of mass terror. In June 1957 Molotov was sent to Mongolia and not shot.

Overall it was a success, because fear was gone."""


def test_a_model_decides_in_the_place_of_the_patterns_and_this_is_seen(
    by_patterns: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = by_patterns.topic
    card = load_card()
    known = model(whole, vectors=card.dimensions, vectors_sha256=card.sha256)
    columns = len(known.layers["role"].second.coefficients[0])
    all_context = linear(columns, *(({}, float(label == "context")) for label in known.layers["role"].labels))
    known = with_layer(known, "role", second=all_context)
    for module in (vectors, learned):
        monkeypatch.setattr(module, "model_path", lambda topic_id, folder=tmp_path: folder / topic_id / "model.json")
    model_path(whole.id, tmp_path).parent.mkdir()
    written(model_path(whole.id, tmp_path).parent, known)

    essay = read_bytes(ESSAY.encode(), "x.txt")
    found, plain = Annotator(whole).read(essay), by_patterns.read(essay)
    by = dict.fromkeys(("themes", "stance", "role", "judgement"), "learned")
    assert found.decided_by == by | {"historian_use": "patterns"}
    assert set(plain.decided_by.values()) == {"patterns"}
    assert found.models == plain.models | {"taggers": known.sha256}
    assert {s.role for s in found.sentences} == {"context"}
    assert {s.role for s in plain.sentences} > {"context"}
    assert [s.levels for s in found.sentences] == [{"analysis": 3.0}] * 4
    assert all(s.sure is not None for s in found.sentences)
    assert all(s.sure is None and s.levels is None for s in plain.sentences)


def test_a_model_that_cannot_be_used_stops_the_annotator(
    by_patterns: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (vectors, learned):
        monkeypatch.setattr(module, "model_path", lambda topic_id, folder=tmp_path: folder / topic_id / "model.json")
    whole = by_patterns.topic
    model_path(whole.id, tmp_path).parent.mkdir()
    written(model_path(whole.id, tmp_path).parent, model(whole, vectors_sha256="another"))
    with pytest.raises(DataError, match=f"other sentence vectors.*{AGAIN}"):
        Annotator(whole)
