"""Features of a sentence: its place, its precision, its grammar; and how weights become a label."""

from __future__ import annotations

import pytest

from essay_marker.annotate.features import Facets, Features, Place, best, features, opening, score
from essay_marker.annotate.polarity import Polarity

from .building import parsed

NEUTRAL = Polarity(0.0, 0.0, 0.0, 0.0, two_sided=False)
BODY = Place(is_title=False, paragraph=1, body_paragraphs=4, position=1, size=4)
TABLE = "He he nsubj 1 | spoke speak ROOT 1 VERB | . . punct 1"


def place(paragraph: int, of: int, position: int = 0, size: int = 3, *, answers: bool = True) -> Place:
    return Place(False, paragraph, of, position, size, answers)


def facets(own: str = "He spoke.", polarity: Polarity = NEUTRAL, quoted_share: float = 0.0) -> Facets:
    return Facets(
        own=own,
        cues=frozenset(),
        polarity=polarity,
        quoted_share=quoted_share,
        citing=0.0,
        authorities=0,
        evaluated=False,
        themes=1,
        names=0,
    )


def of(place: Place = BODY, table: str = TABLE, quoted_share: float = 0.0) -> Features:
    return features(parsed(table), place, facets(quoted_share=quoted_share))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (place(0, 4), {"introduction"}),
        (place(0, 4, 2), {"introduction", "introduction_end"}),
        (place(1, 4), {"body", "paragraph_first"}),
        (place(1, 4, 1), {"body", "paragraph_second"}),
        (place(2, 4, 2), {"body", "paragraph_last"}),
        (place(3, 4), {"conclusion"}),
        (place(3, 4, answers=False), {"body", "paragraph_first"}),
        (place(0, 2), {"introduction"}),
        (place(1, 2), {"conclusion"}),
        (place(0, 1), {"body", "paragraph_first"}),
        (Place(True, -1, 4, 0, 1), {"title"}),
    ],
)
def test_place(where: Place, expected: set[str]) -> None:
    names = {"title", "introduction", "introduction_end", "conclusion", "body"}
    names |= {"paragraph_first", "paragraph_second", "paragraph_last"}
    assert names & set(of(where)) == expected


@pytest.mark.parametrize(
    ("own", "present", "absent"),
    [
        ("It came in 1956.", "date", "figure"),
        ("In March he went.", "date", "figure"),
        ("Some 612,000 went.", "figure", "date"),
        ("Millions went.", "figure", "date"),
        ("They all went.", "no_polarity", "date"),
    ],
)
def test_precision(own: str, present: str, absent: str) -> None:
    found = features(parsed(TABLE), BODY, facets(own))
    assert present in found
    assert absent not in found


@pytest.mark.parametrize(
    ("share", "name"), [(0.0, None), (0.1, "some_quoted"), (0.5, "half_quoted"), (1.0, "all_quoted")]
)
def test_the_share_of_quotation_has_one_name(share: float, name: str | None) -> None:
    names = {"some_quoted", "half_quoted", "all_quoted"}
    assert names & set(of(quoted_share=share)) == ({name} if name else set())


def test_polarity_in_the_writers_own_words() -> None:
    both = features(parsed(TABLE), BODY, facets(polarity=Polarity(1.0, 1.0, 1.0, 1.0, two_sided=True)))
    quoted = features(parsed(TABLE), BODY, facets(polarity=Polarity(1.0, 1.0, 0.0, 0.0, two_sided=True)))
    assert "both_sides" in both
    assert not {"both_sides", "own_polarity", "no_polarity"} & set(quoted)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("I I nsubj 1 | agree agree ROOT 1 | . . punct 1", "subject_writer"),
        ("This this nsubj 1 | mattered matter ROOT 1 | . . punct 1", "subject_demonstrative"),
        ("Beria Beria nsubj 1 PROPN | fell fall ROOT 1 | . . punct 1", "subject_name"),
        ("It it nsubj 1 | was be ROOT 1 | not not neg 1 | so so advmod 1 | . . punct 1", "root_negated"),
        ("It it nsubj 1 | was be ROOT 1 | so so advmod 1 | . . punct 1", "root_be"),
        ("They they nsubjpass 2 | were be auxpass 2 | freed free ROOT 2 | . . punct 2", "root_passive"),
    ],
)
def test_grammar(table: str, name: str) -> None:
    assert name in of(table=table)
    assert name not in of()


def test_filler_before_this_is_passed_over() -> None:
    assert opening("Indeed, this mattered.") == opening("this mattered.") == "this mattered."
    assert "opens_this" in features(parsed(TABLE), BODY, facets("Moreover, this mattered."))


def test_a_label_scores_its_constant_and_its_features() -> None:
    weights = {"claim": {"constant": 0.5, "date": -1.0, "body": 2.0}, "evidence": {"date": 3.0}}
    assert score({"date": 1.0, "other": 9.0}, weights) == {"claim": -0.5, "evidence": 3.0}
    assert score({}, weights) == {"claim": 0.5, "evidence": 0.0}


def test_the_earlier_label_wins_where_two_are_equal() -> None:
    assert best({"a": 1.0, "b": 1.0, "c": 0.0}, ["b", "a", "c"]) == "b"
    assert best({"a": 1.0, "b": 2.0}, ["a", "b"]) == "b"
