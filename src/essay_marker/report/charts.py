"""The numbers behind the small charts: shares of a whole, between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from essay_marker.records import Result


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """Where mark and likely range lie on the scale from 0 to the highest mark, as shares of it."""

    low: float
    mark: float
    high: float


def mark_range(result: Result) -> Range | None:
    """The mark on its scale; nothing where no mark is given."""
    marks = result.marks
    if marks.mark is None or marks.low is None or marks.high is None or marks.out_of <= 0:
        return None
    return Range(low=marks.low / marks.out_of, mark=marks.mark / marks.out_of, high=marks.high / marks.out_of)


def shares_of_largest(values: Sequence[int]) -> tuple[float, ...]:
    """Each value as a share of the largest, for bars that stand beside each other."""
    largest = max(values, default=0)
    return tuple(value / largest if largest > 0 else 0.0 for value in values)


def success_share(result: Result) -> float | None:
    """The share of words that argue for success among those that argue for one side; nothing where none do."""
    both = result.balance.success_words + result.balance.limitation_words
    return result.balance.success_words / both if both > 0 else None


def abbreviations(labels: Sequence[str]) -> tuple[str, ...]:
    """A short label for each name: as few of its first letters, from two, as tell it from all the others."""
    return tuple(_abbreviation(label, [*labels[:index], *labels[index + 1 :]]) for index, label in enumerate(labels))


def _abbreviation(label: str, others: Sequence[str]) -> str:
    for length in range(2, len(label) + 1):
        beginning = label[:length]
        if not any(other.casefold().startswith(beginning.casefold()) for other in others):
            return beginning.strip()
    return label
