"""Names with what happened to them, and which dates are said of that; facts made by hand."""

from __future__ import annotations

import pytest

from essay_marker.annotate.facts import check_facts
from essay_marker.topic import DateValue, Fact, Match, SpanValue, TextValue


def fact(identifier: str, on: str, names: tuple[str, ...], happens: tuple[str, ...]) -> Fact:
    match = Match(any=(f"the {identifier} itself",), names=names, happens=happens)
    return Fact(
        id=identifier,
        type="event",
        themes=("terror",),
        statement=f"It was {on}.",
        match=match,
        accepted=(DateValue(on=on),),
    )


FACTS = (
    fact("arrest", "1953-06", ("Beria",), ("arrest",)),
    fact("fall", "1957-10", ("Zhukov",), ("was removed", "lost his post")),
    fact("campaign", "1954", ("new lands",), ("began", "launch")),
    Fact(
        id="plan",
        type="event",
        themes=("economy",),
        statement="The plan ran from 1959 to 1965.",
        match=Match(any=("great plan",)),
        accepted=(SpanValue(start="1959", end="1965"),),
    ),
    Fact(
        id="place",
        type="place",
        themes=("thaw",),
        statement="The show was held in Moscow.",
        match=Match(any=("great show",)),
        accepted=(TextValue(any_of=("Moscow",), instead=("in Leningrad", "in Kiev")),),
    ),
)


def said(sentence: str) -> list[tuple[str, str]]:
    return [(check.id, check.status) for check in check_facts(sentence, [(0, len(sentence))], [], FACTS)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Beria, whom all feared, was arrested in June 1954.", ("arrest", "slip")),
        ("Berija was at last arrested at a meeting in 1955.", ("arrest", "slip")),
        ("In 1954 Beria was arrested.", ("arrest", "slip")),
        ("The arrest of the dreaded Beria in June 1953 came first.", ("arrest", "supported")),
        ("Zhukov had helped, yet he lost his post in 1959.", ("fall", "slip")),
        ("The campaign for the new lands was launched in 1957.", ("campaign", "slip")),
        ("The great plan (1959-67) failed.", ("plan", "slip")),
        ("The great show was held in Leningrad.", ("place", "slip")),
    ],
)
def test_what_is_said(sentence: str, found: tuple[str, str]) -> None:
    assert said(sentence) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Beria was arrested and his house searched in 1954.",  # something else happened then
        "Two years after the arrest of Beria, in 1955, much had changed.",
        "Beria had people arrested in 1938.",  # too far off to be a slip about it
        "Beria was not arrested in 1954.",
        "Molotov was removed by Zhukov in 1955.",  # it happened to somebody else
        "The new lands began to yield less in 1959.",
        "Erosion began in the new lands in 1960.",
        "Was Beria arrested in 1955?",
        "The great plan was praised from 1953 to 1968.",  # neither end is right: other years are meant
        "The great show was not held in Leningrad.",
        "The great show in Moscow was the talk of those in Leningrad.",
    ],
)
def test_what_is_not_said(sentence: str) -> None:
    assert said(sentence) == []
