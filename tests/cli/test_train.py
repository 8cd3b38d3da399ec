"""``train`` on a small topic: the model it writes, and what is wrong said before minutes of fitting."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essay_marker import train as training
from essay_marker.annotate.learned import load_model_file
from essay_marker.annotate.vectors import load_card
from essay_marker.topic import load_topic

Run = Callable[..., Any]

#: Five short exemplars. Not every theme is in enough of them to be learned.
ESSAYS = ("e11", "e34", "e51", "e53", "e61")


@pytest.fixture
def topic(exemplars: Path, tmp_path: Path) -> Path:
    """A topic of five exemplars, in the current folder."""
    folder = tmp_path / "small"
    (folder / "exemplars").mkdir(parents=True)
    for path in exemplars.parent.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    for name in ESSAYS:
        for path in exemplars.glob(f"{name}.*"):
            shutil.copy(path, folder / "exemplars")
    return folder


@pytest.fixture
def no_fitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stops where fitting would begin."""

    def begin() -> None:
        raise AssertionError("fitting began")

    monkeypatch.setattr(training, "check_files", begin)


def test_a_small_topic_gives_a_model_that_can_be_used(run: Run, topic: Path, root: Path) -> None:
    own = root / "models" / "khrushchev-destalinisation" / "model.json"
    before = own.read_bytes()
    done = run("train", "small", "--no-compare", "--output", "mine")
    path = Path("mine") / load_topic(topic).id / "model.json"
    assert (done.code, done.out) == (0, f"{path}\n")
    assert done.err == "essay-marker: Fitting the taggers of khrushchev-destalinisation on its labelled exemplars ...\n"
    model = load_model_file(path, load_topic(topic), load_card().sha256)
    assert set(model.trained_on) == set(ESSAYS)
    assert [file.name for file in path.parent.iterdir()] == ["model.json"]  # a card holds figures; none were asked for
    assert own.read_bytes() == before  # the program keeps its own


@pytest.mark.usefixtures("no_fitting")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "khrushchev-destalinisation"),
        (["no/such/folder"], "there is no such folder"),
        (["small", "--rubric", "edexcel-9hi0-esay"], "edexcel-9hi0-essay"),
        (["small", "--output", "small/question.toml"], "this is a file; name a folder"),
        (["small", "--output", "no/such/folder"], "there is no folder no/such"),
        (["small", "--outptu", "x"], "--outp"),
        (["small", "smaller"], "smaller"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said_and_is_exit_code_2(
    run: Run, topic: Path, arguments: list[str], words: str
) -> None:
    done = run("train", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_too_few_labelled_exemplars_are_exit_code_2(run: Run, topic: Path) -> None:
    for name in ESSAYS[:2]:
        (topic / "exemplars" / f"{name}.labels.jsonl").unlink()
    done = run("train", "small", "--output", "mine")
    assert (done.code, done.out) == (2, "")
    assert "3 exemplars have labels; training needs 4 at the least" in done.err
    assert not Path("mine").exists()


def test_a_wrong_label_is_exit_code_2_with_file_and_line(run: Run, topic: Path) -> None:
    labels = topic / "exemplars" / "e34.labels.jsonl"
    lines = labels.read_text("utf-8").splitlines()
    lines[2] = lines[2].replace('"role": "', '"role": "un')
    labels.write_text("\n".join(lines), "utf-8")
    done = run("train", "small", "--output", "mine")
    assert (done.code, done.out) == (2, "")
    for words in ("e34.labels.jsonl, line 3", "`role` should be one of"):
        assert words in done.err


def test_a_folder_that_cannot_be_written_is_said(run: Run, topic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> list[Path]:
        raise PermissionError(13, "Permission denied", "models/model.json")

    monkeypatch.setattr(training, "train", lambda *_, **__: None)
    monkeypatch.setattr(training, "write", refuse)
    done = run("train", "small")
    assert (done.code, done.out) == (2, "")
    assert "models/model.json: the model cannot be written (Permission denied)" in done.err
    assert "--output" in done.err


def test_the_card_and_the_measurements_lie_beside_the_model(
    run: Run, topic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def fit(*_: object, compare: bool) -> str:
        asked.append(compare)
        return "trained"

    def write(trained: object, of: Any, folder: Path | None) -> list[Path]:
        assert trained == "trained"
        return [Path(f"{folder}/{of.id}/{name}") for name in ("model.json", "card.md")]

    monkeypatch.setattr(training, "train", fit)
    monkeypatch.setattr(training, "write", write)
    assert run("train", "small", "--output", "mine").out.splitlines() == [
        "mine/khrushchev-destalinisation/model.json",
        "mine/khrushchev-destalinisation/card.md",
    ]
    run("train", "small", "--no-compare")
    assert asked == [True, False]  # measuring is what happens unless it is not wanted


def test_the_help_page_says_what_it_costs(run: Run) -> None:
    out = " ".join(run("train", "--help").out.split())
    for words in ("[ID|FOLDER]", "--no-compare", "some minutes", "No essay but the topic's own exemplars"):
        assert words in out
