"""``rubric list|show|check`` on the rubrics that ship with the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
RUBRIC = "edexcel-9hi0-essay"


def test_list(run: Run) -> None:
    done = run("rubric", "list")
    assert (done.code, done.err) == (0, "")
    assert RUBRIC in done.out
    assert "out of 20" in done.out


@pytest.mark.parametrize("by", ["id", "file", "default"])
def test_show(run: Run, root: Path, by: str) -> None:
    arguments = {"id": [RUBRIC], "file": [str(root / "rubrics" / f"{RUBRIC}.toml")], "default": []}[by]
    done = run("rubric", "show", *arguments)
    assert (done.code, done.err) == (0, "")
    for words in (f"{RUBRIC}: ", "  Level 5, 17 to 20: ", "Strand judgement: ", "  Level 1: ", "Criteria: "):
        assert words in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_check_of_all_that_ship(run: Run) -> None:
    done = run("rubric", "check")
    assert (done.code, done.err) == (0, "")
    assert f"{RUBRIC}: ok\n" in done.out


def test_check_of_a_wrong_one_names_the_file_and_what_is_wrong(run: Run, root: Path, tmp_path: Path) -> None:
    text = (root / "rubrics" / f"{RUBRIC}.toml").read_text("utf-8")
    (tmp_path / "bands.toml").write_text(text.replace("out_of = 20", "out_of = 25"), "utf-8")
    (tmp_path / "fields.toml").write_text(text.replace("out_of = 20", "outof = 20"), "utf-8")
    bands, fields = run("rubric", "check", "bands.toml"), run("rubric", "check", "fields.toml")
    assert (bands.code, bands.out, fields.code, fields.out) == (2, "", 2, "")
    assert "essay-marker: bands.toml: " in bands.err
    assert "out of 25" in bands.err
    assert "essay-marker: fields.toml, line " in fields.err
    assert "`outof`" in fields.err


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_rubric_is_exit_code_2(run: Run, command: str) -> None:
    done = run("rubric", command, "edexcel-9hi0-essy")
    assert (done.code, done.out) == (2, "")
    assert f"Did you mean {RUBRIC}?" in done.err
