"""``essay-marker train``: fit a topic's taggers on its labelled exemplars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

EXAMPLES = """
    essay-marker train
    essay-marker train khrushchev-destalinisation --no-compare
    essay-marker train corpus/my-question --output my-models
"""


def train(
    topic: Annotated[
        str, typer.Argument(metavar="[ID|FOLDER]", help="A topic's id, or the folder it is in.")
    ] = DEFAULT_TOPIC,
    rubric: Annotated[
        str, typer.Option(metavar="ID|FILE", help="The mark scheme by which the exemplars were marked.")
    ] = DEFAULT_RUBRIC,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare/--no-compare",
            help="Measure every technique on essays held out, and write the model card. Takes some minutes.",
        ),
    ] = True,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write there instead of among the program's models.", show_default=False),
    ] = None,
) -> None:
    """Fit the taggers of a topic on its labelled exemplars and write model.json and card.md.

    The same exemplars give the same bytes on one computer. No essay but the topic's own exemplars is looked at.
    """
    if output is not None:
        _check(output)

    from essay_marker.rubric import load_rubric
    from essay_marker.topic import load_topic
    from essay_marker.train import train as fit
    from essay_marker.train import write

    loaded, scheme = load_topic(topic), load_rubric(rubric)
    _terminal.say(f"Fitting the taggers of {loaded.id} on its labelled exemplars ...")
    trained = fit(loaded, scheme, compare=compare)
    try:
        written = write(trained, loaded, output)
    except OSError as error:
        raise CommandLineError(
            f"{error.filename}: the model cannot be written ({error.strerror}). Name a folder of your own: --output."
        ) from None
    for path in written:
        _terminal.put(str(path))


def _check(output: Path) -> None:
    """Says what is wrong about ``output`` before minutes of fitting."""
    if output.exists() and not output.is_dir():
        raise CommandLineError(f"--output {output}: this is a file; name a folder.")
    if not output.absolute().parent.is_dir():
        raise CommandLineError(f"--output {output}: there is no folder {output.parent}.")
