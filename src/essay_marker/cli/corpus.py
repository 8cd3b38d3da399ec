"""``essay-marker corpus``: the reference corpus of a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._help import Command, Group
from essay_marker.cli._terminal import CommandLineError
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.corpus import Exemplar, Header, MarkReading, Profile
    from essay_marker.evaluate import LabellerAgreement
    from essay_marker.evaluation import Layer
    from essay_marker.rubric import Rubric
    from essay_marker.topic import Topic

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
Kind = Literal["timed", "coursework"]

#: Readers in the order in which marks are given on the command line.
READERS: tuple[Literal["first", "second", "third"], ...] = ("first", "second", "third")


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
    lines = [*_exemplar_table(exemplars), *_profile_table(profiles)]
    if exemplars:
        headers = [exemplar.header for exemplar in exemplars]
        lines += ["", *_figures(headers)]
        try:
            lines += _readers(headers, load_rubric(rubric).out_of)
            lines += [*_labellers(exemplars, known), *_themes_again(exemplars, known)]
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
        _terminal.put("\n".join(_exemplar_page(load_exemplar(headers[id]))))
    elif id in profiles:
        _terminal.put("\n".join(_profile_page(load_profile(profiles[id]))))
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
    kind: Annotated[Kind | None, typer.Option(metavar="timed|coursework", help="How it was written.")] = None,
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
        _add_profile(file, topic, rubric, id, title, question, tuple(mark))
        return
    needed = {"--kind": kind, "--voice": voice, "--set-by": set_by, "--licence": licence}
    if missing := [name for name, value in needed.items() if not value]:
        raise CommandLineError(f"an exemplar needs {', '.join(missing)} (a profile does not: --profile-only).")
    if title is not None:
        raise CommandLineError("an exemplar has no --title: its title line stands in its text.")
    assert kind is not None  # among those needed
    _add_exemplar(file, topic, rubric, id, question, kind, mark, strand or (), voice or "", set_by or "", licence or "")


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
        _write(path, text)
        _terminal.say(f"{path}: {len(exemplars)} exemplars measured")
    elif not path.is_file() or path.read_text("utf-8") != text:
        raise CommandLineError(f"{path} is stale. Run: essay-marker corpus measure")
    else:
        _terminal.put(f"{path}: fresh")


# --- pages ----------------------------------------------------------------------------------------------------------

MEASURES = {"f1": "F1", "kappa": "kappa", "accuracy": "accuracy"}
COLUMNS = "{:<6} {:>5} {:>5}  {:<10}  {:<8} {:>6} {:>6} {:>6}"


def _exemplar_table(exemplars: Sequence[Exemplar]) -> Iterator[str]:
    if exemplars:
        yield COLUMNS.format("id", "level", "mark", "kind", "voice", "words", "units", "read").rstrip()
    for exemplar in exemplars:
        header = exemplar.header
        units = len(exemplar.units) or "-"
        read = len(header.readings) or 1
        yield COLUMNS.format(
            header.id, header.level, header.mark, header.kind, header.voice, header.words, units, read
        ).rstrip()


def _profile_table(profiles: Sequence[Profile]) -> Iterator[str]:
    if profiles:
        yield from ("", "Profiles (measured; no text is kept)")
    for profile in profiles:
        marks = " and ".join(map(str, profile.marks))
        yield f"  {profile.id}: {marks} from its readers, {profile.measurements.words} words"


def _figures(headers: Sequence[Header]) -> Iterator[str]:
    from essay_marker.figures import per_kind, per_level, voices, words_and_level

    kinds = ", ".join(f"{kind} {count}" for kind, count in per_kind(headers).items())
    levels = ", ".join(f"Level {level}: {count}" for level, count in per_level(headers).items())
    yield f"{len(headers)} exemplars, {voices(headers)} voices, {kinds}"
    yield levels
    r = words_and_level(headers)
    yield "Words and level do not both vary." if r is None else f"Correlation of words and level (Pearson): {r:.2f}"


def _readers(headers: Sequence[Header], out_of: int) -> Iterator[str]:
    """How the readers agree. An ImportError says that scikit-learn is missing."""
    from essay_marker.figures import agreement

    agreed = agreement(headers, out_of)
    if agreed is None:
        yield "No exemplar has been read twice."
        return
    yield from _terminal.wrap(
        f"Agreement of the first two readers, {agreed.essays} essays: quadratic weighted kappa {agreed.kappa:.2f}, mean"
        f" difference {agreed.mean_difference:.2f} marks, within two marks {agreed.close_share:.0%}, a third reading"
        f" {agreed.third_readings}"
    )


def _labellers(exemplars: Sequence[Exemplar], topic: Topic) -> Iterator[str]:
    """How the labellers agree. An ImportError says that scikit-learn is missing."""
    from essay_marker.evaluate import labeller_agreement

    agreed = labeller_agreement(exemplars, topic.core_themes)
    if agreed is None:
        yield "No exemplar has been labelled twice."
        return
    yield from _terminal.wrap(
        f"Agreement of two labellers, {_extent(agreed, exemplars)} are left out: either labeller left it open."
    )
    for layer in agreed.layers:
        if layer.part_of is None:
            yield _layer_line(layer.label, layer)
        if layer.id == "themes":
            yield _layer_line("  left open is absent", agreed.strict)


def _themes_again(exemplars: Sequence[Exemplar], topic: Topic) -> Iterator[str]:
    """How two readings of the themes agree; nothing without a second. An ImportError: scikit-learn is missing."""
    from essay_marker.evaluate import themes_agreement

    agreed = themes_agreement(exemplars, topic.core_themes)
    if agreed is None:
        return
    yield from _terminal.wrap(
        f"Agreement of two readings of the themes, {_extent(agreed, exemplars)} are left out: either reading left it"
        " open."
    )
    whole, *each = agreed.layers
    yield _layer_line(whole.label, whole)
    yield _layer_line("  left open is absent", agreed.strict)
    for layer in each:  # by id: a label is a line of its own
        yield _layer_line(f"  {layer.id.partition('.')[2]}", layer)


def _extent(agreed: LabellerAgreement, exemplars: Sequence[Exemplar]) -> str:
    """Over what two agree, up to the decisions that are left out."""
    units = sum(len(exemplar.units) for exemplar in exemplars)
    return (
        f"{agreed.units} of {units} labelled units, {agreed.essays} essays. Of {agreed.decisions} decisions on a"
        f" theme, {agreed.left_open} ({agreed.left_open / agreed.decisions:.0%})"
    )


def _layer_line(label: str, layer: Layer) -> str:
    found = layer.figure
    line = f"  {label:<24}{MEASURES[layer.measure]:<10}"
    if found.value is None:
        return f"{line}-"
    ends = "" if found.low is None or found.high is None else f"  ({found.low:.2f} to {found.high:.2f})"
    return f"{line}{found.value:.2f}{ends}"


def _exemplar_page(exemplar: Exemplar) -> Iterator[str]:
    wrap, header = _terminal.wrap, exemplar.header
    yield from wrap(f"{header.id}: Level {header.level}, mark {header.mark}")
    yield from wrap(header.question)
    yield from wrap(
        f"{header.kind}, voice {header.voice}, {header.words} words, set by {header.set_by}, licence {header.licence},"
        f" {len(exemplar.units) or 'no'} labelled units{', themes read again' if exemplar.again else ''}"
        f"{', labelled twice' if exemplar.second else ''}"
    )
    if header.planted:
        yield from ("", "Planted")
        for item in header.planted:
            yield from wrap(item, first="  - ", rest="    ")
    yield from ("", "Strands")
    for name, strand in header.strands.items():
        yield from wrap(f"{name}, Level {strand.level}, mark {strand.mark}: {strand.reason}", first="  ", rest="    ")
    yield from ("", "Readings" if header.readings else "Readings: one, whose marks are those above")
    for reading in header.readings:
        yield from wrap(_reading_line(reading), first="  ", rest="    ")
    yield from ("", "Text", "")
    for line in exemplar.path.read_text("utf-8").strip().split("\n"):
        yield from wrap(line) if line.strip() else [""]


def _reading_line(reading: MarkReading) -> str:
    strands = ", ".join(f"{name} {strand.mark}" for name, strand in reading.strands.items())
    reason = f" {reading.reason}" if reading.reason else ""
    return f"{reading.reader}: Level {reading.level}, mark {reading.mark} ({strands}).{reason}"


def _profile_page(profile: Profile) -> Iterator[str]:
    wrap, found = _terminal.wrap, profile.measurements
    yield from wrap(f"{profile.id}: {profile.title}")
    yield from wrap(profile.question)
    yield from wrap(f"Marks from its readers: {', '.join(map(str, profile.marks))} ({profile.rubric})")
    yield from wrap(
        f"A profile: {len(profile.runs)} hashes and what essay-marker {profile.program} measured; no text is kept."
    )
    yield ""
    yield f"{found.words} words, {found.quoted_share:.0%} quoted, {found.sentences} sentences"
    for label, table in (("Roles", found.roles), ("Stances", found.stances), ("Themes", found.themes)):
        yield from wrap(f"{label}: " + ", ".join(f"{name} {value}" for name, value in table.items()), rest="  ")
    for name, strand in found.strands.items():
        values = ", ".join(f"{code} {criterion.value:g}" for code, criterion in strand.criteria.items())
        yield from wrap(f"{name} {strand.score:.2f}: {values}", rest="  ")


# --- adding ---------------------------------------------------------------------------------------------------------


def _add_profile(
    file: Path,
    topic: str,
    rubric: str,
    id: str | None,
    title: str | None,
    question: str | None,
    marks: tuple[int, ...],
) -> None:
    from essay_marker.corpus import profile_text, profiles_dir
    from essay_marker.measuring import make_profile
    from essay_marker.pipeline import Marker

    marker = Marker(topic, rubric)
    folder = profiles_dir(marker.topic.folder)
    name = _new_id(id or _slug(file.stem), marker.topic)
    _check_marks(marks, marker.rubric)
    profile = make_profile(marker, file, id=name, title=title or name, question=question, marks=marks)
    _write(folder / f"{name}.json", profile_text(profile))
    _terminal.say(f"{folder / name}.json: {len(profile.runs)} hashes, no text")


def _add_exemplar(
    file: Path,
    topic: str,
    rubric: str,
    id: str | None,
    question: str | None,
    kind: Kind,
    marks: Sequence[int],
    strands: Sequence[str],
    voice: str,
    set_by: str,
    licence: str,
) -> None:
    from essay_marker.corpus import DecidedStrand, Header, decide, exemplars_dir, header_text
    from essay_marker.read import read_file
    from essay_marker.rubric import load_rubric
    from essay_marker.topic import load_topic

    scheme, known = load_rubric(rubric), load_topic(topic)
    _check_marks(marks, scheme)
    readings = _readings(marks, _strand_marks(strands, len(marks), scheme), scheme)
    decision = decide(readings)
    if decision is None and len(readings) > 1:
        raise CommandLineError("the two marks are more than two apart: a third reading decides, --mark N once more.")
    mark = decision.mark if decision else readings[0].mark
    decided = decision.strands if decision else {name: s.mark for name, s in readings[0].strands.items()}
    essay = read_file(file)
    name = _new_id(id or _next_id(known), known)
    header = Header(
        id=name,
        question=question or known.question.question,
        kind=kind,
        voice=voice,
        level=_level_of(mark, scheme),
        mark=mark,
        set_by=set_by,
        licence=licence,
        words=sum(len(essay.text[part.start : part.end].split()) for part in essay.body),
        strands={s: DecidedStrand(level=_level_of(m, scheme), mark=m) for s, m in decided.items()},
        readings=readings,
    )
    folder = exemplars_dir(known.folder)
    _write(folder / f"{name}.txt", essay.original if essay.original.endswith("\n") else essay.original + "\n")
    _write(folder / f"{name}.toml", header_text(header))
    _terminal.say(f"{folder / name}.toml: now write the reason for each strand, and run: essay-marker corpus measure")


def _strand_marks(given: Sequence[str], readers: int, rubric: Rubric) -> dict[str, list[int]]:
    """Each strand's marks, one a reader, from ``analysis=10,11``; all strands of the mark scheme must be there."""
    wanted = [strand.id for strand in rubric.strands]
    found: dict[str, list[int]] = {}
    for item in given:
        name, _, values = item.partition("=")
        try:
            marks = [int(value) for value in values.split(",")]
        except ValueError:
            raise CommandLineError(f"--strand {item}: write it like --strand {wanted[0]}=10,11.") from None
        if name not in wanted:
            raise CommandLineError(f"--strand {item}: there is no strand {name!r}. {_terminal.hint(name, wanted)}")
        if len(marks) != readers:
            raise CommandLineError(f"--strand {item}: {len(marks)} given, but --mark {readers}; one for each reader.")
        _check_marks(marks, rubric)
        found[name] = marks
    if missing := [name for name in wanted if name not in found]:
        raise CommandLineError(f"give the marks of each strand: --strand {missing[0]}=N is missing.")
    return {name: found[name] for name in wanted}


