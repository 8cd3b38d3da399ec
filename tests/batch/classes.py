"""A small class built by hand: five essays with marks, one without, one that could not be read."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from essay_marker.batch.records import AlikePair, ClassRecord, Learner, Member, Problem, SharedPassage
from essay_marker.records import Result, Span
from essay_marker.rubric import load

from ..report.building import TEXT, empty, hostile, realistic

RUBRIC = load("edexcel-9hi0-essay")
MARKS = {"Ada Lovelace": 14, "Grace Hopper": 7, "Emmy Noether": 18, "Mary Somerville": 14, "Sofia Kovalevskaya": 11}
#: Words of the essay of two learners.
SHARED = "The clearest success was the end of mass terror."


def learner(name: str, number: str | None = None, **fields: Any) -> Learner:
    """A learner; with a number, one from Moodle."""
    id_ = "-".join([*name.lower().replace("=", "").split(), *([number] if number else [])])
    known: dict[str, Any] = {
        "id": id_,
        "learner": name,
        "file": f"{name}.docx",
        "platform": "moodle" if number else "file",
        "number": number,
        "late": False,
        "others": (),
        "sha256": "0",
        "result": f"results/{id_}.json",
        "report": f"reports/{id_}.html",
    }
    return Learner(**(known | fields))


def marked(mark: int, result: Result | None = None) -> Result:
    """A result with this mark."""
    result = result or realistic()
    return replace(result, marks=replace(result.marks, mark=mark, low=mark - 2, high=min(mark + 2, 20)))


def withheld() -> Result:
    """A result of an essay that got no mark."""
    return empty(withheld="too-short", withheld_message="Only 16 words were found.")


def members() -> list[Member]:
    """The class."""
    found = [Member(learner(name, str(100 + index)), marked(mark)) for index, (name, mark) in enumerate(MARKS.items())]
    problem = Problem(code="unreadable", message="essay.pdf holds only pictures of pages (a scan).")
    return [
        *found,
        Member(learner("Rosa Short", "200"), withheld()),
        Member(learner("Vera Scanned", "201", result=None, report=None, problem=problem), None),
    ]


def hostile_members() -> list[Member]:
    """Two learners whose every string tries to be markup."""
    bad = '"><script>alert(1)</script>=1+1'
    return [Member(learner(f"{bad}{n}", str(n), id=f"bad-{n}"), marked(10 + n, hostile())) for n in (1, 2)]


def record(class_: list[Member], **fields: Any) -> ClassRecord:
    """The record of a class, in which the first two have a passage in common."""
    at = TEXT.index(SHARED)
    span = Span(start=at, end=at + len(SHARED))
    first, second = (member.learner.id for member in class_[:2])
    pair = AlikePair(
        first=first,
        second=second,
        where="class",
        words=9,
        first_share=0.21,
        second_share=0.34,
        passages=(SharedPassage(words=9, first=span, second=span),),
    )
    like = AlikePair(
        first=first, second="e04", where="exemplar", words=9, first_share=0.2, second_share=0.1, passages=pair.passages
    )
    known: dict[str, Any] = {
        "version": "0.1.0",
        "rubric": RUBRIC.rubric.id,
        "rubric_sha256": RUBRIC.sha256,
        "topic": "khrushchev-destalinisation",
        "topic_sha256": "",
        "question": None,
        "anonymous": False,
        "learners": tuple(member.learner for member in class_),
        "alike": (pair, like),
        "left_aside": (),
        "absent": ("Olga Absent",),
    }
    return ClassRecord(**(known | fields))
