"""The documentation says what the program does today."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def build(root: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "docs/build.py", *arguments],
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_the_generated_pages_are_fresh(root: Path, environment: dict[str, str]) -> None:
    done = build(root, environment, "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_stale_page_is_noticed_and_written_anew(root: Path, environment: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(root / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("decisions"))
    (tmp_path / "src").symlink_to(root / "src")
    page = tmp_path / "docs/cli.md"
    good = page.read_text("utf-8")
    page.write_text(good.replace("--rubric", "--scheme"), "utf-8")
    done = build(tmp_path, environment, "--check")
    assert done.returncode == 1
    assert "docs/cli.md is stale" in done.stdout
    assert "--scheme" in page.read_text("utf-8")
    assert build(tmp_path, environment).returncode == 0
    assert page.read_text("utf-8") == good


@pytest.mark.parametrize(
    ("marker", "command"),
    [
        ("first-command", "pip install . && essay-marker score corpus/khrushchev-destalinisation/exemplars/e04.txt"),
        ("second-command", 'pip install -e ".[test]" && pytest -n auto --dist loadfile'),
    ],
)
def test_the_readme_has_its_two_commands_where_ci_looks_for_them(root: Path, marker: str, command: str) -> None:
    readme = (root / "README.md").read_text("utf-8")
    blocks = re.findall(rf"<!-- {marker} -->\n+```\w*\n(.*?)\n```", readme, re.DOTALL)
    assert blocks == [command]
    for essay in re.findall(r"corpus/\S+\.txt", command):
        assert (root / essay).is_file()
