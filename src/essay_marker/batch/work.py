"""What a worker does with one essay: mark it and write its report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from essay_marker.batch.hiding import hide_name
from essay_marker.errors import EssayMarkerError, InputError
from essay_marker.records import Result
from essay_marker.report import render, render_json

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An essay to mark.

    ``learner`` is what its report is titled by, ``hide`` the learner's name where it must not be seen; ``blind``: a
    report without mark.
    """

    data: bytes
    source: str
    question: str | None
    topic: str
    rubric: str
    learner: str = ""
    hide: str | None = None
    blind: bool = False


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What is written for an essay: its result as JSON, and the report. Unreadable essays have none."""

    result: str
    report: str | None


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A mistake in the program that one essay brought out."""

    what: str


def mark(job: Job) -> Output | Failed:
    """The result and the report of one essay.

    Raises:
        EssayMarkerError: The rubric, the topic or the language model is wrong, so that no essay would fare better.
    """
    try:
        result = _result(_marker(job.topic, job.rubric), job)
        unreadable = result.marks.withheld == "unreadable"
        shows_mark = not job.blind or result.marks.withheld is not None
        report = None if unreadable else render(result, "html", mark=shows_mark, learner=job.learner)
        return Output(result=render_json(result, indent=2), report=report)
    except EssayMarkerError:
        raise
    except Exception as error:  # one essay that trips the program up must not cost the others their marks
        return Failed(what=" ".join(f"{type(error).__name__}: {error}".split()) if job.hide is None else _kind(error))


@cache
def _marker(topic: str, rubric: str) -> Marker:
    from essay_marker.pipeline import Marker

    return Marker(topic, rubric)


def _result(marker: Marker, job: Job) -> Result:
    if job.hide is not None:
        from essay_marker.read import read_bytes

        try:
            essay = read_bytes(job.data, job.source)
        except InputError:
            pass  # the marker says why
        else:
            return marker.mark_essay(hide_name(essay, job.hide), job.question)
    return marker.mark_bytes(job.data, job.source, job.question)


def _kind(error: Exception) -> str:
    return type(error).__name__  # its text may quote the essay
