"""Likeness to the exemplars: a mean over the writer's own sentences, and nothing where no model spoke."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from essay_marker import assess
from essay_marker.assess import Case

from .building import Said, case, claim

ANALYSIS = next(c for c in assess.criteria() if c.code == "analysis-as-in-exemplars")


def with_levels(made: Case, *levels: float | None) -> Case:
    sentences = tuple(
        msgspec.structs.replace(sentence, levels=None if level is None else {"analysis": level})
        for sentence, level in zip(made.sentences, levels, strict=True)
    )
    reading = msgspec.structs.replace(made.reading, sentences=sentences)
    return Case(reading=reading, topic=made.topic, text=made.text, looking=made.looking, rules=made.rules)


def value(made: Case) -> float:
    found = ANALYSIS.finding(made)
    assert found is not None
    return found.value


def test_it_is_the_mean_of_all_sentences() -> None:
    assert value(with_levels(case([claim(), claim()], [claim()]), 1.0, 2.0, 4.5)) == pytest.approx(2.5)


@pytest.mark.parametrize(
    "free",
    [Said(repeats=True), Said(prose=False), Said(title=True)],
    ids=["again", "list", "title"],
)
def test_what_is_not_the_writers_own_prose_does_not_count(free: Said) -> None:
    assert value(with_levels(case([claim(), free]), 2.0, 5.0)) == 2.0


def test_what_names_nothing_of_the_topic_neither_earns_nor_costs() -> None:
    made = with_levels(case([claim(), claim(), claim()]), 3.0, 5.0, 1.0)
    empty = tuple(msgspec.structs.replace(s, names_topic=s.start == 0) for s in made.sentences)
    assert value(replace(made, reading=msgspec.structs.replace(made.reading, sentences=empty))) == 3.0


def test_what_comes_from_elsewhere_counts_as_the_lowest() -> None:
    made = with_levels(case([claim()], [claim()]), 3.0, 5.0)
    away = tuple(msgspec.structs.replace(s, on_topic=s.start == 0) for s in made.sentences)
    mixed = replace(made, reading=msgspec.structs.replace(made.reading, sentences=away))
    assert value(mixed) == pytest.approx((3.0 + made.looking.elsewhere_level) / 2)


def test_only_in_organisation_the_order_of_sentences_counts() -> None:
    found = {c.strand: c.looks_at for c in assess.criteria() if c.code.endswith("-as-in-exemplars")}
    assert [strand for strand, looks_at in found.items() if "follows" in looks_at] == ["organisation"]


def test_length_earns_nothing() -> None:
    short, long = case([claim()] * 2), case([claim()] * 20)
    assert value(with_levels(short, 3.0, 3.0)) == value(with_levels(long, *[3.0] * 20))


def test_the_sentences_with_the_highest_levels_are_shown_in_their_order() -> None:
    made = with_levels(case([claim()] * 9), *[1.0, 5.0, 1.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.5])
    found = ANALYSIS.finding(made)
    assert found is not None
    shown = [next(i for i, s in enumerate(made.sentences) if s.start == span.start) for span in found.spans]
    assert shown == [1, 3, 4, 5, 6, 8]


def test_without_a_model_there_is_no_finding() -> None:
    made = with_levels(case([claim()]), None)
    assert ANALYSIS.finding(made) is None
    assert "analysis-as-in-exemplars" not in {finding.code for finding in assess.findings(made)}
