"""Stretches from elsewhere: without names of the topic, and unlike the sentences that have them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from essay_marker.annotate.belonging import ElsewhereLimits, Placed, TopicNames, from_elsewhere
from essay_marker.topic import load_topic

LIMITS = ElsewhereLimits(words=40, unlike=0.2, foreign=0.4, named=0.3, long=100)
HOME, NEAR, AWAY = (1.0, 0.0), (0.3, 0.954), (0.0, 1.0)


def found(
    *paragraphs: tuple[Sequence[bool], tuple[float, float], bool], words: int = 20
) -> tuple[list[bool], list[bool]]:
    """What comes from elsewhere, with vectors and without: paragraphs by names of the topic, vector, other names."""
    placed = [Placed(i, words, named, other) for i, (names, _, other) in enumerate(paragraphs) for named in names]
    vectors: npt.NDArray[np.float64] = np.array([vector for names, vector, _ in paragraphs for _ in names])
    return from_elsewhere(placed, vectors, LIMITS), from_elsewhere(placed, None, LIMITS)


def test_a_paragraph_unlike_the_rest_that_names_nothing_of_the_topic() -> None:
    seen, unseen = found(([True, False], HOME, False), ([False, False], AWAY, False))
    assert seen == [False, False, True, True]
    assert not any(unseen), "without vectors nothing can be told"


def test_a_name_of_the_topic_keeps_its_paragraph() -> None:
    assert not any(found(([True, True], HOME, False), ([False, True], AWAY, False))[0])


def test_names_of_others_make_a_paragraph_foreign_sooner() -> None:
    assert not any(found(([True, True], HOME, False), ([False, False], NEAR, False))[0])
    assert found(([True, True], HOME, False), ([False, False], NEAR, True))[0] == [False, False, True, True]


def test_a_few_words_are_not_judged() -> None:
    assert not any(found(([True, True], HOME, False), ([False, False], AWAY, False), words=10)[0])


def test_paragraphs_in_a_row_are_judged_together() -> None:
    seen, _ = found(([True, True], HOME, False), ([False], AWAY, False), ([False], AWAY, False), words=25)
    assert seen == [False, False, True, True]


def test_so_much_with_names_of_others_alone_is_from_elsewhere_however_alike() -> None:
    assert not any(found(([True, True], HOME, False), ([False] * 4, HOME, True))[0])
    assert found(([True, True], HOME, False), ([False] * 5, HOME, True))[0] == [False, False, *[True] * 5]
    assert not any(found(([True, True], HOME, False), ([False] * 5, HOME, False))[0])


def test_where_nothing_names_the_topic_all_is_from_elsewhere() -> None:
    assert all(found(([False, False], AWAY, False))[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khrushchev spoke for four hours.", True),
        ("Filtzer doubts it.", True),
        ("Novy Mir printed the story.", True),
        ("Prices rose and people were afraid of war.", False),
        ("Laud railed off the altar.", False),
    ],
)
def test_names_of_the_topic(text: str, expected: bool) -> None:
    assert TopicNames(load_topic("khrushchev-destalinisation")).among(text) is expected
