"""``doctor``: says ok where all is well, and what to do where it is not."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from essay_marker.cli import _model_files
from essay_marker.cli import doctor as doctor_command
from essay_marker.cli.doctor import Line
from essay_marker.errors import ModelError

Run = Callable[..., Any]


def _says(monkeypatch: pytest.MonkeyPatch, *checks: Callable[[], Iterator[Line]]) -> None:
    monkeypatch.setattr(doctor_command, "CHECKS", checks)


def test_this_installation_is_well(run: Run) -> None:
    done = run("doctor")
    assert (done.code, done.err) == (0, ""), done.out
    assert all(line.startswith("ok     ") for line in done.out.splitlines())
    for words in ("Python 3.", "spaCy 3.8.", "files unchanged, loads", "topics: khrushchev", "reports can be written"):
        assert words in done.out


def test_one_wrong_line_is_exit_code_1_and_the_others_are_still_looked_at(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> Iterator[Line]:
        raise ImportError("no such DLL")
        yield

    def missing() -> Iterator[Line]:
        raise ModelError("The model is missing. Install it.")
        yield

    _says(monkeypatch, damaged, missing, lambda: iter([Line(True, "well")]))
    done = run("doctor")
    assert done.code == 1
    assert done.out.splitlines() == [
        f"WRONG  damaged: ImportError: no such DLL. {doctor_command.REINSTALL}",
        "WRONG  The model is missing. Install it.",
        "ok     well",
    ]


def test_a_damaged_model_is_named_with_the_command_that_mends_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from essay_marker.annotate.model import model_package

    copy = tmp_path / "model"
    shutil.copytree(doctor_command._model_folder(model_package()), copy)
    assert doctor_command._damaged(copy) == []
    (copy / "tagger/model").write_bytes(b"half a file")
    (copy / "vocab/vectors").unlink()
    monkeypatch.setattr(doctor_command, "_model_folder", lambda package: copy)
    _says(monkeypatch, doctor_command._model)
    done = run("doctor")
    assert done.code == 1
    assert "tagger/model, vocab/vectors." in done.out
    assert f"=={_model_files.VERSION}" in done.out


def test_an_old_python_or_spacy_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    monkeypatch.setattr("importlib.metadata.version", lambda name: "3.7.2")
    _says(monkeypatch, doctor_command._python, doctor_command._spacy)
    lines = run("doctor").out.splitlines()
    assert lines[0] == "WRONG  Python 3.10.4: essay-marker needs 3.11 or later."
    assert lines[1].startswith("WRONG  spaCy 3.7.2: the English model needs 3.8.")


def test_a_folder_without_leave_to_write_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(dir: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    _says(monkeypatch, doctor_command._current_folder)
    done = run("doctor")
    assert done.code == 1
    assert "no report can be written here (Permission denied)" in done.out
