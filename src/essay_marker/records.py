"""The records that pass from one stage to the next: small, frozen, typed, and each claim with its spans.

Offsets are characters into ``Essay.text``, end exclusive. The second half of the module is the JSON contract: the
schema that ``essay-marker schema`` prints is generated from it, so a field is only ever added within one
``SCHEMA_VERSION``.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

SCHEMA_VERSION = 1

_SURROGATES = re.compile("[\ud800-\udfff]")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

DecidedBy = Literal["patterns", "learned"]
Stance = Literal["success", "limitation", "mixed", "none"]
Role = Literal["context", "claim", "evidence", "analysis", "evaluation"]
Use = Literal["cite", "quote", "attribute", "evaluate"]
Coverage = Literal["absent", "mentioned", "partial", "developed"]
Effect = Literal["raises", "lowers", "neutral"]
FactStatus = Literal["supported", "slip", "disputed"]
CitationStyle = Literal["harvard", "footnote", "none"]
Withheld = Literal["too-short", "not-an-essay", "off-topic", "wrong-language", "unreadable"]

USES: tuple[Use, ...] = ("cite", "quote", "attribute", "evaluate")
COVERAGES: tuple[Coverage, ...] = ("absent", "mentioned", "partial", "developed")

Offset = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
LevelScore = Annotated[float, msgspec.Meta(ge=0.0, le=5.0)]
Level = Annotated[int, msgspec.Meta(ge=0, le=5)]


class Span(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A stretch of ``essay.text``."""

    start: Offset
    end: Offset

    def within(self, other: Span) -> bool:
        """Whether this span lies inside ``other``."""
        return other.start <= self.start and self.end <= other.end

    def overlap(self, other: Span) -> int:
        """How many characters both spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def span_of(item: Span) -> Span:
    """The bare span of a record that has further fields."""
    return Span(start=item.start, end=item.end)


# --- read -> annotate -----------------------------------------------------------------------------------------------


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of repair made while reading, so that no text is altered unseen."""

    code: str
    message: str
    count: int


class Note(Span, frozen=True, kw_only=True):
    """A footnote or endnote: ``start``/``end`` cover its text, ``mark`` is the number or sign that refers to it."""

    mark: str


class Essay(msgspec.Struct, frozen=True, kw_only=True):
    """An essay as read.

    ``text`` is the cleaned text: title, body paragraphs, notes and bibliography, paragraphs separated by one blank
    line. ``original`` is the decoded text before cleaning; ``origin[i]`` is the index in ``original`` of the character
    that ``text[i]`` came from (an inserted character has the index of the one it stands beside).
    ``paragraphs`` covers the title (when there is one, first) and the body, in order, without notes and bibliography.
    """

    source: str
    original: str
    text: str
    origin: tuple[int, ...]
    title: Span | None = None
    paragraphs: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    bibliography: Span | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def body(self) -> tuple[Span, ...]:
        """The paragraphs without the title."""
        return tuple(p for p in self.paragraphs if p != self.title)


# --- annotate -> assess ---------------------------------------------------------------------------------------------


class Cue(Span, frozen=True, kw_only=True):
    """Words that do a job in an argument: ``kind`` is the cue's id in the language data, e.g. ``explanation``."""

    kind: str
    sentence: int


class Specific(Span, frozen=True, kw_only=True):
    """One precise thing: a date, a figure, a person, a term of the topic."""

    kind: Literal["date", "figure", "name", "term"]
    sentence: int
    key: str  # folded text, so that a repeated name counts once


class Sure(msgspec.Struct, frozen=True, kw_only=True):
    """How probable a sentence's tags are, from 0 to 1: calibrated on essays held out from training.

    ``themes`` has every theme that the learned taggers know, also those the sentence was not given.
    """

    themes: dict[str, Share]
    stance: Share
    role: Share
    judgement: Share


