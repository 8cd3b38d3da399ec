"""How sure the mark is: the range around it, and the reasons for a person to look."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from essay_marker.mark.bestfit import BestFit
from essay_marker.records import Reading, Review, StrandMark
from essay_marker.rubric import Rubric


def spread(strands: Sequence[StrandMark]) -> float:
    """Levels between the highest and the lowest strand."""
    scores = [s.score for s in strands]
    return max(scores) - min(scores)


def quotation_share(reading: Reading) -> float:
    """The share of the body's words inside quotation marks."""
    return reading.quoted_words / reading.words if reading.words else 0.0


def unclear_share(reading: Reading) -> float:
    """The share of sentences that no tagger could say anything of: no theme, no stance, no judgement."""
    prose = [s for s in reading.sentences if not s.is_title]
    unclear = [s for s in prose if not s.themes and s.stance == "none" and not s.judgement and s.role != "context"]
    return len(unclear) / len(prose) if prose else 1.0


def mark_range(rubric: Rubric, reading: Reading, strands: Sequence[StrandMark], mark: int) -> tuple[int, int]:
    """The lowest and highest mark that the evidence leaves open: wider where it is thin, quoted, uneven or unclear."""
    rules = rubric.range
    own = reading.words - reading.quoted_words
    width = rules.base
    width += rules.thin if own < rules.thin_words else 0.0
    width += rules.quotation if quotation_share(reading) > rules.quotation_share else 0.0
    width += rules.spread if spread(strands) > rules.strand_spread else 0.0
    width += rules.unclear if unclear_share(reading) > rules.unclear_share else 0.0
    return max(0, mark - ceil(width)), min(rubric.out_of, mark + ceil(width))


def reviews(
    rubric: Rubric, reading: Reading, strands: Sequence[StrandMark], fit: BestFit, *, question_known: bool = True
) -> tuple[Review, ...]:
    """Every reason for a person to look at this essay first."""
    rules = rubric.review
    found = []

    def add(holds: bool, code: str, message: str) -> None:
        if holds:
            found.append(Review(code=code, message=message))

    edge = abs(fit.mean - int(fit.mean) - 0.5)
    add(
        edge < rules.boundary,
        "level-boundary",
        f"The best fit, {fit.mean:.2f}, lies close to the line between two levels.",
    )
    low, high = min(strands, key=lambda s: s.score), max(strands, key=lambda s: s.score)
    add(
        spread(strands) >= rules.strand_spread,
        "uneven-strands",
        f"The strands lie far apart: {high.label} at {high.score:.1f}, {low.label} at {low.score:.1f}.",
    )
    share = quotation_share(reading)
    add(
        share > rules.quotation_share,
        "much-quotation",
        f"{share:.0%} of the words are quotation; the writer's own voice is at risk.",
    )
    add(reading.words < rules.short_words, "very-short", f"Only {reading.words} words: there is little to go by.")
    add(reading.topic_fit < rules.fit, "question-doubtful", "Much of the essay does not speak of this question.")
    add(
        not question_known,
        "other-question",
        "The question asked is not one that the topic is made for; the essay was marked as an answer to the topic's.",
    )
    add(
        unclear_share(reading) > rules.unclear_share,
        "little-understood",
        "The program could make nothing of many of the sentences; they need a person.",
    )
    return tuple(found)
