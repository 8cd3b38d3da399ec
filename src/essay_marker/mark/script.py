"""An essay as feedback sees it: its sentences and paragraphs, what they are about, and what could be said of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from essay_marker.records import Reading, Span, Specific, TaggedSentence, ThemeCoverage
from essay_marker.terms import TermIndex, fold, words_of
from essay_marker.topic import Theme, Topic, Yardstick

#: Cues by which a sentence already says what its evidence shows.
_REASONING = frozenset({"explanation", "interpretation", "concession", "contrast", "weighing"})
#: Words shorter than this say little of what a sentence is about.
_TELLING = 4


@dataclass(frozen=True)
class Script:
    """A reading with its topic, the coverage of its themes, and its text. Sentences are meant by their index.

    Only sentences that can earn anything count: prose, not the title, not said before.
    """

    reading: Reading
    topic: Topic
    themes: tuple[ThemeCoverage, ...]
    text: str

    @property
    def sentences(self) -> tuple[TaggedSentence, ...]:
        """Every sentence of title and body."""
        return self.reading.sentences

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, ...], ...]:
        """The sentences of each paragraph of the body."""
        found: dict[int, list[int]] = {}
        for i, s in enumerate(self.sentences):
            if s.is_prose and not s.is_title and not s.repeats:
                found.setdefault(s.paragraph, []).append(i)
        return tuple(tuple(found[number]) for number in sorted(found))

    @property
    def body(self) -> tuple[int, ...]:
        """The sentences of all paragraphs."""
        return tuple(i for paragraph in self.paragraphs for i in paragraph)

    @property
    def middle(self) -> tuple[tuple[int, ...], ...]:
        """The paragraphs between introduction and conclusion; all of them where there are fewer than three."""
        return self.paragraphs[1:-1] if len(self.paragraphs) > 2 else self.paragraphs

    def paragraph_of(self, index: int) -> tuple[int, ...]:
        """The paragraph of a sentence."""
        return next((p for p in self.paragraphs if index in p), (index,))

    def number(self, index: int) -> int:
        """The number of a sentence's paragraph, counted from 1 as a report counts it: without the title's."""
        titles = {s.paragraph for s in self.sentences if s.is_title}
        own = self.sentences[index].paragraph
        return own + 1 - sum(title < own for title in titles)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def at(self, span: Span) -> int | None:
        """The sentence in which ``span`` begins."""
        before = bisect_right(self._starts, span.start) - 1
        return before if before >= 0 and span.start < self.sentences[before].end else None

    def served(self, spans: Iterable[Span]) -> frozenset[int]:
        """The sentences that ``spans`` begin in."""
        return frozenset(i for span in spans if (i := self.at(span)) is not None)

    @cached_property
    def cues(self) -> tuple[frozenset[str], ...]:
        """For each sentence the kinds of cue in it."""
        return self.reading.cues_by_sentence()

    @cached_property
    def specifics(self) -> tuple[tuple[Specific, ...], ...]:
        """For each sentence its dates, figures, names and terms."""
        return self.reading.specifics_by_sentence()

    def holds(self, index: int, spans: Iterable[Span]) -> bool:
        """Whether one of ``spans`` begins in the sentence."""
        sentence = self.sentences[index]
        return any(sentence.start <= span.start < sentence.end for span in spans)

    def unargued(self, index: int) -> bool:
        """Whether the sentence gives evidence and neither reasons about it nor judges."""
        sentence = self.sentences[index]
        return sentence.role == "evidence" and not sentence.judgement and self.cues[index].isdisjoint(_REASONING)

    def proves(self, index: int) -> bool:
        """Whether the sentence brings evidence: something exact or quoted, and it does not only set the scene."""
        sentence, exact = self.sentences[index], self.specifics[index]
        if sentence.role == "evidence":
            return bool(exact) or sentence.quoted_share > 0
        return sentence.role != "context" and len(exact) > 1

    def claimed(self, index: int) -> bool:
        """Whether the sentence claims something: it judges, or makes a point."""
        return self.sentences[index].judgement or self.sentences[index].role == "claim"

    # --- what it is about --------------------------------------------------------------------------------------------

    def theme_of(self, index: int) -> Theme | None:
        """The theme of a sentence: of its own the one most of its paragraph is about; else its paragraph's."""
        counts = Counter(t for i in self.paragraph_of(index) for t in self.sentences[i].themes)
        own = self.sentences[index].themes or tuple(counts)
        known = [theme for theme in self.topic.themes if theme.id in own]
        return max(known, key=lambda theme: counts[theme.id], default=None)

    def theme_of_paragraph(self, paragraph: Sequence[int]) -> Theme | None:
        """The theme that most sentences of a paragraph are about."""
        counts = Counter(t for i in paragraph for t in self.sentences[i].themes)
        known = [theme for theme in self.topic.themes if counts[theme.id]]
        return max(known, key=lambda theme: counts[theme.id], default=None)

    @cached_property
    def ranked(self) -> tuple[Theme, ...]:
        """The themes that the essay touches, those with the most words first."""
        touched = sorted((c for c in self.themes if c.words), key=lambda c: -c.words)
        return tuple(self.topic.theme(c.id) for c in touched)

    @property
    def weakest(self) -> ThemeCoverage | None:
        """The theme with the lowest score for which the topic has something to suggest."""
        core = {theme.id for theme in self.topic.core_themes}
        return min((t for t in self.themes if t.suggestions and t.id in core), key=lambda t: t.score, default=None)

    @cached_property
    def best_yardstick(self) -> Yardstick | None:
        """Of the standards that the essay does not state, the one nearest to what it speaks of."""
        stated = {y.text for y in self.reading.yardsticks if y.stated is not None}
        open_ = [y for y in self.topic.question.yardsticks if y.label not in stated]
        words = words_of(self.text)
        return max(open_, key=lambda y: len(TermIndex((t, True) for t in y.terms).find(words)), default=None)

    # --- what could be said of it ------------------------------------------------------------------------------------

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(self._telling(self.text))

    @cached_property
    def _general(self) -> frozenset[str]:
        """What every answer to the question speaks of."""
        question = self.topic.question
        return frozenset(word.folded for word in words_of(f"{question.question} {question.leader.name}"))

    def _telling(self, text: str) -> list[str]:
        words = (fold(w.printed) for w in words_of(text) if len(w.printed) >= _TELLING)
        return [word for word in words if word not in self._general]

    @cached_property
    def prose(self) -> str:
        """What the topic says in sentences."""
        themes = self.topic.themes
        ideas = (idea for theme in themes for idea in (*theme.success, *theme.limitation, *theme.evidence))
        suggestions = (suggestion.text for theme in themes for suggestion in theme.suggestions)
        return "\n".join((*(fact.statement for fact in self.topic.facts), *ideas, *suggestions))

    def unsaid(self, ideas: Sequence[str], index: int | None, taken: Iterable[str] = ()) -> str | None:
        """Of ``ideas``, one that the essay has not spoken of and that is nearest to the paragraph of a sentence."""
        fresh = [idea for idea in ideas if idea not in taken]
        if not fresh:
            return None
        near: frozenset[str] = frozenset()
        if index is not None:
            near = frozenset(w for i in self.paragraph_of(index) for w in self._telling(self._words(i)))

        def worth(idea: str) -> tuple[bool, float, float]:
            said = self._likeness(idea, self._said)
            return said <= 0.5, self._likeness(idea, near), -said

        return max(fresh, key=worth)

    def _words(self, index: int) -> str:
        return self.text[self.sentences[index].start : self.sentences[index].end]

    def _likeness(self, text: str, words: frozenset[str]) -> float:
        """The share of the telling words of ``text`` that are among ``words``."""
        telling = self._telling(text)
        return sum(w in words for w in telling) / len(telling) if telling else 0.0
