"""Whether the essay answers this question, or a neighbouring one under this one's name."""

from __future__ import annotations

import re

from essay_marker.assess.case import Case
from essay_marker.assess.criterion import Criterion, Seen
from essay_marker.terms import TermIndex, words_of

_STEM = 6  # letters by which a name is known in its derivations ("Stalin", "Stalinist")
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]{3,}")


def _answers(case: Case) -> Seen:
    # the first sentence is easily written for the question, whatever follows it
    spoken = case.counted[1:]
    if not spoken:
        return Seen(0.0, "too little to tell which question is answered")
    texts = [case.text[case.sentences[i].start : case.sentences[i].end] for i in spoken]
    named = [sum(any(stem in text.casefold() for stem in stems) for text in texts) for stems in _subject(case)]
    other = _other_question(case, texts)
    if other is None or min(named, default=len(texts)) >= case.looking.subject_share * len(texts):
        return Seen(1.0, "nothing shows that another question is answered")
    label, hits = other
    return Seen(
        0.0,
        f"{len(hits)} of {len(texts)} sentences speak of what belongs to another question, most of all “{label}”, and"
        " what this one asks about is hardly named",
        case.spans(spoken[i] for i in hits),
    )


def _subject(case: Case) -> list[set[str]]:
    """For each name in the question, how words about it begin."""
    question = case.topic.question
    leader = question.leader
    spelt = {name.split()[-1] for name in (leader.surname, *leader.variants, *leader.misspellings)}
    names = {name[:_STEM].casefold() for name in _NAME.findall(question.question)}
    of_leader = {name[:_STEM].casefold() for name in spelt}
    return [of_leader if name in of_leader else {name} for name in sorted(names)]


def _other_question(case: Case, texts: list[str]) -> tuple[str, list[int]] | None:
    """The neighbouring question that the essay speaks of most, with the sentences; None where it hardly does."""
    neighbours = [(n.label, n.terms) for n in case.topic.question.neighbours]
    words = [words_of(text) for text in texts]
    found = []
    for label, terms in neighbours:
        index = TermIndex((term, True) for term in terms)
        hits = [i for i, spoken in enumerate(words) if index.find(spoken)]
        if len(hits) >= case.looking.neighbour_share * len(texts):
            found.append((label, hits))
    return max(found, key=lambda item: len(item[1]), default=None)


CRITERIA = (
    Criterion(
        code="answers-the-question",
        strand="analysis",
        title="This question is answered",
        looks_at=(
            "whether the essay, but for its first sentence, names what the question is about, or speaks at length of a"
            " neighbouring question instead"
        ),
        why="An essay learnt for another question shares its facts; only what bears on this one is credited.",
        unit="1 where it is, 0 where another is answered",
        earns=(
            "Khrushchev broke with Stalin in 1956. Stalin's camps were emptied, and Khrushchev meant it so. His fall"
            " undid little of this.",
        ),
        does_not_earn=(
            "De-Stalinisation can be seen from the end. The plotters had lost patience by 1964. His fall from power was"
            " prepared for months. Brezhnev and Kosygin gained by the plot, and Suslov read the charges.",
        ),
        source="examiners' usual remark on prepared answers",
        look=_answers,
    ),
)
