"""Polarity: words with their scope in the parse. Parses are written by hand, the word lists are a handful."""

from __future__ import annotations

import pytest

from essay_marker.annotate.patterns import PolarityWeights, PolarityWords
from essay_marker.annotate.polarity import Polarity, PolarityFinder

from .building import parsed

WORDS = PolarityWords(
    success=("success", "succeed", "triumph", "improve"),
    limitation=("fail", "failure", "reverse", "cannot", "never", "never question", "not go far", "shot"),
    ills=("terror", "camp"),
    goods=("freedom",),
    reducers=("end", "close"),
    keepers=("return", "keep", "grow"),
    negators=("not", "no", "hardly", "never", "neither", "nor", "far from", "anything but"),
    intentions=("seek",),
    other_sense=("succeeded Stalin", "not only"),
)
WEIGHTS = PolarityWeights(reach=4, concession=0.5, faint=0.5)
FINDER = PolarityFinder(WORDS, WEIGHTS, [("terror", "not shot", True), ("terror", "emptied", True)])

PLAIN = "It it nsubj 1 | was be ROOT 1 | a a det 3 | success success attr 1 | . . punct 1"
LOSERS = "Losers loser nsubjpass 3 | were be auxpass 3 | not not neg 3 | shot shoot ROOT 3 VERB | . . punct 3"

SIDES = [
    ("It was a success.", PLAIN, 1, 0),
    (
        "It was hardly a success.",
        "It it nsubj 1 | was be ROOT 1 | hardly hardly advmod 1 | a a det 4 | success success attr 1 | . . punct 1",
        0,
        1,
    ),
    (
        "It was anything but a success.",
        "It it nsubj 1 | was be ROOT 1 | anything anything attr 1 | but but prep 2 | a a det 5 | success success pobj 3"
        " | . . punct 1",
        0,
        1,
    ),
    (
        "It was far from a success.",
        "It it nsubj 1 | was be ROOT 1 | far far advmod 1 | from from prep 2 | a a det 5 | success success pobj 3"
        " | . . punct 1",
        0,
        1,
    ),
    (
        "It was not only a success but a triumph.",
        "It it nsubj 1 | was be ROOT 1 | not not neg 1 | only only advmod 2 | a a det 5 | success success attr 1"
        " | but but cc 5 | a a det 8 | triumph triumph conj 5 | . . punct 1",
        2,
        0,
    ),
    (
        "It was not a failure but a success.",
        "It it nsubj 1 | was be ROOT 1 | not not neg 1 | a a det 4 | failure failure attr 1 | but but cc 4"
        " | a a det 7 | success success conj 4 | . . punct 1",
        2,
        0,
    ),
    (
        "It was neither a success nor a failure.",
        "It it nsubj 1 | was be ROOT 1 | neither neither preconj 4 | a a det 4 | success success attr 1 | nor nor cc 4"
        " | a a det 7 | failure failure conj 4 | . . punct 1",
        1,
        1,
    ),
    (
        "He failed to improve it.",
        "He he nsubj 1 | failed fail ROOT 1 VERB | to to aux 3 | improve improve xcomp 1 VERB | it it dobj 3"
        " | . . punct 1",
        0,
        1,
    ),
    (
        "The thaw failed and was reversed.",
        "The the det 1 | thaw thaw nsubj 2 | failed fail ROOT 2 VERB | and and cc 2 | was be auxpass 5"
        " | reversed reverse conj 2 VERB | . . punct 2",
        0,
        2,
    ),
    (
        "He succeeded Stalin.",
        "He he nsubj 1 | succeeded succeed ROOT 1 VERB | Stalin Stalin dobj 1 | . . punct 1",
        0,
        0,
    ),
    ("He succeeded.", "He he nsubj 1 | succeeded succeed ROOT 1 VERB | . . punct 1", 1, 0),
    (
        "He ended terror.",
        "He he nsubj 1 | ended end ROOT 1 VERB | terror terror dobj 1 | . . punct 1",
        1,
        0,
    ),
    (
        "He did not end terror.",
        "He he nsubj 3 | did do aux 3 | not not neg 3 | end end ROOT 3 VERB | terror terror dobj 3 | . . punct 3",
        0,
        1,
    ),
    (
        "He failed to end terror.",
        "He he nsubj 1 | failed fail ROOT 1 VERB | to to aux 3 | end end xcomp 1 VERB | terror terror dobj 3"
        " | . . punct 1",
        0,
        1,
    ),
    (
        "It was a return to terror.",
        "It it nsubj 1 | was be ROOT 1 | a a det 3 | return return attr 1 | to to prep 3 | terror terror pobj 4"
        " | . . punct 1",
        0,
        1,
    ),
    (
        "There was no return to terror.",
        "There there expl 1 | was be ROOT 1 VERB | no no det 3 | return return attr 1 | to to prep 3"
        " | terror terror pobj 4 | . . punct 1",
        1,
        0,
    ),
    ("There was terror.", "There there expl 1 | was be ROOT 1 VERB | terror terror attr 1 | . . punct 1", 0, 0),
    ("Terror ended.", "Terror terror nsubj 1 | ended end ROOT 1 VERB | . . punct 1", 1, 0),
    ("Freedom grew.", "Freedom freedom nsubj 1 | grew grow ROOT 1 VERB | . . punct 1", 1, 0),
    (
        "Terror never returned.",
        "Terror terror nsubj 2 | never never neg 2 | returned return ROOT 2 VERB | . . punct 2",
        1,
        0,
    ),
    (
        "Terror closed churches.",
        "Terror terror nsubj 1 | closed close ROOT 1 VERB | churches church dobj 1 | . . punct 1",
        0,
        0,
    ),
    (
        "He sought to end terror.",
        "He he nsubj 1 | sought seek ROOT 1 VERB | to to aux 3 | end end xcomp 1 VERB | terror terror dobj 3"
        " | . . punct 1",
        0,
        0,
    ),
    (
        "It did not go far.",
        "It it nsubj 3 | did do aux 3 | not not neg 3 | go go ROOT 3 VERB | far far advmod 3 | . . punct 3",
        0,
        1,
    ),
    (
        "He never questioned it.",
        "He he nsubj 2 | never never neg 2 | questioned question ROOT 2 VERB | it it dobj 2 | . . punct 2",
        0,
        2,  # for the phrase and for "never", which turns nothing round here
    ),
    (
        "Although terror ended, plans failed.",
        "Although although mark 2 | terror terror nsubj 2 | ended end advcl 5 VERB | , , punct 5 | plans plan nsubj 5"
        " | failed fail ROOT 5 VERB | . . punct 5",
        0.5,
        1,
    ),
    (
        "It failed because terror returned.",
        "It it nsubj 1 | failed fail ROOT 1 VERB | because because mark 4 | terror terror nsubj 4"
        " | returned return advcl 1 VERB | . . punct 1",
        0,
        2,
    ),
]


