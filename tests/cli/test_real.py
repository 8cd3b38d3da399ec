"""The real command line, as a user runs it: exit codes, streams, and texts that are no essays."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema
import pytest

from essay_marker.records import json_schema

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

Command = Callable[..., Any]

ESSAY = "e04.txt"

SHOPPING = "\n".join(["two pints of milk", "bread", "eggs", "butter", "washing powder", "a birthday card"] * 8)

NOTES = "\n".join(
    f"- {line}"
    for line in (
        "secret speech 1956 -> shock",
        "Virgin Lands: early success, then dust",
        "rehabilitations, 1953-57",
        "Hungary!! limits",
        "camps emptied, KGB stays",
        "anti-party group 1957",
        "Solzhenitsyn 1962 / Pasternak 1958",
        "sovnarkhozy = chaos",
        "housing: khrushchyovki",
        "Cuba 1962 climbdown",
    )
    * 6
)

GERMAN = (
    "Die Entstalinisierung war für Chruschtschow ein Mittel, die eigene Macht zu festigen, und doch ging sie weit"
    " über das hinaus, was seine Gegner für möglich gehalten hatten. Die Lager wurden geöffnet, viele Verurteilte"
    " kehrten zurück, und in den Zeitschriften durfte gedruckt werden, was zehn Jahre zuvor den Tod bedeutet hätte. "
) * 12

OTHER_QUESTION = (
    "Henry VIII broke with Rome chiefly because he wanted an annulment of his marriage to Catherine of Aragon. The"
    " pope would not grant it, and so Thomas Cromwell drew up the statutes that made the king head of the church. Some"
    " argue that the monasteries were closed for their wealth, yet the visitations show a wish for reform as well."
    " Therefore the marriage was the occasion, but the crown's need of money was the lasting cause of the Reformation. "
) * 10


class Lot(NamedTuple):
    """What a run over many files left behind: results by file name, and the lines of standard error."""

    results: dict[str, Any]
    said: list[str]

    def said_of(self, name: str) -> str:
        """The one line about a file."""
        lines = [line for line in self.said if name in line]
        assert len(lines) == 1, (name, self.said)
        return lines[0]


@pytest.fixture
def essay(exemplars: Path) -> Path:
    """An essay that ships with the project."""
    return exemplars / ESSAY


def test_an_essay_is_marked_and_the_json_is_pure_and_fits_the_schema(command: Command, essay: Path) -> None:
    done = command("score", essay, "--format", "json")
    assert (done.code, done.err) == (0, "")
    result = json.loads(done.out)
    jsonschema.validate(result, json_schema(), cls=jsonschema.Draft202012Validator)
    assert result["essay"]["source"] == ESSAY
    assert result["marks"]["withheld"] is None
    assert 0 <= result["marks"]["low"] <= result["marks"]["mark"] <= result["marks"]["high"] <= 20


def test_standard_input_gives_the_same_marks_as_the_file(command: Command, essay: Path) -> None:
    # Two processes order their sets differently; nothing may depend on it.
    by_file = json.loads(command("score", essay, "--format", "json", env={"PYTHONHASHSEED": "1"}).out)
    by_pipe = json.loads(
        command("score", "-", "--format", "json", stdin=essay.read_bytes(), env={"PYTHONHASHSEED": "2"}).out
    )
    assert by_pipe["essay"]["source"] == "stdin"
    by_pipe["essay"]["source"] = by_file["essay"]["source"]
    assert by_pipe.pop("sha256") != by_file.pop("sha256")  # over the name as well
    assert by_pipe == by_file


def test_the_text_report_is_plain_and_narrow_when_piped(command: Command, essay: Path) -> None:
    done = command("score", essay)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80


def test_the_text_report_on_a_terminal_has_colour_unless_no_color(
    essay: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    def on_terminal(**variables: str) -> str:
        return run_on_terminal([sys.executable, "-m", "essay_marker", "score", str(essay)], environment | variables)

    coloured = on_terminal(TERM="xterm-256color", COLUMNS="90")
    plain = on_terminal(TERM="xterm-256color", COLUMNS="90", NO_COLOR="1")
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert 80 < max(len(line) for line in plain.splitlines()) <= 90


def run_on_terminal(arguments: list[str], env: dict[str, str]) -> str:
    """What a command writes to a terminal."""
    pty = pytest.importorskip("pty", reason="NOT TESTED: this system has no pseudo-terminals")
    child, terminal = pty.fork()
    if child == 0:  # the command's own process
        os.execve(arguments[0], arguments, env)
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not part:
            break
        written += part
    os.close(terminal)
    os.waitpid(child, 0)
    return written.decode("utf-8").replace("\r\n", "\n")


UNREADABLE: dict[str, bytes | None] = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\xff" * 500,
    "huge.txt": b"Khrushchev denounced Stalin in 1956. " * 300_000,
}

NO_ESSAY = {
    "sentence.txt": ("Khrushchev succeeded.", {"too-short"}),
    "shopping.txt": (SHOPPING, {"not-an-essay", "too-short"}),
    "notes.txt": (NOTES, {"not-an-essay"}),
    "german.txt": (GERMAN, {"wrong-language"}),
    "henry.txt": (OTHER_QUESTION, {"off-topic"}),
    "emoji.txt": ("😀 " * 400, {"not-an-essay", "wrong-language", "too-short", "unreadable"}),
    "symbols.txt": ("? ! … — " * 200, {"not-an-essay", "wrong-language", "too-short", "unreadable"}),
}

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


@pytest.fixture(scope="module")
def lot(environment: dict[str, str], exemplars: Path, tmp_path_factory: pytest.TempPathFactory) -> Lot:
    """One run over everything that a folder of pupils' files can hold, because each start costs a second."""
    folder = tmp_path_factory.mktemp("lot")
    names = [*UNREADABLE, *NO_ESSAY, *(f"{encoding}.txt" for encoding in ENCODINGS)]
    for name, content in UNREADABLE.items():
        if content is not None:
            (folder / name).write_bytes(content)
    for name, (text, _) in NO_ESSAY.items():
        (folder / name).write_text(text, "utf-8")
    essay = (exemplars / ESSAY).read_text("utf-8").replace("–", "-")
    for encoding in ENCODINGS:
        (folder / f"{encoding}.txt").write_bytes(essay.encode(encoding))
    done = subprocess.run(
        [sys.executable, "-m", "essay_marker", "score", *names, "--format", "json"],
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=120,
    )
    results = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [result["essay"]["source"] for result in results] == names
    assert done.returncode == 1
    return Lot(dict(zip(names, results, strict=True)), done.stderr.decode("utf-8").splitlines())


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_one_sentence_and_a_result_without_a_mark(lot: Lot, name: str) -> None:
    result = lot.results[name]
    jsonschema.validate(result, json_schema(), cls=jsonschema.Draft202012Validator)
    assert result["essay"]["text"] == ""
    assert (result["marks"]["withheld"], result["marks"]["mark"]) == ("unreadable", None)
    sentence = lot.said_of(name)
    assert sentence.startswith("essay-marker: ")
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", NO_ESSAY)
def test_what_is_no_essay_on_the_question_gets_no_mark_and_a_reason(lot: Lot, name: str) -> None:
    marks = lot.results[name]["marks"]
    assert marks["withheld"] in NO_ESSAY[name][1]
    assert (marks["level"], marks["mark"], marks["low"], marks["high"]) == (None, None, None, None)
    assert len(lot.said_of(name)) > len(f"essay-marker: {name}: ") + 20


