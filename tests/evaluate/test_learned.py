"""Which essays the taggers learned from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from essay_marker.errors import DataError
from essay_marker.evaluate import trained_on


def model(folder: Path, name: str, **fields: object) -> None:
    (folder / name).mkdir()
    (folder / name / "model.json").write_text(json.dumps({"format": 1, "layers": {}} | fields), "utf-8")


def test_only_the_models_used_count_and_a_folder_without_a_model_is_nothing(tmp_path: Path) -> None:
    model(tmp_path, "mine", sha256="aa", trained_on={"e01": "11", "e02": "22"})
    model(tmp_path, "other", sha256="bb", trained_on={"e03": "33"})
    model(tmp_path, "plain")
    (tmp_path / "patterns").mkdir()
    assert trained_on(tmp_path, {"aa", "core-3.8.0"}) == {"e01": "11", "e02": "22"}
    assert trained_on(tmp_path, {"cc"}) == {}
    assert trained_on(tmp_path / "none", {"aa"}) == {}


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    model(tmp_path, "mine", sha256="aa", trained_on=["e01"])
    with pytest.raises(DataError, match=r"model\.json.*trained_on"):
        trained_on(tmp_path, {"aa"})
