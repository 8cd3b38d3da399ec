"""What the essay does well, named before anything that it should do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place, say
from essay_marker.records import Reason, Span, Strength, Target, span_of
from essay_marker.records import StrandMark as Mark
from essay_marker.rubric import Praise, Rubric


class _Merit(NamedTuple):
    """A criterion that speaks for a strand, with what it is worth there."""

    worth: float
    strand: str
    reason: Reason
    praise: Praise


def strengths(
    rubric: Rubric, strands: Sequence[Mark], script: Script, targets: Sequence[Target] = ()
) -> tuple[Strength, ...]:
    """The strengths, by what they do for their strand, of different strands as far as there are some.

    What one of ``targets`` asks more of is not praised in the same breath.
    Where nothing reaches the level that makes a strength, the one thing that comes nearest to it, marked as such.
    """
    asked = {(target.strand, target.code) for target in targets}
    merits = [merit for merit in _merits(rubric, strands) if (merit.strand, merit.reason.code) not in asked]
    merits.sort(key=lambda m: (-m.worth, m.strand, m.reason.code))
    firm = [merit for merit in merits if (merit.reason.level or 0.0) >= rubric.feedback.strong]
    nearest = sorted(merits, key=lambda m: -(m.reason.level or 0.0))[:1]
    found: list[Strength] = []
    taken: set[Span] = set()
    ideas: frozenset[str] = frozenset()
    for once in (True, False):
        for merit in firm or nearest:
            known = {strength.strand for strength in found}, {(s.strand, s.code) for s in found}
            if len(found) == rubric.feedback.strengths or (merit.strand, merit.reason.code) in known[1]:
                continue
            index = _best(merit, script, taken)
            if index is None or (once and merit.strand in known[0]):
                continue
            place = Place(merit.reason, index, (span_of(script.sentences[index]),))
            taken.update(place.spans)
            parts = (merit.praise.sees, merit.praise.keeps)
            said = say(script, rubric.feedback, place, parts, ideas)
            ideas |= said.ideas
            found.append(
                Strength(
                    code=merit.reason.code,
                    strand=merit.strand,
                    text=said.teacher,
                    student=said.student,
                    spans=place.spans,
                    secure=bool(firm),
                )
            )
    return tuple(found)


def _merits(rubric: Rubric, strands: Sequence[Mark]) -> Iterator[_Merit]:
    for mark in strands:
        for reason in mark.reasons:
            praise = next((p for p in rubric.praise if p.code == reason.code and p.strand == mark.id), None)
            if praise is None or reason.effect != "raises" or reason.level is None:
                continue
            yield _Merit(reason.weight * reason.level, mark.id, reason, praise)


def _best(merit: _Merit, script: Script, taken: Set[Span]) -> int | None:
    """Of the sentences that the criterion cites, the one most like those of the best exemplars; else the longest."""
    cited = [i for i in script.body if i in script.served(merit.reason.spans)]
    free = [i for i in cited if span_of(script.sentences[i]) not in taken]

    def worth(index: int) -> tuple[float, int, int]:
        sentence = script.sentences[index]
        return (sentence.levels or {}).get(merit.strand, 0.0), sentence.own_words, -index

    return max(free, key=worth, default=None)
