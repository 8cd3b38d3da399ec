"""A folder of results held against its log: an undisturbed one follows, and every change by hand is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_marker.batch import Settings, run_batch
from essay_marker.batch.audit import Audited, audit
from essay_marker.batch.decisions import decided, keep, signed
from essay_marker.batch.log import Log, chained, read_log
from essay_marker.batch.moderation import Orders, moderate
from essay_marker.batch.records import Learner, Member
from essay_marker.batch.store import Store
from essay_marker.errors import DataError
from essay_marker.records import Decision


@pytest.fixture
def out(essays: Path, made: list[str], once: Callable[[str, Path, Callable[[], None]], Path]) -> Path:
    """A class that was marked twice, with decisions: signed, changed, taken back."""
    return once("decided", essays.parent / "out", lambda: decide(essays))


def decide(essays: Path) -> None:
    place = essays.parent / "out"
    go(essays)
    for learner, what in [
        ("Ada", {"mark": "14", "sign": "Ms J. Hill"}),
        ("Grace", {"mark": "11", "comment": "See me."}),
        ("Ada", {"mark": "15"}),
        ("noether", {"mark": "9"}),
        ("noether", {"undo": True}),
    ]:
        moderate(place, Orders(learners=(learner,), day="2026-11-22", **what))  # type: ignore[arg-type]
    (essays / "Grace Hopper - essay.txt").write_text("Another essay altogether.")
    go(essays)


def go(essays: Path) -> None:
    settings = Settings(
        places=(essays,),
        out=essays.parent / "out",
        topic="khrushchev-destalinisation",
        rubric="edexcel-9hi0-essay",
    )
    run_batch(settings)


def looked_at(out: Path) -> Audited:
    return audit(out, lambda result, essay: ([], []))


def faults(out: Path) -> str:
    return "\n".join(looked_at(out).faults)


def lines(out: Path) -> list[str]:
    return (out / "log.jsonl").read_text("utf-8").splitlines(keepends=True)


def rewrite(out: Path, new: list[str]) -> None:
    (out / "log.jsonl").write_text("".join(new), "utf-8")


def test_a_folder_that_nobody_touched_follows(out: Path) -> None:
    found = looked_at(out)
    assert found.faults == ()
    assert found.notes == ()
    assert (found.essays, found.results, found.decisions, found.lines) == (5, 5, 2, 11)


def test_every_line_that_is_taken_out_is_noticed(out: Path) -> None:
    whole = lines(out)
    for index in range(len(whole)):
        rewrite(out, whole[:index] + whole[index + 1 :])
        assert faults(out), whole[index]


def test_lines_that_changed_places_are_noticed(out: Path) -> None:
    whole = lines(out)
    for index in range(len(whole) - 1):
        rewrite(out, [*whole[:index], whole[index + 1], whole[index], *whole[index + 2 :]])
        assert f"Line {index + 1} of the log does not follow from the lines before it" in faults(out)


def test_every_field_of_every_line_that_is_changed_is_noticed_but_for_the_time(out: Path) -> None:
    whole = lines(out)
    for index, line in enumerate(whole):
        entry = json.loads(line)
        for field in entry:
            changed = json.dumps(entry | {field: "changed"}) + "\n"
            rewrite(out, [*whole[:index], changed, *whole[index + 1 :]])
            if field == "time":
                assert faults(out) == ""
            elif field != "id":
                assert f"Line {index + 1} of the log does not follow" in faults(out), field
            else:
                assert faults(out)


def test_a_line_that_was_put_in_is_noticed_even_with_a_hash_of_its_own(out: Path) -> None:
    whole = lines(out)
    for index in range(1, len(whole)):
        before = json.loads(whole[index - 1])["chain"]
        entry = {"id": "ada-lovelace-1", "event": "marked", "learner": "Ada"}
        own = json.dumps(entry | {"chain": chained(before, entry)}) + "\n"
        rewrite(out, [*whole[:index], own, *whole[index:]])
        assert f"Line {index + 2} of the log does not follow" in faults(out)


def test_a_log_that_was_cut_off_misses_what_is_there(out: Path) -> None:
    whole = lines(out)
    for length in range(len(whole)):
        rewrite(out, whole[:length])
        assert faults(out), length


def test_a_line_that_a_power_cut_left_unfinished_is_no_fault(out: Path, essays: Path) -> None:
    with (out / "log.jsonl").open("ab") as file:
        file.write(b'{"time": "20')
    moderate(out, Orders(learners=("Grace",), mark="12", day="2026-11-22"))
    found = looked_at(out)
    assert found.faults == ()
    assert found.notes == ("Line 12 of the log is not whole, as a power cut leaves one; it says nothing.",)


def test_lines_of_an_older_version_are_taken_as_they_are(essays: Path, made: list[str]) -> None:
    out = essays.parent / "out"
    go(essays)
    rewrite(
        out, [json.dumps({k: v for k, v in json.loads(line).items() if k != "chain"}) + "\n" for line in lines(out)]
    )
    moderate(out, Orders(learners=("Ada",), mark="14", day="2026-11-22"))
    found = looked_at(out)
    assert found.faults == ()
    assert found.notes == ("The first 5 lines of the log are of an older version, and have no hashes to check.",)
    rewrite(out, [*lines(out), '{"id": "x", "event": "marked"}\n'])  # from then on every line has one
    assert "Line 7 of the log does not follow" in faults(out)


CHANGES: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "a mark": (
        "decisions.json",
        lambda d: d["ada-lovelace-1"].update(mark=20),
        "Ada Lovelace: the decision is not the one that was logged (mark)",
    ),
    "a signature": (
        "decisions.json",
        lambda d: d["ada-lovelace-1"].update(signed_by="Ms J. Hill", signed_on="2026-11-22"),
        "Ada Lovelace: the decision is not the one that was logged (signed_by, signed_on)",
    ),
    "a comment": (
        "decisions.json",
        lambda d: d["grace-hopper"].update(comment=""),
        "Grace Hopper: the decision is not the one that was logged (comment)",
    ),
    "a new decision": (
        "decisions.json",
        lambda d: d.update(empty={"mark": 3}),
        "empty: decisions.json has a decision that the log does not have",
    ),
    "a decision taken out": (
        "decisions.json",
        lambda d: d.pop("grace-hopper"),
        "Grace Hopper: the log has a decision that decisions.json does not have",
    ),
    "a result": (
        "results/grace-hopper.json",
        lambda d: d["marks"].update(mark=13),
        "Grace Hopper: the result is not the one that was logged; it was changed since",
    ),
    "a hash in the manifest": (
        "manifest.json",
        lambda d: d["essays"]["grace-hopper"].update(result="0"),
        "Grace Hopper: manifest.json has another hash of the result than the log",
    ),
    "an essay out of the manifest": (
        "manifest.json",
        lambda d: d["essays"].pop("grace-hopper"),
        "Grace Hopper: manifest.json lists no result, and by class.json there is one",
    ),
    "another file in the class": (
        "class.json",
        lambda d: d["learners"][0].update(sha256="0"),
        "class.json names another file than the one that was marked by the log's last line on it",
    ),
    "a problem in the class": (
        "class.json",
        lambda d: d["learners"][0].update(problem={"code": "died", "message": "x"}, result=None),
        "class.json says “died”, and the log's last line on it “marked”",
    ),
    "blind": (
        "class.json",
        lambda d: d.update(blind=True),
        "class.json says that the class is marked blind, and the log says otherwise",
    ),
    "pseudonyms": ("class.json", lambda d: d.update(anonymous=True), "do not agree on whether the learners are under"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_by_hand_is_named(out: Path, what: str) -> None:
    name, change, said = CHANGES[what]
    raw = json.loads((out / name).read_bytes())
    change(raw)
    (out / name).write_text(json.dumps(raw))
    assert said in faults(out)


@pytest.mark.parametrize(
    ("name", "gone", "changed"),
    [
        ("essays/grace-hopper.txt", "is gone", "is not the one marked"),
        ("results/grace-hopper.json", "is not there", "it was changed since"),
        ("reports/grace-hopper.html", "is not as it was written", "is not as it was written"),
    ],
)
def test_a_file_that_is_gone_or_changed_is_named(out: Path, name: str, gone: str, changed: str) -> None:
    with (out / name).open("ab") as file:
        file.write(b"\n")
    assert changed in faults(out)
    (out / name).unlink()
    assert gone in faults(out)


def test_a_log_may_not_say_of_a_result_what_is_not_in_it(out: Path) -> None:
    """Even where somebody has worked out every hash anew."""
    new, chain = [], ""
    for line in lines(out):
        entry = json.loads(line)
        if entry["event"] == "marked":
            entry["mark"] = 19
        chain = entry["chain"] = chained(chain, entry)
        new.append(json.dumps(entry) + "\n")
    rewrite(out, new)
    assert "Ada Lovelace: the log has another mark than the result" in faults(out)


def test_what_an_essay_without_a_result_is_logged_as_follows(essays: Path, made: list[str]) -> None:
    (essays / "Bad One - essay.txt").write_text("crash")
    go(essays)
    assert faults(essays.parent / "out") == ""


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there are no results here"):
        looked_at(tmp_path)


def test_nothing_is_written(out: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    looked_at(out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


# --- any order of decisions -----------------------------------------------------------------------------------------

STEPS = st.one_of(
    st.tuples(st.just("enter"), st.none() | st.integers(0, 20), st.text(max_size=5)),
    st.tuples(st.just("sign"), st.text(min_size=1, max_size=5), st.just("2026-11-22")),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("another file"), st.none(), st.none()),
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), STEPS), max_size=12))
def test_whatever_is_decided_the_log_comes_to_the_same_and_only_signing_signs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, tuple[str, Any, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("any") / "out"
    store = Store(folder, anonymous=False)
    shas = {"a": 0, "b": 0}
    for id_, (what, first, second) in steps:
        before = store.decisions()
        after = dict(before)
        known = before.get(id_)
        if what == "another file":
            shas[id_] += 1
        learner = Learner(
            id=id_,
            learner=id_,
            file="f",
            platform="file",
            number=None,
            late=False,
            others=(),
            sha256=str(shas[id_]),
            result=None,
            report=None,
        )
        member = Member(learner, None)
        if what == "enter":
            after[id_] = decided(known, member, first, second, hidden=False)
        elif what == "sign" and known is not None and known.mark is not None:
            after[id_] = signed(known, member, first, second)
        elif what == "undo":
            after.pop(id_, None)
        keep(store, Log(folder), [learner], before, after, by=first if what == "sign" else None)
        made = store.decisions().get(id_)
        if what == "enter" and made != known:
            assert made is not None
            assert made.signed_by is None
    entries = [line.entry for line in read_log(folder) if line.entry is not None]
    state: dict[str, Any] = {}
    chain = ""
    for entry in entries:
        assert entry["before"] == state.get(entry["id"])
        assert entry["chain"] == chained(chain, entry)
        assert (entry["event"] == "signed") == bool(entry["after"] and entry["after"]["signed_by"])
        state[entry["id"]], chain = entry["after"], entry["chain"]
    assert {k: msgspec.convert(v, Decision) for k, v in state.items() if v is not None} == store.decisions()
    assert not re.search(r"[\ud800-\udfff]", (folder / "log.jsonl").read_text("utf-8") if entries else "")
