"""Ten essays revised as their first target says, and padded instead: the first pays, the second does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from essay_marker.records import Result

from .revising import Revision, load_revisions, revised, score

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

REVISIONS = load_revisions()
#: So many of the ten must pay; a first target that has changed since its revision was written counts as one that does
#: not, until somebody writes what a pupil would do about the new one.
PAYING = 8


class Tried(NamedTuple):
    """What a revision and its filler did to the score of the strand of the first target."""

    essay: str
    given: str
    strand: str
    by_doing: float
    by_filling: float


@pytest.fixture(scope="module")
def tried(marker: Marker, exemplars: Path) -> list[Tried]:
    return [_try(revision, marker, exemplars) for revision in REVISIONS]


def _try(revision: Revision, marker: Marker, exemplars: Path) -> Tried:
    result = marker.mark_file(exemplars / f"{revision.essay}.txt")
    first = result.targets[0]

    def gain(words: str) -> float:
        again: Result = marker.mark_bytes(revised(result, revision.at, words).encode(), "again.txt")
        return round(score(again, first.strand) - score(result, first.strand), 3)

    given = first.code if first.code == revision.target else f"{first.code}, not {revision.target}"
    return Tried(revision.essay, given, first.strand, gain(revision.does), gain(revision.filler))


def test_doing_what_the_first_target_says_raises_its_strand(tried: list[Tried]) -> None:
    paid = [one for one in tried if one.by_doing > 0 and "not" not in one.given.split()]
    assert len(paid) >= PAYING, tried


def test_filler_of_the_same_length_raises_it_nowhere(tried: list[Tried]) -> None:
    assert [one for one in tried if one.by_filling > 0] == []


def test_there_are_ten_of_several_kinds_and_levels(exemplars: Path) -> None:
    assert len(REVISIONS) == 10
    assert len({revision.essay for revision in REVISIONS}) == 10
    assert len({revision.target for revision in REVISIONS}) >= 6
    headers = [(exemplars / f"{revision.essay}.toml").read_text("utf-8") for revision in REVISIONS]
    assert {level for level in range(1, 6) for text in headers if f"level = {level}\n" in text} >= {1, 2, 3, 4, 5}


@pytest.mark.parametrize("revision", REVISIONS, ids=[revision.essay for revision in REVISIONS])
def test_the_filler_is_as_long_as_the_revision(revision: Revision) -> None:
    assert len(revision.filler.split()) == len(revision.does.split())
