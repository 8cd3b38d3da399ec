"""How sure the mark is: the range around it, and the reasons for a person to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.mark.bestfit import BestFit
from essay_marker.mark.planted import planted
from essay_marker.records import Reading, Repair, Review, Span, StrandMark
from essay_marker.rubric import Rubric

#: The criterion that sees whether another question is answered.
OTHER_QUESTION = "answers-the-question"


class MarkRange(NamedTuple):
    """The lowest and the highest mark that is likely, and how the two came about."""

    low: int
    high: int
    how: str


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


def mark_range(rubric: Rubric, mark: int, reviews: Sequence[Review]) -> MarkRange:
    """The lowest and the highest mark that the evidence leaves open.

    Nothing that was measured in the exemplars (length, quotation, how far the strands lie apart) foretells how far off
    a mark is. So the range is what held nine in ten of the exemplars left out of the fitting, and wider only where the
    essay is like nothing that the fitting saw.

    Args:
        rubric: Its half-width, in marks, and the reviews that widen it.
        mark: Of the best fit.
        reviews: The reasons found for a person to look.
    """
    rules = rubric.range
    half = rules.half_width
    how = f"Of the example essays left out of the fitting, {rules.covers:.0%} were meant to lie within {half} marks"
    unlike = [review.code for review in reviews if review.code in rules.unlike_reviews]
    if unlike:
        half += rules.unlike
        how += f"; {rules.unlike} more since this essay is unlike them ({', '.join(unlike)})"
    low, high = max(0, mark - half), min(rubric.out_of, mark + half)
    return MarkRange(low, high, f"{how}: {mark} ± {half}, within 0 and {rubric.out_of}, gives {low} to {high}.")


def reviews(
    rubric: Rubric,
    reading: Reading,
    strands: Sequence[StrandMark],
    fit: BestFit,
    *,
    text: str = "",
    repairs: Sequence[Repair] = (),
    question_known: bool = True,
) -> tuple[Review, ...]:
    """Every reason for a person to look at this essay first.

    ``text`` is the essay's, ``repairs`` what was put right while it was read.
    """
    rules = rubric.review
    found = []

    def add(holds: bool, code: str, message: str, spans: tuple[Span, ...] = ()) -> None:
        if holds:
            found.append(Review(code=code, message=message, spans=spans))

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
    other = next((r for s in strands for r in s.reasons if r.code == OTHER_QUESTION and not r.value), None)
    add(
        other is not None or reading.topic_fit < rules.fit,
        "question-doubtful",
        f"This looks like an answer to another question: {other.text}."
        if other
        else "Much of the essay does not speak of this question.",
        other.spans if other else (),
    )
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
    add(
        reading.unknown_share > rules.unknown_share,
        "unknown-words",
        f"{reading.unknown_share:.0%} of the words are ones that the program does not know, so it may not have"
        " understood them.",
    )
    suspect = planted(rubric, reading, text, repairs)
    add(
        bool(suspect),
        "planted-text",
        "Some of this may have been put in for the mark and not for the argument:"
        f" {'; '.join(words for words, _ in suspect)}. Read it before you decide.",
        tuple(sorted({span for _, spans in suspect for span in spans})),
    )
    return tuple(found)
