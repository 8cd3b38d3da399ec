"""``essay-marker rubric``: the mark schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._help import Command, Group
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

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


@app.command(
    cls=Command,
    epilog="""
    essay-marker rubric fit
    essay-marker rubric fit edexcel-9hi0-essay --write
    """,
)
def fit(
    rubric: IdOrFile = DEFAULT_RUBRIC,
    topic: Annotated[
        str, typer.Option(metavar="ID|FOLDER", help="The topic whose exemplars it is fitted on.")
    ] = DEFAULT_TOPIC,
    write: Annotated[bool, typer.Option("--write", help="Write the thresholds into the rubric's file.")] = False,
) -> None:
    """Fit a rubric's thresholds on the marks that readers gave the exemplars, and say how well they agree.

    Every essay is marked with thresholds fitted on all the others. Needs what `essay-marker train` measured.
    """
    from essay_marker.corpus import load_exemplars
    from essay_marker.errors import DataError
    from essay_marker.heldout import load_heldout
    from essay_marker.rubric import load_rubric, rubric_path
    from essay_marker.topic import load_topic
    from essay_marker.train.rubric_file import card, rewritten, rows
    from essay_marker.train.rubric_file import fit as fit_thresholds
    from essay_marker.train.settings import load_settings

    known, path, loaded = load_rubric(rubric), rubric_path(rubric), load_topic(topic)
    values = load_heldout(loaded.id)
    if values is None:
        raise DataError(f"Nothing was measured for {loaded.id} yet. Run: essay-marker train {loaded.id}")
    found = fit_thresholds(known, load_exemplars(loaded.folder), values, load_settings().thresholds)
    _terminal.put(f"{found.essays} exemplars of {loaded.id}, each left out in turn; errors in marks of {known.out_of}")
    _terminal.put(f"{'':30}{'kappa':>7}{'error':>7}{'signed':>8}{'within 2':>10}")
    for name, a in rows(found):
        _terminal.put(f"{name:30}{a.kappa:7.3f}{a.error:7.2f}{a.signed:+8.2f}{a.within_two:10.0%}")
    _terminal.put(
        f"range of {found.rubric.range.half_width} marks to either side, each fitted on the others: covers"
        f" {found.ranges.covered:.1%} (wanted {known.range.covers:.0%}), median width {found.ranges.median_width:g}"
    )
    if write:
        beside = path.with_suffix(".md")
        path.write_text(rewritten(path, found.rubric), encoding="utf-8", newline="\n")
        beside.write_text(card(found, values, _terminal.wrap), encoding="utf-8", newline="\n")
        _terminal.put(f"{path}\n{beside}")


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
