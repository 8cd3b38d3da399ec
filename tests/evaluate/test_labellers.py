"""How far two labellers of the same units agree, and two readings of their themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.corpus import Exemplar, Header, ThemesAgain
from essay_marker.corpus import agreed as both_give
from essay_marker.evaluate import compare_labels, labeller_agreement, themes_agreement
from essay_marker.evaluate.labellers import LabellerAgreement

from ..corpora import header
from ..evaluations import themes, unit


def exemplar(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> Exemplar:
    """An exemplar with these labels by one labeller and by another; all units are alike otherwise."""
    by = [
        tuple(
            unit(f"e01-{n:03}", f"Sentence {n}.", *fields.pop("historians", ()), **fields) for n, fields in enumerate(f)
        )
        for f in (first, second)
    ]
    return Exemplar(
        header=msgspec.convert(header("e01"), Header), path=Path("e01.txt"), units=by[0], first=by[0], second=by[1]
    )


def read_again(first: list[dict[str, Any]], again: dict[int, dict[str, Any]]) -> Exemplar:
    """An exemplar with these labels, and these themes of a second reading by the number of the unit."""
    found = exemplar(first, [])
    readings = tuple(
        msgspec.convert({"id": f"e01-{n:03}", "themes": ()} | fields, ThemesAgain) for n, fields in again.items()
    )
    return msgspec.structs.replace(found, units=both_give(found.first, readings), again=readings)


def agreed(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> LabellerAgreement:
    found = labeller_agreement([exemplar(first, second)], themes(), resamples=0)
    assert found is not None
    return found


def figure(found: LabellerAgreement, layer: str) -> float | None:
    return next(each.figure.value for each in found.layers if each.id == layer)


def test_without_second_labels_there_is_none() -> None:
    assert labeller_agreement([], themes()) is None
    assert labeller_agreement([exemplar([{}], [])], themes()) is None


def test_every_layer_is_compared() -> None:
    first: list[dict[str, Any]] = [
        {"themes": ("terror",), "stance": "success", "judgement": True, "historians": (("Nove", "cite"),)},
        {"themes": ("thaw",), "stance": "limitation", "role": "claim", "judgement": True},
    ]
    second: list[dict[str, Any]] = [
        {"themes": ("terror",), "stance": "success", "judgement": True, "historians": (("A. Nove", "quote"),)},
        {"themes": ("economy",), "stance": "none", "role": "claim"},
    ]
    found = agreed(first, second)
    assert (found.essays, found.units, found.decisions, found.left_open) == (1, 2, 2 * len(themes()), 0)
    assert figure(found, "themes") == 0.5
    assert (figure(found, "historians"), figure(found, "historian_use")) == (1.0, 0.0)
    assert figure(found, "judgement") == 0.667
    assert (figure(found, "stance"), figure(found, "role")) == (0.333, 1.0)
    assert found.strict.figure.value == 0.5


@pytest.mark.parametrize("swapped", [False, True])
def test_a_theme_that_either_leaves_open_is_left_out_and_absent_where_that_is_strict(swapped: bool) -> None:
    sure, unsure = [{"themes": ("terror", "thaw")}], [{"themes": ("terror",), "optional_themes": ("thaw",)}]
    found = agreed(unsure, sure) if swapped else agreed(sure, unsure)
    assert (found.left_open, figure(found, "themes"), found.strict.figure.value) == (1, 1.0, 0.667)


def test_two_labellers_are_compared_as_they_labelled_whatever_a_second_reading_of_themes_says() -> None:
    both: list[dict[str, Any]] = [{"themes": ("terror",)}]
    made = exemplar(both, both)
    again = (ThemesAgain(id="e01-000", themes=()),)
    made = msgspec.structs.replace(made, units=both_give(made.first, again), again=again)
    found = labeller_agreement([made], themes(), resamples=0)
    assert found is not None
    assert (found.left_open, figure(found, "themes")) == (0, 1.0)


def test_two_readings_of_themes_are_compared_theme_by_theme() -> None:
    first: list[dict[str, Any]] = [
        {"themes": ("terror",)},
        {"themes": ("thaw", "economy")},
        {"themes": ("economy",)},
    ]
    again: dict[int, dict[str, Any]] = {
        0: {"themes": ("terror",)},
        1: {"themes": ("economy",), "optional_themes": ("thaw",)},
        2: {"themes": ("terror",)},
    }
    found = themes_agreement([read_again(first, again)], themes(), resamples=0)
    assert found is not None
    assert [layer.id for layer in found.layers] == ["themes", *(f"theme.{theme.id}" for theme in themes())]
    assert (found.essays, found.units, found.decisions, found.left_open) == (1, 3, 3 * len(themes()), 1)
    assert (figure(found, "themes"), figure(found, "theme.terror"), figure(found, "theme.economy")) == (
        0.667, 0.667, 0.667,
    )  # fmt: skip
    assert (figure(found, "theme.thaw"), found.strict.figure.value) == (None, 0.571)


def test_only_units_that_were_read_again_are_compared() -> None:
    first = [{"themes": ("terror",)}, {"themes": ("thaw",)}]
    found = themes_agreement([read_again(first, {1: {"themes": ("thaw",)}})], themes(), resamples=0)
    assert found is not None
    assert (found.units, figure(found, "themes")) == (1, 1.0)
    assert themes_agreement([read_again(first, {})], themes()) is None
    assert themes_agreement([], themes()) is None


def test_labels_of_different_units_are_refused() -> None:
    one, other = [unit("e01-001", "One.")], [unit("e01-001", "Another.")]
    with pytest.raises(ValueError, match="e01-001 and e01-001 are different units"):
        list(compare_labels("e01", one, other))
    with pytest.raises(ValueError, match="shorter"):
        list(compare_labels("e01", one, []))
