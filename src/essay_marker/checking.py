"""Whether a topic's corpus is sound: headers, marks, readings, labels, borrowed words, fresh measurements.

Each check yields sentences that name the file, the place in it and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from essay_marker.borrowing import (
    FoldedWord,
    Masks,
    common_phrases,
    folded_words,
    run_hashes,
    shared_runs,
)
from essay_marker.corpus import (
    APART,
    LABELS,
    SECOND_LABELS,
    THEMES_AGAIN,
    Exemplar,
    Header,
    MarkReading,
    Profile,
    StrandReading,
    ThemesAgain,
    Unit,
    decide,
    exemplars_dir,
    labels_path,
    load_exemplar,
    load_measured,
    load_phrases,
    load_profile,
    locate,
    made_from,
    measured_path,
    profiles_dir,
    second_labels_path,
    themes_path,
)
from essay_marker.errors import DataError, InputError
from essay_marker.read import read_file
from essay_marker.records import Essay
from essay_marker.rubric import LoadedRubric, Rubric
from essay_marker.topic import Topic

#: How far the words a header states may be from those that are there.
WORDS_OFF = 0.02
MEASURE = "Run: essay-marker corpus measure"
#: What pupils' crossed-out words stand between.
CROSSED_OUT = "~~"

T = TypeVar("T")


class Report(NamedTuple):
    """What was wrong, and how much was looked at."""

    problems: tuple[str, ...]
    counts: tuple[str, ...]


class _Text(NamedTuple):
    """An exemplar's text: where it lies, as read, the words of title and body, and their runs."""

    path: Path
    essay: Essay
    words: list[FoldedWord]
    hashes: list[str]


def check_corpus(topic: Topic, rubric: LoadedRubric, against: Sequence[Path] = ()) -> Report:
    """Everything that is wrong with the corpus of ``topic``, its marks being those of ``rubric``.

    Args:
        topic: The topic.
        rubric: The mark scheme of the exemplars.
        against: Files, and folders of files, with which no exemplar may share eight words in a row.

    Raises:
        DataError: A file of ``against`` is not there.
        InputError: A file of ``against`` cannot be read.
    """
    problems: list[str] = []
    folder = exemplars_dir(topic.folder)
    headers = sorted(folder.glob("*.toml"))
    exemplars = [e for path in headers if (e := _kept(problems, load_exemplar, path)) is not None]
    profiles = {
        path: profile
        for path in sorted(profiles_dir(topic.folder).glob("*.json"))
        if (profile := _kept(problems, load_profile, path)) is not None
    }
    texts = {e.id: t for e in exemplars if (t := _kept(problems, _read, e.path)) is not None}
    compared = [file for path in against for file in _files(path)]

    problems += _check_files(folder, headers)
    problems += _check_ids(exemplars, profiles)
    for exemplar in exemplars:
        problems += check_header(exemplar.header, rubric.rubric, exemplar.path.with_suffix(".toml"))
        if exemplar.id in texts:
            text = texts[exemplar.id].essay
            problems += _check_words(exemplar, text)
            problems += check_units(exemplar.first, text, topic, labels_path(exemplar.path))
        problems += check_themes(exemplar.again, exemplar.first, topic, themes_path(exemplar.path))
        problems += check_second(exemplar.second, exemplar.first, topic, second_labels_path(exemplar.path))
    for path, profile in profiles.items():
        problems += _check_profile(profile, rubric.rubric, path)
    questions = [e.header.question for e in exemplars]
    masks = Masks([*common_phrases(topic), *questions, *load_phrases(topic.folder)])
    problems += _check_borrowing(texts, profiles.values(), compared, masks)
    problems += _check_measured(exemplars, topic, rubric)
    return Report(
        problems=tuple(_short(problem, topic.folder) for problem in problems),
        counts=_counts(exemplars, texts, profiles.values(), compared),
    )


def _kept(problems: list[str], load: Callable[[Path], T], path: Path) -> T | None:
    """What ``load`` makes of a file; where it cannot, None and a problem more."""
    try:
        return load(path)
    except (DataError, InputError) as error:
        problems.append(str(error))
        return None


def _short(problem: str, folder: Path) -> str:
    """A problem with its files named from the topic's folder on."""
    return problem.replace(f"{folder}/", "").replace(f"{folder}\\", "")


def _read(path: Path) -> _Text:
    essay = read_file(path)
    words = folded_words(essay.text, essay.paragraphs)
    return _Text(path, essay, words, run_hashes(words))


