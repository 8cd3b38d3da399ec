"""The teacher decides: from the mark sheet or by hand, signed or not, blind or not, and whatever happens in between."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from essay_marker.batch import Marked, Settings, Step, run_batch, summary
from essay_marker.batch.moderation import Moderated, Orders, _mark, compared, find, moderate
from essay_marker.batch.moderation_words import moderation
from essay_marker.batch.records import Learner, Member
from essay_marker.batch.sheet import marksheet
from essay_marker.batch.store import Store, read_record
from essay_marker.batch.work import Job, Output, mark
from essay_marker.errors import DataError
from essay_marker.records import Decision, Result

from ..report.building import realistic

DAY = "2026-11-22"
HILL = "Ms J. Hill"
ADA, GRACE, EMMY = "ada-lovelace-1", "grace-hopper", "noetheremmy-5"


@pytest.fixture
def out(essays: Path, made: list[str], once: Callable[[str, Path, Callable[[], Any]], Path]) -> Path:
    """A class that was marked: 12 of 20 (10 to 14) for all but one, whose file is empty."""
    return once("marked", essays.parent / "out", lambda: go(essays))


def go(essays: Path, **how: Any) -> Marked:
    settings = Settings(
        places=(essays,),
        out=essays.parent / "out",
        topic="khrushchev-destalinisation",
        rubric="edexcel-9hi0-essay",
        **how,
    )
    return run_batch(settings)


def order(out: Path, *learners: str, **what: Any) -> Moderated:
    return moderate(out, Orders(learners=learners, day=DAY, **what))


def column(sheet: Any, title: str) -> int:
    return 1 + next(i for i, cell in enumerate(sheet[1]) if cell.value == title)


def typed(out: Path, **entries: tuple[object, str | None]) -> None:
    """Puts marks and comments into the spreadsheet, by the first part of the learner's id."""
    book = load_workbook(out / "marksheet.xlsx")
    sheet = book["Marks"]
    for line in range(2, sheet.max_row + 1):
        found = entries.get(str(sheet.cell(line, 1).value).partition("-")[0])
        if found is not None:
            sheet.cell(line, column(sheet, "Your mark")).value = found[0]  # type: ignore[assignment]
            sheet.cell(line, column(sheet, "Your comment")).value = found[1]
    book.save(out / "marksheet.xlsx")


def decisions(out: Path) -> dict[str, Decision]:
    return msgspec.json.decode((out / "decisions.json").read_bytes(), type=dict[str, Decision])


def rows(out: Path) -> dict[str, dict[str, Any]]:
    lines = load_workbook(out / "marksheet.xlsx")["Marks"].iter_rows(values_only=True)
    head = next(lines)
    return {str(line[0]): dict(zip(map(str, head), line, strict=True)) for line in lines}


def report(out: Path, id_: str) -> str:
    page = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", (out / f"reports/{id_}.html").read_text("utf-8"))
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def log(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]


def decided(out: Path) -> list[tuple[str, str]]:
    """Learner and event of the log's lines on decisions."""
    return [(line["id"], line["event"]) for line in log(out) if "after" in line]


