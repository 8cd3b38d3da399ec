"""Runs of eight words: what makes two equal, what is nobody's words, and how far a shared stretch goes."""

from __future__ import annotations

import pytest

from essay_marker.borrowing import (
    RUN,
    SKETCH,
    Masks,
    common_phrases,
    folded_words,
    run_hashes,
    share_known,
    shared_runs,
    sketch,
)
from essay_marker.records import Span
from essay_marker.topic import load_topic

OURS = "Nobody in the hall had ever heard a leader of the party speak of Stalin like that."
TITLE = "One Day in the Life of Ivan Denisovich"
NONE = Masks(())


def hashes(text: str) -> list[str]:
    return run_hashes(folded_words(text))


def shared(text: str, other: str, masks: Masks = NONE) -> list[str]:
    """The words of ``text`` that stand in ``other`` too."""
    words = folded_words(text)
    owners = dict.fromkeys(hashes(other), "other")
    found = shared_runs(words, run_hashes(words), owners, masks)
    return [text[words[run.first].start : words[run.end - 1].end] for run in found]


def test_a_run_has_eight_words() -> None:
    assert hashes("one two three four five six seven") == []
    assert len(hashes("one two three four five six seven eight")) == 1
    assert len(hashes(OURS)) == len(folded_words(OURS)) - RUN + 1
    assert all(len(value) == 16 and int(value, 16) >= 0 for value in hashes(OURS))


@pytest.mark.parametrize(
    "same",
    [
        OURS.upper(),
        OURS.replace(" ", "\n"),
        OURS.replace("leader", "leaders"),
        OURS.replace("Nobody in", "“Nobody” — in"),
        OURS.replace("Stalin", "Stálin"),
    ],
)
def test_spelling_that_makes_no_difference_makes_none(same: str) -> None:
    assert hashes(same) == hashes(OURS)


def test_hyphens_and_apostrophes_part_words() -> None:
    assert [word.folded for word in folded_words("Khrushchev’s de-Stalinisation")] == [
        "khrushchev",
        "s",
        "de",
        "stalinisation",
    ]


def test_only_the_parts_asked_for_are_looked_at_and_offsets_are_those_of_the_text() -> None:
    words = folded_words("one two three five", [Span(start=4, end=7), Span(start=14, end=18)])
    assert [(word.folded, word.start, word.end) for word in words] == [("two", 4, 7), ("five", 14, 18)]


def test_a_shared_stretch_is_found_once_and_whole() -> None:
    middle = "heard a leader of the party speak of Stalin like"
    assert shared(OURS, f"We have {middle} an enemy.") == [middle]
    assert shared(OURS, "heard a leader of the party speak") == []
    assert shared(f"{OURS} So it was. {OURS}", OURS) == [OURS.rstrip("."), OURS.rstrip(".")]


def test_a_run_with_a_title_in_it_is_masked_and_one_beside_it_is_not() -> None:
    masks = Masks([TITLE])
    said = f"in November 1962 he let the journal print {TITLE}"
    assert shared(said, said, masks) == ["in November 1962 he let the journal print One Day in the Life"]
    assert shared(f"he read {TITLE} again", f"he read {TITLE} again", masks) == []


def test_names_and_other_short_phrases_mask_nothing() -> None:
    assert shared(OURS, OURS, Masks(["the party", "Stalin", "a leader of"])) == [OURS.rstrip(".")]


def test_a_topic_gives_its_questions_titles_and_subtitles() -> None:
    found = set(common_phrases(load_topic("khrushchev-destalinisation")))
    assert "To what extent did Khrushchev break with Stalinism?" in found
    assert "Khrushchev: A Political Life" in found
    assert "Nikita Khrushchev" in found  # without the editors in brackets


def test_a_sketch_knows_a_text_again() -> None:
    text = " ".join(f"word{number}" for number in range(400))
    known = sketch(hashes(text))
    assert len(known) == SKETCH
    assert known == sketch(reversed(hashes(text)))
    assert share_known(known, frozenset(hashes(text))) == 1.0
    assert share_known(known, frozenset(hashes(f"Title {text} and more"))) == 1.0
    assert share_known(known, frozenset(hashes(OURS))) == 0.0
    half = " ".join(text.split()[:200])
    assert 0.2 < share_known(known, frozenset(hashes(half))) < 0.8
    assert share_known((), frozenset()) == 0.0
