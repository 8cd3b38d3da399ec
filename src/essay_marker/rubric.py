"""A mark scheme as data: bands, strands, what speaks for each, and how levels become a mark.

The wording of every ladder is the project's own; the scheme's numbers (bands, number of strands) are the board's.
"""

from __future__ import annotations

import difflib
import functools
import re
import string
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from essay_marker.data import Record, load_toml, sha256_of
from essay_marker.errors import DataError
from essay_marker.records import COVERAGES, Coverage, Role, Stance
from essay_marker.resources import rubrics_dir

Steps = Annotated[tuple[float, ...], msgspec.Meta(min_length=5, max_length=5)]
Positive = Annotated[float, msgspec.Meta(gt=0)]
Weight = Annotated[float, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

_LONGER = 4  # letters of a word that may say what a sentence is about


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


class VerdictWorth(Record, frozen=True, kw_only=True):
    """What an overall answer counts for: being stated, and each thing that it is stated with."""

    stated: float
    degree: float
    reason: float
    areas: float
    standard: float
    weighed: float


class StandardsWorth(Record, frozen=True, kw_only=True):
    """What standards of success count for: being stated, and being used in every paragraph."""

    stated: float
    used: float


class CoverageWorth(Record, frozen=True, kw_only=True):
    """What a theme counts for in the range of an answer, by its coverage."""

    developed: float
    partial: float
    mentioned: float
    absent: float


class ShapeWorth(Record, frozen=True, kw_only=True):
    """What the parts of an essay's shape count for: a paragraph, of so many at the most, and what opens and closes."""

    paragraph: float
    paragraphs: int
    introduction: float
    conclusion: float
    line: float


class BuiltWorth(Record, frozen=True, kw_only=True):
    """What a paragraph with one, two or all of claim, evidence and explanation counts for, and their order adds."""

    one: float
    two: float
    three: float
    in_order: float

    def of(self, parts: int, *, in_order: bool) -> float:
        """The worth of a paragraph with so many of the parts."""
        return (0.0, self.one, self.two, self.three)[parts] + (self.in_order if in_order else 0.0)


class Worth(Record, frozen=True, kw_only=True):
    """What the parts count for in criteria whose value is put together from several."""

    verdict: VerdictWorth
    standards: StandardsWorth
    coverage: CoverageWorth
    shape: ShapeWorth
    built: BuiltWorth


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
    substantial_words: int  # own words of a sentence that says something by itself
    elsewhere_level: float  # what a sentence from elsewhere counts for in likeness, as a level
    order_usual: float  # how usual the order of sentences is in most essays
    order_weight: float  # levels of likeness in organisation that a unit above or below it counts for
    marking_words: tuple[str, ...]  # how mark schemes and markers speak: words, or how words begin
    marking_least: int  # so many of them, and such a share of the longer words, make a sentence about marking
    marking_share: Share
    neighbour_share: Share  # of the sentences that speak of a neighbouring question
    subject_share: Share  # of the sentences that name each of the things the question is about
    worth: Worth

    def is_about_marking(self, text: str) -> bool:
        """Whether a sentence speaks of how an essay is marked, as mark schemes and instructions to a marker do."""
        words = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _LONGER]
        found = {word for word in words if word.startswith(self.marking_words)}
        return len(found) >= self.marking_least and len(found) >= self.marking_share * len(words)


class RangeRules(Record, frozen=True, kw_only=True):
    """How wide the range around the mark is, in marks to either side.

    ``half_width`` is fitted by ``rubric fit`` so that it covers the share ``covers`` of the marks that readers gave
    exemplars left out of the fitting. ``unlike`` is added where one of ``unlike_reviews`` says
    that the essay is not like anything the fitting saw; it cannot be fitted.
    """

    covers: Annotated[float, msgspec.Meta(gt=0, lt=1)]
    half_width: int
    unlike: int
    unlike_reviews: tuple[str, ...]


