"""The page on a class: what all may see, what the teacher alone, and what is hidden from her."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from msgspec.structs import replace

from essay_marker.batch.class_page import class_page
from essay_marker.batch.records import ClassRecord, Member
from essay_marker.records import COVERAGES, Decision, Review, Span
from essay_marker.report.class_page import ClassPage, Point, render_class_page

from .classes import MARKS, SHARED, hostile_members, learner, marked, members, record

SIGNED = {f"ada-lovelace-{100}": Decision(mark=15, signed_by="Ms Hill", signed_on="2026-11-22")}


def page_of(class_: list[Member], decisions: dict[str, Decision] | None = None, **fields: Any) -> ClassPage:
    return class_page(record(class_, **fields), class_, decisions or {})


def parts(html: str) -> tuple[str, str]:
    """The part for all, footer included, and the teacher's."""
    before, _, rest = html.partition('<details class="teacher">')
    inside, _, after = rest.rpartition("</details>")
    return before + after, inside


def said(html: str) -> str:
    """What a reader sees."""
    return " ".join(re.sub(r"<(style|title)>.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL).split())


def test_no_name_is_in_the_part_for_all_and_every_name_in_the_teachers() -> None:
    for_all, teachers = parts(render_class_page(page_of(members())))
    for name in [*MARKS, "Rosa Short", "Vera Scanned", "Olga Absent"]:
        assert not any(part in for_all for part in name.split())
        assert name in teachers
    for member in members():
        assert member.learner.id not in for_all
        assert member.learner.file not in for_all


def test_the_part_for_all_shows_the_class() -> None:
    for_all = said(parts(render_class_page(page_of(members())))[0])
    for words in (
        "To what extent did Khrushchev succeed in his policy of de-Stalinisation?",
        "7 essays: 5 with a mark, 2 without one.",
        "Every mark is provisional: none is final until a teacher has signed.",
        "Provisional marks From 7 to 18 of 20; half of the class has 14 or more.",
        "What to teach next",
        "What goes well",
        "Analysis – – – 5 –",
        "not found",
    ):
        assert words in for_all


def test_the_chart_counts_the_marks() -> None:
    page = page_of(members(), SIGNED)
    assert [(count.mark, count.essays, count.signed) for count in page.marks] == [
        (7, 1, 0), (11, 1, 0), (14, 1, 0), (15, 1, 1), (18, 1, 0),
    ]  # fmt: skip
    assert sum(band.high - band.low + 1 for band in page.bands) == page.out_of
    assert 'aria-label="1 essay with 7, 1 essay with 11,' in render_class_page(page)


def test_nothing_is_called_final_before_it_is_signed() -> None:
    def top(decisions: dict[str, Decision]) -> str:
        return said(render_class_page(page_of(members(), decisions)))

    assert "1 mark is signed. The others are provisional" in top(SIGNED)
    entered = {"ada-lovelace-100": Decision(mark=15)}
    assert "Every mark is provisional" in top(entered)
    assert "provisional, yours" in top(entered)
    everybody = {m.learner.id: Decision(mark=9, signed_by="Ms Hill") for m in members()}
    assert "Every mark is signed." in top(everybody)
    assert "provisional" not in top(everybody)
    assert "signed by Ms Hill" in top(everybody)


def test_a_mark_that_is_hidden_from_the_teacher_is_nowhere() -> None:
    boundary = Review(code="level-boundary", message="The best fit, 3.61, lies close to the line.")
    class_ = [
        m._replace(result=replace(m.result, marks=replace(m.result.marks, review=(boundary,)))) if m.result else m
        for m in members()
    ]
    page = page_of(class_, SIGNED, blind=True)
    assert (page.marked, page.hidden) == (1, 4)
    shown = {pupil.name: (pupil.mark, pupil.low, pupil.level, pupil.strands) for pupil in page.pupils}
    assert shown.pop("Ada Lovelace")[0] == 15
    assert set(shown.values()) == {(None, None, None, (None,) * 4)}
    html = said(render_class_page(page))
    assert "3.61" not in html.replace("Ada Lovelace The best fit, 3.61", "")
    assert "4 whose mark is hidden until the teacher has put in hers" in html
    assert "Emmy Noether hidden" in html
    assert "1 mark is signed. The others are hidden as yet, and provisional." in html
    nothing = said(render_class_page(page_of(class_, {}, blind=True)))
    assert "No mark is shown." in nothing
    assert "Strands by level" not in nothing


def test_what_to_teach_is_what_most_essays_lack() -> None:
    class_ = members()
    for index, codes in enumerate((("depth", "shape"), ("depth",), ("depth", "shape"), ("one-issue",), ())):
        result = class_[index].result
        assert result is not None
        targets = tuple(replace(result.targets[0], code=code) for code in codes)
        themes = tuple(replace(theme, coverage="developed") for theme in result.themes)
        class_[index] = class_[index]._replace(result=replace(result, targets=targets, themes=themes))
    teach = page_of(class_).teach
    assert [(point.title, point.essays, point.of) for point in teach] == [
        ("Claims with little behind them", 3, 5),
        ("An opening or an ending that does no work", 2, 5),
    ]
    assert all(point.teach for point in teach)


def test_a_theme_that_many_leave_out_is_taught_with_ideas_and_an_example_of_how() -> None:
    class_ = members()
    for index, coverage in enumerate(("absent", "absent", "mentioned", "absent", "developed")):
        result = class_[index].result
        assert result is not None
        first = replace(
            result.themes[0],
            coverage=coverage,
            suggestions=("Say what the farms cost.",),
            evidence=result.targets[0].spans,
        )
        others = tuple(replace(theme, coverage="developed") for theme in result.themes[1:])
        class_[index] = class_[index]._replace(result=replace(result, themes=(first, *others), targets=()))
    result = class_[0].result
    assert result is not None
    (point,) = [point for point in page_of(class_).teach if point.better]
    assert result.themes[0].label in point.title
    assert (point.essays, point.ideas) == (4, ("Say what the farms cost.",))
    assert len(point.examples) == 1
    assert "As one essay has it:" in said(render_class_page(page_of(class_)))


def test_examples_name_nobody_of_the_class() -> None:
    def examples(class_: list[Member]) -> str:
        points: tuple[Point, ...] = (*page_of(class_).teach, *page_of(class_).well)
        return " ".join(example for point in points for example in point.examples)

    class_ = members()
    result = class_[0].result
    assert result is not None
    text = result.essay.text
    at = text.index("Pasternak was hounded")
    spans = (Span(start=text.rindex("Solzhenitsyn", 0, at), end=text.index(".", at) + 1),)
    for index in range(2):
        strength = replace(result.strengths[0], code="depth", spans=spans)
        class_[index] = class_[index]._replace(result=replace(result, strengths=(strength,)))
    assert "Pasternak was hounded" in examples(class_)
    assert "Pasternak" not in examples([*class_, Member(learner("Joan Pasternak", "300"), marked(10))])


def test_essays_to_look_at_first_and_those_without_a_mark_are_named_with_their_reasons() -> None:
    teachers = said(parts(render_class_page(page_of(members())))[1])
    assert "Look at these first Ada Lovelace the strands lie more than one level apart." in teachers
    assert "Rosa Short Only 16 words were found." in teachers
    assert "Vera Scanned essay.pdf holds only pictures of pages (a scan)." in teachers
    assert "Nothing handed in Olga Absent" in teachers


def test_alike_essays_stand_side_by_side_without_an_accusation() -> None:
    html = render_class_page(page_of(members()))
    for_all, teachers = parts(html)
    assert "<mark>" not in for_all
    assert teachers.count(f"<mark>{SHARED}</mark>") == 2
    words = said(teachers)
    assert "Ada Lovelace and Grace Hopper" in words
    assert "9 words in common: 21% of Ada Lovelace’s, 34% of Grace Hopper’s." in words
    assert "no accusation" in words
    assert "Ada Lovelace and exemplar e04: 9 words, 20% of Ada Lovelace’s" in words


def test_a_heat_map_says_nothing_of_whose_is_whose() -> None:
    class_ = members()
    for index, coverage in enumerate(COVERAGES):
        result = class_[index].result
        assert result is not None
        themes = tuple(replace(theme, coverage=coverage) for theme in result.themes)
        class_[index] = class_[index]._replace(result=replace(result, themes=themes))
    page = page_of(class_)
    assert len(page.coverage) == 5
    amounts = [sum(map(COVERAGES.index, row)) for row in page.coverage]
    assert amounts == sorted(amounts, reverse=True)
    assert sum(page.themes[0].essays.values()) == 5
    again = class_[:]
    random.Random(1).shuffle(again)
    assert page_of(again).coverage == page.coverage


def test_the_order_of_the_learners_makes_no_difference() -> None:
    class_ = members()
    class_record = record(class_)
    before = render_class_page(class_page(class_record, class_, SIGNED))
    assert render_class_page(class_page(class_record, class_[::-1], SIGNED)) == before


@pytest.mark.parametrize("fields", [{}, {"rubric": "of-her-own"}, {"rubric_sha256": "another"}, {"rubric": "../x"}])
def test_a_class_by_another_mark_scheme_has_its_page(fields: dict[str, Any]) -> None:
    page = page_of(members(), **fields)
    assert bool(page.bands) == (not fields)
    assert page.teach or page.well
    assert "</html>" in render_class_page(page)


def test_a_class_of_nobody_and_one_without_marks_have_their_page() -> None:
    empty = ClassRecord(**{**{f: getattr(record(members()), f) for f in ClassRecord.__struct_fields__}, "alike": ()})
    for class_ in ([], members()[5:]):
        page = class_page(empty, class_, {})
        html = said(render_class_page(page))
        assert page.marks == ()
        assert "No essay could be marked" in html
        assert "Provisional marks" not in html


def test_what_essays_and_names_say_is_no_markup() -> None:
    class_ = hostile_members()
    html = render_class_page(class_page(record(class_, alike=()), class_, {}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_only_the_first_ten_to_look_at_are_named_and_none_that_is_signed() -> None:
    result = marked(10)
    look = replace(result, marks=replace(result.marks, review=(Review(code="level-boundary", message="Look here."),)))
    class_ = [Member(learner(f"Pupil {n:02}", str(n)), look) for n in range(13)]
    decisions = {class_[0].learner.id: Decision(mark=10, signed_by="J. Hill")}
    found = class_page(record(class_, alike=()), class_, decisions)
    assert [pupil.name for pupil in found.first] == [f"Pupil {n:02}" for n in range(1, 11)]
    assert found.first_more == 2
    assert "and 2 others" in render_class_page(found)
