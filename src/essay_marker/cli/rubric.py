"""``essay-marker rubric``: the mark schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._help import Command, Group
from essay_marker.cli._terminal import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from essay_marker.rubric import Rubric

app = typer.Typer(
    name="rubric",
    cls=Group,
    help="List, show and check rubrics: the mark schemes.",
    epilog="""
    essay-marker rubric list
    essay-marker rubric show edexcel-9hi0-essay
    essay-marker rubric check my-scheme.toml
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)

IdOrFile = Annotated[str, typer.Argument(metavar="[ID|FILE]", help="A rubric's id, or its file.")]


@app.command("list", cls=Command, epilog="essay-marker rubric list")
def list_() -> None:
    """List the rubrics: id, title and marks."""
    from essay_marker.rubric import list_rubrics

    known = list_rubrics()
    longest = max((len(rubric.id) for rubric in known), default=0)
    lines: list[str] = []
    for rubric in known:
        title = f"{rubric.title}, out of {rubric.out_of}"
        lines += _terminal.wrap(title, first=f"{rubric.id:<{longest}}  ", rest=" " * (longest + 2))
    _terminal.put("\n".join(lines))


@app.command(cls=Command, epilog="essay-marker rubric show")
def show(rubric: IdOrFile = DEFAULT_RUBRIC) -> None:
    """Show a rubric: its bands, its strands with their ladders, and the criteria that speak for each."""
    from essay_marker.rubric import load_rubric

    _terminal.put(_page(load_rubric(rubric)))


@app.command(
    cls=Command,
    epilog="""
    essay-marker rubric check
    essay-marker rubric check my-scheme.toml
    """,
)
def check(
    rubric: Annotated[
        str | None,
        typer.Argument(metavar="[ID|FILE]", help="A rubric's id, or its file. Without it: all that ship."),
    ] = None,
) -> None:
    """Check that a rubric is complete and well-formed. Exit code 2 where it is not."""
    from essay_marker.resources import rubrics_dir
    from essay_marker.rubric import check_rubric

    names = [rubric] if rubric is not None else sorted(path.stem for path in rubrics_dir().glob("*.toml"))
    _terminal.check_all(names, check_rubric)


def _page(rubric: Rubric) -> str:
    wrap = _terminal.wrap
    lines = [*wrap(f"{rubric.id}: {rubric.title}, out of {rubric.out_of}")]
    lines += ["", *wrap(f"Source: {rubric.source}"), "", "Levels"]
    for band in rubric.levels:
        lines += wrap(band.summary, first=f"  Level {band.level}, {band.low} to {band.high}: ", rest="    ")
    for strand in rubric.strands:
        lines += ["", *wrap(f"Strand {strand.id}: {strand.label}"), *wrap(strand.judged, first="  ", rest="  ")]
        for level, rung in enumerate(strand.ladder, 1):
            lines += wrap(rung, first=f"  Level {level}: ", rest="    ")
        codes = ", ".join(use.code for use in strand.criteria)
        lines += wrap(f"Criteria: {codes}", first="  ", rest="    ")
    return "\n".join(lines)