class ReviewRules(Record, frozen=True, kw_only=True):
    """When a person should look first."""

    boundary: float  # distance to a level boundary, in levels
    strand_spread: float
    quotation_share: float
    short_words: int
    fit: float
    unclear_share: float
    unknown_share: Share  # of the words that nobody knows
    hidden_repairs: tuple[str, ...]  # kinds of repair by which words that nobody sees were left out
    hidden_characters: int  # characters without width that are no accident
    listed: int  # names and terms outside sentences, or historians in one sentence, that make a list
    repeated_sentences: int


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
    full_least: Share  # with no more of its words in such paragraphs it is notes, however long its lines are
    notes_heading_share: float  # share of paragraphs without a full stop
    likelihood: float  # of the order of words, below which they make no sense
    term_share: Share  # share of words that are the topic's terms from which they are a list


#: What a pupil is asked for. Of one essay's targets no two ask for the same.
Asks = Literal[
    "evidence", "explanation", "point", "judgement", "counter", "link", "range", "standard", "verdict", "weighing",
    "frame", "flow", "cutting",
]  # fmt: skip


class Wording(Record, frozen=True, kw_only=True):
    """One way to say something, taken where everything in ``when`` holds and all blanks of ``text`` can be filled.

    ``when`` holds tags of the place (see `TAGS`), each of which may begin with "not ". Of several wordings the first
    that fits is taken, so the last one asks for nothing. ``asks`` stands where it asks for something else than its
    advice mostly does.
    """

    text: str
    when: tuple[str, ...] = ()
    asks: Asks | None = None


Wordings = Annotated[tuple[Wording, ...], msgspec.Meta(min_length=1)]


class RunsThrough(Record, frozen=True, kw_only=True):
    """A fault that runs through an essay: ``code`` is the criterion that shows it, below the level ``below``."""

    code: str
    below: Positive


class Advice(Record, frozen=True, kw_only=True):
    """What to do next about one criterion.

    ``sees`` says what stands there now, ``does`` what to do about it. ``where`` says which words it is about: a piece
    of evidence or a claim that earned nothing, a paragraph's opening, the introduction, the conclusion, what the
    criterion cited, the theme that is covered least, where a standard of success is stated or could be. ``lift`` is
    what doing it once adds to the criterion's value: so much in all, for each paragraph, each paragraph of the middle,
    each sentence, each page, each word, or each piece of evidence that the essay has. ``asks`` is what it asks for.
    Where the fault ``first`` runs through the essay, it comes before any other advice. It is not given about a sentence
    for which one of the tags ``unless`` holds.
    """

    code: str
    strand: str
    asks: Asks
    where: Literal["evidence", "claim", "opening", "introduction", "conclusion", "cited", "theme", "standard"]
    first: RunsThrough | None = None
    unless: tuple[str, ...] = ()
    lift: Positive
    per: Literal["essay", "paragraph", "middle", "sentence", "page", "word", "evidence"] = "essay"
    sees: Wordings
    does: Wordings


class Praise(Record, frozen=True, kw_only=True):
    """What to say where a criterion is a strength: ``sees`` what is good there, ``keeps`` how to carry on.

    ``denies`` are the things that nobody can be asked for in the same place, since this says that they are there.
    """

    code: str
    strand: str
    denies: tuple[Asks, ...]
    sees: Wordings
    keeps: Wordings


class Person(Record, frozen=True, kw_only=True):
    """The forms by which one text speaks to the writer of an essay, or about them to their teacher."""

    you: str
    your: str
    write: str  # before what is to be written: "write", "ask for"
    say: str  # before a question to answer: "say", "ask"
    urge: str  # before what could be done: "try", "suggest"


class FeedbackRules(Record, frozen=True, kw_only=True):
    """How many things are said, and how."""

    targets: int
    strengths: int
    close: Share  # a target of a strand not chosen yet is preferred to one that gains so much of what it does
    reach: Positive  # levels that doing it once lifts a criterion at the most
    strong: float  # level from which a criterion is a strength
    praised: float  # level below which neither a criterion nor a sentence is praised
    praised_words: int  # own words of a sentence that can be praised
    modest: float  # mean of the strands below which an essay has no more than modest_strengths
    modest_strengths: int
    half: Share  # share of a paragraph's sentences that are on its theme, where it is sure
    there: str  # how a paragraph is named, by its number {n} and its {theme}
    there_alone: str  # the same where its theme is not sure
    encouragement: Wordings  # where nothing can be praised: what is there to build on
    student: Person
    teacher: Person


class Lesson(Record, frozen=True, kw_only=True):
    """One criterion before a whole class: what many essays lack, what to do about it in a lesson, its good side."""

    code: str
    seen: str
    teach: str
    well: str = ""
    example: bool = True  # whether a sentence can show what is lacking


