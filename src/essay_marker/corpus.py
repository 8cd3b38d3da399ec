"""The reference corpus of a topic: essays with their readers' marks and labels, and profiles of essays without text.

    exemplars/eNN.txt            an essay written for the corpus
    exemplars/eNN.toml           its header: question, marks with reasons, readings, what was planted
    exemplars/eNN.labels.jsonl   its sentences, labelled (optional)
    exemplars/eNN.themes.jsonl   the themes of the same sentences, read again by someone else (optional)
    exemplars/eNN.second.jsonl   the same sentences, labelled by someone else (optional)
    exemplars/measured.json      what the program measures in all of them: made by ``corpus measure``
    profiles/ID.json             measurements, marks and hashes of an essay whose text is not kept
    phrases.toml                 set phrases that anyone may use (optional)

The types below are the formats: a key they do not name is refused.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec

from essay_marker._version import __version__
from essay_marker.data import Record, load_json, load_jsonl, load_toml, sha256_of
from essay_marker.records import Coverage, Level, LevelScore, Role, Share, Span, Stance, Use
from essay_marker.resources import models_dir

#: Two readings further apart than this need a third.
APART = 2
#: How far behind the last unit found, in letters, the next may begin. A short one that is missing must not be taken
#: from far ahead, or everything between would be lost.
NEAR, FAR = 400, 20_000
SHORT = 40
#: How the names of labels' files end.
LABELS, THEMES_AGAIN, SECOND_LABELS = ".labels.jsonl", ".themes.jsonl", ".second.jsonl"

Kind = Literal["timed", "coursework"]
Reader = Literal["first", "second", "third"]
Mark = Annotated[int, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}$")]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")]


# --- headers --------------------------------------------------------------------------------------------------------


class StrandReading(Record, frozen=True, kw_only=True):
    """What one reader gave one strand."""

    level: Level
    mark: Mark


class DecidedStrand(StrandReading, frozen=True, kw_only=True):
    """What a strand was given in the end, and why."""

    reason: str = ""


class MarkReading(Record, frozen=True, kw_only=True):
    """One reading of an essay by someone who had not seen the other's marks."""

    reader: Reader
    level: Level
    mark: Mark
    strands: dict[str, StrandReading]
    reason: str | None = None


class Header(Record, frozen=True, kw_only=True):
    """An exemplar's header. ``level``, ``mark`` and ``strands`` are the decided ones; ``voice`` tells who wrote it."""

    id: Id
    question: str
    kind: Kind
    voice: str
    level: Level
    mark: Mark
    set_by: str
    licence: str
    words: Count
    planted: tuple[str, ...] = ()
    strands: dict[str, DecidedStrand]
    readings: tuple[MarkReading, ...] = ()


class Decision(NamedTuple):
    """The marks that readings come to: the whole's, and each strand's."""

    mark: int
    strands: dict[str, int]


def decide(readings: Iterable[MarkReading]) -> Decision | None:
    """The marks that readings come to; None where they decide nothing yet.

    The mean of the first and the second, halves up; the third reader's, strands included, where those two differ by
    more than two marks on the whole.
    """
    by = {reading.reader: reading for reading in readings}
    if "first" not in by or "second" not in by:
        return None
    first, second = by["first"], by["second"]
    if abs(first.mark - second.mark) > APART:
        if "third" not in by:
            return None
        third = by["third"]
        return Decision(third.mark, {name: strand.mark for name, strand in third.strands.items()})
    return Decision(
        _mean(first.mark, second.mark),
        {
            name: _mean(strand.mark, second.strands[name].mark)
            for name, strand in first.strands.items()
            if name in second.strands
        },
    )


def _mean(a: int, b: int) -> int:
    """The mean of two marks, halves up."""
    return (a + b + 1) // 2


# --- labels ---------------------------------------------------------------------------------------------------------


class LabelledUse(Record, frozen=True, kw_only=True):
    """An authority that a unit refers to, as printed, and what is done with the view."""

    name: str
    use: Use


class Unit(Record, frozen=True, kw_only=True):
    """A labelled stretch of an essay, mostly a sentence. ``optional_themes`` are neither right nor wrong."""

    id: str
    text: str
    themes: tuple[str, ...]
    optional_themes: tuple[str, ...] = ()
    stance: Stance
    role: Role
    judgement: bool
    historians: tuple[LabelledUse, ...] = ()


