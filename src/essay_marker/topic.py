"""A topic: one question with its themes, facts and historians, as read from a folder of ``corpus/``.

    question.toml     the question, its neighbours and the yardsticks of success
    themes.yaml       what an answer can be about, and the words by which it is recognised
    facts.yaml        what can be checked (optional)
    historians.yaml   authorities and their works (optional)

The types below are the format: a key they do not name is refused. `check_topic` looks for what types cannot see.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from essay_marker.data import Record, load_toml, load_yaml, sha256_of
from essay_marker.errors import DataError
from essay_marker.resources import corpus_dir
from essay_marker.terms import TermIndex, words_of

FILES = ("question.toml", "themes.yaml", "facts.yaml", "historians.yaml")

Words = tuple[str, ...]
Year = Annotated[int, msgspec.Meta(ge=1, le=2200)]
IsoDate = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
IsoDates = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")]

# --- question.toml --------------------------------------------------------------------------------------------------


class Period(Record, frozen=True, kw_only=True):
    """The years the question is about, both included."""

    start: Year
    end: Year


class Leader(Record, frozen=True, kw_only=True):
    """The person the question is about."""

    name: str
    surname: str
    variants: Words = ()
    misspellings: Words = ()


class Concept(Record, frozen=True, kw_only=True):
    """What the question asks for, in words: here success.

    ``other_sense`` are phrases in which a word of the concept means something else ("succeeded Stalin as leader").
    """

    id: str
    label: str
    positive: Words
    negative: Words
    other_sense: Words = ()


class Yardstick(Record, frozen=True, kw_only=True):
    """A standard by which the concept can be judged.

    ``stating`` are phrases that by themselves set it as the test; ``terms`` set or use it beside a phrase of
    `Question.measuring_terms` or a judgement; ``using`` are phrases that apply it by themselves. ``in_text`` is what it
    asks, within a sentence.
    """

    id: str
    label: str
    description: str
    in_text: str | None = None
    stating: Words
    using: Words
    terms: Words


class Neighbour(Record, frozen=True, kw_only=True):
    """A question that shares this one's vocabulary: an essay on it answers something else."""

    id: str
    label: str
    terms: Words


class Question(Record, frozen=True, kw_only=True):
    """question.toml."""

    id: str
    title: str
    question: str
    variants: Words
    period: Period
    leader: Leader
    concept: Concept
    question_terms: Words
    asking: Words = ()  # words of the stem by which a question asks for the concept
    measuring_terms: Words
    yardsticks: tuple[Yardstick, ...]
    neighbours: tuple[Neighbour, ...] = ()
    spellings: dict[str, Words] = {}  # the standard form, and what counts as the same word

    def covers(self, question: str) -> bool:
        """Whether ``question`` is this one or a variant: it speaks of the subject, and asks for the concept.

        A question on the same subject that asks for something else ("Why did Khrushchev fall?") is another one.
        """
        words = words_of(question)
        subject = TermIndex((term, True) for term in self.question_terms).find(words)
        asked = (*self.concept.positive, *self.concept.negative, *self.asking)
        return bool(subject) and bool(TermIndex((term, True) for term in asked).find(words))


# --- themes.yaml ----------------------------------------------------------------------------------------------------


class Suggestion(Record, frozen=True, kw_only=True):
    """Something concrete an essay could add; not offered when one of ``terms`` is in it already."""

    text: str
    terms: Words


class Combination(Record, frozen=True, kw_only=True):
    """Words that show a theme only together: one of ``what`` with one of ``beside`` in the same sentence."""

    what: Words
    beside: Words


class Theme(Record, frozen=True, kw_only=True):
    """A part of the answer.

    ``strong_terms`` show the theme by themselves, ``supporting_terms`` only beside others. In a sentence on the theme
    ``success_terms`` say that things changed for the better, ``limitation_terms`` that change was limited, failed or
    turned into its opposite. ``in_text`` is what the theme is called within a sentence.
    """

    id: str
    label: str
    in_text: str | None = None
    definition: str
    optional: bool = False
    counts: Words
    does_not_count: Words
    success: Words
    limitation: Words
    evidence: Words
    strong_terms: Words
    supporting_terms: Words
    success_terms: Words
    limitation_terms: Words
    combinations: tuple[Combination, ...] = ()
    suggestions: tuple[Suggestion, ...]

    @property
    def spoken(self) -> str:
        """What the theme is called within a sentence; its label where nothing else is given."""
        return self.in_text or self.label[:1].lower() + self.label[1:]


