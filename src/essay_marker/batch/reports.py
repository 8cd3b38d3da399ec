"""The teacher's reports, written anew where a decision, or that a mark is hidden, makes them show something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from essay_marker.batch.records import ClassRecord, Member
from essay_marker.batch.standing import standing
from essay_marker.batch.store import Store
from essay_marker.batch.versions import hash_of
from essay_marker.records import Decision
from essay_marker.report import render

#: What a report shows besides its result: nothing, or that its mark is hidden.
PLAIN, HIDDEN = None, "hidden"


def write_reports(
    store: Store, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]
) -> None:
    """Write those that do not show what is decided now, or are not there as they were written."""
    for member in members:
        id_ = member.learner.id
        if member.result is None or not store.has_report(id_):
            continue
        decision = decisions.get(id_)
        hidden = standing(record, member, decisions).hidden
        shows = _shows(decision, hidden=hidden)
        if not store.report_shows(id_, shows):
            store.put_report(id_, render(member.result, "html", mark=not hidden, decision=decision), shows)


def _shows(decision: Decision | None, *, hidden: bool) -> str | None:
    if decision is None:
        return HIDDEN if hidden else PLAIN
    return hash_of(HIDDEN if hidden else PLAIN, msgspec.json.encode(decision).decode())