class TaggedSentence(Span, frozen=True, kw_only=True):
    """A sentence of title or body with its tags and the counts that criteria need.

    ``words`` counts all its words, ``own_words`` those outside citations and quotation marks that do not just name an
    authority. ``is_title`` marks a title line. ``is_prose`` is false for what is no sentence: no finite verb, a list
    of terms, a heading. ``repeats`` is true where the sentence says again, nearly word for word, what an earlier one
    said. ``own_success`` and ``own_limitation`` say how strongly the writer's own words speak for either side.
    ``on_topic`` is false for every sentence of a paragraph from elsewhere, ``names_topic`` is true where the sentence
    itself holds a name or a strong term of the topic's.
    """

    paragraph: int
    themes: tuple[str, ...]
    stance: Stance
    role: Role
    judgement: bool
    quoted_share: Share
    words: int
    own_words: int
    is_title: bool
    is_prose: bool
    repeats: bool
    own_success: float
    own_limitation: float
    sure: Sure | None = None
    levels: dict[str, float] | None = None
    on_topic: bool = True
    names_topic: bool = True


class Quotation(Span, frozen=True, kw_only=True):
    """Quoted words, marks included. ``words`` is their number; scare quotes of under four words are not listed."""

    words: int
    closed: bool


class Citation(Span, frozen=True, kw_only=True):
    """A reference to one work in the running text or in a note: names as printed, year and pages where given."""

    authors: tuple[str, ...]
    year: str | None
    pages: str | None
    style: Literal["harvard", "footnote"]


class BibliographyEntry(Span, frozen=True, kw_only=True):
    """One work in the bibliography."""

    authors: tuple[str, ...]
    year: str | None
    title: str | None
    pages: str | None = None


class Bibliography(Span, frozen=True, kw_only=True):
    """The list of works, heading included."""

    entries: tuple[BibliographyEntry, ...]


class Mention(Span, frozen=True, kw_only=True):
    """One reference to a historian: the name or the citation, never the quotation."""

    use: Use
    year: str | None
    pages: str | None


class Historian(msgspec.Struct, frozen=True, kw_only=True):
    """An authority the essay refers to, with every mention."""

    name: str
    full_name: str | None
    known: bool
    use: Use
    mentions: tuple[Mention, ...]


class FactCheck(Span, frozen=True, kw_only=True):
    """A statement held against the topic's facts: advice, never a cost by itself."""

    id: str
    status: FactStatus
    message: str


class CitationProblem(Span, frozen=True, kw_only=True):
    """A reference that does not fit the bibliography, or the like."""

    code: str
    message: str


