"""Specifics: dates, figures, names and terms, in the writer's own words, and nothing that every essay names."""

from __future__ import annotations

import pytest

from essay_marker.annotate.specifics import SpecificFinder
from essay_marker.topic import load_topic

from .building import tagged

FINDER = SpecificFinder(load_topic("khrushchev-destalinisation"))


def kinds(words: str, *, blank: str = "") -> list[tuple[str, str]]:
    """What is found, as ``(kind, words)``; ``blank`` is a part that is not the writer's own."""
    doc = tagged(words)
    own = doc.text.replace(blank, " " * len(blank)) if blank else doc.text
    return [(s.kind, doc.text[s.start : s.end]) for s in FINDER.find(doc[:], own, 0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It came in 1956 .", [("date", "1956")]),
        ("In March/PROPN 1953 he died .", [("date", "March 1953")]),
        ("On 25 February/PROPN 1956 he spoke .", [("date", "25 February 1956")]),
        ("About 612,000 were cleared .", [("figure", "612,000")]),
        ("Some 4 million left .", [("figure", "4 million")]),
        ("They ploughed Kostroma/PROPN .", [("name", "Kostroma")]),
        ("Then Ivan/PROPN Petrov/PROPN spoke .", [("name", "Ivan Petrov")]),
        ("It closed the Gulag/PROPN .", [("term", "Gulag")]),
    ],
)
def test_what_is_specific(words: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Then Khrushchev/PROPN spoke .",
        "Under Stalin/PROPN all obeyed .",
        "The Soviet/PROPN people agreed .",
        "So de - Stalinisation/PROPN began .",
        "Farming/PROPN was poor .",
        "Many people were released .",
    ],
)
def test_what_every_essay_on_the_question_names_is_not(words: str) -> None:
    assert kinds(words) == []


def test_what_is_not_the_writers_own_does_not_count() -> None:
    assert kinds("They ploughed Kostroma/PROPN in 1956 .", blank="Kostroma in 1956") == []


def test_the_same_thing_has_the_same_key() -> None:
    doc = tagged("They sent Molotov/PROPN away and Molotov/PROPN went .")
    keys = [s.key for s in FINDER.find(doc[:], doc.text, 0)]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_one_stretch_is_one_specific() -> None:
    doc = tagged("On 2 June/PROPN 1962 troops fired in Novocherkassk/PROPN .")
    found = FINDER.find(doc[:], doc.text, 3)
    assert [doc.text[s.start : s.end] for s in found] == ["2 June 1962", "Novocherkassk"]
    assert {s.sentence for s in found} == {3}
