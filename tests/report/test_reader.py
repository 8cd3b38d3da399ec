"""Who reads: a teacher is told all, a student is spoken to, and without the mark nothing gives it away."""

from __future__ import annotations

import re

import msgspec
import pytest

from essay_marker.records import Result, Review, Strength, Target
from essay_marker.report import Audience, Format, render
from essay_marker.report.feedback import feedback_page
from essay_marker.report.moodle_comment import moodle_comment

READ_BY_PEOPLE: tuple[Format, ...] = ("text", "markdown", "html")
READERS: tuple[Audience, ...] = ("teacher", "student")
LEARNED = "like those of example essays at Level 3.2"


@pytest.fixture
def result(realistic: Result) -> Result:
    """The realistic result, with a reason that was learned, and none that speaks of levels otherwise."""
    first, second, *others = realistic.marks.strands
    second = msgspec.structs.replace(second, reasons=second.reasons[:1])
    reason = msgspec.structs.replace(first.reasons[0], text=LEARNED, learned=True)
    first = msgspec.structs.replace(first, reasons=(reason, *first.reasons[1:]))
    marks = msgspec.structs.replace(realistic.marks, strands=(first, second, *others))
    return msgspec.structs.replace(realistic, marks=marks)


def shown(result: Result, fmt: Format, audience: Audience, *, mark: bool = True) -> str:
    """The words that are read, on one line: no style sheet, no tags."""
    report = render(result, fmt, audience=audience, mark=mark)
    report = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", report, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", report).split())


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("audience", READERS)
def test_strengths_come_before_what_is_to_be_done(fmt: Format, audience: Audience, result: Result) -> None:
    report = shown(result, fmt, audience).lower()
    heading = {"teacher": "what the essay does well", "student": "what you do well"}[audience]
    assert report.index(heading) < report.rindex("three things to do next")


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_each_reader_gets_their_own_words(fmt: Format, result: Result) -> None:
    teacher, student = shown(result, fmt, "teacher"), shown(result, fmt, "student")
    said: list[Strength | Target] = [*result.strengths, result.targets[0]]
    for item in said:
        assert item.text in teacher
        assert item.student not in teacher
        assert item.student in student
        assert item.text not in student
    assert "Not final until your teacher has signed." in student
    assert "Your teacher reads the essay and decides." in student


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_target_without_words_for_students_is_shown_as_it_is(fmt: Format, result: Result) -> None:
    (plain,) = (target for target in result.targets if target.code == "use-historian")
    assert plain.student == ""
    assert plain.text in shown(result, fmt, "student")


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_student_is_not_told_what_is_the_teachers(fmt: Format, result: Result) -> None:
    report = shown(result, fmt, "student")
    assert "Provisional mark 14 of 20 (Level 4), likely range 12–16." in report
    for words in ("Look at this one yourself", "strands lie more than one level", "Most like", LEARNED, "weight",
                  "Mark decided", "before you tell the pupil", "hold its marks against your own"):  # fmt: skip
        assert words not in report, words
    assert "Weighs its yardsticks against each other." in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("audience", READERS)
def test_without_the_mark_nothing_gives_it_away(fmt: Format, audience: Audience, result: Result) -> None:
    report = shown(result, fmt, audience, mark=False)
    assert "The mark is left out of this report." in report
    for pattern in (r"\blevels?\b", r"\bbands?\b", r"\brange\b", r"\bof 20\b", r"[Pp]rovisional", r"of 5\b", LEARNED):
        assert not re.search(pattern, report, re.IGNORECASE), pattern
    assert "Weighs its yardsticks against each other." in report
    assert "Look at this one yourself" not in report


@pytest.mark.parametrize("audience", READERS)
def test_the_page_without_the_mark_draws_none(audience: Audience, result: Result) -> None:
    page = render(result, "html", audience=audience, mark=False).split("</style>")[1]
    for name in ('class="scale"', 'class="steps"', 'id="show-mark"', 'class="is-mark"', "Level"):
        assert name not in page


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_withheld_mark_tells_a_student_what_they_can_do(fmt: Format, result: Result) -> None:
    marks = msgspec.structs.replace(
        result.marks, withheld="too-short", withheld_message=None, level=None, mark=None, low=None, high=None
    )
    report = shown(msgspec.structs.replace(result, marks=marks), fmt, "student", mark=False)
    assert "No mark given." in report
    assert "Hand in the whole essay." in report
    assert "mark this one yourself" not in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("audience", READERS)
