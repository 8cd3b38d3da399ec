"""What the templates of an evaluation show: shares as tints, figures as words, a few sentences out of many."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from essay_marker.evaluation import NOTHING, Confusion, Evaluation, Figure, LabelledCase, Layer, MarksAgreement

#: How many strengths of tint evaluation.css has, besides none.
TINTS = 5
NONE = "–"


class Cell(NamedTuple):
    """A cell of a confusion table: how often, how strong its tint is, and whether labels and tags agree there."""

    number: int
    tint: int
    right: bool
    labelled: str
    tagged: str


class Dot(NamedTuple):
    """Essays with the same two marks: where they stand on the scales, as shares of them, and how many they are."""

    labelled: float
    mark: float
    essays: tuple[str, ...]


def context(evaluation: Evaluation, *, examples: int | None) -> dict[str, Any]:
    """The names that the templates use; a confusion shows ``examples`` of its sentences, or all."""
    return {
        "evaluation": evaluation,
        "layers": evaluation.layers,
        "marks": evaluation.marks,
        "warnings": [remark for remark in evaluation.remarks if remark.warning],
        "limits": [remark for remark in evaluation.remarks if not remark.warning],
        "labelled": sum(essay.units > 0 for essay in evaluation.essays),
        "yes_no": [layer for layer in evaluation.layers if layer.measure == "f1" and not has_parts(layer)],
        "choices": [layer for layer in evaluation.layers if layer.measure != "f1"],
        "plain": plain,
        "two": two,
        "percent": percent,
        "signed": signed,
        "ends": ends,
        "cells": cells,
        "wrong": wrong,
        "picked": lambda confusion: picked(confusion, examples),
        "missed": lambda layer: _of(layer, layer.values[0]),
        "extra": lambda layer: _of(layer, layer.values[1]),
    }


def has_parts(layer: Layer) -> bool:
    """Whether the layer only sums up others."""
    return layer.id == "themes"


def plain(value: float | None) -> str:
    """A figure to three decimals."""
    return NONE if value is None else f"{value:.3f}".replace("-", "−")


def two(value: float | None) -> str:
    """A figure to two decimals."""
    return NONE if value is None else f"{value:.2f}".replace("-", "−")


def percent(value: float | None) -> str:
    """A share."""
    return NONE if value is None else f"{value:.0%}"


def signed(value: float | None) -> str:
    """A difference to two decimals, with its sign."""
    return NONE if value is None else f"{value:+.2f}".replace("-", "−")


def ends(figure: Figure, how: Callable[[float | None], str] = plain) -> str:
    """The interval of a figure; a figure without one has a dash."""
    if figure.low is None or figure.high is None:
        return NONE
    return f"{how(figure.low)} to {how(figure.high)}"


def cells(layer: Layer) -> Iterator[tuple[str, list[Cell]]]:
    """The rows of a layer's confusion table.

    A cell is tinted by its share of the row: where labels and tags agree, of all of it; where they differ, of the
    largest such share in the table, or every difference would look slight. What was not found is no difference.
    """
    shares = [[count / max(sum(row), 1) for count in row] for row in layer.table]
    worst = max(
        share
        for i, row in enumerate(shares)
        for j, share in enumerate(row)
        if i != j and NOTHING not in (layer.values[i], layer.values[j])
    )
    for index, (value, row) in enumerate(zip(layer.values, layer.table, strict=True)):
        if not sum(row) and value == NOTHING:  # which is never a label
            continue
        yield (
            value,
            [
                Cell(
                    number=number,
                    tint=_tint(shares[index][column], 1.0 if column == index else worst),
                    right=column == index,
                    labelled=value,
                    tagged=layer.values[column],
                )
                for column, number in enumerate(row)
            ],
        )


def _tint(share: float, full: float) -> int:
    """The strength of a share's tint; what was not found may have a larger share than any difference."""
    return min(math.ceil(share / (full or 1.0) * TINTS), TINTS)


def wrong(layer: Layer) -> int:
    """How many cases are tagged otherwise than labelled."""
    return sum(confusion.count for confusion in layer.confusions)


def picked(confusion: Confusion, count: int | None) -> tuple[LabelledCase, ...]:
    """Some sentences of a confusion, from as many essays as there can be; all of them where ``count`` is None."""
    if count is None or count >= len(confusion.cases):
        return confusion.cases
    turns: Counter[str] = Counter()
    ordered: defaultdict[int, list[LabelledCase]] = defaultdict(list)
    for case in confusion.cases:
        ordered[turns[case.essay]].append(case)
        turns[case.essay] += 1
    one_after_another = [case for turn in sorted(ordered) for case in ordered[turn]]
    return tuple(one_after_another[:count])


def _of(layer: Layer, labelled: str) -> Confusion | None:
    return next((confusion for confusion in layer.confusions if confusion.labelled == labelled), None)


def dots(marks: MarksAgreement) -> tuple[Dot, ...]:
    """The essays on a plane of two marks, those on the same spot together."""
    spots: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for row in marks.rows:
        spots[row.labelled, row.mark].append(row.essay)
    return tuple(
        Dot(labelled=labelled / marks.out_of, mark=mark / marks.out_of, essays=tuple(essays))
        for (labelled, mark), essays in sorted(spots.items())
    )
