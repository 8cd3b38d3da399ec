"""One essay's way, in this process: what every result has whatever went in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

from essay_marker.errors import DataError

QUESTION = "To what extent did Khrushchev succeed in his policy of de-Stalinisation?"


@pytest.fixture(scope="module")
def text(exemplars: Path) -> str:
    return (exemplars / "e03.txt").read_text("utf-8")


def test_the_question_is_the_one_asked_else_the_title_else_the_topics(marker: Marker, text: str) -> None:
    assert text.startswith(QUESTION)
    titled = marker.mark_bytes(text.replace(QUESTION, "How far did Khrushchev break with Stalinism?").encode(), "x.txt")
    bare = marker.mark_bytes(text.removeprefix(QUESTION).encode(), "x.txt")
    asked = marker.mark_bytes(text.encode(), "x.txt", "Was de-Stalinisation a success?")
    assert titled.essay.question == titled.essay.title == "How far did Khrushchev break with Stalinism?"
    assert (bare.essay.question, bare.essay.title) == (marker.topic.question.question, None)
    assert asked.essay.question == "Was de-Stalinisation a success?"


def test_a_file_and_its_bytes_give_the_same(marker: Marker, exemplars: Path) -> None:
    path = exemplars / "e03.txt"
    assert marker.mark_file(path) == marker.mark_bytes(path.read_bytes(), path.name)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b" \n\n "], ids=["empty", "binary", "blank"])
def test_what_cannot_be_read_gives_a_result_without_a_mark(marker: Marker, data: bytes) -> None:
    found = marker.mark_bytes(data, "x.txt", "Why?")
    assert found.marks.withheld == "unreadable"
    assert found.marks.withheld_message
    assert (found.marks.mark, found.essay.text, found.essay.source, found.essay.question) == (None, "", "x.txt", "Why?")


def test_a_missing_file_gives_a_result_without_a_mark(marker: Marker, tmp_path: Path) -> None:
    found = marker.mark_file(tmp_path / "missing.txt")
    assert found.marks.withheld == "unreadable"
    assert found.essay.source == "missing.txt"


def test_what_made_the_result_is_named(marker: Marker, text: str) -> None:
    program = marker.mark_bytes(text.encode(), "x.txt").program
    assert program.name == "essay-marker"
    assert len(program.rubric_sha256) == len(program.topic_sha256) == 64
    assert program.models


def test_an_unknown_topic_or_rubric_is_refused() -> None:
    from essay_marker.pipeline import Marker

    with pytest.raises(DataError, match="no-such-topic"):
        Marker("no-such-topic")
    with pytest.raises(DataError, match="no-such-rubric"):
        Marker(rubric_="no-such-rubric")


def test_a_withheld_mark_keeps_everything_else_but_advice(marker: Marker) -> None:
    found = marker.mark_bytes(b"Khrushchev ended the terror, which was a clear success in every way.", "x.txt")
    assert found.marks.withheld == "too-short"
    assert found.essay.sentences
    assert len(found.marks.strands) == len(marker.rubric.strands)
    assert (found.targets, found.strengths) == ((), ())
    assert any(theme.coverage != "absent" for theme in found.themes)
