"""Examples for a whole class: short, whole, from different essays, and nobody is named in them."""

from __future__ import annotations

import pytest

from essay_marker.batch.examples import Example, Names, chosen

NOBODY = Names([])
FAR = "The council met in the old town hall and voted for the third plan after a long and noisy debate."
NEAR = (
    "The council met in the old town hall and voted for the third plan, since the first two had cost far more than"
    " anyone would pay."
)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Ada Lovelace", "It was Ada who said so.", True),
        ("Ada Lovelace", "It was LOVELACE, ADA who said so.", True),
        ("Ada Lovelace", "lovelaceada wrote this.", True),
        ("Ada Lovelace", "The Canada that he left was cold.", False),
        ("Zoë Ní Dhomhnaill", "As Dhomhnaill shows.", True),
        ("=Ugo Bellweather", "Bellweather wrote it.", True),
        ("May Day", "The marches of May were long.", True),  # better one example less
        ("lovelaceada", "Written by Lovelaceada in May.", True),
        ("essay 3 final", "The essay had a final paragraph.", False),
        ("Ada Lovelace", "By ███ ████████.", True),
    ],
)
def test_names_are_seen_whole_and_in_parts(name: str, text: str, named: bool) -> None:
    assert Names([name]).are_in(text) is named


def test_examples_are_of_a_usual_length_and_from_different_essays() -> None:
    pairs = [("a", FAR), ("a", NEAR), ("b", NEAR), ("c", FAR), ("d", "Too short.")]
    found = [Example(id_, words, 1.0) for id_, words in pairs]
    assert chosen(found, NOBODY, 5) == (NEAR, FAR)
    assert chosen(found, NOBODY, 1) == (NEAR,)


def test_the_clearest_example_comes_first_whatever_its_length() -> None:
    assert chosen([Example("a", NEAR, -1.9), Example("b", FAR, -1.1)], NOBODY, 1) == (FAR,)


@pytest.mark.parametrize(
    "piece",
    [
        "which suggests that the council met in the old town hall and voted for the plan.",
        "The council met in the old town hall and voted for the third plan, which",
        " ".join([FAR] * 4),
        "The council voted.",
    ],
)
def test_pieces_of_sentences_and_what_is_too_long_are_no_examples(piece: str) -> None:
    assert chosen([Example("a", piece, 1.0)], NOBODY, 1) == ()


def test_lines_are_joined_and_a_named_example_is_passed_over() -> None:
    assert chosen([Example("a", FAR.replace(" and ", "\n and "), 1.0)], NOBODY, 1) == (FAR,)
    named = [Example("a", FAR, 1.0), Example("b", NEAR.replace("council", "Smiths"), 1.0)]
    assert chosen(named, Names(["Jo Smiths"]), 2) == (FAR,)
