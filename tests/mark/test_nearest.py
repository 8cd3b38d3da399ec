"""The nearest exemplars: by the strand's criteria in level steps, never the essay itself, ties by id."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from essay_marker.corpus import (
    CriterionMeasurement,
    ExemplarQuote,
    MadeFrom,
    MeasuredCorpus,
    MeasuredExemplar,
    MeasuredStrand,
    Measurements,
    StrandMeasurement,
)
from essay_marker.mark import no_mark, with_nearest
from essay_marker.mark.nearest import distance, nearest
from essay_marker.records import Marks, Reason, StrandMark
from essay_marker.rubric import CriterionUse, Rubric, Strand

from .building import RUBRIC, strands

USES = (
    CriterionUse(code="rate", weight=3.0, steps=(0.1, 0.2, 0.3, 0.4, 0.5)),
    CriterionUse(code="count", weight=1.0, steps=(10.0, 20.0, 30.0, 40.0, 50.0)),
    CriterionUse(code="fault", weight=1.0, steps=(0.5, 0.4, 0.3, 0.2, 0.1)),
    CriterionUse(code="shown"),
)
STRAND = Strand(id="analysis", label="A", judged="?", weight=1.0, ladder=("1", "2", "3", "4", "5"), criteria=USES)


def reasons(**values: float) -> tuple[Reason, ...]:
    return tuple(
        Reason(code=code, text="", effect="raises", spans=(), value=value, level=None, weight=1.0)
        for code, value in values.items()
    )


def measured(**values: float) -> dict[str, CriterionMeasurement]:
    return {code: CriterionMeasurement(value=value, level=None) for code, value in values.items()}


def exemplar(
    values: dict[str, float], mark: int = 10, quote: str | None = "Its own words.", sketch: tuple[str, ...] = ()
) -> MeasuredExemplar:
    quotes = () if quote is None else (ExemplarQuote(start=0, end=14, text=quote),)
    return MeasuredExemplar(
        level=3,
        mark=10,
        strands={"analysis": MeasuredStrand(level=3, mark=mark, quotes=quotes)},
        measurements=Measurements(
            words=500, quoted_share=0.0, sentences=20, roles={}, stances={}, themes={},
            strands={"analysis": StrandMeasurement(score=3.0, criteria=measured(**values))},
        ),
        sketch=sketch,
    )  # fmt: skip


def corpus(rubric: str = RUBRIC.id, **exemplars: MeasuredExemplar) -> MeasuredCorpus:
    made = MadeFrom(exemplars="", rubric="", topic="", models="", program="")
    return MeasuredCorpus(format=1, rubric=rubric, made_from=made, exemplars=exemplars)


@pytest.mark.parametrize(
    ("theirs", "apart"),
    [
        ({"rate": 0.3, "count": 30.0, "fault": 0.3}, 0.0),
        ({"rate": 0.4, "count": 30.0, "fault": 0.3}, 0.6),
        ({"rate": 0.3, "count": 40.0, "fault": 0.3}, 0.2),  # ten of its units weigh as much as a tenth of the other's
        ({"rate": 0.3, "count": 30.0, "fault": 0.4}, 0.2),
        ({"rate": 0.3, "count": 900.0, "fault": 0.3}, 0.4),  # nothing lies above the top level
        ({"rate": 0.4}, 1.0),  # what was seen in one only is left out
        ({"shown": 5.0}, None),
        ({}, None),
    ],
)
def test_the_distance_is_the_weighted_mean_difference_in_levels(theirs: dict[str, float], apart: float | None) -> None:
    ours = reasons(rate=0.3, count=30.0, fault=0.3, shown=9.0)
    assert distance(STRAND, ours, measured(**theirs)) == (None if apart is None else pytest.approx(apart))


def test_the_two_nearest_come_first_and_ties_go_by_id() -> None:
    exemplars = {
        "e04": exemplar({"rate": 0.5}),
        "e03": exemplar({"rate": 0.3}, mark=12),
        "e02": exemplar({"rate": 0.2}, quote=None),
        "e01": exemplar({"rate": 0.4}),
    }
    found = nearest(STRAND, reasons(rate=0.3), exemplars)
    assert [(near.id, near.mark, near.quote, near.distance) for near in found] == [
        ("e03", 12, "Its own words.", 0.0),
        ("e01", 10, "Its own words.", pytest.approx(1.0)),
    ]
    assert nearest(STRAND, reasons(rate=0.2), exemplars)[0].quote == ""


def marks() -> Marks:
    """Marks whose strand of analysis has the value 0.1 of one of its criteria."""
    code = RUBRIC.strand("analysis").criteria[0].code
    given: tuple[StrandMark, ...] = tuple(
        msgspec.structs.replace(strand, reasons=reasons(**{code: 0.1})) for strand in strands(3.0)
    )
    return msgspec.structs.replace(no_mark(RUBRIC, "too-short", "", given), withheld=None)


def known(**fields: Any) -> MeasuredExemplar:
    code = RUBRIC.strand("analysis").criteria[0].code
    return exemplar({code: 0.1}, **fields)


def ids(found: Marks) -> dict[str, list[str]]:
    return {strand.id: [near.id for near in strand.nearest] for strand in found.strands}


def test_every_strand_that_was_measured_gets_its_neighbours() -> None:
    found = with_nearest(RUBRIC, marks(), corpus(e01=known(), e02=known(), e03=known()), [])
    assert ids(found) == {"analysis": ["e01", "e02"], "knowledge": [], "judgement": [], "organisation": []}


def test_an_essay_is_not_its_own_neighbour() -> None:
    runs = [f"{number:016x}" for number in range(8)]
    same, half, other = (
        known(sketch=(*runs[:5], "f" * 16)),
        known(sketch=(*runs[:3], "d" * 16, "e" * 16, "f" * 16)),
        known(sketch=("f" * 16,)),
    )
    found = with_nearest(RUBRIC, marks(), corpus(e01=same, e02=half, e03=other), runs)
    assert ids(found)["analysis"] == ["e02", "e03"]


@pytest.mark.parametrize("which", ["withheld", "nothing measured", "another scheme"])
def test_there_are_no_neighbours(which: str) -> None:
    given = marks()
    if which == "withheld":
        given = msgspec.structs.replace(given, withheld="too-short")
    rubric: Rubric = RUBRIC
    known_corpus = {"nothing measured": None, "another scheme": corpus("another", e01=known())}.get(
        which, corpus(e01=known())
    )
    assert with_nearest(rubric, given, known_corpus, []) == given
