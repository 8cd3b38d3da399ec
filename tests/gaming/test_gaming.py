"""No trick pays, on twelve exemplars of different kinds; ``benchmarks/gaming.py`` asks the same of all of them.

What is done, and what it may do, stands in ``table.py``.
"""

from __future__ import annotations

import pytest

from . import changes
from .essays import Pieces, Sentence, foreign_body
from .language import american, mistyped, other_marks, salad, swapped, wrapped
from .page import PAGE, page
from .runner import EXEMPLARS, Outcome, run_all
from .summary import neighbour_misses, summaries
from .table import NEIGHBOURS, ROWS, Row

#: Timed essays and coursework of every level, long and short, with and without historians, by different voices.
TWELVE = ("e01", "e02", "e03", "e08", "e11", "e17", "e19", "e34", "e51", "e55", "e59", "e61")


@pytest.fixture(scope="session")
def outcomes() -> list[Outcome]:
    """Every change of the twelve."""
    return run_all([EXEMPLARS / f"{name}.txt" for name in TWELVE])


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_change_does_no_more_than_it_may(row: Row, outcomes: list[Outcome]) -> None:
    (summary,) = summaries(outcomes, (row,))
    assert summary.essays == len(TWELVE)
    assert not summary.missed


def test_an_answer_to_a_neighbouring_question_stays_low_and_is_sent_to_a_person(outcomes: list[Outcome]) -> None:
    assert {o.essay for o in outcomes if o.change == "neighbour"} == {n.text for n in NEIGHBOURS}
    assert not neighbour_misses(outcomes)


def test_every_withheld_mark_gives_its_reason(outcomes: list[Outcome]) -> None:
    withheld = [o for o in outcomes if o.after is None]
    assert withheld
    assert all(o.withheld and o.message for o in withheld)


# --- the changes do what they say -----------------------------------------------------------------------------------


@pytest.fixture
def essay() -> Pieces:
    def said(*texts: str) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(t, "analysis" if t.startswith("This shows") else "claim", t.startswith("Overall")) for t in texts
        )

    paragraphs = (
        said("Terror ended in March 1953.", "This shows that the organisation of fear had lost its centre."),
        said("The thaw began in 1954.", "It was 'partial' and nobody realised how soon it would stop."),
        said("Overall he succeeded in part."),
    )
    return Pieces("x", "How far did he succeed?", paragraphs, "Bibliography\nOne, A. (1999) Work. London: Press.")


def test_every_change_changes_something(essay: Pieces) -> None:
    same = changes.unchanged(essay)
    assert same.startswith("How far did he succeed?\n\nTerror ended")
    for row in ROWS:
        if not row.again:
            assert row.change(essay) != same, row.id


def test_a_change_is_the_same_whenever_it_is_made(essay: Pieces) -> None:
    assert [row.change(essay) for row in ROWS] == [row.change(essay) for row in ROWS]


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


def test_what_is_cut_is_gone(essay: Pieces) -> None:
    assert "This shows" not in changes.without_analysis(essay)
    assert "Overall" not in changes.without_conclusion(essay)
    assert "Terror ended" in changes.without_analysis(essay)


def test_dates_are_made_wrong(essay: Pieces) -> None:
    assert "August 1960" in changes.wrong_dates(essay)
    assert "1953" not in changes.wrong_dates(essay)


def test_american_spelling() -> None:
    assert american("He organised labour and criticised the programme.") == (
        "He organized labor and criticized the program."
    )
    assert american("Otherwise it was a wise compromise, and promises raised hopes.") == (
        "Otherwise it was a wise compromise, and promises raised hopes."
    )


def test_typing_errors_come_in_one_word_of_so_many() -> None:
    text = " ".join(["something"] * 80)
    changed = mistyped(text, Pieces("x", "", (), "").chance("typing"))
    assert sum(word != "something" for word in changed.split()) == 2


def test_marks_and_lines() -> None:
    assert other_marks('He said "no" to Stalin\'s men.') == "He said “no” to Stalin’s men."
    assert other_marks("He said “no” to Stalin’s men.") == 'He said "no" to Stalin\'s men.'
    assert max(map(len, wrapped("word " * 50).split("\n"))) <= 72


def test_nonsense_keeps_the_words() -> None:
    chance = Pieces("x", "", (), "").chance("nonsense")
    sentences = ["The harvest failed in Kazakhstan.", "The censor printed a novel about the camps."]
    words = sorted(" ".join(sentences).replace(".", "").lower().split())
    for nonsense in (salad(sentences, chance), swapped(sentences, chance)):
        assert sorted(" ".join(nonsense).replace(".", "").lower().split()) == words


def test_a_quarter_is_a_quarter(essay: Pieces) -> None:
    long = Pieces("x", "", essay.paragraphs * 20, "")
    more = len(str(changes.foreign_at("civil-war", "end")(long)).split()) - long.words
    assert 0.24 <= more / (more + long.words) <= 0.29
    assert not foreign_body("civil-war")[0].endswith("?")


def test_the_page_says_what_is_tried() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again: python -m tests.gaming.page"
