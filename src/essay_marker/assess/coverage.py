"""How far each theme of the topic is covered: absent, mentioned, partial or developed."""

from __future__ import annotations

from functools import lru_cache

from essay_marker.assess.case import Case, once_a_case
from essay_marker.records import Coverage, ThemeCoverage, span_of
from essay_marker.rubric import CoverageRules
from essay_marker.terms import TermIndex
from essay_marker.topic import Theme


@once_a_case
def coverage(case: Case) -> tuple[ThemeCoverage, ...]:
    """The coverage of every core theme, and of optional ones that the essay touches."""
    found = [_of_theme(case, theme) for theme in case.topic.themes]
    return tuple(
        c for c, theme in zip(found, case.topic.themes, strict=True) if not theme.optional or c.coverage != "absent"
    )


def _of_theme(case: Case, theme: Theme) -> ThemeCoverage:
    tagged = [i for i, s in enumerate(case.sentences) if theme.id in s.themes and not s.is_title]
    counted = [i for i in tagged if i in set(case.counted)]
    middle = {i for paragraph in case.middle for i in paragraph}
    argued = [
        i
        for i in counted
        if case.sentences[i].role != "context" and (i in middle or not middle) and not _lists(case, i)
    ]
    links = [i for i in argued if case.explained(i) or case.judged(i)]
    evidence = [i for i in argued if case.sentences[i].role == "evidence" or case.evidence(i)]
    words = round(
        sum(
            case.sentences[i].own_words
            + case.rules.quoted_weight * (case.sentences[i].words - case.sentences[i].own_words)
            for i in counted
        )
    )
    status = _status(case, len(tagged), len(argued), len(evidence), len(links))
    return ThemeCoverage(
        id=theme.id,
        label=theme.label,
        coverage=status,
        score=score(case.rules, status, words),
        words=words,
        evidence=tuple(span_of(case.sentences[i]) for i in (argued or counted or tagged)),
        suggestions=_suggestions(case, theme),
    )


def score(rules: CoverageRules, status: Coverage, words: int) -> float:
    """The score of a theme: between the two that its coverage has, by how many words it gets."""
    low, high = rules.scores[status]
    return round(low + (high - low) * min(1.0, words / rules.full_words), 3)


def _lists(case: Case, index: int) -> bool:
    """Whether the sentence only lists themes: it names many and brings no evidence for any."""
    return len(case.sentences[index].themes) >= case.rules.listed_themes and not case.evidence(index)


def _status(case: Case, tagged: int, argued: int, evidence: int, links: int) -> Coverage:
    rules = case.rules
    if not tagged:
        return "absent"
    if argued >= rules.developed_sentences and evidence and links >= max(1.0, rules.developed_links * argued):
        return "developed"
    return "partial" if argued >= rules.partial_sentences else "mentioned"


def _suggestions(case: Case, theme: Theme) -> tuple[str, ...]:
    """What the topic suggests for the theme, without what the essay already speaks of."""
    return tuple(s.text for s in theme.suggestions if not _speaks_of(case, s.terms))


def _speaks_of(case: Case, terms: tuple[str, ...]) -> bool:
    index = _index(terms)
    return index.may_match(case.folded) and bool(index.find(case.words))


@lru_cache(maxsize=1_000)
def _index(terms: tuple[str, ...]) -> TermIndex[bool]:
    return TermIndex((term, True) for term in terms)