def weigh(table: str, *themes: str, quoted: range = range(0)) -> Polarity:
    sentence = parsed(table)
    return FINDER.weigh(sentence, [i in quoted for i in range(len(sentence))], themes)


@pytest.mark.parametrize(("sentence", "table", "success", "limitation"), SIDES, ids=[row[0] for row in SIDES])
def test_what_a_sentence_says_for_either_side(sentence: str, table: str, success: float, limitation: float) -> None:
    assert parsed(table).text.replace(" ,", ",").replace(" .", ".") == sentence
    found = weigh(table)
    assert (found.success, found.limitation) == (success, limitation)
    assert found.balance == success - limitation


def test_the_longer_of_two_terms_says_what_is_meant() -> None:
    assert weigh(LOSERS, "terror").balance == 1  # "not shot", a term of the theme, holds "shot"


def test_terms_of_a_theme_count_in_sentences_on_it_alone() -> None:
    table = "Camps camp nsubj 1 | emptied empty ROOT 1 VERB | . . punct 1"
    assert weigh(table, "terror").success == 1
    assert weigh(table).success == 0
    assert weigh(table, "economy").success == 0


def test_quoted_words_are_not_the_writers_own() -> None:
    quoted = weigh(PLAIN, quoted=range(2, 4))
    assert (quoted.success, quoted.own_success) == (1, 0)
    own = weigh(PLAIN)
    assert (own.success, own.own_success) == (1, 1)


def test_both_sides_are_seen_before_a_concession_is_weighed_down() -> None:
    conceding = next(table for sentence, table, _, _ in SIDES if sentence.startswith("Although"))
    assert weigh(conceding).two_sided
    assert not weigh(PLAIN).two_sided


OLD_DAYS = PolarityFinder(
    PolarityWords(
        success=("release",),
        limitation=("arrest", "ban"),
        faint_success=("well",),
        faint_limitation=("slow",),
        ills=(),
        goods=(),
        reducers=(),
        keepers=(),
        negators=("not", "never"),
        intentions=(),
        other_sense=(),
        counterfactual=("would never have",),
        old_days=("Stalin", "1937"),
    ),
    WEIGHTS,
    [("thaw", "Manezh", False), ("thaw", "Novy Mir", True), ("thaw", "hounded", False)],
)

