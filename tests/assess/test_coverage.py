"""Coverage of themes: absent, mentioned, partial, developed."""

from __future__ import annotations

from essay_marker.assess import Case, coverage
from essay_marker.records import ThemeCoverage, span_of

from .building import CONCLUSION, INTRODUCTION, RUBRIC, analysis, case, claim, context, essay, evidence

DEVELOPED = (claim(), evidence(), analysis())


def of(case: Case, theme: str = "terror") -> ThemeCoverage:
    return next(found for found in coverage(case) if found.id == theme)


def test_a_theme_that_no_sentence_is_on_is_absent() -> None:
    found = of(essay([claim(themes="thaw")]))
    assert (found.coverage, found.score, found.words, found.evidence) == ("absent", 0.0, 0, ())
    assert found.suggestions


def test_a_theme_that_only_sets_the_scene_is_mentioned() -> None:
    assert of(essay([context(), context()])).coverage == "mentioned"


def test_a_theme_in_introduction_and_conclusion_alone_is_mentioned() -> None:
    assert of(case([claim()], [claim(themes="thaw")], [claim()])).coverage == "mentioned"


def test_a_theme_in_a_list_is_mentioned() -> None:
    listed = "terror thaw economy foreign_policy leninist_continuity"
    assert {found.coverage for found in coverage(essay([claim(themes=listed)]))} == {"mentioned"}


def test_a_claim_or_evidence_without_a_link_is_partial() -> None:
    assert of(essay([claim()])).coverage == "partial"
    assert of(essay([evidence(), evidence(), evidence()])).coverage == "partial"


def test_claim_evidence_and_link_are_developed() -> None:
    assert of(essay(DEVELOPED)).coverage == "developed"


def test_a_link_without_evidence_is_not_developed() -> None:
    assert of(essay([claim(), claim(), claim()])).coverage == "partial"


def test_what_is_said_again_does_not_count() -> None:
    again = [said._replace(repeats=True) for said in DEVELOPED]
    assert of(essay(again)).coverage == "mentioned"
    assert of(essay(again)).words == 0


def test_lists_without_a_verb_do_not_count() -> None:
    assert of(essay([said._replace(prose=False) for said in DEVELOPED])).words == 0


def test_the_title_does_not_count() -> None:
    assert of(case([claim(title=True)], INTRODUCTION, [claim(themes="thaw")], CONCLUSION)).coverage == "absent"


def test_quoted_words_count_in_part() -> None:
    own = of(essay([evidence()]))
    quoted = of(essay([evidence(quoted=4)]))
    assert own.words - quoted.words == 4 * (1 - RUBRIC.coverage.quoted_weight)


def test_the_score_rises_with_words_and_with_coverage_and_stays_in_its_bounds() -> None:
    scores = [of(essay(DEVELOPED * number)).score for number in (1, 2, 3, 9, 40)]
    assert scores == sorted(scores)
    low, high = RUBRIC.coverage.scores["developed"]
    assert low <= scores[0] < scores[-1] == high
    assert of(essay([claim()])).score < scores[0]


def test_evidence_is_the_sentences_on_the_theme() -> None:
    made = essay([claim(), evidence(themes="thaw"), evidence()])
    assert of(made).evidence == (span_of(made.sentences[1]), span_of(made.sentences[3]))


def test_core_themes_are_always_there_and_optional_ones_where_they_are_touched() -> None:
    made = essay([claim(), evidence(themes="nationalities")])
    core = [theme.id for theme in made.topic.core_themes]
    assert [found.id for found in coverage(essay([claim()]))] == core
    assert [found.id for found in coverage(made)] == [*core, "nationalities"]


def test_what_the_essay_speaks_of_is_not_suggested() -> None:
    all_of_them = of(essay([claim(themes="thaw")])).suggestions
    suggestion = next(s for s in essay([claim()]).topic.theme("terror").suggestions if s.terms)
    said = of(essay([claim(text=f"Then there was {suggestion.terms[0]} and the rest of it.")])).suggestions
    assert suggestion.text in all_of_them
    assert suggestion.text not in said