class WeakTerm(Record, frozen=True, kw_only=True):
    """A word too general to count as something precise, and mostly too general to show a theme by itself."""

    term: str
    other_sense: str | None = None


class ExceptionCase(Record, frozen=True, kw_only=True):
    """Beside one of ``near`` in the same sentence, the terms count for ``themes`` instead (none: for no theme)."""

    near: Words
    themes: Words


class TermException(Record, frozen=True, kw_only=True):
    """Terms whose theme depends on their company. The first case that fits decides; else ``default``."""

    terms: Words
    default: Words
    cases: tuple[ExceptionCase, ...] = ()
    note: str | None = None


class Link(Record, frozen=True, kw_only=True):
    """How two themes bear on one another."""

    between: tuple[str, str]
    idea: str


class Themes(Record, frozen=True, kw_only=True):
    """themes.yaml."""

    boundary_rules: Words = ()
    weak_terms: tuple[WeakTerm, ...] = ()
    exceptions: tuple[TermException, ...] = ()
    links: tuple[Link, ...] = ()
    themes: tuple[Theme, ...]


# --- facts.yaml -----------------------------------------------------------------------------------------------------


class AlsoDate(Record, frozen=True, kw_only=True):
    """A further date that is right: ``date`` is ISO, a pair with ``/`` is an interval; ``what`` happened then."""

    date: IsoDates
    what: str | None = None


class DateValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """When it happened: ISO, to the day, month or year. Compared only as far as the essay is precise."""

    on: IsoDate
    also: tuple[AlsoDate, ...] = ()
    note: str | None = None


class SpanValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="span"):
    """A stretch of time: any date within is right."""

    start: IsoDate
    end: IsoDate
    note: str | None = None


class RangeValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="range"):
    """A figure, both ends included.

    ``counted`` are the words that follow such a figure ("tonnes"). Only a figure followed by one of them can be held
    against the fact. ``scale`` multiplies: 107 with scale 1000000 is written "107 million".
    """

    low: float
    high: float
    unit: str
    best: float | None = None
    scale: int = 1
    counted: Words = ()
    note: str | None = None


