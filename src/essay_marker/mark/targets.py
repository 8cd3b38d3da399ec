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
from essay_marker.rubric import Advice, Asks, CriterionUse, Rubric, RunsThrough, Strand


class _Gain(NamedTuple):
    """What one piece of advice would bring.

    ``runs`` is whether its fault runs through the essay, ``mean`` what mending it all through would add to the mark's
    mean, ``score`` what doing it once adds to the strand, ``room`` to the criterion.
    """

    runs: bool
    mean: float
    score: float
    room: float
    strand: StrandMark
    reason: Reason
    advice: Advice


def targets(rubric: Rubric, strands: Sequence[StrandMark], script: Script) -> tuple[Target, ...]:
    """The targets, as many as the rubric asks for at the most: what a teacher would name first comes first.

    That is a fault that runs through the essay, by the rubric's data; then what would add most to the best fit if it
    were mended from beginning to end, which is to say, if its criterion came up to the level above its strand's. One
    repetition in a long essay changes little, so that the gain of one would always put forward what an essay needs
    once, like a test of success, and never what it lacks in every paragraph.

    No two ask for the same kind of thing or are about the same words, and a strand gets a second one only where no
    other has nearly as much to gain. What cannot be pointed at in the essay comes last.
    """
    gains = _gains(rubric, strands, script)
    left = sorted(gains, key=lambda g: (not g.runs, -g.mean, -g.room, g.strand.id, g.reason.code))
    found: list[Target] = []
    asked: set[Asks] = set()
    taken: set[Span] = set()
    ideas: frozenset[str] = frozenset()
    for placed in (True, False):
        waiting = list(left)
        while waiting and len(found) < rubric.feedback.targets:
            gain = _next(waiting, {target.strand for target in found}, rubric.feedback.close)
            waiting.remove(gain)
            advice = gain.advice
            place = place_of(advice.where, advice.per, gain.reason, script, taken, advice.unless)
            if not place.spans and (placed or advice.unless):
                continue
            left.remove(gain)
            said = say(script, rubric.feedback, place, (advice.sees, advice.does), ideas)
            asks = said.asks or advice.asks
            if asks in asked:
                continue
            asked.add(asks)
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
    if best.runs or best.strand.id not in strands:
        return best
    return next((gain for gain in gains if gain.strand.id not in strands and gain.mean >= close * best.mean), best)


def _gains(rubric: Rubric, strands: Sequence[StrandMark], script: Script) -> Iterator[_Gain]:
    """What each piece of advice would bring, where it brings anything."""
    total = sum(strand.weight for strand in rubric.strands)
    for mark in strands:
        strand = rubric.strand(mark.id)
        findings = [_finding(mark.id, reason) for reason in mark.reasons]
        before = strand_mark(strand, findings).score
        aim = min(int(before) + 1.0, TOP)

        def score(
            use: CriterionUse, value: float, strand: Strand = strand, findings: list[Finding] = findings
        ) -> float:
            """The strand's score with another value of one criterion."""
            return strand_mark(strand, [replace(f, value=value) if f.code == use.code else f for f in findings]).score

        for advice in rubric.advice:
            use = next((u for u in strand.criteria if u.code == advice.code and advice.strand == mark.id), None)
            reason = next((r for r in mark.reasons if r.code == advice.code), None)
            if use is None or use.weight == 0 or use.steps is None or reason is None:
                continue
            value = lifted(reason.value, use, lift_of(advice, rubric, script), rubric.feedback.reach)
            level = level_at(reason.value, use.steps)
            room = (level_at(value, use.steps) - level) * use.weight
            once = score(use, value) - before
            # a fault that costs nothing as yet is no target, however much of it there is
            if room <= 0 or (once <= 0 and use.falling):
                continue
            mended = score(use, value_at(aim, use.steps)) - before if level < aim else once
            runs = advice.first is not None and _runs_through(advice.first, strand, mark)
            yield _Gain(runs, strand.weight * max(mended, once) / total, once, room, mark, reason, advice)


def _runs_through(fault: RunsThrough, strand: Strand, mark: StrandMark) -> bool:
    """Whether a criterion of the strand is so low that its fault runs through the essay."""
    steps = next(use.steps for use in strand.criteria if use.code == fault.code)
    reason = next((r for r in mark.reasons if r.code == fault.code), None)
    return reason is not None and steps is not None and level_at(reason.value, steps) < fault.below


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
