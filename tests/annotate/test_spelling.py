"""Slips of typing are read as what was meant, and only slips."""

from __future__ import annotations

import pytest

from essay_marker.annotate.spelling import Speller, as_meant, british, speller


@pytest.fixture(scope="module")
def topical() -> Speller:
    return speller("khrushchev-destalinisation")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("somethinng", "something"),
        ("accepetd", "accepted"),
        ("provde", "provide"),
        ("puregs", "purges"),
        ("wth", "with"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(slip: str, meant: str, topical: Speller) -> None:
    assert topical.slips([slip, "the", "camps"]) == {slip: meant}


@pytest.mark.parametrize("word", ["harvests", "sovnarkhozy", "de", "labour", "organised", "realising", "stopped"])
def test_a_known_word_is_none(word: str, topical: Speller) -> None:
    assert topical.slips([word]) == {}


def test_a_strange_word_that_is_used_often_is_meant(topical: Speller) -> None:
    assert topical.slips(["provde"] * 3) == {}


def test_what_is_read_keeps_its_capital() -> None:
    assert as_meant("Stalni and the stalni.", {"stalni": "stalin"}) == "Stalin and the stalin."


def test_american_endings_are_read_as_british_ones() -> None:
    assert british("realized, organizing, Stalinization") == "realised, organising, Stalinisation"
    assert british("a prize of some size") == "a prize of some size"


def test_the_share_of_unknown_words(topical: Speller) -> None:
    assert topical.unknown_share("the camps were emptied and people came home") == 0.0
    assert topical.unknown_share("qwrtz blorf zzkpt and vlimpf the xqrrt") > 0.5
    assert topical.unknown_share("") == 0.0
