"""Where a quotation may begin and end, and what is said of one that does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.records import Result, Span
from essay_marker.verifying import inside_word, span_faults

TEXT = "Terror ended.¹ Café, d\u0301acha and 1956.\n\n\u0302So it was."


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("", False),
        ("Ter", True),
        ("Terror", False),
        ("Terror ended", False),
        ("Terror ended.", False),  # a raised number is no part of what it stands behind
        ("Terror ended.¹ Caf", True),
        ("Terror ended.¹ Café, d", True),
        ("Terror ended.¹ Café, d\u0301", True),
        ("Terror ended.¹ Café, d\u0301acha and 19", True),
        ("Terror ended.¹ Café, d\u0301acha and 1956.\n\n", False),  # an accent with no letter to stand on
        (TEXT, False),
    ],
)
def test_a_word_has_no_boundary_inside(before: str, inside: bool) -> None:
    assert TEXT.startswith(before)
    assert inside_word(TEXT, len(before)) is inside


@pytest.fixture(scope="module")
def result(marked: Callable[[Path], Any], exemplars: Path) -> Result:
    printed: Result = msgspec.json.decode(marked(exemplars / "e04.txt").printed, type=Result)
    return printed


def with_sentences(result: Result, change: Callable[[list[Any]], list[Any]]) -> Result:
    essay = result.essay
    return msgspec.structs.replace(
        result, essay=msgspec.structs.replace(essay, sentences=tuple(change(list(essay.sentences))))
    )


def said(result: Result) -> list[str]:
    return [str(fault) for fault in span_faults(result)]


def test_a_sound_result_has_none(result: Result) -> None:
    assert said(result) == []


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((5, 5), "from 5 to 5 there is nothing to quote"),
        ((0, 10**6), "is no place in the essay"),
        ((0, 5), "the quotation ends inside a word"),
    ],
)
def test_a_span_that_quotes_nothing_is_named(result: Result, span: tuple[int, int], words: str) -> None:
    target = msgspec.structs.replace(result.targets[0], spans=(Span(start=span[0], end=span[1]),))
    faults = said(msgspec.structs.replace(result, targets=(target,)))
    assert len(faults) == 1
    assert faults[0].startswith("targets[0].spans[0]: ")
    assert words in faults[0]


def test_a_sentence_left_out_is_missed(result: Result) -> None:
    for number in (0, 5, len(result.essay.sentences) - 1):
        faults = said(with_sentences(result, lambda s, number=number: s[:number] + s[number + 1 :]))  # type: ignore[misc]
        assert len(faults) == 1
        assert "words of the essay are in no" in faults[0]


def test_sentences_out_of_order_or_in_another_paragraph_are_noticed(result: Result) -> None:
    turned = said(with_sentences(result, lambda s: [s[1], s[0], *s[2:]]))
    assert any("begins before the one in front of it has ended" in fault for fault in turned)
    moved = said(
        with_sentences(result, lambda s: [msgspec.structs.replace(s[0], paragraph=s[0].paragraph + 1), *s[1:]])
    )
    assert any("does not stand in paragraph" in fault for fault in moved)