class YardstickUse(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion of success that the essay states, and the places where it is used."""

    text: str
    stated: Span | None
    used: tuple[Span, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the annotate stage found, read off the spaCy ``Doc``: what criteria look at.

    ``likelihood`` says how likely the order of the words is (prose has about 1, words in any order are below 0),
    ``unknown_share`` is the share of words that are unknown, ``term_share`` that of words which are the topic's terms.
    """

    sentences: tuple[TaggedSentence, ...]
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    citations: tuple[Citation, ...]
    bibliography: Bibliography | None
    historians: tuple[Historian, ...]
    evaluated_with_ground: tuple[Span, ...]  # mentions whose evaluation is followed by a reason
    facts: tuple[FactCheck, ...]
    cues: tuple[Cue, ...]
    specifics: tuple[Specific, ...]
    yardsticks: tuple[YardstickUse, ...]
    citation_style: CitationStyle
    citation_problems: tuple[CitationProblem, ...]
    words: int
    quoted_words: int
    english_share: Share
    topic_fit: Share
    models: dict[str, str]
    decided_by: dict[str, DecidedBy]
    likelihood: float = 1.0
    unknown_share: Share = 0.0
    term_share: Share = 0.0

    def cues_by_sentence(self) -> tuple[frozenset[str], ...]:
        """For each sentence the kinds of cue in it."""
        kinds: list[set[str]] = [set() for _ in self.sentences]
        for cue in self.cues:
            kinds[cue.sentence].add(cue.kind)
        return tuple(map(frozenset, kinds))

    def specifics_by_sentence(self) -> tuple[tuple[Specific, ...], ...]:
        """For each sentence its dates, figures, names and terms."""
        found: list[list[Specific]] = [[] for _ in self.sentences]
        for specific in self.specifics:
            found[specific.sentence].append(specific)
        return tuple(map(tuple, found))


# --- assess -> mark -------------------------------------------------------------------------------------------------


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one criterion saw. ``value`` is in the criterion's own ``unit``, which the rubric turns into levels.

    ``title`` is what the criterion is called in front of a teacher.
    """

    code: str
    strand: str
    effect: Effect
    value: float
    text: str
    spans: tuple[Span, ...]
    title: str = ""
    unit: str = ""


# --- the JSON contract ----------------------------------------------------------------------------------------------


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """What made the result; ``decided_by`` names for each layer of tags what decided it."""

    name: str
    version: str
    rubric_sha256: str
    topic_sha256: str
    models: dict[str, str]
    decided_by: dict[str, DecidedBy]


class ReportedSentence(Span, frozen=True, kw_only=True):
    """A sentence of title or body with its tags; ``sure`` is null where patterns decided them.

    ``levels`` holds for each strand the level of the exemplars in which sentences like it stand, as far as the learned
    model can tell from one sentence; null where there is no model.
    """

    paragraph: int
    themes: tuple[str, ...]
    stance: Stance
    role: Role
    judgement: bool
    quoted_share: Share
    sure: Sure | None
    levels: dict[str, float] | None


class ReportedEssay(msgspec.Struct, frozen=True, kw_only=True):
    """The essay as the program read it. ``words`` counts the body; ``quoted_words`` those inside quotation marks."""

    source: str
    title: str | None
    question: str
    text: str
    words: int
    quoted_words: int
    paragraphs: tuple[Span, ...]
    sentences: tuple[ReportedSentence, ...]
    bibliography: Bibliography | None
    notes: tuple[Note, ...]
    repairs: tuple[Repair, ...]


class TopicFit(msgspec.Struct, frozen=True, kw_only=True):
    """Which topic the essay was held against and how well it fits, 0 to 1."""

    id: str
    fit: Share


class ThemeCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """How far one theme is covered; ``words`` counts the sentences tagged with it, quoted words at half."""

    id: str
    label: str
    coverage: Coverage
    score: Share
    words: int
    evidence: tuple[Span, ...]
    suggestions: tuple[str, ...]


class Citations(msgspec.Struct, frozen=True, kw_only=True):
    """The style of referencing and what does not fit."""

    style: CitationStyle
    problems: tuple[CitationProblem, ...]


class Verdict(Span, frozen=True, kw_only=True):
    """The sentence that answers the question as a whole."""

    stance: Stance


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """How the judgement is balanced. Words are the writer's own, in sentences that argue for one side."""

    success_words: int
    limitation_words: int
    verdict: Verdict | None
    criteria: tuple[YardstickUse, ...]
    counter_arguments: tuple[Span, ...]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a strand stands where it stands. ``level`` is what the rubric makes of ``value``; null where it caps only.

    ``title`` and ``unit`` say what was looked at and what ``value`` counts, ``how`` how the value became the level.
    ``counts`` is whether the level is in the strand's sum: a fault is only where it lowers the strand. ``learned`` is
    true where a model learned from the exemplars what it says, so that it is about them as much as about the essay.
    """

    code: str
    text: str
    effect: Effect
    spans: tuple[Span, ...]
    value: float
    level: LevelScore | None
    weight: float
    title: str = ""
    unit: str = ""
    how: str = ""
    counts: bool = True
    learned: bool = False


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """An exemplar of the corpus that stands near the essay on one strand.

    ``level`` and ``mark`` are what its readers gave this strand, ``quote`` is the exemplar's own words (empty where
    none speak for the strand), ``distance`` how far apart the two are on the strand's criteria, in levels.
    """

    id: str
    level: Level
    mark: int
    quote: str
    distance: float


class StrandMark(msgspec.Struct, frozen=True, kw_only=True):
    """One strand's level, with its reasons. ``how`` says in words how the reasons became the score.

    ``nearest`` holds the two nearest exemplars, the nearer first; empty where no mark is given or nothing was measured.
    """

    id: str
    label: str
    level: Level
    score: LevelScore
    how: str
    reasons: tuple[Reason, ...]
    nearest: tuple[Nearest, ...] = ()


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A reason for a person to look; ``spans`` are the places, where it is about places."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The provisional mark. ``withheld`` says why there is none; then level, mark, low and high are null.

    ``how`` says in words how the strands became the level and the mark, ``range_how`` how the mark became the range.
    """

    rubric: str
    out_of: int
    withheld: Withheld | None
    withheld_message: str | None
    level: Level | None
    mark: int | None
    low: int | None
    high: int | None
    provisional: bool
    how: str
    range_how: str
    strands: tuple[StrandMark, ...]
    review: tuple[Review, ...]