def test_what_is_only_near_a_strength_is_not_called_one(fmt: Format, audience: Audience, result: Result) -> None:
    nearly = msgspec.structs.replace(result.strengths[0], secure=False)
    report = shown(msgspec.structs.replace(result, strengths=(nearly,)), fmt, audience)
    assert "stands out as a strength yet. Nearest to one:" in report
    assert "stands out as a strength yet" not in shown(result, fmt, audience)


@pytest.mark.parametrize(("audience", "mark"), [("student", True), ("teacher", False)])
def test_json_is_made_for_everyone(audience: Audience, mark: bool, result: Result) -> None:
    with pytest.raises(ValueError, match="JSON holds the mark"):
        render(result, "json", audience=audience, mark=mark)


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_student_is_told_that_another_question_seems_to_be_answered(fmt: Format, mark: bool, result: Result) -> None:
    said = "Your essay seems to answer another question than the one set"
    assert said not in shown(result, fmt, "student", mark=mark)
    doubt = Review(code="question-doubtful", message="This looks like an answer to another question: the guess.")
    marks = msgspec.structs.replace(result.marks, review=(*result.marks.review, doubt))
    doubtful = msgspec.structs.replace(result, marks=marks)
    report = shown(doubtful, fmt, "student", mark=mark)
    assert f"{said}, which is: {result.essay.question}" in report
    assert "the guess" not in report
    assert said not in shown(doubtful, fmt, "teacher")
    page = " ".join(line.text for line in feedback_page(doubtful, mark=mark))
    assert f"{said}, which is: {result.essay.question}" in page
    assert said in moodle_comment(doubtful, None)
    own = msgspec.structs.replace(doubtful.essay, question=doubtful.essay.title)
    marks = msgspec.structs.replace(marks, review=(doubt, Review(code="other-question", message="No.")))
    untold = msgspec.structs.replace(doubtful, essay=own, marks=marks)  # the question set is not known
    assert f"{said}." in shown(untold, fmt, "student", mark=mark)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_student_is_spared_what_is_machinery(fmt: Format, result: Result) -> None:
    first, *others = result.marks.strands
    nothing = msgspec.structs.replace(first.reasons[0], text="No historian at all.", spans=(), weight=0.0, level=None)
    strand = msgspec.structs.replace(first, reasons=(*first.reasons, nothing))
    result = msgspec.structs.replace(result, marks=msgspec.structs.replace(result.marks, strands=(strand, *others)))
    machinery = (result.program.rubric_sha256[:8], result.program.topic_sha256[:8], "fit 94%", "No historian at all.")
    teacher, student = shown(result, fmt, "teacher"), shown(result, fmt, "student")
    page = " ".join(line.text for line in feedback_page(result))
    for words in machinery:
        assert words in teacher
        assert words not in student + page
    assert f"essay-marker {result.program.version}" in student


@pytest.mark.parametrize("audience", READERS)
@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_report_is_titled_by_its_learner_where_there_is_one(fmt: Format, audience: Audience, result: Result) -> None:
    page = render(result, fmt, audience=audience, learner="Ada <Lovelace>\x1b")
    file = "essay\\_07.docx" if fmt == "markdown" else "essay_07.docx"
    name = "Ada <Lovelace>\ufffd" if fmt == "text" else "Ada &lt;Lovelace&gt;\ufffd"
    if fmt == "html":
        assert f"<title>Essay report: {name}</title>" in page
        assert f'<h1><span class="kind">Essay report</span> {name}</h1>' in page
    else:
        assert page.splitlines()[0].endswith(f"Essay report: {name}")
    assert f"File: {file}" in page
    assert "File:" not in render(result, fmt, audience=audience)


def test_the_page_of_feedback_is_for_its_learner(result: Result) -> None:
    assert feedback_page(result, learner="Ada Lovelace")[0].text == "Feedback for Ada Lovelace"
    assert feedback_page(result)[0].text == "Feedback on your essay"
