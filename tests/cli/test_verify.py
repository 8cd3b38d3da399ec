"""``essay-marker verify``: what it says, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from essay_marker.records import Result
from essay_marker.report import render_json

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def loaded(marker: Marker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is loaded once; another topic or mark scheme is loaded where a test asks for it."""
    real = type(marker)

    def load(topic: str, rubric: str) -> Marker:
        return marker if (topic, rubric) == (marker.topic.id, marker.rubric.id) else real(topic, rubric)

    monkeypatch.setattr("essay_marker.pipeline.Marker", load)


@pytest.fixture(scope="module")
def result_of(marker: Marker) -> Callable[[Path], Result]:
    return cache(marker.mark_file)


@pytest.fixture
def write(exemplars: Path, result_of: Callable[[Path], Result], tmp_path: Path) -> Write:
    """Writes the results of exemplars, one a line, perhaps changed; gives the file."""

    def written(*names: str, change: Callable[[Any], None] = lambda raw: None) -> Path:
        file = tmp_path / "results.json"
        lines = []
        for name in names:
            raw = json.loads(render_json(result_of(exemplars / f"{name}.txt")))
            change(raw)
            lines.append(json.dumps(raw))
        file.write_text("\n".join(lines), "utf-8")
        return file

    return written


def test_a_result_that_follows_gets_one_line(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    done = run("verify", str(write("e04")), str(exemplars / "e04.txt"))
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == 1
    for words in ("all of it follows", "places quote the essay", "marked again, the essay gets the same result"):
        assert words in done.out


def test_an_edited_mark_is_named_with_its_place(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    file = write("e04", change=lambda raw: raw["marks"].update(mark=raw["marks"]["mark"] - 1))
    done = run("verify", str(file), str(exemplars / "e04.txt"))
    assert done.code == 1
    first, *faults = done.out.splitlines()
    assert first.endswith("NOT ALL OF IT FOLLOWS.")
    assert any(line.startswith("  marks.mark: the result says ") for line in faults)
    assert any(line.startswith("  sha256: the result was changed") for line in faults)


def test_standard_input_gives_the_result(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    done = run("verify", "-", str(exemplars / "e01.txt"), stdin=write("e01").read_bytes())
    assert done.code == 0, done.out


def test_several_results_find_their_essays_by_name(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    done = run("verify", str(write("e01", "e04")), str(exemplars / "e04.txt"), str(exemplars / "e01.txt"))
    assert done.code == 0, done.out
    assert [Path(line.split(": ")[0]).name for line in done.out.splitlines()] == ["e01.txt", "e04.txt"]


def test_another_essay_is_told_so_and_not_a_hundred_differences(
    run: Callable[..., Any], write: Write, exemplars: Path
) -> None:
    done = run("verify", str(write("e01")), str(exemplars / "e04.txt"))
    assert done.code == 1
    assert len(done.out.splitlines()) == 2
    assert "Is it the right essay?" in done.out


def test_what_another_version_made_is_checked_as_far_as_it_can_be(
    run: Callable[..., Any], write: Write, exemplars: Path
) -> None:
    def older(raw: Any) -> None:
        import msgspec

        from essay_marker.records import digest

        raw["program"]["version"] = "0.0.1"
        raw["sha256"] = digest(msgspec.convert(raw, Result))

    done = run("verify", str(write("e04", change=older)), str(exemplars / "e04.txt"))
    assert done.code == 0, done.out
    assert "the essay was not marked again: only the quotations and the sums were checked" in done.out
    assert "essay-marker 0.0.1 (here " in done.out


def test_by_another_mark_scheme_nothing_can_be_redone(
    run: Callable[..., Any], write: Write, exemplars: Path, root: Path, tmp_path: Path
) -> None:
    scheme = tmp_path / "other.toml"
    text = (root / "rubrics" / "edexcel-9hi0-essay.toml").read_text("utf-8")
    scheme.write_text(text + "\n# another\n", "utf-8")
    done = run("verify", str(write("e04")), str(exemplars / "e04.txt"), "--rubric", str(scheme))
    assert done.code == 1
    assert "the result was made by another mark scheme" in done.out


def test_a_mark_scheme_that_only_the_result_names_is_the_results_fault(
    run: Callable[..., Any], write: Write, exemplars: Path
) -> None:
    file = write("e04", change=lambda raw: raw["marks"].update(rubric="no-such-scheme"))
    done = run("verify", str(file), str(exemplars / "e04.txt"))
    assert done.code == 1
    assert "There is no rubric 'no-such-scheme'" in done.out


@pytest.mark.parametrize("option", ["--rubric", "--topic"])
def test_a_wrong_option_is_the_command_lines_fault(
    run: Callable[..., Any], write: Write, exemplars: Path, option: str
) -> None:
    done = run("verify", str(write("e04")), str(exemplars / "e04.txt"), option, "no-such-thing")
    assert done.code == 2
    assert "no-such-thing" in done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no json", "is no JSON"),
        (b'{"a": 1}\nno json', "line 2 is none"),
        (b"\xff\xfe", "is no JSON"),
    ],
)
def test_a_file_that_is_no_json_is_said_to_be_none(
    run: Callable[..., Any], exemplars: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "result.json"
    file.write_bytes(content)
    done = run("verify", str(file), str(exemplars / "e04.txt"))
    assert done.code == 1
    assert words in done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "a result is a JSON object"),
        ("{}", "schema_version: this program reads version 1"),
        ('{"schema_version": 1}', "no result has this here (Object missing required field `program`)"),
    ],
)
def test_json_that_is_no_result_is_said_to_be_none(
    run: Callable[..., Any], exemplars: Path, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "result.json"
    file.write_text(content, "utf-8")
    done = run("verify", str(file), str(exemplars / "e04.txt"))
    assert done.code == 1
    assert words in done.out


def test_files_that_are_not_there(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    for arguments in (("nothing.json", str(exemplars / "e04.txt")), (str(write("e04")), "nothing.txt")):
        done = run("verify", *arguments)
        assert done.code == 1
        assert "nothing" in done.err


def test_an_essay_too_many_or_too_few_is_the_command_lines_fault(
    run: Callable[..., Any], write: Write, exemplars: Path
) -> None:
    few = run("verify", str(write("e01", "e04")), str(exemplars / "e04.txt"))
    assert (few.code, "result 1 is about e01.txt" in few.err) == (2, True)
    many = run("verify", str(write("e04")), str(exemplars / "e04.txt"), str(exemplars / "e01.txt"))
    assert (many.code, "e01.txt" in many.err) == (2, True)


def test_fields_taken_out_and_put_in_are_named(run: Callable[..., Any], write: Write, exemplars: Path) -> None:
    def change(raw: Any) -> None:
        del raw["marks"]["strands"][1]["nearest"]
        raw["essay"]["sentences"][2]["praise"] = "good"

    done = run("verify", str(write("e04", change=change)), str(exemplars / "e04.txt"))
    assert done.code == 1
    assert "marks.strands[1].nearest: the field is missing" in done.out
    assert "essay.sentences[2].praise: a result has no such field" in done.out
