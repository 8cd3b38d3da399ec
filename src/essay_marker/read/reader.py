"""From a file or bytes to an `Essay`: the one module that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from essay_marker.errors import InputError
from essay_marker.read.bibliography import bibliography_entries
from essay_marker.read.characters import clean_characters
from essay_marker.read.decode import check_size, decode
from essay_marker.read.details import drop_details
from essay_marker.read.furniture import drop_page_furniture
from essay_marker.read.hyphens import Vocabulary
from essay_marker.read.layout import Paragraph, rebuild_paragraphs
from essay_marker.read.lines import split_lines
from essay_marker.read.markup import strip_inline_markup
from essay_marker.read.notes import NoteText, note_texts
from essay_marker.read.offsets import Traced, join
from essay_marker.read.parts import divide
from essay_marker.read.repairs import RepairLog
from essay_marker.read.title import drop_label, has_title
from essay_marker.read.wrap import find_wrap
from essay_marker.records import Essay, Note, Span

STANDARD_INPUT: Final = "standard input"


def read_file(path: Path) -> Essay:
    """The essay in the file ``path``. Raises `InputError` where it cannot be read."""
    shown = str(path)
    try:
        if path.is_dir():
            raise InputError(f"{shown} is a folder. Name the essay's file, or use a command that takes folders.")
        if not path.exists():
            raise InputError(f"{shown} was not found. Check the name and the folder.")
        if not path.is_file():
            raise InputError(f"{shown} is no ordinary file. Name a text file, or hand the essay to standard input.")
        check_size(path.stat().st_size, shown)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(f"{shown} could not be opened ({reason}). Check that you may read it.") from error
    except ValueError as error:  # a name with a NUL in it
        raise InputError(f"{shown!r} is not the name of a file. Check the name.") from error
    return _read(data, path.name, shown)


def read_bytes(data: bytes, source: str) -> Essay:
    """The essay in ``data``; ``source`` is its file's name, or ``-`` for standard input.

    Raises `InputError` where ``data`` is no text.
    """
    source = STANDARD_INPUT if source == "-" else source
    return _read(data, source, source)


def _read(data: bytes, source: str, shown: str) -> Essay:
    """The essay in ``data``; ``shown`` is what error messages call the file."""
    log = RepairLog()
    original = decode(data, shown, log)
    text = clean_characters(Traced.of(original), log)
    text = strip_inline_markup(text, log)
    vocabulary = Vocabulary.of(text.text)
    lines = drop_details(drop_page_furniture(split_lines(text, log), log), log)
    parts = divide(lines, log)
    wrap = find_wrap(parts.body)
    paragraphs = drop_label(rebuild_paragraphs(parts.body, wrap, vocabulary, log), log)
    notes = note_texts(parts.notes, vocabulary, log)
    entries = bibliography_entries(parts.bibliography, wrap, vocabulary, log)
    if not (paragraphs or notes or entries):
        raise InputError(f"{shown} holds no words. Check that the essay was saved in it.")
    return _assemble(source, original, paragraphs, notes, entries, log)


def _assemble(
    source: str,
    original: str,
    paragraphs: Sequence[Paragraph],
    notes: Sequence[NoteText],
    entries: Sequence[Traced],
    log: RepairLog,
) -> Essay:
    """The essay of these parts, in this order, blocks parted by a blank line and entries by a line end."""
    bibliography = join((("\n" if index else ""), entry) for index, entry in enumerate(entries))
    blocks = [paragraph.content for paragraph in paragraphs] + [note.content for note in notes]
    blocks += [bibliography] if entries else []
    text = join((("\n\n" if index else ""), block) for index, block in enumerate(blocks))
    spans: list[Span] = []
    at = 0
    for block in blocks:
        spans.append(Span(start=at, end=at + len(block)))
        at += len(block) + 2
    prose = tuple(spans[: len(paragraphs)])
    note_spans = spans[len(paragraphs) : len(paragraphs) + len(notes)]
    return Essay(
        source=source,
        original=original,
        text=text.text,
        origin=text.origin,
        title=prose[0] if has_title(paragraphs) else None,
        paragraphs=prose,
        notes=tuple(
            Note(start=span.start + note.start, end=span.end, mark=note.mark)
            for span, note in zip(note_spans, notes, strict=True)
            if note.mark is not None
        ),
        bibliography=spans[-1] if entries else None,
        repairs=log.repairs(),
    )