class ThemeLesson(Record, frozen=True, kw_only=True):
    """The same for a theme that many leave out, named by ``{theme}``, in place of a criterion that says less."""

    instead_of: str
    seen: str
    teach: str


class Lessons(Record, frozen=True, kw_only=True):
    """What can be said to a class that was marked by one mark scheme."""

    low: float  # a sentence and a criterion up to this level can show what is lacking
    high: float  # and from this level what goes well
    theme: ThemeLesson
    lessons: tuple[Lesson, ...]


#: What a wording's ``when`` can ask for; besides, "cue:…" and "near:…" name a kind of cue in the sentence, or in its
#: paragraph.
TAGS = frozenset(
    {
        "nothing", "weak", "judged", "bare", "date", "figure", "name", "term", "quotation", "historian", "first",
        "last", "both sides", "judged paragraph", "proved paragraph", "introduction", "conclusion", "standard:stated",
        "standard:none", "standard:unused",
        *(f"role:{role}" for role in get_args(Role)), *(f"holds:{role}" for role in get_args(Role)),
        *(f"stance:{stance}" for stance in get_args(Stance)), *(f"theme:{coverage}" for coverage in COVERAGES),
    }
)  # fmt: skip
#: What can be filled into a wording, besides the forms of a `Person`.
BLANKS = frozenset(
    {
        "leader", "n", "content", "beside", "before", "theme", "other", "link", "point", "support", "fact", "standard",
        "test", "strong", "second", "weak", "suggestion", "served", "total", "there", "percent",
    }
)  # fmt: skip


def blanks_of(text: str) -> frozenset[str]:
    """The names of the blanks in a wording; `ValueError` where a brace is left open."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


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
    feedback: FeedbackRules
    advice: tuple[Advice, ...] = ()
    praise: tuple[Praise, ...] = ()

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


def load_lessons(rubric_id: str) -> Lessons | None:
    """What can be said to a class that was marked by this rubric; None where nothing was written for it."""
    path = rubrics_dir() / "lessons" / f"{rubric_id}.toml"
    return load_toml(path, Lessons) if path.stem == rubric_id and path.is_file() else None


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
    return found + _problems_of_feedback(rubric)


def _problems_of_feedback(rubric: Rubric) -> list[str]:
    codes = {(use.code, strand.id) for strand in rubric.strands for use in strand.criteria}
    wrong = sorted(blanks_of(rubric.feedback.there) - {"n", "theme"})
    found = [f"feedback.there: there is no blank {blank!r}." for blank in wrong]
    wrong = sorted(blanks_of(rubric.feedback.there_alone) - {"n"})
    found += [f"feedback.there_alone: there is no blank {blank!r}." for blank in wrong]
    found += _problems_of_wordings("feedback.encouragement", rubric.feedback.encouragement)
    said: list[tuple[str, Advice | Praise, list[Wordings]]] = [
        *(("advice", advice, [advice.sees, advice.does]) for advice in rubric.advice),
        *(("praise", praise, [praise.sees, praise.keeps]) for praise in rubric.praise),
    ]
    for what, item, parts in said:
        name = f"{what} {item.code}"
        if (item.code, item.strand) not in codes:
            found.append(f"{name}: the strand {item.strand!r} does not use this criterion.")
        if isinstance(item, Advice) and item.first and (item.first.code, item.strand) not in codes:
            found.append(f"{name}: first.code {item.first.code!r} is no criterion of the strand {item.strand!r}.")
        for part in parts:
            found += _problems_of_wordings(name, part)
    return found


def _problems_of_wordings(name: str, part: Wordings) -> list[str]:
    found = []
    known = BLANKS | set(Person.__struct_fields__)
    if part[-1].when or blanks_of(part[-1].text) & BLANKS:
        found.append(f"{name}: {part[-1].text!r} comes last, so it may ask for nothing and leave no blank.")
    for wording in part:
        tags = {tag.removeprefix("not ") for tag in wording.when}
        unknown = sorted(t for t in tags - TAGS if not t.startswith(("cue:", "near:")))
        found += [f"{name}: there is no tag {tag!r}." for tag in unknown]
        found += [f"{name}: there is no blank {b!r}." for b in sorted(blanks_of(wording.text) - known)]
    return found
