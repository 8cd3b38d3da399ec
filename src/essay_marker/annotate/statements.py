"""The language of statements of fact, ``models/patterns/statements.yaml``; what each entry means is told there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from essay_marker.data import Record, load_yaml
from essay_marker.errors import DataError
from essay_marker.resources import models_dir

Pattern = re.Pattern[str]
Choice = str | tuple[str, ...]
Words = frozenset[str]


class Clauses(NamedTuple):
    """How a sentence is cut into statements."""

    boundary: Pattern
    relative: Pattern
    interpolation: Pattern
    apposition: Pattern
    date_when: Pattern
    which_was: Pattern
    after_date: Pattern
    subjectless: Pattern


class Asserting(NamedTuple):
    """What makes a statement denied, supposed, or somebody else's."""

    negation: Pattern
    set_apart: Pattern
    contrast: Pattern
    report: Pattern
    own_report: Pattern
    trailing_report: Pattern
    turn: Pattern
    supposition: Pattern
    inversion: Pattern
    correction: Pattern


class Dates(NamedTuple):
    """What stands around a date."""

    measured: Pattern
    onwards: Pattern
    not_until: Pattern
    not_before: Pattern


class Figures(NamedTuple):
    """What stands around a figure."""

    relative_before: Pattern
    relative_after: Pattern
    other_unit: Pattern


class Belonging(NamedTuple):
    """What a date, a figure or a name may belong to."""

    elsewhere: Pattern
    of_date: Pattern
    in_date: Pattern
    ends_in_of: Pattern
    determiner: Pattern
    parting: Pattern
    other_events: Pattern
    time_of: Pattern
    opening: Pattern
    begins: Pattern
    something_else: Pattern
    counted_from: Pattern
    leads_in: Pattern
    and_then: Pattern
    reaches_on: Pattern
    related: Pattern
    before_date: Pattern
    told_apart: Pattern


class Happenings(NamedTuple):
    """Names, and what happened to them."""

    name_ends: Pattern
    hangs_on: Pattern
    own_date: Pattern
    pronoun: Pattern
    passive: Pattern


class Order(Record, frozen=True, kw_only=True):
    """Two events in one statement; parts of patterns that are put together with the events' own."""

    link: str
    came: str
    between: str
    goes_on: str


class WordLists(Record, frozen=True, kw_only=True):
    """Lists of words."""

    linking: Words
    light_verbs: Words
    not_verbs: Words
    irregular_verbs: Words
    parting_not_from_name: Words
    parting_not_from_date: Words
    months: tuple[str, ...]


class Parts(Record, frozen=True, kw_only=True):
    """What patterns share: ``{year}`` in one stands for ``year``."""

    year: str
    conjunctions: str
    matters: str


class StatementFile(Record, frozen=True, kw_only=True):
    """``statements.yaml`` as it is written."""

    parts: Parts
    clauses: dict[str, Choice]
    asserting: dict[str, Choice]
    dates: dict[str, Choice]
    figures: dict[str, Choice]
    belonging: dict[str, Choice]
    happenings: dict[str, Choice]
    order: Order
    words: WordLists
    numerals: dict[str, int]
    scales: dict[str, int]


class Statements(NamedTuple):
    """The same with its patterns compiled."""

    clauses: Clauses
    asserting: Asserting
    dates: Dates
    figures: Figures
    belonging: Belonging
    happenings: Happenings
    order: Order
    words: WordLists
    matters: Words
    numerals: dict[str, int]
    scales: dict[str, int]


@cache
def statements() -> Statements:
    """The language of statements, read once."""
    return load_statements(models_dir() / "patterns" / "statements.yaml")


def load_statements(path: Path) -> Statements:
    """The file at ``path`` with its patterns compiled.

    Raises:
        DataError: An entry is missing, unknown, or no regular expression; the message names it.
    """
    file = load_yaml(path, StatementFile)
    return Statements(
        clauses=_section(Clauses, "clauses", file.clauses, file.parts, path),
        asserting=_section(Asserting, "asserting", file.asserting, file.parts, path),
        dates=_section(Dates, "dates", file.dates, file.parts, path),
        figures=_section(Figures, "figures", file.figures, file.parts, path),
        belonging=_section(Belonging, "belonging", file.belonging, file.parts, path),
        happenings=_section(Happenings, "happenings", file.happenings, file.parts, path),
        order=file.order,
        words=file.words,
        matters=frozenset(file.parts.matters.split("|")),
        numerals=file.numerals,
        scales=file.scales,
    )


_PART = re.compile(r"\{(\w*[a-z]\w*)\}")  # and no number of repetitions
T = TypeVar("T", Clauses, Asserting, Dates, Figures, Belonging, Happenings)


def _section(kind: type[T], name: str, given: dict[str, Choice], parts: Parts, path: Path) -> T:
    """The patterns of a section, each put together from its choices and the parts that it names."""
    wrong = sorted(set(kind._fields).symmetric_difference(given))
    if wrong:
        state = "is missing" if wrong[0] in kind._fields else "is unknown"
        raise DataError(f"{path}: `{name}.{wrong[0]}` {state}.")
    compiled = {}
    for field, choice in given.items():
        source = choice if isinstance(choice, str) else "|".join(choice)
        try:
            compiled[field] = re.compile(_PART.sub(lambda part: getattr(parts, part[1]), source))
        except (re.error, AttributeError) as error:
            raise DataError(f"{path}: `{name}.{field}` is no regular expression: {error}.") from None
    return kind(**compiled)
