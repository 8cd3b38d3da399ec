"""What the learned taggers look at: a fixed list of names, and numbers within their bounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from essay_marker.annotate import Annotator
from essay_marker.annotate.features import FEATURES
from essay_marker.annotate.patterns import cues, tag_weights
from essay_marker.annotate.signals import signal_names, signals
from essay_marker.annotate.tagging import SentenceTags
from essay_marker.annotate.themes import ThemesFound
from essay_marker.read import read_file
from essay_marker.topic import load_topic

from ..learning import tagged, topic, weighed

#: Timed, coursework with references, and very short.
ESSAYS = ("e01", "e08", "e53")
TWO_THEMES = topic()
TOPICAL = tag_weights().signals.topical


def values(*sentences: SentenceTags) -> list[dict[str, float]]:
    """Each sentence's signals by name."""
    names = signal_names(TWO_THEMES)
    return [dict(zip(names, row, strict=True)) for row in signals(sentences, TWO_THEMES).tolist()]


# --- the names ------------------------------------------------------------------------------------------------------


def test_every_name_stands_once() -> None:
    names = signal_names(load_topic("khrushchev-destalinisation"))
    assert len(set(names)) == len(names)


def test_the_names_come_from_the_pattern_files_and_the_topic_in_one_order() -> None:
    names = signal_names(TWO_THEMES)
    assert names[: len(FEATURES)] == FEATURES
    assert set(names[len(FEATURES) :]) >= {f"cue_{cue}" for cue in cues().jobs}
    assert names[-6:] == (
        "theme_terror",
        "theme_thaw",
        "terms_terror",
        "terms_thaw",
        "paragraph_terror",
        "paragraph_thaw",
    )
    rest = names[len(FEATURES) + len(cues().jobs) : -6]
    assert rest == (
        *("role_evidence", "role_claim", "role_analysis", "role_evaluation", "role_context"),
        *("stance_success", "stance_limitation", "stance_mixed", "stance_none"),
        *("judgement", "success", "limitation", "own_success", "own_limitation", "balance", "two_sided", "events"),
        *("balance_before", "balance_after", "balance_paragraph"),
        *("quoted_share", "length", "place", "references"),
    )


# --- the numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ESSAYS)
def test_whatever_an_essay_holds_is_in_the_list_and_within_its_bounds(
    by_patterns: Annotator, exemplars: Path, name: str
) -> None:
    doc = by_patterns.doc(read_file(exemplars / f"{name}.txt"))
    sentences = [s._.tags for s in doc.sents if s.text.strip()]
    names = signal_names(by_patterns.topic)
    assert {feature for tags in sentences for feature in tags.features} <= set(names)
    found = signals(sentences, by_patterns.topic)
    assert found.shape == (len(sentences), len(names))
    themes = tuple(theme.id for theme in by_patterns.topic.themes)
    both_ways = {"balance", "balance_before", "balance_after", "balance_paragraph"}
    for column, signal in enumerate(names):
        low = -2.0 if signal == "events" else -1.0 if signal in both_ways else 0.0
        topical = signal.startswith(("theme_", "terms_", "paragraph_")) and signal.endswith(themes)
        high = TOPICAL if topical else 2.0 if signal == "events" else 1.0
        assert low <= found[:, column].min() <= found[:, column].max() <= high, signal
    assert (np.count_nonzero(found, axis=1) > 5).all()  # no sentence is seen as nothing


def test_no_sentence_gives_no_row() -> None:
    assert signals([], TWO_THEMES).shape == (0, len(signal_names(TWO_THEMES)))


def test_a_feature_without_a_name_is_a_mistake_and_not_dropped() -> None:
    with pytest.raises(KeyError, match="new_feature"):
        signals([tagged(features={"new_feature": 1.0})], TWO_THEMES)


def test_what_patterns_said_is_seen() -> None:
    sentence = tagged(
        features={"date": 1.0, "role_analysis": 1.0, "citation": 0.25},
        stance="mixed",
        judgement=True,
        quoted_share=0.4,
        terms=ThemesFound(("thaw",), {"thaw": 1.5, "terror": 9.0}, {"thaw": 0.75}),
        themes=("terror",),  # what decides in the end is not what is seen
    )
    (found,) = values(sentence)
    expected = {"date": 1.0, "role_analysis": 1.0, "citation": 0.25, "stance_mixed": 1.0, "judgement": 1.0}
    expected |= {"quoted_share": 0.4, "length": 12 / 60, "theme_thaw": TOPICAL, "paragraph_thaw": 0.75 * TOPICAL}
    expected |= {"terms_thaw": 0.5 * TOPICAL, "terms_terror": TOPICAL}
    assert {name: value for name, value in found.items() if value} == pytest.approx(expected)


def test_more_than_the_most_says_nothing_new() -> None:
    (much,) = values(tagged(polarity=weighed(30.0, 1.5, events=9.0), tokens=600))
    assert (much["success"], much["own_success"], much["length"]) == (1.0, 1.0, 1.0)
    assert (much["limitation"], much["two_sided"]) == (0.5, 1.0)
    assert (much["balance"], much["events"]) == (1.0, 2.0)
    (other,) = values(tagged(polarity=weighed(0.0, 30.0, events=-9.0)))
    assert (other["balance"], other["events"]) == (-1.0, -2.0)


def test_neighbours_count_within_the_paragraph() -> None:
    found = values(
        tagged(polarity=weighed(2.0)),
        tagged(polarity=weighed(0.0, 1.0)),
        tagged(polarity=weighed(1.0), paragraph=1),
    )
    assert [s["balance_before"] for s in found] == [0.0, 1.0, 0.0]
    assert [s["balance_after"] for s in found] == [-0.5, 0.0, 0.0]
    assert [s["balance_paragraph"] for s in found] == [0.25, 0.25, 0.5]


def test_the_place_in_the_essay_and_the_habit_of_citing() -> None:
    found = values(tagged(paragraph=-1), *(tagged(paragraph=i, cited=i == 2) for i in range(4)))
    assert [s["place"] for s in found] == [0.0, 0.0, 0.25, 0.5, 0.75]
    assert {s["references"] for s in found} == {0.25}, "a title is no sentence that could cite"