def written(out: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    files["log.jsonl"] = re.sub(rb'"time": "[^"]*"', b"", files["log.jsonl"])
    return files


# --- from the mark sheet --------------------------------------------------------------------------------------------


def test_marks_and_comments_of_the_mark_sheet_are_taken_over_and_signed(out: Path) -> None:
    typed(out, ada=(14, "Weigh the economy, too."), grace=("11", None), noetheremmy=(None, "See me."))
    done = order(out, sign=HILL)
    assert done.problems == ()
    found = decisions(out)
    assert {id_: (d.mark, d.comment, d.signed_by) for id_, d in found.items()} == {
        ADA: (14, "Weigh the economy, too.", HILL),
        GRACE: (11, "", HILL),
        EMMY: (None, "See me.", None),  # a comment alone is nothing to sign
    }
    sheet = rows(out)
    assert sheet[ADA]["Status"] == "signed: Ms J. Hill, 22 November 2026"
    assert (sheet[ADA]["Your mark"], sheet[ADA]["Your comment"]) == (14, "Weigh the economy, too.")
    assert (sheet[EMMY]["Status"], sheet["empty"]["Status"]) == ("provisional", "no mark")
    signed = "Signed by Ms J. Hill, 22 November 2026: 14 of 20. The program had proposed 12 (10 to 14)."
    assert signed in report(out, ADA)
    assert "Weigh the economy, too." in report(out, ADA)
    assert "Not final" not in report(out, ADA)
    assert "See me." in report(out, EMMY)
    assert decided(out) == [(ADA, "signed"), (GRACE, "signed"), (EMMY, "commented")]
    said = "\n".join(moderation(done, "out"))
    assert "Ada Lovelace: 14 of 20; the program has 12 (10 to 14); with a comment; signed: Ms J. Hill" in said
    assert said.endswith("5 essays: 2 signed, 2 provisional, 1 without a mark.")


def test_without_a_signature_every_mark_is_provisional(out: Path) -> None:
    typed(out, ada=(14, None))
    order(out)
    assert "Provisional mark 14 of 20, entered by the teacher. The program proposes 12 (10 to 14)." in report(out, ADA)
    assert "Not final until a teacher has signed." in report(out, ADA)
    assert rows(out)[ADA]["Status"] == "provisional, yours, not signed"
    order(out, "ada", sign=HILL)
    assert decisions(out)[ADA].signed_by == HILL
    assert decided(out) == [(ADA, "entered"), (ADA, "signed")]


def test_doing_it_twice_changes_nothing(out: Path) -> None:
    typed(out, ada=(14, "Good.\nVery good."), grace=(25, None))
    order(out, sign=HILL)
    once = written(out)
    assert order(out, sign=HILL).changes == ()
    assert written(out) == once


@pytest.mark.parametrize("entry", [21, -1, 14.5, "B+", "12?", "3/30", True, "९"])
def test_what_is_no_mark_is_named_by_learner_and_row_and_stops_nothing(out: Path, entry: object) -> None:
    typed(out, ada=(entry, "Good."), grace=(15, None))
    done = order(out, sign=HILL)
    (problem,) = done.problems
    assert re.fullmatch(r"Row \d \(Ada Lovelace\): “.+” is no mark. Give a whole number from 0 to 20.", problem)
    assert set(decisions(out)) == {GRACE}
    assert rows(out)[GRACE]["Your mark"] == 15
    assert rows(out)[ADA]["Your mark"] is not None  # what she typed stays, for her to mend


def test_an_entry_that_is_no_mark_is_not_signed_as_the_mark_before_it(out: Path) -> None:
    order(out, ADA, mark="14")
    typed(out, ada=("15?", None))
    done = order(out, sign=HILL)
    assert decisions(out)[ADA].signed_by is None
    assert any("not signed" in note for note in done.notes)


@given(st.text() | st.floats() | st.integers() | st.booleans())
def test_whatever_is_typed_is_a_mark_on_the_scale_or_is_quoted(value: str | float) -> None:
    found = _mark(value, 20)
    if isinstance(found, int):
        assert 0 <= found <= 20
        assert str(value).strip().startswith(str(found)) or str(value).strip().startswith("0")
    else:
        assert found.endswith("is no mark. Give a whole number from 0 to 20.")


@given(st.integers(0, 20), st.sampled_from(["{}", " {} ", "{}.0", "{}/20", "{} of 20", "{} out of 20"]))
def test_a_mark_may_be_typed_as_marks_are_written(number: int, form: str) -> None:
    assert _mark(form.format(number), 20) == number


def test_rows_that_belong_to_nobody_or_come_twice_are_named(out: Path) -> None:
    book = load_workbook(out / "marksheet.xlsx")
    sheet = book["Marks"]
    last = sheet.max_row
    for line, (id_, value) in enumerate([("nobody", 13), (GRACE, 9), (GRACE, 10)], last + 1):
        sheet.cell(line, 1).value, sheet.cell(line, column(sheet, "Your mark")).value = id_, value
    book.save(out / "marksheet.xlsx")
    done = order(out)
    assert done.problems == (
        f"Row {last + 1} (nobody): none of the essays has the id nobody. The row is kept; mend the id, or clear it.",
        f"Row {last + 2} (Grace Hopper): this essay has several rows, and they differ. Leave one of them.",
        f"Row {last + 3} (Grace Hopper): this essay has several rows, and they differ. Leave one of them.",
    )
    assert not (out / "decisions.json").exists()
    assert rows(out)["nobody"]["Your mark"] == 13


def test_a_cell_that_was_cleared_takes_no_decision_back(out: Path) -> None:
    order(out, ADA, mark="14")
    typed(out, ada=(None, None))
    done = order(out)
    assert decisions(out)[ADA].mark == 14
    assert rows(out)[ADA]["Your mark"] == 14
    assert "--undo --learner ada-lovelace-1" in done.notes[0]


def as_csv(out: Path, change: Callable[[dict[str, str]], None], comma: str = ",", code: str = "utf-8-sig") -> None:
    """Changes the rows of the CSV file and saves it as a spreadsheet program may."""
    path = out / "marksheet.csv"
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    for line in lines:
        change(line)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=comma)
    writer.writeheader()
    writer.writerows(lines)
    path.write_bytes(text.getvalue().encode(code))


