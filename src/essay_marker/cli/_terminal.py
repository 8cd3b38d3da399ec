"""What every command shares: messages, standard output, width and colour."""

from __future__ import annotations

import io
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence

import typer

from essay_marker.errors import DataError, EssayMarkerError

PROGRAM = "essay-marker"

#: A page is easier to read than a wide window.
WIDEST = 100
PIPED = 80

OK, INCOMPLETE, WRONG = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


class CommandLineError(EssayMarkerError):
    """The arguments do not fit together; its text says how they would."""


def prepare_streams() -> None:
    """Makes standard output UTF-8 wherever a program reads it, and lets no odd letter stop either stream."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream is sys.stdout and not stream.isatty():
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                stream.reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Prints one message to standard error. File names come from outside: no control character gets through."""
    try:
        print(f"{PROGRAM}: {printable(message)}", file=sys.stderr)
    except BrokenPipeError:  # nobody listens any more
        _to_nowhere(sys.stderr.fileno())


def printable(text: str) -> str:
    """``text`` with every control character replaced."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def say_bug(error: Exception, where: str) -> None:
    """Prints the message for what should never happen, and the traceback where ``ESSAY_MARKER_DEBUG`` asks for it."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    debug = os.environ.get("ESSAY_MARKER_DEBUG") == "1"
    how = "" if debug else ", with what is printed under ESSAY_MARKER_DEBUG=1"
    say(f"{where}: this is a mistake in essay-marker, not in your file ({what}). Please report it{how}.")
    if debug:
        traceback.print_exception(error)


def put(text: str) -> None:
    """Writes to standard output; a reader who has seen enough (``| head``) ends the program quietly."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere(sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None


def flush() -> int:
    """Flushes standard output at the end; the exit code that this alone would call for."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere(sys.stdout.fileno())
        return PIPE_CLOSED
    return OK


def _to_nowhere(descriptor: int) -> None:
    """Sends what is still buffered to nowhere, or Python would complain about it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def width() -> int:
    """The width of a text on standard output: the terminal's, at most 100; 80 where there is no terminal."""
    return min(shutil.get_terminal_size((PIPED, 24)).columns, WIDEST) if sys.stdout.isatty() else PIPED


def colour() -> bool:
    """Whether standard output takes colour (https://no-color.org and https://force-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    """``text`` broken into lines of `width`, the first behind ``first``, the others behind ``rest``."""
    import textwrap

    return textwrap.wrap(
        text, width(), initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]


def hint(name: str, known: Iterable[str]) -> str:
    """Which of ``known`` may have been meant by ``name``, or what there is."""
    import difflib

    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(names) or 'none'}."


def check_all(names: Iterable[str], problems_of: Callable[[str], Sequence[str]]) -> None:
    """Checks each name; prints ``ok`` for the good ones and every problem of the others, which are the user's to mend.

    Raises:
        typer.Exit: some name had a problem.
    """
    wrong = False
    for name in names:
        try:
            problems = problems_of(name)
        except DataError as error:
            problems = [str(error)]
        for problem in problems:
            say(problem if name in problem else f"{name}: {problem}")
        wrong = wrong or bool(problems)
        if not problems:
            put(f"{name}: ok")
    if wrong:
        raise typer.Exit(WRONG)
