"""A document is named on the command line like a text file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..documents.writing import as_docx, as_odt, essay_of
from ..returning.reading import bare, notes, page, part

Command = Callable[..., Any]


def test_a_word_document_is_marked_and_what_is_none_is_named(command: Command, exemplars: Path, tmp_path: Path) -> None:
    written = essay_of((exemplars / "e13.txt").read_text("utf-8"))
    word, photograph = tmp_path / "essay.docx", tmp_path / "photo.docx"
    word.write_bytes(as_docx(written))
    photograph.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    done = command("score", word, photograph, "-", "--format", "json", stdin=as_odt(written))
    by_word, by_photograph, by_pipe = (json.loads(line) for line in done.out.splitlines())
    assert done.code == 1
    assert "photo.docx is a photograph or picture. Ask for the typed file" in done.err
    assert by_photograph["marks"]["withheld"] == "unreadable"
    assert by_word["marks"] == by_pipe["marks"]
    assert by_word["marks"]["mark"] is not None


def test_an_essay_comes_back_as_its_own_document_with_comments(
    command: Command, exemplars: Path, tmp_path: Path
) -> None:
    data = as_docx(essay_of((exemplars / "e13.txt").read_text("utf-8")))
    (tmp_path / "essay.docx").write_bytes(data)
    back = tmp_path / "back.docx"
    done = command("score", tmp_path / "essay.docx", "--format", "docx", "--no-mark", "-o", back)
    assert (done.code, done.out) == (0, "")
    assert bare(part(back.read_bytes())) == bare(part(data))
    assert {note.said.split(":")[0] for note in notes(back.read_bytes()).values()} >= {"To do 1", "Strength"}
    assert not any("mark 1" in line for line in page(back.read_bytes()))
    done = command("score", "-", "--format", "docx", "-o", tmp_path, stdin=data)
    assert done.code == 0
    assert any("rovisional mark" in line for line in page((tmp_path / "stdin.feedback.docx").read_bytes()))
    assert bare(part((tmp_path / "stdin.feedback.docx").read_bytes())) == bare(part(data))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score", "e.txt", "--format", "docx"], "a Word document needs a place"),
        (
            ["batch", ".", "-o", "out", "--feedback", "docx,word"],
            "--feedback: there is no 'word'. Choose from docx, html,",
        ),
        (["batch", ".", "-o", "out", "--feedback", "none,md"], "--feedback: name one or more of docx"),
        (["batch", ".", "-o", "out", "--feedback", ","], "--feedback: name one or more of docx"),
    ],
)
def test_what_cannot_be_given_is_named(command: Command, arguments: list[str], said: str) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert said in " ".join(done.err.split())
