"""Balance: words for either side, the verdict, and counter-arguments that are met."""

from __future__ import annotations

import pytest

from essay_marker.assess import balance
from essay_marker.assess.balance import counter_arguments, verdict_index
from essay_marker.records import span_of

from .building import Said, analysis, case, claim, context, essay, evidence


def sides(*said: Said) -> tuple[int, int]:
    found = balance(essay(list(said)))
    conclusion = balance(essay([context()]))  # the words of the frame, which argues for both
    return (
        found.success_words - conclusion.success_words,
        found.limitation_words - conclusion.limitation_words,
    )


def test_words_count_for_the_side_they_argue_for() -> None:
    ten = claim("success")
    words = len(ten.text.split())
    assert sides(ten) == (words, 0)
    assert sides(claim("limitation"), claim("limitation")) == (0, 2 * words)
    assert sides(claim("mixed")) == (words // 2, words // 2)
    assert sides(claim("none")) == (0, 0)


def test_only_the_writers_own_argument_counts() -> None:
    assert sides(context(stance="success")) == (0, 0)
    assert sides(claim(repeats=True), claim(prose=False), claim(title=True)) == (0, 0)
    whole, quoted = claim(), claim(quoted=4)
    assert sides(whole)[0] - sides(quoted)[0] == 4


def test_the_verdict_is_sought_in_the_last_paragraph_then_the_first_then_anywhere() -> None:
    first, middle, last = [claim("success")], [claim("limitation")], [claim("mixed")]
    assert verdict_index(case(first, middle, last)) == 2
    assert verdict_index(case(first, middle, [context()])) == 0
    assert verdict_index(case([context()], middle, [context()])) == 1
    assert verdict_index(case([context()], [evidence()], [context()])) is None
    assert balance(case([context()])).verdict is None


def test_the_most_direct_judgement_of_the_conclusion_is_the_verdict() -> None:
    plain, direct = claim(), claim("mixed", cues="overall extent focus")
    made = case([context()], [evidence()], [plain, direct, plain])
    found = balance(made).verdict
    assert found is not None
    assert (found.start, found.end, found.stance) == (made.sentences[3].start, made.sentences[3].end, "mixed")


def test_quoted_words_are_no_verdict() -> None:
    made = case([context()], [evidence()], [claim(quoted=8)])
    assert verdict_index(made) is None


TURN = claim("limitation", cues="counter_argument")


@pytest.mark.parametrize(
    ("before", "turn", "met"),
    [
        (claim("success"), TURN, True),
        (claim("mixed"), TURN, True),
        (context(), claim("mixed", cues="concession"), True),
        (claim("limitation"), TURN, False),  # the direction does not change
        (claim("success"), claim("limitation"), False),  # nothing turns
        (claim("success"), claim("none", cues="counter_argument"), False),
        (claim("success"), claim("limitation", themes="", cues="counter_argument"), False),  # of nothing
        (claim("success"), context(stance="limitation", cues="counter_argument"), False),
        (claim("success"), evidence(stance="limitation", cues="counter_argument"), False),  # tells what came next
        (claim("success"), evidence(stance="limitation", cues="counter_argument", judged=True), True),
        (claim("success"), claim("limitation", cues="counter_argument", quoted=8), False),
    ],
)
def test_a_counter_argument_turns_the_argument_and_says_something(before: Said, turn: Said, met: bool) -> None:
    made = essay([before, turn])
    assert counter_arguments(made) == ((2,) if met else ())
    assert balance(made).counter_arguments == ((span_of(made.sentences[2]),) if met else ())


def test_a_counter_argument_is_not_met_in_another_paragraph() -> None:
    assert counter_arguments(essay([claim("success")], [TURN])) == ()


def test_a_counter_argument_may_be_answered_behind_it() -> None:
    assert counter_arguments(essay([TURN, analysis("success")])) == (1,)