class ThemesAgain(Record, frozen=True, kw_only=True):
    """The themes of a unit as read by someone who had not seen its labels. ``optional_themes`` could go either way."""

    id: str
    themes: tuple[str, ...]
    optional_themes: tuple[str, ...] = ()


def agreed(units: Sequence[Unit], again: Sequence[ThemesAgain]) -> tuple[Unit, ...]:
    """``units`` with the themes that both readings give; what only one gives, or either leaves open, is optional.

    Args:
        units: The units as first labelled.
        again: The same units' themes, read again; those of no unit are passed over, a unit without any stays as it is.
    """
    by = {reading.id: reading for reading in again}

    def of(unit: Unit) -> Unit:
        if unit.id not in by:
            return unit
        other = by[unit.id]
        both = tuple(theme for theme in unit.themes if theme in other.themes)
        some = (*unit.themes, *unit.optional_themes, *other.themes, *other.optional_themes)
        open_ = tuple(dict.fromkeys(theme for theme in some if theme not in both))
        return msgspec.structs.replace(unit, themes=both, optional_themes=open_)

    return tuple(map(of, units))


def locate(units: Iterable[Unit], text: str, *, alike: float = 1.0) -> list[Span | None]:
    """Where each unit stands in ``text`` (an essay as read), in order; None for one that is not where it should be.

    Units are matched by their letters and figures, so that white space, hyphens and quotation marks that reading
    repaired do no harm. A span reaches from a unit's first to its last letter.

    Args:
        units: Labelled units, in the essay's order.
        text: The essay.
        alike: The share of a unit's letters that have to stand there in order; less than 1 where the text may have
            been changed since.
    """
    letters, origin = letters_of(text)
    spans: list[Span | None] = []
    at = 0
    for unit in units:
        wanted, _ = letters_of(unit.text)
        found = _find(letters, wanted, at, alike) if wanted else None
        if found is None:
            spans.append(None)
            continue
        first, at = found
        spans.append(Span(start=origin[first], end=origin[at - 1] + 1))
    return spans


def _find(letters: str, wanted: str, at: int, alike: float) -> tuple[int, int] | None:
    """Where ``wanted`` begins and ends in ``letters`` from ``at`` on."""
    reach = at + len(wanted) + (NEAR if len(wanted) < SHORT else FAR)
    first = letters.find(wanted, at, reach)
    if first >= 0:
        return first, first + len(wanted)
    if alike >= 1:
        return None
    window = letters[at : at + 4 * len(wanted) + NEAR]
    blocks = difflib.SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
    same = [block for block in blocks if block.size]
    if not same or sum(block.size for block in same) < alike * len(wanted):
        return None
    return at + same[0].a, at + same[-1].a + same[-1].size


def letters_of(text: str) -> tuple[str, list[int]]:
    """The letters and figures of ``text``, small and without accents, and the index that each came from."""
    kept = [
        (small, index)
        for index, letter in enumerate(text)
        for part in unicodedata.normalize("NFKD", letter)
        if part.isalnum()
        for small in part.lower()
    ]
    return "".join(small for small, _ in kept), [index for _, index in kept]


# --- measurements ---------------------------------------------------------------------------------------------------


class CriterionMeasurement(Record, frozen=True, kw_only=True):
    """A criterion's value, in its own unit, and the level that the rubric made of it; null where it caps only."""

    value: float
    level: LevelScore | None


class StrandMeasurement(Record, frozen=True, kw_only=True):
    """The program's score of a strand, in levels, and its criteria by code."""

    score: LevelScore
    criteria: dict[str, CriterionMeasurement]


class Measurements(Record, frozen=True, kw_only=True):
    """What the program measured in an essay, and no word of it."""

    words: Count
    quoted_share: Share
    sentences: Count
    roles: dict[Role, Count]
    stances: dict[Stance, Count]
    themes: dict[str, Coverage]
    strands: dict[str, StrandMeasurement]


class Profile(Record, frozen=True, kw_only=True):
    """An essay without its text: measurements, the readers' marks, and hashes of its runs of eight words."""

    format: Literal[1]
    id: Id
    title: str
    question: str
    rubric: str
    program: str
    marks: Annotated[tuple[Mark, ...], msgspec.Meta(min_length=1)]
    measurements: Measurements
    runs: tuple[Hash, ...]


