"""Stance: what a sentence says or implies about how far de-Stalinisation succeeded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.annotate.patterns import StanceWeights
from essay_marker.annotate.polarity import Polarity
from essay_marker.records import Role, Stance

_ARGUING: frozenset[Role] = frozenset({"claim", "evaluation"})
_TURNING = frozenset({"contrast", "concession", "counter_argument"})


class StanceInput(NamedTuple):
    """What is looked at of a sentence."""

    paragraph: int
    role: Role
    judgement: bool
    cues: frozenset[str]
    polarity: Polarity
    themes: int


def stances(sentences: Sequence[StanceInput], weights: StanceWeights) -> list[Stance]:
    """The stance of every sentence of an essay, in order.

    Context has none, unless it says that it was some of both. A sentence that says nothing by itself stands where its
    paragraph stands; an opener of contrast takes that standing away first. In a paragraph that only tells, a fact has
    to speak plainly to have a stance.
    """
    telling = _telling(sentences, weights)
    found: list[Stance] = []
    carried, paragraph = 0.0, -2
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            carried, paragraph = 0.0, sentence.paragraph
        if sentence.role == "context" and "two_sided" not in sentence.cues:
            found.append("none")
            continue
        if "opener_contrast" in sentence.cues:
            carried = 0.0
        if _two_sided(sentence, weights):
            found.append("mixed")
            carried = 0.0
            continue
        arguing = sentence.role in _ARGUING
        events = weights.events * max(-weights.most_events, min(weights.most_events, sentence.polarity.events))
        total = sentence.polarity.balance + events + (0.0 if arguing else carried)
        plain = sentence.role == "evidence" and sentence.paragraph in telling
        needed = weights.telling_sure if plain else weights.sure
        if abs(total) < needed and not plain:
            total = carried
        if abs(total) < needed:
            found.append("none")
            carried *= weights.carry
            continue
        found.append("success" if total > 0 else "limitation")
        carried = max(-weights.carry_cap, min(weights.carry_cap, total)) * (1.0 if arguing else weights.carry)
    return found


def _two_sided(sentence: StanceInput, weights: StanceWeights) -> bool:
    """Whether the sentence speaks for both sides: says so, or turns from one to the other."""
    arguing = sentence.role in _ARGUING
    if "two_sided" in sentence.cues and sentence.role != "evidence":
        return True
    turns = not sentence.cues.isdisjoint(_TURNING)
    polarity = sentence.polarity
    if turns and sentence.role == "evaluation":  # to weigh is to look at both sides
        return True
    if arguing and turns and sentence.themes > 1 and (polarity.success or polarity.limitation):
        return True
    weaker, stronger = sorted((polarity.success, polarity.limitation))
    share = weights.mixed if arguing else weights.mixed_evidence
    return polarity.two_sided and (turns or sentence.role == "evaluation") and weaker >= share * stronger


def _telling(sentences: Sequence[StanceInput], weights: StanceWeights) -> frozenset[int]:
    """The paragraphs that hardly judge or analyse."""
    arguing: dict[int, list[bool]] = {}
    for s in sentences:
        arguing.setdefault(s.paragraph, []).append(s.judgement or s.role in {"analysis", "evaluation"})
    return frozenset(p for p, flags in arguing.items() if sum(flags) / len(flags) < weights.telling)
