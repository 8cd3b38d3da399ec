"""Every exemplar as a Word document and as plain text, with remarks anywhere: all stand where they belong."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from essay_marker.read import read_bytes
from essay_marker.records import Essay, Span
from essay_marker.returning import feedback_docx

from ..documents.writing import as_docx, essay_of
from .reading import about, bare, notes, part

#: What stands in the text and not in the runs: marks of notes, and the two strokes around crossed-out words.
NO_WORDS = re.compile(r"\[\d+\]|~~")


def some_words(essay: Essay, dice: random.Random) -> list[Span]:
    """A few stretches of whole words within paragraphs of the body, from one word to all."""
    found = []
    for paragraph in dice.sample(essay.body, min(5, len(essay.body))):
        words = list(re.finditer(r"[^\s\[\]]+", essay.text[paragraph.start : paragraph.end]))
        first = dice.randrange(len(words))
        last = dice.randrange(first, len(words))
        found.append(Span(start=paragraph.start + words[first].start(), end=paragraph.start + words[last].end()))
    return sorted(set(found))


def plain(text: str) -> str:
    return " ".join(NO_WORDS.sub("", text).split())


def names(exemplars: Path) -> list[Path]:
    return sorted(exemplars.glob("e*.txt"))


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_every_comment_stands_at_its_words_and_the_essay_is_the_same(exemplars: Path, kind: str) -> None:
    counted = 0
    for path in names(exemplars):
        text = path.read_text("utf-8")
        data = as_docx(essay_of(text)) if kind == "docx" else text.encode()
        essay = read_bytes(data, f"essay.{kind}")
        spans = some_words(essay, random.Random(path.stem))
        elsewhere = [Span(start=note.start, end=note.end) for note in essay.notes[:2]]
        result = about(essay, slips=[*spans, *elsewhere])
        written = feedback_docx(result, data)
        said = {note.said.rpartition("Slip ")[2].partition(".")[0]: note.about for note in notes(written).values()}
        assert len(said) == len(spans) + len(elsewhere), path.name
        for number, span in enumerate(spans, start=1):
            expected = plain(essay.text[span.start : span.end])
            if "~~" not in text:
                assert plain(said[str(number)]) == expected, path.name
            counted += 1
        assert read_bytes(written, "essay.docx").text == essay.text, path.name
        if kind == "docx":
            assert bare(part(written)) == bare(part(data)), path.name
    assert counted > 200
