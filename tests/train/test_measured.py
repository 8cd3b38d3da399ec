"""What the criteria see in an essay whose sentences a given model tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_marker.annotate import Annotator
from essay_marker.annotate.vectors import load_card
from essay_marker.corpus import load_exemplar
from essay_marker.read import read_file
from essay_marker.rubric import load_rubric
from essay_marker.train.examples import examples_of
from essay_marker.train.measured import as_findings, criterion_values

from ..learning import linear, model, with_layer

RUBRIC = load_rubric("edexcel-9hi0-essay")


def test_the_models_tags_are_measured_and_the_sentences_keep_their_own(by_patterns: Annotator, exemplars: Path) -> None:
    exemplar = load_exemplar(exemplars / "e53.toml")
    doc = by_patterns.doc(read_file(exemplar.path))
    before = [s._.tags for s in doc.sents if s.text.strip()]
    essay = examples_of(exemplar, doc, by_patterns.topic, RUBRIC)
    width = essay.signals.shape[1] + load_card().dimensions
    levels = {strand.id: linear(width, ({}, 3.0)) for strand in RUBRIC.strands}
    knows_nothing = model(by_patterns.topic, vectors=load_card().dimensions, levels=levels)
    columns = len(knows_nothing.layers["judgement"].second.coefficients[0])
    values: dict[str, dict[str, dict[str, float]]] = {}
    for name, constant in (("all", 5.0), ("none", -5.0)):
        says = with_layer(knows_nothing, "judgement", second=linear(columns, ({}, constant)))
        values |= {name: criterion_values(says, [(essay, doc)], by_patterns, RUBRIC)}
    assert [s._.tags for s in doc.sents if s.text.strip()] == before
    assert set(values["all"]) == {"e53"}
    everything, nothing = values["all"]["e53"], values["none"]["e53"]
    assert set(everything) == set(nothing) >= {use.code for strand in RUBRIC.strands for use in strand.criteria}
    assert everything != nothing
    assert criterion_values(says, [(essay, doc)], by_patterns, RUBRIC) == values["none"]


def test_a_model_that_fails_leaves_the_sentences_as_they_were(by_patterns: Annotator, exemplars: Path) -> None:
    exemplar = load_exemplar(exemplars / "e53.toml")
    doc = by_patterns.doc(read_file(exemplar.path))
    before = [s._.tags for s in doc.sents if s.text.strip()]
    essay = examples_of(exemplar, doc, by_patterns.topic, RUBRIC)
    with pytest.raises(ValueError, match="matmul"):  # made for vectors of two columns
        criterion_values(model(by_patterns.topic), [(essay, doc)], by_patterns, RUBRIC)
    assert [s._.tags for s in doc.sents if s.text.strip()] == before


def test_values_become_findings_in_their_order() -> None:
    found = as_findings({"K1": 2.5, "A1": 0.0})
    assert [(finding.code, finding.value) for finding in found] == [("K1", 2.5), ("A1", 0.0)]