class ExemplarQuote(Record, frozen=True, kw_only=True):
    """A sentence of an exemplar: its span in the essay as read, and its words."""

    start: Count
    end: Count
    text: str


class MeasuredStrand(StrandReading, frozen=True, kw_only=True):
    """A strand of an exemplar: what its readers gave it, and sentences that speak for it."""

    quotes: tuple[ExemplarQuote, ...]


class MeasuredExemplar(Record, frozen=True, kw_only=True):
    """An exemplar as the program measures it. ``sketch`` holds a few hashes by which its text is known again."""

    level: Level
    mark: Mark
    strands: dict[str, MeasuredStrand]
    measurements: Measurements
    sketch: tuple[Hash, ...]


class MadeFrom(Record, frozen=True, kw_only=True):
    """What measurements were made from: hashes of the exemplars' texts and marks, of the data, and the version."""

    exemplars: str
    rubric: str
    topic: str
    models: str
    program: str


class MeasuredCorpus(Record, frozen=True, kw_only=True):
    """measured.json: every exemplar, by id."""

    format: Literal[1]
    rubric: str
    made_from: MadeFrom
    exemplars: dict[str, MeasuredExemplar]


# --- reading and writing --------------------------------------------------------------------------------------------


class Exemplar(msgspec.Struct, frozen=True, kw_only=True):
    """An essay of the corpus: its header, the file of its text, and its labelled units (none: not labelled).

    ``units`` are what is learned from: the labels with the themes that were `agreed`. ``first`` are the labels as they
    were given, ``again`` the second reading of the themes. ``second`` are the same units as a second labeller has them,
    who had not seen the first's labels. They tell how far two labellers agree; nothing is learned from them.
    """

    header: Header
    path: Path
    units: tuple[Unit, ...]
    first: tuple[Unit, ...] = ()
    again: tuple[ThemesAgain, ...] = ()
    second: tuple[Unit, ...] = ()

    @property
    def id(self) -> str:
        """The exemplar's id, which is also its files' name."""
        return self.header.id


def exemplars_dir(topic_folder: Path) -> Path:
    """Where a topic's exemplars lie."""
    return topic_folder / "exemplars"


def profiles_dir(topic_folder: Path) -> Path:
    """Where a topic's profiles lie."""
    return topic_folder / "profiles"


def measured_path(topic_folder: Path) -> Path:
    """Where the measurements of all exemplars lie."""
    return exemplars_dir(topic_folder) / "measured.json"


def labels_path(text: Path) -> Path:
    """Where the labels of the essay in ``text`` lie."""
    return text.with_name(text.stem + LABELS)


def themes_path(text: Path) -> Path:
    """Where the second reading of the themes of the essay in ``text`` lies."""
    return text.with_name(text.stem + THEMES_AGAIN)


def second_labels_path(text: Path) -> Path:
    """Where a second labeller's labels of the essay in ``text`` lie."""
    return text.with_name(text.stem + SECOND_LABELS)


def load_header(path: Path) -> Header:
    """The header in a TOML file; `DataError` names file, line and field."""
    return load_toml(path, Header)


def load_labels(path: Path) -> tuple[Unit, ...]:
    """The units of a labels file, in order; `DataError` names file, line and field."""
    return load_jsonl(path, Unit)


def load_themes(path: Path) -> tuple[ThemesAgain, ...]:
    """The second reading of themes in a file, in order; `DataError` names file, line and field."""
    return load_jsonl(path, ThemesAgain)


def load_exemplar(header: Path) -> Exemplar:
    """The exemplar with this header file, with its labels where there are some; `DataError` where one is wrong."""
    text = header.with_suffix(".txt")
    first, second = (load_labels(p) if p.is_file() else () for p in (labels_path(text), second_labels_path(text)))
    again = load_themes(themes_path(text)) if themes_path(text).is_file() else ()
    return Exemplar(
        header=load_header(header), path=text, units=agreed(first, again), first=first, again=again, second=second
    )


def load_exemplars(topic_folder: Path) -> tuple[Exemplar, ...]:
    """Every exemplar of a topic, by id; `DataError` at the first that is wrong."""
    return tuple(load_exemplar(path) for path in sorted(exemplars_dir(topic_folder).glob("*.toml")))


