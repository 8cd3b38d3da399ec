"""The report on an evaluation: what a tired teacher reads in a terminal, and the page."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any, Literal

import jsonschema
import msgspec
import pytest

from essay_marker.evaluate import layers
from essay_marker.evaluation import NOTHING, Evaluation, Figure, Layer
from essay_marker.report.evaluation import CONFUSIONS, SENTENCES, render_evaluation
from essay_marker.report.evaluation_view import cells, picked
from essay_marker.report.layout import visible

from ..evaluations import SENTENCES as TEXTS
from ..evaluations import compared, evaluation, themes
from .test_as_html import Page


@pytest.fixture(scope="module")
def usual() -> Evaluation:
    return evaluation()


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 70, 80, 100])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_asked(usual: Evaluation, width: int, color: bool) -> None:
    lines = render_evaluation(usual, "text", width=width, color=color).splitlines()
    assert max(map(visible, lines)) <= width
    assert ("\x1b[" in "".join(lines)) is color


def test_the_text_has_every_figure_with_its_interval(usual: Evaluation) -> None:
    text = words(render_evaluation(usual, "text"))
    for layer in usual.layers:
        value, low, high = layer.figure.value, layer.figure.low, layer.figure.high
        if value is None:
            continue
        shown = f"{value:.3f} {low:.3f} to {high:.3f}" if low is not None else f"{value:.3f} –"
        assert shown.replace("-", "−") in text, layer.id
        assert layer.label.split()[0] in text
    assert usual.marks is not None
    for row in usual.marks.rows:
        assert re.search(rf"{row.essay} {row.labelled} {row.mark} {row.low}–{row.high}", text)
    for remark in usual.remarks:
        assert words(remark.message).split(". ")[0] in text


def test_the_text_shows_a_few_sentences_and_says_how_many_more(usual: Evaluation) -> None:
    text = render_evaluation(usual, "text")
    assert "4 labelled success, tagged none" in text
    assert f"and {4 - SENTENCES} more" in text
    stance = next(layer for layer in usual.layers if layer.id == "stance")
    assert len(stance.confusions) <= CONFUSIONS
    assert TEXTS[0][0] in words(text)
    assert "e01-001" in text
    assert "e02-001" in text  # another essay's rather than the same again


def test_sentences_are_picked_from_as_many_essays_as_there_are() -> None:
    units = [each for name in ("a", "b") for each in compared(name) + compared(name)]
    stance = next(layer for layer in layers(units, themes(), resamples=0) if layer.id == "stance")
    confusion = stance.confusions[0]
    assert [case.essay for case in confusion.cases] == ["a", "a", "b", "b"]
    assert [case.essay for case in picked(confusion, 3)] == ["a", "b", "a"]
    assert picked(confusion, None) == confusion.cases


def test_tints_follow_the_share_of_the_row(usual: Evaluation) -> None:
    stance = next(layer for layer in usual.layers if layer.id == "stance")
    rows = {value: row for value, row in cells(stance)}
    assert "(nothing)" not in rows  # nobody labels a sentence so
    tints = {cell.tagged: (cell.number, cell.right, cell.tint) for cell in rows["success"]}
    assert tints["success"] == (4, True, 3)  # half of the row
    assert tints["none"] == (4, False, 5)  # the worst confusion there is
    assert tints["mixed"] == (0, False, 0)


def test_json_is_the_record_and_fits_its_schema(usual: Evaluation) -> None:
    said = json.loads(render_evaluation(usual, "json"))
    assert said == json.loads(msgspec.json.encode(usual))
    jsonschema.validate(said, msgspec.json.schema(Evaluation), cls=jsonschema.Draft202012Validator)


def test_another_format_is_refused(usual: Evaluation) -> None:
    format: Any = "markdown"
    with pytest.raises(ValueError, match="choose text, json or html"):
        render_evaluation(usual, format)


# --- what there may be none of --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["text", "html"])
def test_without_labels_or_without_marks_that_is_said(usual: Evaluation, format: Any) -> None:
    without_labels = render_evaluation(msgspec.structs.replace(usual, layers=()), format)
    assert "No essay here has labelled sentences" in words(without_labels)
    without_marks = render_evaluation(msgspec.structs.replace(usual, marks=None), format)
    assert "No essay here has both a header with a mark" in words(without_marks)


@pytest.mark.parametrize("format", ["text", "html"])
@pytest.mark.parametrize("essays", [1, 2])
def test_few_essays_have_dashes_for_what_they_cannot_show(essays: int, format: Any) -> None:
    text = words(render_evaluation(evaluation(essays), format))
    assert "–" in text
    assert "None" not in text
    assert "nan" not in text.split()
    assert "too few for kappa and intervals" in text


def test_words_that_a_terminal_would_obey_are_not_shown() -> None:
    strange = evaluation(aside=" \x1b[2J\u202e<script>alert(1)</script>")
    formats: tuple[Literal["text", "html"], ...] = ("text", "html")
    for format in formats:
        shown = render_evaluation(strange, format)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert render_evaluation(strange, "html").count("<script") == 1


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(usual: Evaluation) -> Page:
    return Page(render_evaluation(usual, "html"))


def test_elements_are_closed_ids_unique_and_links_lead_somewhere(page: Page) -> None:
    assert page.open == []
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert page.attributes("href")
    assert set(page.attributes("href")) <= {f"#{name}" for name in ids}
    assert not page.attributes("src")


def test_nothing_needs_a_style_or_a_handler_that_the_policy_forbids(page: Page) -> None:
    names = {name for _, found in page.elements for name in found}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    steps = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert steps[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(steps))


def test_the_page_has_every_sentence_that_was_tagged_otherwise(usual: Evaluation) -> None:
    report = render_evaluation(usual, "html")
    folded = re.findall(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", report, re.DOTALL)
    confusions = [confusion for layer in usual.layers for confusion in layer.confusions]
    assert len(folded) == len(confusions)
    assert sum(inside.count("<li>") for _, inside in folded) == sum(confusion.count for confusion in confusions)
    for unit in (unit for essay in usual.essays for unit in essay.missing):
        assert unit.text in report


def test_what_was_not_found_has_a_tint_where_nothing_was_confused() -> None:
    layer = Layer(
        id="role",
        label="Role",
        part_of=None,
        measure="kappa",
        figure=Figure(value=1.0),
        precision=None,
        recall=None,
        cases=9,
        values=("claim", "evidence", NOTHING),
        table=((4, 0, 1), (0, 4, 0), (0, 0, 0)),
        confusions=(),
    )
    rows = dict(cells(layer))
    assert set(rows) == {"claim", "evidence"}
    assert [cell.tint for cell in rows["claim"]] == [4, 0, 1]
    assert [cell.tint for cell in rows["evidence"]] == [0, 5, 0]
