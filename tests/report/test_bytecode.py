"""Compiled templates, kept as Python keeps its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from essay_marker.report.bytecode import TemplateBytecode


def render(folder: Path, source: str, settings: bytes = b"") -> str:
    environment = Environment(
        loader=DictLoader({"t": source}), bytecode_cache=TemplateBytecode(folder, settings), autoescape=True
    )
    return environment.get_template("t").render(x=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def test_a_template_is_kept_and_used_again(folder: Path) -> None:
    assert render(folder, "a{{ x }}") == "a1"
    (kept,) = folder.iterdir()
    written = kept.stat().st_mtime_ns
    assert render(folder, "a{{ x }}") == "a1"
    assert kept.stat().st_mtime_ns == written


def test_a_changed_template_is_compiled_anew(folder: Path) -> None:
    render(folder, "a{{ x }}")
    assert render(folder, "b{{ x }}") == "b1"
    assert len(list(folder.iterdir())) == 1


def test_other_settings_are_kept_apart(folder: Path) -> None:
    render(folder, "a{{ x }}", b"one")
    render(folder, "a{{ x }}", b"two")
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_a_damaged_file_is_written_anew(folder: Path, damage: bytes) -> None:
    render(folder, "a{{ x }}")
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    for broken in (damage, whole[:40], whole[:32] + damage):
        kept.write_bytes(broken)
        assert render(folder, "a{{ x }}") == "a1"
        assert kept.read_bytes() == whole


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert render(folder, "a{{ x }}") == "a1"
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").touch()
    assert render(tmp_path / "file", "a{{ x }}") == "a1"
