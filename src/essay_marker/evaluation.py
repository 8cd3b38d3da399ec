"""The records of an evaluation: what ``essay-marker evaluate --format json`` prints, and what its page shows.

Figures are rounded to three decimals. Within one ``FORMAT`` fields are only ever added.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from essay_marker.records import Program

FORMAT = 1

Measure = Literal["f1", "kappa", "accuracy"]
Resampled = Literal["essays", "sentences", "nothing"]

#: What stands in the place of a tag where the program has none for a labelled sentence.
NOTHING = "(nothing)"
YES, NO = "yes", "no"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with the ends of its interval; null where there is nothing to measure, or nothing to resample."""

    value: float | None
    low: float | None = None
    high: float | None = None


class LabelledCase(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled unit (mostly a sentence) that was tagged otherwise; ``name`` is the authority it is about, if any."""

    essay: str
    unit: str
    text: str
    name: str | None = None


class Confusion(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is labelled as one thing and tagged as another."""

    labelled: str
    tagged: str
    count: int
    cases: tuple[LabelledCase, ...]


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """How well one layer of tags agrees with the labels.

    ``part_of`` is the layer whose cases these are a part of (a theme's is ``themes``). ``cases`` counts for F1 what is
    labelled to be there, otherwise everything compared. ``table[i][j]`` counts what is labelled ``values[i]`` and
    tagged ``values[j]``; for F1 the values are yes and no. A layer with parts has its confusions there.
    """

    id: str
    label: str
    part_of: str | None
    measure: Measure
    figure: Figure
    precision: float | None
    recall: float | None
    cases: int
    values: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    confusions: tuple[Confusion, ...]


class MissingUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled unit that is not in the essay as the program read it: it counts as tagged with nothing."""

    unit: str
    text: str


class EvaluatedEssay(msgspec.Struct, frozen=True, kw_only=True):
    """An essay that was marked and held against its labels (``units``), its header (``marked``), or both.

    ``learned_from`` is true where the taggers were trained on this very text. ``withheld`` says why the program gave
    no mark.
    """

    id: str
    source: str
    sha256: str
    words: int
    units: int
    found: int
    missing: tuple[MissingUnit, ...]
    marked: bool
    learned_from: bool
    withheld: str | None


class MarkAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How near marks come to those in the headers: quadratic weighted kappa, errors in marks, levels as shares."""

    essays: int
    kappa: Figure
    mean_absolute_error: Figure
    mean_signed_error: Figure
    level_exact: Figure
    level_within_one: Figure


class LevelAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How near a strand's levels come to those in the headers."""

    kappa: Figure
    exact: Figure
    within_one: Figure


class StrandAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """One strand's levels: the program's, and those that the number of words alone would give."""

    id: str
    label: str
    essays: int
    program: LevelAgreement
    words: LevelAgreement | None


class EssayMark(msgspec.Struct, frozen=True, kw_only=True):
    """One essay's mark in its header and the program's. ``difference`` is the program's less the header's."""

    essay: str
    words: int
    labelled: int
    labelled_level: int
    mark: int
    level: int
    low: int
    high: int
    difference: int
    covered: bool
    by_words: int | None


class MarksAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The program's marks against the headers', beside marks that know only the number of words.

    ``words`` is a straight line through the other essays' words and marks, null where there are fewer than three.
    ``gain`` is the program's kappa less that one's. ``covered`` is the share of essays whose mark lies within the
    range that the program gives, ``range_width`` the median width of these ranges in marks. ``readers`` holds the
    second reader's marks against the first's, where headers give both. ``rows`` has the worst difference first.
    """

    out_of: int
    program: MarkAgreement
    words: MarkAgreement | None
    readers: MarkAgreement | None
    gain: Figure
    covered: Figure
    range_width: float
    strands: tuple[StrandAgreement, ...]
    rows: tuple[EssayMark, ...]


class Resampling(msgspec.Struct, frozen=True, kw_only=True):
    """What the intervals rest on: what was drawn anew for tags and for marks, how many times, with which seed."""

    tags: Resampled
    marks: Resampled
    resamples: int
    seed: int
    confidence: float


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something to know before believing a figure; ``essays`` names those it is about, where it is about some."""

    code: str
    message: str
    warning: bool
    essays: tuple[str, ...] = ()


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """All that ``essay-marker evaluate`` says. ``layers`` is empty without labels, ``marks`` null without headers."""

    format: int
    program: Program
    topic: str
    rubric: str
    essays: tuple[EvaluatedEssay, ...]
    units: int
    found: int
    resampling: Resampling
    layers: tuple[Layer, ...]
    marks: MarksAgreement | None
    remarks: tuple[Remark, ...]
