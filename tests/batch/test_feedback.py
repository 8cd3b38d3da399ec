"""What learners are given: made from results, decisions and their own documents, and written anew with them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.batch import Marked, summary
from essay_marker.batch.feedback import write_feedback
from essay_marker.batch.records import ClassRecord, Learner, LeftAlone, Member
from essay_marker.batch.store import Store
from essay_marker.batch.words import left_alone
from essay_marker.errors import DataError
from essay_marker.read import read_bytes
from essay_marker.records import Decision, Result
from essay_marker.report import render_json

from ..documents.writing import docx, paragraph, run
from ..report.building import empty, realistic
from ..returning.reading import bare, notes, page, part, result_on

DOCUMENT = docx(paragraph(run("The terror ended at once.")) + paragraph(run("The camps were opened soon.")))
ALL = ("docx", "html", "md", "pdf-ready")


def named(id_: str) -> Learner:
    return Learner(
        id=id_,
        learner=id_,
        file="essay",
        platform="name",
        number=None,
        late=False,
        others=(),
        sha256="0",
        result=None,
        report=None,
    )


class Classroom:
    """A folder of results with a few learners, whose feedback can be written again and again."""

    def __init__(self, folder: Path, *, anonymous: bool = False) -> None:
        self.store = Store(folder, anonymous=anonymous)
        self.feedback = folder / "feedback"
        self.members: list[Member] = []
        self.anonymous = anonymous

    def add(self, id_: str, result: Result, own: tuple[str, bytes] | None = None) -> None:
        self.store.put(id_, "key", render_json(result), "<p>", own)
        learner = named(id_)
        self.members.append(Member(learner, result))

    def write(
        self, kinds: Sequence[Any] = ALL, decisions: dict[str, Decision] | None = None, **how: Any
    ) -> tuple[LeftAlone, ...]:
        record = ClassRecord(
            version="1",
            rubric="r",
            rubric_sha256="0",
            topic="t",
            topic_sha256="0",
            question=None,
            anonymous=self.anonymous,
            feedback=tuple(kinds),
            learners=tuple(member.learner for member in self.members),
            alike=(),
            left_aside=(),
            absent=(),
            **how,
        )
        return write_feedback(self.store, record, self.members, decisions or {})

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.feedback.iterdir()}


@pytest.fixture
def classroom(tmp_path: Path) -> Classroom:
    """Ada handed in a Word document, Bo a text; Cy's file could not be read, and nothing came of Di's."""
    found = Classroom(tmp_path / "out")
    found.add("ada", result_on(DOCUMENT, "a.docx", targets=[["terror ended"]]), (".docx", DOCUMENT))
    found.add("bo", realistic(), (".txt", b"words"))
    found.add("cy", empty(withheld="unreadable", withheld_message="It is a photograph."))
    found.members.append(Member(found.members[0].learner, None)._replace(learner=named("di")))
    return found


def test_every_kind_is_made_for_all_who_can_be_given_something(classroom: Classroom) -> None:
    assert classroom.write() == ()
    endings = (".docx", ".html", ".md", ".print.html")
    assert set(classroom.files()) == {name + ending for name in ("ada", "bo") for ending in endings}
    assert [note.about for note in notes(classroom.files()["ada.docx"]).values()] == ["terror ended"]
    assert read_bytes(classroom.files()["bo.docx"], "b.docx").text.startswith("How far did Khrushchev")


def test_a_page_to_print_has_nothing_that_is_for_a_screen(classroom: Classroom) -> None:
    classroom.write()
    screen, paper = (classroom.files()[name].decode() for name in ("bo.html", "bo.print.html"))
    for sign in ("<script", "<nav", 'type="radio"', 'class="skip"', 'type="checkbox"'):
        assert sign in screen
        assert sign not in paper
    assert "@page { size: A4" in paper
    assert "script-src 'none'" in paper
    assert screen.count('class="words"') == paper.count('class="words"') > 3


def test_nobody_but_the_teacher_is_told_why_somebody_should_look(classroom: Classroom) -> None:
    classroom.write()
    everything = "\n".join(text.decode() for name, text in classroom.files().items() if not name.endswith("docx"))
    everything += "\n".join(page(classroom.files()["bo.docx"]))
    everything += "\n".join(note.said for note in notes(classroom.files()["bo.docx"]).values())
    review = classroom.members[1].result
    assert review is not None and review.marks.review
    for reason in review.marks.review:
        assert reason.message not in everything
    assert "Look at this one yourself" not in everything


def test_without_marks_there_is_no_mark_in_any_of_them(classroom: Classroom) -> None:
    classroom.write()
    marked = classroom.files()
    classroom.write(without_marks=True)
    for name, data in classroom.files().items():
        before, after = (_text(name, item) for item in (marked[name], data))
        assert "rovisional mark" in before
        assert "rovisional mark" not in after
        assert "Level" not in after


def _text(name: str, data: bytes) -> str:
    return "\n".join(page(data)) if name.endswith("docx") else data.decode().split("<body", 1)[-1]


def test_a_mark_that_is_hidden_from_the_teacher_is_in_no_file_that_she_may_open(classroom: Classroom) -> None:
    classroom.write(blind=True)
    assert all("rovisional mark" not in _text(name, data) for name, data in classroom.files().items())
    classroom.write(blind=True, decisions={"ada": Decision(mark=9)})
    found = {name for name, data in classroom.files().items() if "9 of 20" in _text(name, data)}
    assert found == {"ada.docx", "ada.html", "ada.md", "ada.print.html"}


def test_a_signature_is_written_into_every_file_and_nothing_else_is_touched(classroom: Classroom) -> None:
    classroom.write()
    times = {path.name: path.stat().st_mtime_ns for path in classroom.feedback.iterdir()}
    classroom.write(decisions={"ada": Decision(mark=15, comment="Good.", signed_by="J. Hill")})
    for name, data in classroom.files().items():
        path = classroom.feedback / name
        if name.startswith("ada"):
            assert "Signed by J. Hill" in _text(name, data)
            assert "Good." in _text(name, data)
            assert "rovisional" not in _text(name, data)
        else:
            assert path.stat().st_mtime_ns == times[name]


def test_an_essay_that_could_not_be_read_gets_a_file_with_her_decision(classroom: Classroom) -> None:
    classroom.write(["docx"], {"cy": Decision(mark=11, comment="Read on paper.", signed_by="J. Hill")})
    assert "Signed by J. Hill: 11 of 20." in page(classroom.files()["cy.docx"])
    classroom.write(["docx"])
    assert "cy.docx" not in classroom.files()


def test_what_is_no_longer_asked_for_is_taken_away(classroom: Classroom) -> None:
    classroom.write()
    del classroom.members[1]
    classroom.write(["md"])
    assert set(classroom.files()) == {"ada.md"}
    classroom.write([])
    assert classroom.files() == {}
    assert json.loads((classroom.store.folder / "feedback.json").read_bytes()) == {}


def test_a_file_that_the_teacher_has_changed_is_hers(classroom: Classroom) -> None:
    classroom.write()
    hers = classroom.feedback / "ada.docx"
    hers.write_bytes(b"hers")
    for decisions in ({}, {"ada": Decision(mark=3)}):
        assert [left.file for left in classroom.write(decisions=decisions)] == ["feedback/ada.docx"]
    assert [left.file for left in classroom.write([])] == ["feedback/ada.docx"]
    assert classroom.files() == {"ada.docx": b"hers"}
    hers.unlink()
    assert classroom.write() == ()
    assert len(classroom.files()) == 8


def test_a_file_that_was_there_before_and_is_none_of_ours_is_left(classroom: Classroom) -> None:
    classroom.feedback.mkdir()
    (classroom.feedback / "bo.md").write_bytes(b"own notes")
    assert [left.file for left in classroom.write(["md"])] == ["feedback/bo.md"]
    assert classroom.files()["bo.md"] == b"own notes"


def test_a_run_that_was_killed_anywhere_knows_its_own_files(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: dict[str, bytes] = {}
    decisions = {name: Decision(mark=3, signed_by="X") for name in ("ada", "bo")}
    replace = Path.replace
    kinds = ["docx", "md"]
    for stop in range(8):
        left = stop

        def stopping(self: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return replace(self, target)

        classroom.write(kinds)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopping)
            with contextlib.suppress(KeyboardInterrupt):
                classroom.write(kinds, decisions)
        other = {"ada": Decision(mark=4)}  # the next run is to say something else again
        assert classroom.write(kinds, other) == ()
        whole = whole or classroom.files()
        assert classroom.files() == whole
        assert not list(classroom.feedback.glob(".*"))


def test_what_is_written_is_the_same_everywhere(classroom: Classroom, tmp_path: Path) -> None:
    classroom.write()
    again = Classroom(tmp_path / "again")
    for member in reversed(classroom.members[:3]):
        assert member.result is not None
        path = classroom.store.essay_path(member.learner.id)
        own = None if path is None else (path.suffix, path.read_bytes())
        again.add(member.learner.id, member.result, own)
    again.write()
    assert again.files() == classroom.files()
    ledger = "feedback.json"
    assert (again.store.folder / ledger).read_bytes() == (classroom.store.folder / ledger).read_bytes()


def test_without_the_own_file_a_new_document_is_made(tmp_path: Path) -> None:
    hidden = Classroom(tmp_path / "out", anonymous=True)
    hidden.add("learner-k7m2qx", result_on(DOCUMENT, "learner-k7m2qx.docx", targets=[["terror ended"]]))
    hidden.write(["docx"])
    data = hidden.files()["learner-k7m2qx.docx"]
    assert [note.about for note in notes(data).values()] == ["terror ended"]
    assert b"rsidR" in bare(part(DOCUMENT))
    assert b"rsidR" not in bare(part(data))


def test_a_list_that_cannot_be_read_is_named(classroom: Classroom) -> None:
    (classroom.store.folder / "feedback.json").write_text("[]")
    with pytest.raises(DataError, match=r"feedback\.json: this list cannot be read"):
        classroom.write()


def test_hostile_words_reach_no_page_as_more_than_words(tmp_path: Path) -> None:
    found = Classroom(tmp_path / "out")
    words = "=cmd()|<script>alert(1)</script>&amp;{{ 7*7 }} heading||No"
    data = f"The terror ended, {words} said.".encode()
    result = result_on(data, f"{words[:8]}.txt", targets=[["terror ended"]])
    result = msgspec.structs.replace(
        result, essay=msgspec.structs.replace(result.essay, question=f"{words}\nmark||20 of 20")
    )
    found.add("x", result, (".txt", data))
    found.write(decisions={"x": Decision(mark=1, comment=f"{words}\ntitle||{words}", signed_by=words)})
    lines = page(found.files()["x.docx"])
    assert f"{words} mark||20 of 20" in lines
    assert words in lines and f"title||{words}" in lines
    assert "<script>alert" not in found.files()["x.html"].decode()


def test_the_summary_says_where_it_lies(classroom: Classroom) -> None:
    record = ClassRecord(
        version="1", rubric="r", rubric_sha256="0", topic="t", topic_sha256="0", question=None, anonymous=False,
        feedback=("docx",), without_marks=True, learners=(), alike=(), left_aside=(), absent=(),
    )  # fmt: skip
    left = LeftAlone("feedback/ada.docx", None, None)
    lines = summary(Marked(record=record, members=(), kept=0, stale=(), changed=(left,)), "out")
    assert "To give back, without marks: out/feedback." in lines
    assert any(line.strip().startswith("feedback/ada.docx was changed since") for line in lines)


def test_of_a_file_she_changed_it_is_said_which_mark_it_shows(classroom: Classroom) -> None:
    classroom.write()
    (classroom.feedback / "ada.docx").write_bytes(b"hers")
    (said,) = map(left_alone, classroom.write())
    assert "written with" not in said
    signed = Decision(mark=15, signed_by="J. Hill", signed_on="2026-11-22")
    program = next(m.result.marks for m in classroom.members if m.learner.id == "ada" and m.result is not None)
    (said,) = map(left_alone, classroom.write(decisions={"ada": signed}))
    assert said == (
        "feedback/ada.docx was changed since it was written, and is left as it is. It was written with"
        f" {program.mark} of 20, provisional; what stands now is 15 of 20, signed by J. Hill, 22 November 2026."
        " Put it right by hand, or delete or rename it to have it made anew."
    )
    (said,) = map(left_alone, classroom.write(decisions={"ada": signed}, without_marks=True))
    assert f"It was written with {program.mark} of 20, provisional; what stands now is no mark." in said
    assert classroom.files()["ada.docx"] == b"hers"


def test_of_a_file_that_was_there_before_no_mark_is_known() -> None:
    said = left_alone(LeftAlone("feedback/bo.md", None, "14 of 20, provisional"))
    assert "It may show an older mark: what stands now is 14 of 20, provisional." in said


def test_what_learners_are_given_is_titled_by_their_names(classroom: Classroom) -> None:
    classroom.write()
    files = classroom.files()
    assert b"<title>Essay report: ada</title>" in files["ada.html"]
    assert files["ada.md"].startswith(b"# Essay report: ada\n")
    assert "Feedback for ada" in page(files["ada.docx"])
