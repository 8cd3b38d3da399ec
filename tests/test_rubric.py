"""Rubrics as data: what is refused, and that what ships is sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from essay_marker.errors import DataError
from essay_marker.rubric import Rubric, check_rubric, list_rubrics, load, load_lessons, load_rubric, rubric_path

SHIPPED = list_rubrics()


@pytest.fixture
def changed(root: Path, tmp_path: Path) -> Path:
    """A copy of the shipped rubric to change."""
    copy = tmp_path / "rubric.toml"
    copy.write_text((root / "rubrics" / "edexcel-9hi0-essay.toml").read_text("utf-8"), "utf-8")
    return copy


def replace(path: Path, pattern: str, new: str) -> Path:
    """Change the first place that fits; so much of the file is numbers to be tuned that none is written out here."""
    text, number = re.subn(pattern, new, path.read_text("utf-8"), count=1)
    assert number == 1
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("rubric", [rubric.id for rubric in SHIPPED])
def test_what_ships_is_sound(rubric: str) -> None:
    assert check_rubric(rubric) == []


def test_bands_follow_each_other_from_one_to_the_top() -> None:
    for rubric in SHIPPED:
        marks = [mark for band in rubric.levels for mark in range(band.low, band.high + 1)]
        assert marks == list(range(1, rubric.out_of + 1))
        assert [band.level for band in rubric.levels] == [1, 2, 3, 4, 5]


def test_a_rubric_is_found_by_its_id_and_by_its_file(changed: Path) -> None:
    assert load_rubric(changed) == load_rubric("edexcel-9hi0-essay")
    assert rubric_path(changed) == changed


def test_the_hash_tells_a_changed_rubric(changed: Path) -> None:
    before = load(changed).sha256
    other = changed.with_name("other") / "rubric.toml"
    other.parent.mkdir()
    other.write_text(changed.read_text("utf-8"), "utf-8")
    assert load(other).sha256 == before
    third = changed.with_name("third") / "rubric.toml"
    third.parent.mkdir()
    third.write_text(changed.read_text("utf-8").replace("covers = 0.", "covers = 0.0"), "utf-8")
    assert load(third).sha256 != before


def test_a_wrong_name_says_what_was_meant() -> None:
    with pytest.raises(DataError, match=r"Did you mean edexcel-9hi0-essay\?"):
        load_rubric("edexcel-9hi0-esay")
    with pytest.raises(DataError, match=r"Known rubrics: .*edexcel-9hi0-essay"):
        load_rubric("x")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("low = 4", "low = 5", "Level 2 should begin at mark 4"),
        ("out_of = 20", "out_of = 25", "ends at 20, but the scheme is out of 25"),
        (r"steps = .*", "steps = [0.0, 0.1, 0.9, 0.2, 0.3]", "its steps must rise"),
        (
            'code = "linked-issues"\nweight = .*\nsteps = .*',
            'code = "linked-issues"\nweight = 1.0\nsteps = [0.0, 0.1, 0.9, 0.2, 0.3]',
            "must rise, or fall",
        ),
        (r"cap_below = .*\n", "", "cap and cap_below go together"),
        ('code = "reasoned-sentences"\nstrand = "analysis"', 'code = "shape"\nstrand = "analysis"', "does not use"),
        (r'when = \["nothing"\]', 'when = ["not sometimes"]', "reasoned-sentences: there is no tag 'sometimes'"),
        (r"in paragraph \{n\}", "in paragraph {m}", "there is no blank 'm'"),
        (r"there = .*", 'there = "paragraph {m}"', "feedback.there: there is no blank 'm'"),
        ('  { text = "This sentence takes its thought one step and stops." },\n', "", "comes last"),
    ],
)
def test_what_does_not_hold_together_is_named(changed: Path, old: str, new: str, problem: str) -> None:
    replace(changed, old, new)
    assert any(problem in found for found in check_rubric(changed))
    with pytest.raises(DataError, match=r"rubric\.toml: "):
        load_rubric(changed)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("min_words = ", "min_wrods = ", "min_wrods"),
        ("weight = 1.0", "weight = -1.0", "weight"),
        ("level = 1\n", "level = 9\n", "level"),
        ('id = "analysis"', "id = 7", "id"),
        (r"\[\[levels\]\]", "[levels", "line"),
    ],
)
def test_what_has_the_wrong_form_names_the_file_and_the_field(changed: Path, old: str, new: str, named: str) -> None:
    replace(changed, old, new)
    with pytest.raises(DataError) as caught:
        check_rubric(changed)
    assert "rubric.toml" in str(caught.value)
    assert named in str(caught.value)


def test_a_strand_that_nothing_weighs_for_is_refused(changed: Path) -> None:
    before, strand = changed.read_text("utf-8").split('id = "organisation"')
    head, *criteria = strand.split("[[strands.criteria]]")
    weightless = [re.sub(r"^weight = .*$", "weight = 0.0", part, flags=re.MULTILINE) for part in criteria]
    changed.write_text('id = "organisation"'.join((before, "[[strands.criteria]]".join((head, *weightless)))), "utf-8")
    with pytest.raises(DataError, match="organisation: no criterion weighs anything"):
        load_rubric(changed)


@pytest.mark.parametrize("rubric", SHIPPED, ids=lambda rubric: rubric.id)
def test_there_is_a_lesson_on_everything_that_is_advised_or_praised(rubric: Rubric) -> None:
    lessons = load_lessons(rubric.id)
    assert lessons is not None
    codes = [lesson.code for lesson in lessons.lessons]
    assert len(codes) == len(set(codes))
    assert set(codes) == {advice.code for advice in rubric.advice}
    assert {praise.code for praise in rubric.praise} <= {lesson.code for lesson in lessons.lessons if lesson.well}
    assert lessons.theme.instead_of in codes
    assert lessons.theme.seen.format(theme="X") != lessons.theme.seen


@pytest.mark.parametrize("name", ["none", "../edexcel-9hi0-essay", "lessons/edexcel-9hi0-essay"])
def test_for_another_rubric_there_are_no_lessons(name: str) -> None:
    assert load_lessons(name) is None
