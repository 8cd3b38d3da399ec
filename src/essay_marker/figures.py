"""What a corpus looks like in figures: how many essays a level, whether length tells the level, how readers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import StatisticsError, correlation

import msgspec

from essay_marker.corpus import APART, Header


class ReaderAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How the first two readers agree on the mark, over ``essays`` that both have read."""

    essays: int
    kappa: float
    mean_difference: float
    close_share: float
    third_readings: int


def per_level(headers: Sequence[Header]) -> dict[int, int]:
    """How many essays stand at each level that occurs, lowest first."""
    return dict(sorted(Counter(header.level for header in headers).items()))


def per_kind(headers: Sequence[Header]) -> dict[str, int]:
    """How many essays there are of each kind that occurs, the most frequent first."""
    return dict(Counter(header.kind for header in headers).most_common())


def voices(headers: Sequence[Header]) -> int:
    """How many writers the essays are by."""
    return len({header.voice for header in headers})


def words_and_level(headers: Sequence[Header]) -> float | None:
    """Pearson's correlation of words and level; None where either does not vary."""
    try:
        return correlation([float(h.words) for h in headers], [float(h.level) for h in headers])
    except StatisticsError:
        return None


def agreement(headers: Sequence[Header], out_of: int) -> ReaderAgreement | None:
    """How the first two readers agree on marks ``out_of`` so many; None where no essay has been read by both.

    Raises:
        ValueError: A mark is higher than ``out_of``.
    """
    read = [{reading.reader: reading.mark for reading in header.readings} for header in headers]
    both = [by for by in read if "first" in by and "second" in by]
    if not both:
        return None
    from essay_marker.agreement import mean_absolute_error, quadratic_weighted_kappa

    first, second = [by["first"] for by in both], [by["second"] for by in both]
    kappa = quadratic_weighted_kappa(first, second, lowest=0, highest=out_of)
    difference = mean_absolute_error(first, second)
    assert kappa is not None  # there are essays
    assert difference is not None
    close = sum(abs(a - b) <= APART for a, b in zip(first, second, strict=True))
    return ReaderAgreement(
        essays=len(both),
        kappa=kappa,
        mean_difference=difference,
        close_share=close / len(both),
        third_readings=sum("third" in by for by in both),
    )
