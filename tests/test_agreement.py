"""Figures of agreement: known values, scikit-learn's, and what holds for any labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker import agreement

some = settings(max_examples=60, deadline=None, derandomize=True)
LABELS = ("a", "b", "c")
labels = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=30)
marks = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=30)
flags = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


def table(pairs: Sequence[tuple[Any, Any]], values: Iterable[Any]) -> agreement.Numbers:
    """The counts of one item with these pairs."""
    labelled, found = [a for a, _ in pairs], [b for _, b in pairs]
    tables: agreement.Numbers = agreement.counts(labelled, found, list(values), [0] * len(pairs), 1).sum(axis=0)
    return tables


def test_retrieval_of_a_known_case() -> None:
    found = agreement.retrieval([True, True, True, False, False], [True, False, True, True, False])
    assert found is not None
    assert found == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_what_is_neither_there_nor_found_has_no_f1_and_what_is_all_wrong_has_0() -> None:
    assert agreement.retrieval([False, False], [False, False]) is None
    assert agreement.retrieval([True, False], [False, True]) == (0, 0, 0)
    assert agreement.retrieval([True], [False]) == (0, 0, 0)


def test_kappa_of_a_known_case() -> None:
    """Cohen 1960's kind of table: 20 and 15 agree of 50, chance would give half."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert agreement.cohen_kappa(first, second) == pytest.approx(0.4)


def test_weighted_kappa_knows_the_whole_scale() -> None:
    """Marks 1 and 20 are nineteen apart, though nobody gave one between them."""
    wanted, given_ = [1, 2, 20], [1, 20, 20]
    value = agreement.quadratic_weighted_kappa(wanted, given_, lowest=0, highest=20)
    off, chance = 18**2 / 3, np.mean([(a - b) ** 2 for a in wanted for b in given_])
    assert value == pytest.approx(1 - off / chance)


def test_a_mark_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 20"):
        agreement.quadratic_weighted_kappa([21], [20], lowest=0, highest=20)


def test_one_label_everywhere_is_full_agreement_and_nothing_is_none() -> None:
    assert agreement.cohen_kappa(["a", "a"], ["a", "a"]) == 1
    assert agreement.quadratic_weighted_kappa([7], [7], lowest=0, highest=20) == 1
    assert agreement.cohen_kappa([], []) is None
    assert agreement.mean_absolute_error([], []) is None
    assert agreement.mean_signed_error([], []) is None
    assert agreement.share([]) is None


def test_errors_are_in_marks_and_signed_as_the_program_is_generous() -> None:
    assert agreement.mean_absolute_error([10, 12], [13, 11]) == 2
    assert agreement.mean_signed_error([10, 12], [13, 11]) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: agreement.retrieval([True], []),
        lambda: agreement.retrieval([], [False]),
        lambda: agreement.cohen_kappa(["a"], []),
        lambda: agreement.quadratic_weighted_kappa([1], [], lowest=0, highest=5),
        lambda: agreement.mean_absolute_error([1], []),
        lambda: agreement.mean_signed_error([1], []),
        lambda: agreement.held_out_line([1.0], []),
        lambda: agreement.counts(["a"], [], LABELS, [0], 1),
    ],
)
def test_lists_of_different_length_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match="same cases"):
        call()  # type: ignore[operator]


# --- the line through the others ------------------------------------------------------------------------------------


def test_a_point_off_the_line_of_the_others_does_not_draw_it() -> None:
    line = agreement.held_out_line([1, 2, 3, 4], [10, 20, 99, 40])
    assert line is not None
    assert line[2] == pytest.approx(30)


def test_too_few_points_or_one_length_give_no_line() -> None:
    assert agreement.held_out_line([1, 2], [1, 2]) is None
    assert agreement.held_out_line([5, 5, 7], [1, 2, 3]) is None


# --- from counts, as from lists -------------------------------------------------------------------------------------


@some
@given(flags)
def test_f1_of_counts_is_that_of_lists(pairs: list[tuple[bool, bool]]) -> None:
    found = agreement.retrieval([a for a, _ in pairs], [b for _, b in pairs])
    value = agreement.f1_of(table(pairs, (True, False)))
    assert np.isnan(value) if found is None else value == pytest.approx(found.f1)


@some
@given(labels)
def test_kappa_of_counts_is_that_of_lists(pairs: list[tuple[str, str]]) -> None:
    value = agreement.cohen_kappa([a for a, _ in pairs], [b for _, b in pairs])
    assert agreement.kappa_of(table(pairs, LABELS)) == pytest.approx(value)
    right = agreement.share([a == b for a, b in pairs])
    assert agreement.share_of(table(pairs, LABELS)) == pytest.approx(right)


@some
@given(marks)
def test_weighted_kappa_of_counts_is_that_of_lists(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    value = agreement.quadratic_weighted_kappa(first, second, lowest=0, highest=20)
    tables = table(pairs, range(21))
    assert agreement.quadratic_kappa_of(tables) == pytest.approx(value)
    same = agreement.side_by_side(tables[None], tables[None])
    assert agreement.quadratic_kappa_difference_of(same) == pytest.approx(0)


def test_counts_are_kept_apart_by_item() -> None:
    tables = agreement.counts(["a", "a", "b"], ["a", "b", "b"], LABELS, [0, 2, 2], 3)
    assert tables.sum(axis=(1, 2)).tolist() == [1, 0, 2]
    assert tables[2].tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]
    with pytest.raises(KeyError):
        agreement.counts(["d"], ["a"], LABELS, [0], 1)


# --- intervals ------------------------------------------------------------------------------------------------------


def test_draws_are_as_many_as_there_are_within_each_group_and_the_same_for_a_seed() -> None:
    drawn = agreement.draws([3, 2], 40)
    assert drawn.shape == (40, 5)
    assert (drawn[:, :3].sum(axis=1) == 3).all()
    assert (drawn[:, 3:].sum(axis=1) == 2).all()
    assert (drawn == agreement.draws([3, 2], 40)).all()
    assert (drawn != agreement.draws([3, 2], 40, seed=1)).any()


def test_an_interval_holds_its_figure_and_is_narrower_for_more_essays() -> None:
    def of(essays: int) -> agreement.Interval:
        tables = agreement.sums([1, 0] * (essays // 2))
        found = agreement.interval(tables, agreement.mean_of, agreement.draws([essays], 500))
        assert found is not None
        return found

    few, many = of(10), of(200)
    assert few.low < many.low < 0.5 < many.high < few.high
    # the share of hits among 200 has a standard error of 0.035
    assert many.high - many.low == pytest.approx(4 * 0.035, rel=0.15)


def test_essays_that_are_all_alike_have_an_interval_of_no_width() -> None:
    one = agreement.counts(["a", "b"], ["a", "a"], LABELS, [0, 0], 1)
    tables = np.repeat(one, 5, axis=0)
    assert agreement.interval(tables, agreement.share_of, agreement.draws([5], 50)) == (0.5, 0.5)


def test_there_is_no_interval_without_draws_or_where_most_draws_have_no_figure() -> None:
    tables = agreement.counts([True, False, False], [True, False, False], (True, False), [0, 1, 2], 3)
    assert agreement.interval(tables, agreement.f1_of, agreement.draws([3], 0)) is None
    rare = np.concatenate([tables[:1], np.repeat(tables[1:2], 19, axis=0)])
    assert agreement.interval(rare, agreement.f1_of, agreement.draws([20], 200)) is not None
    nowhere = np.repeat(tables[1:2], 19, axis=0)
    assert agreement.interval(nowhere, agreement.f1_of, agreement.draws([19], 200)) is None