class TextValue(Record, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Words one of which is right. ``instead`` are words that are wrong where they stand in the place of these."""

    any_of: Words
    instead: Words = ()
    note: str | None = None


Value = DateValue | SpanValue | RangeValue | TextValue


class Match(Record, frozen=True, kw_only=True):
    """When a clause is about a fact: it holds a phrase of ``any`` and, if given, its sentence one of ``context_any``.

    A phrase begins at the start of a word and may run on ("rehabilitat"); figures and capitals (MTS) match whole.
    ``event_any`` is for what outlives its date (a book, an institution): unless one of these words is in the clause,
    a date in it may be that of anything else. With ``broad`` only the listed errors are reported, no other value.

    A clause is also about a fact when it says of one of ``names`` that one of ``happens`` happened ("Beria", "arrest"),
    with other words in between; ``broad`` does not bear on these. ``beside`` are words that may stand between the
    fact and a value without saying anything else; to those of a fact the file's own are added.
    """

    any: Words
    context_any: Words = ()
    event_any: Words = ()
    broad: bool = False
    names: Words = ()
    happens: Words = ()
    beside: Words = ()


class FactError(Record, frozen=True, kw_only=True):
    """A mistake that is known. ``dates`` and ``patterns`` (regular expressions) recognise it; ``wrong`` names it."""

    wrong: str
    why: str | None = None
    severity: Literal["minor", "moderate", "serious"]
    dates: tuple[IsoDates, ...] = ()
    patterns: Words = ()


class Event(Record, frozen=True, kw_only=True):
    """Something that happened ``on`` a date or between two, as a statement says it (``did``) or names it (``name``).

    Both are regular expressions for folded text: "Stalin died", and "Stalin's death" or "the death of Stalin".
    """

    on: IsoDates
    did: Words = ()
    name: Words = ()


class Fact(Record, frozen=True, kw_only=True):
    """Something checkable. With ``disputed`` no value is called wrong; the note is offered instead.

    ``order`` lists events that an essay may put in the wrong order, which is the first of the ``errors``.
    """

    id: str
    type: Literal["event", "person", "institution", "term", "place", "work", "statistic"]
    themes: Words
    statement: str
    match: Match
    accepted: tuple[Value, ...]
    order: tuple[Event, ...] = ()
    errors: tuple[FactError, ...] = ()
    disputed: str | None = None
    source: Words = ("general knowledge",)
    confidence: Literal["high", "medium", "low"] = "high"


class Facts(Record, frozen=True, kw_only=True):
    """facts.yaml. ``groups`` are lists of words that a fact may name: ``<city>`` stands for any of them.

    Such a name may stand in ``any``, ``names``, ``happens``, ``instead`` and the patterns of mistakes. ``beside`` are
    words that may stand between any fact and its value: names that are everywhere in essays on the question.
    """

    groups: dict[str, Words] = {}
    beside: Words = ()
    facts: tuple[Fact, ...]


# --- historians.yaml ------------------------------------------------------------------------------------------------


class Work(Record, frozen=True, kw_only=True):
    """A book or article; the year is that of the first edition unless the title says otherwise."""

    title: str
    year: Year


class Authority(Record, frozen=True, kw_only=True):
    """A historian, biographer or commentator. ``position`` prompts feedback; it never shows a pupil to be wrong."""

    id: str
    name: str
    surname: str
    role: str
    school: str
    position: str
    variants: Words = ()
    misspellings: Words = ()
    works: tuple[Work, ...] = ()
    also_actor: bool = False
    actor_note: str | None = None
    confused_with: str | None = None


class Actor(Record, frozen=True, kw_only=True):
    """A person of the period: a quotation from one is evidence, not engagement with a historian."""

    name: str
    group: Literal["politicians", "foreign", "writers_artists"]
    misspellings: Words = ()


class School(Record, frozen=True, kw_only=True):
    """An approach, with those usually counted to it."""

    id: str
    idea: str
    typical: Words


class Historians(Record, frozen=True, kw_only=True):
    """historians.yaml."""

    common_surnames: Words = ()
    ambiguous_misspellings: Words = ()
    schools: tuple[School, ...] = ()
    positions: dict[str, Words] = {}
    actors: tuple[Actor, ...] = ()
    historians: tuple[Authority, ...]


# --- the whole ------------------------------------------------------------------------------------------------------


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A question with everything known about it; ``sha256`` is over its four files."""

    folder: Path
    sha256: str
    question: Question
    boundary_rules: Words
    weak_terms: tuple[WeakTerm, ...]
    exceptions: tuple[TermException, ...]
    links: tuple[Link, ...]
    themes: tuple[Theme, ...]
    facts: tuple[Fact, ...]
    authorities: Historians

    @property
    def id(self) -> str:
        """The topic's id, which is also its folder's name."""
        return self.question.id

    @property
    def core_themes(self) -> tuple[Theme, ...]:
        """The themes that every answer is held against."""
        return tuple(theme for theme in self.themes if not theme.optional)

    @property
    def historians(self) -> tuple[Authority, ...]:
        """The historians, in the file's order."""
        return self.authorities.historians

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; `KeyError` when there is none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)


def load_topic(id_or_folder: str | Path) -> Topic:
    """The topic of this id, or the one in this folder. Read once in a process."""
    return _load(_folder_of(id_or_folder))


def list_topics() -> tuple[Question, ...]:
    """The questions that the program knows, by id."""
    folders = sorted(path.parent for path in corpus_dir().glob("*/question.toml"))
    return tuple(load_toml(folder / "question.toml", Question) for folder in folders)