OLD = [
    (
        "Stalin arrested writers.",
        "Stalin Stalin nsubj 1 | arrested arrest ROOT 1 VERB | writers writer dobj 1 | . . punct 1",
        0,
    ),
    (
        "Khrushchev arrested writers.",
        "Khrushchev Khrushchev nsubj 1 | arrested arrest ROOT 1 VERB | writers writer dobj 1 | . . punct 1",
        -1,
    ),
    (
        "Writers were arrested under Stalin.",
        "Writers writer nsubjpass 2 | were be auxpass 2 | arrested arrest ROOT 2 VERB | under under prep 2"
        " | Stalin Stalin pobj 3 | . . punct 2",
        0,
    ),
    (
        "Writers were arrested by Stalin.",
        "Writers writer nsubjpass 2 | were be auxpass 2 | arrested arrest ROOT 2 VERB | by by agent 2"
        " | Stalin Stalin pobj 3 | . . punct 2",
        0,
    ),
    (
        "Writers were arrested as under Stalin.",
        "Writers writer nsubjpass 2 | were be auxpass 2 | arrested arrest ROOT 2 VERB | as as prep 2"
        " | under under prep 2 | Stalin Stalin pobj 4 | . . punct 2",
        -1,
    ),
    (
        "Stalin would never have done it.",
        "Stalin Stalin nsubj 4 | would would aux 4 | never never neg 4 | have have aux 4 | done do ROOT 4 VERB"
        " | it it dobj 4 | . . punct 4",
        1,
    ),
    (
        "They would never have done it.",
        "They they nsubj 4 | would would aux 4 | never never neg 4 | have have aux 4 | done do ROOT 4 VERB"
        " | it it dobj 4 | . . punct 4",
        0,
    ),
    (
        "In 1937 they would never have banned it.",
        "In in prep 6 | 1937 1937 pobj 0 | they they nsubj 6 | would would aux 6 | never never neg 6 | have have aux 6"
        " | banned ban ROOT 6 VERB | it it dobj 6 | . . punct 6",
        2,  # for the contrast, and for the ban that is denied
    ),
    ("It went slow.", "It it nsubj 1 | went go ROOT 1 VERB | slow slow advmod 1 | . . punct 1", -0.5),
    ("It went well.", "It it nsubj 1 | went go ROOT 1 VERB | well well advmod 1 | . . punct 1", 0.5),
    (
        "They did not go and prisoners were released.",
        "They they nsubj 3 | did do aux 3 | not not neg 3 | go go ROOT 3 VERB | and and cc 3"
        " | prisoners prisoner nsubjpass 7 | were be auxpass 7 | released release conj 3 VERB | . . punct 3",
        1,  # what is denied of the first verb is not denied of the second
    ),
]


@pytest.mark.parametrize(("sentence", "table", "balance"), OLD, ids=[row[0] for row in OLD])
def test_the_old_days_and_faint_words(sentence: str, table: str, balance: float) -> None:
    sent = parsed(table)
    assert sent.text.replace(" .", ".") == sentence
    assert OLD_DAYS.weigh(sent, [False] * len(sent), ()).balance == balance


def test_names_of_events_are_counted_by_themselves() -> None:
    sent = parsed(
        "Artists artist nsubjpass 2 | were be auxpass 2 | hounded hound ROOT 2 VERB | at at prep 2"
        " | Manezh Manezh pobj 3"
    )
    found = OLD_DAYS.weigh(sent, [False] * len(sent), ("thaw",))
    assert (found.limitation, found.own_limitation, found.events) == (1, 1, -1)
    assert OLD_DAYS.weigh(sent, [False] * len(sent), ("economy",)).events == 0
    novel = parsed("Novy Novy compound 1 | Mir Mir nsubj 2 | appeared appear ROOT 2 VERB")
    assert OLD_DAYS.weigh(novel, [False] * 3, ("thaw",)).events == 1


def test_signs_name_the_words_and_what_they_weigh() -> None:
    sent = parsed("It it nsubj 1 | went go ROOT 1 VERB | slow slow advmod 1 | . . punct 1")
    assert [(sign.words, sign.weight) for sign in OLD_DAYS.signs(sent, ())] == [("slow", -0.5)]
