"""The command line: parse, call, print, exit code. No decision about an essay is taken here.

A file a command. Nothing heavy is imported at the top of any of them: ``essay-marker --help`` answers at once because
spaCy, numpy, msgspec and Jinja2 come only with the command that needs them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import Annotated, Never

import typer

from essay_marker._version import __version__
from essay_marker.cli import (
    _terminal,
    batch,
    corpus,
    doctor,
    evaluate,
    explain,
    moderate,
    rubric,
    schema,
    score,
    topic,
    train,
    verify,
)
from essay_marker.cli._help import Command, Group
from essay_marker.errors import EssayMarkerError, InputError

app = typer.Typer(
    name=_terminal.PROGRAM,
    cls=Group,
    help="Marks A-level History essays offline: a level, a mark range, and reasons in the essay's own words.",
    epilog="""
    essay-marker score essay.txt
    essay-marker score essay.txt --format html --output report.html
    essay-marker batch submissions.zip --output class-7b
    essay-marker explain
    """,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        _terminal.put(f"{_terminal.PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _global_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command(cls=Command, epilog=score.EXAMPLES)(score.score)
app.command(cls=Command, epilog=batch.EXAMPLES)(batch.batch)
app.command(cls=Command, epilog=moderate.EXAMPLES)(moderate.moderate)
app.command(cls=Command, epilog=verify.EXAMPLES)(verify.verify)
app.add_typer(rubric.app)
app.add_typer(topic.app)
app.add_typer(corpus.app)
app.command(cls=Command, epilog=train.EXAMPLES)(train.train)
app.command(cls=Command, epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command(cls=Command, epilog=explain.EXAMPLES)(explain.explain)
app.command(cls=Command, epilog=schema.EXAMPLES)(schema.schema)
app.command(cls=Command, epilog=doctor.EXAMPLES)(doctor.doctor)


#: New objects after which rubbish is looked for. Python's own 700 costs a tenth of the time of one mark, because a
#: language model is a million objects that stay.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def program() -> Never:
    """The program as it is installed: `main`, and then the process ends at once.

    Taking a language model apart object by object takes Python a tenth of the time of one mark. Everything is written
    and closed by then, and every worker is gone.
    """
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else _terminal.OK
    else:
        code = _terminal.OK
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def main() -> None:
    """Runs the program and raises `SystemExit`. Whatever happens, the user gets sentences, never a traceback."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _terminal.prepare_streams()
    code = _run()
    sys.exit(code or _terminal.flush())


def _run() -> int:
    try:
        app(prog_name=_terminal.PROGRAM)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _terminal.OK
    except KeyboardInterrupt:
        return _terminal.INTERRUPTED
    except InputError as error:
        _terminal.say(str(error))
        return _terminal.INCOMPLETE
    except EssayMarkerError as error:
        _terminal.say(str(error))
        return _terminal.WRONG
    except Exception as error:
        _terminal.say_bug(error, " ".join(sys.argv[1:2]) or "start")
        return _terminal.INCOMPLETE
    return _terminal.OK
