"""What holds for every format of report."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import get_args

import msgspec
import pytest

from essay_marker.records import FactCheck, Marks, ReportedEssay, Result, Withheld
from essay_marker.report import Audience, Format, render
from essay_marker.report.feedback import feedback_page, margin_comments
from essay_marker.report.moodle_comment import moodle_comment

from .building import offsets

READ_BY_PEOPLE: tuple[Format, ...] = ("text", "markdown", "html")


@pytest.mark.parametrize("fmt", get_args(Format))
@pytest.mark.parametrize("which", ["realistic", "empty", "hostile"])
def test_every_format_shows_every_result_and_ends_with_one_newline(
    fmt: Format, which: str, request: pytest.FixtureRequest
) -> None:
    report = render(request.getfixturevalue(which), fmt)
    assert report.endswith("\n")
    assert not report.endswith("\n\n")


@pytest.mark.parametrize("fmt", get_args(Format))
def test_the_same_result_gives_the_same_report(fmt: Format, realistic: Result) -> None:
    assert render(realistic, fmt) == render(realistic, fmt)


def test_an_unknown_format_is_refused(empty: Result) -> None:
    with pytest.raises(ValueError, match="'pdf'"):
        render(empty, "pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_the_mark_is_provisional_and_stands_before_everything_else(fmt: Format, realistic: Result) -> None:
    report = render(realistic, fmt)
    top = report.index("Provisional mark 14 of 20 (Level 4), likely range 12–16.")
    assert top < report.index("Not final until a teacher has signed.") < report.index("Look at this one yourself")
    headings = re.findall(
        r"^(?:<h2[^>]*>|## )?(what the essay does well|three things to do next|strand by strand|themes"
        r"|judgement and balance"
        r"|historians and references|facts checked)(?:</h2>)?$",
        report[top:].lower(),
        re.MULTILINE,
    )
    assert headings == [
        "what the essay does well", "three things to do next", "strand by strand", "themes", "judgement and balance",
        "historians and references", "facts checked",
    ]  # fmt: skip


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_the_word_final_stands_nowhere_else(fmt: Format, realistic: Result) -> None:
    assert render(realistic, fmt).lower().count("final") == 1


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_the_limits_of_the_program_are_stated(fmt: Format, realistic: Result) -> None:
    report = " ".join(render(realistic, fmt).split())
    for words in ("Agreement with examiners is unproven", "Nothing was sent anywhere", "may not be the only marker"):
        assert words in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("reason", get_args(Withheld))
def test_without_a_mark_the_reason_and_what_to_do_are_shown(fmt: Format, reason: Withheld, realistic: Result) -> None:
    marks = msgspec.structs.replace(
        realistic.marks, withheld=reason, withheld_message=None, level=None, mark=None, low=None, high=None
    )
    report = render(msgspec.structs.replace(realistic, marks=marks), fmt)
    assert "No mark given." in report
    assert "yourself" in report or "Open the file" in report
    assert "Provisional mark" not in report
    assert "final" not in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
@pytest.mark.parametrize("audience", ["teacher", "student"])
def test_of_an_essay_without_a_mark_nothing_is_said_but_why_and_what_to_do(
    fmt: Format, audience: Audience, realistic: Result
) -> None:
    marks = msgspec.structs.replace(
        realistic.marks, withheld="off-topic", withheld_message="Why.", level=None, mark=None, low=None, high=None
    )
    result = msgspec.structs.replace(realistic, marks=marks)
    report = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", render(result, fmt, audience=audience))
    assert "Why." in report
    said = [
        *(item.student if audience == "student" else item.text for item in result.targets),
        *(item.student if audience == "student" else item.text for item in result.strengths),
        *(strand.label for strand in result.marks.strands),
        *(theme.label for theme in result.themes),
        *(idea for theme in result.themes for idea in theme.suggestions),
        *(
            "agrees with the topic",
            "Things to do",
            "to do next",
            "evel 4",
            "level 4",
            "shown below",
            "Look at this",
            "Show the mark",
        ),
    ]
    for words in filter(None, said):
        assert words not in report, words
    shows_essay = "The clearest success was the end of mass terror." in report
    assert shows_essay == (fmt == "html")
    assert margin_comments(result) == ()
    assert not [line for line in feedback_page(result) if line.kind in ("item", "target", "theme", "heading")]
    assert moodle_comment(result, None) == ""


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_the_message_of_the_mark_stage_replaces_ours(fmt: Format, realistic: Result) -> None:
    marks = msgspec.structs.replace(
        realistic.marks, mark=None, withheld="too-short", withheld_message="Only 40 words were found."
    )
    report = " ".join(render(msgspec.structs.replace(realistic, marks=marks), fmt).split())
    assert "Only 40 words were found." in report
    assert "The essay is too short to be marked." not in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_a_file_that_could_not_be_read_has_a_short_report(fmt: Format, empty: Result) -> None:
    report = render(empty, fmt)
    assert "No mark given." in report
    assert "The file could not be read." in report
    assert "Strand by strand" not in report


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_an_essay_of_which_nothing_was_found_is_shown_with_empty_lists(
    fmt: Format, empty: Result, realistic: Result
) -> None:
    text = "A few words."
    essay = msgspec.structs.replace(empty.essay, text=text, words=3)
    marks = msgspec.structs.replace(empty.marks, withheld=None, mark=3, low=1, high=5)
    report = render(msgspec.structs.replace(empty, essay=essay, marks=marks), fmt)
    for words in ("No strength was found.", "No suggestion is made.",
                  "No strand was judged.", "No themes were looked for.",
                  "No words argue for one side.", "No sentence answers the question", "No yardstick for success",
                  "No counter-argument", "No historian is named.", "no references found",
                  "No statement matches"):  # fmt: skip
        assert words in report, words


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_every_template_is_shown_what_it_needs_when_values_are_null(fmt: Format, realistic: Result) -> None:
    essay = msgspec.structs.replace(realistic.essay, title=None, bibliography=None, notes=(), repairs=())
    balance = msgspec.structs.replace(realistic.balance, verdict=None)
    marks: Marks = msgspec.structs.replace(realistic.marks, level=None, low=None, high=None, review=())
    result = msgspec.structs.replace(realistic, essay=essay, balance=balance, marks=marks)
    assert "Provisional mark 14 of 20." in render(result, fmt)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_spans_outside_the_text_are_left_out(fmt: Format, realistic: Result) -> None:
    essay: ReportedEssay = msgspec.structs.replace(realistic.essay, text=realistic.essay.text[:50])
    assert "not found in the essay" in render(msgspec.structs.replace(realistic, essay=essay), fmt)


@pytest.mark.parametrize("fmt", get_args(Format))
def test_half_a_character_pair_in_a_file_name_is_no_error(fmt: Format, empty: Result) -> None:
    essay = msgspec.structs.replace(empty.essay, source="caf\udce9.txt")
    assert "caf\ufffd.txt" in render(msgspec.structs.replace(empty, essay=essay), fmt)


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_what_a_terminal_or_a_reader_would_obey_is_not_passed_on(fmt: Format, hostile: Result) -> None:
    report = render(hostile, fmt)
    assert "\x1b" not in report
    assert "\u202e" not in report


def test_json_is_printed_without_loading_jinja() -> None:
    program = "import sys, essay_marker.report as r; r.render_json; sys.exit('jinja2' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_a_report_can_be_made_again_from_the_json(realistic: Result) -> None:
    again = msgspec.json.decode(render(realistic, "json"), type=Result)
    assert render(again, "html") == render(realistic, "html")


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_the_nearest_exemplars_are_named_and_the_nearer_is_quoted(fmt: Format, realistic: Result) -> None:
    report = " ".join(re.sub(r"</?span[^>]*>", "", render(realistic, fmt)).split())
    for words in (
        "Most like two example essays, e12 and e28, both at Level 4 here. e12 writes: “This mattered less to writers",
        "Most like two example essays, e03 at Level 2 and e30 at Level 3 here. e03 writes: “Beria was shot in 1953.”",
        "Most like the example essay e07, at Level 4 here.",
    ):
        assert words in report
    assert report.count("Most like") == 3  # nothing is said of a strand without neighbours


@pytest.mark.parametrize("fmt", READ_BY_PEOPLE)
def test_facts_that_agree_are_told_with_their_places(fmt: Format, realistic: Result) -> None:
    def agreeing(*words: str) -> str:
        facts = tuple(
            FactCheck(**offsets(found), id=f"f{n}", status="supported", message="x") for n, found in enumerate(words)
        )
        page = render(msgspec.structs.replace(realistic, facts=facts), fmt)
        return " ".join(re.sub(r"<[^>]*>" if fmt == "html" else r"\\", " ", page).split())

    speech, prisoners, nagy = "Secret Speech of February 1956", "several million prisoners", "Nagy left the Warsaw Pact"
    said = agreeing(nagy, speech, prisoners, "Filtzer, The Khrushchev Era")
    assert "4 statements agree with the topic’s list of facts, in paragraphs 2 (2), 4 (1), in the note (1)." in said
    if fmt != "text":  # and each with its words
        end = said.index("in the note (1).")
        assert end < said.index(speech, end) < said.index(prisoners, end) < said.index(nagy, end)
    assert "One statement agrees with the topic’s list of facts, in paragraph 4." in agreeing(nagy)
    assert "2 statements agree with the topic’s list of facts, in paragraph 2." in agreeing(speech, prisoners)
    assert "No statement matches the topic’s list of facts." in agreeing()
