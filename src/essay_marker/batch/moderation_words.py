"""What is said of a moderation in words: what changed, what could not be taken over, and how things stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from essay_marker.batch.decisions import program_mark
from essay_marker.batch.moderation import Change, Moderated
from essay_marker.batch.words import state


def moderation(moderated: Moderated, out: str) -> list[str]:
    """What there is to say when a moderation is done, in lines."""
    lines = [] if moderated.read is None else [f"Read: {out}/{moderated.read}."]
    lines += [_change(change, moderated) for change in moderated.changes] or ["Nothing changed."]
    lines += _section("Could not be taken over", moderated.problems)
    lines += _section("Please note", moderated.notes)
    return [*lines, "", *state(moderated.record, moderated.members, moderated.decisions)]


def _change(change: Change, moderated: Moderated) -> str:
    learner, before, after = change.member.learner.learner, change.before, change.after
    if after is None:
        return f"{learner}: your decision is taken back."
    parts = []
    if after.mark is not None:
        source = " (accepted from the program)" if after.accepted else ""
        parts.append(f"{after.mark} of {moderated.out_of}{source}")
        if before is not None and before.mark is not None and before.mark != after.mark:
            parts.append(f"before {before.mark}")
        program = program_mark(change.member)
        if program is not None and not after.accepted:
            assert change.member.result is not None  # or there would be no such mark
            marks = change.member.result.marks
            parts.append(f"the program has {program} ({marks.low} to {marks.high})")
    if after.comment != (before.comment if before is not None else ""):
        parts.append("with a comment" if after.comment else "without a comment")
    parts.append(f"signed: {after.signature}" if after.signed_by is not None else "not signed")
    if before is not None and before.signed_by is not None and after.signed_by is None:
        parts[-1] = f"no longer signed by {before.signature}, since it was changed"
    return f"{learner}: {'; '.join(parts)}."


def _section(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title}:"
        yield from (f"  {item}" for item in items)