def load_profile(path: Path) -> Profile:
    """The profile in a file; `DataError` where it is wrong."""
    return load_json(path, Profile)


def load_profiles(topic_folder: Path) -> tuple[Profile, ...]:
    """Every profile of a topic, by id; `DataError` at the first that is wrong."""
    return tuple(load_profile(path) for path in sorted(profiles_dir(topic_folder).glob("*.json")))


def load_measured(topic_folder: Path) -> MeasuredCorpus | None:
    """What was measured in a topic's exemplars; None where nothing was. `DataError` where the file is wrong."""
    path = measured_path(topic_folder)
    return load_json(path, MeasuredCorpus) if path.is_file() else None


class Phrases(Record, frozen=True, kw_only=True):
    """phrases.toml: set phrases that anyone may use."""

    phrases: tuple[str, ...]


def load_phrases(topic_folder: Path) -> tuple[str, ...]:
    """A topic's set phrases; empty where there are none. `DataError` where the file is wrong."""
    path = topic_folder / "phrases.toml"
    return load_toml(path, Phrases).phrases if path.is_file() else ()


def made_from(exemplars: Iterable[Exemplar], rubric_sha256: str, topic_sha256: str) -> MadeFrom:
    """What measuring these exemplars today would rest on. Two that are equal give equal measurements.

    Raises:
        DataError: An exemplar's text cannot be read.
    """
    marked = [
        (
            e.id,
            sha256_of([e.path]),
            e.header.level,
            e.header.mark,
            sorted((name, strand.level, strand.mark) for name, strand in e.header.strands.items()),
        )
        for e in exemplars
    ]
    models = [path for path in models_dir().rglob("*") if path.is_file() and path.suffix != ".md"]
    return MadeFrom(
        exemplars=hashlib.sha256(msgspec.json.encode(sorted(marked))).hexdigest(),
        rubric=rubric_sha256,
        topic=topic_sha256,
        models=sha256_of(models, root=models_dir()),
        program=__version__,
    )


def measured_text(measured: MeasuredCorpus) -> str:
    """measured.json as it is written: keys sorted, a line an exemplar."""
    head = {"format": measured.format, "rubric": measured.rubric, "made_from": msgspec.to_builtins(measured.made_from)}
    top = [f" {_json(key)}: {_json(head[key])}" for key in sorted(head)]
    lines = [f"  {_json(name)}: {_json(measured.exemplars[name])}" for name in sorted(measured.exemplars)]
    exemplars = ",\n".join(lines)
    return "{\n" + ' "exemplars": {\n' + exemplars + "\n },\n" + ",\n".join(top) + "\n}\n"


def profile_text(profile: Profile) -> str:
    """A profile as it is written: keys sorted, indented but for the hashes."""
    fields = msgspec.to_builtins(profile)
    runs = fields.pop("runs")
    head = json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False)
    rows = [" ".join(f"{_json(run)}," for run in runs[i : i + 6]) for i in range(0, len(runs), 6)]
    listed = "\n  ".join(rows).removesuffix(",")
    return head.removesuffix("\n}") + ',\n "runs": [\n  ' + listed + "\n ]\n}\n"


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def header_text(header: Header) -> str:
    """A header as it is written, in TOML."""
    lines = [
        f"{name} = {_toml(getattr(header, name))}"
        for name in ("id", "question", "kind", "voice", "level", "mark", "set_by", "licence", "words")
    ]
    lines += ["planted = [", *(f"  {_toml(item)}," for item in header.planted), "]", "", "[strands]"]
    lines += [
        f"{name} = {{ level = {strand.level}, mark = {strand.mark}, reason = {_toml(strand.reason)} }}"
        for name, strand in header.strands.items()
    ]
    for reading in header.readings:
        strands = ", ".join(f"{name} = {{ level = {s.level}, mark = {s.mark} }}" for name, s in reading.strands.items())
        lines += ["", "[[readings]]", f"reader = {_toml(reading.reader)}", f"level = {reading.level}"]
        lines += [f"mark = {reading.mark}", f"strands = {{ {strands} }}"]
        lines += [f"reason = {_toml(reading.reason)}"] if reading.reason is not None else []
    return "\n".join(lines) + "\n"


def _toml(value: str | int) -> str:
    """A value in TOML; its basic strings are JSON's, but that no control character stands in them."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
