"""What is measured in an essay, by the real program: no word of it in a profile, its own words in an exemplar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from essay_marker.corpus import (
    MeasuredCorpus,
    Profile,
    load_exemplar,
    load_measured,
    measured_text,
    profile_text,
)
from essay_marker.errors import InputError
from essay_marker.measuring import LONGEST_QUOTE, make_profile, measure_exemplar, measure_exemplars, measurements
from essay_marker.read import read_file

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker
    from essay_marker.records import Result

ESSAY = "e04"


@pytest.fixture(scope="module")
def result(marker: Marker, exemplars: Path) -> Result:
    return marker.mark_file(exemplars / f"{ESSAY}.txt")


def test_the_measurements_are_those_of_the_result(result: Result) -> None:
    found = measurements(result)
    assert found.words == result.essay.words
    assert sum(found.roles.values()) == sum(found.stances.values()) == found.sentences <= len(result.essay.sentences)
    assert found.themes == {theme.id: theme.coverage for theme in result.themes}
    for strand in result.marks.strands:
        measured = found.strands[strand.id]
        assert measured.score == strand.score
        for reason in strand.reasons:
            assert measured.criteria[reason.code].value == pytest.approx(reason.value, abs=1e-4)
            assert measured.criteria[reason.code].level == reason.level


def test_an_exemplar_is_quoted_in_its_own_whole_sentences(marker: Marker, exemplars: Path) -> None:
    measured = measure_exemplar(marker, load_exemplar(exemplars / f"{ESSAY}.toml"))
    text = read_file(exemplars / f"{ESSAY}.txt").text
    assert set(measured.strands) == {strand.id for strand in marker.rubric.strands}
    for strand in measured.strands.values():
        assert 1 <= len(strand.quotes) <= 2
        for quote in strand.quotes:
            assert " ".join(text[quote.start : quote.end].split()) == quote.text
            assert len(quote.text.split()) <= LONGEST_QUOTE
            assert re.search(r"[.?!][”’\"']?$", quote.text)


def test_a_profile_holds_no_word_of_the_essay(marker: Marker, exemplars: Path, tmp_path: Path) -> None:
    essay = tmp_path / "essay.txt"
    essay.write_text(f"How successful was my Aunt Wilhelmina?\n\n{(exemplars / 'e04.txt').read_text('utf-8')}", "utf-8")
    profile = make_profile(marker, essay, id="p1", title="One of ours", question=None, marks=(11, 12))
    assert profile.question == marker.topic.question.question
    written = profile_text(profile)
    assert msgspec.json.decode(written, type=Profile) == profile
    assert "Wilhelmina" not in written
    said = {*strings(msgspec.to_builtins(msgspec.structs.replace(profile, runs=())))}
    assert said == {"p1", "One of ours", profile.question, profile.rubric, profile.program} | set(
        profile.measurements.themes.values()
    )


def strings(part: object) -> Iterator[str]:
    """Every text among the values of a table, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)


def test_what_cannot_be_read_gives_no_profile(marker: Marker, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.txt"):
        make_profile(marker, tmp_path / "nothing.txt", id="p1", title="", question=None, marks=(1,))


def test_measurements_are_the_same_bytes_twice_and_read_as_they_are_written(marker: Marker, exemplars: Path) -> None:
    chosen = [load_exemplar(exemplars / f"{name}.toml") for name in ("e05", "e03")]
    first, second = (measured_text(measure_exemplars(marker, order)) for order in (chosen, chosen[::-1]))
    assert first == second
    found = msgspec.json.decode(first, type=MeasuredCorpus)
    assert list(found.exemplars) == ["e03", "e05"]
    assert measured_text(found) == first


def test_what_ships_is_what_is_measured_today(marker: Marker, exemplars: Path) -> None:
    """On two essays, and nearly: another processor may tip a sentence. ``corpus measure --check`` looks at all."""
    shipped = load_measured(exemplars.parent)
    assert shipped is not None
    assert {path.stem for path in exemplars.glob("*.toml")} == set(shipped.exemplars)
    for name in ("e05", "e19"):
        now, then = measure_exemplar(marker, load_exemplar(exemplars / f"{name}.toml")), shipped.exemplars[name]
        assert (then.level, then.mark, then.sketch) == (now.level, now.mark, now.sketch)
        assert then.measurements.words == now.measurements.words
        for strand, measured in now.measurements.strands.items():
            was = then.measurements.strands[strand]
            assert set(was.criteria) == set(measured.criteria)
            assert was.score == pytest.approx(measured.score, abs=0.35), "run essay-marker corpus measure"


def test_an_exemplar_is_not_its_own_neighbour_and_others_are(result: Result, exemplars: Path) -> None:
    others = {path.stem for path in exemplars.glob("*.toml")} - {ESSAY}
    texts = {name: " ".join(read_file(exemplars / f"{name}.txt").text.split()) for name in others}
    for strand in result.marks.strands:
        assert len(strand.nearest) == 2
        for near in strand.nearest:
            assert near.id in others
            assert near.quote in texts[near.id]
        assert strand.nearest[0].distance <= strand.nearest[1].distance
