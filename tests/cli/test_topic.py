"""``topic list|show|check`` on the topic that ships with the project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TOPIC = "khrushchev-destalinisation"


def test_list(run: Run) -> None:
    done = run("topic", "list")
    assert (done.code, done.err) == (0, "")
    assert f"{TOPIC}  To what extent did Khrushchev" in done.out


@pytest.mark.parametrize("by", ["id", "folder", "default"])
def test_show(run: Run, root: Path, by: str) -> None:
    arguments = {"id": [TOPIC], "folder": [str(root / "corpus" / TOPIC)], "default": []}[by]
    done = run("topic", "show", *arguments)
    assert (done.code, done.err) == (0, "")
    for words in ("  terror: ", "Yardsticks\n  own_aims: ", " facts, ", "sha256 "):
        assert words in done.out


def test_check_of_all_that_ship(run: Run) -> None:
    assert run("topic", "check") == (0, f"{TOPIC}: ok\n", "")


def test_check_of_a_damaged_one_names_file_line_and_field(run: Run, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "corpus" / TOPIC, tmp_path / TOPIC)
    themes = tmp_path / TOPIC / "themes.yaml"
    themes.write_text(themes.read_text("utf-8").replace("definition:", "definiton:", 1), "utf-8")
    done = run("topic", "check", TOPIC)
    assert (done.code, done.out) == (2, "")
    for words in ("themes.yaml, line ", "definiton", "Did you mean `definition`?"):
        assert words in done.err


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_topic_is_exit_code_2(run: Run, command: str) -> None:
    done = run("topic", command, "khrushchev-destalinization")
    assert (done.code, done.out) == (2, "")
    assert f"Did you mean {TOPIC}?" in done.err
