"""Feedback is about the essay: what one pupil reads is not what the next one reads.

Every third exemplar is marked here, which leaves all levels and voices in; ``benchmarks/feedback.py`` does it for all.
"""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec
import pytest

from essay_marker.records import Result, Strength, Target

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker


@pytest.fixture(scope="module")
def feedback(root: Path) -> ModuleType:
    """The benchmark, which says what a sentence is and when two are the same."""
    spec = spec_from_file_location("benchmark_of_feedback", root / "benchmarks" / "feedback.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results(feedback: ModuleType, marker: Marker, exemplars: Path) -> dict[str, Result]:
    found: dict[str, Result] = feedback.mark_all(sorted(exemplars.glob("*.txt"))[::5], marker)
    return found


def test_they_are_of_all_levels(results: dict[str, Result]) -> None:
    assert {result.marks.level for result in results.values()} == {1, 2, 3, 4, 5}


def test_two_essays_share_less_than_a_fifth_of_their_sentences(
    feedback: ModuleType, results: dict[str, Result]
) -> None:
    share, first, second = feedback.compare(results)[0]
    assert share < feedback.BAR, (first, second)


def test_no_three_targets_are_the_same_for_many(results: dict[str, Result]) -> None:
    given = [frozenset(target.code for target in result.targets) for result in results.values()]
    assert max(given.count(three) for three in given) <= len(given) / 4


def test_everything_said_has_its_place_and_two_forms(results: dict[str, Result]) -> None:
    for name, result in results.items():
        said: list[Strength | Target] = [*result.strengths, *result.targets]
        assert said, name
        for item in said:
            assert item.text.endswith((".", "?")), name
            assert item.student.endswith((".", "?")), name
            assert not {"{", "}"} & {*item.text, *item.student}, name
            assert all(result.essay.text[span.start : span.end].strip() for span in item.spans), name
            assert item.spans, (name, item.code)


def test_nothing_said_is_long(results: dict[str, Result]) -> None:
    for name, result in results.items():
        assert all(len(strength.student.split()) <= 50 for strength in result.strengths), name
        assert all(len(target.student.split()) <= 70 for target in result.targets), name


def test_a_teacher_is_not_called_you(results: dict[str, Result]) -> None:
    for result in results.values():
        said: list[Strength | Target] = [*result.strengths, *result.targets]
        for item in said:
            assert not {"you", "your"} & set(item.text.lower().split()), item.text


def test_sentences_that_differ_in_quoted_words_and_names_are_the_same(feedback: ModuleType) -> None:
    first = feedback.plain("Say what “the end of it” meant to Molotov.")
    assert first == feedback.plain("Say what “nothing” meant to Boris Pasternak.")
    assert first != feedback.plain("Say what it meant to others.")
    assert feedback.plain("Paragraph 3 ends.") != feedback.plain("Paragraph 4 ends.")
    assert feedback.plain("Paragraph 3 ends.", numbers=False) == feedback.plain("Paragraph 4 ends.", numbers=False)


def test_the_share_is_of_the_shorter_feedback(feedback: ModuleType) -> None:
    assert feedback.share(["a", "b", "c", "d"], ["a", "x"]) == 0.5
    assert feedback.share(["a", "a"], ["a", "b"]) == 0.5
    assert feedback.share(["a"], []) == 0.0


def test_the_benchmark_reads_what_a_student_reads(feedback: ModuleType, results: dict[str, Result]) -> None:
    result = next(iter(results.values()))
    target = msgspec.structs.replace(result.targets[0], student="One thing. Another?", text="Not this.")
    said = feedback.sentences(msgspec.structs.replace(result, strengths=(), targets=(target,)))
    assert said == ["One thing.", "Another?"]
