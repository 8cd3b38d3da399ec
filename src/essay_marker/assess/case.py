"""One essay as the criteria see it: the reading, with the handful of questions that most criteria ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

from essay_marker.records import Reading, Span, Specific, TaggedSentence, span_of
from essay_marker.rubric import CoverageRules, LookingRules
from essay_marker.terms import Word, words_of
from essay_marker.topic import Topic

T = TypeVar("T")

#: Kinds of cue that relate one thought to another.
REASONING = frozenset(
    {
        "explanation",
        "contrast",
        "concession",
        "conditional",
        "weighing",
        "yardstick",
        "linking",
        "interpretation",
        "counter_argument",
    }
)


@dataclass(frozen=True)
class Case:
    """A reading together with the topic, the text and the rubric's rules for looking and for coverage."""

    reading: Reading
    topic: Topic
    text: str
    looking: LookingRules
    rules: CoverageRules

    @property
    def sentences(self) -> tuple[TaggedSentence, ...]:
        """Every sentence of title and body."""
        return self.reading.sentences

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of title and body."""
        return words_of(self.text[: max((p.end for p in self.reading.paragraphs), default=0)])

    @cached_property
    def folded(self) -> frozenset[str]:
        """The same, folded."""
        return frozenset(word.folded for word in self.words)

    @cached_property
    def cues(self) -> tuple[frozenset[str], ...]:
        """For each sentence the kinds of cue in it."""
        return self.reading.cues_by_sentence()

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The sentences that can earn anything: prose on the topic, not the title, not said before."""
        return tuple(i for i in self._said if self.sentences[i].on_topic)

    @cached_property
    def elsewhere(self) -> tuple[int, ...]:
        """The sentences from elsewhere: prose that stands in a paragraph which names nothing of the topic's."""
        return tuple(i for i in self._said if not self.sentences[i].on_topic)

    @cached_property
    def _said(self) -> tuple[int, ...]:
        return tuple(
            i
            for i, s in enumerate(self.sentences)
            if s.is_prose and not s.is_title and not s.repeats and not self._about_marking(s)
        )

    def _about_marking(self, sentence: TaggedSentence) -> bool:
        """Whether the sentence speaks of how the essay is marked and not of its subject."""
        return not sentence.names_topic and self.looking.is_about_marking(self.text[sentence.start : sentence.end])

    @cached_property
    def own(self) -> tuple[int, ...]:
        """Those of the counted sentences that are mostly the writer's own words."""
        return tuple(i for i in self.counted if self.sentences[i].quoted_share < self.looking.own_share)

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, ...], ...]:
        """The counted sentences of each body paragraph, in order; paragraphs with none are left out."""
        found: dict[int, list[int]] = {}
        for i in self.counted:
            found.setdefault(self.sentences[i].paragraph, []).append(i)
        return tuple(tuple(v) for _, v in sorted(found.items()))

    @cached_property
    def middle(self) -> tuple[tuple[int, ...], ...]:
        """The paragraphs between introduction and conclusion; all of them where there are fewer than three."""
        return self.paragraphs[1:-1] if len(self.paragraphs) > 2 else self.paragraphs

    @cached_property
    def specifics(self) -> tuple[tuple[Specific, ...], ...]:
        """For each sentence its dates, figures, names and terms."""
        return self.reading.specifics_by_sentence()

    @property
    def own_words(self) -> int:
        """The writer's own words in counted sentences."""
        return sum(self.sentences[i].own_words for i in self.counted)

    def per_page(self, number: int) -> float:
        """``number`` as a rate on a page of prose, so that length earns nothing; a short essay counts as so many."""
        page = self.looking.page_sentences
        return number * page / max(len(self.counted), self.looking.short_page_sentences)

    def has(self, index: int, *kinds: str) -> bool:
        """Whether sentence ``index`` holds a cue of one of these kinds."""
        return not self.cues[index].isdisjoint(kinds)

    def substantial(self, index: int) -> bool:
        """Whether the sentence says something by itself: it names something of the topic's, a date or a figure."""
        sentence = self.sentences[index]
        return sentence.own_words >= self.looking.substantial_words and (
            sentence.names_topic or any(specific.kind != "name" for specific in self.specifics[index])
        )

    def evidence(self, index: int) -> bool:
        """Whether the sentence brings evidence: something specific, in a sentence that does not only set the scene."""
        sentence = self.sentences[index]
        precise = bool(self.specifics[index]) or sentence.quoted_share > 0
        return precise and (
            sentence.role == "evidence" or (sentence.role != "context" and len(self.specifics[index]) > 1)
        )

    def explained(self, index: int) -> bool:
        """Whether the sentence explains, in the writer's own words, what bears on the question.

        A label ("This shows that it was a success") explains nothing: it needs a reason, a theme or something
        specific of its own, and more than a few words.
        """
        sentence = self.sentences[index]
        if index not in self._own_set or sentence.own_words < self.looking.explained_words:
            return False
        if sentence.role not in {"analysis", "evaluation"} and not (
            sentence.judgement and self.has(index, "explanation")
        ):
            return False
        bears = sentence.stance != "none" or self.has(index, "explanation", "interpretation", "linking")
        return bears and bool(sentence.themes or self.specifics[index]) and self.grounded(index)

    def grounded(self, index: int) -> bool:
        """Whether the sentence rests on something specific: in itself, or shortly before it in its paragraph."""
        paragraph = self.sentences[index].paragraph
        near = range(max(index - self.looking.ground_reach, 0), index + 1)
        return any(
            self.sentences[i].paragraph == paragraph and (self.specifics[i] or self.sentences[i].quoted_share > 0)
            for i in near
        )

    def reasoned(self, index: int) -> bool:
        """Whether the sentence reasons: it explains or judges, and does so in more than one way at once."""
        return (self.explained(index) or (self.judged(index) and self.grounded(index))) and len(
            self.cues[index] & REASONING
        ) > 1

    @cached_property
    def _own_set(self) -> frozenset[int]:
        return frozenset(self.own)

    def judged(self, index: int) -> bool:
        """Whether the sentence passes a judgement in the writer's own words."""
        return index in self._own_set and self.sentences[index].judgement

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The spans of sentences."""
        return tuple(span_of(self.sentences[i]) for i in indices)


def once_a_case(look: Callable[[Case], T]) -> Callable[[Case], T]:
    """Make ``look`` keep its answer with the case: several criteria ask the same."""

    @wraps(look)
    def kept(case: Case) -> T:
        known: dict[str, T] = case.__dict__
        if look.__qualname__ not in known:
            known[look.__qualname__] = look(case)
        return known[look.__qualname__]

    return kept


def distinct(specifics: Sequence[Specific]) -> tuple[Specific, ...]:
    """The first of each specific that is named more than once."""
    seen: set[str] = set()
    kept = []
    for specific in specifics:
        if specific.key not in seen:
            seen.add(specific.key)
            kept.append(specific)
    return tuple(kept)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``number`` with its noun: "no sentences", "one sentence", "3 sentences"."""
    words = {0: "no", 1: "one"}
    return f"{words.get(number, number)} {noun if number == 1 else plural or noun + 's'}"
