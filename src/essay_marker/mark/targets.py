"""What to do next: the three steps that would raise the mark most, each about this essay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.records import Reading, Reason, Span, StrandMark, TaggedSentence, Target, ThemeCoverage, span_of
from essay_marker.rubric import Advice, Rubric

COUNT = 3
#: Cues by which a sentence already says what its evidence shows.
_REASONING = frozenset({"explanation", "interpretation", "concession", "contrast", "weighing"})


class _Gain(NamedTuple):
    gain: float
    strand: StrandMark
    reason: Reason
    advice: Advice


def targets(
    rubric: Rubric, strands: Sequence[StrandMark], reading: Reading, themes: Sequence[ThemeCoverage]
) -> tuple[Target, ...]:
    """At most three targets, by what a step of one level in their criterion would add to the best fit.

    Two targets never stem from one criterion, and a strand gets a second only where others have nothing left to gain.
    """
    gains = sorted(_gains(rubric, strands), key=lambda g: (-g.gain, g.strand.id, g.reason.code))
    chosen: list[_Gain] = []
    for once in (True, False):
        for gain in gains:
            if len(chosen) == COUNT:
                break
            if gain in chosen or (once and any(c.strand.id == gain.strand.id for c in chosen)):
                continue
            chosen.append(gain)
    return tuple(_target(gain, reading, themes) for gain in sorted(chosen, key=lambda g: -g.gain))


def _gains(rubric: Rubric, strands: Sequence[StrandMark]) -> list[_Gain]:
    found = []
    for mark in strands:
        strand = rubric.strand(mark.id)
        weight = sum(r.weight for r in mark.reasons if r.level is not None)
        for reason in mark.reasons:
            advice = next((a for a in rubric.advice if a.code == reason.code and a.strand == mark.id), None)
            if advice is None or reason.level is None or reason.level >= 5.0 or not weight:
                continue
            step = min(1.0, 5.0 - reason.level)
            # a criterion far below its strand is the cheapest to mend, so what is missing to the top counts too
            room = (5.0 - reason.level) / 5.0
            found.append(_Gain(strand.weight * reason.weight / weight * step * room, mark, reason, advice))
    return found


def _target(gain: _Gain, reading: Reading, themes: Sequence[ThemeCoverage]) -> Target:
    spans = _place(gain.advice.where, gain.reason, reading, themes)
    weakest = _weakest(themes)
    suggestion = next(iter(weakest.suggestions), "") if weakest else ""
    text = gain.advice.text.format(
        theme=weakest.label if weakest else "another area",
        suggestion=suggestion,
    ).strip()
    return Target(code=gain.reason.code, strand=gain.strand.id, text=text, spans=spans)


def _weakest(themes: Sequence[ThemeCoverage]) -> ThemeCoverage | None:
    """The theme with the lowest score that has something to suggest."""
    return min((t for t in themes if t.suggestions), key=lambda t: t.score, default=None)


def _place(where: str, reason: Reason, reading: Reading, themes: Sequence[ThemeCoverage]) -> tuple[Span, ...]:
    """Where in the essay a piece of advice is about."""
    body = [s for s in reading.sentences if not s.is_title and s.is_prose]
    if not body:
        return ()
    last = max(s.paragraph for s in body)
    first = min(s.paragraph for s in body)
    middle = [s for s in body if first < s.paragraph < last] or body
    earned = set(reason.spans)
    if where == "introduction":
        return (span_of(next(s for s in body if s.paragraph == first)),)
    if where == "conclusion":
        return (span_of([s for s in body if s.paragraph == last][-1]),)
    if where == "cited":
        return reason.spans[:1]
    if where == "theme":
        weakest = _weakest(themes)
        return weakest.evidence[:1] if weakest else ()
    if where == "opening":
        served = {s.paragraph for s in body if span_of(s) in earned}
        unserved = [s for s in _openings(middle) if s.paragraph not in served]
        dull = [s for s in unserved if s.role in {"context", "evidence"}] or unserved
        return (span_of(dull[0]),) if dull else ()
    if where == "evidence":
        reasoned = {c.sentence for c in reading.cues if c.kind in _REASONING}
        spoken = {span_of(s) for i, s in enumerate(reading.sentences) if i in reasoned or s.judgement} | earned
        bare = [s for s in middle if s.role == "evidence" and span_of(s) not in spoken]
        return (span_of(max(bare, key=lambda s: (s.own_words, -s.start))),) if bare else ()
    if where == "claim":
        bare = [s for s in middle if s.judgement and span_of(s) not in earned]
        return (span_of(max(bare, key=lambda s: (s.own_words, -s.start))),) if bare else ()
    return ()


def _openings(sentences: Sequence[TaggedSentence]) -> list[TaggedSentence]:
    """The first sentence of each paragraph."""
    found: dict[int, TaggedSentence] = {}
    for sentence in sentences:
        found.setdefault(sentence.paragraph, sentence)
    return list(found.values())
