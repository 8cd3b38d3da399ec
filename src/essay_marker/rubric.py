"""A mark scheme as data: bands, strands, what speaks for each, and how levels become a mark.

The wording of every ladder is the project's own; the scheme's numbers (bands, number of strands) are the board's.
"""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from essay_marker.data import Record, load_toml, sha256_of
from essay_marker.errors import DataError
from essay_marker.records import Coverage
from essay_marker.resources import rubrics_dir

Steps = Annotated[tuple[float, ...], msgspec.Meta(min_length=5, max_length=5)]
Positive = Annotated[float, msgspec.Meta(gt=0)]
Weight = Annotated[float, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Band(Record, frozen=True, kw_only=True):
    """A level with its marks and what it means in a sentence."""

    level: Annotated[int, msgspec.Meta(ge=1, le=5)]
    low: int
    high: int
    summary: str


class CriterionUse(Record, frozen=True, kw_only=True):
    """How a criterion speaks for a strand.

    ``steps`` are the values at which Levels 1 to 5 are reached (falling where less is better); between two steps the
    level is read off in proportion. ``cap`` holds the strand at most there while the value is below ``cap_below``.
    A use without steps is shown and weighs nothing. ``learned`` marks what a model learned from the exemplars: it says
    nothing new about an exemplar itself.
    """

    code: str
    learned: bool = False
    weight: Weight = 0.0
    steps: Steps | None = None
    cap: float | None = None
    cap_below: float | None = None

    @property
    def falling(self) -> bool:
        """Whether less is better."""
        return self.steps is not None and self.steps[0] > self.steps[-1]


class Strand(Record, frozen=True, kw_only=True):
    """One quality that is judged: its weight in the best fit, its ladder, and what speaks for it.

    ``steps`` are the means of the criteria's levels at which the strand's Levels 1 to 5 are reached: means of many
    things crowd towards the middle, and the steps spread them out again. Without steps the mean itself is the level.
    """

    id: str
    label: str
    judged: str
    weight: Positive
    ladder: Annotated[tuple[str, ...], msgspec.Meta(min_length=5, max_length=5)]
    steps: Steps | None = None
    criteria: Annotated[tuple[CriterionUse, ...], msgspec.Meta(min_length=1)]


class CoverageRules(Record, frozen=True, kw_only=True):
    """When a theme counts as mentioned, partial or developed. Counts are of sentences in the writer's own words."""

    developed_sentences: int
    developed_links: Share  # of its sentences, those that explain or judge
    partial_sentences: int
    listed_themes: int  # a sentence on so many themes without evidence only lists them
    full_words: Positive  # own words on a theme at which its score is full
    quoted_weight: Weight  # what a quoted word counts
    scores: dict[Coverage, tuple[Share, Share]]  # the score of each coverage, from no own words to full_words


class LookingRules(Record, frozen=True, kw_only=True):
    """What criteria take for the writer's own, for an explanation, for narrative and so on."""

    own_share: Share  # a sentence is the writer's own while less of it than this is quoted
    explained_words: int  # own words that an explanation has at the least
    ground_reach: int  # how many sentences back an explanation's evidence may stand
    specifics_a_sentence: int  # specifics that one sentence can add to depth
    page_sentences: int  # sentences that make a page, for rates
    short_page_sentences: int  # an essay of fewer sentences counts as having so many
    small_evidence: int  # pieces of evidence below which their share says little
    small_essay: int  # paragraphs below which a share of them says little
    narrative_run: int  # so many sentences in a row that only tell make a run
    long_quotation: int  # words from which a quotation is shown as long
    precise_specifics: int  # new specifics that make a sentence precise
    evidence_per_explanation: int  # pieces of evidence that one explanation carries
    one_issue_share: Share  # share of a paragraph's sentences on one theme that makes it one issue
    likeness_shown: int  # sentences shown as most like those of the upper levels


class RangeRules(Record, frozen=True, kw_only=True):
    """How wide the range around the mark is, in marks to either side."""

    base: float
    thin_words: int  # below this many own words the evidence is thin
    thin: float
    quotation_share: float
    quotation: float
    strand_spread: float  # levels between the highest and the lowest strand
    spread: float
    unclear_share: float  # share of sentences without any tag that bears on the question
    unclear: float


class ReviewRules(Record, frozen=True, kw_only=True):
    """When a person should look first."""

    boundary: float  # distance to a level boundary, in levels
    strand_spread: float
    quotation_share: float
    short_words: int
    fit: float
    unclear_share: float


class WithholdRules(Record, frozen=True, kw_only=True):
    """When no mark is given."""

    min_words: int
    english: float
    fit: float
    prose_share: float  # share of words that stand in sentences
    notes_paragraph_words: float  # median words a paragraph below which a text is notes
    notes_paragraphs: int
    full_paragraph: int  # words from which a paragraph is written out
    full_share: Share  # with so many of its words in such paragraphs a text is no notes, whatever list stands beside
    notes_heading_share: float  # share of paragraphs without a full stop


class Advice(Record, frozen=True, kw_only=True):
    """What to do next about one criterion.

    ``text`` may hold {theme} and {suggestion}. ``where`` says which words it is about: a piece of evidence or a claim
    that earned nothing, a paragraph's opening, the introduction, the conclusion, what the criterion cited, the theme.
    """

    code: str
    strand: str
    text: str
    where: Literal["evidence", "claim", "opening", "introduction", "conclusion", "cited", "theme"]


class Rubric(Record, frozen=True, kw_only=True):
    """One mark scheme."""

    id: str
    title: str
    paper: str
    source: str
    out_of: int
    placing: str
    levels: Annotated[tuple[Band, ...], msgspec.Meta(min_length=1)]
    strands: Annotated[tuple[Strand, ...], msgspec.Meta(min_length=1)]
    looking: LookingRules
    coverage: CoverageRules
    range: RangeRules
    review: ReviewRules
    withhold: WithholdRules
    advice: tuple[Advice, ...] = ()

    def band(self, level: int) -> Band:
        """The band of a level."""
        return next(band for band in self.levels if band.level == level)

    def strand(self, strand_id: str) -> Strand:
        """The strand of this id."""
        return next(strand for strand in self.strands if strand.id == strand_id)


class LoadedRubric(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric with the hash of its file."""

    rubric: Rubric
    sha256: str
    path: Path


def rubric_path(id_or_file: str | Path) -> Path:
    """Where the rubric of this id, or the file, lies; `DataError` where there is none."""
    path = Path(id_or_file)
    if path.suffix == ".toml":
        if path.is_file():
            return path
        raise DataError(f"{path}: there is no such rubric file.")
    shipped = rubrics_dir() / f"{id_or_file}.toml"
    if shipped.is_file():
        return shipped
    known = [p.stem for p in sorted(rubrics_dir().glob("*.toml"))]
    close = difflib.get_close_matches(str(id_or_file), known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known rubrics: {', '.join(known) or 'none'}."
    raise DataError(f"There is no rubric {str(id_or_file)!r}. {hint}")


@functools.cache
def _load(path: Path) -> LoadedRubric:
    rubric = load_toml(path, Rubric)
    problems = _problems(rubric)
    if problems:
        raise DataError(f"{path}: {problems[0]}")
    return LoadedRubric(rubric=rubric, sha256=sha256_of([path]), path=path)


def load(id_or_file: str | Path) -> LoadedRubric:
    """The rubric with its hash; `DataError` names the file, line and field that is wrong."""
    return _load(rubric_path(id_or_file))


def load_rubric(id_or_file: str | Path) -> Rubric:
    """The rubric of this id, or in this file."""
    return load(id_or_file).rubric


def list_rubrics() -> tuple[Rubric, ...]:
    """Every rubric that ships with the program."""
    return tuple(load_rubric(path) for path in sorted(rubrics_dir().glob("*.toml")))


def check_rubric(id_or_file: str | Path) -> list[str]:
    """What is wrong with a rubric beyond its form; empty where nothing is. `DataError` where its form is wrong."""
    return _problems(load_toml(rubric_path(id_or_file), Rubric))


def _problems(rubric: Rubric) -> list[str]:
    found = []
    expected = 1
    for number, band in enumerate(rubric.levels, 1):
        if band.level != number:
            found.append(f"levels: expected Level {number}, found Level {band.level}.")
        if band.low != expected or band.high < band.low:
            found.append(f"levels: Level {band.level} should begin at mark {expected} and not end before it.")
        expected = band.high + 1
    if rubric.levels[-1].high != rubric.out_of:
        found.append(
            f"levels: the highest band ends at {rubric.levels[-1].high}, but the scheme is out of {rubric.out_of}."
        )
    for strand in rubric.strands:
        if not any(use.weight > 0 and use.steps for use in strand.criteria):
            found.append(f"strand {strand.id}: no criterion weighs anything.")
        if strand.steps and list(strand.steps) != sorted(strand.steps):
            found.append(f"strand {strand.id}: its steps must rise from Level 1 to Level 5.")
        for use in strand.criteria:
            if use.steps and list(use.steps) not in (sorted(use.steps), sorted(use.steps, reverse=True)):
                found.append(f"strand {strand.id}, {use.code}: the steps must rise, or fall, from Level 1 to Level 5.")
            if (use.cap is None) != (use.cap_below is None):
                found.append(f"strand {strand.id}, {use.code}: cap and cap_below go together.")
    codes = {(use.code, strand.id) for strand in rubric.strands for use in strand.criteria}
    found += [
        f"advice {advice.code}: the strand {advice.strand!r} does not use this criterion."
        for advice in rubric.advice
        if (advice.code, advice.strand) not in codes
    ]
    return found
