"""Fitted thresholds: more of what earns never lowers a strand, and no essay helps to mark itself."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.mark.levels import strand_mark
from essay_marker.records import Finding
from essay_marker.resources import rubrics_dir
from essay_marker.rubric import CriterionUse, Rubric, Strand, load_rubric
from essay_marker.train.rubric_file import rewritten
from essay_marker.train.settings import load_settings
from essay_marker.train.thresholds import MeasuredEssay, fit_rubric, fit_strand, left_out

FITTING = load_settings().thresholds
RUBRIC = load_rubric("edexcel-9hi0-essay")
STRAND = Strand(
    id="analysis",
    label="Analysis",
    judged="Is it analysed?",
    weight=1.0,
    ladder=("a", "b", "c", "d", "e"),
    criteria=(
        CriterionUse(code="like", learned=True, weight=1.0, steps=(1.0, 2.0, 3.0, 4.0, 5.0)),
        CriterionUse(code="reasons", weight=1.0, steps=(1.0, 2.0, 3.0, 4.0, 5.0)),
        CriterionUse(code="links", weight=1.0, steps=(1.0, 2.0, 3.0, 4.0, 5.0)),
        CriterionUse(code="quoting", weight=2.0, steps=(0.5, 0.4, 0.3, 0.2, 0.1)),
        CriterionUse(code="shown"),
    ),
)


def essay(number: int, level: float, **values: float) -> MeasuredEssay:
    findings = tuple(
        Finding(code=code, strand="analysis", effect="neutral", value=value, text="", spans=())
        for code, value in values.items()
    )
    levels = {strand.id: level for strand in RUBRIC.strands}
    return MeasuredEssay(f"x{number:02}", "a", 500, findings, levels, round(4 * level))


def essays(levels: list[float]) -> list[MeasuredEssay]:
    """Essays whose criteria follow their level, the second one with noise."""
    return [
        essay(i, level, like=2.0 + level / 3, reasons=level / 10, links=float(i % 4), quoting=0.1, shown=1.0)
        for i, level in enumerate(levels)
    ]


CLASS = essays([0.8, 1.2, 1.6, 2.0, 2.4, 2.8, 3.0, 3.3, 3.6, 4.0, 4.3, 4.6, 4.8, 4.9])


def score(strand: Strand, measured: MeasuredEssay) -> float:
    return strand_mark(strand, measured.findings).score


def test_the_fitted_strand_gives_the_readers_levels() -> None:
    fitted = fit_strand(STRAND, CLASS, FITTING)
    assert [score(fitted, e) for e in CLASS] == pytest.approx([e.levels["analysis"] for e in CLASS], abs=0.6)


@settings(deadline=None, max_examples=60)
@given(
    levels=st.lists(st.floats(0.6, 4.95), min_size=5, max_size=20),
    reasons=st.lists(st.floats(0.0, 1.0), min_size=20, max_size=20),
    likeness=st.lists(st.floats(0.0, 5.0), min_size=20, max_size=20),
    more=st.floats(0.0, 2.0),
)
def test_more_never_lowers_a_strand_whatever_it_was_fitted_on(
    levels: list[float], reasons: list[float], likeness: list[float], more: float
) -> None:
    known = [
        essay(i, level, like=likeness[i], reasons=reasons[i], links=float(i % 3), quoting=0.3, shown=1.0)
        for i, level in enumerate(levels)
    ]
    fitted = fit_strand(STRAND, known, FITTING)
    for code in ("like", "reasons", "links"):
        given_values = {finding.code: finding.value for finding in known[0].findings}
        richer = essay(99, levels[0], **(given_values | {code: given_values[code] + more}))
        assert score(fitted, richer) >= score(fitted, known[0])


def test_steps_rise_and_no_weight_is_below_nothing() -> None:
    for use in fit_strand(STRAND, CLASS, FITTING).criteria:
        assert use.weight >= 0
        if use.steps is not None and not use.falling:
            assert list(use.steps) == sorted(set(use.steps))


def test_what_is_learned_has_its_fixed_share() -> None:
    uses = {use.code: use.weight for use in fit_strand(STRAND, CLASS, FITTING).criteria}
    assert uses["like"] == pytest.approx(FITTING.learned_share * FITTING.total_weight)
    assert uses["like"] + uses["reasons"] + uses["links"] == pytest.approx(FITTING.total_weight, abs=0.02)


def test_the_criterion_that_follows_the_level_weighs_more_than_the_one_that_does_not() -> None:
    uses = {use.code: use.weight for use in fit_strand(STRAND, CLASS, FITTING).criteria}
    assert uses["reasons"] > uses["links"]


def test_faults_and_what_is_only_shown_stay_as_they_are() -> None:
    fitted = {use.code: use for use in fit_strand(STRAND, CLASS, FITTING).criteria}
    assert fitted["quoting"] == STRAND.criteria[3]
    assert fitted["shown"] == STRAND.criteria[4]


def one_strand() -> Rubric:
    return msgspec.structs.replace(RUBRIC, strands=(STRAND,))


def test_no_essay_helps_to_mark_itself() -> None:
    honest = left_out(one_strand(), CLASS, FITTING)
    lied = [CLASS[0]._replace(levels={"analysis": 4.9}), *CLASS[1:]]
    assert left_out(one_strand(), lied, FITTING)[CLASS[0].id] == honest[CLASS[0].id]
    assert left_out(one_strand(), lied, FITTING) != honest, "the others should notice"


def test_the_rubrics_file_keeps_its_comments_and_its_other_values() -> None:
    path = rubrics_dir() / "edexcel-9hi0-essay.toml"
    values = {use.code: 1.0 for strand in RUBRIC.strands for use in strand.criteria}
    known = [essay(i, 0.5 + i / 3, **{c: v * i / 10 for c, v in values.items()}) for i in range(1, 12)]
    fitted = fit_rubric(RUBRIC, known, FITTING)
    text = rewritten(path, fitted)
    before, after = path.read_text(encoding="utf-8").splitlines(), text.splitlines()
    assert len(before) == len(after)
    changed = [a for a, b in zip(before, after, strict=True) if a != b]
    assert changed
    assert all(line.startswith(("weight", "steps")) for line in changed)
    assert [line for line in before if line.startswith("#")] == [line for line in after if line.startswith("#")]
