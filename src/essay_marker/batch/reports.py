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

_HIDDEN = "hidden"


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
        learner = member.learner.learner
        shows = shown_besides(learner, decision, hidden=hidden)
        if not store.report_shows(id_, shows):
            report = render(member.result, "html", mark=not hidden, decision=decision, learner=learner)
            store.put_report(id_, report, shows)


def shown_besides(learner: str, decision: Decision | None = None, *, hidden: bool) -> str:
    """The hash of what a report shows besides its result: whose it is, what was decided, that the mark is hidden."""
    decided = None if decision is None else msgspec.json.encode(decision).decode()
    return hash_of(learner, _HIDDEN if hidden else None, decided)
