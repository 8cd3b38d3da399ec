"""A class from its files to everything that is written, with a stand-in for the marking."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from essay_marker.batch import Marked, Settings, run_batch, summary, who_is_who
from essay_marker.batch.records import Member
from essay_marker.errors import DataError
from essay_marker.records import Decision, Result, Review
from essay_marker.report import render

from .classes import learner, marked, record

LOOK = Review(code="level-boundary", message="Look here.")
OTHER = "The clocks of the valley were never set alike, so that every wedding began twice."


def go(essays: Path, out: str = "out", **how: Any) -> Marked:
    return run_batch(Settings(places=(essays,), out=essays.parent / out, topic=TOPIC, rubric=RUBRIC, **how))


TOPIC, RUBRIC = "khrushchev-destalinisation", "edexcel-9hi0-essay"


def written(out: Path) -> dict[str, bytes]:
    """Every file of a folder of results; the log without its times."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    files["log.jsonl"] = re.sub(rb'"time": "[^"]*"', b"", files["log.jsonl"])
    return files


def log(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]


def rows(out: Path) -> dict[str, dict[str, Any]]:
    lines = load_workbook(out / "marksheet.xlsx")["Marks"].iter_rows(values_only=True)
    head = next(lines)
    return {str(line[1]): dict(zip(map(str, head), line, strict=True)) for line in lines}


def test_everything_is_written(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    marked = go(essays)
    assert set(written(out)) == {
        "class.html",
        "class.json",
        "log.jsonl",
        "manifest.json",
        "marksheet.csv",
        "marksheet.xlsx",
        *(f"essays/{m.learner.id}.txt" for m in marked.members),
        *(f"results/{id_}.json" for id_ in ("ada-lovelace-1", "grace-hopper", "empty", "noetheremmy-5")),
        *(f"results/{m.learner.id}.json" for m in marked.members if "Smith" in m.learner.learner),
        *(f"reports/{m.learner.id}.html" for m in marked.members),
    }
    found = rows(out)
    assert set(found) == {"Ada Lovelace", "Grace Hopper", "=Anna Smith", "noetheremmy", "empty"}
    assert found["Ada Lovelace"]["Provisional mark"] == 12
    assert found["empty"]["Provisional mark"] is None
    assert "is empty" in found["empty"]["No mark because"]
    assert found["noetheremmy"]["Late"] == "late"
    assert found["noetheremmy"]["Other files"] == "noetheremmy_5_4_essay.txt"
    assert "of the words in common with Grace Hopper" in found["Ada Lovelace"]["In common with"]
    assert found["=Anna Smith"]["In common"] is None
    assert found["Ada Lovelace"]["Your mark"] is None
    lines = list(csv.DictReader(io.StringIO((out / "marksheet.csv").read_text("utf-8-sig"))))
    assert {line["Learner"] for line in lines} == set(found) - {"=Anna Smith"} | {"'=Anna Smith"}


def test_the_summary_names_every_problem(essays: Path, made: list[str]) -> None:
    (essays / "Bad One - essay.txt").write_text("crash")
    (essays / "Worse One - essay.txt").write_text("die")
    said = "\n".join(summary(go(essays), "out"))
    for line in (
        "7 essays: 0 signed, 4 provisional, 3 without a mark.",
        "empty (empty.txt): empty.txt is empty.",
        "Bad One (Bad One - essay.txt): This is a mistake in essay-marker, not in the file (IndexError",
        "Worse One (Worse One - essay.txt): The program stopped twice on this file",
        "noetheremmy (noetheremmy_LATE_5_6_essay.txt) is marked; not: noetheremmy_5_4_essay.txt",
        "Grades.csv",
        "Ada Lovelace and Grace Hopper: 33 words in 1 passage",
    ):
        assert line in said


def test_a_second_run_marks_nothing_and_changes_nothing(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    go(essays)
    first = written(out)
    made.clear()
    assert go(essays).kept == 5
    assert made == []
    assert written(out) == first


@pytest.mark.parametrize("what", ["essay", "question", "again", "result", "version"])
def test_what_changed_is_marked_again(
    essays: Path, made: list[str], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = essays.parent / "out"
    go(essays)
    made.clear()
    how: dict[str, Any] = {}
    match what:
        case "essay":
            (essays / "Grace Hopper - essay.txt").write_text(OTHER)
        case "question":
            how["question"] = "Why?"
        case "again":
            how["again"] = True
        case "result":
            (out / "results/grace-hopper.json").write_text("{}")
        case "version":
            monkeypatch.setattr("essay_marker.batch.versions.__version__", "99")
    go(essays, **how)
    assert set(made) == {"Grace Hopper - essay.txt"} if what in ("essay", "result") else len(made) == 5


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("something else")])
def test_a_report_that_is_not_as_it_was_is_made_anew_without_marking(
    essays: Path, made: list[str], change: Callable[[Path], Any]
) -> None:
    out = essays.parent / "out"
    go(essays)
    class_json = (out / "class.json").read_bytes()
    made.clear()
    change(out / "reports/grace-hopper.html")
    go(essays)
    assert made == []
    result = msgspec.json.decode((out / "results/grace-hopper.json").read_bytes(), type=Result)
    assert (out / "reports/grace-hopper.html").read_text("utf-8") == render(result, "html", learner="Grace Hopper")
    assert (out / "class.json").read_bytes() == class_json


def test_workers_and_the_order_in_which_they_finish_make_no_difference(essays: Path, made: list[str]) -> None:
    go(essays, "one", workers=1)
    order = list(made)
    go(essays, "two", workers=2)
    assert made[len(order) :] != order
    assert written(essays.parent / "one") == written(essays.parent / "two")


def test_a_run_that_is_stopped_anywhere_goes_on_and_leaves_what_an_undisturbed_one_leaves(
    essays: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go(essays, "whole")
    whole = written(essays.parent / "whole")
    replace = Path.replace
    left = 0

    def stopping(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt  # as good as a kill: nothing in the program answers to it
        return replace(self, target)

    stops = 0
    stopped = True
    while stopped:
        stops += 1
        out = essays.parent / f"stopped{stops}"
        left = stops
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopping)
            try:
                go(essays, out.name, workers=3)
                stopped = False
            except KeyboardInterrupt:
                pass
        finished = {path.stem: path.stat().st_mtime_ns for path in (out / "results").glob("*.json")}
        made.clear()
        go(essays, out.name)
        assert len(made) == 5 - len(finished)
        for id_, written_at in finished.items():
            assert (out / f"results/{id_}.json").stat().st_mtime_ns == written_at
        assert written(out) == whole
    assert stops > 15  # three files an essay, and three for the class


def test_an_essay_that_was_marked_and_then_fails_has_no_old_mark(essays: Path, made: list[str]) -> None:
    go(essays)
    (essays / "Grace Hopper - essay.txt").write_text("crash")
    marked = go(essays)
    out = essays.parent / "out"
    assert not (out / "results/grace-hopper.json").exists()
    assert not (out / "reports/grace-hopper.html").exists()
    assert rows(out)["Grace Hopper"]["Provisional mark"] is None
    made.clear()
    assert [m.withheld for m in marked.members if m.learner.id == "grace-hopper"] == ["failed"]
    go(essays)
    assert made == ["Grace Hopper - essay.txt"]  # nothing is finished that failed
    assert [line["event"] for line in log(out) if line["id"] == "grace-hopper"] == ["marked", "failed"]


def test_the_log_only_grows_and_says_what_was_marked_with_what(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    marked = go(essays)
    before = (out / "log.jsonl").read_bytes()
    entries = log(out)
    assert [entry["id"] for entry in entries] == [member.learner.id for member in marked.members]
    assert entries[0]["version"] and entries[0]["rubric_sha256"] and entries[0]["topic_sha256"]
    assert (entries[0]["mark"], entries[0]["learner"]) == (12, "Ada Lovelace")
    go(essays, again=True)
    after = (out / "log.jsonl").read_bytes()
    assert after.startswith(before)
    assert len(after.splitlines()) == 2 * len(entries)


def test_a_line_that_was_torn_spoils_no_other(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    go(essays)
    with (out / "log.jsonl").open("ab") as file:
        file.write(b'{"time": "20')
    (essays / "Grace Hopper - essay.txt").write_text(OTHER)
    go(essays)
    lines = (out / "log.jsonl").read_bytes().splitlines()
    assert lines[-2] == b'{"time": "20'
    assert json.loads(lines[-1])["id"] == "grace-hopper"


def test_what_the_teacher_put_in_is_kept(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    go(essays)
    book = load_workbook(out / "marksheet.xlsx")
    sheet = book["Marks"]
    head = [cell.value for cell in sheet[1]]
    mark, comment = head.index("Your mark") + 1, head.index("Your comment") + 1
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, 2).value in ("Grace Hopper", "empty"):
            sheet.cell(line, mark).value, sheet.cell(line, comment).value = 15, "Well argued"
    book.save(out / "marksheet.xlsx")
    (essays / "empty.txt").unlink()
    go(essays, question="Why?")
    found = rows(out)
    assert (found["Grace Hopper"]["Your mark"], found["Grace Hopper"]["Your comment"]) == (15, "Well argued")
    assert found["empty"]["Your mark"] == 15  # no longer in the class, and nothing of hers is lost
    assert "kept because of what you put in" in found["empty"]["No mark because"]


def test_no_name_is_in_anything_that_is_written_in_anonymous_mode(essays: Path, made: list[str]) -> None:
    (essays / "Bad Penny - essay.txt").write_text("crash Bad Penny")
    key = essays.parent / "key"
    marked = go(essays, anonymous=True, key_file=key)
    out = essays.parent / "out"
    unpacked = b"\n".join(written(out).values()) + "\n".join(written(out)).encode()
    for sheet in load_workbook(out / "marksheet.xlsx"):
        unpacked += repr([[cell.value for cell in row] for row in sheet.iter_rows()]).encode()
    unpacked += "\n".join(summary(marked, "out")).encode()
    for name in (b"Ada", b"ada-", b"Lovelace", b"Hopper", b"Smith", b"noether", b"Penny", b"empty.txt"):
        assert name not in unpacked
    who = who_is_who(Settings(places=(essays,), out=out, topic=TOPIC, rubric=RUBRIC, anonymous=True, key_file=key))
    assert {pseudonym for pseudonym, _, _ in who} == set(rows(out))
    assert "Ada Lovelace" in {learner for _, learner, _ in who}
    again = go(essays, "other", anonymous=True, key_file=key, workers=3)
    assert again.record == marked.record


def test_names_and_pseudonyms_are_not_mixed_in_one_folder(essays: Path, made: list[str]) -> None:
    go(essays)
    with pytest.raises(DataError, match="its results are under names"):
        go(essays, anonymous=True, key_file=essays.parent / "key")


def test_a_folder_with_something_else_in_it_is_left_alone(essays: Path, made: list[str]) -> None:
    other = essays.parent / "other"
    other.mkdir()
    (other / "holiday.txt").write_text("x")
    with pytest.raises(DataError, match="there is something else in this folder"):
        go(essays, "other")
    assert [path.name for path in other.iterdir()] == ["holiday.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: such names exist on Linux alone")
def test_a_name_that_is_no_text_and_a_link_to_nowhere_stop_nothing(essays: Path, made: list[str]) -> None:
    (essays / os.fsdecode(b"\xff\xfe.txt")).write_text("x")
    (essays / os.fsdecode(b"\xff\xfe.csv")).write_text("x")
    (essays / os.fsdecode(b"gone \xff.txt")).symlink_to("nowhere")
    marked = go(essays)
    assert len(marked.members) == 7
    (gone,) = [member for member in marked.members if member.learner.problem]
    assert "could not be opened" in gone.why
    assert "could not be opened" in rows(essays.parent / "out")[gone.learner.learner]["No mark because"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="NOT TESTED: root may read everything")
def test_a_folder_that_may_not_be_looked_into_is_named(essays: Path, made: list[str]) -> None:
    (essays / "Emmy").mkdir(mode=0)
    assert "could not be opened" in "\n".join(summary(go(essays), "out"))


def test_two_runs_do_not_write_into_one_folder(essays: Path, made: list[str]) -> None:
    fcntl = pytest.importorskip("fcntl", reason="NOT TESTED: this system has no such locks")
    go(essays)
    with (essays.parent / "out/log.jsonl").open("ab") as log_file:
        fcntl.flock(log_file, fcntl.LOCK_EX)
        with pytest.raises(DataError, match="another run writes into this folder"):
            go(essays)


def test_results_of_essays_that_are_no_longer_there_are_named(essays: Path, made: list[str]) -> None:
    go(essays)
    (essays / "Grace Hopper - essay.txt").unlink()
    marked = go(essays)
    assert marked.stale == ("grace-hopper",)
    assert "results/grace-hopper.json" in "\n".join(summary(marked, "out"))


def test_feedback_is_written_and_stays_as_it_was_asked_for(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    marked = go(essays, feedback=("docx", "md"), without_marks=True)
    given = {name for name in written(out) if name.startswith("feedback/")}
    learners = {m.learner.id for m in marked.members if m.result is not None and m.result.essay.text}
    assert given == {f"feedback/{id_}.{ending}" for id_ in learners for ending in ("docx", "md")}
    first = written(out)
    again = go(essays)
    assert (again.record.feedback, again.record.without_marks) == (("docx", "md"), True)
    assert written(out) == first
    assert written(out) | {"log.jsonl": b""} == written_elsewhere(essays, workers=3)
    assert not {name for name in written(out) if name.startswith("feedback/")} - given
    go(essays, feedback=())
    assert not list((out / "feedback").iterdir())


def written_elsewhere(essays: Path, **how: Any) -> dict[str, bytes]:
    go(essays, "elsewhere", feedback=("docx", "md"), without_marks=True, **how)
    return written(essays.parent / "elsewhere") | {"log.jsonl": b""}


def test_no_name_is_in_the_feedback_of_anonymous_mode(essays: Path, made: list[str]) -> None:
    go(essays, anonymous=True, key_file=essays.parent / "key", feedback=("docx", "html", "md", "pdf-ready"))
    given = list((essays.parent / "out/feedback").iterdir())
    assert len(given) == 16
    for path in given:
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"".join(package.read(name) for name in package.namelist())
        for name in (b"Ada", b"ada-", b"Lovelace", b"Hopper", b"Smith", b"noether"):
            assert name not in data + path.name.encode()


def test_a_run_that_marks_anew_says_what_has_changed_since(
    essays: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any("changed since" in line for line in summary(go(essays), "out"))
    path = essays.parent / "out/log.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["topic_sha256"] = "another"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    number = sum(line["event"] == "marked" for line in lines)
    assert f"The topic has changed since: {number} marked again." in summary(go(essays, again=True), "out")
    assert not any("changed since" in line for line in summary(go(essays, again=True), "out"))


def test_only_the_first_ten_to_look_at_are_named() -> None:
    members = [
        Member(learner(f"Pupil {n:02}", str(n)), replace(marked(10), marks=replace(marked(10).marks, review=(LOOK,))))
        for n in range(13)
    ]
    plain = record(members, alike=())
    decisions = {members[0].learner.id: Decision(mark=10, signed_by="J. Hill")}
    lines = summary(Marked(record=plain, members=tuple(members), kept=0, stale=(), decisions=decisions), "out")
    first = lines.index("Look at these first:")
    assert lines[first + 1] == "  Pupil 01: Look here."
    assert lines[first + 10] == "  Pupil 10: Look here."
    assert lines[first + 11] == "  and 2 others"
