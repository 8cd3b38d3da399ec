"""Passages in common: found where words were copied, and not where anyone may write the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from essay_marker import similarity
from essay_marker.borrowing import Masks, folded_words, run_hashes
from essay_marker.corpus import Profile
from essay_marker.records import Span
from essay_marker.similarity import Words, alike, alike_limits, known, words_of

#: Whatever is in common is reported.
ANY = replace(alike_limits(), least_share=0.0, least_words=0)

GARDEN = (
    "The old gardener planted seven pear trees along the southern wall because the frost never reached that corner, "
    "and every autumn the whole village came to see them bend under their own weight."
)
RIVER = (
    "Nobody had measured the river before the mill was built, so when the spring floods carried off the bridge the "
    "miller blamed the carpenter and the carpenter blamed the rain."
)
MARKET = (
    "On market days the square filled before sunrise with carts of cabbages, crates of noisy geese and at least one "
    "quarrel about whose turn it was to stand beneath the clock."
)


def words(id_: str, *sentences: str, question: str = "") -> Words:
    text = "\n\n".join(sentences)
    return words_of(id_, text, [Span(start=0, end=len(text))], Masks([question] if question else []))


def test_a_copied_passage_is_found_and_shown_in_both_texts() -> None:
    first, second = words("a", RIVER, GARDEN), words("b", GARDEN.upper(), MARKET)
    (pair,) = alike([second, first])
    assert (pair.first, pair.second) == ("a", "b")
    (passage,) = pair.passages
    assert first.text[passage.first.start : passage.first.end] == GARDEN.rstrip(".")
    assert second.text[passage.second.start : passage.second.end] == GARDEN.upper().rstrip(".")
    count = len(folded_words(GARDEN))
    assert pair.words == passage.words == count
    assert pair.first_share == pytest.approx(count / first.size)


def test_a_copied_passage_with_some_words_changed_is_one_passage() -> None:
    changed = GARDEN.replace("seven pear", "nine young plum").replace("every autumn", "each September")
    (pair,) = alike([words("a", RIVER, GARDEN), words("b", changed, MARKET)])
    assert len(pair.passages) == 1
    assert pair.words < len(folded_words(GARDEN))


def test_essays_with_words_of_their_own_are_no_pair() -> None:
    assert alike([words("a", GARDEN), words("b", RIVER), words("c", MARKET)]) == ()


def test_a_passage_too_short_to_mean_anything_is_no_pair() -> None:
    nine = " ".join(GARDEN.split()[:9])
    assert alike([words("a", nine), words("b", nine)], limits=ANY)[0].words == 0
    ten = " ".join(GARDEN.split()[:10])
    assert alike([words("a", ten), words("b", ten)], limits=ANY)[0].words == 10
    assert alike([words("a", ten), words("b", ten)]) == ()


@pytest.mark.parametrize(
    "shared",
    [f"“{GARDEN}”", f"“{GARDEN}” (Miller, 1999: 12)", "(see Miller, 1999: 12; Carter, 2001: 4; Baker, 2004: 9)"],
)
def test_quotations_and_citations_are_nobodys_words(shared: str) -> None:
    first = words("a", f"{RIVER} As one historian puts it, {shared}.")
    second = words("b", f"{MARKET} As one historian puts it, {shared}.")
    assert alike([first, second], limits=replace(ANY, least_share=0.01, least_words=8)) == ()


def test_a_citation_put_into_a_copied_sentence_hides_nothing() -> None:
    cited = GARDEN.replace("corner,", "corner (Miller, 1999: 12),")
    assert alike([words("a", GARDEN), words("b", cited)])[0].first_share == 1.0


def test_the_question_and_set_phrases_are_nobodys_words() -> None:
    first, second = words("a", RIVER, GARDEN, question=GARDEN), words("b", MARKET, GARDEN, question=GARDEN)
    assert alike([first, second], limits=ANY) == ()
    assert first.size == len(folded_words(RIVER))


def test_a_set_phrase_in_a_copied_sentence_does_not_part_it() -> None:
    phrase = "the southern wall because the frost"
    (pair,) = alike([words("a", GARDEN, question=phrase), words("b", GARDEN, question=phrase)])
    assert len(pair.passages) == 1
    assert pair.words == len(folded_words(GARDEN)) - 6


def test_others_are_compared_with_the_essays_and_not_with_each_other() -> None:
    pairs = alike([words("z", GARDEN)], [words("a", GARDEN), words("b", GARDEN)])
    assert [(pair.first, pair.second) for pair in pairs] == [("z", "a"), ("z", "b")]


def test_the_order_of_the_essays_makes_no_difference() -> None:
    essays = [words("a", RIVER, GARDEN), words("b", GARDEN, MARKET), words("c", MARKET, RIVER)]
    assert alike(essays) == alike(essays[::-1])
    assert len(alike(essays)) == 3


def test_an_essay_of_which_only_hashes_are_kept_is_known() -> None:
    runs = tuple(run_hashes(folded_words(GARDEN)))
    profile = _profile("p1", runs)
    essay = words("a", RIVER, GARDEN)
    (found,) = known([essay, words("b", MARKET)], [profile])
    assert (found.first, found.profile, found.words) == ("a", "p1", len(folded_words(GARDEN)))
    ((span, _),) = found.passages
    assert essay.text[span.start : span.end] == GARDEN.rstrip(".")


def _profile(id_: str, runs: tuple[str, ...]) -> Profile:
    import msgspec

    nothing = {"words": 0, "quoted_share": 0.0, "sentences": 0, "roles": {}, "stances": {}, "themes": {}, "strands": {}}
    fields = {"format": 1, "id": id_, "title": "", "question": "", "rubric": "", "program": "", "marks": [1]}
    return msgspec.convert(fields | {"measurements": nothing, "runs": runs}, Profile)


def test_copies_among_sixty_essays_are_found_and_nothing_else(
    benchmark: Callable[[str], ModuleType], exemplars: Path
) -> None:
    import random

    alike_benchmark = benchmark("alike")
    bodies = {path.stem: alike_benchmark.body(path) for path in sorted(exemplars.glob("e*.txt"))}
    class_ = alike_benchmark.make_class(bodies, random.Random(99))  # a class that the benchmark does not make
    masks = similarity.topic_masks(alike_benchmark.load_topic(exemplars.parent))
    essays = [alike_benchmark.words(name, text, masks) for name, text in class_.essays.items()]
    assert len(essays) == 60
    assert {(pair.first, pair.second) for pair in alike(essays)} == class_.copied.keys()
