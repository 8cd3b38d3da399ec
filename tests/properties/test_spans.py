"""A few dozen of the damaged documents of ``benchmarks/spans.py``; the benchmark itself marks two thousand."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from essay_marker.records import Essay

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

DOCUMENTS = range(0, 1800, 75)


@pytest.fixture(scope="module")
def spans(benchmark: Callable[[str], ModuleType]) -> ModuleType:
    return benchmark("spans")


def test_every_span_of_a_damaged_document_quotes_it(spans: ModuleType, marker: Marker) -> None:
    wrong = {}
    pointed_at = 0
    for number in DOCUMENTS:
        count, found = spans.wrongs(marker, number)
        pointed_at += count
        if found:
            wrong[number] = found
    assert wrong == {}
    assert pointed_at > 20 * len(DOCUMENTS)


def test_every_kind_of_damage_is_done(spans: ModuleType) -> None:
    done = {name for number in DOCUMENTS for name in spans.document(number)[1]}
    assert done >= {damage.__name__ for damage in spans.DAMAGES}


def test_a_letter_that_does_not_stand_in_the_document_is_noticed(spans: ModuleType, marker: Marker) -> None:
    written = b"The thaw was a success. It did not last, because Khrushchev fell."
    result = marker.mark_bytes(written, "document.txt")
    other = written.replace(b"success", b"failure").decode()
    essay = Essay(source="document.txt", original=other, text=written.decode(), origin=tuple(range(len(written))))
    assert any("does not stand in the document" in found for found in spans.not_in_the_document(result, essay))
