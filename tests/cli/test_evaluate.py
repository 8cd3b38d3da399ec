"""``evaluate`` on real essays in a folder: formats, places, exit codes, and what a teacher gets wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

Run = Callable[..., Any]


@pytest.fixture(scope="module", autouse=True)
def kept(marker: Marker) -> Iterator[None]:
    """Lets ``evaluate`` in this process use the model that is loaded already."""
    from essay_marker import pipeline

    def marker_of(topic: str, rubric: str) -> Marker:
        from essay_marker.rubric import load_rubric
        from essay_marker.topic import load_topic

        load_topic(topic)
        load_rubric(rubric)
        return marker

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Marker", marker_of)
        yield


@pytest.fixture
def folder(exemplars: Path, tmp_path: Path) -> Path:
    """Three exemplars with labels and headers, in the current folder."""
    place = tmp_path / "labelled"
    place.mkdir()
    for name in ("e01", "e02", "e03"):
        for path in exemplars.glob(f"{name}.*"):
            shutil.copy(path, place)
    return place


def test_a_folder_is_evaluated_as_text_that_fits_a_narrow_terminal(run: Run, folder: Path) -> None:
    done = run("evaluate", "labelled")
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    for words in ("Evaluation on 3 essays", "Role in the argument, kappa", "Quadratic weighted kappa", "e02  "):
        assert words in done.out


def test_json_is_one_object_with_everything(run: Run, folder: Path) -> None:
    done = run("evaluate", "labelled", "--format", "json", "--resamples", "30")
    found = json.loads(done.out)
    assert done.code == 0
    assert [essay["id"] for essay in found["essays"]] == ["e01", "e02", "e03"]
    assert found["resampling"]["resamples"] == 30
    assert found["units"] == found["found"] > 60
    counted = sum(confusion["count"] for layer in found["layers"] for confusion in layer["confusions"])
    listed = sum(len(confusion["cases"]) for layer in found["layers"] for confusion in layer["confusions"])
    assert counted == listed > 0


def test_the_page_goes_into_a_file(run: Run, folder: Path) -> None:
    done = run("evaluate", "labelled", "--format", "html", "--output", "page.html")
    assert (done.code, done.out) == (0, "")
    page = Path("page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("\n")


def test_single_essays_and_no_intervals(run: Run, folder: Path) -> None:
    done = run("evaluate", "labelled/e01.txt", "labelled/e02.labels.jsonl", "--resamples", "0", "--format", "json")
    found = json.loads(done.out)
    assert [essay["id"] for essay in found["essays"]] == ["e01", "e02"]
    assert found["resampling"]["tags"] == "nothing"
    assert {layer["figure"]["low"] for layer in found["layers"]} == {None}


def test_labels_of_sentences_that_are_not_there_are_exit_code_1_and_listed(run: Run, folder: Path) -> None:
    essay = folder / "e01.txt"
    first = json.loads((folder / "e01.labels.jsonl").read_text("utf-8").splitlines()[0])["text"]
    essay.write_text(essay.read_text("utf-8").replace(first, ""), "utf-8")
    done = run("evaluate", "labelled", "--format", "json")
    assert done.code == 1
    assert "1 labelled sentence was not found in the essay e01" in done.err
    assert json.loads(done.out)["essays"][0]["missing"] == [{"unit": "e01-001", "text": first}]
    text = run("evaluate", "labelled")
    assert (text.code, text.err) == (1, "")
    assert "! 1 labelled sentence was not found in the essay e01" in text.out


def test_an_unreadable_essay_is_exit_code_1(run: Run, folder: Path) -> None:
    (folder / "e03.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00\xff" * 500)
    done = run("evaluate", "labelled", "--format", "json")
    assert done.code == 1
    assert "the essay e03 could not be read" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["."], "there is no labelled essay in this folder"),
        (["labelled", "--rubric", "edexcel-9hi0-esay"], "edexcel-9hi0-essay"),
        (["labelled", "--topic", "khrushchev"], "khrushchev-destalinisation"),
        (["labelled", "--output", "labelled"], "labelled: this is a folder"),
        (["labelled", "--output", "no/such/page.html"], "there is no folder"),
        (["labelled", "--output", "labelled/e01.txt"], "take the place of this file"),
        (["labelled", "--output", "labelled/e02.labels.jsonl"], "take the place of this file"),
        (["labelled", "--resamples", "-1"], "--resamples"),
        (["labelled", "--format", "markdown"], "markdown"),
        ([], "FOLDER|FILE"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said_and_is_exit_code_2(
    run: Run, folder: Path, arguments: list[str], words: str
) -> None:
    done = run("evaluate", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_wrong_label_is_exit_code_2_with_file_and_line(run: Run, folder: Path) -> None:
    labels = folder / "e02.labels.jsonl"
    lines = labels.read_text("utf-8").splitlines()
    lines[4] = lines[4].replace('"role": "', '"role": "un')
    labels.write_text("\n".join(lines), "utf-8")
    done = run("evaluate", "labelled")
    assert (done.code, done.out) == (2, "")
    for words in ("e02.labels.jsonl, line 5", "`role` should be one of", "evidence"):
        assert words in done.err
