"""A word broken over a line end is made whole, and keeps its hyphen only where it is the writer's."""

from __future__ import annotations

import pytest

from essay_marker.read.hyphens import Vocabulary, keeps_hyphen

from .building import read, repaired

START = "The council of the poor province, which had met only twice since the war, saw the de-"


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "kept"),
    [
        ("de-", "Stalinisation", "", True),
        ("Marxism-", "Leninism", "", True),
        ("1954-", "5", "", True),
        ("post-", "war", "", True),
        ("long-", "term", "", True),
        ("far-", "reaching", "", True),
        ("co-", "operation", "", True),
        ("re-", "establish", "", True),
        ("one-", "party", "", True),
        ("rent-", "free", "They lived rent-free.", True),
        ("under-", "funded", "Underfunded schools.", False),
        ("scared-", "really", "We were scared of it.", True),
        ("govern-", "ment", "They govern.", False),
        ("indus-", "trial", "", False),
        ("re-", "form", "", False),
        ("re-", "form", "A re-form.", True),
        ("so-", "cial", "", False),
        ("short-", "age", "", False),
        ("there-", "fore", "There it was.", False),
    ],
)
def test_whose_hyphen_it_is(before: str, after: str, elsewhere: str, kept: bool) -> None:
    assert keeps_hyphen(before, after, Vocabulary.of(elsewhere)) is kept


def test_where_no_word_is_broken_between_syllables_every_hyphen_is_the_writers() -> None:
    breaks = "A de-\nStalinised land, a Marxist-\nLeninist one and a goose-\nstep march."
    assert keeps_hyphen("goose-", "step", Vocabulary.of(breaks))
    assert not keeps_hyphen("goose-", "step", Vocabulary.of(f"{breaks} They govern-\nment."))


def test_broken_pieces_are_no_evidence_for_a_word() -> None:
    assert "scared" not in Vocabulary.of("We were scared-\nreally.").words


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n\n", " \r\n \r\n"])
def test_a_broken_word_is_joined_over_any_gap(gap: str) -> None:
    essay = read(f"{START}{gap}Stalinisation come.")
    assert essay.text == f"{START}Stalinisation come."
    assert repaired(essay)["hyphens-kept"] == 1


def test_a_soft_hyphen_at_a_line_end_joins_for_certain() -> None:
    essay = read("The council was no govern\u00ad\nment of the poor. They had no long\u00ad\nterm plan.")
    assert essay.text == "The council was no government of the poor. They had no longterm plan."
    assert repaired(essay)["hyphens-dropped"] == 2


def test_a_dash_at_a_line_end_takes_no_space() -> None:
    lines = ["The council had met—", "once only—in the town by the river, where all", "the clerks lived, and went."]
    assert read("\n".join(lines)).text.startswith("The council had met—")
