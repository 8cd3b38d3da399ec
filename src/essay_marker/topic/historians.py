"""historians.yaml: authorities and their works, and the people of the period."""

from __future__ import annotations

from typing import Literal

from essay_marker.data import Record
from essay_marker.topic.fields import Words, Year


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
