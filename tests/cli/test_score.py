"""``score`` over a stand-in for the program: arguments, places, exit codes, messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Calls = list[tuple[Any, ...]]


def test_one_essay_is_marked_with_the_defaults_and_reported_as_text(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt") == (0, "text of a.txt 80 False\n", "")
    assert calls == [
        ("Marker", "khrushchev-destalinisation", "edexcel-9hi0-essay"),
        ("file", Path("a.txt"), None),
    ]


def test_question_topic_and_rubric_reach_the_program(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt", "--question", "Why?", "--topic", "t", "--rubric", "r.toml").code == 0
    assert calls == [("Marker", "t", "r.toml"), ("file", Path("a.txt"), "Why?")]


def test_standard_input_is_read_as_bytes(run: Run, calls: Calls) -> None:
    assert run("score", "-", stdin=b"\xff\xfeE").out == "text of stdin 80 False\n"
    assert calls[1] == ("bytes", b"\xff\xfeE", "stdin", None)


def test_json_of_one_essay_is_one_object(run: Run, calls: Calls) -> None:
    out = run("score", "a.txt", "--format", "json").out
    assert json.loads(out)["essay"]["source"] == "a.txt"
    assert out.startswith('{\n  "schema_version"')


def test_json_of_several_essays_is_an_object_a_line_in_the_order_given(run: Run, calls: Calls) -> None:
    done = run("score", "b.txt", "missing.txt", "a.txt", "--format", "json")
    assert [json.loads(line)["essay"]["source"] for line in done.out.splitlines()] == ["b.txt", "missing.txt", "a.txt"]
    assert done.code == 1
    assert done.err == "essay-marker: missing.txt: there is no such file.\n"


def test_an_unreadable_essay_costs_the_others_nothing(run: Run, calls: Calls) -> None:
    done = run("score", "missing.txt", "a.txt")
    assert done == (1, "text of a.txt 80 False\n", "essay-marker: missing.txt: there is no such file.\n")


def test_a_crash_on_one_essay_costs_the_others_nothing(run: Run, calls: Calls) -> None:
    done = run("score", "crash.txt", "a.txt")
    assert (done.code, done.out) == (1, "text of a.txt 80 False\n")
    assert "crash.txt: this is a mistake in essay-marker" in done.err
    assert "IndexError: list index out of range" in done.err
    assert "eport it" in done.err
    assert done.err.count("\n") == 1


def test_the_traceback_of_a_crash_is_shown_on_demand(run: Run, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESSAY_MARKER_DEBUG", "1")
    assert "Traceback (most recent call last)" in run("score", "crash.txt").err


def test_a_withheld_mark_is_exit_code_1_and_its_report_is_shown(run: Run, calls: Calls) -> None:
    assert run("score", "notes.txt") == (1, "text of notes.txt 80 False\n", "")


def test_a_withheld_mark_is_also_said_where_no_report_is_seen(run: Run, calls: Calls) -> None:
    assert run("score", "notes.txt", "--format", "json").err == "essay-marker: notes.txt: These are notes.\n"


@pytest.mark.parametrize(
    ("options", "reader"), [(["--for", "student"], "student True"), (["--no-mark"], "teacher False")]
)
def test_who_reads_it_and_whether_with_the_mark_reach_the_report(
    run: Run, calls: Calls, options: list[str], reader: str
) -> None:
    assert run("score", "a.txt", *options).out == f"text of a.txt 80 False {reader}\n"


def test_a_report_without_the_mark_is_announced_without_it(run: Run, calls: Calls) -> None:
    done = run("score", "a.txt", "--no-mark", "-o", "a.md", "--format", "markdown")
    assert done.err == "essay-marker: a.txt: a.md\n"


@pytest.mark.parametrize(
    ("options", "why"),
    [(["--no-mark"], "--no-mark: the JSON holds the mark."), (["--for", "student"], "--for student: the JSON holds")],
)
def test_json_is_for_everyone_and_holds_the_mark(run: Run, calls: Calls, options: list[str], why: str) -> None:
    done = run("score", "a.txt", "--format", "json", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"essay-marker: {why}")
    assert calls == []


def test_several_text_reports_stand_apart(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt", "b.txt").out == "text of a.txt 80 False\n\ntext of b.txt 80 False\n"


def test_a_report_goes_into_a_file(run: Run, calls: Calls) -> None:
    done = run("score", "a.txt", "--format", "html", "--output", "a.html")
    assert (done.code, done.out) == (0, "")
    assert Path("a.html").read_text("utf-8") == "html of a.txt 80 False\n"


def test_html_without_output_goes_to_standard_output(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt", "--format", "html").out == "html of a.txt 80 False\n"


def test_colour_is_for_the_terminal_only(run: Run, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run("score", "a.txt").out == "text of a.txt 80 True\n"
    run("score", "a.txt", "--output", "report.txt")
    assert Path("report.txt").read_text("utf-8") == "text of a.txt 80 False\n"


@pytest.mark.parametrize(
    ("format", "extension"), [("text", ".txt"), ("markdown", ".md"), ("html", ".html"), ("json", ".json")]
)
def test_several_reports_go_into_a_folder_that_is_made(run: Run, calls: Calls, format: str, extension: str) -> None:
    done = run("score", "in/a.txt", "in/b.v2.txt", "-", "--format", format, "--output", "out")
    assert done.code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == [
        f"a{extension}",
        f"b.v2{extension}",
        f"stdin{extension}",
    ]
    assert done.err.splitlines()[0] == f"essay-marker: in/a.txt: provisional mark 12 of 20 (10 to 13), out/a{extension}"


def test_one_report_goes_into_a_folder(run: Run, calls: Calls) -> None:
    Path("there").mkdir()
    assert run("score", "a.txt", "--output", "there").code == 0
    assert run("score", "a.txt", "--output", "new/").code == 0
    assert Path("there/a.txt").is_file()
    assert Path("new/a.txt").is_file()


def test_json_in_a_folder_is_one_object_a_file(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt", "b.txt", "--format", "json", "--output", "out").code == 0
    assert json.loads(Path("out/b.json").read_text("utf-8"))["essay"]["source"] == "b.txt"


def test_json_of_several_essays_in_one_file_is_json_lines(run: Run, calls: Calls) -> None:
    Path("all.json").write_text("of an earlier run\n", "utf-8")
    assert run("score", "a.txt", "b.txt", "--format", "json", "--output", "all.json").code == 0
    lines = Path("all.json").read_text("utf-8").splitlines()
    assert [json.loads(line)["essay"]["source"] for line in lines] == ["a.txt", "b.txt"]


def test_essays_of_one_name_get_reports_of_their_own(run: Run, calls: Calls) -> None:
    assert run("score", "x/essay.txt", "y/essay.txt", "z/Essay.txt", "--output", "out").code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["Essay-3.txt", "essay-2.txt", "essay.txt"]


def test_nothing_is_written_for_an_essay_that_cannot_be_read(run: Run, calls: Calls) -> None:
    assert run("score", "a.txt", "missing.txt", "--output", "out").code == 1
    assert [path.name for path in Path("out").iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a.txt", "--output", "./a.txt"], "would take the place of the essay a.txt"),
        (["a.txt", "b.txt", "--output", "."], "would take the place of the essay a.txt"),
        (["a.txt", "--output", "no/where/report.txt"], "there is no folder no/where"),
        (["a.txt", "b.txt", "--output", "no/where"], "there is no folder no"),
        (["a.txt", "b.txt", "--output", "report.md"], "several essays need a folder"),
        (["a.txt", "b.txt", "--format", "html"], "add --output FOLDER"),
        (["-", "-"], "only once"),
        (["a.txt", "--rubric", "wrong"], "There is no rubric 'wrong'."),
    ],
)
def test_what_does_not_fit_is_a_sentence_before_anything_is_marked(
    run: Run, calls: Calls, arguments: list[str], sentence: str
) -> None:
    Path("a.txt").write_text("the pupil's own words", "utf-8")
    done = run("score", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("essay-marker: ")
    assert sentence in done.err
    assert calls == []
    assert Path("a.txt").read_text("utf-8") == "the pupil's own words"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["a.txt", "--format", "pdf"], "pdf"),
        (["a.txt", "--colour"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(run: Run, calls: Calls, arguments: list[str], words: str) -> None:
    done = run("score", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_report_that_cannot_be_written_is_a_sentence(run: Run, calls: Calls) -> None:
    Path("folder.html").mkdir()
    Path("folder.html/a.html").mkdir()
    done = run("score", "a.txt", "--format", "html", "--output", "folder.html")
    assert done.code == 2
    assert "a.html: the report cannot be written" in done.err


def test_an_interrupt_is_exit_code_130(run: Run, calls: Calls) -> None:
    done = run("score", "stop.txt")
    assert done.code == 130
    assert "Traceback" not in done.err


def test_control_characters_in_a_file_name_do_not_reach_the_terminal(run: Run, calls: Calls) -> None:
    assert "\x1b" not in run("score", "\x1b[31m/missing.txt").err