def test_the_encoding_does_not_matter(lot: Lot) -> None:
    marked = [lot.results[f"{encoding}.txt"] for encoding in ENCODINGS]
    assert marked[0]["marks"]["withheld"] is None
    assert [result["marks"] for result in marked] == [marked[0]["marks"]] * len(ENCODINGS)
    assert [result["essay"]["text"] for result in marked] == [marked[0]["essay"]["text"]] * len(ENCODINGS)


def test_a_missing_file_and_a_folder_have_no_report(run: Command, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = run("score", "missing.txt", "folder")
    assert (done.code, done.out) == (1, "")
    assert re.fullmatch("essay-marker: .*missing.txt.*\nessay-marker: .*folder.*\n", done.err), done.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_that_is_no_text_does_no_harm(command: Command, essay: Path, tmp_path: Path) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/essay-\xff.txt")
    Path(strange).write_bytes(essay.read_bytes())
    done = command("score", strange, "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["marks"]["withheld"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rubric", "edexcel-9hi0-esay"], "edexcel-9hi0-essay"),
        (["--rubric", "no/such.toml"], "no/such.toml"),
        (["--topic", "khrushchev"], "khrushchev-destalinisation"),
        (["--topic", "no/such"], "no/such"),
    ],
)
def test_a_wrong_rubric_or_topic_is_exit_code_2(run: Command, essay: Path, arguments: list[str], words: str) -> None:
    done = run("score", str(essay), *arguments)
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(rf"essay-marker: .*{re.escape(words)}.*\n", done.err), done.err


@pytest.fixture(scope="module")
def kept(marker: Marker) -> Iterator[None]:
    """Lets ``score`` in this process use the model that is loaded already."""
    from essay_marker import pipeline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Marker", lambda topic, rubric: marker)
        yield


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("format", "begins"), [("text", ""), ("markdown", "# "), ("html", "<!doctype html>"), ("json", "{")]
)
def test_every_format_can_go_into_a_file(run: Command, essay: Path, tmp_path: Path, format: str, begins: str) -> None:
    done = run("score", str(essay), "--format", format, "--output", "report")
    assert (done.code, done.out) == (0, "")
    report = (tmp_path / "report").read_text("utf-8")
    assert report.casefold().startswith(begins)
    assert len(report) > 500
    assert report.endswith("\n")


@pytest.mark.usefixtures("kept")
def test_every_code_in_a_report_can_be_explained(run: Command, essay: Path) -> None:
    result = json.loads(run("score", str(essay), "--format", "json").out)
    codes = {reason["code"] for strand in result["marks"]["strands"] for reason in strand["reasons"]}
    codes |= {target["code"] for target in result["targets"]}
    assert codes
    for code in codes:
        assert run("explain", code).out.startswith(f"{code}: ")
