"""Hand-made sentences, essays and models for the learned taggers and for what fits them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from essay_marker.annotate.learned import FORMAT, Layer, Linear, Matrix, TaggerModel, sealed
from essay_marker.annotate.polarity import Polarity
from essay_marker.annotate.signals import signal_names
from essay_marker.annotate.tagging import ROLES, STANCES, SentenceTags
from essay_marker.annotate.themes import ThemesFound
from essay_marker.corpus import Unit
from essay_marker.topic import Topic, load_topic
from essay_marker.train.examples import EssayExamples
from essay_marker.train.settings import Settings, load_settings

YES_NO = ("no", "yes")


def topic() -> Topic:
    """The project's topic with two of its themes: terror and thaw."""
    whole = load_topic("khrushchev-destalinisation")
    kept = {theme.id: theme for theme in whole.themes}
    return msgspec.structs.replace(whole, themes=(kept["terror"], kept["thaw"]))


def weighed(success: float = 0.0, limitation: float = 0.0, events: float = 0.0) -> Polarity:
    """A polarity that is all the writer's own."""
    return Polarity(success, limitation, success, limitation, bool(success and limitation), events)


def tagged(**changes: Any) -> SentenceTags:
    """A sentence of the first paragraph of which nothing is known, but for what is given."""
    plain = SentenceTags(
        themes=(),
        stance="none",
        role="claim",
        judgement=False,
        quoted_share=0.0,
        cues=(),
        polarity=weighed(),
        features={},
        terms=ThemesFound((), {}, {}),
        paragraph=0,
        cited=False,
        tokens=12,
    )
    return plain._replace(**changes)


def unit(**changes: Any) -> Unit:
    """A labelled sentence: a claim without theme, stance and judgement, but for what is given."""
    fields: dict[str, Any] = {"id": "u", "text": "So.", "themes": (), "stance": "none", "role": "claim"}
    return Unit(**(fields | {"judgement": False} | changes))


def linear(columns: int, *rows: tuple[dict[int, float], float]) -> Linear:
    """A decision with the given coefficients, by the number of their column, and constants; all others are 0."""
    whole = np.zeros((len(rows), columns))
    for row, (coefficients, _) in zip(whole, rows, strict=True):
        for column, value in coefficients.items():
            row[column] = value
    return Linear(
        coefficients=tuple(tuple(row) for row in whole.tolist()), constants=tuple(constant for _, constant in rows)
    )


#: The layers of `model`, with their labels.
LAYERS: dict[str, Sequence[str]] = {"theme_terror": YES_NO, "judgement": YES_NO, "stance": STANCES, "role": ROLES}


def model(of: Topic, vectors: int = 2, around: tuple[int, ...] = (-1, 1), **changes: Any) -> TaggerModel:
    """A model that knows nothing: every label is as probable as the others, yes is said from one half on."""
    columns = len(signal_names(of)) + vectors
    first_pass = sum(1 if len(labels) == 2 else len(labels) for labels in LAYERS.values())
    beside = 2 * first_pass + len(around) * (first_pass + 1)
    layers = {}
    for name, labels in LAYERS.items():
        rows = [({}, 0.0)] * (1 if len(labels) == 2 else len(labels))  # type: list[tuple[dict[int, float], float]]
        layers[name] = Layer(
            labels=tuple(labels),
            first=linear(columns, *rows),
            second=linear(columns + beside, *rows),
            slope=1.0,
            shift=0.0,
            threshold=0.5 if len(labels) == 2 else 0.0,
        )
    fields: dict[str, Any] = {
        "format": FORMAT,
        "topic": of.id,
        "signals": signal_names(of),
        "vectors_sha256": "v" * 64,
        "around": around,
        "layers": layers,
        "levels": {"analysis": linear(columns, ({}, 3.0))},
        "trained_on": {"e01": "1" * 64},
        "labels_sha256": "2" * 64,
        "libraries": {"numpy": "2"},
    }
    return sealed(TaggerModel(**(fields | changes)))


def with_layer(known: TaggerModel, name: str, **changes: Any) -> TaggerModel:
    """``known`` with a layer changed."""
    layer = msgspec.structs.replace(known.layers[name], **changes)
    return sealed(msgspec.structs.replace(known, layers=known.layers | {name: layer}))


def no_vectors(sentences: int, size: int = 2) -> Matrix:
    """Vectors of nothing."""
    return np.zeros((sentences, size))


# --- essays to learn from -------------------------------------------------------------------------------------------


def settings(**changes: Any) -> Settings:
    """The program's settings with few parts, and coefficients found exactly."""
    few = {"folds": 3, "inner_folds": 2, "iterations": 5000, "tolerance": 1e-8}
    return msgspec.structs.replace(load_settings(), **(few | changes))


def essays(number: int = 6, sentences: int = 12, voices: str = "ab", seed: int = 1) -> list[EssayExamples]:
    """Made-up essays ``e01``, ``e02`` ... whose labels of `LAYERS` can be learned, if not without fault.

    Terror shows in the first signal and the first column of the vector, and as a word; the other layers in the rest.
    The patterns (``tags``) are right about terror and judgement, and know neither stance nor role.
    """
    random = np.random.RandomState(seed)
    return [_essay(f"e{i + 1:02}", voices[i % len(voices)], sentences, 1.0 + i % 5, random) for i in range(number)]


def _essay(name: str, voice: str, sentences: int, level: float, random: np.random.RandomState) -> EssayExamples:
    drawn = {layer: random.randint(len(labels), size=sentences) for layer, labels in LAYERS.items()}
    shown = [np.eye(len(labels))[drawn[layer]] for layer, labels in LAYERS.items()]
    noise = random.normal(scale=0.4, size=(sentences, sum(len(labels) for labels in LAYERS.values())))
    terror, judgement = drawn["theme_terror"], drawn["judgement"]
    vectors = random.normal(scale=0.2, size=(sentences, 3))
    vectors[:, 0] += terror
    return EssayExamples(
        id=name,
        voice=voice,
        sha256=f"{name:0<64}",
        tags=tuple(
            tagged(paragraph=i // 4, themes=("terror",) * t, judgement=bool(j))
            for i, (t, j) in enumerate(zip(terror, judgement, strict=True))
        ),
        names=tuple(f"{layer}_{name}" for layer, labels in LAYERS.items() for name in labels),
        signals=np.hstack(shown) + noise,
        vectors=vectors,
        texts=tuple(f"The {'camp' if t else 'maize'} of sentence {i}." for i, t in enumerate(terror)),
        units=tuple(
            unit(
                themes=("terror",) * terror[i],
                judgement=bool(judgement[i]),
                stance=STANCES[drawn["stance"][i]],
                role=ROLES[drawn["role"][i]],
            )
            for i in range(sentences)
        ),
        levels={"analysis": level, "judgement": 6.0 - level},
    )
