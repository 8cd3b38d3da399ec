"""``essay-marker corpus``: the reference corpus of a topic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _corpus_adding as adding
from essay_marker.cli import _corpus_pages as pages
from essay_marker.cli import _terminal
from essay_marker.cli._help import Command, Group
from essay_marker.cli._terminal import CommandLineError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    pass

app = typer.Typer(
    name="corpus",
    cls=Group,
    help="List, show, add, check and measure a topic's essays: exemplars with text, profiles without.",
    epilog="""
    essay-marker corpus list
    essay-marker corpus show e12
    essay-marker corpus add essay.txt --profile-only --mark 11 --mark 12
    essay-marker corpus check --against essays/
    essay-marker corpus measure
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)

TopicOption = Annotated[str, typer.Option("--topic", metavar="ID|FOLDER", help="The topic whose corpus it is.")]
RubricOption = Annotated[str, typer.Option("--rubric", metavar="ID|FILE", help="The mark scheme of its marks.")]


@app.command(
    "list",
    cls=Command,
    epilog="""
    essay-marker corpus list
    essay-marker corpus list --topic corpus/my-question
    """,
)
def list_(topic: TopicOption = DEFAULT_TOPIC, rubric: RubricOption = DEFAULT_RUBRIC) -> None:
    """List the exemplars and profiles, and the corpus in figures.

    Figures: essays a kind and a level, the correlation of length and level, the agreement of the two readers on marks
    and, where sentences are labelled twice, of the two labellers on each layer; where their themes were read again, of
    the two readings on each theme.
    """
    from essay_marker.corpus import load_exemplars, load_profiles
    from essay_marker.rubric import load_rubric
    from essay_marker.topic import load_topic

    known = load_topic(topic)
    exemplars, profiles = load_exemplars(known.folder), load_profiles(known.folder)
    lines = [*pages.exemplar_table(exemplars), *pages.profile_table(profiles)]
    if exemplars:
        headers = [exemplar.header for exemplar in exemplars]
        lines += ["", *pages.figures(headers)]
        try:
            lines += pages.readers(headers, load_rubric(rubric).out_of)
            lines += [*pages.labellers(exemplars, known), *pages.themes_again(exemplars, known)]
        except ImportError:  # it comes with what trains, and nothing else here needs it
            lines.append("How readers and labellers agree needs scikit-learn: pip install scikit-learn")
    _terminal.put("\n".join(lines) if lines else f"{known.folder}: no exemplar and no profile.")


@app.command(
    cls=Command,
    epilog="""
    essay-marker corpus show e12
    """,
)
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An exemplar's or a profile's id.")],
    topic: TopicOption = DEFAULT_TOPIC,
) -> None:
    """Show an exemplar: its header, its readings with reasons, its text. Of a profile: what was measured."""
    from essay_marker.corpus import exemplars_dir, load_exemplar, load_profile, profiles_dir
    from essay_marker.topic import load_topic

    folder = load_topic(topic).folder
    headers = {path.stem: path for path in exemplars_dir(folder).glob("*.toml")}
    profiles = {path.stem: path for path in profiles_dir(folder).glob("*.json")}
    if id in headers:
        _terminal.put("\n".join(pages.exemplar_page(load_exemplar(headers[id]))))
    elif id in profiles:
        _terminal.put("\n".join(pages.profile_page(load_profile(profiles[id]))))
    else:
        raise CommandLineError(
            f"the corpus has no exemplar and no profile {id!r}. {_terminal.hint(id, [*headers, *profiles])}"
        )


