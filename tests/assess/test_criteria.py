"""Every criterion: declared in one shape, used by the rubric, and better on what earns than on what does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from essay_marker import assess
from essay_marker.assess import Case, Criterion, likeness
from essay_marker.read import read_bytes
from essay_marker.records import Finding
from essay_marker.rubric import Rubric, list_rubrics

from .building import RUBRIC, TOPIC, analysis, case, claim, context, essay, evidence

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

CRITERIA = assess.criteria()
BY_CODE = {criterion.code: criterion for criterion in CRITERIA}


def found_by(criterion: Criterion, made: Case) -> Finding:
    """The finding of a criterion that does see something."""
    found = criterion.finding(made)
    assert found is not None
    return found


each_criterion = pytest.mark.parametrize("criterion", CRITERIA, ids=[c.code for c in CRITERIA])


def test_codes_are_unique() -> None:
    assert [code for code, number in Counter(c.code for c in CRITERIA).items() if number > 1] == []


@each_criterion
def test_every_criterion_is_fully_declared(criterion: Criterion) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", criterion.code)
    for words in (criterion.title, criterion.looks_at, criterion.why, criterion.unit, criterion.source):
        assert words.strip() == words != ""
    assert criterion.why.endswith(".")
    assert criterion.earns
    assert criterion.does_not_earn
    assert all(text.strip() for text in (*criterion.earns, *criterion.does_not_earn))


@each_criterion
def test_every_criterion_speaks_for_a_strand_and_is_used(criterion: Criterion) -> None:
    assert criterion.strand in {strand.id for strand in RUBRIC.strands}
    assert any(use.code == criterion.code for use in RUBRIC.strand(criterion.strand).criteria)


@pytest.mark.parametrize("rubric", list_rubrics(), ids=lambda rubric: str(rubric.id))
def test_rubrics_use_criteria_that_exist_and_turn_them_the_right_way(rubric: Rubric) -> None:
    for strand in rubric.strands:
        for use in strand.criteria:
            criterion = BY_CODE[use.code]
            if use.steps is not None:
                assert use.falling == (criterion.better == "less"), use.code


@pytest.fixture(scope="session")
def case_of(marker: Marker) -> Callable[[str], Case]:
    """Reads a text and gives its case; every text is read once."""

    @cache
    def made(text: str) -> Case:
        essay = read_bytes(text.encode(), "example.txt")
        return Case(
            reading=marker.annotator.read(essay),
            topic=TOPIC,
            text=essay.text,
            looking=RUBRIC.looking,
            rules=RUBRIC.coverage,
        )

    return made


@each_criterion
def test_examples_that_earn_do_better_than_those_that_do_not(
    criterion: Criterion, case_of: Callable[[str], Case]
) -> None:
    earning = [found_by(criterion, case_of(text)).value for text in criterion.earns]
    failing = [found_by(criterion, case_of(text)).value for text in criterion.does_not_earn]
    if criterion.better == "more":
        assert min(earning) > max(failing)
    else:
        assert max(earning) < min(failing)


@each_criterion
def test_an_empty_reading_earns_nothing(criterion: Criterion) -> None:
    found = criterion.finding(case())
    if criterion in likeness.CRITERIA:
        assert found is None, "of nothing, a model says nothing"
        return
    assert found is not None
    assert (found.value, found.effect, found.spans) == (0.0, "neutral", ())
    assert found.text


@each_criterion
def test_a_finding_points_at_sentences_of_the_essay(criterion: Criterion) -> None:
    made = essay(
        [claim(), evidence("terror", "1957", "Molotov"), analysis(cues="explanation weighing linking yardstick")],
        [claim("limitation", "thaw", cues="counter_argument"), context("thaw"), evidence("thaw", "1958")],
    )
    found = found_by(criterion, made)
    assert (found.code, found.strand) == (criterion.code, criterion.strand)
    starts = {sentence.start for sentence in made.sentences}
    assert all(span.start in starts and span.end <= len(made.text) for span in found.spans)
    assert found.effect == (criterion.effect if found.value > 0 else "neutral")
    assert assess.findings(made)[CRITERIA.index(criterion)] == found


@each_criterion
def test_saying_everything_twice_earns_nothing(criterion: Criterion) -> None:
    paragraph = [claim(), evidence("terror", "1957", "Molotov"), analysis(cues="explanation weighing")]
    again = [said._replace(repeats=True) for said in paragraph]
    once, twice = found_by(criterion, essay(paragraph)).value, found_by(criterion, essay(paragraph, again)).value
    assert twice == once


# These count what there is, which a longer essay may well have more of, up to what the scheme asks for.
COUNTING = {"range-of-themes", "precise-support"}


@pytest.mark.parametrize("code", [c.code for c in CRITERIA if c.code not in COUNTING])
def test_a_longer_essay_of_the_same_kind_earns_no_more(code: str) -> None:
    paragraph = [claim(), evidence("terror", "1957", "Molotov"), analysis(cues="explanation weighing"), claim()]
    shorter, longer = (found_by(BY_CODE[code], essay(*[paragraph] * number)).value for number in (24, 48))
    assert longer <= shorter * 1.1