def _folder_of(id_or_folder: str | Path) -> Path:
    folder = Path(id_or_folder)
    is_name = not isinstance(id_or_folder, Path) and folder.name == id_or_folder
    if is_name and not (folder / "question.toml").is_file():  # a folder of reports, say, may be called like a topic
        own = corpus_dir() / folder.name
        if own.is_dir():
            return own.resolve()
    if folder.is_dir():
        return folder.resolve()
    if not is_name:
        raise DataError(f"{folder}: there is no such folder.")
    known = [path.parent.name for path in sorted(corpus_dir().glob("*/question.toml"))]
    close = difflib.get_close_matches(folder.name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known topics: {', '.join(known) or 'none'}."
    raise DataError(f"There is no topic {folder.name!r}. {hint}")


@functools.cache
def _load(folder: Path) -> Topic:
    question = load_toml(folder / "question.toml", Question)
    themes = load_yaml(folder / "themes.yaml", Themes)
    facts = load_yaml(folder / "facts.yaml", Facts) if (folder / "facts.yaml").is_file() else Facts(facts=())
    historians = Historians(historians=())
    if (folder / "historians.yaml").is_file():
        historians = load_yaml(folder / "historians.yaml", Historians)
    return Topic(
        folder=folder,
        sha256=sha256_of((folder / name for name in FILES if (folder / name).is_file()), root=folder),
        question=question,
        boundary_rules=themes.boundary_rules,
        weak_terms=themes.weak_terms,
        exceptions=themes.exceptions,
        links=themes.links,
        themes=themes.themes,
        facts=tuple(_written_out(fact, facts) for fact in facts.facts),
        authorities=historians,
    )


_GROUP = re.compile(r"(?<!\?P)<([a-z]\w*)>")


def _written_out(fact: Fact, facts: Facts) -> Fact:
    """The fact with the groups that it names written out, and with what all facts share."""

    def members(name: str) -> Words:
        if name not in facts.groups:
            raise DataError(f"facts.yaml: the fact {fact.id} names the group <{name}>, which there is not.")
        return facts.groups[name]

    def listed(words: Words) -> Words:
        written: list[str] = []
        for word in words:
            group = _GROUP.search(word)
            written += listed(tuple(word.replace(group[0], m) for m in members(group[1]))) if group else [word]
        return tuple(written)

    def pattern(source: str) -> str:
        return _GROUP.sub(lambda m: f"(?:{'|'.join(map(re.escape, members(m[1])))})", source)

    replace = msgspec.structs.replace
    return replace(
        fact,
        match=replace(
            fact.match,
            any=listed(fact.match.any),
            names=listed(fact.match.names),
            happens=listed(fact.match.happens),
            beside=(*fact.match.beside, *facts.beside),
        ),
        accepted=tuple(replace(v, instead=listed(v.instead)) if isinstance(v, TextValue) else v for v in fact.accepted),
        errors=tuple(replace(e, patterns=tuple(pattern(p) for p in e.patterns)) for e in fact.errors),
    )


# --- what types cannot see ------------------------------------------------------------------------------------------

_BANNED = re.compile(r"\b(?:seeds?|samples?|web ?sites?|web ?pages?|wikipedia|todo|fixme)\b", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def check_topic(id_or_folder: str | Path) -> list[str]:
    """What is wrong with a topic beyond its types, as sentences for whoever writes it; empty when all is well."""
    try:
        folder = _folder_of(id_or_folder)
        _load.cache_clear()  # who corrects a topic checks it again
        topic = _load(folder)
    except DataError as error:
        return [str(error)]
    return [
        *_check_ids(topic),
        *_check_terms(topic),
        *_check_references(topic),
        *_check_facts(topic),
        *_check_texts(topic),
    ]


def _check_ids(topic: Topic) -> Iterator[str]:
    if topic.folder.name != topic.id:
        yield f"question.toml: the id is {topic.id!r}, but the folder is called {topic.folder.name!r}."
    if topic.question.period.start > topic.question.period.end:
        yield "question.toml: the period ends before it starts."
    groups: dict[str, Iterable[str]] = {
        "question.toml: yardstick": (y.id for y in topic.question.yardsticks),
        "question.toml: neighbour": (n.id for n in topic.question.neighbours),
        "themes.yaml: theme": (t.id for t in topic.themes),
        "facts.yaml: fact": (f.id for f in topic.facts),
        "historians.yaml: school": (s.id for s in topic.authorities.schools),
        "historians.yaml: historian": (h.id for h in topic.historians),
    }
    for group, ids in groups.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield f"{group}: the id {name!r} is used {count} times."
            if not _ID.fullmatch(name):
                yield f"{group}: the id {name!r} should be small letters, figures and single _ or -."


def _check_terms(topic: Topic) -> Iterator[str]:
    excepted = {term.casefold() for exception in topic.exceptions for term in exception.terms}
    owners: dict[str, list[str]] = {}
    for theme in topic.themes:
        for term in dict.fromkeys(term.casefold() for term in theme.strong_terms):
            owners.setdefault(term, []).append(theme.id)
        for term in theme.supporting_terms:
            if term.casefold() in {strong.casefold() for strong in theme.strong_terms}:
                yield f"themes.yaml: {term!r} is both a strong and a supporting term of {theme.id}."
        both = {t.casefold() for t in theme.success_terms} & {t.casefold() for t in theme.limitation_terms}
        for term in sorted(both):
            yield f"themes.yaml: {term!r} speaks both for success and for limitation in {theme.id}."
    for term, themes in owners.items():
        if len(themes) > 1 and term not in excepted:
            yield f"themes.yaml: {term!r} is a strong term of {' and '.join(themes)}, and no exception decides."
    for term, count in Counter(term for e in topic.exceptions for term in {t.casefold() for t in e.terms}).items():
        if count > 1:
            yield f"themes.yaml: {count} exceptions decide about {term!r}."


def _check_references(topic: Topic) -> Iterator[str]:
    themes = {theme.id for theme in topic.themes}
    if not topic.core_themes:
        yield "themes.yaml: every theme is optional; at least one must not be."
    named = [
        *(("facts.yaml", f"the fact {fact.id}", fact.themes) for fact in topic.facts),
        *(("themes.yaml", f"the exception for {e.terms[:1]}", e.default) for e in topic.exceptions),
        *(("themes.yaml", f"the exception for {e.terms[:1]}", c.themes) for e in topic.exceptions for c in e.cases),
        *(("themes.yaml", "a link", link.between) for link in topic.links),
    ]
    for file, what, ids in named:
        for unknown in dict.fromkeys(name for name in ids if name not in themes):
            yield f"{file}: {what} names the theme {unknown!r}, which there is not."
    people = {name for h in topic.historians for name in (h.name, h.surname, *h.variants)}
    groups = [(f"the school {s.id}", s.typical) for s in topic.authorities.schools]
    for what, names in [*groups, *((f"the position {k}", v) for k, v in topic.authorities.positions.items())]:
        for unknown in (name for name in names if name not in people):
            yield f"historians.yaml: {what} names {unknown!r}, who is no historian of the list."


def _check_facts(topic: Topic) -> Iterator[str]:
    for fact in topic.facts:
        place = f"facts.yaml: {fact.id}"
        for value in fact.accepted:
            if isinstance(value, RangeValue) and value.low > value.high:
                yield f"{place}: the range {value.low:g} to {value.high:g} is the wrong way round."
            if isinstance(value, SpanValue) and value.start > value.end:
                yield f"{place}: the span {value.start} to {value.end} is the wrong way round."
        right = {value.on[:4] for value in fact.accepted if isinstance(value, DateValue)}
        for error in fact.errors:
            for year in sorted({date for date in error.dates if len(date) == 4} & right):
                yield f"{place}: {year} is listed both as right and as wrong."
        if fact.order and not fact.errors:
            yield f"{place}: there is an order, but no error that says what is wrong with another."
        for pattern in _patterns_of(fact):
            try:
                re.compile(pattern)
            except re.error as problem:
                yield f"{place}: the pattern {pattern!r} is no regular expression: {problem}."


def _patterns_of(fact: Fact) -> Iterator[str]:
    for error in fact.errors:
        yield from error.patterns
    for event in fact.order:
        yield from (*event.did, *event.name)


def _check_texts(topic: Topic) -> Iterator[str]:
    parts: dict[str, Any] = {
        "question.toml": topic.question,
        "themes.yaml": [topic.boundary_rules, topic.weak_terms, topic.exceptions, topic.links, topic.themes],
        "facts.yaml": topic.facts,
        "historians.yaml": topic.authorities,
    }
    for file, part in parts.items():
        for text in _texts(msgspec.to_builtins(part)):
            if not text.strip() or text != text.strip():
                yield f"{file}: {text!r} is empty, or begins or ends with a blank."
            if banned := _BANNED.search(text):
                yield f"{file}: {text!r} says {banned[0]!r}, which is nothing for a reader of reports."
    needed = [
        *((f"themes.yaml: {t.id}", name, getattr(t, name)) for t in topic.themes for name in _NEEDED_OF_THEME),
        *((f"facts.yaml: {f.id}", name, value) for f in topic.facts for name, value in _needed_of_fact(f)),
        *((f"question.toml: {y.id}", "terms", y.terms) for y in topic.question.yardsticks),
        *((f"question.toml: {n.id}", "terms", n.terms) for n in topic.question.neighbours),
        ("question.toml", "question_terms", topic.question.question_terms),
        ("question.toml", "yardsticks", topic.question.yardsticks),
    ]
    for place, name, items in needed:
        if not items:
            yield f"{place}: the list {name!r} is empty."


_NEEDED_OF_THEME = (
    *("counts", "success", "limitation", "evidence", "strong_terms", "success_terms", "limitation_terms"),
    "suggestions",
)


def _needed_of_fact(fact: Fact) -> Iterator[tuple[str, tuple[Any, ...]]]:
    yield "match.any", fact.match.any
    yield "accepted", fact.accepted
    yield "themes", fact.themes
    yield "source", fact.source
    for value in fact.accepted:
        if isinstance(value, TextValue):
            yield "any_of", value.any_of


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