@app.command(
    cls=Command,
    epilog="""
    essay-marker corpus add essay.txt --profile-only --mark 11 --mark 12
    essay-marker corpus add essay.txt --mark 14 --mark 15 --kind timed --voice h \\
        --set-by "the project" --licence MIT \\
        --strand analysis=14,15 --strand knowledge=13,14 \\
        --strand judgement=15,15 --strand organisation=14,15
    """,
)
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The essay.")],
    profile_only: Annotated[
        bool, typer.Option("--profile-only", help="Keep measurements and hashes, and no word of the essay.")
    ] = False,
    mark: Annotated[
        list[int] | None, typer.Option(metavar="N", help="A reader's mark; once for each reader, in their order.")
    ] = None,
    strand: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=N[,N…]", help="A strand's mark from each reader; once for each strand."),
    ] = None,
    kind: Annotated[adding.Kind | None, typer.Option(metavar="timed|coursework", help="How it was written.")] = None,
    voice: Annotated[str | None, typer.Option(metavar="NAME", help="Which writer's it is.")] = None,
    set_by: Annotated[str | None, typer.Option(metavar="NAME", help="Who set it.")] = None,
    licence: Annotated[str | None, typer.Option(metavar="NAME", help="Under which licence it is.")] = None,
    question: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The question set. Without it: the topic's.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="A profile's title. Without it: its id.")] = None,
    id: Annotated[
        str | None, typer.Option(metavar="ID", help="Without it: the next free number; a profile's file name.")
    ] = None,
    topic: TopicOption = DEFAULT_TOPIC,
    rubric: RubricOption = DEFAULT_RUBRIC,
) -> None:
    """Add an essay that readers have marked.

    With --profile-only the corpus keeps what was measured, the marks, and hashes of the essay's runs of eight words, by
    which borrowed words are noticed; no word of the essay is kept. Without it the essay's text becomes an exemplar.

    Exit code: 0 it was added; 1 the essay cannot be read; 2 something else is wrong, and nothing was added.
    """
    if not mark:
        raise CommandLineError("give the readers' marks: --mark N, once for each reader.")
    if profile_only:
        given = {"--strand": strand, "--kind": kind, "--voice": voice, "--set-by": set_by, "--licence": licence}
        if extra := [name for name, value in given.items() if value]:
            raise CommandLineError(f"a profile has no {' and no '.join(extra)}: leave it out, or --profile-only.")
        adding.add_profile(file, topic, rubric, id, title, question, tuple(mark))
        return
    needed = {"--kind": kind, "--voice": voice, "--set-by": set_by, "--licence": licence}
    if missing := [name for name, value in needed.items() if not value]:
        raise CommandLineError(f"an exemplar needs {', '.join(missing)} (a profile does not: --profile-only).")
    if title is not None:
        raise CommandLineError("an exemplar has no --title: its title line stands in its text.")
    assert kind is not None  # among those needed
    adding.add_exemplar(
        file, topic, rubric, id, question, kind, mark, strand or (), voice or "", set_by or "", licence or ""
    )


@app.command(
    cls=Command,
    epilog="""
    essay-marker corpus check
    essay-marker corpus check --against essays/ --against notes.txt
    """,
)
def check(
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE|FOLDER", help="Texts from which no exemplar may borrow; can be given again."),
    ] = None,
    topic: TopicOption = DEFAULT_TOPIC,
    rubric: RubricOption = DEFAULT_RUBRIC,
) -> None:
    """Check headers, marks, readings, labels, borrowed words and measurements. Exit code 2 where something is wrong.

    Borrowed are eight words in a row that stand in another exemplar, a profile or one of the texts given, beyond
    titles, the question and the topic's set phrases.
    """
    from essay_marker.checking import check_corpus
    from essay_marker.rubric import load
    from essay_marker.topic import load_topic

    report = check_corpus(load_topic(topic), load(rubric), against or ())
    for problem in report.problems:
        _terminal.say(problem)
    for line in report.counts:
        _terminal.put(line)
    number = len(report.problems)
    _terminal.put("nothing is wrong" if not number else f"{number} problem{'s' if number > 1 else ''}")
    if number:
        raise typer.Exit(_terminal.WRONG)


@app.command(
    cls=Command,
    epilog="""
    essay-marker corpus measure
    essay-marker corpus measure --check
    """,
)
def measure(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 2 where the file is not what is measured today.")
    ] = False,
    topic: TopicOption = DEFAULT_TOPIC,
    rubric: RubricOption = DEFAULT_RUBRIC,
) -> None:
    """Measure all exemplars and write exemplars/measured.json, from which score tells the nearest.

    To be run again when an exemplar, its marks, the mark scheme, the topic or the taggers change.
    """
    from essay_marker.corpus import load_exemplars, measured_path, measured_text
    from essay_marker.measuring import measure_exemplars
    from essay_marker.pipeline import Marker

    marker = Marker(topic, rubric)
    exemplars = load_exemplars(marker.topic.folder)
    text = measured_text(measure_exemplars(marker, exemplars))
    path = measured_path(marker.topic.folder)
    if not check:
        adding.write(path, text)
        _terminal.say(f"{path}: {len(exemplars)} exemplars measured")
    elif not path.is_file() or path.read_text("utf-8") != text:
        raise CommandLineError(f"{path} is stale. Run: essay-marker corpus measure")
    else:
        _terminal.put(f"{path}: fresh")
