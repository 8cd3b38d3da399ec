"""The learned taggers: what logistic regressions, fitted on labelled essays, say of every sentence.

They decide in two passes. The first looks at a sentence's signals and vector. The second looks at these again and at
what the first pass says of the sentences around it in the paragraph (stacked learning: Wolpert 1992, Cohen and
Carvalho 2005). Probabilities are calibrated on essays held out from training (Platt 1999; Guo and others 2017).

A model is a JSON file of coefficients, applied here with numpy alone; `essay_marker.train` writes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from essay_marker.annotate import layers  # noqa: F401  (registers the extension attributes)
from essay_marker.annotate.habits import habits
from essay_marker.annotate.signals import signal_names, signals
from essay_marker.annotate.spelling import as_meant
from essay_marker.annotate.tagging import SentenceTags
from essay_marker.annotate.text import blanked
from essay_marker.annotate.vectors import model_path, shared_vectors
from essay_marker.data import Record, load_json
from essay_marker.errors import DataError
from essay_marker.records import DecidedBy, Role, Stance, Sure
from essay_marker.resources import DEFAULT_TOPIC
from essay_marker.topic import Topic, load_topic

Matrix = npt.NDArray[np.float64]

FORMAT = 1
_LEVEL_DECIMALS = 2
_FARTHEST = 500.0  # of a value from 0: beyond it a probability is 0 or 1, and its exponential too large a number
THEME = "theme_"  # begins the name of a layer that says whether a sentence has the theme
LAYERS = ("themes", "stance", "role", "judgement", "historian_use")


class Linear(Record, frozen=True, kw_only=True):
    """A linear decision: a row of coefficients and a constant for each label; one row where there are two labels."""

    coefficients: tuple[tuple[float, ...], ...]
    constants: tuple[float, ...]


class Layer(Record, frozen=True, kw_only=True):
    """One layer's two passes, and how the second's decision values become probabilities.

    With two labels, the second is given from the probability ``threshold`` on; with more, the most probable.
    """

    labels: tuple[str, ...]
    first: Linear
    second: Linear
    slope: float
    shift: float
    threshold: float

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it decides between two labels."""
        return len(self.labels) == 2


class TaggerModel(Record, frozen=True, kw_only=True):
    """``model.json``: everything the taggers of a topic need, and what they were made from.

    ``levels`` gives for each strand of the mark scheme a sentence's level: that of the exemplars in which sentences
    like it stand. ``trained_on`` names the essays with the hash of their file, ``libraries`` the versions that fitted
    it. ``sha256`` is the hash of all the rest, so that a damaged or edited file is noticed.
    """

    format: int
    topic: str
    signals: tuple[str, ...]
    vectors_sha256: str
    around: tuple[int, ...]  # how many sentences before (below 0) and after the second pass looks at
    layers: dict[str, Layer]
    levels: dict[str, Linear]
    trained_on: dict[str, str]
    labels_sha256: str
    libraries: dict[str, str]
    sha256: str = ""


class _Format(msgspec.Struct, frozen=True, kw_only=True):
    """What a model file of every format has."""

    format: int


# --- the file -------------------------------------------------------------------------------------------------------


def sealed(model: TaggerModel) -> TaggerModel:
    """``model`` with its hash."""
    return msgspec.structs.replace(model, sha256=_digest(model))


