"""What to do next: the three steps that would raise the mark most, each about this essay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from essay_marker.mark.levels import TOP, level_at, strand_mark, value_at
from essay_marker.mark.places import place_of
from essay_marker.mark.script import Script
from essay_marker.mark.wording import say
from essay_marker.records import Finding, Reason, Span, StrandMark, Target
from essay_marker.rubric import Advice, CriterionUse, Rubric


class _Gain(NamedTuple):
    """What doing one piece of advice once would bring: to the mark's mean, to the strand, to the criterion."""

    mean: float
    score: float
    room: float
    strand: StrandMark
    reason: Reason
    advice: Advice


def targets(rubric: Rubric, strands: Sequence[StrandMark], script: Script) -> tuple[Target, ...]:
    """The targets, by what doing each once would add to the best fit; as many as the rubric asks for at the most.

    No two stem from one criterion or are about the same words, and a strand gets a second one only where no other has
    nearly as much to gain. What cannot be pointed at in the essay comes last.
    """
    left = sorted(_gains(rubric, strands, script), key=lambda g: (-g.mean, -g.room, g.strand.id, g.reason.code))
    found: list[Target] = []
    taken: set[Span] = set()
    ideas: frozenset[str] = frozenset()
    for placed in (True, False):
        waiting = list(left)
        while waiting and len(found) < rubric.feedback.targets:
            gain = _next(waiting, {target.strand for target in found}, rubric.feedback.close)
            waiting.remove(gain)
            place = place_of(gain.advice.where, gain.advice.per, gain.reason, script, taken)
            if placed and not place.spans:
                continue
            left.remove(gain)
            said = say(script, rubric.feedback, place, (gain.advice.sees, gain.advice.does), ideas)
            ideas |= said.ideas
            taken.update(place.spans)
            found.append(
                Target(
                    code=gain.reason.code,
                    strand=gain.strand.id,
                    text=said.teacher,
                    spans=place.spans,
                    student=said.student,
                    gain=round(gain.score, 3),
                )
            )
    return tuple(sorted(found, key=lambda target: not target.spans))


def _next(gains: Sequence[_Gain], strands: set[str], close: float) -> _Gain:
    """The first of ``gains``, or the first of a strand without a target that gains nearly as much."""
    best = gains[0]
    fresh = (gain for gain in gains if gain.strand.id not in strands and gain.mean >= close * best.mean)
    return best if best.strand.id not in strands else next(fresh, best)


def _gains(rubric: Rubric, strands: Sequence[StrandMark], script: Script) -> Iterator[_Gain]:
    """What each piece of advice would bring, where it brings anything."""
    total = sum(strand.weight for strand in rubric.strands)
    for mark in strands:
        strand = rubric.strand(mark.id)
        findings = [_finding(mark.id, reason) for reason in mark.reasons]
        before = strand_mark(strand, findings).score
        for advice in rubric.advice:
            use = next((u for u in strand.criteria if u.code == advice.code and advice.strand == mark.id), None)
            reason = next((r for r in mark.reasons if r.code == advice.code), None)
            if use is None or use.weight == 0 or use.steps is None or reason is None:
                continue
            value = lifted(reason.value, use, lift_of(advice, rubric, script), rubric.feedback.reach)
            room = (level_at(value, use.steps) - level_at(reason.value, use.steps)) * use.weight
            after = strand_mark(strand, [replace(f, value=value) if f.code == use.code else f for f in findings]).score
            # a fault that costs nothing as yet is no target, however much of it there is
            if room > 0 and (after > before or not use.falling):
                yield _Gain(strand.weight * (after - before) / total, after - before, room, mark, reason, advice)


def lift_of(advice: Advice, rubric: Rubric, script: Script) -> float:
    """What doing the advice once adds to the value of its criterion, in an essay of this size."""
    looking = rubric.looking
    sentences = len(script.body)
    evidence = sum(script.sentences[i].role == "evidence" for i in script.body)
    shares = {
        "essay": 1,
        "paragraph": max(len(script.paragraphs), looking.small_essay),
        "middle": max(len(script.middle), 1),
        "sentence": sentences + 1,
        "page": max(sentences + 1, looking.short_page_sentences) / looking.page_sentences,
        "word": max(script.reading.words, 1),
        "evidence": max(evidence, looking.small_evidence),
    }
    return advice.lift / shares[advice.per]


def lifted(value: float, use: CriterionUse, lift: float, reach: float) -> float:
    """``value`` after the advice was followed, at most ``reach`` levels above."""
    assert use.steps is not None
    done = max(value - lift, 0.0) if use.falling else value + lift
    furthest = value_at(min(level_at(value, use.steps) + reach, TOP), use.steps)
    return max(done, furthest) if use.falling else min(done, furthest)


def _finding(strand: str, reason: Reason) -> Finding:
    return Finding(
        code=reason.code,
        strand=strand,
        effect=reason.effect,
        value=reason.value,
        text=reason.text,
        spans=reason.spans,
    )
