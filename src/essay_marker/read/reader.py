"""From a file or bytes to an `Essay`: the one module that knows the order of the steps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from essay_marker.documents.flow import Block
from essay_marker.errors import InputError
from essay_marker.read.bibliography import bibliography_entries
from essay_marker.read.characters import clean_characters
from essay_marker.read.details import drop_details
from essay_marker.read.formats import read_words
from essay_marker.read.furniture import drop_page_furniture
from essay_marker.read.hyphens import Vocabulary
from essay_marker.read.layout import Paragraph, rebuild_paragraphs
from essay_marker.read.lines import Line, split_lines
from essay_marker.read.markup import strip_inline_markup
from essay_marker.read.notes import NoteText, note_texts
from essay_marker.read.offsets import Traced, join
from essay_marker.read.parts import divide
from essay_marker.read.repairs import RepairLog
from essay_marker.read.title import drop_label, has_title
from essay_marker.read.wrap import find_wrap
from essay_marker.records import Essay, Note, Span

MAX_FILE_BYTES: Final = 50_000_000
"""The largest file that is opened at all, pictures included; of plain text far less is read (`decode.MAX_BYTES`)."""

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
            raise InputError(f"{shown} is no ordinary file. Name a document, or hand the essay to standard input.")
        _check_file(path.stat().st_size, shown)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(f"{shown} could not be opened ({reason}). Check that you may read it.") from error
    except ValueError as error:  # a name with a NUL in it
        raise InputError(f"{shown!r} is not the name of a file. Check the name.") from error
    return _read(data, path.name, shown)


def read_bytes(data: bytes, source: str) -> Essay:
    """The essay in ``data``; ``source`` is its file's name, or ``-`` for standard input.

    Raises `InputError` where ``data`` cannot be read.
    """
    source = STANDARD_INPUT if source == "-" else source
    return _read(data, source, source)


def _read(data: bytes, source: str, shown: str) -> Essay:
    """The essay in ``data``; ``shown`` is what error messages call the file."""
    _check_file(len(data), shown)
    log = RepairLog()
    words = read_words(data, source, shown, log)
    original = words.text
    text = clean_characters(Traced.of(original), log)
    text = strip_inline_markup(text, log)
    vocabulary = Vocabulary.of(text.text)
    lines = _with_kinds(split_lines(text, log), words.blocks)
    lines = drop_details(drop_page_furniture(lines, log), log)
    end = bisect_left(lines, words.notes_at, key=lambda line: line.content.origin[0])
    parts = divide(lines[:end], log, has_notes=end < len(lines))
    parts.notes.extend(lines[end:])
    wrap = find_wrap(parts.body)
    paragraphs = drop_label(rebuild_paragraphs(parts.body, wrap, vocabulary, log), log)
    notes = note_texts(parts.notes, vocabulary, log)
    entries = bibliography_entries(parts.bibliography, wrap, vocabulary, log)
    if not (paragraphs or notes or entries):
        raise InputError(f"{shown} holds no words. Check that the essay was saved in it.")
    return _assemble(source, original, paragraphs, notes, entries, log)


def _check_file(size: int, shown: str) -> None:
    """Refuse more than `MAX_FILE_BYTES`, before anything is read."""
    if size > MAX_FILE_BYTES:
        raise InputError(
            f"{shown} is too large to be an essay: {size / 1e6:.1f} MB, and at most {MAX_FILE_BYTES / 1e6:.0f} MB are "
            "read. Check that it is the right file, or take out its pictures."
        )


def _with_kinds(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    """``lines`` with what the document says they are: headings, items of lists."""
    told: list[Line] = []
    for line in lines:
        at = line.content.origin[0]
        block = bisect_right(blocks, at, key=lambda block: block.start) - 1
        kind = blocks[block].kind if block >= 0 and at < blocks[block].end else "prose"
        told.append(line if kind == "prose" else line._replace(kind=kind))
    return told


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
