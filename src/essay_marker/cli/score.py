"""``essay-marker score``: mark essays."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError
from essay_marker.errors import EssayMarkerError, InputError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker
    from essay_marker.records import Result

EXAMPLES = """
essay-marker score essay.docx
essay-marker score essay.pdf --format html --output report.html
essay-marker score essays/*.txt --format json > marks.jsonl
essay-marker score essay.txt --question "How far do you agree that …?"
essay-marker score essay.txt --for student --no-mark > feedback.txt
essay-marker score essay.docx --format docx --output feedback.docx
essay-marker score - < essay.odt
"""

STDIN = "-"
STDIN_NAME = "stdin"
#: No essay is as long; the reader refuses much less. It only keeps an endless stream from filling the memory.
STDIN_LIMIT = 64 * 1024 * 1024


Audience = Literal["teacher", "student"]
Format = Literal["text", "markdown", "html", "json", "docx"]
EXTENSIONS: dict[Format, str] = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "json": ".json",
    "docx": ".feedback.docx",  # beside the essay's own
}


def score(
    essays: Annotated[
        list[str],
        typer.Argument(
            metavar="ESSAY…",
            help="Files to mark (.docx .odt .pdf .rtf .html .txt .md); - reads one from standard input.",
        ),
    ],
    question: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The question set. Without it: the essay's own title, else the topic's."),
    ] = None,
    topic: Annotated[str, typer.Option(metavar="ID|FOLDER", help="What is known about the question.")] = DEFAULT_TOPIC,
    rubric: Annotated[str, typer.Option(metavar="ID|FILE", help="The mark scheme.")] = DEFAULT_RUBRIC,
    format: Annotated[
        Format,
        typer.Option(
            metavar="text|markdown|html|json|docx",
            help="What the report is written as; docx is the essay's own document with comments for its writer.",
        ),
    ] = "text",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="Where it goes; several essays need a folder. Without it: standard output.",
        ),
    ] = None,
    audience: Annotated[
        Audience, typer.Option("--for", metavar="teacher|student", help="Who reads the report: a student is spoken to.")
    ] = "teacher",
    no_mark: Annotated[
        bool, typer.Option("--no-mark", help="Leave out mark, range and levels: who sees a mark reads no further.")
    ] = False,
) -> None:
    """Mark essays: level, mark range and reasons, strengths, three targets, coverage, balance, use of historians.

    Several essays as JSON are one object a line, in the order given.

    Exit code: 0 all were marked; 1 an essay could not be read or its mark was withheld; 2 the command line, the rubric
    or the topic is wrong.
    """
    if format == "json" and no_mark:
        raise CommandLineError("--no-mark: the JSON holds the mark. Choose --format text, markdown or html.")
    if format == "json" and audience == "student":
        raise CommandLineError(
            "--for student: the JSON holds what either reader is told. Choose --format text, markdown or html."
        )
    places = plan(essays, format, output)

    from essay_marker.pipeline import Marker

    marker = Marker(topic, rubric)
    one_a_line = len(places) > 1 and len(set(places)) == 1
    printer = _Printer(format, one_a_line=one_a_line, audience=audience, mark=not no_mark)
    complete = True
    for essay, place in zip(essays, places, strict=True):
        name = STDIN_NAME if essay == STDIN else essay
        try:
            result, data = _mark(marker, essay, question)
            printer.show(result, name, place, data)
            complete = complete and result.marks.withheld is None
        except InputError as error:
            _terminal.say(str(error))
            complete = False
        except (EssayMarkerError, typer.Exit):  # a wrong rubric, a closed pipe: no further essay would fare better
            raise
        except Exception as error:  # one essay that trips the program up must not cost the others their marks
            _terminal.say_bug(error, name)
            complete = False
    if not complete:
        raise typer.Exit(_terminal.INCOMPLETE)


def _mark(marker: Marker, essay: str, question: str | None) -> tuple[Result, bytes | None]:
    """The result, and the bytes where they came by a pipe and cannot be read again."""
    if essay != STDIN:
        return marker.mark_file(Path(essay), question), None
    if sys.stdin.isatty():
        _terminal.say("reading the essay from the terminal; end it with Ctrl-D (Ctrl-Z and Enter on Windows).")
    data = sys.stdin.buffer.read(STDIN_LIMIT)
    return marker.mark_bytes(data, STDIN_NAME, question), data


# --- where reports go -----------------------------------------------------------------------------------------------


def plan(essays: Sequence[str], format: Format, output: str | None) -> list[Path | None]:
    """The file of each essay's report (none: standard output), in the order of ``essays``.

    Everything that can be wrong about the places is found here, before the first essay is marked: nobody waits for
    thirty essays to learn that the folder does not exist, and no report ever takes the place of an essay.
    """
    if essays.count(STDIN) > 1:
        raise CommandLineError("- stands for standard input and can be given only once.")
    several = len(essays) > 1
    if output is None:
        if several and format == "html":
            raise CommandLineError("several HTML reports need a folder: add --output FOLDER.")
        if format == "docx":
            raise CommandLineError("a Word document needs a place: add --output FILE.docx, or --output FOLDER.")
        return [None] * len(essays)
    target = Path(output)
    if _is_folder(output, several):
        places = _in_folder(essays, format, target)
        above = target if target.is_dir() else target.parent
    elif several and format != "json":
        raise CommandLineError(f"--output {output}: several essays need a folder, and this is a file.")
    else:
        places = [target] * len(essays)
        above = target.parent
    if not above.is_dir():
        raise CommandLineError(f"--output {output}: there is no folder {above}.")
    own = {Path(essay).resolve(): essay for essay in essays if essay != STDIN}
    for place in places:
        if essay := own.get(place.resolve()):
            raise CommandLineError(
                f"--output {output}: the report would take the place of the essay {essay}. Choose another name."
            )
    return list(places)


def _is_folder(output: str, several: bool) -> bool:
    """Whether ``output`` means a folder: it is one, it ends like one, or several essays go to a plain name."""
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        return True
    return several and not path.exists() and not path.suffix


def _in_folder(essays: Sequence[str], format: Format, folder: Path) -> list[Path]:
    """One file an essay, named after it; a second essay of the same name gets a number."""
    places: list[Path] = []
    taken: set[str] = set()
    for essay in essays:
        stem = STDIN_NAME if essay == STDIN else Path(essay).stem
        name, number = stem, 1
        while name.casefold() in taken:  # some file systems do not tell a from A
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        places.append(folder / f"{name}{EXTENSIONS[format]}")
    return places


class _Printer:
    """Renders results and puts each where it belongs."""

    def __init__(self, format: Format, *, one_a_line: bool, audience: Audience, mark: bool) -> None:
        self.format = format
        self.audience = audience
        self.mark = mark  # whether it is shown
        self.one_a_line = one_a_line  # JSON Lines
        self.shown = False  # whether a report stands on standard output already
        self.written: set[Path] = set()

    def show(self, result: Result, name: str, place: Path | None, data: bytes | None = None) -> None:
        """Puts one result where it belongs, and on standard error what must not be overlooked.

        ``data`` is the essay's file where it is not the one called ``name``.
        """
        marks = result.marks
        # An essay that could not be read has no report: the sentence about it is everything there is to say.
        unreadable = marks.withheld == "unreadable"
        if self.format == "docx" and place is not None and not unreadable:
            self._put_document(result, place, Path(name).read_bytes() if data is None else data)
        elif self.format != "docx" and (not unreadable or self.format == "json"):
            self._put(self._render(result, place), place)
        seen = place is None and self.format in ("text", "markdown") and not unreadable
        if marks.withheld is not None and not seen:
            sentence = marks.withheld_message or f"no mark is given ({marks.withheld})."
            _terminal.say(sentence if name in sentence else f"{name}: {sentence}")
        elif place is not None:
            given = f"provisional mark {marks.mark} of {marks.out_of} ({marks.low} to {marks.high}), "
            _terminal.say(f"{name}: {given if self.mark else ''}{place}")

    def _render(self, result: Result, place: Path | None) -> str:
        from essay_marker.report import render, render_json

        assert self.format != "docx"  # it is no text
        if self.format == "json":
            return render_json(result, indent=0 if self.one_a_line else 2)
        on_screen = place is None and self.format == "text"
        width = _terminal.width() if on_screen else _terminal.PIPED
        color = on_screen and _terminal.colour()
        return render(result, self.format, width=width, color=color, audience=self.audience, mark=self.mark)

    def _put(self, text: str, place: Path | None) -> None:
        if place is None:
            apart = "\n" if self.shown and self.format != "json" else ""
            self.shown = True
            _terminal.put(apart + text)
            return
        mode = "a" if place in self.written else "w"
        self.written.add(place)
        try:
            place.parent.mkdir(exist_ok=True)
            with place.open(mode, encoding="utf-8", newline="\n") as file:
                file.write(text if text.endswith("\n") else text + "\n")
        except OSError as error:
            raise CommandLineError(f"{place}: the report cannot be written ({error.strerror}).") from None

    def _put_document(self, result: Result, place: Path, data: bytes) -> None:
        from essay_marker.returning import feedback

        document = feedback(result, "docx", data, mark=self.mark)
        try:
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(document)
        except OSError as error:
            raise CommandLineError(f"{place}: the document cannot be written ({error.strerror}).") from None
