"""Figures of each layer, and the sentences that were tagged otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from essay_marker.evaluate import Compared, compare, layers
from essay_marker.evaluation import NOTHING, Layer

from ..evaluations import compared, historian, result, sentence, themes, unit

TEXT = "He opened the camps."


def of(found: list[Compared], layer: str, resamples: int = 0) -> Layer:
    return next(each for each in layers(found, themes(), resamples=resamples) if each.id == layer)


def one(labels: dict[str, Any], tags: dict[str, Any]) -> list[Compared]:
    """One unit with these labels and these tags."""
    return list(compare("a", [unit("a-1", TEXT, **labels)], result(TEXT, sentence(TEXT, TEXT, **tags))))


def test_no_units_have_no_figures() -> None:
    assert layers([], themes()) == ()


def test_there_is_a_layer_for_every_theme_and_everything_else_that_is_tagged() -> None:
    found = layers(compared("a"), themes(), resamples=0)
    names = [each.id for each in found]
    assert names[0] == "themes"
    assert [each.id for each in found if each.part_of == "themes"] == [f"theme.{theme.id}" for theme in themes()]
    assert names[-5:] == ["historians", "historian_use", "judgement", "stance", "role"]


def test_themes_missed_and_false() -> None:
    found = [*one({"themes": ("terror", "thaw")}, {"themes": ("terror", "economy")})]
    whole = of(found, "themes")
    assert (whole.precision, whole.recall, whole.figure.value, whole.cases) == (0.5, 0.5, 0.5, 2)
    assert whole.confusions == ()  # they stand with their theme
    assert of(found, "theme.terror").confusions == ()
    (missed,) = of(found, "theme.thaw").confusions
    (false,) = of(found, "theme.economy").confusions
    assert (missed.labelled, missed.tagged, false.labelled, false.tagged) == ("yes", "no", "no", "yes")
    assert (missed.cases[0].essay, missed.cases[0].unit, missed.cases[0].text) == ("a", "a-1", TEXT)


@pytest.mark.parametrize("tagged", [(), ("thaw",)])
def test_an_optional_theme_is_neither_rewarded_nor_punished(tagged: tuple[str, ...]) -> None:
    found = one({"optional_themes": ("thaw",)}, {"themes": tagged})
    thaw = of(found, "theme.thaw")
    assert (thaw.figure.value, thaw.cases, thaw.table) == (None, 0, ((0, 0), (0, 0)))


def test_a_theme_that_is_not_compared_does_no_harm() -> None:
    optional = "society"
    found = one({"themes": (optional,)}, {"themes": (optional,)})
    assert of(found, "themes").cases == 0


def test_sides_are_in_a_table_with_the_most_frequent_confusion_first() -> None:
    found = [each for stance in ("success", "success", "none", "limitation") for each in one({"stance": stance}, {})]
    layer = of(found, "stance")
    assert layer.values == ("success", "limitation", "mixed", "none")
    assert layer.table[0] == (0, 0, 0, 2)
    assert [(each.labelled, each.tagged, each.count) for each in layer.confusions] == [
        ("success", "none", 2),
        ("limitation", "none", 1),
    ]


def test_a_unit_that_is_not_found_is_tagged_with_nothing() -> None:
    lost = unit("a-1", "Nothing of this stands there at all.", ("Nove", "cite"), themes=("thaw",), judgement=True)
    found = list(compare("a", [lost], result(TEXT, sentence(TEXT, TEXT))))
    assert found[0].said is None
    assert of(found, "stance").values[-1] == of(found, "role").values[-1] == NOTHING
    for layer in ("theme.thaw", "judgement", "historians"):
        assert of(found, layer).table[0] == (0, 1)
    assert of(found, "historian_use").cases == 0


def test_historians_and_their_use() -> None:
    text = "Taubman praises him but Tompson and Service do not."
    people = [
        historian(text, "Taubman", ("Taubman", "attribute")),
        historian(text, "Tompson", ("Tompson", "attribute")),
        historian(text, "Service", ("Service", "cite")),
    ]
    labelled = unit("a-1", text, ("Taubman", "attribute"), ("Tompson", "evaluate"), ("Nove", "cite"))
    found = list(compare("a", [labelled], result(text, historians=people)))
    people_layer, use = of(found, "historians"), of(found, "historian_use")
    assert (people_layer.precision, people_layer.recall) == (0.667, 0.667)
    assert {(each.tagged, each.cases[0].name) for each in people_layer.confusions} == {
        ("no", "Nove"),
        ("yes", "Service"),
    }
    assert (use.figure.value, use.cases) == (0.5, 2)
    assert (use.confusions[0].labelled, use.confusions[0].tagged, use.confusions[0].cases[0].name) == (
        "evaluate",
        "attribute",
        "Tompson",
    )


def test_intervals_come_from_essays_or_from_the_sentences_of_a_few() -> None:
    many = [each for name in "abcd" for each in compared(name)]
    alike = of(many, "stance", resamples=100).figure
    assert alike.low == alike.value == alike.high  # every essay is the same, so drawing them changes nothing
    few = of([*compared("a"), *compared("b")], "stance", resamples=100).figure
    assert few.low is not None
    assert few.high is not None
    assert few.low < few.high
    assert of(many, "stance").figure.low is None
