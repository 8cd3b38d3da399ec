"""Stance: from the polarity of sentences, their roles and their place to what each says of the success."""

from __future__ import annotations

import pytest

from essay_marker.annotate.patterns import StanceWeights
from essay_marker.annotate.polarity import Polarity
from essay_marker.annotate.stance import StanceInput, stances
from essay_marker.records import Role, Stance

WEIGHTS = StanceWeights(
    carry=0.6,
    sure=0.25,
    mixed=0.5,
    mixed_evidence=0.5,
    carry_cap=1.5,
    telling=0.1,
    telling_sure=1.0,
    events=1.0,
    most_events=2.0,
)


def said(
    role: Role,
    success: float = 0,
    limitation: float = 0,
    *cues: str,
    events: float = 0,
    paragraph: int = 0,
    themes: int = 1,
) -> StanceInput:
    polarity = Polarity(success, limitation, success, limitation, bool(success and limitation), events)
    return StanceInput(paragraph, role, role == "evaluation", frozenset(cues), polarity, themes)


ALONE: list[tuple[StanceInput, Stance]] = [
    (said("claim", 1), "success"),
    (said("claim", 0, 1), "limitation"),
    (said("claim"), "none"),
    (said("context", 2), "none"),
    (said("context", 2, 0, "two_sided"), "mixed"),
    (said("claim", 1, 1, "contrast"), "mixed"),
    (said("claim", 2, 0.5, "contrast"), "success"),
    (said("claim", 0, 1, "contrast", themes=2), "mixed"),
    (said("claim", 1, 0, "two_sided"), "mixed"),
    (said("evaluation", 1, 0, "concession"), "mixed"),
    (said("evaluation", 1, 1), "mixed"),
    (said("evidence", 1, 1, "contrast"), "mixed"),
    (said("evidence", 0, 0, "two_sided"), "none"),
    (said("claim", events=-1), "limitation"),
    (said("claim", 3, events=-9), "success"),
]


@pytest.mark.parametrize(("sentence", "stance"), ALONE)
def test_a_sentence_by_itself(sentence: StanceInput, stance: Stance) -> None:
    assert stances([sentence], WEIGHTS) == [stance]


def test_a_sentence_that_says_nothing_stands_where_its_paragraph_stands() -> None:
    claim, analysis = said("claim", 1), said("analysis")
    assert stances([claim, analysis], WEIGHTS) == ["success", "success"]
    assert stances([claim, analysis._replace(paragraph=1)], WEIGHTS) == ["success", "none"]
    assert stances([claim, said("analysis", 0, 0, "opener_contrast")], WEIGHTS) == ["success", "none"]
    assert stances([claim, said("analysis", 0, 3), analysis], WEIGHTS) == ["success", "limitation", "limitation"]


def test_a_fact_in_a_paragraph_that_only_tells_has_to_speak_plainly() -> None:
    faint, plain = said("evidence", 0.5), said("evidence", 1)
    assert stances([faint, plain], WEIGHTS) == ["none", "success"]
    assert stances([faint, said("analysis", 1)], WEIGHTS) == ["success", "success"]
