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


OWN = "a test of the essay's own"
ASKS = "I ask two things about the river."


def test_an_essay_may_set_a_test_of_its_own_in_the_introduction() -> None:
    use = find((ASKS, False), (OTHER, False), introduction=1)[OWN]
    assert (use.stated, use.used) == (span(text=ASKS), ())
    assert OWN not in find((ASKS, False), (OTHER, False))


def test_a_standard_of_the_topic_is_not_the_essays_own_as_well() -> None:
    both = "I shall ask whether he achieved what he set out to do."
    assert list(find((both, False), introduction=1)) == ["the leader's own aims"]


def test_what_is_measured_by_no_standard_of_the_topic_is_measured_by_the_essays_own() -> None:
    passes = "The second question he answered badly."
    found = find((ASKS, False), (passes, True), introduction=1)[OWN]
    assert found.used == (span(ASKS, text=passes),)
    assert find((USES, True), measures=True).keys() == {"the leader's own aims"}


def test_that_something_outlived_somebody_sets_no_test() -> None:
    told = "The councils only outlived him by a year."
    assert find((told, True))["durability: what outlasted October 1964"].stated is None


def test_no_sentences_give_no_standards() -> None:
    assert find() == {}
