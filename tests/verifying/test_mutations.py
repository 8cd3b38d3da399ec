"""A result as it is printed is accepted; one in which anything was edited is not.

Every kind of field is edited, in the first and the last place where it occurs: numbers moved, texts changed, truths
turned, what is empty filled, entries of lists taken out, doubled and changed about. An edit is found by the result's
own hash; where whoever edits it writes a new hash, by marking the essay again; and in what the sums cover, by the sums.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from essay_marker.records import Result, digest
from essay_marker.verifying import result_of, verify

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "khrushchev-destalinisation" / "exemplars"
SCENARIOS = sorted((ROOT / "tests" / "scenarios").glob("*/essay.txt"))
#: A weak essay, a good one, and one with references, notes and a list of works.
THREE = (CORPUS / "e01.txt", CORPUS / "e04.txt", ROOT / "tests" / "scenarios" / "harvard" / "essay.txt")

three = pytest.mark.parametrize("path", THREE, ids=lambda path: f"{path.parent.name}-{path.stem}")

#: What marking again takes from the result: how the file was called, and the question that was given with it.
TAKEN_OVER = {"essay.source", "essay.question"}
#: Whoever made the result, another program may have: then nothing is compared, and a note says so.
MAKER = re.compile(r"program\.(?!rubric_sha256)")

#: What the sums cover, whatever made the result.
BY_SUM = re.compile(
    r"marks\.(rubric|out_of|withheld|level|mark|low|high|provisional|how|range_how|strands)"
    r"|marks\.strands\[\]\.(id|label|level|score|how)"
    r"|marks\.strands\[\]\.reasons\[\]\.(code|effect|level|weight|title|unit|how|counts)"
    r"|themes\[\]\.score"
)


class Edit(NamedTuple):
    """One edit: the field, its kind (the path without numbers), and the result that came of it."""

    path: str
    kind: str
    raw: Any


def fields(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every field and entry with the way to it."""
    if way:
        yield way, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from fields(item, (*way, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from fields(item, (*way, index))


def named(way: tuple[str | int, ...], *, numbered: bool) -> str:
    said = "".join(f"[{part if numbered else ''}]" if isinstance(part, int) else f".{part}" for part in way)
    return said.removeprefix(".")


def others(value: Any) -> Iterator[Any]:
    """What an editor might put in the place of a value."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        if value:
            yield value - 1
    elif isinstance(value, float):
        yield value - 0.25 if value >= 0.5 else value + 0.25
        yield value - 0.001 if value >= 0.001 else value + 0.001
    elif isinstance(value, str):
        yield value + "x"
        if value:
            yield ""
    elif value is None:
        yield from ("x", 1, {"start": 0, "end": 4})
    elif isinstance(value, list) and value:
        yield value[:-1]
        yield [*value, value[-1]]
        if len(value) > 1 and value[0] != value[1]:
            yield [value[1], value[0], *value[2:]]


def edits(raw: Any, *, wanted: Callable[[str], bool] = lambda kind: True, last: bool = True) -> Iterator[Edit]:
    """Edits of the first field of each wanted kind, and of the ``last``."""
    kinds: dict[str, list[tuple[str | int, ...]]] = {}
    for way, _ in fields(raw):
        kinds.setdefault(named(way, numbered=False), []).append(way)
    for kind, ways in kinds.items():
        if kind == "sha256" or not wanted(kind):
            continue
        edited = copy.deepcopy(raw)
        for way in dict.fromkeys((ways[0], ways[-1] if last else ways[0])):
            holder = edited
            for part in way[:-1]:
                holder = holder[part]
            old = holder[way[-1]]
            for new in others(old):
                holder[way[-1]] = new
                yield Edit(named(way, numbered=True), kind, edited)
            holder[way[-1]] = old


def with_new_hash(raw: Any) -> bool:
    """Give an edited result the hash that fits it; false where it is no result any more."""
    try:
        raw["sha256"] = digest(msgspec.convert(raw, Result))
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.parent.name for path in SCENARIOS])
def test_every_result_that_is_printed_is_accepted(path: Path, marked: Callable[[Path], Any], marker: Marker) -> None:
    found = verify(marked(path).raw, marked(path).essay, marker)
    assert found.faults == ()
    assert found.again
    assert found.notes == ()


def test_the_result_of_a_file_that_cannot_be_read_is_accepted(
    tmp_path: Path, marked: Callable[[Path], Any], marker: Marker
) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    given = marked(path)
    assert given.essay is None
    assert verify(given.raw, None, marker).faults == ()


@three
def test_every_edit_is_noticed_by_the_hash(path: Path, marked: Callable[[Path], Any]) -> None:
    unnoticed = [edit.path for edit in edits(marked(path).raw) if not result_of(edit.raw)[1]]
    assert unnoticed == []


@three
def test_every_edit_under_a_new_hash_is_noticed_by_marking_again(
    path: Path, marked: Callable[[Path], Any], remembering: Marker
) -> None:
    given = marked(path)
    unnoticed, tried = [], 0
    for edit in edits(given.raw, wanted=lambda kind: kind not in TAKEN_OVER and not MAKER.match(kind), last=False):
        if not with_new_hash(edit.raw):
            continue
        tried += 1
        if not verify(edit.raw, given.essay, remembering).faults:
            unnoticed.append(edit.path)
    assert unnoticed == []
    assert tried > 150


@three
def test_every_edit_that_breaks_a_sum_is_noticed_without_marking_again(
    path: Path, marked: Callable[[Path], Any], remembering: Marker
) -> None:
    given = marked(path)
    unnoticed, kinds = [], set()
    for edit in edits(given.raw, wanted=lambda kind: BY_SUM.fullmatch(kind) is not None):
        if not with_new_hash(edit.raw):
            continue
        kinds.add(edit.kind)
        if not verify(edit.raw, given.essay, remembering, again=False).faults:
            unnoticed.append(edit.path)
    assert unnoticed == []
    assert {"marks.mark", "marks.low", "marks.strands[].score", "marks.strands[].reasons[].level"} <= kinds


@three
def test_an_edited_value_is_noticed_by_the_sums_wherever_it_gives_a_level(
    path: Path, marked: Callable[[Path], Any], remembering: Marker
) -> None:
    given = marked(path)
    for number, strand in enumerate(given.raw["marks"]["strands"]):
        for place, reason in enumerate(strand["reasons"]):
            if reason["level"] is None:
                continue
            raw = given.raw
            raw["marks"]["strands"][number]["reasons"][place]["value"] += 0.01
            assert with_new_hash(raw)
            assert verify(raw, given.essay, remembering, again=False).faults, reason["code"]


@three
def test_a_reason_taken_out_is_missed_without_marking_again(
    path: Path, marked: Callable[[Path], Any], remembering: Marker
) -> None:
    given = marked(path)
    for number, strand in enumerate(given.raw["marks"]["strands"]):
        for place, reason in enumerate(strand["reasons"]):
            raw = given.raw
            del raw["marks"]["strands"][number]["reasons"][place]
            assert with_new_hash(raw)
            assert verify(raw, given.essay, remembering, again=False).faults, reason["code"]
