"""Two ways to run the command line: in this process over a stand-in for the program, and as a user runs it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
import pytest

from essay_marker import cli
from essay_marker.errors import DataError
from essay_marker.records import (
    SCHEMA_VERSION,
    Balance,
    Citations,
    Marks,
    Program,
    ReportedEssay,
    Result,
    TopicFit,
    Withheld,
)


class Run(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def a_result(source: str, withheld: Withheld | None = None, message: str | None = None) -> Result:
    """A small result: 12 of 20, or withheld."""
    marked = withheld is None
    return Result(
        schema_version=SCHEMA_VERSION,
        program=Program(name="essay-marker", version="0", rubric_sha256="", topic_sha256="", models={}, decided_by={}),
        essay=ReportedEssay(
            source=source,
            title=None,
            question="?",
            text="",
            words=0,
            quoted_words=0,
            paragraphs=(),
            sentences=(),
            bibliography=None,
            notes=(),
            repairs=(),
        ),
        topic=TopicFit(id="t", fit=1.0),
        themes=(),
        historians=(),
        citations=Citations(style="none", problems=()),
        facts=(),
        balance=Balance(success_words=0, limitation_words=0, verdict=None, criteria=(), counter_arguments=()),
        marks=Marks(
            rubric="r",
            out_of=20,
            withheld=withheld,
            withheld_message=message,
            level=3 if marked else None,
            mark=12 if marked else None,
            low=10 if marked else None,
            high=13 if marked else None,
            provisional=True,
            how="",
            range_how="",
            strands=(),
            review=(),
        ),
        targets=(),
    )


class FakeMarker:
    """Marks by file name: ``missing`` is unreadable, ``notes`` withheld, ``crash`` a bug, ``stop`` an interrupt."""

    calls: list[tuple[Any, ...]]

    def __init__(self, topic: str | Path, rubric: str | Path) -> None:
        if rubric == "wrong":
            raise DataError("There is no rubric 'wrong'.")
        self.calls.append(("Marker", topic, rubric))

    def mark_file(self, path: Path, question: str | None = None) -> Result:
        self.calls.append(("file", path, question))
        match path.stem:
            case "missing":
                return a_result(path.name, "unreadable", f"{path}: there is no such file.")
            case "notes":
                return a_result(path.name, "not-an-essay", "These are notes.")
            case "crash":
                raise IndexError("list index\nout of range")
            case "stop":
                raise KeyboardInterrupt
        return a_result(path.name)

    def mark_bytes(self, data: bytes, source: str, question: str | None = None) -> Result:
        self.calls.append(("bytes", data, source, question))
        return a_result(source)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Puts stand-ins in the place of pipeline and report; the calls to them."""
    seen: list[tuple[Any, ...]] = []
    pipeline: Any = ModuleType("essay_marker.pipeline")
    pipeline.Marker = type("Marker", (FakeMarker,), {"calls": seen})
    report: Any = ModuleType("essay_marker.report")

    def render(
        result: Result, fmt: str, *, width: int, color: bool, audience: str = "teacher", mark: bool = True
    ) -> str:
        reader = "" if audience == "teacher" and mark else f" {audience} {mark}"
        return f"{fmt} of {result.essay.source} {width} {color}{reader}\n"

    report.render = render

    def render_json(result: Result, *, indent: int) -> str:
        encoded = msgspec.json.encode(result)
        return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode() + "\n"

    report.render_json = render_json
    monkeypatch.setitem(sys.modules, "essay_marker.pipeline", pipeline)
    monkeypatch.setitem(sys.modules, "essay_marker.report", report)
    return seen


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Run]:
    """Runs ``essay-marker`` in this process, in an empty folder."""
    for name in ("NO_COLOR", "FORCE_COLOR", "ESSAY_MARKER_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "argv", ["essay-marker", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Run(end.value.code, out, err)

    return go


@pytest.fixture
def command(environment: dict[str, str], tmp_path: Path) -> Callable[..., Run]:
    """Runs ``essay-marker`` as a user does, in a process of its own and an empty folder."""

    def go(*arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "essay_marker", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment | (env or {}),
            timeout=120,
        )
        return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return go
