"""Targets: the three steps that would raise the mark most, from different strands, each about this essay."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.mark.targets import COUNT, targets
from essay_marker.records import Reason, Span, StrandMark, ThemeCoverage

from .building import RUBRIC, STRANDS, good

READING, _ = good()
ADVISED = [(advice.strand, advice.code) for advice in RUBRIC.advice]


def reason(code: str, level: float, weight: float = 1.0) -> Reason:
    return Reason(code=code, text="", effect="raises", spans=(), value=1.0, level=level, weight=weight)


def made(*levels: tuple[str, str, float], weight: float = 1.0) -> tuple[StrandMark, ...]:
    """The strands with these criteria's levels, as ``(strand, code, level)``."""
    return tuple(
        StrandMark(
            id=strand,
            label=strand,
            level=3,
            score=3.0,
            how="",
            reasons=tuple(reason(code, level, weight) for of, code, level in levels if of == strand),
        )
        for strand in STRANDS
    )


def theme(name: str, score: float, *suggestions: str) -> ThemeCoverage:
    return ThemeCoverage(
        id=name,
        label=f"About {name}",
        coverage="partial",
        score=score,
        words=10,
        evidence=(Span(start=0, end=5),),
        suggestions=suggestions,
    )


def codes(strands: tuple[StrandMark, ...]) -> list[str]:
    return [target.code for target in targets(RUBRIC, strands, READING, ())]


def test_there_are_three_from_three_strands_where_all_have_something_to_gain() -> None:
    found = targets(RUBRIC, made(*((strand, code, 2.0) for strand, code in ADVISED)), READING, ())
    assert len(found) == COUNT
    assert len({target.strand for target in found}) == COUNT
    assert len({target.code for target in found}) == COUNT


def test_a_strand_gets_a_second_one_where_the_others_have_nothing_left() -> None:
    analysis = [(strand, code, 2.0 if strand == "analysis" else 5.0) for strand, code in ADVISED]
    found = targets(RUBRIC, made(*analysis), READING, ())
    assert {target.strand for target in found} == {"analysis"}
    assert len(found) == COUNT


def test_nothing_is_advised_where_nothing_is_left_to_gain() -> None:
    assert codes(made(*((strand, code, 5.0) for strand, code in ADVISED))) == []


def test_the_criterion_with_most_to_gain_comes_first() -> None:
    first, second = [pair for pair in ADVISED if pair[0] == "analysis"][:2]
    assert codes(made((*first, 4.5), (*second, 1.0)))[0] == second[1]
    assert codes(made((*first, 1.0), (*second, 4.5)))[0] == first[1]


def test_a_criterion_without_a_level_is_not_advised() -> None:
    strand, code = ADVISED[0]
    shown = Reason(code=code, text="", effect="neutral", spans=(), value=0.0, level=None, weight=0.0)
    mark = StrandMark(id=strand, label=strand, level=1, score=1.0, how="", reasons=(shown,))
    assert targets(RUBRIC, (mark,), READING, ()) == ()


def test_a_target_on_range_names_the_weakest_theme_and_what_could_be_added() -> None:
    themes = (theme("strong", 0.9, "More of it."), theme("weak", 0.1, "The Virgin Lands."), theme("done", 0.0))
    (target,) = targets(RUBRIC, made(("knowledge", "range-of-themes", 1.0)), READING, themes)
    assert "About weak" in target.text
    assert "The Virgin Lands." in target.text
    assert target.spans == themes[1].evidence


@pytest.mark.parametrize(("strand", "code"), ADVISED, ids=[f"{s}-{c}" for s, c in ADVISED])
def test_every_advice_becomes_a_whole_sentence_about_a_place_in_the_essay(strand: str, code: str) -> None:
    (target,) = targets(RUBRIC, made((strand, code, 1.0)), READING, (theme("weak", 0.1, "The Virgin Lands."),))
    assert (target.strand, target.code) == (strand, code)
    assert "{" not in target.text
    assert target.text.endswith((".", "?"))
    starts = {sentence.start for sentence in READING.sentences}
    assert all(span.start in starts for span in target.spans)


def test_an_essay_without_prose_has_targets_without_a_place() -> None:
    empty = msgspec.structs.replace(READING, sentences=())
    found = targets(RUBRIC, made(*((strand, code, 1.0) for strand, code in ADVISED)), empty, ())
    assert len(found) == COUNT
    assert all(target.spans == () for target in found)
