"""Which mark of an essay stands: the teacher's where she has decided, else the program's, which is provisional."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from essay_marker.batch.records import ClassRecord, Member
from essay_marker.records import Decision


class Standing(NamedTuple):
    """The mark as it stands; null where there is none, or where it is ``hidden`` until the teacher has put in hers.

    ``decided``: the mark is the teacher's. ``signed_by`` is null while it is provisional.
    """

    mark: int | None = None
    decided: bool = False
    signed_by: str | None = None
    hidden: bool = False


def standing(record: ClassRecord, member: Member, decisions: Mapping[str, Decision]) -> Standing:
    """How the mark of one learner stands."""
    decision = decisions.get(member.learner.id)
    if decision is not None and decision.mark is not None:
        return Standing(decision.mark, not decision.accepted, decision.signed_by)
    if member.result is None or member.withheld is not None:
        return Standing()
    if record.blind:
        return Standing(hidden=True)
    return Standing(member.result.marks.mark)
