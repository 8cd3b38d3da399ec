"""What is learned from: the sentences of the labelled exemplars, as the program sees them, with their labels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from essay_marker.annotate.learned import THEME, Matrix, sentence_texts
from essay_marker.annotate.signals import signal_names, signals
from essay_marker.annotate.tagging import ROLES, STANCES, SentenceTags
from essay_marker.annotate.vectors import shared_vectors
from essay_marker.corpus import Exemplar, Unit, locate
from essay_marker.mark.bestfit import level_of
from essay_marker.records import Span
from essay_marker.rubric import Rubric
from essay_marker.topic import Topic

if TYPE_CHECKING:
    from spacy.tokens import Doc

YES_NO = ("no", "yes")


class EssayExamples(NamedTuple):
    """An essay's sentences: what the patterns say, what the learned taggers see, and the unit each belongs to."""

    id: str
    voice: str
    sha256: str  # of the essay's file
    tags: tuple[SentenceTags, ...]
    names: tuple[str, ...]  # of the signals
    signals: Matrix
    vectors: Matrix
    texts: tuple[str, ...]
    units: tuple[Unit | None, ...]
    levels: dict[str, float]  # the level its readers gave the essay on each strand
    padded: tuple[Matrix, ...] = ()  # signals and vectors of the sentences of copies that are no better

    @property
    def paragraphs(self) -> list[int]:
        """The paragraph of each sentence."""
        return [tags.paragraph for tags in self.tags]


def columns_of_doc(doc: Doc, topic: Topic) -> Matrix:
    """Signals and vectors of the sentences of a text that was annotated by patterns alone."""
    return np.hstack([signals(_tags_of(doc), topic), shared_vectors().encode(sentence_texts(doc))])


def _tags_of(doc: Doc) -> tuple[SentenceTags, ...]:
    return tuple(s._.tags for s in doc.sents if s.text.strip())


def examples_of(
    exemplar: Exemplar, doc: Doc, topic: Topic, rubric: Rubric, padded: Sequence[Doc] = ()
) -> EssayExamples:
    """The examples of an exemplar whose text was annotated as ``doc`` by patterns alone, ``padded`` copies likewise."""
    sentences = [s for s in doc.sents if s.text.strip()]
    tags = _tags_of(doc)
    texts = tuple(sentence_texts(doc))
    spans = locate(exemplar.units, doc._.essay.text)
    return EssayExamples(
        id=exemplar.id,
        voice=exemplar.header.voice,
        sha256=hashlib.sha256(exemplar.path.read_bytes()).hexdigest(),
        tags=tags,
        names=signal_names(topic),
        signals=signals(tags, topic),
        vectors=shared_vectors().encode(texts),
        texts=texts,
        units=tuple(_unit_of(s.start_char, s.end_char, spans, exemplar.units) for s in sentences),
        levels={strand: level_of(rubric, given.mark) for strand, given in exemplar.header.strands.items()},
        padded=tuple(columns_of_doc(copy, topic) for copy in padded),
    )


def _unit_of(start: int, end: int, spans: Sequence[Span | None], units: Sequence[Unit]) -> Unit | None:
    """The unit that shares most with a sentence; None where none does."""
    shared = [min(end, span.end) - max(start, span.start) if span else 0 for span in spans]
    best = int(np.argmax(shared)) if shared else -1
    return units[best] if best >= 0 and shared[best] > 0 else None


def layers_of(topic: Topic) -> dict[str, tuple[str, ...]]:
    """The layers that are learned, with their labels."""
    themes = {f"{THEME}{theme.id}": YES_NO for theme in topic.core_themes}
    return {**themes, "judgement": YES_NO, "stance": STANCES, "role": ROLES}


def label(unit: Unit | None, layer: str) -> str | None:
    """The unit's label in a layer; None where it has none, or either would be right."""
    if unit is None:
        return None
    if layer.startswith(THEME):
        theme = layer[len(THEME) :]
        if theme in unit.optional_themes and theme not in unit.themes:
            return None
        return YES_NO[theme in unit.themes]
    if layer == "judgement":
        return YES_NO[unit.judgement]
    return unit.stance if layer == "stance" else unit.role
