"""``essay-marker evaluate``: hold the program against labelled and marked essays."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.evaluation import Evaluation

EXAMPLES = """
essay-marker evaluate labelled/
essay-marker evaluate essay.txt essay2.txt
essay-marker evaluate labelled/ --format html --output evaluation.html
"""

#: A file of these kinds beside the essays is somebody's work, and no report to write over.
INPUTS = (".txt", ".md", ".jsonl", ".toml")

Format = Literal["text", "json", "html"]


def evaluate(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER|FILE…", help="Folders of labelled or marked essays, or single essays."),
    ],
    topic: Annotated[str, typer.Option(metavar="ID|FOLDER", help="What is known about the question.")] = DEFAULT_TOPIC,
    rubric: Annotated[str, typer.Option(metavar="ID|FILE", help="The mark scheme.")] = DEFAULT_RUBRIC,
    format: Annotated[Format, typer.Option(metavar="text|json|html", help="What the report is written as.")] = "text",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it goes. Without it: standard output.")
    ] = None,
    resamples: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=100_000, help="Resamples for the intervals; 0 for no intervals.")
    ] = 1000,
) -> None:
    """Hold the program against essays whose sentences are labelled, or whose mark is known.

    Beside NAME.txt lie NAME.labels.jsonl (or NAME.jsonl) with one labelled sentence a line, NAME.toml with level,
    mark, question and [strands], or both. Each essay is marked; the report says how well tags agree with labels and
    marks with headers, with intervals, and shows what was taken for what.

    Exit code: 0 all was compared; 1 an essay could not be read or a labelled sentence was not found in it; 2 the
    command line, labels, a header, the rubric or the topic is wrong.
    """
    if output is not None:
        _check(output, places)

    from essay_marker.evaluate import evaluate as of
    from essay_marker.pipeline import Marker

    found = of(places, Marker(topic, rubric), resamples=resamples, progress=_progress)
    _put(found, format, output)
    warnings = [remark.message for remark in found.remarks if remark.warning]
    if format != "text" or output is not None:  # then nobody has seen them yet
        for message in warnings:
            _terminal.say(message)
    if found.found < found.units or any(essay.withheld == "unreadable" for essay in found.essays):
        raise typer.Exit(_terminal.INCOMPLETE)


def _check(output: Path, places: list[Path]) -> None:
    """Says what is wrong about ``output`` before the first essay is marked."""
    if output.is_dir():
        raise CommandLineError(f"--output {output}: this is a folder; name a file.")
    if not output.parent.is_dir():
        raise CommandLineError(f"--output {output}: there is no folder {output.parent}.")
    folders = {place.resolve() if place.is_dir() else place.resolve().parent for place in places}
    if output.exists() and output.suffix in INPUTS and output.resolve().parent in folders:
        raise CommandLineError(f"--output {output}: the report would take the place of this file. Choose another name.")


def _put(found: Evaluation, format: Format, output: Path | None) -> None:
    from essay_marker.report.evaluation import render_evaluation

    on_screen = output is None and format == "text"
    width = _terminal.width() if on_screen else _terminal.PIPED
    text = render_evaluation(found, format, width=width, color=on_screen and _terminal.colour())
    if output is None:
        _terminal.put(text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandLineError(f"{output}: the report cannot be written ({error.strerror}).") from None


def _progress(done: int, total: int) -> None:
    """Shows on a terminal how far the marking is; leaves nothing behind."""
    if sys.stderr.isatty():
        end = "\r\x1b[K" if done == total else ""
        print(f"\r{_terminal.PROGRAM}: marking essay {done} of {total}{end}", end="", file=sys.stderr, flush=True)
