"""What is said beside the figures."""

from __future__ import annotations

from typing import Any

from essay_marker.evaluate.remarks import remarks
from essay_marker.evaluate.resampling import resampling
from essay_marker.evaluation import EvaluatedEssay, MissingUnit, Remark

from ..evaluations import evaluation


def essay(id_: str, **fields: Any) -> EvaluatedEssay:
    values: dict[str, Any] = {
        "source": f"{id_}.txt", "sha256": "", "words": 400, "units": 20, "found": 20, "missing": (), "marked": False,
        "learned_from": False, "withheld": None,
    }  # fmt: skip
    return EvaluatedEssay(id=id_, **(values | fields))


def said(*essays: EvaluatedEssay, resamples: int = 1000) -> dict[str, Remark]:
    labelled = sum(each.units > 0 for each in essays)
    return {remark.code: remark for remark in remarks(essays, None, resampling(labelled, 0, resamples))}


def test_what_every_evaluation_says() -> None:
    found = said(essay("a"), essay("b"), essay("c"))
    assert list(found) == ["labels", "intervals"]
    assert not any(remark.warning for remark in found.values())
    assert "1000 times at random (seed " in found["intervals"].message
    assert "labels" not in said(essay("a", units=0, found=0))
    assert list(said(essay("a"), essay("b"), essay("c"), resamples=0)) == ["labels"]


def test_two_essays_say_that_their_intervals_are_about_sentences() -> None:
    found = said(essay("a"), essay("b"))
    assert list(found) == ["labels", "few-essays"]
    assert "With 2 labelled essays nothing can be said about other essays." in found["few-essays"].message


def test_an_essay_that_the_taggers_learned_from_is_named() -> None:
    remark = said(essay("a", learned_from=True), essay("b"), essay("c", learned_from=True))["learned-from"]
    assert (remark.warning, remark.essays) == (True, ("a", "c"))
    assert "2 of these 3 essays (a, c)" in remark.message
    assert "all of these essays" in said(*(essay(name, learned_from=True) for name in "ab"))["learned-from"].message
    assert "this very essay" in said(essay("a", learned_from=True))["learned-from"].message


def test_units_that_were_not_found_are_counted_and_an_unreadable_essay_is_not_counted_among_them() -> None:
    lost = (MissingUnit(unit="a-1", text="So."),)
    found = said(
        essay("a", missing=lost, found=19),
        essay("b", missing=lost * 20, found=0, withheld="unreadable"),
        essay("c", marked=True, withheld="too-short"),
    )
    assert found["not-found"].message.startswith("1 labelled sentence was not found in the essay a")
    assert found["unreadable"].essays == ("b",)
    assert found["withheld"].essays == ("c",)


def test_marks_are_told_apart_from_those_of_examiners() -> None:
    few = {remark.code: remark for remark in evaluation(2).remarks}
    assert "nothing about examiners unless" in few["marks"].message
    assert few["few-marks"].message.startswith("2 marks are too few")
    assert "few-marks" not in {remark.code for remark in evaluation(3).remarks}
