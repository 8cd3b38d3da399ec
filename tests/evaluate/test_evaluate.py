"""The whole way: essays in a folder, marked by the real program, held against labels and marks."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from essay_marker import evaluate as package
from essay_marker.corpus import load_exemplar
from essay_marker.evaluate import evaluate
from essay_marker.evaluation import Evaluation, Layer

from ..evaluations import write_labels

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker


def layer(found: Evaluation, id_: str) -> Layer:
    return next(each for each in found.layers if each.id == id_)


def take(exemplars: Path, name: str, folder: Path) -> None:
    """Copies an exemplar with all its files."""
    for path in exemplars.glob(f"{name}.*"):
        shutil.copy(path, folder)


@pytest.fixture
def outside(shared: Path) -> ModuleType:
    """The measuring script that comes with the samples."""
    spec = importlib.util.spec_from_file_location("evaluate_outside", shared / "gold" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(found: Evaluation) -> dict[str, Any]:
    """The figures under the names that the outside script has for them."""

    def retrieval(id_: str) -> dict[str, Any]:
        each = layer(found, id_)
        return {"precision": each.precision, "recall": each.recall, "f1": each.figure.value, "n": each.cases}

    themes = [each.id for each in found.layers if each.part_of == "themes"]
    return {
        "units": found.units,
        "units_found": found.found,
        "themes_micro": retrieval("themes"),
        "themes": {id_.removeprefix("theme."): retrieval(id_) for id_ in themes},
        "historians": retrieval("historians"),
        "historian_use_accuracy": layer(found, "historian_use").figure.value,
        "judgement": retrieval("judgement"),
        "stance_kappa": layer(found, "stance").figure.value,
        "role_kappa": layer(found, "role").figure.value,
    }


def measured(outside: ModuleType, marker: Marker, labels: dict[Path, Path]) -> dict[str, Any]:
    """What the outside script says of these essays, by their labels."""
    parts = [
        outside.compare(outside.read_gold(path), json.loads(msgspec.json.encode(marker.mark_file(text))))
        for path, text in labels.items()
    ]
    said: dict[str, Any] = outside.report(outside.merge(parts))
    said.pop("themes_macro_f1")
    return said


@pytest.mark.shared
def test_the_figures_on_the_samples_are_those_of_the_outside_script(
    shared: Path, outside: ModuleType, marker: Marker
) -> None:
    labels = {path: shared / "seeds" / f"{path.stem}.txt" for path in sorted((shared / "gold").glob("*.jsonl"))}
    found = evaluate([shared / "seeds", shared / "gold"], marker, resamples=0)
    assert found.units > 100
    assert figures(found) == measured(outside, marker, labels)


@pytest.mark.shared
def test_the_figures_on_exemplars_with_crossed_out_words_are_those_of_the_outside_script(
    outside: ModuleType, marker: Marker, exemplars: Path, tmp_path: Path
) -> None:
    for name in ("e27", "e28", "e30", "e31", "e38"):
        take(exemplars, name, tmp_path)
        (tmp_path / f"{name}.toml").unlink()
    labels: dict[Path, Path] = {}
    for text in sorted(tmp_path.glob("*.txt")):  # the script knows nothing of themes that were read again
        path = tmp_path / "agreed" / f"{text.stem}.jsonl"
        path.parent.mkdir(exist_ok=True)
        write_labels(path, load_exemplar(exemplars / f"{text.stem}.toml").units)
        labels[path] = text
    found = evaluate([tmp_path], marker, resamples=0)
    assert figures(found) == measured(outside, marker, labels)


def test_an_exemplar_is_held_against_its_labels_and_its_header(marker: Marker, exemplars: Path, tmp_path: Path) -> None:
    take(exemplars, "e02", tmp_path)
    told: list[tuple[int, int]] = []
    found = evaluate([tmp_path], marker, resamples=20, progress=lambda *numbers: told.append(numbers))
    assert told == [(1, 1)]
    assert found.units == found.found > 20
    (essay,) = found.essays
    assert (essay.id, essay.source, essay.marked, essay.withheld) == ("e02", "e02.txt", True, None)
    assert essay.sha256 == hashlib.sha256((tmp_path / "e02.txt").read_bytes()).hexdigest()
    assert found.marks is not None
    assert found.marks.rows[0].labelled == msgspec.toml.decode((tmp_path / "e02.toml").read_bytes())["mark"]
    assert len(found.marks.strands) == len(marker.rubric.strands)
    assert (found.resampling.tags, found.resampling.marks) == ("sentences", "nothing")
    assert found.program.models
    assert msgspec.json.decode(msgspec.json.encode(found), type=Evaluation) == found


def test_the_same_essays_give_the_same_evaluation(marker: Marker, exemplars: Path, tmp_path: Path) -> None:
    for name in ("e01", "e03", "e05"):
        take(exemplars, name, tmp_path)
    first, second = (msgspec.json.encode(evaluate([tmp_path], marker, resamples=50)) for _ in range(2))
    assert first == second
    assert msgspec.json.decode(first, type=Evaluation).resampling.tags == "essays"


def test_an_essay_that_the_taggers_learned_from_is_known_by_its_bytes(
    marker: Marker, exemplars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(exemplars, "e01", tmp_path)
    take(exemplars, "e03", tmp_path)
    (tmp_path / "e03.txt").write_text((exemplars / "e03.txt").read_text("utf-8") + "\nOne more line.\n", "utf-8")
    learned = {name: hashlib.sha256((exemplars / f"{name}.txt").read_bytes()).hexdigest() for name in ("e01", "e03")}
    monkeypatch.setattr(package, "trained_on", lambda models, used: learned)
    found = evaluate([tmp_path], marker, resamples=0)
    assert {each.id: each.learned_from for each in found.essays} == {"e01": True, "e03": False}


def test_an_essay_that_cannot_be_read_misses_every_label(marker: Marker, exemplars: Path, tmp_path: Path) -> None:
    take(exemplars, "e01", tmp_path)
    (tmp_path / "e01.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00\xff" * 500)
    found = evaluate([tmp_path], marker, resamples=0)
    assert (found.found, found.marks, found.essays[0].withheld) == (0, None, "unreadable")
    assert layer(found, "themes").recall == 0
