"""What a run over a class comes to: the class in memory, and ``class.json``, which later commands read it from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from essay_marker.data import Record
from essay_marker.records import Decision, Result, Share, Span
from essay_marker.returning import Feedback

Where = Literal["class", "exemplar", "profile"]


class Problem(Record, frozen=True, kw_only=True):
    """Why an essay has no result at all: its file could not be had, or the program failed on it."""

    code: Literal["unreadable", "failed", "died"]
    message: str


class Learner(Record, frozen=True, kw_only=True):
    """A learner and what was handed in. Paths of ``result`` and ``report`` are below the folder of results.

    ``file`` is the essay that was marked and ``others`` are the learner's other files, as they were named below the
    folder that was given; in anonymous mode they are stand-ins.
    """

    id: str
    learner: str
    file: str
    platform: str
    number: str | None
    late: bool
    others: tuple[str, ...]
    sha256: str | None
    result: str | None
    report: str | None
    problem: Problem | None = None


class SharedPassage(Record, frozen=True, kw_only=True):
    """Words in common: spans of the two results' ``essay.text``; of an essay of the corpus ``second`` is its file's."""

    words: int
    first: Span
    second: Span | None


class AlikePair(Record, frozen=True, kw_only=True):
    """Two essays with passages in common, which is something to look at and no more.

    ``first`` is a learner's id. ``second`` is another's, or the id of an exemplar or a profile of the corpus. The
    shares are those of either's own words; of a profile, whose text is not kept, it is not known.
    """

    first: str
    second: str
    where: Where
    words: int
    first_share: Share
    second_share: Share | None
    passages: tuple[SharedPassage, ...]

    @property
    def share(self) -> float:
        """The larger of the two shares."""
        return max(self.first_share, self.second_share or 0.0)


class ClassRecord(Record, frozen=True, kw_only=True):
    """``class.json``. ``feedback`` is what learners are given, and ``without_marks`` whether it holds no mark.

    ``blind``: the program's mark is hidden from the teacher until she has entered her own. ``provisional_grades``:
    marks that are not signed may become grades in Moodle.
    """

    format: Literal[1] = 1
    version: str
    rubric: str
    rubric_sha256: str
    topic: str
    topic_sha256: str
    question: str | None
    anonymous: bool
    feedback: tuple[Feedback, ...] = ()
    without_marks: bool = False
    blind: bool = False
    provisional_grades: bool = False
    learners: tuple[Learner, ...]
    alike: tuple[AlikePair, ...]
    left_aside: tuple[str, ...]
    absent: tuple[str, ...]


class Member(NamedTuple):
    """A learner with the result, where there is one.

    ``hidden``: mark, range, levels and reasons to look are taken out of it until the teacher has entered her mark.
    """

    learner: Learner
    result: Result | None
    hidden: bool = False

    @property
    def withheld(self) -> str | None:
        """Why there is no mark: `records.Withheld`, or the code of the problem; None where there is one."""
        if self.learner.problem is not None or self.result is None:
            return self.learner.problem.code if self.learner.problem else "failed"
        return self.result.marks.withheld

    @property
    def why(self) -> str:
        """The sentence about why there is no mark; empty where there is one."""
        if self.learner.problem is not None:
            return self.learner.problem.message
        if self.result is None or self.result.marks.withheld is None:
            return ""
        return self.result.marks.withheld_message or f"no mark is given ({self.result.marks.withheld})."


class LeftAlone(NamedTuple):
    """A learner's file, below the folder of results, that is left as somebody made it.

    ``shows`` is the mark it was written with, in words; None where that is not known. ``stands`` is the mark it should
    show now; None where it is not given any more.
    """

    file: str
    shows: str | None
    stands: str | None


class Marked(NamedTuple):
    """A class that was marked: its record, its members in the record's order, and how much of it was done before.

    ``stale`` are the ids of results in the folder that belong to none of the essays. Of the members' marks those that
    are hidden from the teacher are taken out. ``changed`` are the learners' files that were left as somebody made them,
    ``moodle`` is what there is to say of Moodle's grading worksheet, ``typed`` of cells in the mark sheet that are not
    hers. ``anew`` says what changed since an earlier run, and how many essays were marked again for it.
    """

    record: ClassRecord
    members: tuple[Member, ...]
    kept: int
    stale: tuple[str, ...]
    decisions: Mapping[str, Decision] = {}
    changed: tuple[LeftAlone, ...] = ()
    anew: tuple[tuple[tuple[str, ...], int], ...] = ()
    typed: tuple[str, ...] = ()
    moodle: tuple[str, ...] = ()


def highest_mark(members: Iterable[Member]) -> int:
    """The highest mark that an essay of the class could be given."""
    return max((member.result.marks.out_of for member in members if member.result is not None), default=20)


def class_text(record: ClassRecord) -> bytes:
    """``class.json`` as it is written."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
