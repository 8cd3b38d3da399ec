"""What is no work on an essay earns nothing; what is taken out of it costs; and the five essays stand in their order.

The tricks are in ``tricks.py``. They are played on the five essays that stand for the levels and, where the measuring
data are there, on the two sample essays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from essay_marker.read import read_bytes, read_file
from essay_marker.records import Essay, Result, Span, StrandMark, span_of

from .tricks import TRICKS, without

if TYPE_CHECKING:
    from essay_marker.rubric import Rubric

FIVE = ("e01", "e02", "e03", "e04", "e05")
SAMPLES = ("000", "001")
NOTES = ("002", "003")
STRANDS = ("analysis", "knowledge", "judgement", "organisation")

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


@essays
@pytest.mark.parametrize("trick", TRICKS, ids=[trick.__name__ for trick in TRICKS])
def test_a_trick_never_raises_the_mark(
    name: str, trick: Callable[[Essay], str], clean: Callable[[str], Essay], mark_text: MarkText
) -> None:
    essay = clean(name)
    changed = trick(essay)
    assert changed != essay.text
    before, after = mark_text(essay.text).marks, mark_text(changed).marks
    assert before.mark is not None
    assert (after.mark or 0) <= before.mark, moved(before.strands, after.strands)


@essays
@pytest.mark.parametrize("strand", STRANDS)
def test_without_what_raises_a_strand_the_strand_falls(
    name: str, strand: str, clean: Callable[[str], Essay], mark_text: MarkText
) -> None:
    essay = clean(name)
    result = mark_text(essay.text)
    before = of(result, strand)
    cited = [span for reason in before.reasons if reason.effect == "raises" and reason.weight for span in reason.spans]
    cuts = [span_of(s) for s in result.essay.sentences if any(s.overlap(span) for span in cited)]
    assert cuts
    after = of(mark_text(without(essay, cuts)), strand)
    assert after.score < before.score, moved((before,), (after,))


def of(result: Result, strand: str) -> StrandMark:
    """A strand of a result; one at nothing where there was nothing left to read."""
    found = [mark for mark in result.marks.strands if mark.id == strand]
    return found[0] if found else StrandMark(id=strand, label=strand, level=0, score=0.0, how="", reasons=())


def moved(before: Sequence[StrandMark], after: Sequence[StrandMark]) -> str:
    """Which criteria moved, for whoever has to mend it."""
    lines = []
    for a, b in zip(before, after, strict=False):
        lines.append(f"{a.id}: {a.score} -> {b.score}")
        values = {reason.code: reason.value for reason in b.reasons}
        lines += [
            f"    {reason.code}: {reason.value} -> {values.get(reason.code)} (weight {reason.weight})"
            for reason in a.reasons
            if values.get(reason.code) != reason.value
        ]
    return "\n".join(lines)


def test_cutting_closes_the_gap() -> None:
    essay = read_bytes(b"One was here. Two was there. Three is all.\n\nFour.", "x.txt")
    cut = Span(start=essay.text.index("Two"), end=essay.text.index(" Three"))
    assert without(essay, [cut]) == "One was here. Three is all.\n\nFour."


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
