"""``essay-marker verify``: whether a result follows from its essay and from its own findings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError
from essay_marker.cli.score import STDIN, STDIN_LIMIT, STDIN_NAME
from essay_marker.errors import DataError, InputError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker
    from essay_marker.records import Essay
    from essay_marker.verifying import Verified

EXAMPLES = """
essay-marker score essay.txt --format json > result.json
essay-marker verify result.json essay.txt
essay-marker verify marks.jsonl essays/*.txt
essay-marker score essay.txt --format json | essay-marker verify - essay.txt
essay-marker verify class-7b
"""

#: A result with one wrong number may differ in hundreds of fields; the first of them say enough.
SHOWN = 20


def verify(
    result: Annotated[
        str,
        typer.Argument(
            metavar="RESULT|FOLDER",
            help="What score --format json wrote, or - for standard input; or the folder that batch wrote.",
        ),
    ],
    essays: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ESSAY…]", help="The essay's file; for several results, all their essays."),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(metavar="ID|FOLDER", help="What is known about the question. Without it: what the result names."),
    ] = None,
    rubric: Annotated[
        str | None, typer.Option(metavar="ID|FILE", help="The mark scheme. Without it: what the result names.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="With a folder: mark every essay again as well, which takes its time.")
    ] = False,
) -> None:
    """Check that a result quotes its essay and that its levels, mark and range follow from what it reports.

    Checked are the form of the result and its hash; that every place it points at stands in the essay, from word to
    word; every sum, from the values of the criteria to the range. Where the same version, mark scheme, topic and models
    are installed, the essay is also marked again and every field compared. Several results, one a line, are matched
    to their essays by name.

    Of a folder every result is checked so, and whether essays, results, reports and decisions are those that its log
    comes to, and no line of that was changed.

    Exit code: 0 all of it follows; 1 something does not, or a file cannot be read; 2 the command line, the rubric or
    the topic is wrong.
    """
    if Path(result).is_dir():
        if essays:
            raise CommandLineError(f"{result} is a folder of results, which has its essays. Give no others with it.")
        _verify_folder(Path(result), topic, rubric, again=again)
        return
    if not essays:
        raise CommandLineError(f"no essay was given with {result}. Give its file, or the folder that batch wrote.")

    from essay_marker.pipeline import Marker
    from essay_marker.rubric import load_rubric
    from essay_marker.topic import load_topic
    from essay_marker.verifying import read_results, results_in

    raws = results_in(sys.stdin.buffer.read(STDIN_LIMIT), STDIN_NAME) if result == STDIN else read_results(Path(result))
    pairs = matched(raws, [Path(essay) for essay in essays])
    if topic is not None:
        load_topic(topic)
    if rubric is not None:
        load_rubric(rubric)
    load = cache(Marker)
    complete = True
    for raw, essay in pairs:
        named = (_text(raw, "topic", "id") or DEFAULT_TOPIC, _text(raw, "marks", "rubric") or DEFAULT_RUBRIC)
        try:
            marker = load(topic or named[0], rubric or named[1])
        except DataError as error:  # what was given loads, so it is what the result names
            where = "The result names it; if it is somewhere else, say where with --topic or --rubric."
            _terminal.put(f"{essay}: NOT ALL OF IT FOLLOWS.\n  {error} {where}")
            complete = False
            continue
        complete = _check(raw, essay, marker) and complete
    if not complete:
        raise typer.Exit(_terminal.INCOMPLETE)


def matched(raws: Sequence[Any], essays: Sequence[Path]) -> list[tuple[Any, Path]]:
    """Each result with its essay: the only two, or those of one name; of several of one name the first goes first."""
    if len(raws) == len(essays) == 1:
        return [(raws[0], essays[0])]
    left = list(essays)
    pairs = []
    for number, raw in enumerate(raws, 1):
        name = _text(raw, "essay", "source")
        found = next((essay for essay in left if essay.name == name), None)
        if found is None:
            raise CommandLineError(
                f"result {number} is about {name or 'no essay'}, and no such file was given with it."
            )
        left.remove(found)
        pairs.append((raw, found))
    if left:
        raise CommandLineError(f"no result is about {left[0]}.")
    return pairs


def _text(raw: Any, *keys: str) -> str | None:
    """The text at the end of a way through objects; nothing where there is none."""
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, str) else None


def _check(raw: Any, path: Path, marker: Marker) -> bool:
    from essay_marker.read import read_file
    from essay_marker.verifying import verify

    essay: Essay | None
    try:
        essay = read_file(path)
    except InputError as error:
        essay = None
        if _text(raw, "marks", "withheld") != "unreadable":
            _terminal.say(str(error))
            return False
    found = verify(raw, essay, marker)
    _terminal.put("\n".join(said(found, raw, str(path))))
    return not found.faults


def said(found: Verified, raw: Any, name: str) -> list[str]:
    """What came of it, in lines: one where all of it follows, else one more for each fault."""
    notes = [f"  {note}" for note in found.notes]
    if not found.faults:
        marks = raw["marks"]
        mark = f"the range {marks['low']}–{marks['high']}, the mark {marks['mark']} and Level {marks['level']}"
        sums = "no mark is given" if marks["mark"] is None else f"{mark} follow from the findings"
        again = "; marked again, the essay gets the same result" if found.again else ""
        return [f"{name}: all of it follows. All {found.spans} places quote the essay; {sums}{again}.", *notes]
    lines = [f"{name}: NOT ALL OF IT FOLLOWS."]
    lines += [f"  {fault}." for fault in found.faults[:SHOWN]]
    if len(found.faults) > SHOWN:
        lines.append(f"  … and {len(found.faults) - SHOWN} more.")
    return lines + notes


# --- a folder of results --------------------------------------------------------------------------------------------


def _verify_folder(folder: Path, topic: str | None, rubric: str | None, *, again: bool) -> None:
    from essay_marker.batch.audit import audit
    from essay_marker.pipeline import Marker

    load = cache(Marker)

    def check(path: Path, own: Path | None) -> tuple[list[str], list[str]]:
        return _inside(path, own, lambda named: load(topic or named[0], rubric or named[1]), again=again)

    def step(done: int, total: int) -> None:
        if again:
            _terminal.say(f"{done} of {total} marked again.")

    found = audit(folder, check, step)
    notes = [f"  {note}" for note in found.notes]
    counted = (
        f"{found.essays} essays, {found.results} results, {found.decisions} decisions, {found.lines} lines of the log"
    )
    if found.faults:
        lines = [f"{folder}: NOT ALL OF IT FOLLOWS ({counted}).", *(f"  {fault}." for fault in found.faults)]
    else:
        done = "; marked again, every essay gets the same result" if again and not found.notes else ""
        lines = [f"{folder}: all of it follows ({counted}){done}."]
    _terminal.put("\n".join(map(_terminal.printable, [*lines, *notes])))
    if found.faults:
        raise typer.Exit(_terminal.INCOMPLETE)


def _inside(
    path: Path, own: Path | None, load: Callable[[tuple[str, str]], Marker], *, again: bool
) -> tuple[list[str], list[str]]:
    """What does not follow inside a result of a folder, and what there is to know of it."""
    from essay_marker.read import read_bytes
    from essay_marker.verifying import read_results, verify

    try:
        (raw,) = read_results(path)
        named = (_text(raw, "topic", "id") or DEFAULT_TOPIC, _text(raw, "marks", "rubric") or DEFAULT_RUBRIC)
        marker = load(named)
    except (DataError, InputError, ValueError) as error:
        return [str(error).rstrip(".")], []
    essay: Essay | None = None
    if own is not None:
        with suppress(InputError, OSError):  # the result may say so; verify holds it against that
            essay = read_bytes(own.read_bytes(), _text(raw, "essay", "source") or own.name)
    found = verify(raw, essay, marker, again=again, kept=own is not None)
    faults = [str(fault) for fault in found.faults[:SHOWN]]
    if len(found.faults) > SHOWN:
        faults.append(f"and {len(found.faults) - SHOWN} more faults in this result")
    notes = list(found.notes)
    if own is None:
        notes.append("The essay's file is not kept here, so that only the result by itself was checked.")
    return faults, notes
