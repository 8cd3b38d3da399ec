"""A document is named on the command line like a text file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..documents.writing import as_docx, as_odt, essay_of

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
