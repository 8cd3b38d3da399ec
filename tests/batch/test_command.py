"""The command as a teacher runs it, on a class of short essays: killed, gone on with, and with a worker that dies."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from essay_marker.verifying import results_in

KILLED = pytest.mark.skipif(not hasattr(os, "killpg"), reason="NOT TESTED: this system has no process groups")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\xff" * 50

#: Ends the process that reads an essay which asks for it, as a parser that runs out of memory does. Python imports a
#: module of this name at its start, in every worker too.
SITECUSTOMIZE = """
import os, signal
import essay_marker.read as read
honest = read.read_bytes
def read_bytes(data, source):
    if b"this essay is deadly" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(data, source)
read.read_bytes = read_bytes
"""


class Run(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


class Class(NamedTuple):
    """A class that was marked undisturbed by one worker: its files, and what the run said and wrote."""

    files: list[Path]
    run: Run
    written: dict[str, bytes]


def command(environment: dict[str, str], *arguments: str | Path, **variables: str) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "essay_marker", "batch", *map(str, arguments)],
        capture_output=True,
        env=environment | variables,
        timeout=180,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


FEEDBACK = ("--feedback", "docx,html,md,pdf-ready")


def written(out: Path) -> dict[str, bytes]:
    """Every file of a folder of results; the log without its times."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    files["log.jsonl"] = re.sub(rb'"time": "[^"]*"', b"", files["log.jsonl"])
    return files


@pytest.fixture(scope="module")
def class_(environment: dict[str, str], exemplars: Path, tmp_path_factory: pytest.TempPathFactory) -> Class:
    folder = tmp_path_factory.mktemp("class")
    short = {name: (exemplars / f"{name}.txt").read_text("utf-8") for name in ("e15", "e34", "e53")}
    copied = " ".join(short["e53"].split()[60:160])
    files: dict[str, str | bytes] = {
        "Ada Lovelace_12345_assignsubmission_file_essay.txt": short["e15"],
        "noetheremmy_123_456_essay.txt": "A first try.",
        "noetheremmy_LATE_123_789_essay.txt": short["e34"],
        "José Núñez - essay.txt": short["e53"],
        "=HYPERLINK Smith - essay.txt": f"{short['e15'][:900]}\n\n{copied}.",
        "Grace Hopper - essay.txt": b"",
        "Alan Turing - essay.txt": "Khrushchev succeeded.",
        "scan0001.docx": PNG,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    out = tmp_path_factory.mktemp("one") / "out"
    paths = sorted(folder.iterdir())
    run = command(environment, *paths, "-o", out, "-j", "1", *FEEDBACK)
    return Class(paths, run, written(out))


def test_a_class_is_marked_and_every_problem_is_named(class_: Class) -> None:
    assert class_.run.code == 1
    for line in (
        "7 essays: 0 signed, 4 provisional, 3 without a mark.",
        "Alan Turing (Alan Turing - essay.txt): ",
        "Grace Hopper (Grace Hopper - essay.txt): Grace Hopper - essay.txt is empty.",
        "scan0001 (scan0001.docx): scan0001.docx is a photograph",
        "noetheremmy (noetheremmy_LATE_123_789_essay.txt) is marked; not: noetheremmy_123_456_essay.txt",
        "=HYPERLINK Smith and José Núñez: ",
        "Ada Lovelace and the exemplar e15 of the corpus: ",
    ):
        assert line in class_.run.out
    assert len(re.findall(r"^essay-marker: \d of 7, ", class_.run.err, re.MULTILINE)) == 7
    assert "\x1b" not in class_.run.out + class_.run.err


def test_a_result_is_what_score_prints(class_: Class, environment: dict[str, str]) -> None:
    essay = next(path for path in class_.files if path.name.startswith("José"))
    done = subprocess.run(
        [sys.executable, "-m", "essay_marker", "score", essay, "--format", "json"],
        capture_output=True,
        env=environment,
        timeout=120,
    )
    name = next(name for name in class_.written if name.startswith("results/jose"))
    assert class_.written[name] == done.stdout
    (result,) = results_in(class_.written[name], name)
    assert result["marks"]["mark"] is not None


@KILLED
def test_a_run_that_was_killed_goes_on_and_ends_as_if_it_had_not_been(
    class_: Class, environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    files = class_.files[::-1]
    arguments = [sys.executable, "-m", "essay_marker", "batch", *map(str, files), "-o", str(out), "-j", "2", *FEEDBACK]
    victim = subprocess.Popen(
        arguments, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 120
    while len(list((out / "results").glob("*.json"))) < 2:
        assert victim.poll() is None
        assert time.monotonic() < end, "NOT SEEN in two minutes: a second result"
        time.sleep(0.002)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    finished = {path: path.stat().st_mtime_ns for path in (out / "results").glob("*.json")}
    assert 2 <= len(finished) < 7
    for path in finished:
        json.loads(path.read_bytes())  # whole
    done = command(environment, *files, "-o", out, "-j", "2", *FEEDBACK)
    assert done.code == 1
    assert {path: path.stat().st_mtime_ns for path in finished} == finished
    assert f"{7 - len(finished)} to mark, {len(finished)} were done before." in done.err
    assert written(out) == class_.written


@KILLED
def test_an_essay_that_kills_its_worker_costs_itself_alone_and_no_name_gets_out(
    environment: dict[str, str], exemplars: Path, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(SITECUSTOMIZE)
    place, out = tmp_path / "submissions.zip", tmp_path / "out"
    with zipfile.ZipFile(place, "w") as archive:
        for name, text in {
            "Ada Lovelace_1_assignsubmission_file_/essay.txt": "By Ada Lovelace. "
            + (exemplars / "e15.txt").read_text(),
            "Grace Hopper_2_assignsubmission_file_/essay.txt": "this essay is deadly, and Grace Hopper wrote it",
            "Emmy Noether_3_assignsubmission_file_/essay.txt": "Too short.",
        }.items():
            archive.writestr(name, text)
    path = os.pathsep.join([str(tmp_path / "site"), environment["PYTHONPATH"]])
    who, key = tmp_path / "who.csv", tmp_path / "key"
    arguments: list[str | Path] = [place, "-o", out, "-j", "1", "--anonymous", "--who-is-who", who, "--key", key]
    done = command(environment, *arguments, PYTHONPATH=path)
    assert done.code == 1
    assert "3 essays: 0 signed, 1 provisional, 2 without a mark." in done.out
    assert "The program stopped twice on this file" in done.out
    found: dict[str, Any] = json.loads((out / "class.json").read_bytes())
    problems = [learner["problem"] for learner in found["learners"] if learner["problem"]]
    assert [problem["code"] for problem in problems] == ["died"]
    everything = (
        b"\n".join(written(out).values()).decode("utf-8", "replace") + "".join(written(out)) + done.out + done.err
    )
    for name in ("Lovelace", "Hopper", "Noether", "lovelace", "hopper", "noether"):
        assert name not in everything
    assert "Ada Lovelace" in who.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "-o", "out"], "nothing was not found"),
        ([".", "-o", "."], "results cannot go into the folder of the essays"),
        (["e.txt", "-o", "no/out"], "there is no folder no"),
        (["e.txt", "-o", "out", "--rubric", "none"], "none"),
        (["e.txt", "-o", "out", "--who-is-who", "w.csv"], "go with --anonymous"),
        (["e.txt", "-o", "out", "--anonymous", "--who-is-who", "out/w.csv"], "names cannot lie among the results"),
        (["e.txt", "-o", "out", "--moodle", "e.txt"], "this is no grading worksheet of Moodle's"),
        (["e.txt", "-o", "out", "--moodle", "none.csv"], "the grading worksheet cannot be read"),
        (["e.txt", "-o", "out", "--anonymous", "--moodle", "e.txt"], "--moodle needs names and numbers"),
        (["e.txt", "-o", "out", "--learners", "e.txt"], "the first line must name the columns"),
        (["e.txt", "-o", "e.txt"], "this is a file"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_marked(
    tmp_path: Path,
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from essay_marker import cli

    monkeypatch.chdir(tmp_path)
    (tmp_path / "e.txt").write_text("x")
    monkeypatch.setattr(sys, "argv", ["essay-marker", "batch", *arguments])
    monkeypatch.setattr("essay_marker.batch.pool.each", lambda *_: pytest.fail("marked"))
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@KILLED
def test_a_bar_is_shown_on_a_terminal_and_nothing_of_it_is_left(environment: dict[str, str], tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="NOT TESTED: this system has no pseudo-terminals")
    (tmp_path / "Ada Lovelace - e.txt").write_text("")
    main, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "essay_marker", "batch", tmp_path / "Ada Lovelace - e.txt", "-o", tmp_path / "out"],
        env=environment | {"TERM": "xterm-256color", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(main)
    assert program.stdout is not None
    said = program.stdout.read().decode()
    program.stdout.close()
    assert program.wait() == 1
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode("utf-8"))
    assert "0/1" in plain
    assert "essay-marker:" not in plain
    assert seen.rstrip().endswith(b"\x1b[2K")  # the bar is wiped
    assert said.startswith("1 essay: 0 signed, 0 provisional, 1 without a mark.")
