"""Essays whose sentences are labelled, or whose mark is known, as a folder holds them.

    NAME.txt (or .md)       the essay
    NAME.labels.jsonl       its labelled sentences (NAME.jsonl will do)
    NAME.themes.jsonl       beside the labels: their themes, read again; what both readings give counts
    NAME.toml               its header: level, mark, question, [strands]

What a second labeller has (NAME.second.jsonl) is never taken for an essay's labels.
Labels and header may lie beside the essay or in another of the folders given. Files for which there is nothing to hold
an essay against are passed over.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from essay_marker.corpus import LABELS as LABELS_OF_CORPUS
from essay_marker.corpus import (
    SECOND_LABELS,
    THEMES_AGAIN,
    ThemesAgain,
    Unit,
    agreed,
    load_labels,
    load_themes,
    themes_path,
)
from essay_marker.data import load_toml
from essay_marker.errors import DataError
from essay_marker.records import Level

TEXTS = (".txt", ".md")
LABELS = (LABELS_OF_CORPUS, ".jsonl")
HEADER = ".toml"

_ABOUT = "Beside NAME.txt there has to be NAME.labels.jsonl (its labelled sentences) or NAME.toml (its level and mark)"

Mark = Annotated[int, msgspec.Meta(ge=0)]


class StrandLevel(msgspec.Struct, frozen=True, kw_only=True):
    """The level that a strand was given."""

    level: Level


class ReaderMark(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader gave the essay."""

    reader: str
    level: Level
    mark: Mark


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What an evaluation needs of a header; its other fields are the corpus' business."""

    question: str | None = None
    level: Level | None = None
    mark: Mark | None = None
    strands: dict[str, StrandLevel] = {}
    readings: tuple[ReaderMark, ...] = ()


class LabelledEssay(msgspec.Struct, frozen=True, kw_only=True):
    """An essay with its labels (none: it has no file of them), their themes as `agreed`, and its header."""

    id: str
    path: Path
    units: tuple[Unit, ...]
    header: Header


class _Files(msgspec.Struct, frozen=True, kw_only=True):
    text: Path
    labels: Path | None
    again: Path | None
    header: Path | None


def load(
    places: Sequence[Path], *, themes: Collection[str], strands: Collection[str], out_of: int
) -> tuple[LabelledEssay, ...]:
    """Every labelled or marked essay in these folders and files, in order.

    Args:
        places: Folders (those inside them are not looked into), essays, labels or headers.
        themes: The themes that a label may name.
        strands: The strands that a header may name.
        out_of: The highest mark that a header may give.

    Raises:
        DataError: A place is not there or has nothing to go by; a file is wrong, with the line where there is one.
    """
    folders = [place if place.is_dir() else place.parent for place in places]
    files: dict[Path, _Files] = {}
    for place in places:
        found = [_files(text, folders) for text in _texts(place)]
        files.update((each.text.resolve(), each) for each in found if each.labels or each.header)
        if found and not place.is_dir() and not (found[0].labels or found[0].header):
            raise DataError(f"{place}: there is nothing to hold this essay against. {_ABOUT}.")
    used = {path.parent for each in files.values() for path in (each.text, each.labels, each.header) if path}
    for place in places:
        if place.is_dir() and place not in used:
            raise DataError(f"{place}: there is no labelled essay in this folder. {_ABOUT}.")
    times = Counter(each.text.stem for each in files.values())
    return tuple(
        LabelledEssay(
            id=each.text.stem if times[each.text.stem] == 1 else each.text.as_posix(),
            path=each.text,
            units=_units(each.labels, each.again, themes) if each.labels else (),
            header=_header(each.header, strands, out_of) if each.header else Header(),
        )
        for each in files.values()
    )


def _texts(place: Path) -> list[Path]:
    """The essays that ``place`` stands for."""
    if place.is_dir():
        return sorted(path for path in place.iterdir() if path.suffix.lower() in TEXTS and path.is_file())
    if not place.exists():
        raise DataError(f"{place}: there is no such file or folder.")
    if place.suffix.lower() in TEXTS:
        return [place]
    if place.name.endswith(SECOND_LABELS):
        raise DataError(
            f"{place}: these are a second labeller's labels. Give the essay; how the two labellers agree is told by:"
            " essay-marker corpus list."
        )
    if place.name.endswith(THEMES_AGAIN):
        raise DataError(
            f"{place}: these are themes that were read again. Give the essay; how the two readings agree is told by:"
            " essay-marker corpus list."
        )
    for ending in (*LABELS, HEADER):
        if place.name.endswith(ending):
            stem = place.name.removesuffix(ending)
            beside = [place.with_name(stem + suffix) for suffix in TEXTS]
            text = next((path for path in beside if path.is_file()), None)
            if text is None:
                raise DataError(f"{place}: the essay {beside[0].name} is not beside it.")
            return [text]
    raise DataError(f"{place}: this is neither an essay (.txt, .md) nor labels (.jsonl) nor a header (.toml).")


def _files(text: Path, folders: Iterable[Path]) -> _Files:
    def beside(*endings: str) -> Path | None:
        places = (folder / f"{text.stem}{ending}" for folder in (text.parent, *folders) for ending in endings)
        return next((place for place in places if place.is_file()), None)

    labels = beside(*LABELS)
    again = themes_path(labels.with_name(text.name)) if labels else None
    return _Files(text=text, labels=labels, again=again if again and again.is_file() else None, header=beside(HEADER))


def _units(path: Path, again: Path | None, themes: Collection[str]) -> tuple[Unit, ...]:
    units = load_labels(path)
    if not units:
        raise DataError(f"{path}: there is no labelled sentence in this file.")
    _check_themes(path, units, themes)
    if again is None:
        return units
    readings = load_themes(again)
    _check_themes(again, readings, themes)
    known = {unit.id for unit in units}
    if other := next((reading.id for reading in readings if reading.id not in known), None):
        raise DataError(f"{again}: {path.name} has no unit `{other}`. Read the same units again.")
    return agreed(units, readings)


def _check_themes(path: Path, found: Sequence[Unit | ThemesAgain], themes: Collection[str]) -> None:
    """Says which line of ``path`` names a theme that there is not."""
    lines = [number for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1) if line.strip()]
    for line, each in zip(lines, found, strict=True):
        for theme in (*each.themes, *each.optional_themes):
            if theme not in themes:
                raise DataError(f"{path}, line {line}: there is no theme `{theme}`. {_choose(theme, themes)}")


def _header(path: Path, strands: Collection[str], out_of: int) -> Header:
    header = load_toml(path, Header)
    for strand in header.strands:
        if strand not in strands:
            raise DataError(f"{path}: the mark scheme has no strand `{strand}`. {_choose(strand, strands)}")
    if header.level is not None and header.mark is None:
        raise DataError(f"{path}: the header gives a level but no mark.")
    for mark in (header.mark, *(reading.mark for reading in header.readings)):
        if mark is not None and mark > out_of:
            raise DataError(f"{path}: the header gives {mark} marks, but the mark scheme is out of {out_of}.")
    return header


def _choose(given: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(given, names, n=1)
    return f"Did you mean `{close[0]}`?" if close else f"Legal are: {', '.join(names)}."
