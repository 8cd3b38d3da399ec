"""Standards of success: stated where they are set, used where a judgement applies them."""

from __future__ import annotations

from essay_marker.annotate.yardsticks import OwnSentence, YardstickFinder
from essay_marker.records import Span, YardstickUse
from essay_marker.topic import load_topic

FINDER = YardstickFinder(load_topic("khrushchev-destalinisation"))

STATES = "Success should be judged by his own aims."
USES = "In ending terror he achieved his aim."
OTHER = "Beria was arrested in June."


def find(*sentences: tuple[str, bool], introduction: int = 0, measures: bool = False) -> dict[str, YardstickUse]:
    """The yardsticks of ``(text, judgement)`` pairs by their labels; so many of them stand in the introduction."""
    found, at = [], 0
    for number, (text, judgement) in enumerate(sentences):
        where = Span(start=at, end=at + len(text))
        found.append(OwnSentence(text, where, judgement, introduction=number < introduction, measures=measures))
        at += len(text) + 1
    return {use.text: use for use in FINDER.find(found)}


def span(*before: str, text: str) -> Span:
    start = sum(len(sentence) + 1 for sentence in before)
    return Span(start=start, end=start + len(text))


def test_a_standard_that_is_set_and_used() -> None:
    use = find((STATES, False), (OTHER, False), (USES, True))["the leader's own aims"]
    assert use.stated == span(text=STATES)
    assert use.used == (span(STATES, OTHER, text=USES),)


def test_a_standard_that_is_set_and_never_used() -> None:
    use = find((STATES, False), (OTHER, False))["the leader's own aims"]
    assert (use.stated, use.used) == (span(text=STATES), ())


def test_what_passes_no_judgement_uses_no_standard() -> None:
    assert find((STATES, False), (USES, False))["the leader's own aims"].used == ()


def test_a_standard_may_be_used_without_being_set() -> None:
    use = find((OTHER, False), ("That was a cosmetic change.", True))["depth: structural or cosmetic change"]
    assert use.stated is None
    assert use.used


def test_a_word_of_a_standard_alone_is_none() -> None:
    assert find(("The aim of the archer was good.", False), ("Peasants went home.", True)) == {}


def test_a_cue_of_measuring_sets_a_standard_in_the_introduction_only() -> None:
    vague = "There were long-term aims."
    assert find((vague, False), introduction=1, measures=True)["the leader's own aims"].stated == span(text=vague)
    assert find((vague, False), measures=True) == {}


def test_several_standards_keep_the_order_of_the_topic() -> None:
    durable = "What matters is whether it lasted."
    labels = list(find((durable, False), (STATES, False)))
    assert labels == ["the leader's own aims", "durability: what outlasted October 1964"]


def test_no_sentences_give_no_standards() -> None:
    assert find() == {}