def _counts(
    exemplars: Sequence[Exemplar], texts: dict[str, _Text], profiles: Collection[Profile], compared: Sequence[Path]
) -> tuple[str, ...]:
    read = Counter(min(len(e.header.readings), 3) for e in exemplars)
    labelled, twice, again = (
        f"{sum(map(bool, given))} {what}, {sum(map(len, given))} units"
        for what, given in (
            ("labelled", [e.first for e in exemplars]),
            ("labelled twice", [e.second for e in exemplars]),
            ("with themes read again", [e.again for e in exemplars]),
        )
    )
    return (
        f"{len(exemplars)} exemplars, {sum(len(t.words) for t in texts.values())} words,"
        f" {read[2] + read[3]} read twice, {read[3]} of them three times",
        f"{labelled}; {twice}; {again}",
        f"{len(profiles)} profiles, {sum(len(p.runs) for p in profiles)} hashes",
        f"{sum(len(t.hashes) for t in texts.values())} runs of eight words, held against each other, the profiles and"
        f" {len(compared)} further files",
    )


# --- headers --------------------------------------------------------------------------------------------------------


def _check_files(folder: Path, headers: Sequence[Path]) -> Iterator[str]:
    ids = {path.stem for path in headers}
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in ids:
            yield f"{path}: the essay has no header. Write {path.stem}.toml, or run: essay-marker corpus add."
    for ending in (LABELS, THEMES_AGAIN, SECOND_LABELS):
        for path in sorted(folder.glob(f"*{ending}")):
            if path.name.removesuffix(ending) not in ids:
                yield f"{path}: these labels belong to no essay. Rename or remove the file."
    if not headers:
        yield f"{folder}: there are no exemplars. Add one with: essay-marker corpus add."


def _check_ids(exemplars: Sequence[Exemplar], profiles: Mapping[Path, Profile]) -> Iterator[str]:
    for exemplar in exemplars:
        if exemplar.id != exemplar.path.stem:
            yield f"{exemplar.path.with_suffix('.toml')}: the id is {exemplar.id!r}. Name it as the file is named."
    for path, profile in profiles.items():
        if profile.id != path.stem:
            yield f"{path}: the id is {profile.id!r}. Name it as the file is named."
    for name, count in Counter([*(e.id for e in exemplars), *(p.id for p in profiles.values())]).items():
        if count > 1:
            yield f"the id {name!r} is used {count} times. Give each exemplar and each profile its own."


def check_header(header: Header, rubric: Rubric, path: Path) -> Iterator[str]:
    """What is wrong with the marks and readings of a header, which lies at ``path``."""
    yield from _check_marks(header, header.strands, rubric, f"{path}")
    for name, strand in header.strands.items():
        if not strand.reason.strip():
            yield f"{path}, strands.{name}: there is no reason. Say in a sentence why it was given {strand.mark}."
    for name in ("question", "voice", "set_by", "licence"):
        if not getattr(header, name).strip():
            yield f"{path}, {name}: it is empty. Fill it in."
    for number, reading in enumerate(header.readings, 1):
        yield from _check_marks(reading, reading.strands, rubric, f"{path}, readings[{number}]")
    yield from _check_readings(header, path)


def _check_marks(
    given: Header | MarkReading, strands: Mapping[str, StrandReading], rubric: Rubric, place: str
) -> Iterator[str]:
    wanted = [strand.id for strand in rubric.strands]
    if set(strands) != set(wanted):
        yield f"{place}, strands: {', '.join(strands) or 'none'}. The mark scheme has {', '.join(wanted)}."
    for where, item in [("mark", given), *((f"strands.{name}", strand) for name, strand in strands.items())]:
        level = _level_of(item.mark, rubric)
        if level is None:
            yield f"{place}, {where}: {item.mark} is no mark out of {rubric.out_of}."
        elif level != item.level:
            yield f"{place}, {where}: {item.mark} lies in Level {level}, not Level {item.level}. Correct one of them."


def _level_of(mark: int, rubric: Rubric) -> int | None:
    """The level whose band holds ``mark``; 0 is below Level 1."""
    return 0 if mark == 0 else next((band.level for band in rubric.levels if band.low <= mark <= band.high), None)


