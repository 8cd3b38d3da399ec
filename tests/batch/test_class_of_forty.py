"""A class of forty as platforms give it, marked by one command: everything is there, right, and can be opened."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser
from pypdf import PdfReader

from ..classroom.building import COPIED, LATE, NAME_LINES, PUPILS, QUESTION, TROUBLES, TWICE, Classroom, build
from ..classroom.building import moodle_numbers as numbers_of_moodle

#: Words at which the essays are cut: enough to be marked, few enough for a test.
WORDS = 180
KINDS = ("docx", "html")
#: What is said of each file that cannot be marked.
SAID = {
    "broken-docx": "is damaged and cannot be opened",
    "broken-pdf": "is damaged and cannot be read as a PDF",
    "scan": "holds only pictures of pages (a scan)",
    "photograph": "is a photograph",
    "empty": "is empty",
    "password": "is locked with a password",
    "too-short": "words of essay were found",
    "recipe": "speaks of this question",
}
#: Those that are read and get no mark; the others have no result to give back.
READ = ("too-short", "recipe")


class Forty(NamedTuple):
    """The class, where it was marked, and what the command said."""

    room: Classroom
    out: Path
    code: int
    said: str
    members: dict[str, dict[str, Any]]  # by learners' names

    def member(self, name: str) -> dict[str, Any]:
        """What is known of a pupil; Canvas gives the names as one word."""
        first, last = name.replace("'", "").lower().split(maxsplit=1)
        return self.members.get(name) or self.members[last.replace(" ", "") + first]

    def result(self, name: str) -> dict[str, Any]:
        """The result of a pupil's essay."""
        found: dict[str, Any] = json.loads((self.out / self.member(name)["result"]).read_text("utf-8"))
        return found


