"""How far two labellers of the same units agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.corpus import Exemplar, Header
from essay_marker.evaluate import compare_labels, labeller_agreement
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
    return Exemplar(header=msgspec.convert(header("e01"), Header), path=Path("e01.txt"), units=by[0], second=by[1])


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


def test_labels_of_different_units_are_refused() -> None:
    one, other = [unit("e01-001", "One.")], [unit("e01-001", "Another.")]
    with pytest.raises(ValueError, match="e01-001 and e01-001 are different units"):
        list(compare_labels("e01", one, other))
    with pytest.raises(ValueError, match="shorter"):
        list(compare_labels("e01", one, []))
