"""What is wrong with a topic that the types of its files cannot see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from essay_marker.errors import DataError
from essay_marker.topic.facts import DateValue, Fact, RangeValue, SpanValue, TextValue
from essay_marker.topic.loading import Topic, forget_topics, load_topic

_BANNED = re.compile(r"\b(?:seeds?|samples?|web ?sites?|web ?pages?|wikipedia|todo|fixme)\b", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def check_topic(id_or_folder: str | Path) -> list[str]:
    """What is wrong with a topic beyond its types, as sentences for whoever writes it; empty when all is well."""
    try:
        forget_topics()
        topic = load_topic(id_or_folder)
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
