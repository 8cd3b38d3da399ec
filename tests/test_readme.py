"""What the README shows is what the program prints, and what it promises is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_the_terminal_session_is_what_is_printed(root: Path, environment: dict[str, str]) -> None:
    text = (root / "README.md").read_text("utf-8")
    session = re.search(r"<!-- session -->\n```text\n\$ essay-marker (.*?)\n(.*?)```", text, re.DOTALL)
    assert session is not None
    done = subprocess.run(
        [sys.executable, "-m", "essay_marker", *session[1].split()],
        capture_output=True,
        cwd=root,
        env=environment,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    printed = done.stdout.splitlines()
    for line in session[2].splitlines():
        assert line in printed


def test_every_link_leads_somewhere(root: Path) -> None:
    for page in (root / "README.md", root / "benchmarks" / "README.md", *(root / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(((?!https?:)[^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
