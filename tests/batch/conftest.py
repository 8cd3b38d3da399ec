"""A class of six and a stand-in for the marking, so that a class is done in a moment."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker.batch import pool as pools
from essay_marker.batch.hiding import hide_name
from essay_marker.batch.work import Failed, Job, Output
from essay_marker.errors import InputError
from essay_marker.pipeline import Marker
from essay_marker.read import read_bytes
from essay_marker.records import ReportedEssay, Result
from essay_marker.report import render_json

#: No sentence of these is in any other.
SENTENCES = (
    "The old gardener planted seven pear trees along the southern wall because the frost never reached that corner, and"
    " every autumn the whole village came to see them bend under their own weight.",
    "Nobody had measured the river before the mill was built, so the spring floods carried off the bridge every year.",
    "On market days the square filled before sunrise with carts of cabbages and crates of noisy geese from the hills.",
    "A letter from the bishop took nine weeks to arrive, by which time his successor had answered the next one.",
    "She kept the ledgers in green ink, since black was dearer and red, her mother said, was asking for trouble.",
)


@pytest.fixture(scope="session")
def sentences() -> tuple[str, ...]:
    """The sentences that the essays are made of."""
    return SENTENCES


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path, Callable[[], None]], Path]:
    """Makes a folder of results the first time it is asked for by a name, and after that copies it."""
    kept: dict[str, Path] = {}

    def folder(name: str, place: Path, make: Callable[[], None]) -> Path:
        if name in kept:
            shutil.copytree(kept[name], place)
        else:
            make()
            kept[name] = shutil.copytree(place, tmp_path_factory.mktemp(name) / "out")
        return place

    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, marker: Marker) -> list[str]:
    """Puts a stand-in in the place of the workers; the files that it marked, in the order in which it was done.

    It marks by the file's text: "crash" brings out a mistake, "die" kills the worker, and 12 of 20 is for all others.
    """
    seen: list[str] = []
    blank = marker.mark_bytes(b"", "blank.txt")

    def mark(job: Job) -> Output | Failed | pools.Died:
        seen.append(job.source)
        if b"die" in job.data:
            return pools.Died()
        if b"crash" in job.data:
            return Failed(what="IndexError: list index out of range")
        result = _result(marker, blank, job)
        return Output(result=render_json(result, indent=2), report=f"<p>{job.source!a} {job.blind or 12}</p>")

    def each(work: Any, jobs: Sequence[Callable[[], Job]], workers: int) -> Iterator[tuple[int, Any]]:
        for index in random.Random(workers).sample(range(len(jobs)), len(jobs)):  # as they are finished
            yield index, mark(jobs[index]())

    monkeypatch.setattr("essay_marker.batch.run.pool.each", each)
    monkeypatch.setattr("essay_marker.similarity.corpus_words", lambda topic, masks: ())  # takes a second to read
    return seen


def _result(marker: Marker, blank: Result, job: Job) -> Result:
    try:
        essay = read_bytes(job.data, job.source)
    except InputError:
        return marker.mark_bytes(job.data, job.source)
    if job.hide is not None:
        essay = hide_name(essay, job.hide)
    reported = msgspec.structs.replace(
        blank.essay,
        source=job.source,
        text=essay.text,
        words=len(essay.text.split()),
        paragraphs=essay.paragraphs,
        question=job.question or "What?",
    )
    assert isinstance(reported, ReportedEssay)
    marks = msgspec.structs.replace(
        blank.marks, withheld=None, withheld_message=None, level=3, mark=12, low=10, high=14
    )
    return msgspec.structs.replace(blank, essay=reported, marks=marks)


@pytest.fixture
def essays(tmp_path: Path) -> Path:
    """A class of six: two of them alike, one file empty, one learner with two files."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {
        "Ada Lovelace_1_assignsubmission_file_/essay.txt": f"Ada Lovelace\n\n{SENTENCES[0]} {SENTENCES[1]}",
        "Grace Hopper - essay.txt": f"{SENTENCES[2]} {SENTENCES[0]}",
        "=Anna Smith - essay.txt": SENTENCES[3],
        "noetheremmy_LATE_5_6_essay.txt": SENTENCES[4],
        "noetheremmy_5_4_essay.txt": "An older one.",
        "empty.txt": "",
        "Grades.csv": "a,b",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
