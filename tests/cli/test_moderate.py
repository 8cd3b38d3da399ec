"""``essay-marker moderate`` and ``verify FOLDER``, on a class of two short essays and an empty file."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from essay_marker.agreement import quadratic_weighted_kappa
from essay_marker.batch.moderation import Compared
from essay_marker.cli.moderate import _agreement

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

Go = Callable[..., Any]


@pytest.fixture(scope="session")
def marked(environment: dict[str, str], exemplars: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    for learner, name in (("Ada Lovelace", "e15"), ("Grace Hopper", "e34")):
        shutil.copy(exemplars / f"{name}.txt", folder / f"{learner} - essay.txt")
    (folder / "Emmy Noether - essay.txt").write_text("")
    out = tmp_path_factory.mktemp("marked") / "out"
    arguments = [sys.executable, "-m", "essay_marker", "batch", str(folder), "-o", str(out), "-j", "1", "--blind"]
    done = subprocess.run(arguments, env=environment, capture_output=True, timeout=120)
    assert done.returncode == 1, done.stderr
    said = (done.stdout + done.stderr).decode("utf-8")
    assert "Ada Lovelace: marked" in said
    assert not re.search(r"\d+ of 20", said)
    return out


@pytest.fixture
def out(marked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(marked, tmp_path / "out")


@pytest.fixture(autouse=True)
def loaded(marker: Marker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is loaded once."""
    monkeypatch.setattr("essay_marker.pipeline.Marker", lambda topic, rubric: marker)


def test_a_class_is_moderated_signed_and_verified(run: Go, out: Path) -> None:
    done = run("moderate", str(out), "--learner", "ada", "--mark", "14", "--sign", "Ms J. Hill", "--date", "2026-11-22")
    assert (done.code, done.err) == (0, "")
    assert re.match(
        r"Ada Lovelace: 14 of 20; the program has \d+ \(\d+ to \d+\); signed: Ms J. Hill, 22 November 2026.\n", done.out
    )
    assert "3 essays: 1 signed, 1 provisional, 1 without a mark." in done.out
    assert "The program's mark is hidden for 1 of them" in done.out
    assert "Agreement on the 1 mark that you entered before you saw the program's" in done.out
    done = run("verify", str(out))
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{out}: all of it follows (3 essays, 3 results, 1 decisions, 5 lines of the log).\n"
    done = run("verify", str(out), "--again")
    assert done.code == 0, done.out
    assert "marked again, every essay gets the same result" in done.out
    assert "3 of 3 marked again." in done.err


def test_an_entry_that_cannot_be_used_is_exit_code_1(run: Go, out: Path) -> None:
    with (out / "marksheet.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line | {"Your mark": "99"} for line in csv.DictReader(file)]
    with (out / "marksheet.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    done = run("moderate", str(out))
    assert done.code == 1
    assert "Read: " in done.out
    assert "(Ada Lovelace): “99” is no mark. Give a whole number from 0 to 20." in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("moderate", "nothing"), "there are no results here"),
        (("moderate", "OUT", "--sign", "X", "--date", "22.11.2026"), "this is no date"),
        (("moderate", "OUT", "--undo", "--sign", "X"), "goes with --learner alone"),
        (("moderate", "OUT", "--mark", "3"), "Say whose with --learner"),
        (("moderate", "OUT", "--learner", "Bob", "--mark", "3"), "no essay is by this learner"),
        (("verify", "OUT", "essay.txt"), "is a folder of results, which has its essays"),
        (("verify", "result.json"), "no essay was given"),
        (("verify", "."), "there are no results here"),
    ],
)
def test_what_is_wrong_with_the_command_line_is_exit_code_2(
    run: Go, out: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = (out / "log.jsonl").read_bytes()
    done = run(*(str(out) if argument == "OUT" else argument for argument in arguments))
    assert done.code == 2
    assert said in done.err
    assert (out / "log.jsonl").read_bytes() == before


def edit_mark(out: Path) -> None:
    path = out / "results/ada-lovelace.json"
    raw = json.loads(path.read_bytes())
    raw["marks"]["mark"] += 1
    path.write_text(json.dumps(raw))


def edit_essay(out: Path) -> None:
    path = out / "essays/ada-lovelace.txt"
    path.write_text(path.read_text("utf-8").replace("Khrushchev", "Brezhnev"), "utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit_mark, ["the result is not the one that was logged", "Ada Lovelace: marks.mark: the result says "]),
        (edit_essay, ["is not the one marked", "Ada Lovelace: essay.text: the result has "]),
        (lambda out: (out / "results/ada-lovelace.json").write_text("x"), ["is no JSON"]),
        (lambda out: (out / "results/ada-lovelace.json").unlink(), ["is not there"]),
        (lambda out: (out / "essays/ada-lovelace.txt").unlink(), ["is gone"]),
    ],
)
def test_what_does_not_follow_in_a_folder_is_named(
    run: Go, out: Path, change: Callable[[Path], object], said: list[str]
) -> None:
    change(out)
    done = run("verify", str(out))
    assert done.code == 1
    assert "NOT ALL OF IT FOLLOWS" in done.out.splitlines()[0]
    for words in said:
        assert words in done.out


def test_agreement_of_ten_marks_has_a_kappa_and_those_entered_blind_count_alone() -> None:
    chance = random.Random(5)
    pairs = [
        Compared(own, own + chance.randint(-2, 2), chance.random() < 0.5, True)
        for own in (chance.randint(3, 17) for _ in range(10))
    ]
    said = "\n".join(_agreement([*pairs, Compared(20, 0, False, False)], 20))
    kappa = quadratic_weighted_kappa([p.own for p in pairs], [p.program for p in pairs], lowest=0, highest=20)
    assert kappa is not None
    assert f"Quadratic weighted kappa {kappa:.2f}" in said
    assert "the 10 marks that you entered before you saw the program's" in said
    assert f"{sum(p.within for p in pairs)} of 10 within its range" in said
    assert "A kappa is worked out from 10 marks on." in "\n".join(_agreement(pairs[:9], 20))
    open_ = "\n".join(_agreement([pair._replace(blind=False, own=pair.program + 2) for pair in pairs], 20))
    assert "your own 10 marks: on average 2.0 marks apart from the program's, yours 2.0 higher;" in open_
    far = [Compared(own, 10, own == 10, False) for own in (7, 14, 10, 10)]
    assert "on average 1.8 marks apart from the program's, yours 0.2 higher; 2 of 4" in "\n".join(_agreement(far, 20))
    even = [Compared(own, 10, False, False) for own in (9, 11)]
    assert "on average 1 mark apart from the program's, yours neither higher nor lower;" in "\n".join(
        _agreement(even, 20)
    )
    assert "You could see the program's marks" in open_
    assert list(_agreement([], 20)) == []
