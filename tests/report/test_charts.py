"""The numbers behind the charts."""

from __future__ import annotations

import msgspec

from essay_marker.records import Result
from essay_marker.report.charts import abbreviations, mark_range, shares_of_largest, success_share


def test_bars_stand_beside_each_other() -> None:
    assert shares_of_largest([10, 5, 0]) == (1.0, 0.5, 0.0)
    assert shares_of_largest([0, 0]) == (0.0, 0.0)
    assert shares_of_largest([]) == ()


def test_balance_is_a_share_or_nothing(realistic: Result, empty: Result) -> None:
    assert success_share(realistic) == 151 / 269
    assert success_share(empty) is None


def test_the_mark_lies_on_its_scale(realistic: Result, empty: Result) -> None:
    found = mark_range(realistic)
    assert found is not None
    assert (found.low, found.mark, found.high) == (0.6, 0.7, 0.8)
    assert mark_range(empty) is None
    marks = msgspec.structs.replace(realistic.marks, low=None)
    assert mark_range(msgspec.structs.replace(realistic, marks=marks)) is None


def test_short_labels_differ() -> None:
    assert abbreviations(["Terror", "Thaw", "Leninist", "Leadership"]) == ("Te", "Th", "Len", "Lea")
    assert abbreviations(["Same", "Same"]) == ("Same", "Same")
    assert abbreviations([]) == ()
