"""What the teacher decides: how a decision comes about, what the log says of it, and when a signature is void."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import msgspec

from essay_marker.batch.log import Log
from essay_marker.batch.records import Learner, Member
from essay_marker.batch.store import Store
from essay_marker.records import Decision


def program_mark(member: Member) -> int | None:
    """What the program proposes; None where it gives no mark."""
    return member.result.marks.mark if member.result is not None and member.withheld is None else None


def decided(before: Decision | None, member: Member, mark: int | None, comment: str, *, hidden: bool) -> Decision:
    """The teacher's mark and comment on an essay, after what she decided ``before``. Any change takes a signature away.

    ``hidden``: she has not seen the program's mark.
    """
    if before is not None and (before.mark, before.comment) == (mark, comment):
        return before
    known = before or Decision()
    return Decision(
        mark=mark,
        comment=comment,
        accepted=known.accepted and known.mark == mark,
        proposed=program_mark(member),
        blind_mark=mark if hidden else known.blind_mark,
        essay_sha256=member.learner.sha256,
    )


def accepted(before: Decision | None, member: Member) -> Decision:
    """The program's mark, taken over as it is."""
    comment = before.comment if before is not None else ""
    return msgspec.structs.replace(decided(before, member, program_mark(member), comment, hidden=False), accepted=True)


def signed(before: Decision, member: Member, name: str, day: str) -> Decision:
    """A decision that somebody signs, as the essay and the program's mark are now."""
    return msgspec.structs.replace(
        before,
        signed_by=name,
        signed_on=day,
        proposed=program_mark(member),
        essay_sha256=member.learner.sha256,
    )


def essay_changed(decision: Decision, learner: Learner) -> bool:
    """Whether another file was handed in since the decision."""
    return decision.essay_sha256 != learner.sha256


def event(before: Decision | None, after: Decision | None) -> str:
    """What a change is called in the log."""
    if after is None:
        return "removed"
    if after.signed_by is not None:
        return "signed"
    if before is not None and before.signed_by is not None:
        return "unsigned"
    if before is None or before.mark is None:
        if after.accepted:
            return "accepted"
        return "entered" if after.mark is not None else "commented"
    return "changed"


def keep(
    store: Store,
    log: Log,
    learners: Iterable[Learner],
    before: Mapping[str, Decision],
    after: Mapping[str, Decision],
    *,
    by: str | None,
) -> None:
    """Write down what changed, in the learners' order: first in the log, then in the folder."""
    for learner in learners:
        old, new = before.get(learner.id), after.get(learner.id)
        if old != new:
            line = {"id": learner.id, "event": event(old, new), "learner": learner.learner, "by": by}
            line |= {"before": msgspec.to_builtins(old), "after": msgspec.to_builtins(new)}
            log.add(line, time.time(), anew=False)
    if dict(before) != dict(after):
        store.put_decisions(after)


def unsigned_where_changed(
    store: Store, log: Log, learners: Iterable[Learner], decisions: Mapping[str, Decision]
) -> dict[str, Decision]:
    """The decisions, no longer signed where another file was handed in since; that is written down."""
    learners = tuple(learners)
    after = dict(decisions)
    for learner in learners:
        decision = decisions.get(learner.id)
        if decision is not None and decision.signed_by is not None and essay_changed(decision, learner):
            after[learner.id] = msgspec.structs.replace(decision, signed_by=None, signed_on=None)
    keep(store, log, learners, decisions, after, by=None)
    return after
