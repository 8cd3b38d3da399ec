"""Streams, width and colour."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from essay_marker.cli import _terminal

pty = pytest.importorskip("pty", reason="NOT TESTED: this system has no pseudo-terminals")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("screen", "variables", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": ""}, False),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour(monkeypatch: pytest.MonkeyPatch, screen: bool, variables: dict[str, str], expected: bool) -> None:
    monkeypatch.setattr(sys, "stdout", Screen() if screen else io.StringIO())
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _terminal.colour() is expected


@pytest.mark.parametrize(
    ("screen", "columns", "expected"), [(True, "90", 90), (True, "200", 100), (True, "60", 60), (False, "200", 80)]
)
def test_width(monkeypatch: pytest.MonkeyPatch, screen: bool, columns: str, expected: int) -> None:
    monkeypatch.setattr(sys, "stdout", Screen() if screen else io.StringIO())
    monkeypatch.setenv("COLUMNS", columns)
    assert _terminal.width() == expected


def test_wrap_keeps_within_the_width_and_never_returns_nothing() -> None:
    lines = _terminal.wrap("word " * 40, first="- ", rest="  ")
    assert len(lines) > 1
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].startswith("- word")
    assert _terminal.wrap("", first="Source:  ") == ["Source:"]


@pytest.mark.parametrize("arguments", [["schema"], ["topic", "show"], ["--help"]])
def test_a_closed_pipe_ends_the_program_quietly(environment: dict[str, str], arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)  # as `| head -0` has it
    try:
        done = subprocess.run(
            [sys.executable, "-m", "essay_marker", *arguments],
            stdout=write,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=60,
        )
    finally:
        os.close(write)
    assert done.stderr == b""
    assert done.returncode in (1, 141)  # 1 is Typer's own, for its help pages


def test_output_is_utf_8_whatever_the_locale_says(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "essay_marker", "score", "--help"],
        capture_output=True,
        env=environment | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        timeout=60,
    )
    assert done.returncode == 0
    assert "ESSAY…" in done.stdout.decode("utf-8")


def test_an_interrupt_is_130_without_a_traceback(environment: dict[str, str], tmp_path: Path) -> None:
    """A user who presses Ctrl-C while the program waits for the essay to be typed."""
    import signal
    import time

    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "essay_marker", "score", "-"],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
    )
    assert child.stderr is not None
    said = child.stderr.readline()  # it waits now
    end = time.monotonic() + 60
    # Python sees a signal that comes just as it begins to wait for input only with the next one: who gets no answer
    # presses the keys again
    while child.poll() is None and time.monotonic() < end:
        child.send_signal(signal.SIGINT)
        time.sleep(0.2)
    _, rest = child.communicate(timeout=10)
    os.close(leader)
    os.close(follower)
    assert b"end it with Ctrl-D" in said
    assert child.returncode == 130
    assert b"Traceback" not in rest
