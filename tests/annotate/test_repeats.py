"""What is said again earns nothing: the same sentence, and the same clause on many sentences."""

from __future__ import annotations

from essay_marker.annotate.patterns import reading_limits
from essay_marker.annotate.repeats import Repeats

QUESTION = "How far did the gardener succeed in his plan for the southern orchard?"
CLAUSE = "so that the old habits went while the walls stayed"
STARTS = (
    "Pears had grown along that wall for as long as anybody in the village could remember",
    "The carts came early in the morning and left before the frost had gone from the road",
    "It rained for a week and the river carried off what little was left of the old bridge",
)


def again(*sentences: str) -> list[bool]:
    repeats = Repeats(reading_limits().repeats, (QUESTION,))
    return [repeats.says_again(sentence) for sentence in sentences]


def test_a_sentence_with_a_word_changed_is_said_again() -> None:
    changed = STARTS[0].replace("village", "valley")
    assert again(STARTS[0], STARTS[1], changed) == [False, False, True]


def test_a_clause_may_come_twice_and_no_more() -> None:
    assert again(*(f"{start}, {CLAUSE}." for start in STARTS)) == [False, False, True]


def test_the_words_of_the_question_may_come_in_every_paragraph() -> None:
    asked = "how far did the gardener succeed in his plan for the southern orchard"
    assert not any(again(*(f"{start}, {asked}?" for start in STARTS)))


def test_a_long_title_may_be_named_again() -> None:
    named = "One Day in the Life of Ivan Denisovich"
    assert not any(again(*(f"{start}, like {named}." for start in STARTS)))