@pytest.mark.parametrize(("comma", "code"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-8")])
def test_marks_may_be_put_into_the_other_file_as_well(out: Path, comma: str, code: str) -> None:
    def change(line: dict[str, str]) -> None:
        if line["Id"] == ADA:
            line["Your mark"], line["Your comment"] = "14", "'=1+1 said “José”"

    as_csv(out, change, comma, code)
    done = order(out)
    assert done.read == "marksheet.csv"
    assert (decisions(out)[ADA].mark, decisions(out)[ADA].comment) == (14, "=1+1 said “José”")
    assert rows(out)[ADA]["Your mark"] == 14


def test_where_both_files_were_changed_the_spreadsheet_counts(out: Path) -> None:
    as_csv(out, lambda line: line.update({"Your mark": "3"}))
    typed(out, ada=(14, None))
    assert order(out).read == "marksheet.xlsx"
    assert {id_: d.mark for id_, d in decisions(out).items()} == {ADA: 14}


def test_a_new_run_of_the_class_keeps_what_was_typed_into_either_file(essays: Path, out: Path) -> None:
    as_csv(out, lambda line: line.update({"Your mark": "3"}) if line["Id"] == ADA else None)
    go(essays)
    assert rows(out)[ADA]["Your mark"] == 3
    assert not (out / "decisions.json").exists()  # it is hers to take it over


# --- by hand --------------------------------------------------------------------------------------------------------


def test_a_mark_given_by_hand_stands_in_the_mark_sheet_and_other_entries_wait(out: Path) -> None:
    typed(out, grace=(15, None))
    order(out, "lovelace", mark="14", comment="  Good.\r\nVery.  ")
    assert set(decisions(out)) == {ADA}
    assert decisions(out)[ADA].comment == "Good.\nVery."
    assert (rows(out)[ADA]["Your mark"], rows(out)[GRACE]["Your mark"]) == (14, 15)
    order(out)
    assert decisions(out)[GRACE].mark == 15


def test_a_decision_that_is_taken_back_leaves_no_trace_but_in_the_log(out: Path) -> None:
    order(out, ADA, mark="13")
    order(out, ADA, undo=True)
    plain = written(out)
    order(out, ADA, mark="14", comment="x", sign=HILL)
    done = order(out, ADA, undo=True)
    assert [change.what for change in done.changes] == ["removed"]
    now = written(out)
    assert {name for name in now if now[name] != plain[name]} == {"log.jsonl"}
    assert decided(out)[-2:] == [(ADA, "signed"), (ADA, "removed")]


@pytest.mark.parametrize(
    ("learners", "what", "said"),
    [
        (("Ada",), {"mark": "21"}, "--mark “21” is no mark. Give a whole number from 0 to 20."),
        ((), {"mark": "12"}, "Say whose with --learner"),
        (("Ada", "Grace"), {"comment": "x"}, "Say whose with --learner"),
        (("Ad Lovelock",), {"mark": "12"}, "Did you mean Ada Lovelace?"),
        (("zzz",), {"mark": "12"}, "There are "),
        (("Ada",), {"sign": " \t"}, "Nobody can sign without a name"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    out: Path, learners: tuple[str, ...], what: dict[str, str], said: str
) -> None:
    before = written(out)
    with pytest.raises(DataError) as error:
        order(out, *learners, **what)
    assert said in str(error.value)
    assert written(out) == before


def people(*names: str) -> list[Member]:
    blank = {"file": "f", "platform": "file", "number": None, "late": False, "others": ()}
    return [
        Member(Learner(id=f"id{n}", learner=name, sha256=None, result=None, report=None, **blank), None)  # type: ignore[arg-type]
        for n, name in enumerate(names)
    ]


def test_a_learner_is_found_by_id_name_or_part_of_a_name() -> None:
    class_ = people("Ada Lovelace", "Ada Byron", "Grace O'Hopper", "=Anna Smith", "Ada")
    for wanted, id_ in [
        ("id1", "id1"),
        ("ADA", "id4"),
        ("ada  LOVELACE", "id0"),
        ("hopp", "id2"),
        ("=anna smith", "id3"),
    ]:
        assert find(wanted, class_).learner.id == id_
    with pytest.raises(DataError, match=r"this may be Ada Lovelace \(id0\), Ada Byron \(id1\), Ada \(id4\)"):
        find("ad", class_)
    with pytest.raises(DataError, match="this may be"):
        find("Ada Byron", people("Ada Byron", "Ada Byron"))
    with pytest.raises(DataError, match="no essay is by this learner"):
        find("", class_)


def test_names_and_comments_are_never_more_than_text(out: Path) -> None:
    order(out, "=anna smith", mark="14", comment='<script>alert("x")</script>\x1b[31m', sign="<b>Hill</b>\n‮")
    id_ = next(iter(decisions(out)))
    page = (out / f"reports/{id_}.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<b>Hill" not in page
    assert "&lt;b&gt;Hill&lt;/b&gt;" in page
    assert "\x1b" not in page
    assert decisions(out)[id_].signed_by == "<b>Hill</b>"


# --- signing and accepting ------------------------------------------------------------------------------------------


def test_a_change_after_the_signature_takes_it_away_unless_it_is_signed_again(out: Path) -> None:
    order(out, ADA, mark="14", sign=HILL)
    done = order(out, ADA, comment="One more thing.")
    assert decisions(out)[ADA].signed_by is None
    assert "no longer signed by Ms J. Hill, 22 November 2026" in moderation(done, "out")[0]
    assert "Not final until a teacher has signed." in report(out, ADA)
    order(out, ADA, mark="15", sign="Mr K. Vale")
    assert decisions(out)[ADA].signed_by == "Mr K. Vale"
    assert decided(out) == [(ADA, "signed"), (ADA, "unsigned"), (ADA, "signed")]
    changed = [(line["before"], line["after"]) for line in log(out) if "after" in line][-1]
    assert (changed[0]["mark"], changed[1]["mark"]) == (14, 15)


def test_a_signature_stays_when_somebody_else_signs_the_rest(out: Path) -> None:
    order(out, ADA, mark="14", sign=HILL)
    order(out, GRACE, mark="10")
    order(out, sign="Mr K. Vale")
    assert {id_: d.signed_by for id_, d in decisions(out).items()} == {ADA: HILL, GRACE: "Mr K. Vale"}
    order(out, ADA, sign="Mr K. Vale")  # named, and so meant
    assert decisions(out)[ADA].signed_by == "Mr K. Vale"


def test_the_programs_marks_are_taken_over_only_where_that_is_asked_for(out: Path) -> None:
    order(out, ADA, mark="14")
    order(out, sign=HILL)
    assert set(decisions(out)) == {ADA}
    order(out, accept=True, sign=HILL)
    found = decisions(out)
    assert (found[ADA].mark, found[ADA].accepted) == (14, False)
    assert (found[GRACE].mark, found[GRACE].accepted) == (12, True)
    assert "empty" not in found  # which has no mark to accept
    assert "Signed by Ms J. Hill, 22 November 2026: 12 of 20, accepted from the program." in report(out, GRACE)
    assert rows(out)[GRACE]["Your mark"] == 12
    assert order(out).changes == ()
    assert {pair.own for pair in compared(order(out))} == {14}  # what was accepted says nothing of agreement


def test_to_sign_for_somebody_by_name_there_must_be_a_mark(out: Path) -> None:
    done = order(out, GRACE, sign=HILL)
    assert done.problems == ("Grace Hopper: there is no mark of yours to sign. Enter one, or --accept.",)


@pytest.mark.parametrize("how", ["withheld", "failed"])
def test_an_essay_without_a_mark_of_the_programs_may_get_hers(essays: Path, out: Path, how: str) -> None:
    if how == "failed":
        (essays / "empty.txt").write_text("crash")
        go(essays)
    order(out, "empty", mark="7", sign=HILL)
    assert rows(out)["empty"]["Status"] == "signed: Ms J. Hill, 22 November 2026"
    assert rows(out)["empty"]["Your mark"] == 7
    if how == "withheld":
        assert "7 of 20. The program gave no mark: empty.txt is empty." in report(out, "empty")
    assert compared(order(out)) == ()


# --- a new run of the class -----------------------------------------------------------------------------------------


def test_a_new_run_keeps_what_she_decided(essays: Path, out: Path) -> None:
    order(out, ADA, mark="14", comment="Good.", sign=HILL)
    before = written(out)
    marked = go(essays)
    assert written(out) == before
    said = "\n".join(summary(marked, "out"))
    assert "5 essays: 1 signed, 3 provisional, 1 without a mark." in said
    assert "You have decided on 1 essay, and 1 of your marks is signed." in said
    go(essays, again=True)
    assert {name: data for name, data in written(out).items() if name != "log.jsonl"} == {
        name: data for name, data in before.items() if name != "log.jsonl"
    }


def test_a_decision_on_an_essay_that_changed_is_kept_and_no_longer_signed(essays: Path, out: Path) -> None:
    order(out, ADA, mark="14", sign=HILL)
    order(out, GRACE, mark="9", sign=HILL)
    (essays / "Grace Hopper - essay.txt").write_text("Something else that she wrote.")
    marked = go(essays)
    found = decisions(out)
    assert (found[GRACE].mark, found[GRACE].signed_by) == (9, None)
    assert found[ADA].signed_by == HILL
    note = "The essay changed since you decided; your mark is kept and not signed:"
    assert f"{note}\n  Grace Hopper (Grace Hopper - essay.txt)" in "\n".join(summary(marked, "out"))
    assert rows(out)[GRACE]["Status"] == "provisional, yours, not signed; the essay changed since you decided"
    assert "Not final until a teacher has signed." in report(out, GRACE)
    assert decided(out)[-1] == (GRACE, "unsigned")
    order(out, GRACE, sign=HILL)
    assert rows(out)[GRACE]["Status"] == "signed: Ms J. Hill, 22 November 2026"
    assert note not in "\n".join(summary(go(essays), "out"))


def test_what_the_program_had_proposed_is_not_what_it_proposes_since(out: Path) -> None:
    order(out, ADA, mark="14", sign=HILL)
    store = decisions(out)
    older = {ADA: msgspec.structs.replace(store[ADA], proposed=11)}
    (out / "decisions.json").write_bytes(msgspec.json.encode(older))
    order(out)
    assert "The program had proposed 11; marked again since, it proposes 12 (10 to 14)." in report(out, ADA)


def test_moderation_that_is_stopped_anywhere_goes_on_and_leaves_what_an_undisturbed_one_leaves(
    essays: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(out, ada=(14, "Good."), grace=(11, None), noetheremmy=("x", None))
    start = essays.parent / "start"
    shutil.copytree(out, start)
    order(out, sign=HILL)
    whole = written(out)
    replace = Path.replace
    left = 0

    def stopping(self: Path, target: Path) -> Path:
        nonlocal left
        left -= self != target
        if left < 0:
            raise KeyboardInterrupt
        return replace(self, target)

    for stops in range(100):
        place = essays.parent / f"stopped{stops}"
        shutil.copytree(start, place)
        left, stopped = stops, False
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopping)
            try:
                order(place, sign=HILL)
            except KeyboardInterrupt:
                stopped = True
        order(place, sign=HILL)
        assert written(place) == whole, stops
        if not stopped:
            break
    assert 6 <= stops < 99  # decisions, two sheets, two reports, the manifest


def test_in_anonymous_mode_she_decides_under_pseudonyms(essays: Path, made: list[str]) -> None:
    go(essays, anonymous=True, key_file=essays.parent / "key")
    place = essays.parent / "out"
    name = next(iter(rows(place)))
    order(place, name, mark="14", sign=HILL)
    assert decisions(place)[name].mark == 14
    assert b"Lovelace" not in b"\n".join(written(place).values())


# --- blind ----------------------------------------------------------------------------------------------------------

#: The program's mark and its range, as they are in no other number of the class.
TELLING = re.compile(r"\b(?:12 of 20|10 to 14|Level 3|10–14)\b|Provisional mark 12")


def seen(out: Path) -> str:
    """Everything that a teacher looks at: sheets, reports, pages."""
    text = (out / "marksheet.csv").read_text("utf-8-sig")
    for sheet in load_workbook(out / "marksheet.xlsx"):
        text += "\n".join(repr([cell.value for cell in row]) for row in sheet.iter_rows())
    for path in sorted(out.rglob("*.html")):
        text += re.sub(r"<(style|script)>.*?</\1>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return text


def test_blind_marking_hides_the_programs_mark_until_hers_is_entered(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    steps: list[Step] = []
    marked = run_batch(
        Settings(
            places=(essays,),
            out=out,
            topic="khrushchev-destalinisation",
            rubric="edexcel-9hi0-essay",
            blind=True,
        ),
        step=steps.append,
    )
    assert all(step.hidden for step in steps if step.result is not None and step.result.marks.mark is not None)
    said = "\n".join(summary(marked, "out"))
    assert "The program's mark is hidden for 4 of them, until you have entered yours" in said
    assert not TELLING.search(said + seen(out))
    sheet = rows(out)
    for title in ("Provisional mark", "From", "To", "Level"):
        assert {sheet[id_][title] for id_ in (ADA, GRACE, EMMY)} <= {None, "hidden"}
    assert {"Mean", "Median", "Lowest", "Highest"}.isdisjoint(re.findall(r"'(\w+)'", seen(out)))
    assert sheet[ADA]["Status"] == "program's mark hidden until you enter yours"

    order(out, GRACE, comment="Only a comment.")
    assert not TELLING.search(seen(out))
    done = order(out, ADA, mark="15")
    assert [(pair.own, pair.program, pair.within, pair.blind) for pair in compared(done)] == [(15, 12, False, True)]
    assert "the program has 12 (10 to 14)" in "\n".join(moderation(done, "out"))
    sheet = rows(out)
    assert (sheet[ADA]["Provisional mark"], sheet[GRACE]["Provisional mark"]) == (12, "hidden")
    assert "The program proposes 12 (10 to 14)." in report(out, ADA)
    assert not TELLING.search(report(out, GRACE))

    go(essays)  # blind it stays, until she says otherwise
    assert rows(out)[GRACE]["Provisional mark"] == "hidden"
    order(out, ADA, mark="13")  # having seen the program's
    assert [pair.own for pair in compared(order(out))] == [15]
    assert any("hidden" in problem for problem in order(out, accept=True).problems)
    done = order(out, blind=False, accept=True)
    assert done.problems == ()
    assert rows(out)[GRACE]["Provisional mark"] == 12
    assert json.loads((out / "class.json").read_bytes())["blind"] is False
    assert [line["event"] for line in log(out) if line["id"] == ""] == ["hidden", "shown"]


def test_an_essay_that_is_marked_blind_leaves_its_mark_out_of_the_report(exemplars: Path) -> None:
    def job(*, blind: bool = False) -> Job:
        text = (exemplars / "e15.txt").read_bytes()
        return Job(
            data=text,
            source="e.txt",
            question=None,
            topic="khrushchev-destalinisation",
            rubric="edexcel-9hi0-essay",
            blind=blind,
        )

    open_, blind = mark(job()), mark(job(blind=True))
    assert isinstance(open_, Output)
    assert isinstance(blind, Output)
    assert open_.result == blind.result
    result = msgspec.json.decode(open_.result, type=Result)
    line = f"{result.marks.mark} of {result.marks.out_of} (Level {result.marks.level})"
    assert open_.report is not None
    assert blind.report is not None
    assert line in open_.report
    assert not re.search(r"\d+ of 20|Level \d|likely range \d", re.sub(r"<style>.*?</style>", "", blind.report))


# --- what is said afterwards ----------------------------------------------------------------------------------------


def test_batch_and_moderate_say_the_same_of_a_class_marked_partly_on_paper(essays: Path, out: Path) -> None:
    before = "\n".join(summary(go(essays), "out"))
    assert "5 essays: 0 signed, 4 provisional, 1 without a mark." in before
    assert "Could not be read or marked" in before or "No mark is given" in before
    done = order(out, "empty", mark="9", sign=HILL)
    after = "\n".join(summary(go(essays), "out"))
    line = "5 essays: 1 signed, 4 provisional, 0 without a mark."
    assert line in moderation(done, "out")
    assert line in after
    assert "Could not be read or marked" not in after
    assert "No mark is given" not in after


def test_what_she_typed_into_other_cells_is_told_before_it_is_gone(essays: Path, out: Path) -> None:
    def type_into(title: str, text: str | None) -> None:
        book = load_workbook(out / "marksheet.xlsx")
        sheet = book["Marks"]
        (line,) = (n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == ADA)
        sheet.cell(line, column(sheet, title)).value = text
        book.save(out / "marksheet.xlsx")

    type_into("Target 1", "Weigh the farms.")
    lost = (
        "(Ada Lovelace), “Target 1”: “Weigh the farms.” was typed here; the program writes this cell anew."
        " Your own words belong in “Your comment”."
    )
    done = order(out)
    assert [note.partition(" ")[2].partition(" ")[2] for note in done.notes] == [lost]
    assert order(out).notes == ()
    type_into("Target 1", "Weigh the farms.")
    assert lost in "\n".join(summary(go(essays), "out"))
    assert lost not in "\n".join(summary(go(essays), "out"))
    type_into("Learner", None)
    (note,) = order(out).notes
    assert "“Learner”: what stood here was taken out; the program writes this cell anew." in note


def test_a_mark_sheet_that_says_nothing_of_an_essay_without_a_mark(out: Path) -> None:
    record = read_record(out)
    store = Store.of(out)
    member = next(Member(x, store.result(x.id)) for x in record.learners if x.id == ADA)
    assert member.result is not None
    found = replace(realistic(), marks=replace(realistic().marks, withheld="off-topic", mark=None))
    table = marksheet(replace(record, alike=()), [member._replace(result=found)], {}, {})
    said = dict(zip((c.title for c in table.columns), table.filled(table.rows[0], None, None), strict=True))
    labels = [strand.label for strand in found.marks.strands] + [theme.label for theme in found.themes]
    assert {said[title] for title in (*labels, "Target 1", "Target 2", "Target 3")} == {None}