class Strength(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the essay does well, and where else it could: ``text`` speaks of the essay, ``student`` to its writer.

    ``secure`` is false where nothing is a strength yet and this comes nearest to one.
    """

    code: str
    strand: str
    text: str
    student: str
    spans: tuple[Span, ...]
    secure: bool


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do next, about this essay: ``text`` is said to its teacher, ``student`` to its writer.

    ``gain`` is what doing it once adds to the score of the strand by this criterion, in levels.
    """

    code: str
    strand: str
    text: str
    spans: tuple[Span, ...]
    student: str = ""
    gain: LevelScore = 0.0


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a teacher decided on one essay, kept apart from the `Result`, which stays what the program said.

    ``mark`` is the one that stands; null while there is only a comment. It is provisional until ``signed_by`` says who
    signed, on the day ``signed_on`` (ISO 8601). ``accepted``: the program's mark was taken over as it was. ``proposed``
    is the program's mark when she decided, ``blind_mark`` the one she entered before she saw that, and ``essay_sha256``
    the file she decided on.
    """

    mark: int | None = None
    comment: str = ""
    signed_by: str | None = None
    signed_on: str | None = None
    accepted: bool = False
    proposed: int | None = None
    blind_mark: int | None = None
    essay_sha256: str | None = None

    @property
    def day(self) -> str:
        """The day of the signature, as in "22 November 2026"; empty where there is none."""
        try:
            day = date.fromisoformat(self.signed_on or "")
        except ValueError:  # none, or what somebody typed into the file
            return self.signed_on or ""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    @property
    def signature(self) -> str:
        """Who signed and when, as in "Ms J. Hill, 22 November 2026"; empty where nobody has."""
        return ", ".join(part for part in (self.signed_by, self.day) if part) if self.signed_by else ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """All that the program says of one essay; what ``--format json`` prints.

    ``sha256`` is the `digest` of all the rest, by which a change made by accident or in passing is noticed. It is no
    signature: whoever edits the rest can write a new one.
    """

    schema_version: int
    program: Program
    essay: ReportedEssay
    topic: TopicFit
    themes: tuple[ThemeCoverage, ...]
    historians: tuple[Historian, ...]
    citations: Citations
    facts: tuple[FactCheck, ...]
    balance: Balance
    marks: Marks
    targets: tuple[Target, ...]
    strengths: tuple[Strength, ...] = ()
    sha256: str = ""


def digest(result: Result) -> str:
    """The SHA-256 of a result as JSON in UTF-8: keys sorted, no white space, 5.0 as 5, and ``sha256`` empty.

    Halves of character pairs, which UTF-8 cannot hold, count as the sign that stands for them where it is printed.
    """
    plain = _alike(msgspec.to_builtins(msgspec.structs.replace(result, sha256="")))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(_SURROGATES.sub("\ufffd", text).encode()).hexdigest()


def _alike(value: Any) -> Any:
    """The same value with whole numbers as such: what is 5.0 for one program is 5 for another."""
    if isinstance(value, dict):
        return {key: _alike(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_alike(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `Result`, from the same records the program uses."""
    return msgspec.json.schema(Result)
