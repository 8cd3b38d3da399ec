"""Moodle's worksheet and feedback ZIP: whose is whose, what becomes a grade, and what stays as it came."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from essay_marker.batch import Settings, run_batch, summary
from essay_marker.batch.moodle import Filled, check_worksheet, fill, keep_worksheet, moodle_remarks, write_moodle
from essay_marker.batch.records import Member
from essay_marker.batch.store import Store
from essay_marker.batch.worksheet import Worksheet
from essay_marker.errors import DataError
from essay_marker.records import Decision

from .classes import hostile_members, learner, marked, members, record

HEAD = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),"
    "Last modified (grade),Feedback comments"
)
SIGNED = {
    "ada-lovelace-100": Decision(mark=15, comment="Good <work> & more", signed_by="Ms Hill", signed_on="2026-11-22")
}


def sheet(*lines: str, head: str = HEAD) -> Worksheet:
    return Worksheet("\n".join([head, *lines, ""]).encode(), "Grades.csv")


def line(number: int, name: str, *, grade: str = "", most: str = "20.00", comment: str = "") -> str:
    return f'Participant {number},{name},a@b.example,"Submitted, late",{grade},{most},Yes,-,-,{comment}'


def filled(
    worksheet: Worksheet, class_: list[Member], decisions: dict[str, Decision] | None = None, **fields: Any
) -> Filled:
    return fill(worksheet, record(class_, **fields), class_, decisions or {}, "Grades.csv")


def rows(data: bytes) -> dict[str, dict[str, str]]:
    return {row["Identifier"]: row for row in csv.DictReader(io.StringIO(data.decode(), newline=""))}


def test_nothing_but_grades_and_comments_changes() -> None:
    lines = [line(100, "Ada Lovelace"), line(101, "Grace Hopper"), line(999, "Nobody Here"), line(200, "Rosa Short")]
    before = sheet(*lines)
    after = filled(before, members(), SIGNED).data
    assert before.filled({}) != after
    old, new = rows(before.filled({})), rows(after)
    assert list(old) == list(new)
    for number, row in new.items():
        changed = {name for name, value in row.items() if value != old[number][name]}
        assert changed <= {"Grade", "Feedback comments"}
    assert after.decode().splitlines()[3] == lines[2]
    assert (new["Participant 100"]["Grade"], new["Participant 101"]["Grade"]) == ("15.00", "")
    assert new["Participant 200"]["Grade"] == new["Participant 200"]["Feedback comments"] == ""


def test_a_mark_nobody_signed_is_a_grade_only_where_it_was_asked_for() -> None:
    worksheet = sheet(line(100, "Ada Lovelace"), line(101, "Grace Hopper"))
    kept = filled(worksheet, members())
    assert [row["Grade"] for row in rows(kept.data).values()] == ["", ""]
    assert any("2 marks not put in, being provisional" in remark for remark in kept.remarks)
    asked = filled(worksheet, members(), provisional_grades=True)
    assert [row["Grade"] for row in rows(asked.data).values()] == ["14.00", "7.00"]
    unsigned = {"ada-lovelace-100": Decision(mark=16)}
    assert rows(filled(worksheet, members(), unsigned).data)["Participant 100"]["Grade"] == ""


def test_where_learners_get_no_marks_or_the_teacher_sees_none_there_is_no_grade() -> None:
    worksheet = sheet(line(100, "Ada Lovelace"), line(101, "Grace Hopper"))
    without = filled(worksheet, members(), SIGNED, without_marks=True)
    assert rows(without.data)["Participant 100"]["Grade"] == ""
    assert any("learners get no marks" in remark for remark in without.remarks)
    blind = rows(filled(worksheet, members(), SIGNED, blind=True, provisional_grades=True).data)
    assert (blind["Participant 100"]["Grade"], blind["Participant 101"]["Grade"]) == ("15.00", "")


def test_a_comment_has_the_teachers_words_strengths_and_targets_and_no_mark() -> None:
    class_ = members()
    comment = rows(filled(sheet(line(100, "Ada Lovelace")), class_, SIGNED).data)["Participant 100"][
        "Feedback comments"
    ]
    assert comment.startswith("<p>Good &lt;work&gt; &amp; more</p>")
    assert class_[0].result is not None
    for strength in class_[0].result.strengths:
        assert strength.student in comment
    for target in class_[0].result.targets:
        assert (target.student or target.text) in comment
    for hint in ("14", "15", "Level", "provisional", "\n"):
        assert hint not in comment
    assert "Your teacher reads" not in comment  # and has signed
    unsigned = rows(filled(sheet(line(101, "Grace Hopper")), class_).data)["Participant 101"]["Feedback comments"]
    assert "Your teacher reads the essay and decides." in unsigned


def test_what_the_teacher_wrote_into_the_worksheet_stays() -> None:
    worksheet = sheet(
        line(100, "Ada Lovelace", grade="3.00", comment="Mine"), line(101, "Grace Hopper", grade="4.00", comment="Mine")
    )
    found = filled(worksheet, members(), SIGNED, provisional_grades=True)
    after = rows(found.data)
    assert [row["Feedback comments"] for row in after.values()] == ["Mine", "Mine"]
    assert [row["Grade"] for row in after.values()] == ["15.00", "4.00"]  # what is signed counts for more
    assert "2 comments left as they were." in found.remarks


@pytest.mark.parametrize(
    ("most", "grade"), [("100.00", "75.00"), ("100,00", "75,00"), ("25.00", "18.75"), ("30.00", "22.50")]
)
def test_marks_are_scaled_to_the_worksheets_maximum(most: str, grade: str) -> None:
    quoted = f'"{most}"' if "," in most else most
    found = filled(sheet(line(100, "Ada Lovelace", most=quoted)), members(), SIGNED)
    assert rows(found.data)["Participant 100"]["Grade"] == grade
    assert f"Its maximum grade is {most}, and marks of 20 are scaled to it." in found.remarks


def test_grades_in_words_are_left_to_the_teacher() -> None:
    head = HEAD.replace("Maximum Grade", "Scale")
    found = filled(sheet(line(100, "Ada Lovelace", most="Pass"), head=head), members(), SIGNED)
    assert rows(found.data)["Participant 100"]["Grade"] == ""
    assert any("no maximum grade in numbers" in remark for remark in found.remarks)


def test_learners_are_told_by_number_and_else_by_a_name_that_is_there_once() -> None:
    class_ = [
        Member(learner("A. Lovelace", "100"), marked(14)),  # called otherwise in Moodle
        Member(learner("Grace Hopper"), marked(13)),
        Member(learner("grace  HOPPER", id="other"), marked(12)),  # whose is it?
        Member(learner("emmy noether"), marked(11)),
        Member(learner("Mary Somerville", "7", platform="canvas"), marked(10)),  # the number is another platform's
    ]
    worksheet = sheet(line(100, "Ada King"), line(101, "Grace Hopper"), line(102, "Emmy  Noether"), line(7, "Sofia K"))
    found = filled(worksheet, class_, provisional_grades=True)
    assert {number: row["Grade"] for number, row in rows(found.data).items()} == {
        "Participant 100": "14.00",
        "Participant 101": "",
        "Participant 102": "11.00",
        "Participant 7": "",
    }
    assert found.numbers == {"a.-lovelace-100": "100", "emmy-noether": "102"}


def test_columns_are_found_in_any_order_and_four_languages() -> None:
    german = "Feedback als Kommentar;Bewertung;Bestwertung;Vollständiger Name;ID"
    worksheet = Worksheet(f"{german}\n;;20,00;Ada Lovelace;Teilnehmer/in100\n".encode(), "Bewertungen.csv")
    found = filled(worksheet, members(), SIGNED)
    row = next(csv.DictReader(io.StringIO(found.data.decode()), delimiter=";"))
    assert (row["Bewertung"], row["Bestwertung"]) == ("15,00", "20,00")
    assert "Good &lt;work&gt;" in row["Feedback als Kommentar"]


def test_a_worksheet_without_comments_gets_grades() -> None:
    found = filled(sheet("Participant 100,", head="Identifier,Grade"), members(), SIGNED)
    assert found.data == b"Identifier,Grade\nParticipant 100,15.00\n"
    assert any("no column for comments" in remark for remark in found.remarks)


def test_what_an_essay_says_is_no_markup_in_a_comment() -> None:
    class_ = hostile_members()
    comment = rows(filled(sheet(line(1, "x")), class_).data)["Participant 1"]["Feedback comments"]
    assert "&lt;script&gt;" in comment
    assert "<script" not in comment


def test_what_is_no_worksheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("learner,file\n")
    with pytest.raises(DataError, match="names no column Identifier"):
        check_worksheet(tmp_path / "list.csv", tmp_path / "out")
    (tmp_path / "list.csv").write_text("Identifier,Mark\n")
    with pytest.raises(DataError, match="names no column Grade"):
        check_worksheet(tmp_path / "list.csv", tmp_path / "out")
    with pytest.raises(DataError, match="as it came from Moodle"):
        check_worksheet(tmp_path / "out/moodle/list.csv", tmp_path / "out")


# --- in the folder of results ---------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "out", anonymous=False)
    (store.folder / "feedback").mkdir()
    return store


def give(store: Store, *names: str) -> None:
    for name in names:
        (store.folder / "feedback" / name).write_bytes(name.encode())


def as_moodle_reads(name: str) -> tuple[str, str]:
    """Whose a file is for Moodle, and what it is called there: by the underlines, the way it takes a name apart."""
    parts = f"/import/{name}".split("_", 4)
    assert parts[2:4] == ["assignsubmission", "file"]
    assert not name.startswith((".", "~"))
    return parts[1], parts[4]


def test_the_worksheet_is_kept_as_it_came_and_filled_in_again(store: Store, tmp_path: Path) -> None:
    given = tmp_path / "Grades 12B.csv"
    given.write_bytes(sheet(line(100, "Ada Lovelace")).filled({}))
    class_ = members()
    keep_worksheet(store, given)
    write_moodle(store, record(class_), class_, {})
    given.unlink()
    keep_worksheet(store, None)
    write_moodle(store, record(class_), class_, SIGNED)
    data = (store.folder / "moodle/Grades 12B.csv").read_bytes()
    assert rows(data)["Participant 100"]["Grade"] == "15.00"
    kept = (store.folder / "moodle/as-it-came/Grades 12B.csv").read_bytes()
    assert kept == sheet(line(100, "Ada Lovelace")).filled({})
    assert moodle_remarks(store, record(class_), class_, SIGNED)[0].startswith("1 learner found in it, 1 grade and")
    other = tmp_path / "Other.csv"
    other.write_bytes(kept)
    keep_worksheet(store, other)
    write_moodle(store, record(class_), class_, SIGNED)
    assert sorted(path.name for path in (store.folder / "moodle").iterdir()) == ["Other.csv", "as-it-came"]


def test_feedback_is_packed_as_moodle_takes_it(store: Store) -> None:
    names = ["Ada Lovelace", "Snake_Case O'Neil", "../Up/Down", ".hidden", "=1+1", "Zoë Ní Dhomhnaill", "~", "a:b?c"]
    class_ = [Member(learner(name, str(n), id=f"id-{n}"), marked(10)) for n, name in enumerate(names)]
    class_.append(Member(learner("Not Moodle", id="id-99"), marked(10)))
    give(store, *(f"{member.learner.id}{ending}" for member in class_ for ending in (".docx", ".print.html")))
    class_record = record(class_, feedback=("docx", "pdf-ready"))
    write_moodle(store, class_record, class_, {})
    path = store.folder / "moodle/feedback.zip"
    with zipfile.ZipFile(path) as archive:
        found = {as_moodle_reads(name): archive.read(name).decode() for name in archive.namelist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    want = {(str(n), f"feedback{end}"): f"id-{n}{end}" for n in range(len(names)) for end in (".docx", ".print.html")}
    assert found == want
    before = path.read_bytes()
    write_moodle(store, class_record, class_[::-1], {})
    assert path.read_bytes() == before
    write_moodle(store, record(class_), class_, {})
    assert not path.exists()  # nothing is given any more


def test_a_class_that_is_not_moodles_gets_nothing(store: Store) -> None:
    class_ = [Member(learner(f"Ada {n}"), marked(12)) for n in range(2)]
    give(store, *(f"{member.learner.id}.docx" for member in class_))
    write_moodle(store, record(class_, feedback=("docx",)), class_, {})
    assert not (store.folder / "moodle").exists()
    assert moodle_remarks(store, record(class_), class_, {}) == ()


def test_a_learner_whose_file_cannot_be_read_gets_the_teachers_mark() -> None:
    class_ = members()
    decisions = {"vera-scanned-201": Decision(mark=10, comment="Typed it up.", signed_by="Ms Hill")}
    row = rows(filled(sheet(line(201, "Vera Scanned")), class_, decisions).data)["Participant 201"]
    assert (row["Grade"], row["Feedback comments"]) == ("10.00", "<p>Typed it up.</p>")


def test_unsecure_strengths_are_no_praise() -> None:
    member = members()[0]
    assert member.result is not None
    strengths = tuple(replace(item, secure=False) for item in member.result.strengths)
    member = member._replace(result=replace(member.result, strengths=strengths))
    comment = filled(sheet(line(100, "A")), [member, members()[1]]).data.decode()
    assert strengths[0].student not in comment


# --- in a run -------------------------------------------------------------------------------------------------------


def test_a_run_goes_on_with_the_worksheet_of_the_one_before(essays: Path, made: list[str], tmp_path: Path) -> None:
    given = tmp_path / "Grades 12B.csv"
    given.write_bytes(sheet(line(1, "Ada Lovelace"), line(2, "Grace Hopper")).filled({}))
    settings = Settings(
        places=(essays,),
        out=tmp_path / "out",
        topic="khrushchev-destalinisation",
        rubric="edexcel-9hi0-essay",
        moodle=given,
        provisional_grades=True,
    )
    asked = run_batch(settings)
    place = tmp_path / "out/moodle/Grades 12B.csv"
    assert {number: row["Grade"] for number, row in rows(place.read_bytes()).items()} == {
        "Participant 1": "12.00",
        "Participant 2": "12.00",
    }
    assert "Moodle's grading worksheet, in out/moodle:\n  2 learners found in it, 2 grades" in "\n".join(
        summary(asked, "out")
    )
    given.unlink()
    again = run_batch(replace(settings, moodle=None, provisional_grades=False))
    assert again.kept == 5
    assert {row["Grade"] for row in rows(place.read_bytes()).values()} == {""}  # it was not asked for again


def test_a_file_that_is_no_worksheet_stops_a_run_before_it_begins(
    essays: Path, made: list[str], tmp_path: Path
) -> None:
    settings = Settings(
        places=(essays,), out=tmp_path / "out", topic="khrushchev-destalinisation", rubric="edexcel-9hi0-essay",
        moodle=essays / "Grades.csv",
    )  # fmt: skip
    with pytest.raises(DataError, match="no grading worksheet"):
        run_batch(settings)
    assert made == []
    assert not (tmp_path / "out").exists()