def _digest(model: TaggerModel) -> str:
    plain = msgspec.to_builtins(msgspec.structs.replace(model, sha256=""))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def load_model_file(path: Path, topic: Topic, vectors_sha256: str) -> TaggerModel:
    """The model in a file. `DataError` says what is wrong where it cannot be used with this program and topic."""
    again = f"Train it again: essay-marker train {topic.id}"
    try:
        found = load_json(path, _Format).format  # before anything else: another format has other fields
        model = load_json(path, TaggerModel) if found == FORMAT else None
    except DataError as error:
        raise DataError(f"{error} {again}") from None
    if model is None:
        raise DataError(f"{path}: the model has format {found}; this program knows format {FORMAT}. {again}")
    if model.sha256 != _digest(model):
        raise DataError(f"{path}: the file was changed or damaged after it was written (its hash is wrong). {again}")
    if model.topic != topic.id:
        raise DataError(f"{path}: the model is for the topic {model.topic}, not for {topic.id}.")
    if model.signals != signal_names(topic):
        differing = sorted(set(model.signals) ^ set(signal_names(topic))) or ["their order"]
        raise DataError(
            f"{path}: the model was trained with other features than the program has now"
            f" ({', '.join(differing[:3])}{' ...' if len(differing) > 3 else ''}). {again}"
        )
    if model.vectors_sha256 != vectors_sha256:
        raise DataError(f"{path}: the model was trained with other sentence vectors than are installed. {again}")
    return model


# --- the decision ---------------------------------------------------------------------------------------------------


def decision_values(linear: Linear, columns: Matrix) -> Matrix:
    """A row for each sentence, a column for each row of coefficients."""
    values: Matrix = columns @ np.array(linear.coefficients).T + np.array(linear.constants)
    return values


def probabilities(values: Matrix) -> Matrix:
    """Decision values as probabilities: of "yes" where there is one column, else of each label."""
    if values.shape[1] == 1:
        return 1.0 / (1.0 + np.exp(-np.clip(values, -_FARTHEST, _FARTHEST)))
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return cast(Matrix, raised / raised.sum(axis=1, keepdims=True))


def first_pass(linears: Mapping[str, Linear], columns: Matrix) -> Matrix:
    """The probabilities of every layer's first pass, side by side by the layer's name.

    The order is that of the names, since a file does not keep that of a dictionary.
    """
    return np.hstack([probabilities(decision_values(linears[name], columns)) for name in sorted(linears)])


def neighbourhood(first: Matrix, paragraphs: Sequence[int], around: Sequence[int]) -> Matrix:
    """What the second pass sees of the first: its probabilities for the sentence, its neighbours and the opening.

    ``first`` has a row for each sentence of one essay. A neighbour counts within the paragraph only; where there is
    none, its columns are 0. The opening is the first sentence of the paragraph.
    """
    size = len(paragraphs)
    blocks = [first, first[[paragraphs.index(p) for p in paragraphs]]]
    for step in around:
        block = np.zeros((size, first.shape[1] + 1))
        for i in range(size):
            j = i + step
            if 0 <= j < size and paragraphs[j] == paragraphs[i]:
                block[i, :-1], block[i, -1] = first[j], 1.0
        blocks.append(block)
    return np.hstack(blocks)


