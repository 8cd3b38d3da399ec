"""What the essay does well, named before anything that it should do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from statistics import fmean
from typing import NamedTuple

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place, Said, say
from essay_marker.records import Reason, Span, Strength, Target, span_of
from essay_marker.records import StrandMark as Mark
from essay_marker.rubric import Asks, Praise, Rubric


class _Merit(NamedTuple):
    """A criterion that speaks for a strand, with what it is worth there."""

    worth: float
    strand: str
    reason: Reason
    praise: Praise


class _Asked(NamedTuple):
    """What a target asks for, at which words, in which paragraphs and on which themes."""

    kinds: frozenset[Asks]
    spans: frozenset[Span]
    paragraphs: frozenset[int]
    themes: frozenset[str]


def strengths(
    rubric: Rubric, strands: Sequence[Mark], script: Script, targets: Sequence[Target] = ()
) -> tuple[Strength, ...]:
    """The strengths, by what they do for their strand, of different strands as far as there are some.

    A criterion is praised where its level is not below its strand's, in a whole sentence of some words that is no
    question and whose own level is worth praising. Nothing is praised that one of ``targets`` asks more of, or denies
    in the same paragraph or on the same theme. A weak essay has few strengths; where nothing can be praised, one
    sentence is named that can be built on, marked as no strength yet. Only the first goes on to what else could be
    done: praise is praise.
    """
    rules = rubric.feedback
    wanted = [_asked(rubric, script, target) for target in targets]
    codes = {(target.strand, target.code) for target in targets}
    merits = [merit for merit in _merits(rubric, strands) if (merit.strand, merit.reason.code) not in codes]
    merits.sort(key=lambda m: (-m.worth, m.strand, m.reason.code))
    most = rules.modest_strengths if _mean(strands) < rules.modest else rules.strengths
    used = frozenset(idea for idea in _ideas(script) if any(idea in target.text for target in targets))
    found: list[Strength] = []
    taken = {span for one in wanted for span in one.spans}
    for once in (True, False):
        for merit in merits:
            if len(found) == most or (merit.strand, merit.reason.code) in {(s.strand, s.code) for s in found}:
                continue
            if once and merit.strand in {s.strand for s in found}:
                continue
            index = _best(merit, rubric, script, taken, wanted)
            if index is None:
                continue
            place = Place(merit.reason, index, (span_of(script.sentences[index]),))
            parts = (merit.praise.sees,) if found else (merit.praise.sees, merit.praise.keeps)
            said = say(script, rules, place, parts, used)
            taken.update(place.spans)
            used |= said.ideas
            found.append(_strength(merit.strand, place, said, secure=True))
    return tuple(found) or _encouragement(rubric, strands, script, taken)


def _strength(strand: str, place: Place, said: Said, *, secure: bool) -> Strength:
    return Strength(
        code=place.reason.code, strand=strand, text=said.teacher, student=said.student, spans=place.spans, secure=secure
    )


def _mean(strands: Sequence[Mark]) -> float:
    return fmean(mark.score for mark in strands) if strands else 0.0


def _merits(rubric: Rubric, strands: Sequence[Mark]) -> Iterator[_Merit]:
    """What can be praised: at the level of a strength, and no weaker than the strand it stands in."""
    for mark in strands:
        for reason in mark.reasons:
            praise = next((p for p in rubric.praise if p.code == reason.code and p.strand == mark.id), None)
            if praise is None or reason.effect != "raises" or reason.level is None:
                continue
            if reason.level >= max(rubric.feedback.strong, mark.score):
                yield _Merit(reason.weight * reason.level, mark.id, reason, praise)


# --- what targets say ------------------------------------------------------------------------------------------------


def _asked(rubric: Rubric, script: Script, target: Target) -> _Asked:
    """What a target asks for, and where; of advice that can ask for several things, all of them."""
    advice = next((a for a in rubric.advice if (a.strand, a.code) == (target.strand, target.code)), None)
    kinds = {advice.asks, *(w.asks for w in advice.does if w.asks)} if advice else set()
    places = [i for span in target.spans if (i := script.at(span)) is not None]
    themes = {theme.id for i in places if (theme := script.theme_of(i, rubric.feedback.half)) is not None}
    if "range" in kinds and script.weakest is not None:
        themes = {script.weakest.id}
    return _Asked(
        frozenset(kinds),
        frozenset(span_of(script.sentences[i]) for i in places),
        frozenset(script.sentences[i].paragraph for i in places),
        frozenset(themes),
    )


def _contradicts(merit: _Merit, script: Script, index: int, half: float, wanted: Sequence[_Asked]) -> bool:
    """Whether praise at a sentence says that something is there which a target asks for in the same place."""
    theme = script.theme_of(index, half)
    paragraph = script.sentences[index].paragraph
    return any(
        not one.kinds.isdisjoint(merit.praise.denies)
        and (paragraph in one.paragraphs or (theme is not None and theme.id in one.themes))
        for one in wanted
    )


def _ideas(script: Script) -> Iterator[str]:
    """Every idea of the topic that feedback can bring."""
    for theme in script.topic.themes:
        yield from (*theme.success, *theme.limitation, *theme.evidence)
    yield from (link.idea for link in script.topic.links)


# --- which sentence --------------------------------------------------------------------------------------------------


def _praisable(script: Script, index: int, rubric: Rubric) -> bool:
    """Whether a sentence is long enough to be praised, and a statement."""
    sentence = script.sentences[index]
    words = script.text[sentence.start : sentence.end].rstrip(" \n)”’\"'")
    return sentence.own_words >= rubric.feedback.praised_words and not words.endswith("?")


def _best(merit: _Merit, rubric: Rubric, script: Script, taken: Set[Span], wanted: Sequence[_Asked]) -> int | None:
    """Of the sentences that the criterion cites, the one most like those of the best exemplars; else the longest."""
    rules, served = rubric.feedback, script.served(merit.reason.spans)
    fitting = (
        i
        for i in script.body
        if i in served
        and span_of(script.sentences[i]) not in taken
        and _praisable(script, i, rubric)
        and _level(script, i, merit.strand, rules.praised) >= rules.praised
        and not _contradicts(merit, script, i, rules.half, wanted)
    )
    return max(
        fitting,
        key=lambda i: (_level(script, i, merit.strand, 0.0), script.sentences[i].own_words, -i),
        default=None,
    )


def _level(script: Script, index: int, strand: str, unknown: float) -> float:
    """The level of a sentence on a strand, or ``unknown`` where no model gives one."""
    return (script.sentences[index].levels or {}).get(strand, unknown)


# --- where nothing can be praised ------------------------------------------------------------------------------------


def _encouragement(rubric: Rubric, strands: Sequence[Mark], script: Script, taken: Set[Span]) -> tuple[Strength, ...]:
    """Of the sentences that speak of a theme, the one with the highest level on any strand; none without prose."""
    free = [i for i in script.body if span_of(script.sentences[i]) not in taken]
    free = [i for i in free if _praisable(script, i, rubric)] or free
    places = [
        (
            bool(script.sentences[i].themes),
            _level(script, i, mark.id, 0.0),
            script.sentences[i].own_words,
            -i,
            mark,
            reason,
        )
        for i in free
        for mark in strands
        for reason in mark.reasons
        if reason.learned
    ]
    if not places:
        return ()
    *_, at, mark, reason = max(places, key=lambda place: place[:4])
    place = Place(reason, -at, (span_of(script.sentences[-at]),))
    said = say(script, rubric.feedback, place, (rubric.feedback.encouragement,), frozenset())
    return (_strength(mark.id, place, said, secure=False),)