def _readings(marks: Sequence[int], strands: dict[str, list[int]], rubric: Rubric) -> tuple[MarkReading, ...]:
    from essay_marker.corpus import MarkReading, StrandReading

    if len(marks) > len(READERS):
        raise CommandLineError("there are three readers at the most: a third decides.")
    return tuple(
        MarkReading(
            reader=READERS[number],
            level=_level_of(mark, rubric),
            mark=mark,
            strands={
                name: StrandReading(level=_level_of(values[number], rubric), mark=values[number])
                for name, values in strands.items()
            },
        )
        for number, mark in enumerate(marks)
    )


def _level_of(mark: int, rubric: Rubric) -> int:
    """The level of a mark; 0 below Level 1."""
    return next((band.level for band in rubric.levels if band.low <= mark <= band.high), 0)


def _check_marks(marks: Sequence[int], rubric: Rubric) -> None:
    for mark in marks:
        if not 0 <= mark <= rubric.out_of:
            raise CommandLineError(f"{mark} is no mark: {rubric.id} is out of {rubric.out_of}.")


def _new_id(id: str, topic: Topic) -> str:
    """``id``, which must be well-formed and free: nothing in the corpus is ever overwritten."""
    import re

    from essay_marker.corpus import exemplars_dir, profiles_dir

    if not re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", id):
        raise CommandLineError(f"--id {id}: an id has small letters, figures and single _ or - between them.")
    taken = (*exemplars_dir(topic.folder).glob(f"{id}.*"), *profiles_dir(topic.folder).glob(f"{id}.json"))
    if taken:
        raise CommandLineError(f"--id {id}: {min(taken)} is there already. Choose another id, or remove the file.")
    return id


def _next_id(topic: Topic) -> str:
    """The number after the highest: e63 after e62."""
    from essay_marker.corpus import exemplars_dir

    stems = [path.stem for path in exemplars_dir(topic.folder).glob("e*.toml")]
    numbers = [int(stem[1:]) for stem in stems if stem[1:].isdecimal()]
    return f"e{max(numbers, default=0) + 1:02}"


def _slug(name: str) -> str:
    """A file's name as an id."""
    import re

    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "profile"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CommandLineError(f"{path}: the file cannot be written ({error.strerror}).") from None