def _check_readings(header: Header, path: Path) -> Iterator[str]:
    readers = Counter(reading.reader for reading in header.readings)
    for reader, count in readers.items():
        if count > 1:
            yield f"{path}, readings: there are {count} by the {reader} reader. Keep one."
    by = {reading.reader: reading for reading in header.readings}
    if "first" not in by or "second" not in by:
        missing = "first" if "second" in by else "second"
        yield (
            f"{path}, readings: it was read once only. Have it read by someone who has not seen its mark, and add a"
            f' [[readings]] table with reader = "{missing}".'
        )
        return
    decision = decide(header.readings)
    if decision is None:
        yield (
            f"{path}, readings: {by['first'].mark} and {by['second'].mark} are more than {APART} marks apart."
            " A third reading decides: add one."
        )
        return
    if decision.mark != header.mark:
        yield f"{path}, mark: it is {header.mark}, but the readings come to {decision.mark}. Correct it."
    for name, mark in decision.strands.items():
        if name in header.strands and header.strands[name].mark != mark:
            given = header.strands[name].mark
            yield f"{path}, strands.{name}: the mark is {given}, but the readings come to {mark}. Correct it."


def _check_words(exemplar: Exemplar, essay: Essay) -> Iterator[str]:
    words = sum(len(essay.text[part.start : part.end].split()) for part in essay.body)
    if abs(exemplar.header.words - words) > WORDS_OFF * words:
        path = exemplar.path.with_suffix(".toml")
        yield f"{path}, words: it says {exemplar.header.words}, but the body has {words}. Write {words}."


def _check_profile(profile: Profile, rubric: Rubric, path: Path) -> Iterator[str]:
    for mark in profile.marks:
        if mark > rubric.out_of:
            yield f"{path}, marks: {mark} is no mark out of {rubric.out_of}."
    if not profile.runs:
        yield f"{path}, runs: there are none, so that borrowing cannot be seen. Make the profile again."
    elif any(a >= b for a, b in pairwise(profile.runs)):
        yield f"{path}, runs: they are not sorted, each once. Make the profile again with: essay-marker corpus add."


# --- labels ---------------------------------------------------------------------------------------------------------


def check_units(units: Sequence[Unit], essay: Essay, topic: Topic, path: Path) -> Iterator[str]:
    """What is wrong with an essay's labels, which lie at ``path``: form, order, and whether they cover the essay."""
    if not units:
        return
    yield from _check_values(units, topic, path)
    yield from _check_coverage(units, essay, path)


def check_second(second: Sequence[Unit], first: Sequence[Unit], topic: Topic, path: Path) -> Iterator[str]:
    """What is wrong with a second labeller's labels, which lie at ``path``: form, and other units than the first's."""
    if not second:
        return
    if not first:
        yield f"{path}: the essay has no first labels. Rename the file to {path.name.replace(SECOND_LABELS, LABELS)}."
        return
    yield from _check_values(second, topic, path)
    if len(second) != len(first):
        yield f"{path}: it has {len(second)} units, but the first labels have {len(first)}. Label the same units."
    for one, other in zip(first, second, strict=False):
        if (one.id, one.text) != (other.id, other.text):
            yield (
                f"{path}, {other.id}: “{_start(other.text)}” is not unit {one.id} of the first labels,"
                f" “{_start(one.text)}”. Label the same units, in the same order."
            )
            return  # all that follow would be shifted


def check_themes(again: Sequence[ThemesAgain], first: Sequence[Unit], topic: Topic, path: Path) -> Iterator[str]:
    """What is wrong with themes that were read again, which lie at ``path``: form, and other units than the labels'."""
    if not again:
        return
    if not first:
        yield f"{path}: the essay has no labels to hold these themes against. Label it, or remove the file."
        return
    for reading in again:
        yield from _check_themes(reading, topic, f"{path}, {reading.id}")
    if len(again) != len(first):
        yield f"{path}: it has {len(again)} units, but the labels have {len(first)}. Read the same units."
    for unit, reading in zip(first, again, strict=False):
        if unit.id != reading.id:
            yield f"{path}, {reading.id}: the labels have {unit.id} here. Read the same units, in the same order."
            return  # all that follow would be shifted


def _check_values(units: Sequence[Unit], topic: Topic, path: Path) -> Iterator[str]:
    stem = path.name.removesuffix(LABELS).removesuffix(SECOND_LABELS)
    seen: set[str] = set()
    for number, unit in enumerate(units, 1):
        place = f"{path}, {unit.id}"
        if unit.id in seen:
            yield f"{place}: the id stands there twice. Number the units {stem}-001, {stem}-002 and so on."
        elif not unit.id.startswith(f"{stem}-"):
            yield f"{path}, unit {number}: the id is {unit.id!r}. It should begin with {stem}-."
        seen.add(unit.id)
        if CROSSED_OUT in unit.text:
            yield f"{place}: it has crossed-out words. Leave out what stands between {CROSSED_OUT} and {CROSSED_OUT}."
        yield from _check_themes(unit, topic, place)


