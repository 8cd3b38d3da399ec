"""Writing fitted thresholds into a rubric's file, and the card that says how good they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import tomlkit

from essay_marker.agreement import (
    held_out_line,
    mean_absolute_error,
    mean_signed_error,
    quadratic_weighted_kappa,
    share,
)
from essay_marker.corpus import Exemplar
from essay_marker.errors import DataError
from essay_marker.heldout import HeldOutValues
from essay_marker.mark.bestfit import level_of
from essay_marker.rubric import Rubric
from essay_marker.train.measured import as_findings
from essay_marker.train.ranges import LeftOut, RangeFit, left_out_ranges, with_range
from essay_marker.train.thresholds import FitSettings, MeasuredEssay, fit_of, fit_rubric, left_out


class Agreement(NamedTuple):
    """Marks against the readers': quadratic weighted kappa, errors in marks, and how many within two marks."""

    kappa: float
    error: float
    signed: float
    within_two: float


class RubricFit(NamedTuple):
    """A fitted rubric and how its marks agree with the readers' on essays left out of the fitting."""

    rubric: Rubric
    essays: int
    left_out: Agreement
    before: Agreement  # the rubric as it was, on the same values
    words: Agreement  # knowing the number of words alone
    readers: Agreement  # the second reading against the first
    ranges: RangeFit
    by_essay: dict[str, tuple[int, int]]  # the readers' mark and the mark left out


def measured_essays(exemplars: Sequence[Exemplar], values: HeldOutValues, rubric: Rubric) -> list[MeasuredEssay]:
    """The exemplars that have held-out values, with what their readers gave. `DataError` where one has none."""
    missing = [exemplar.id for exemplar in exemplars if exemplar.units and exemplar.id not in values.essays]
    if missing:
        raise DataError(
            f"{', '.join(missing)}: nothing was measured for these exemplars yet."
            f" Run: essay-marker train {values.topic}"
        )
    return [
        MeasuredEssay(
            id=exemplar.id,
            voice=exemplar.header.voice,
            words=exemplar.header.words,
            findings=as_findings(values.essays[exemplar.id]),
            levels={strand: level_of(rubric, given.mark) for strand, given in exemplar.header.strands.items()},
            mark=exemplar.header.mark,
        )
        for exemplar in exemplars
        if exemplar.units
    ]


def fit(rubric: Rubric, exemplars: Sequence[Exemplar], values: HeldOutValues, settings: FitSettings) -> RubricFit:
    """Fit ``rubric`` on the exemplars and measure it leaving out one essay at a time."""
    essays = measured_essays(exemplars, values, rubric)
    wanted = [essay.mark for essay in essays]
    out = left_out(rubric, essays, settings)
    errors = [LeftOut(essay.mark, out[essay.id].mark) for essay in essays]
    line = held_out_line([float(essay.words) for essay in essays], [float(mark) for mark in wanted]) or []
    readings = [{r.reader: r.mark for r in exemplar.header.readings} for exemplar in exemplars]
    twice = [r for r in readings if "first" in r and "second" in r]

    def agreement(first: Sequence[int], second: Sequence[int]) -> Agreement:
        return Agreement(
            kappa=quadratic_weighted_kappa(first, second, lowest=0, highest=rubric.out_of) or 0.0,
            error=mean_absolute_error(first, second) or 0.0,
            signed=mean_signed_error(first, second) or 0.0,
            within_two=share([abs(a - b) <= 2 for a, b in zip(first, second, strict=True)]) or 0.0,
        )

    return RubricFit(
        rubric=with_range(fit_rubric(rubric, essays, settings), errors),
        essays=len(essays),
        left_out=agreement(wanted, [error.given for error in errors]),
        before=agreement(wanted, [fit_of(rubric, essay).mark for essay in essays]),
        words=agreement(wanted, [min(max(round(mark), 0), rubric.out_of) for mark in line]),
        readers=agreement([r["first"] for r in twice], [r["second"] for r in twice]),
        ranges=left_out_ranges(errors, rubric.range.covers, rubric.out_of),
        by_essay={essay.id: (essay.mark, out[essay.id].mark) for essay in essays},
    )


def rewritten(path: Path, fitted: Rubric) -> str:
    """The text of the rubric's file with the thresholds and weights of ``fitted``; all else stays as it is."""
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    widths: Any = document["range"]
    widths["half_width"] = fitted.range.half_width
    strands: Any = document["strands"]
    for table, strand in zip(strands, fitted.strands, strict=True):
        if strand.steps is not None:
            table["steps"] = list(strand.steps)
        for use_table, use in zip(table["criteria"], strand.criteria, strict=True):
            if use.steps is not None:
                use_table["weight"] = use.weight
                use_table["steps"] = list(use.steps)
    return tomlkit.dumps(document)


def rows(found: RubricFit) -> list[tuple[str, Agreement]]:
    """The lines of the table of agreement."""
    return [
        ("the program, essay left out", found.left_out),
        ("the rubric as it was", found.before),
        ("number of words alone", found.words),
        ("second reader against first", found.readers),
    ]


def card(found: RubricFit, values: HeldOutValues, wrap: Callable[[str], Sequence[str]]) -> str:
    """The text of the rubric's card."""
    lines = [
        f"# The thresholds of {found.rubric.id}",
        "",
        *wrap(
            f"Fitted on the strand levels that the project's readers gave {found.essays} exemplars of {values.topic}. "
            "This page is written by `essay-marker rubric fit --write`, together with the thresholds."
        ),
        "",
        *wrap(
            "Every exemplar was tagged by a model that had seen none of its sentences, and marked with thresholds"
            " fitted on all the others. Marks are of 20; the error is in marks."
        ),
        "",
        "| | quadratic weighted kappa | mean error | signed error | within two marks |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {a.kappa:.3f} | {a.error:.2f} | {a.signed:+.2f} | {a.within_two:.0%} |"
            for name, a in rows(found)
        ),
        "",
        *wrap(
            f"The range around the mark is to cover {found.rubric.range.covers:.0%} of the readers' marks: it reaches"
            f" {found.rubric.range.half_width} marks to either side. Fitted on all the other exemplars, it covered"
            f" {found.ranges.covered:.1%}, with a median width of {found.ranges.median_width:g} marks from low to high."
        ),
        "",
        "## How it was fitted",
        "",
        "- A criterion's steps: the values that as many of the exemplars stay below as stay below each level.",
        "  They only rise (or only fall), so more of what earns never lowers a strand.",
        "- Weights: least squares, none below nothing, drawn towards equal ones; what is learned has a fixed share.",
        "- A strand's steps: a straight line from the mean of the levels to the readers' level.",
        "- The range: the fewest marks to either side that hold the wanted share of the errors left out.",
        "- Faults, caps and the rules for looking were set by hand and not fitted.",
        "",
        "## What this does not show",
        "",
        *wrap(
            "The essays were written for the project and marked by the project's readers, all of one kind. How far the "
            "program agrees with examiners is not known until a department measures it on work it has marked: "
            "`essay-marker evaluate`."
        ),
        "",
        "## Essay by essay",
        "",
        "| exemplar | readers | program, left out |",
        "|---|---|---|",
        *(f"| {name} | {wanted} | {given} |" for name, (wanted, given) in sorted(found.by_essay.items())),
    ]
    return "\n".join(lines) + "\n"
