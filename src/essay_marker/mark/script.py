"""An essay as feedback sees it: its sentences and paragraphs, what they are about, and what could be said of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from essay_marker.records import Reading, Span, Specific, TaggedSentence, ThemeCoverage, YardstickUse
from essay_marker.terms import TermIndex, fold, words_of
from essay_marker.topic import Theme, Topic, Yardstick

#: Cues by which a sentence already says what its evidence shows.
_REASONING = frozenset({"explanation", "interpretation", "concession", "contrast", "weighing"})
#: Words shorter than this say little of what a sentence is about, and so many letters show that two are akin.
_TELLING, _STEM = 4, 6
#: An idea is held with more than this share of its telling words; with less where its first name is there too.
_HELD, _HELD_BY_NAME = 0.5, 0.3


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

    def hears_both_sides(self, paragraph: Sequence[int]) -> bool:
        """Whether something in the paragraph speaks for success and something against it."""
        stances = {self.sentences[i].stance for i in paragraph}
        return "mixed" in stances or stances >= {"success", "limitation"}

    # --- what it is about --------------------------------------------------------------------------------------------

    def theme_of(self, index: int, share: float = 0.0) -> Theme | None:
        """The theme of a sentence: of its own the one most of its paragraph is about; else its paragraph's.

        The paragraph's is given where this ``share`` of its sentences is about it.
        """
        paragraph, own = self.paragraph_of(index), self.sentences[index].themes
        if not own:
            return self.theme_of_paragraph(paragraph, share)
        counts = Counter(t for i in paragraph for t in self.sentences[i].themes)
        known = [theme for theme in self.topic.themes if theme.id in own]
        return max(known, key=lambda theme: counts[theme.id], default=None)

    def theme_of_paragraph(self, paragraph: Sequence[int], share: float = 0.0) -> Theme | None:
        """The theme that most sentences of a paragraph are about, where it is this ``share`` of them at the least."""
        counts = Counter(t for i in paragraph for t in self.sentences[i].themes)
        known = [theme for theme in self.topic.themes if counts[theme.id]]
        found = max(known, key=lambda theme: counts[theme.id], default=None)
        return found if found is not None and counts[found.id] >= share * len(paragraph) else None

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

    @property
    def least_used(self) -> YardstickUse | None:
        """Of the standards that the essay states, the one that it uses least; the topic's before the essay's own."""
        stated = [use for use in self.reading.yardsticks if use.stated is not None]
        return min(stated, key=lambda use: (not self.is_listed(use), len(use.used)), default=None)

    def is_listed(self, use: YardstickUse) -> bool:
        """Whether a standard is one of the topic's, and not the essay's own."""
        return any(yardstick.label == use.text for yardstick in self.topic.question.yardsticks)

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

    @cached_property
    def _vague(self) -> frozenset[str]:
        """Names that any essay on the topic has."""
        weak = (word.folded for term in self.topic.weak_terms for word in words_of(term.term))
        return self._general | frozenset(weak)

    def _telling(self, text: str) -> list[str]:
        words = (fold(w.printed) for w in words_of(text) if len(w.printed) >= _TELLING)
        return [word[:_STEM] for word in words if word not in self._general]

    def _named(self, idea: str) -> str | None:
        """The first name in an idea that not every essay has: ideas are clauses, so that only names have capitals."""
        names = (w.folded for w in words_of(idea) if w.printed[0].isupper())
        return next((name[:_STEM] for name in names if name not in self._vague), None)

    def held(self, idea: str, *, is_fact: bool = False) -> bool:
        """Whether the essay holds an idea already, wherever: by most of its words, or by its name and some of them.

        A fact is held where its name is.
        """
        name, likeness = self._named(idea), self._likeness(idea, self._said)
        known = name is not None and name in self._said
        return likeness > _HELD or (known and (is_fact or likeness > _HELD_BY_NAME))

    @cached_property
    def prose(self) -> str:
        """What the topic says in sentences."""
        themes = self.topic.themes
        ideas = (idea for theme in themes for idea in (*theme.success, *theme.limitation, *theme.evidence))
        suggestions = (suggestion.text for theme in themes for suggestion in theme.suggestions)
        return "\n".join((*(fact.statement for fact in self.topic.facts), *ideas, *suggestions))

    def unsaid(
        self, ideas: Sequence[str], index: int | None, taken: Iterable[str] = (), *, is_fact: bool = False
    ) -> str | None:
        """Of ``ideas``, one that the essay does not hold and that is nearest to the paragraph of a sentence, if any."""
        fresh = [idea for idea in ideas if idea not in taken and not self.held(idea, is_fact=is_fact)]
        near: frozenset[str] = frozenset()
        if index is not None:
            near = frozenset(w for i in self.paragraph_of(index) for w in self._telling(self._words(i)))
        return max(
            fresh, key=lambda idea: (self._likeness(idea, near), -self._likeness(idea, self._said)), default=None
        )

    def said(self, ideas: Sequence[str], taken: Iterable[str] = ()) -> str | None:
        """Of ``ideas``, the one that the essay holds most plainly, if any: a conclusion is asked for nothing new."""
        known = [idea for idea in ideas if idea not in taken and self.held(idea)]
        return max(known, key=lambda idea: self._likeness(idea, self._said), default=None)

    def concludes(self, index: int) -> bool:
        """Whether the sentence stands in the last of several paragraphs."""
        return len(self.paragraphs) > 1 and index in self.paragraphs[-1]

    def _words(self, index: int) -> str:
        return self.text[self.sentences[index].start : self.sentences[index].end]

    def _likeness(self, text: str, words: frozenset[str]) -> float:
        """The share of the telling words of ``text`` that are among ``words``."""
        telling = self._telling(text)
        return sum(w in words for w in telling) / len(telling) if telling else 0.0
