"""What ``essay-marker corpus`` shows of a corpus, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from essay_marker.cli import _terminal

if TYPE_CHECKING:
    from essay_marker.corpus import Exemplar, Header, MarkReading, Profile
    from essay_marker.evaluate import LabellerAgreement
    from essay_marker.evaluation import Layer
    from essay_marker.topic import Topic

MEASURES = {"f1": "F1", "kappa": "kappa", "accuracy": "accuracy"}
COLUMNS = "{:<6} {:>5} {:>5}  {:<10}  {:<8} {:>6} {:>6} {:>6}"


def exemplar_table(exemplars: Sequence[Exemplar]) -> Iterator[str]:
    """A line for each exemplar, under a heading."""
    if exemplars:
        yield COLUMNS.format("id", "level", "mark", "kind", "voice", "words", "units", "read").rstrip()
    for exemplar in exemplars:
        header = exemplar.header
        units = len(exemplar.units) or "-"
        read = len(header.readings) or 1
        yield COLUMNS.format(
            header.id, header.level, header.mark, header.kind, header.voice, header.words, units, read
        ).rstrip()


def profile_table(profiles: Sequence[Profile]) -> Iterator[str]:
    """A line for each profile, under a heading."""
    if profiles:
        yield from ("", "Profiles (measured; no text is kept)")
    for profile in profiles:
        marks = " and ".join(map(str, profile.marks))
        yield f"  {profile.id}: {marks} from its readers, {profile.measurements.words} words"


def figures(headers: Sequence[Header]) -> Iterator[str]:
    """How many essays there are of a kind and a level, and how length goes with level."""
    from essay_marker.figures import per_kind, per_level, voices, words_and_level

    kinds = ", ".join(f"{kind} {count}" for kind, count in per_kind(headers).items())
    levels = ", ".join(f"Level {level}: {count}" for level, count in per_level(headers).items())
    yield f"{len(headers)} exemplars, {voices(headers)} voices, {kinds}"
    yield levels
    r = words_and_level(headers)
    yield "Words and level do not both vary." if r is None else f"Correlation of words and level (Pearson): {r:.2f}"


def readers(headers: Sequence[Header], out_of: int) -> Iterator[str]:
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


def labellers(exemplars: Sequence[Exemplar], topic: Topic) -> Iterator[str]:
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


def themes_again(exemplars: Sequence[Exemplar], topic: Topic) -> Iterator[str]:
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


def exemplar_page(exemplar: Exemplar) -> Iterator[str]:
    """Everything that the corpus holds of an exemplar."""
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


def profile_page(profile: Profile) -> Iterator[str]:
    """Everything that it holds of a profile."""
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
