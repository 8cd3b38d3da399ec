"""Words of habit are read over, and only where they are one."""

from __future__ import annotations

import pytest

from essay_marker.annotate.habits import habits

PLAIN = [f"The reform of {1953 + i} went further than anyone had planned." for i in range(10)]


def read(sentences: list[str]) -> list[str]:
    return habits().read_over(sentences)


def test_one_connective_and_one_hedge_stand() -> None:
    sentences = ["However, the reform failed.", "To some extent, it came too late.", *PLAIN]
    assert read(sentences) == sentences


@pytest.mark.parametrize("word", ["However,", "On the other hand,", "As a result,", "To some extent,", "Arguably,"])
def test_a_word_before_every_sentence_is_read_over(word: str) -> None:
    changed = read([f"{word} {s[0].lower()}{s[1:]}" for s in PLAIN])
    assert [" ".join(s.split()).lower() for s in changed] == [s.lower() for s in PLAIN]


def test_a_hedge_behind_every_sentence_is_read_over() -> None:
    assert read([f"{s[:-1]}, to some extent." for s in PLAIN]) == [f"{s[:-1]}{' ' * 16}." for s in PLAIN]


def test_offsets_stay() -> None:
    sentences = [f"Moreover, {s}" for s in PLAIN]
    assert [len(s) for s in read(sentences)] == [len(s) for s in sentences]


def test_a_few_sentences_show_no_habit() -> None:
    assert read(["However, it failed."] * 3) == ["However, it failed."] * 3
