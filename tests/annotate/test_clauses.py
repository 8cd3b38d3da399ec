"""A sentence cut into what it states, and what is asserted or denied of it; hand-made phrases, no topic."""

from __future__ import annotations

import pytest

from essay_marker.annotate.clauses import Clause, clauses


def parts(sentence: str, *names: str) -> list[str]:
    phrases = [(sentence.index(name), sentence.index(name) + len(name)) for name in names]
    found = [" ".join(clause.text[clause.low : clause.high].split()) for clause in clauses(sentence, phrases)]
    return [part for part in found if part]


def whole(sentence: str) -> Clause:
    return Clause(sentence, sentence, 0, len(sentence))


def test_it_cuts_at_stops_and_before_conjunctions() -> None:
    assert parts("stalin died in 1953, but beria lived; nobody knew") == [
        "stalin died in 1953",
        "but beria lived",
        "nobody knew",
    ]


def test_a_relative_clause_comes_with_what_it_relates_to() -> None:
    assert "berlin wall, which was built in 1961" in parts("the berlin wall, which was built in 1961", "berlin wall")
    assert "plan which began in 1959" in parts("he hated the plan which began in 1959", "plan")


def test_the_main_clause_comes_without_what_interrupts_it() -> None:
    found = parts("beria, whom by now everybody feared, was arrested in 1953", "beria")
    assert "beria was arrested in 1953" in found
    assert "in 1961 the body was moved" in parts("in 1961, only days after the congress, the body was moved")


def test_a_clause_without_a_subject_comes_with_the_one_before() -> None:
    assert "beria and was shot in december" in parts("beria fell in june, and was shot in december", "beria")


def test_offsets_are_those_of_the_sentence() -> None:
    sentence = "nagy, who had hoped, was hanged in 1958"
    for clause in clauses(sentence, [(0, 4)]):
        for date in clause.dates:
            assert sentence[date.start : date.end] == "1958"


@pytest.mark.parametrize(
    "sentence",
    [
        "was he removed in 1965?",
        "some claimed that he died in 1954",
        "had he died in 1952, nothing would remain",
        "if he had died in 1952",
        "he died in 1954, as one website says",
        "the view that he died in 1954 is wrong",
        "pupils were told he died in 1954",
        "many people think he died in 1954",
    ],
)
def test_what_the_writer_does_not_state(sentence: str) -> None:
    assert not whole(sentence).is_asserted()


@pytest.mark.parametrize(
    "sentence", ["he died in 1954", "it can be argued that he died in 1954", "so-called reforms came"]
)
def test_what_the_writer_states(sentence: str) -> None:
    assert whole(sentence).is_asserted()


def test_words_of_the_statement_itself_report_nothing() -> None:
    sentence = "the programme promised communism by 1970"
    assert not whole(sentence).is_asserted()
    assert whole(sentence).is_asserted((sentence.index("promised"), len(sentence)))
    assert whole("adopted in 1958, the programme promised much").is_asserted(until=15)


def test_denial() -> None:
    assert whole("he was not shot").denies(15, [])
    assert not whole("not until 1961 was it moved").denies(14, [])
    title = "not by bread alone came out"
    assert whole(title).denies(len(title), [])
    assert not whole(title).denies(len(title), [(0, 18)])


def test_quotation_marks() -> None:
    sentence = 'they say "it was 1962" of it'
    at = sentence.index("1962")
    assert whole(sentence).quotes(at, at + 4, [])
    title = 'he wrote "one day" then'
    at = title.index("one")
    assert not whole(title).quotes(at + 2, at + 7, [(at, at + 7)])


def test_what_somebody_was_promised_is_no_report() -> None:
    assert whole("nagy, who had been promised a safe conduct, was hanged in 1958").is_asserted()


def test_a_report_ends_at_a_turn() -> None:
    sentence = "everybody believed that he was safe, but in 1953 he was arrested"
    first, second = list(clauses(sentence, []))[:2]
    assert not first.is_asserted()
    assert second.is_asserted()


def test_a_date_before_when_is_also_that_of_what_follows() -> None:
    sentence = "the limits showed in 1958, when he won the prize"
    assert any(c.dates and "won the prize" in c.text[c.low : c.high] for c in clauses(sentence, []))
