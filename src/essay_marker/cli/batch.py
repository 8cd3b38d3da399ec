"""``essay-marker batch``: mark a class."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.batch import Settings, Step
    from essay_marker.returning import Feedback

#: `essay_marker.returning.Feedback`, which takes its time to import.
KINDS: tuple[Feedback, ...] = ("docx", "html", "md", "pdf-ready")

EXAMPLES = """
essay-marker batch submissions.zip -o class-7b
essay-marker batch submissions.zip -o class-7b --feedback docx,html --without-marks
essay-marker batch submissions.zip -o class-7b --feedback docx --moodle Grades-7b.csv
essay-marker batch essays/ -o class-7b --learners class-7b.csv
essay-marker batch essays/ -o class-7b --anonymous --who-is-who names.csv
essay-marker batch essay1.docx essay2.pdf -o marked
"""


def batch(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER|ZIP|FILE…", help="A platform's download, a folder of essays, or essays."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Where everything goes: a new folder, or one of a run before."
        ),
    ],
    question: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The question set. Without it: each essay's own title, else the topic's."),
    ] = None,
    topic: Annotated[str, typer.Option(metavar="ID|FOLDER", help="What is known about the question.")] = DEFAULT_TOPIC,
    rubric: Annotated[str, typer.Option(metavar="ID|FILE", help="The mark scheme.")] = DEFAULT_RUBRIC,
    learners: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Who is who: a column learner, and a column file or id. Without it: by the names of the files.",
        ),
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Pseudonyms instead of names, the same in every run on this computer.")
    ] = False,
    who_is_who: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="With --anonymous: write down for yourself whose each pseudonym is."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The secret that makes the pseudonyms. Without it: one of your own data."),
    ] = None,
    feedback: Annotated[
        str | None,
        typer.Option(
            metavar="KINDS",
            help="What learners are given, with commas: docx (their own document with comments), html, md, pdf-ready"
            " (to print). Without it: as in the run before, or nothing; none takes it away.",
        ),
    ] = None,
    without_marks: Annotated[
        bool | None,
        typer.Option("--without-marks/--with-marks", help="Level and mark left out of everything a learner is given."),
    ] = None,
    blind: Annotated[
        bool | None,
        typer.Option(
            "--blind/--no-blind",
            help="Hide the program's marks from you until you have entered yours (see moderate). The JSON of the"
            " results and the log hold them all the same. Without it: as in the run before.",
        ),
    ] = None,
    moodle: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Moodle's grading worksheet: written back with grades and comments; feedback is packed for it, too."
            " Without it: that of the run before.",
        ),
    ] = None,
    provisional_grades: Annotated[
        bool,
        typer.Option(
            "--provisional-grades", help="Put marks into Moodle's worksheet that nobody has signed: learners see them."
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="NUMBER", min=1, max=64, help="Workers. Without it: what the machine has room for."
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Mark also what was marked before and did not change.")
    ] = False,
) -> None:
    """Mark a class: a result and a report each, a mark sheet, and which essays have passages in common.

    Learners are told by the names that Moodle, Canvas, Google Classroom and Teams give to what is downloaded; of
    several files of one learner the latest is marked. A run that was stopped goes on where it was. One bad file stops
    nothing.

    Exit code: 0 all were marked; 1 an essay could not be read or its mark was withheld; 2 the command line, the rubric
    or the topic is wrong.
    """
    if (who_is_who is not None or key is not None) and not anonymous:
        raise CommandLineError("--who-is-who and --key go with --anonymous.")
    if moodle is not None and anonymous:
        raise CommandLineError("--moodle needs names and numbers, which --anonymous takes away.")
    if who_is_who is not None and who_is_who.resolve().is_relative_to(output.resolve()):
        raise CommandLineError(f"--who-is-who {who_is_who}: names cannot lie among the results. Name another place.")

    kinds = None if feedback is None else _kinds(feedback)

    from essay_marker.batch import Settings, run_batch, summary

    settings = Settings(
        places=tuple(places),
        out=output,
        topic=topic,
        rubric=rubric,
        question=question,
        learners=learners,
        workers=jobs,
        again=again,
        anonymous=anonymous,
        key_file=key,
        blind=blind,
        feedback=kinds,
        without_marks=without_marks,
        moodle=moodle,
        provisional_grades=provisional_grades,
    )
    if who_is_who is not None:
        _write_names(settings, who_is_who)
    with _progress() as (begin, step):
        marked = run_batch(settings, begin, step)
    _terminal.put("\n".join(map(_terminal.printable, summary(marked, str(output)))))
    if any(member.withheld is not None for member in marked.members):
        raise typer.Exit(_terminal.INCOMPLETE)


def _kinds(text: str) -> tuple[Feedback, ...]:
    """The kinds of feedback named, each once and in an order of its own."""
    named = {part.strip().lower() for part in text.split(",")} - {""}
    if unknown := sorted(named - set(KINDS) - {"none"}):
        raise CommandLineError(f"--feedback: there is no {unknown[0]!r}. Choose from {', '.join(KINDS)}.")
    if not named or ("none" in named and len(named) > 1):
        raise CommandLineError(f"--feedback: name one or more of {', '.join(KINDS)}; or none.")
    return tuple(kind for kind in KINDS if kind in named)


def _write_names(settings: Settings, path: Path) -> None:
    from essay_marker.batch import who_is_who
    from essay_marker.marksheet.cells import guarded

    rows = who_is_who(settings)
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("pseudonym", "learner", "file"))
            writer.writerows(tuple(map(guarded, row)) for row in rows)
    except OSError as error:
        raise CommandLineError(f"--who-is-who {path}: it cannot be written ({error.strerror}).") from None


# --- progress -------------------------------------------------------------------------------------------------------

Begin = Callable[[int, int], None]


@contextmanager
def _progress() -> Iterator[tuple[Begin, Callable[[Step], None]]]:
    """A bar with the time left where somebody looks on, else a line an essay."""
    if not sys.stderr.isatty():
        yield _begin_lines, _line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[learner]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=300) as bar:
        task = bar.add_task("Marking", total=None, learner="")

        def begin(total: int, kept: int) -> None:
            bar.update(task, total=total)

        def step(done: Step) -> None:
            description = "Comparing" if done.done == done.total else "Marking"
            bar.update(task, completed=done.done, description=description, learner=_terminal.printable(done.learner))

        yield begin, step


def _begin_lines(total: int, kept: int) -> None:
    before = f", {kept} were done before" if kept else ""
    _terminal.say(f"{total} to mark{before}.")


def _line(step: Step) -> None:
    if step.problem is not None:
        said = step.problem.message
    elif step.hidden:
        said = "marked"
    elif step.result is not None and step.result.marks.withheld is None:
        marks = step.result.marks
        said = f"provisional mark {marks.mark} of {marks.out_of} ({marks.low} to {marks.high})"
    else:
        said = "no mark" if step.result is None else f"no mark ({step.result.marks.withheld})"
    _terminal.say(f"{step.done} of {step.total}, {step.learner}: {said}")
