"""The corpus in figures."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.corpus import Header
from essay_marker.figures import agreement, per_kind, per_level, voices, words_and_level

from .corpora import header, reading


def headers(*marks: tuple[int, ...], words: tuple[int, ...] = ()) -> list[Header]:
    """Headers read so often with these marks; the decided one is of no matter here."""
    readers = ("first", "second", "third")
    found = []
    for number, given in enumerate(marks):
        table = header("e01") | {"readings": [reading(r, m) for r, m in zip(readers, given, strict=False)]}
        table["level"] = table["readings"][0]["level"] if given else 1
        table["words"] = words[number] if words else 100
        found.append(msgspec.convert(table, Header))
    return found


def test_essays_are_counted_a_level() -> None:
    assert per_level(headers((2,), (18,), (3,))) == {1: 2, 5: 1}


def test_kinds_and_voices_are_counted() -> None:
    a, b, c = headers((2,), (3,), (4,))
    mixed = [a, msgspec.structs.replace(b, kind="coursework", voice="b"), msgspec.structs.replace(c, kind="coursework")]
    assert (per_kind(mixed), voices(mixed)) == ({"coursework": 2, "timed": 1}, 2)
    assert (per_kind([]), voices([])) == ({}, 0)


def test_words_and_level() -> None:
    assert words_and_level(headers((2,), (10,), (18,), words=(100, 300, 500))) == pytest.approx(1.0)
    assert words_and_level(headers((2,), (10,), (18,), words=(100, 500, 100))) == pytest.approx(0.0)
    assert words_and_level(headers((2,), (2,), words=(100, 500))) is None
    assert words_and_level([]) is None


def test_agreement_is_over_what_both_have_read() -> None:
    found = agreement(headers((10, 10), (14, 15), (6, 9, 7), (3,)), 20)
    assert found is not None
    assert (found.essays, found.third_readings) == (3, 1)
    assert found.mean_difference == pytest.approx(4 / 3)
    assert found.close_share == pytest.approx(2 / 3)
    assert 0.8 < found.kappa < 1.0


def test_agreement_that_is_full_is_one() -> None:
    found = agreement(headers((10, 10), (10, 10)), 20)
    assert found is not None
    assert (found.kappa, found.mean_difference, found.close_share) == (1.0, 0.0, 1.0)


def test_there_is_none_without_second_readings() -> None:
    assert agreement(headers((10,), ()), 20) is None