def _check_themes(given: Unit | ThemesAgain, topic: Topic, place: str) -> Iterator[str]:
    known = {theme.id for theme in topic.themes}
    for name in (*given.themes, *given.optional_themes):
        if name not in known:
            yield f"{place}: there is no theme {name!r}. The topic has {', '.join(sorted(known))}."
    for name in sorted(set(given.themes) & set(given.optional_themes)):
        yield f"{place}: {name} is both a theme and an optional one. Choose."
    for name, count in Counter(given.themes).items():
        if count > 1:
            yield f"{place}: the theme {name} is given twice. Keep one."


def _check_coverage(units: Sequence[Unit], essay: Essay, path: Path) -> Iterator[str]:
    spans = locate(units, essay.text)
    covered = bytearray(len(essay.text))
    for unit, span in zip(units, spans, strict=True):
        if span is not None:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        elif CROSSED_OUT not in unit.text:  # which has been said
            yield (
                f"{path}, {unit.id}: “{_start(unit.text)}” is not in the essay at this place."
                " Copy the words from the essay, and keep the units in its order."
            )
    for part in essay.paragraphs:
        left = [i for i in range(part.start, part.end) if essay.text[i].isalnum() and not covered[i]]
        if left:
            yield (
                f"{path}: no unit holds “{_start(essay.text[left[0] : part.end])}” ({len(left)} letters of that"
                " paragraph are without a label). Add the unit."
            )


def _start(text: str) -> str:
    """The first words of a text."""
    words = text.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")


# --- borrowed words -------------------------------------------------------------------------------------------------


def _files(path: Path) -> Iterator[Path]:
    """The files to compare with: the file itself, or all in the folder and below that hold text."""
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix in {".txt", ".md"}]
        if not files:
            raise DataError(f"{path}: there is no .txt or .md file in this folder to compare with.")
        yield from files
    elif path.is_file():
        yield path
    else:
        raise DataError(f"{path}: there is no such file or folder to compare with.")


def _check_borrowing(
    texts: dict[str, _Text], profiles: Collection[Profile], compared: Sequence[Path], masks: Masks
) -> Iterator[str]:
    outside: dict[str, str] = {}
    for profile in profiles:
        outside.update((value, f"the profile {profile.id}") for value in profile.runs)
    for path in compared:
        essay = read_file(path)
        for version in (essay.original, essay.text):  # as it is printed, and with broken words mended
            outside.update((value, path.name) for value in run_hashes(folded_words(version)))
    firsts: dict[str, str] = {}
    for name, text in sorted(texts.items()):
        others = {value: firsts[value] for value in text.hashes if value in firsts}
        for shared in shared_runs(text.words, text.hashes, others | outside, masks):
            line, words = _place(text, shared.first, shared.end)
            yield (
                f"{text.path}, line {line}: “{words}” stands in {shared.owner} too. Put it in other words; a set phrase"
                " belongs in phrases.toml."
            )
        for value in text.hashes:
            firsts.setdefault(value, name)


def _place(text: _Text, first: int, end: int) -> tuple[int, str]:
    """The line in the file where words ``first`` to ``end`` begin, and the words as printed."""
    essay = text.essay
    start, stop = text.words[first].start, text.words[end - 1].end
    line = essay.original.count("\n", 0, essay.origin[start]) + 1
    return line, " ".join(essay.text[start:stop].split())


# --- measurements ---------------------------------------------------------------------------------------------------

_DATA = {
    "exemplars": "an exemplar's text or marks have",
    "rubric": "the rubric has",
    "topic": "the topic has",
    "models": "the taggers' data have",
    "program": "the program has",
}


def _check_measured(exemplars: Iterable[Exemplar], topic: Topic, rubric: LoadedRubric) -> Iterator[str]:
    path = measured_path(topic.folder)
    try:
        measured = load_measured(topic.folder)
        now = made_from(exemplars, rubric.sha256, topic.sha256)
    except DataError as error:
        yield f"{error} {MEASURE}"
        return
    if measured is None:
        yield f"{path}: there is no such file, so that reports show no nearest exemplars. {MEASURE}"
        return
    changed = [words for name, words in _DATA.items() if getattr(measured.made_from, name) != getattr(now, name)]
    if changed:
        yield f"{path}: it is stale: {' and '.join(changed)} changed since. {MEASURE}"
