"""What a report says of the teacher's decision: who signed, what the program proposed, never "final" without."""

from __future__ import annotations

import re

import msgspec
import pytest

from essay_marker.records import Decision, Result
from essay_marker.report import Audience, Format, render
from essay_marker.report.feedback import feedback_page

READ_BY_PEOPLE: tuple[Format, ...] = ("text", "markdown", "html")
HERS = Decision(mark=16, comment="Weigh the thaw, too.\n# Not a heading <b>")
SIGNED = msgspec.structs.replace(HERS, signed_by="Ms J. Hill", signed_on="2026-11-22")


@pytest.fixture
def plain(realistic: Result) -> Result:
    """The realistic result without the finding that speaks of a level by itself."""
    first, second, *others = realistic.marks.strands
    second = msgspec.structs.replace(second, reasons=second.reasons[:1])
    marks = msgspec.structs.replace(realistic.marks, strands=(first, second, *others))
    return msgspec.structs.replace(realistic, marks=marks)


def shown(
    result: Result, fmt: Format, decision: Decision | None, audience: Audience = "teacher", *, mark: bool = True
) -> str:
    """The words that are read, on one line: no style sheet, no tags, no signs of Markdown."""
    page = render(result, fmt, audience=audience, mark=mark, decision=decision)
    page = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>" if fmt == "html" else r"\\|\*\*", " ", page).split())


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_signed_report_says_who_signed_when_and_what_was_changed(fmt: Format, realistic: Result) -> None:
    page = shown(realistic, fmt, SIGNED)
    assert "Signed by Ms J. Hill, 22 November 2026: 16 of 20." in page
    assert "The program had proposed 14 (12 to 16)." in page
    assert "The teacher’s comment" in page
    assert "Weigh the thaw, too." in page
    for word in ("final", "Final", "Provisional"):
        assert word not in page


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("audience", ["teacher", "student"])
def test_without_a_signature_her_mark_is_provisional(fmt: Format, audience: Audience, realistic: Result) -> None:
    page = shown(realistic, fmt, HERS, audience)
    assert "Provisional mark 16 of 20" in page
    assert "Not final until" in page
    assert "Signed" not in page


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("decision", [HERS, SIGNED])
def test_a_student_is_told_her_mark_and_not_what_the_program_proposes(
    fmt: Format, decision: Decision, plain: Result
) -> None:
    page = shown(plain, fmt, decision, "student")
    assert "16 of 20" in page
    assert "Your teacher’s comment" in page
    assert not re.search(r"14 of 20|12 to 16|12–16|proposed|\blevel \d|Levels of 5", page, re.IGNORECASE)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_without_the_mark_neither_hers_nor_the_programs_is_told(fmt: Format, plain: Result) -> None:
    page = shown(plain, fmt, SIGNED, "student", mark=False)
    assert "The mark is left out of this report. Signed by Ms J. Hill, 22 November 2026." in page
    assert "Weigh the thaw, too." in page
    assert not re.search(r"\d+ of 20|\blevel \d", page, re.IGNORECASE)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_comment_alone_leaves_the_mark_the_programs(fmt: Format, realistic: Result) -> None:
    page = shown(realistic, fmt, Decision(comment="See me."))
    assert "Provisional mark 14 of 20 (Level 4)" in page
    assert "See me." in page


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_an_essay_without_a_mark_of_the_programs_may_have_hers(fmt: Format, empty: Result) -> None:
    marks = msgspec.structs.replace(empty.marks, withheld="too-short", withheld_message=None)
    page = shown(msgspec.structs.replace(empty, marks=marks), fmt, SIGNED)
    assert "16 of 20. The program gave no mark: The essay is too short to be marked." in page
    assert "No mark given" not in page
    for audience in ("teacher", "student"):
        left = shown(msgspec.structs.replace(empty, marks=marks), fmt, SIGNED, audience, mark=False)
        assert "left out" in left
        assert "too short" not in left


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_no_decision_changes_nothing(fmt: Format, realistic: Result) -> None:
    assert render(realistic, fmt, decision=None) == render(realistic, fmt)
    assert render(realistic, fmt, decision=Decision()) == render(realistic, fmt)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_what_she_writes_is_shown_and_never_obeyed(fmt: Format, realistic: Result) -> None:
    name = "<i>Hill</i>\x1b[31m‮"
    page = render(realistic, fmt, decision=msgspec.structs.replace(SIGNED, signed_by=name))
    assert "\x1b" not in page
    assert "‮" not in page
    assert ("<i>" in page) == (fmt == "text")
    if fmt == "markdown":
        assert not re.search(r"^# Not", page, re.MULTILINE)


def test_the_place_for_the_signature_on_paper_is_filled_in(realistic: Result) -> None:
    page = render(realistic, "html", decision=SIGNED)
    for label, said in (("Mark decided", "16"), ("Teacher", "Ms J. Hill"), ("Date", "22 November 2026")):
        assert f"<dt>{label}</dt><dd>{said}</dd>" in page
    assert "<dt>Mark decided</dt><dd></dd>" in render(realistic, "html")


def test_json_takes_no_decision(realistic: Result) -> None:
    with pytest.raises(ValueError, match="a decision is kept apart"):
        render(realistic, "json", decision=SIGNED)


@pytest.mark.parametrize(("day", "said"), [("2026-01-01", "1 January 2026"), ("", ""), (None, ""), ("soon", "soon")])
def test_the_day_of_a_signature_in_words(day: str | None, said: str) -> None:
    decision = Decision(signed_by="X", signed_on=day)
    assert decision.day == said
    assert decision.signature == (f"X, {said}" if said else "X")
    assert Decision(signed_on=day).signature == ""


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_what_a_teacher_has_signed_does_not_disown_itself(fmt: Format, realistic: Result) -> None:
    caveats = ("may not be the only marker", "take this as advice on a draft")
    for audience, decision, there in (("student", HERS, True), ("student", SIGNED, False), ("teacher", SIGNED, False)):
        page = shown(realistic, fmt, decision, "student" if audience == "student" else "teacher")
        assert ("may not be the only marker" in page) == there
        if audience == "student":
            assert (caveats[1] in page) == there
    for decision in (HERS, SIGNED):
        said = " ".join(line.text for line in feedback_page(realistic, decision=decision))
        assert [words in said for words in caveats] == [decision is HERS] * 2
