"""Whether this question is answered, or a neighbouring one."""

from __future__ import annotations

from essay_marker.assess.answering import CRITERIA
from essay_marker.assess.criterion import Seen

from .building import Said, case

(CRITERION,) = CRITERIA
FIRST = Said("How far de-Stalinisation went can be seen from the way in which Khrushchev fell.")
OTHER = Said("The plotters gathered votes, and Brezhnev and Kosygin were ready to take his place.")
FACT = Said("Nothing of this kind had been known to happen in the party for a generation.")
OWN = Said("Khrushchev had emptied the camps that Stalin filled, and nobody could fill them again.")


def seen(*said: Said) -> Seen:
    found = CRITERION.look(case(said))
    assert found is not None
    return found


def test_a_neighbouring_question_is_known_by_what_is_said_after_the_first_sentence() -> None:
    found = seen(FIRST, OTHER, FACT, OTHER, FACT)
    assert found.value == 0.0
    assert len(found.spans) == 2
    assert "1964" in found.text


def test_who_names_what_the_question_is_about_answers_it() -> None:
    assert seen(FIRST, OTHER, OWN, OTHER, FACT).value == 1.0


def test_who_speaks_of_no_other_question_answers_this_one_in_whatever_words() -> None:
    assert seen(FIRST, FACT, FACT, FACT, FACT).value == 1.0
