"""The five essays that stand for the levels stand in their order, and an essay is marked alike however it is laid out.

What is no work on an essay, and must earn nothing, is in ``tests/gaming``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from essay_marker.read import read_bytes, read_file
from essay_marker.records import Essay, Result

if TYPE_CHECKING:
    from essay_marker.rubric import Rubric

FIVE = ("e01", "e02", "e03", "e04", "e05")
SAMPLES = ("000", "001")
NOTES = ("002", "003")

#: Marks a text, each only once; and gives the path of an essay by the beginning of its name.
MarkText = Callable[[str], Result]
Find = Callable[[str], Path]

essays = pytest.mark.parametrize("name", [*FIVE, *(pytest.param(n, marks=pytest.mark.shared) for n in SAMPLES)])


@pytest.fixture(scope="session")
def find(exemplars: Path, request: pytest.FixtureRequest) -> Find:
    def path(name: str) -> Path:
        if name in FIVE:
            return exemplars / f"{name}.txt"
        seeds: Path = request.getfixturevalue("shared") / "seeds"
        return next(seeds.glob(f"{name}_*.txt"))

    return path


@pytest.fixture(scope="session")
def clean(find: Find) -> Callable[[str], Essay]:
    """The essay as it was read, read again from its cleaned text, so that it can be edited by offsets."""

    @cache
    def read(name: str) -> Essay:
        return read_bytes(read_file(find(name)).text.encode(), "essay.txt")

    return read


@essays
def test_the_cleaned_text_is_marked_like_the_original(
    name: str, find: Find, clean: Callable[[str], Essay], mark_text: MarkText, mark_path: Callable[[Path], Result]
) -> None:
    original, again = mark_path(find(name)), mark_text(clean(name).text)
    assert again.essay.text == original.essay.text
    assert again.marks == original.marks


# --- the marks themselves -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def levels(exemplars: Path) -> dict[str, int]:
    """The level that each of the five was written for."""
    return {name: tomllib.loads((exemplars / f"{name}.toml").read_text("utf-8"))["level"] for name in FIVE}


def mark_of(result: Result) -> int:
    assert result.marks.mark is not None, result.marks.withheld_message
    return result.marks.mark


def test_the_five_stand_for_five_levels_and_not_by_their_length(levels: dict[str, int], exemplars: Path) -> None:
    assert sorted(levels.values()) == [1, 2, 3, 4, 5]
    lengths = {name: len((exemplars / f"{name}.txt").read_text("utf-8").split()) for name in FIVE}
    assert all(250 <= length <= 950 for length in lengths.values())
    assert sorted(FIVE, key=lengths.__getitem__) != sorted(FIVE, key=levels.__getitem__)


def test_the_five_get_marks_in_rising_order(
    levels: dict[str, int], find: Find, mark_path: Callable[[Path], Result]
) -> None:
    marks = [mark_of(mark_path(find(name))) for name in sorted(FIVE, key=levels.__getitem__)]
    assert marks == sorted(set(marks))
    assert marks[0] <= 4
    assert marks[-1] >= 16


@pytest.mark.parametrize("name", FIVE)
def test_each_of_the_five_is_within_a_level_of_its_own(
    name: str, levels: dict[str, int], find: Find, mark_path: Callable[[Path], Result], rubric: Rubric
) -> None:
    band = rubric.band(levels[name])
    marks = mark_path(find(name)).marks
    assert marks.low is not None
    assert marks.high is not None
    assert marks.low <= band.high
    assert marks.high >= band.low


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    from essay_marker.rubric import load_rubric

    return load_rubric("edexcel-9hi0-essay")


@pytest.mark.shared
def test_the_samples_get_what_readers_gave(find: Find, mark_path: Callable[[Path], Result]) -> None:
    first, second = (mark_of(mark_path(find(name))) for name in SAMPLES)
    assert 9 <= first <= 14
    assert 13 <= second <= 18
    assert second - first >= 2


@pytest.mark.shared
@pytest.mark.parametrize("name", NOTES)
def test_revision_notes_are_no_essay(name: str, find: Find, mark_path: Callable[[Path], Result]) -> None:
    assert mark_path(find(name)).marks.withheld == "not-an-essay"
