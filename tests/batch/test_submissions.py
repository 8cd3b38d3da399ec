"""Whose a file is, which of several is marked, and what is never looked at."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from essay_marker.batch.patterns import name_files
from essay_marker.batch.roster import load_roster
from essay_marker.batch.submissions import Gathered, Submission, gather
from essay_marker.errors import DataError, InputError

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\xff" * 50


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes files into a folder, each a minute younger than the one before."""
    for age, (name, content) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (1_700_000_000 + 60 * age,) * 2)
    return folder


def packed(place: Path, files: dict[str, str | bytes]) -> Path:
    """Writes files into a ZIP, each a minute younger than the one before."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for age, (name, content) in enumerate(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 12, age, 0)), content)
    return place


def gathered(*places: Path, roster: Path | None = None) -> Gathered:
    return gather(places, Path("nowhere/out"), load_roster(roster) if roster else None)


def by_learner(found: Gathered) -> dict[str, Submission]:
    learners = {submission.learner: submission for submission in found.submissions}
    assert len(learners) == len(found.submissions)
    return learners


@pytest.mark.parametrize(
    ("path", "learner", "number", "platform", "late"),
    [
        ("Ada Lovelace_12345_assignsubmission_file_/essay.docx", "Ada Lovelace", "12345", "moodle", False),
        ("Ada Lovelace_12345_assignsubmission_file_essay final.docx", "Ada Lovelace", "12345", "moodle", False),
        ("Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html", "Ada Lovelace", "12345", "moodle", False),
        ("Mary-Jane O'Neil_7_assignsubmission_file_/my_essay_2.odt", "Mary-Jane O'Neil", "7", "moodle", False),
        ("=1+1_12345_assignsubmission_file_/essay.docx", "=1+1", "12345", "moodle", False),
        ("lovelaceada_123_456_essay.txt", "lovelaceada", "123", "canvas", False),
        ("lovelaceada_LATE_123_456_my_essay.txt", "lovelaceada", "123", "canvas", True),
        ("lovelaceada_123_text.html", "lovelaceada", "123", "canvas", False),
        ("anon_8kXyZ_LATE_456_essay.pdf", "anon_8kXyZ", "8kXyZ", "canvas", True),
        ("Ada Lovelace - essay.txt", "Ada Lovelace", None, "classroom", False),
        ("Ludwig van Beethoven - De-Stalinisation.docx", "Ludwig van Beethoven", None, "classroom", False),
        ("Submitted files/Ada Lovelace/Essay/Version 2/work.docx", "Ada Lovelace", None, "teams", False),
        ("Ada Lovelace/Essay/Version 1/work.docx", "Ada Lovelace", None, "teams", False),
        ("ada.docx", "ada", None, "file", False),
        ("Dr. Ada Lovelace", "Dr. Ada Lovelace", None, "file", False),
        ("essay - final.docx", "essay - final", None, "file", False),
    ],
)
def test_a_file_is_its_learners(path: str, learner: str, number: str | None, platform: str, late: bool) -> None:
    (named,) = name_files([tuple(path.split("/"))])
    assert (named.learner, named.number, named.platform, named.late) == (learner, number, platform, late)


def test_a_title_before_the_dash_is_no_learner() -> None:
    names = name_files([("Cold War - Ada Lovelace.txt",), ("Cold War - Grace Hopper.txt",)])
    assert [named.learner for named in names] == ["Ada Lovelace", "Grace Hopper"]


def test_numbers_that_are_in_every_name_are_no_canvas() -> None:
    names = name_files([("essay_1953_1964_ada.txt",), ("essay_1953_1964_bob.txt",)])
    assert [(named.learner, named.platform) for named in names] == [
        ("essay_1953_1964_ada", "file"),
        ("essay_1953_1964_bob", "file"),
    ]


def test_a_folder_each_names_the_learner(tmp_path: Path) -> None:
    put(tmp_path, {"Ada Lovelace/essay.txt": "a", "Grace Hopper/essay.txt": "b"})
    assert set(by_learner(gathered(tmp_path))) == {"Ada Lovelace", "Grace Hopper"}


def test_files_with_odd_names_are_an_essay_each(tmp_path: Path) -> None:
    put(tmp_path, {"set 1/essay.txt": "a", "set 1/other.txt": "b", "set 2/essay.txt": "c", "essay (1).txt": "d"})
    assert len(gathered(tmp_path).submissions) == 4


@pytest.mark.parametrize(
    "files",
    [
        {"Ada L_7_assignsubmission_file_/old.txt": "old", "Ada L_7_assignsubmission_file_/new.txt": "new"},
        {"adal_7_20_essay.txt": "old", "adal_7_31_essay-1.txt": "new"},
        {"adal_LATE_7_31_essay.txt": "new", "adal_7_99_essay.txt": "old"},
        {
            "S/Ada L/Essay/Version 10/e.txt": "new",
            "S/Ada L/Essay/Version 9/e.txt": "old",
            "S/Bo B/Essay/Version 1/e": "x",
        },
        {"Ada L - essay (1).txt": "new", "Ada L - essay.txt": "old"},
        {"Submitted files/Ada L/E/Version 1/e.txt": "new", "Working files/Ada L/E/e.txt": "old"},
        # what cannot be an essay is no later version of one
        {"Ada L_7_assignsubmission_file_/a.txt": "new", "Ada L_7_assignsubmission_file_/b.jpg": PNG},
        {"Ada L_7_assignsubmission_file_/a.txt": "new", "Ada L_7_assignsubmission_file_/b.txt": b" \n"},
        {
            "Ada L_7_assignsubmission_file_/a.txt": "new",
            "Ada L_7_assignsubmission_onlinetext_/onlinetext.html": "<p>Hi",
        },
    ],
)
@pytest.mark.parametrize("how", ["folder", "zip"])
def test_the_latest_of_several_is_marked_and_the_others_are_listed(
    tmp_path: Path, files: dict[str, str | bytes], how: str
) -> None:
    place = put(tmp_path / "in", files) if how == "folder" else packed(tmp_path / "in.zip", files)
    submission = next(s for s in gathered(place).submissions if s.learner.lower().startswith("ada"))
    assert submission.file.read() == b"new"
    assert len(submission.earlier) == 1


def test_two_learners_of_one_name_are_two(tmp_path: Path) -> None:
    put(tmp_path, {"Li Wei_1_assignsubmission_file_/e.txt": "a", "Li Wei_2_assignsubmission_file_/e.txt": "b"})
    assert len(gathered(tmp_path).submissions) == 2


def test_what_computers_leave_behind_is_passed_over_and_lists_are_named(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.txt": "essay",
            ".DS_Store": "x",
            "~$a.docx": "x",
            "__MACOSX/._a.txt": "x",
            "Thumbs.db": "x",
            "Grades-7b.csv": "x",
        },
    )
    found = gathered(tmp_path)
    assert [s.file.label for s in found.submissions] == ["a.txt"]
    assert found.left_aside == ("Grades-7b.csv",)


def test_the_folder_of_results_is_not_looked_into(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "essay", "out/results/a.json": "{}", "out/reports/a.html": "<p>"})
    assert [s.file.label for s in gather([tmp_path], tmp_path / "out").submissions] == ["a.txt"]
    with pytest.raises(DataError, match="cannot go into the folder of the essays"):
        gather([tmp_path], tmp_path)


def test_the_folder_around_a_zip_is_left_out(tmp_path: Path) -> None:
    place = packed(tmp_path / "a.zip", {"7b/Ada Lovelace - e.txt": "a", "7b/Grace Hopper - e.txt": "b"})
    assert {s.file.label for s in gathered(place).submissions} == {"Ada Lovelace - e.txt", "Grace Hopper - e.txt"}


def test_a_path_that_leads_out_of_a_zip_leads_nowhere(tmp_path: Path) -> None:
    place = packed(tmp_path / "a.zip", {"../../evil.txt": "a", "/etc/other.txt": "b"})
    found = gathered(place)
    assert {s.file.path for s in found.submissions} == {("evil.txt",), ("etc", "other.txt")}
    assert {s.file.read() for s in found.submissions} == {b"a", b"b"}
    assert list(tmp_path.iterdir()) == [place]


def test_a_zip_with_too_much_in_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from essay_marker.batch import submissions

    place = packed(tmp_path / "a.zip", {"a.txt": "x" * 100, "b.txt": "x" * 100})
    monkeypatch.setattr(submissions, "MAX_UNPACKED", 150)
    with pytest.raises(DataError, match="would unpack to"):
        gathered(place)
    monkeypatch.setattr(submissions, "MAX_FILES", 1)
    with pytest.raises(DataError, match="more than 1 files"):
        gathered(place)


def test_a_member_that_lies_about_its_size_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from essay_marker.batch import submissions

    place = packed(tmp_path / "a.zip", {"a.txt": "x" * 5000})
    (submission,) = gathered(place).submissions
    monkeypatch.setattr(submissions, "MAX_FILE_BYTES", 1000)
    with pytest.raises(InputError, match="larger than it says"):
        submission.file._replace(size=10).read()
    with pytest.raises(InputError, match="too large to be an essay"):
        submission.file.read()


def test_a_damaged_zip_and_a_missing_place_are_said(tmp_path: Path) -> None:
    put(tmp_path, {"a.zip": "no zip"})
    with pytest.raises(DataError, match=r"a\.zip: this ZIP file cannot be opened"):
        gathered(tmp_path / "a.zip")
    with pytest.raises(DataError, match="was not found"):
        gathered(tmp_path / "b")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="there is no essay in it"):
        gathered(tmp_path / "empty")


def test_names_that_are_utf8_and_do_not_say_so_are_read(tmp_path: Path) -> None:
    place = packed(tmp_path / "a.zip", {"Jose Nunez - e.txt": "a"})
    data = place.read_bytes()
    wanted = "José Núñ.".encode()  # as many bytes as "Jose Nunez" and two more
    place.write_bytes(data.replace(b"Jose Nunez - ", wanted + b" "))
    assert len(wanted) + 1 == len(b"Jose Nunez - ")
    assert "José" in gathered(place).submissions[0].file.label


def test_files_of_one_name_from_two_folders_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, {"x/essay.txt": "a", "y/essay.txt": "b"})
    one = gathered(tmp_path / "x/essay.txt", tmp_path / "y/essay.txt", tmp_path / "x/essay.txt")
    other = gathered(tmp_path / "y/essay.txt", tmp_path / "x/essay.txt")
    assert one == other
    assert [s.learner for s in one.submissions] == ["x", "y"]


# --- lists of learners ----------------------------------------------------------------------------------------------


def test_a_list_says_whose_files_are(tmp_path: Path) -> None:
    place = put(tmp_path / "in", {"scan1.txt": "a", "scan2.txt": "b", "scan3.txt": "c"})
    roster = tmp_path / "list.csv"
    roster.write_text("Learner;File\nAda Lovelace;scan1.txt\nAda Lovelace;SCAN2.TXT\nGrace Hopper;\n", "utf-8-sig")
    found = gathered(place, roster=roster)
    learners = by_learner(found)
    assert set(learners) == {"Ada Lovelace", "scan3"}
    assert learners["Ada Lovelace"].file.label == "scan2.txt"
    assert found.absent == ("Grace Hopper",)


def test_a_list_gives_names_to_a_platforms_numbers(tmp_path: Path) -> None:
    place = put(tmp_path / "in", {"lovelaceada_123_456_e.txt": "a", "Participant_9_assignsubmission_file_/e.txt": "b"})
    roster = tmp_path / "list.csv"
    roster.write_text("Identifier,First name,Surname\nParticipant 9,Grace,Hopper\n123,Ada,Lovelace\n", "utf-8")
    assert set(by_learner(gathered(place, roster=roster))) == {"Ada Lovelace", "Grace Hopper"}


def test_a_list_without_columns_that_help_is_refused(tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(DataError, match="the first line must name the columns"):
        load_roster(roster)
    with pytest.raises(DataError, match="cannot be read"):
        load_roster(tmp_path / "none.csv")
