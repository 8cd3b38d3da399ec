"""Themes of sentences: terms, exceptions, and what a sentence takes over from those around it."""

from __future__ import annotations

import pytest

from essay_marker.annotate.patterns import ThemeWeights
from essay_marker.annotate.themes import ThemeFinder, ThemeInput
from essay_marker.topic import load_topic

# A strong term is enough, a supporting one is enough only with what the paragraph lends.
WEIGHTS = ThemeWeights(threshold=1.0, strong=1.0, supporting=0.5, paragraph=0.9, combination=1.0, carried=0.34)
FINDER = ThemeFinder(load_topic("khrushchev-destalinisation"), WEIGHTS)

TERROR = "The Gulag was emptied and the secret police lost their power."


def alone(text: str) -> tuple[str, ...]:
    """The themes of a sentence in a conclusion, where nothing is lent to it."""
    return FINDER.find([ThemeInput(text, 0, points_back=False, general=False, frame=True)])[0].themes


def in_order(*sentences: ThemeInput) -> list[tuple[str, ...]]:
    return [found.themes for found in FINDER.find(sentences)]


def said(
    text: str, paragraph: int = 1, *, points_back: bool = False, general: bool = False, frame: bool = False
) -> ThemeInput:
    return ThemeInput(text, paragraph, points_back, general, frame)


SENTENCES = [
    (TERROR, "terror"),
    ("Writers could publish what the censors had banned.", "thaw"),
    ("The thaw in the Cold War began at Geneva.", "foreign_policy"),
    ("The thaw came to an end.", "thaw"),
    ("The Red Terror was the work of Lenin.", "leninist_continuity"),
    ("The release of the film was delayed.", "thaw"),
    ("Solzhenitsyn wrote on after his release, when he was rehabilitated.", "terror"),
    ("The Virgin Lands gave one great harvest.", "economy"),
    ("Tanks put down the rising in Hungary.", "foreign_policy"),
    ("The regional sovnarkhozy cut across the plan.", "economy"),
    ("A novel about the labour camps was printed in Novy Mir.", "thaw"),
    ("The weather in Moscow was cold.", ""),
]


@pytest.mark.parametrize(("text", "theme"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_the_leading_theme_of_a_sentence(text: str, theme: str) -> None:
    core = [t for t in alone(text) if t in {"terror", "thaw", "economy", "foreign_policy", "leninist_continuity"}]
    assert core == ([theme] if theme else [])


def test_a_sentence_may_have_several_themes() -> None:
    assert {"terror", "economy"} <= set(alone("The Gulag was emptied and the Virgin Lands were ploughed."))


def test_a_historian_in_a_citation_would_be_no_theme_because_citations_are_blank() -> None:
    assert alone("               ") == ()


def test_a_sentence_that_points_back_takes_over_the_theme_of_the_one_before() -> None:
    assert in_order(said(TERROR), said("This mattered.", points_back=True))[1] == in_order(said(TERROR))[0]


def test_nothing_is_taken_over_across_paragraphs_or_where_the_whole_is_meant() -> None:
    assert in_order(said(TERROR), said("This mattered.", 2, points_back=True))[1] == ()
    assert in_order(said(TERROR), said("On the whole it did well.", general=True))[1] == ()


def test_a_supporting_term_counts_only_in_a_paragraph_on_its_theme() -> None:
    vague = "Many were innocent of everything."
    assert alone(vague) == ()
    assert in_order(said(TERROR), said(vague))[1] == ("terror",)
    assert in_order(said(TERROR), said(vague, 2))[1] == ()
    assert in_order(said(TERROR, frame=True), said(vague, frame=True))[1] == ()


def test_a_sentence_without_terms_belongs_to_what_its_paragraph_is_about() -> None:
    nothing = "Nobody had expected that."
    assert in_order(said(TERROR), said("The KGB was put under the party."), said(nothing))[2] == ("terror",)
    assert in_order(said(TERROR, frame=True), said(nothing, frame=True))[1] == ()


def test_one_term_said_twice_counts_once() -> None:
    once, twice = "He spoke of violence.", "He spoke of violence and again of violence."
    assert alone(once) == alone(twice) == ()


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("The Central Committee voted to keep him.", {"leninist_continuity"}),
        ("He wished to save the good name of the party.", {"leninist_continuity"}),
        ("Malenkov was sent to run a power station in Kazakhstan.", {"terror"}),
        ("In 1964 he was given a pension and a dacha.", {"terror"}),
        ("A new law on pensions came in.", {"economy"}),
        ("It was a story of a prisoner for Novy Mir.", {"thaw"}),
        ("That was achieved at a price.", set()),
    ],
)
def test_words_together_say_what_each_alone_does_not(text: str, themes: set[str]) -> None:
    core = {t for t in alone(text) if t in {"terror", "thaw", "economy", "foreign_policy", "leninist_continuity"}}
    assert core == themes


def test_one_half_of_a_combination_is_not_enough() -> None:
    assert alone("The mood of the meeting was one of trust.") == ()
