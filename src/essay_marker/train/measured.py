"""What the criteria see in each exemplar when its sentences are tagged by a model that had not seen it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from essay_marker import assess
from essay_marker.annotate import Annotator
from essay_marker.annotate.learned import LearnedTags, TaggerModel
from essay_marker.records import Finding
from essay_marker.rubric import Rubric
from essay_marker.train.examples import EssayExamples

if TYPE_CHECKING:
    from spacy.tokens import Doc


def criterion_values(
    model: TaggerModel, essays: Sequence[tuple[EssayExamples, Doc]], annotator: Annotator, rubric: Rubric
) -> dict[str, dict[str, float]]:
    """The values of all criteria for each essay with the tags of ``model``; the docs keep their own tags."""
    tagger = LearnedTags(model, annotator.topic)
    return {example.id: _values(tagger, example, doc, annotator, rubric) for example, doc in essays}


def _values(
    tagger: LearnedTags, example: EssayExamples, doc: Doc, annotator: Annotator, rubric: Rubric
) -> dict[str, float]:
    sentences = [s for s in doc.sents if s.text.strip()]
    for sentence, tags in zip(sentences, tagger.decide(example.tags, example.vectors), strict=True):
        sentence._.tags = tags
    try:
        case = assess.Case(
            reading=annotator.reading(doc),
            topic=annotator.topic,
            text=doc._.essay.text,
            looking=rubric.looking,
            rules=rubric.coverage,
        )
        return {finding.code: finding.value for finding in assess.findings(case)}
    finally:
        for sentence, tags in zip(sentences, example.tags, strict=True):
            sentence._.tags = tags


def as_findings(values: dict[str, float]) -> tuple[Finding, ...]:
    """Held-out values as findings without words or places, for what only looks at values."""
    return tuple(
        Finding(code=code, strand="", effect="neutral", value=value, text="", spans=())
        for code, value in values.items()
    )
