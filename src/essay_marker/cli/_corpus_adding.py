"""An essay that readers have marked becomes an exemplar or a profile of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError

if TYPE_CHECKING:
    from essay_marker.corpus import MarkReading
    from essay_marker.rubric import Rubric
    from essay_marker.topic import Topic

Kind = Literal["timed", "coursework"]

#: Readers in the order in which marks are given on the command line.
READERS: tuple[Literal["first", "second", "third"], ...] = ("first", "second", "third")


def add_profile(
    file: Path,
    topic: str,
    rubric: str,
    id: str | None,
    title: str | None,
    question: str | None,
    marks: tuple[int, ...],
) -> None:
    """Measure an essay and keep the measurements; `CommandLineError` where id or marks are not possible."""
    from essay_marker.corpus import profile_text, profiles_dir
    from essay_marker.measuring import make_profile
    from essay_marker.pipeline import Marker

    marker = Marker(topic, rubric)
    folder = profiles_dir(marker.topic.folder)
    name = _new_id(id or _slug(file.stem), marker.topic)
    _check_marks(marks, marker.rubric)
    profile = make_profile(marker, file, id=name, title=title or name, question=question, marks=marks)
    write(folder / f"{name}.json", profile_text(profile))
    _terminal.say(f"{folder / name}.json: {len(profile.runs)} hashes, no text")


def add_exemplar(
    file: Path,
    topic: str,
    rubric: str,
    id: str | None,
    question: str | None,
    kind: Kind,
    marks: Sequence[int],
    strands: Sequence[str],
    voice: str,
    set_by: str,
    licence: str,
) -> None:
    """Keep an essay with its marks; `CommandLineError` where id, marks or strands are not possible."""
    from essay_marker.corpus import DecidedStrand, Header, decide, exemplars_dir, header_text
    from essay_marker.read import read_file
    from essay_marker.rubric import load_rubric
    from essay_marker.topic import load_topic

    scheme, known = load_rubric(rubric), load_topic(topic)
    _check_marks(marks, scheme)
    readings = _readings(marks, _strand_marks(strands, len(marks), scheme), scheme)
    decision = decide(readings)
    if decision is None and len(readings) > 1:
        raise CommandLineError("the two marks are more than two apart: a third reading decides, --mark N once more.")
    mark = decision.mark if decision else readings[0].mark
    decided = decision.strands if decision else {name: s.mark for name, s in readings[0].strands.items()}
    essay = read_file(file)
    name = _new_id(id or _next_id(known), known)
    header = Header(
        id=name,
        question=question or known.question.question,
        kind=kind,
        voice=voice,
        level=_level_of(mark, scheme),
        mark=mark,
        set_by=set_by,
        licence=licence,
        words=sum(len(essay.text[part.start : part.end].split()) for part in essay.body),
        strands={s: DecidedStrand(level=_level_of(m, scheme), mark=m) for s, m in decided.items()},
        readings=readings,
    )
    folder = exemplars_dir(known.folder)
    write(folder / f"{name}.txt", essay.original if essay.original.endswith("\n") else essay.original + "\n")
    write(folder / f"{name}.toml", header_text(header))
    _terminal.say(f"{folder / name}.toml: now write the reason for each strand, and run: essay-marker corpus measure")


def _strand_marks(given: Sequence[str], readers: int, rubric: Rubric) -> dict[str, list[int]]:
    """Each strand's marks, one a reader, from ``analysis=10,11``; all strands of the mark scheme must be there."""
    wanted = [strand.id for strand in rubric.strands]
    found: dict[str, list[int]] = {}
    for item in given:
        name, _, values = item.partition("=")
        try:
            marks = [int(value) for value in values.split(",")]
        except ValueError:
            raise CommandLineError(f"--strand {item}: write it like --strand {wanted[0]}=10,11.") from None
        if name not in wanted:
            raise CommandLineError(f"--strand {item}: there is no strand {name!r}. {_terminal.hint(name, wanted)}")
        if len(marks) != readers:
            raise CommandLineError(f"--strand {item}: {len(marks)} given, but --mark {readers}; one for each reader.")
        _check_marks(marks, rubric)
        found[name] = marks
    if missing := [name for name in wanted if name not in found]:
        raise CommandLineError(f"give the marks of each strand: --strand {missing[0]}=N is missing.")
    return {name: found[name] for name in wanted}


def _readings(marks: Sequence[int], strands: dict[str, list[int]], rubric: Rubric) -> tuple[MarkReading, ...]:
    from essay_marker.corpus import MarkReading, StrandReading

    if len(marks) > len(READERS):
        raise CommandLineError("there are three readers at the most: a third decides.")
    return tuple(
        MarkReading(
            reader=READERS[number],
            level=_level_of(mark, rubric),
            mark=mark,
            strands={
                name: StrandReading(level=_level_of(values[number], rubric), mark=values[number])
                for name, values in strands.items()
            },
        )
        for number, mark in enumerate(marks)
    )


def _level_of(mark: int, rubric: Rubric) -> int:
    """The level of a mark; 0 below Level 1."""
    return next((band.level for band in rubric.levels if band.low <= mark <= band.high), 0)


def _check_marks(marks: Sequence[int], rubric: Rubric) -> None:
    for mark in marks:
        if not 0 <= mark <= rubric.out_of:
            raise CommandLineError(f"{mark} is no mark: {rubric.id} is out of {rubric.out_of}.")


def _new_id(id: str, topic: Topic) -> str:
    """``id``, which must be well-formed and free: nothing in the corpus is ever overwritten."""
    import re

    from essay_marker.corpus import exemplars_dir, profiles_dir

    if not re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", id):
        raise CommandLineError(f"--id {id}: an id has small letters, figures and single _ or - between them.")
    taken = (*exemplars_dir(topic.folder).glob(f"{id}.*"), *profiles_dir(topic.folder).glob(f"{id}.json"))
    if taken:
        raise CommandLineError(f"--id {id}: {min(taken)} is there already. Choose another id, or remove the file.")
    return id


def _next_id(topic: Topic) -> str:
    """The number after the highest: e63 after e62."""
    from essay_marker.corpus import exemplars_dir

    stems = [path.stem for path in exemplars_dir(topic.folder).glob("e*.toml")]
    numbers = [int(stem[1:]) for stem in stems if stem[1:].isdecimal()]
    return f"e{max(numbers, default=0) + 1:02}"


def _slug(name: str) -> str:
    """A file's name as an id."""
    import re

    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "profile"


def write(path: Path, text: str) -> None:
    """Write a file of the corpus; `CommandLineError` where it cannot be written."""
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CommandLineError(f"{path}: the file cannot be written ({error.strerror}).") from None