class LearnedTags:
    """Applies a model to the sentences of an essay."""

    def __init__(self, model: TaggerModel, topic: Topic) -> None:
        """Keep ``model`` for ``topic``."""
        self.model = model
        self._topic = topic

    def probabilities(self, columns: Matrix, paragraphs: Sequence[int]) -> dict[str, Matrix]:
        """For each layer the calibrated probabilities; ``columns`` are signals and vector of each sentence."""
        first = first_pass({name: layer.first for name, layer in self.model.layers.items()}, columns)
        seen = np.hstack([columns, neighbourhood(first, paragraphs, self.model.around)])
        return {
            name: probabilities(layer.slope * decision_values(layer.second, seen) + layer.shift)
            for name, layer in self.model.layers.items()
        }

    def decide(self, sentences: Sequence[SentenceTags], vectors: Matrix) -> list[SentenceTags]:
        """The ``sentences`` of an essay with the tags that the model gives them."""
        columns = np.hstack([signals(sentences, self._topic), vectors])
        found = self.probabilities(columns, [s.paragraph for s in sentences])
        levels = {strand: decision_values(linear, columns)[:, 0] for strand, linear in self.model.levels.items()}
        return [
            self._decided(sentence, {name: p[i] for name, p in found.items()})._replace(
                levels={strand: round(float(values[i]), _LEVEL_DECIMALS) for strand, values in levels.items()}
            )
            for i, sentence in enumerate(sentences)
        ]

    def _decided(self, sentence: SentenceTags, found: dict[str, Matrix]) -> SentenceTags:
        layers_ = self.model.layers
        themes = {name[len(THEME) :]: float(p[0]) for name, p in found.items() if name.startswith(THEME)}
        given = {t for t, p in themes.items() if p >= layers_[THEME + t].threshold}
        given |= {t for t in sentence.themes if t not in themes}  # what was never labelled stays with the patterns
        stance, role = int(found["stance"].argmax()), int(found["role"].argmax())
        judgement = float(found["judgement"][0])
        judged = judgement >= layers_["judgement"].threshold
        return sentence._replace(
            themes=tuple(t.id for t in self._topic.themes if t.id in given),
            stance=cast(Stance, layers_["stance"].labels[stance]),
            role=cast(Role, layers_["role"].labels[role]),
            judgement=judged,
            sure=Sure(
                themes={t: round(p, 2) for t, p in themes.items()},
                stance=round(float(found["stance"][stance]), 2),
                role=round(float(found["role"][role]), 2),
                judgement=round(judgement if judged else 1.0 - judgement, 2),
            ),
        )


# --- the components -------------------------------------------------------------------------------------------------


def sentence_texts(doc: Doc) -> list[str]:
    """What is encoded of each sentence: its words without references and words of habit, slips of typing put right."""
    text = blanked(doc, "citations")
    sentences = habits().read_over([text[s.start_char : s.end_char] for s in doc.sents if s.text.strip()])
    return [" ".join(as_meant(sentence, doc._.slips).split()) for sentence in sentences]


@Language.factory(
    "essay_marker/vectors",
    requires=["token.sent_start"],
    assigns=["doc._.vectors"],
    default_config={"topic": DEFAULT_TOPIC},
)
def make_encoder(nlp: Language, name: str, topic: str) -> SentenceEncoder:
    """The component that begins to encode the sentences while others work."""
    return SentenceEncoder()


class SentenceEncoder:
    """Sets ``doc._.vectors`` to the vectors to come."""

    def __call__(self, doc: Doc) -> Doc:
        """Begin to encode the sentences of ``doc``."""
        doc._.vectors = shared_vectors().begin(sentence_texts(doc))
        return doc


@Language.factory(
    "essay_marker/learned",
    requires=["span._.tags", "doc._.vectors"],
    assigns=["span._.tags", "doc._.decided_by"],
    default_config={"topic": DEFAULT_TOPIC},
)
def make_learned(nlp: Language, name: str, topic: str) -> LearnedTagger:
    """The learned taggers for a topic, named by its id or folder. `DataError` where their model cannot be used."""
    loaded = load_topic(topic)
    model = load_model_file(model_path(loaded.id), loaded, shared_vectors().card.sha256)
    return LearnedTagger(LearnedTags(model, loaded))


class LearnedTagger:
    """Puts the learned tags in the place of the patterns'."""

    def __init__(self, tags: LearnedTags) -> None:
        """Decide with ``tags``."""
        self._tags = tags
        decided: dict[str, DecidedBy] = dict.fromkeys(LAYERS, "learned")
        self._decided = decided | {"historian_use": "patterns"}

    @property
    def sha256(self) -> str:
        """The hash of the model."""
        return self._tags.model.sha256

    def __call__(self, doc: Doc) -> Doc:
        """Set ``span._.tags`` on every sentence."""
        sentences = [s for s in doc.sents if s.text.strip()]
        if sentences:
            decided = self._tags.decide([s._.tags for s in sentences], doc._.vectors.result())
            for sentence, tags in zip(sentences, decided, strict=True):
                sentence._.tags = tags
        doc._.decided_by = self._decided
        return doc