def command(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "essay_marker", *map(str, arguments)],
        capture_output=True,
        env=environment,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def forty(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Forty:
    room = build(tmp_path_factory.mktemp("forty") / "room", WORDS)
    out = room.folder / "marked"
    kinds = ",".join(KINDS)
    done = command(environment, "batch", room.submissions, "--moodle", room.worksheet, "--feedback", kinds, "-o", out)
    learners = json.loads((out / "class.json").read_text("utf-8"))["learners"]
    return Forty(room, out, done.returncode, done.stdout, {learner["learner"]: learner for learner in learners})


def test_every_submission_is_somebodys_and_every_problem_is_named(forty: Forty) -> None:
    assert forty.code == 1
    assert len(forty.members) == len(PUPILS) + len(TROUBLES) == 40
    assert forty.said.startswith(f"40 essays: 0 signed, {len(PUPILS)} provisional, {len(TROUBLES)} without a mark.")
    withheld, unread = forty.said.index("\nNo mark is given:"), forty.said.index("\nCould not be read or marked:")
    for name, trouble in TROUBLES.items():
        assert (forty.said.index(f"  {name} (", withheld) < unread) == (trouble in READ), trouble
    assert withheld < unread
    for name, trouble in TROUBLES.items():
        assert re.search(rf"^  {name} \(.*\): .*{re.escape(SAID[trouble])}", forty.said, re.MULTILINE), trouble
    for name in TWICE:
        member = forty.member(name)
        assert len(member["others"]) == 1
        assert f"{member['file']}) is marked; not: {member['others'][0]}" in forty.said
    assert [name for name, member in forty.members.items() if member["late"]] == [forty.member(LATE)["learner"]]
    assert {pupil.name for pupil in PUPILS if forty.result(pupil.name)["marks"]["mark"] is None} == set()


def test_a_name_over_the_essay_is_not_taken_for_its_question(forty: Forty) -> None:
    for name in NAME_LINES:
        result = forty.result(name)
        assert name not in result["essay"]["text"]
        assert (result["essay"]["title"], result["essay"]["question"]) == (None, QUESTION)


def test_the_copied_pair_is_found_and_no_other_in_the_class(forty: Forty) -> None:
    pairs = [p for p in json.loads((forty.out / "class.json").read_text())["alike"] if p["where"] == "class"]
    assert [{p["first"], p["second"]} for p in pairs] == [{forty.member(name)["id"] for name in COPIED}]
    assert min(pairs[0]["first_share"], pairs[0]["second_share"]) > 0.15


def test_the_mark_sheet_has_a_row_for_everybody_and_no_formula(forty: Forty) -> None:
    book = load_workbook(forty.out / "marksheet.xlsx")
    lines = list(book["Marks"].iter_rows())
    head = [str(cell.value) for cell in lines[0]]
    rows = {str(line[head.index("Learner")].value): line for line in lines[1:]}
    assert set(rows) == set(forty.members)
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    for pupil in PUPILS:
        row = rows[forty.member(pupil.name)["learner"]]
        assert row[head.index("Provisional mark")].value == forty.result(pupil.name)["marks"]["mark"]
    assert rows["=Ugo Bellweather"][head.index("Learner")].quotePrefix
    with (forty.out / "marksheet.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "'=Ugo Bellweather" in {row["Learner"] for row in csv.DictReader(file)}


def test_everybody_whose_essay_was_read_has_a_report_and_feedback(forty: Forty) -> None:
    read = [pupil.name for pupil in PUPILS] + [name for name, trouble in TROUBLES.items() if trouble in READ]
    ids = {forty.member(name)["id"] for name in read}
    assert {path.stem for path in (forty.out / "reports").iterdir()} == ids
    assert {path.name for path in (forty.out / "feedback").iterdir()} == {f"{i}.{kind}" for i in ids for kind in KINDS}
    for pupil in PUPILS[:8]:  # one of each kind of file
        document = docx.Document(str(forty.out / f"feedback/{forty.member(pupil.name)['id']}.docx"))
        words = " ".join(paragraph.text for paragraph in document.paragraphs)
        paragraphs = forty.result(pupil.name)["essay"]
        first = paragraphs["paragraphs"][-1]
        assert " ".join(paragraphs["text"][first["start"] : first["end"]].split()[:8]) in " ".join(words.split())
        assert list(document.comments)


def test_moodles_worksheet_has_comments_and_a_grade_once_it_is_signed(
    forty: Forty, environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "marked"
    shutil.copytree(forty.out, out)

    def rows(place: Path) -> dict[str, dict[str, str]]:
        text = place.read_bytes().decode("utf-8-sig")
        return {row["Identifier"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}

    name = forty.room.worksheet.name
    assert (out / "moodle/as-it-came" / name).read_bytes() == forty.room.worksheet.read_bytes()
    before, after = rows(forty.room.worksheet), rows(out / "moodle" / name)
    assert {row["Grade"] for row in after.values()} == {""}
    signed = command(
        environment, *("moderate", out, "--learner", "Amara Okonjo", "--mark", "15"),
        *("--sign", "Ms Hill", "--date", "2026-11-22"),
    )  # fmt: skip
    assert signed.returncode == 0, signed.stderr
    decided = rows(out / "moodle" / name)
    assert [n for n, row in decided.items() if row["Grade"]] == ["Participant 2000"]
    assert decided["Participant 2000"]["Grade"] == "15.00"
    for found in (after, decided):
        assert list(found) == list(before)
        for number, row in found.items():
            changed = {column for column, value in row.items() if value != before[number][column]}
            assert changed <= {"Grade", "Feedback comments"}
    commented = {row["Full name"] for row in after.values() if row["Feedback comments"]}
    assert commented >= {pupil.name for pupil in PUPILS if pupil.platform.startswith("moodle")}
    assert 'Oswin "Oz" Tarrant' not in commented


def test_feedback_is_packed_for_those_who_came_from_moodle(forty: Forty) -> None:
    with zipfile.ZipFile(forty.out / "moodle/feedback.zip") as archive:
        found = {tuple(name.split("_", 4)): archive.read(name) for name in archive.namelist()}
    names = {int(number): name for name, number, *_ in found}
    known = numbers_of_moodle()
    assert names == {n: name for n, name in known.items() if TROUBLES.get(name) in (None, *READ)}
    for (name, number, *what), data in found.items():
        assert what[:2] == ["assignsubmission", "file"]
        ending = what[2].removeprefix("feedback")
        assert data == (forty.out / f"feedback/{forty.member(name)['id']}{ending}").read_bytes(), number


@pytest.mark.browser
def test_the_class_page_in_a_browser(forty: Forty, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((forty.out / "class.html").as_uri())
    assert len(asked) == 1
    seen = page.locator("body").inner_text()
    assert QUESTION in seen
    assert "40 essays: 32 with a mark, 8 without one." in seen
    assert "Every mark is provisional" in seen
    for name in forty.members:
        assert name not in seen
    heights = page.locator(".columns .number").all_text_contents()
    assert sum(map(int, heights)) == len(PUPILS)
    page.locator(".teacher > summary").click()
    opened = page.locator("body").inner_text()
    for name in forty.members:
        assert name in opened
    assert page.locator(".pupils tbody tr").count() == len(PUPILS)
    assert page.locator(".side-by-side mark").count() >= 2
    links = page.locator(".teacher a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    missing = [link for link in links if not (forty.out / link).is_file()]
    assert missing == []
    assert Axe().run(page).violations_count == 0
    context.close()


def test_libreoffice_opens_the_mark_sheet(forty: Forty, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("NOT TESTED IN LIBREOFFICE: it is not on the path; install it (apt-get install libreoffice-calc)")
    arguments = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    (tmp_path / "plain.csv").write_text("a,b")
    files = [forty.out / "marksheet.xlsx", tmp_path / "plain.csv"]
    subprocess.run([office, *arguments, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=180)
    if not (tmp_path / "plain.pdf").is_file():
        pytest.skip(
            "NOT TESTED IN LIBREOFFICE: it has no spreadsheets; install them (apt-get install libreoffice-calc)"
        )
    words = "".join(page.extract_text() for page in PdfReader(tmp_path / "marksheet.pdf").pages)
    for name in forty.members:
        assert name.split()[0] in words
    assert "=Ugo" in words
