"""Blind marking: members without what the program's mark can be told from, until the teacher has entered hers.

The JSON of a result and the log hold it all the same: they are for programs, and who opens them decides to look.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import msgspec

from essay_marker.batch.log import Log
from essay_marker.batch.records import ClassRecord, Member
from essay_marker.batch.standing import standing
from essay_marker.records import Decision


def veiled(record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]) -> tuple[Member, ...]:
    """The members; those whose mark is hidden without mark, range, levels, and reasons to look, which speak of both."""
    return tuple(_veiled(m) if standing(record, m, decisions).hidden else m for m in members)


def _veiled(member: Member) -> Member:
    assert member.result is not None  # or nothing would be hidden
    marks = msgspec.structs.replace(
        member.result.marks,
        level=None,
        mark=None,
        low=None,
        high=None,
        how="",
        range_how="",
        strands=(),
        review=(),
    )
    return member._replace(result=msgspec.structs.replace(member.result, marks=marks), hidden=True)


def keep_blind(log: Log, wanted: bool | None) -> bool:
    """Whether the class is marked blind: as is ``wanted``, else as it was. A change is written into the log."""
    last = log.last("", "class")
    before = last is not None and last["blind"] is True
    if wanted is None or wanted == before:
        return before
    entry = {"id": "", "event": "hidden" if wanted else "shown", "blind": wanted}
    log.add(entry, time.time(), anew=False)
    return wanted
