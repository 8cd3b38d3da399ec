"""The command that builds a class to try out: what it asks for, and the command that it prints."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from ..classroom import __main__ as command
from ..classroom.building import Classroom


def test_help_is_help_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments, code in ((["--help"], 0), (["--unknown"], 2), ([], 2)):
        with pytest.raises(SystemExit) as ended:
            command.main(arguments)
        assert ended.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_the_printed_command_can_be_typed_whatever_the_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(folder: Path) -> Classroom:
        return Classroom(folder=folder, submissions=folder / "in", worksheet=folder / "sheet.csv")

    folder = tmp_path / "my class"
    monkeypatch.setattr(command, "build", build)
    assert command.main([str(folder)]) == 0
    assert shlex.split(capsys.readouterr().out) == [
        *("essay-marker", "batch", str(folder / "in"), "--moodle", str(folder / "sheet.csv")),
        *("-o", str(folder / "marked")),
    ]
