"""Which of the topic's themes a sentence concerns.

Terms of the topic weigh as its data says; whatever several themes claim is settled by the topic's exceptions. A
paragraph that is about a theme lends a little to every sentence in it, so that a supporting term is enough there; a
sentence with no term of its own that only points back ("This ...", a quotation that runs on) takes the theme of the
one before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from essay_marker.annotate.patterns import ThemeWeights
from essay_marker.terms import TermIndex, Word, words_of
from essay_marker.topic import Topic

_STEM = 6  # letters by which two supporting terms are told apart


class ThemeInput(NamedTuple):
    """What is looked at of a sentence: its text (citations blanked), its paragraph, whether it may take over themes."""

    text: str
    paragraph: int
    points_back: bool
    general: bool  # speaks of the question as a whole, so it takes over nothing
    frame: bool  # title, introduction or conclusion: nothing is lent by the paragraph


class ThemesFound(NamedTuple):
    """The themes of a sentence, in the topic's order, and what speaks for them.

    ``own`` is the weight of each theme's terms in it, ``lent`` the share of its paragraph that each theme has.
    """

    themes: tuple[str, ...]
    own: dict[str, float]
    lent: dict[str, float]


class _Term(NamedTuple):
    theme: str
    strong: bool


class _Any:
    """Whether one of some terms is among the words of a sentence; told at once where no term's first word is."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Index the terms."""
        listed = tuple(terms)
        self._index: TermIndex[bool] = TermIndex((term, True) for term in listed)
        self._firsts = frozenset(word.folded for term in listed for word in words_of(term)[:1])

    def among(self, words: Sequence[Word], folded: Set[str]) -> bool:
        """Whether a term is in ``words``, whose folded forms are ``folded``."""
        return not self._firsts.isdisjoint(folded) and bool(self._index.find(words))


class ThemeFinder:
    """Themes of sentences, from the topic's terms."""

    def __init__(self, topic: Topic, weights: ThemeWeights) -> None:
        """Index the terms of every theme, and the exceptions, once."""
        self._weights = weights
        self._order = [theme.id for theme in topic.themes]
        self._optional = {theme.id for theme in topic.themes if theme.optional}
        self._terms: TermIndex[_Term] = TermIndex(
            (term, _Term(theme.id, strong))
            for theme in topic.themes
            for strong, terms in ((True, theme.strong_terms), (False, theme.supporting_terms))
            for term in terms
        )
        self._exceptions = topic.exceptions
        self._exception_terms: TermIndex[int] = TermIndex(
            (term, i) for i, exception in enumerate(self._exceptions) for term in exception.terms
        )
        self._near = [[_Any(case.near) for case in exception.cases] for exception in self._exceptions]
        self._combinations = [
            (theme.id, _Any(pair.what), _Any(pair.beside)) for theme in topic.themes for pair in theme.combinations
        ]

    def find(self, sentences: Sequence[ThemeInput]) -> list[ThemesFound]:
        """The themes of every sentence, in order."""
        scores = [self._own(words_of(s.text)) for s in sentences]
        lent = self._paragraphs(sentences, scores)
        found: list[tuple[str, ...]] = []
        for i, sentence in enumerate(sentences):
            score = dict(scores[i])
            if not sentence.frame:
                for theme, share in lent[sentence.paragraph].items():
                    if theme in score:
                        score[theme] += self._weights.paragraph * share
            themes = self._above(score)
            if not themes and not sentence.general:
                themes = self._taken_over(i, sentences, found, lent)
            found.append(themes)
        return [
            ThemesFound(themes, own, lent[sentence.paragraph])
            for sentence, themes, own in zip(sentences, found, scores, strict=True)
        ]

    def _above(self, score: dict[str, float]) -> tuple[str, ...]:
        return tuple(t for t in self._order if score.get(t, 0.0) >= self._weights.threshold)

    def _own(self, words: Sequence[Word]) -> dict[str, float]:
        """The weight of each theme's distinct terms among ``words``."""
        folded = {word.folded for word in words}
        overruled: dict[tuple[int, int], tuple[str, ...]] = {}
        for special in self._exception_terms.find(words):
            exception = self._exceptions[special.value]
            cases = zip(exception.cases, self._near[special.value], strict=True)
            themes = next((c.themes for c, near in cases if near.among(words, folded)), exception.default)
            overruled[special.start, special.end] = themes
        best: dict[tuple[str, str], float] = {}
        for match in self._terms.find(words):
            if any(start <= match.start < end for start, end in overruled):
                continue
            # words of one stem ("Stalinist", "Stalinism") are one supporting term
            stem = match.term.casefold() if match.value.strong else match.term.casefold()[:_STEM]
            key = (match.value.theme, stem)
            weight = self._weights.strong if match.value.strong else self._weights.supporting
            best[key] = max(best.get(key, 0.0), weight)
        score: defaultdict[str, float] = defaultdict(float)
        for (theme, _), weight in best.items():
            score[theme] += weight
        for themes in overruled.values():
            for theme in themes:
                score[theme] += self._weights.strong
        for theme, what, with_ in self._combinations:
            if what.among(words, folded) and with_.among(words, folded):
                score[theme] += self._weights.combination
        return dict(score)

    def _paragraphs(
        self, sentences: Sequence[ThemeInput], scores: Sequence[dict[str, float]]
    ) -> list[dict[str, float]]:
        """For each paragraph, the share of its sentences that a theme's own terms carry; the first counts twice."""
        size = max((s.paragraph for s in sentences), default=-1) + 1
        counts: list[Counter[str]] = [Counter() for _ in range(size)]
        totals = [0] * size
        for sentence, score in zip(sentences, scores, strict=True):
            weight = 1 if totals[sentence.paragraph] else 2
            totals[sentence.paragraph] += weight
            counts[sentence.paragraph].update(dict.fromkeys(self._above(score), weight))
        return [{t: n / max(total, 1) for t, n in c.items()} for c, total in zip(counts, totals, strict=True)]

    def _taken_over(
        self,
        index: int,
        sentences: Sequence[ThemeInput],
        found: Sequence[tuple[str, ...]],
        lent: Sequence[dict[str, float]],
    ) -> tuple[str, ...]:
        """Themes for a sentence with none of its own: those before it where it points back, else the paragraph's."""
        sentence = sentences[index]
        before = found[index - 1] if index and sentences[index - 1].paragraph == sentence.paragraph else ()
        if sentence.points_back and before:
            return before
        if sentence.frame:
            return ()
        shares: Iterable[tuple[str, float]] = lent[sentence.paragraph].items()
        leading = max((p for p in shares if p[0] not in self._optional), key=lambda pair: pair[1], default=None)
        if leading and leading[1] >= self._weights.carried:
            return (leading[0],)
        return ()
