"""What is said of a class in words: in the summary at the end, and in the mark sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from essay_marker.batch.decisions import essay_changed
from essay_marker.batch.records import AlikePair, ClassRecord, LeftAlone, Marked, Member
from essay_marker.batch.standing import Standing, standing
from essay_marker.records import Decision

#: An essay that has no mark for one of these reasons is no essay that could be read, or none that the program managed.
UNREADABLE = ("unreadable", "failed", "died")
#: More than so many essays, or cells, are no list that anybody works through.
FIRST = 10


def first_to_see(
    members: Sequence[Member], pairs: Sequence[AlikePair], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The learners whose essays a person should look at first, and why, the most reasons first."""
    found = []
    for member in members:
        id_ = member.learner.id
        reasons = [member.why] if member.why else []
        reasons += [review.message for review in member.result.marks.review] if member.result else []
        reasons += [where_text(pair, id_, names) for pair in pairs if id_ in (pair.first, _in_class(pair))]
        if reasons:
            found.append((-bool(member.why), -len(reasons), member.learner.learner, id_, reasons))
    return [(learner, " ".join(map(_sentence, reasons))) for _, _, learner, _, reasons in sorted(found)]


def where_text(pair: AlikePair, id_: str, names: Mapping[str, str]) -> str:
    """A pair as it concerns one of its learners."""
    own, other = (pair.first_share, pair.second) if pair.first == id_ else (pair.second_share, pair.first)
    who = names.get(other, other) if pair.where == "class" else f"the {pair.where} {other} of the corpus"
    return f"{share_text(own)} of the words in common with {who}"


def share_text(share: float | None) -> str:
    """A share in per cent."""
    return "" if share is None else f"{share:.0%}"


def status(member: Member, decision: Decision | None) -> str:
    """Whether an essay's mark is provisional, whose it is, and who signed it."""
    if decision is None or decision.mark is None:
        if member.hidden:
            return "program's mark hidden until you enter yours"
        return "provisional" if member.withheld is None else "no mark"
    if decision.signed_by is not None:
        return f"signed: {decision.signature}"
    changed = "; the essay changed since you decided" if essay_changed(decision, member.learner) else ""
    return f"provisional, {'accepted' if decision.accepted else 'yours'}, not signed{changed}"


def summary(marked: Marked, out: str) -> list[str]:
    """What there is to say when a class is done, in lines."""
    record, members = marked.record, marked.members
    names = {member.learner.id: member.learner.learner for member in members}
    ordered = sorted(members, key=lambda m: (m.learner.learner.casefold(), m.learner.id))
    without = [m for m in ordered if _has_none(standing(record, m, marked.decisions))]
    bad = [m for m in without if m.withheld in UNREADABLE]
    withheld = [m for m in without if m.withheld not in UNREADABLE]
    twice = [m for m in ordered if m.learner.others]
    lines = list(state(record, members, marked.decisions))
    lines += [_marked_anew(what, number) for what, number in marked.anew]
    if marked.kept:
        lines.append(f"{_count(marked.kept, 'essay')} had been done before and did not change.")
    lines += _decided(ordered, marked.decisions)
    lines += _section("No mark is given", [f"{_who(m)}: {m.why}" for m in withheld])
    lines += _section("Could not be read or marked", [f"{_who(m)}: {m.why}" for m in bad])
    lines += _section(
        "Several files handed in", [f"{_who(m)} is marked; not: {', '.join(m.learner.others)}" for m in twice]
    )
    lines += _section("Nothing handed in", list(record.absent))
    lines += _section("Left aside, no essays", list(record.left_aside))
    lines += _section(
        "Passages in common: something to look at, no accusation",
        [_pair(pair, names) for pair in record.alike],
    )
    open_ = [m for m in members if m.withheld is None and not _is_signed(m, marked.decisions)]
    reasons = [f"{learner}: {why}" for learner, why in first_to_see(open_, record.alike, names)]
    lines += _section("Look at these first", at_most(reasons))
    lines += _section(
        f"In {out} from an earlier run, and none of these essays'", [f"results/{id_}.json" for id_ in marked.stale]
    )
    lines += _section("Please note", [*at_most(marked.typed), *map(left_alone, marked.changed)])
    lines += _section(f"Moodle's grading worksheet, in {out}/moodle", marked.moodle)
    lines += ["", f"The class: {out}/class.html"]
    lines += [f"Mark sheet: {out}/marksheet.xlsx (and .csv). Reports: {out}/reports. Results: {out}/results."]
    if record.feedback:
        lines.append(f"To give back{', without marks' if record.without_marks else ''}: {out}/feedback.")
    return lines


def state(record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]) -> Iterator[str]:
    """How the class stands, in lines: the same after marking and after moderation."""
    stands = [standing(record, member, decisions) for member in members]
    signed = sum(s.signed_by is not None for s in stands)
    without = sum(map(_has_none, stands))
    provisional = len(stands) - signed - without
    yield f"{_count(len(stands), 'essay')}: {signed} signed, {provisional} provisional, {without} without a mark."
    hidden = sum(s.hidden for s in stands)
    if hidden:
        yield (
            f"The program's mark is hidden for {hidden} of them, until you have entered yours: essay-marker moderate."
        )


def left_alone(left: LeftAlone) -> str:
    """About a file for a learner that somebody has changed since it was written."""
    was = f"{left.file} was changed since it was written, and is left as it is."
    anew = "elete or rename it to have it made anew."
    if left.stands is None or left.shows == left.stands:
        return f"{was} D{anew}"
    stands = f"what stands now is {left.stands}. Put it right by hand, or d{anew}"
    if left.shows is None:
        return f"{was} It may show an older mark: {stands}"
    return f"{was} It was written with {left.shows}; {stands}"


def at_most(items: Sequence[str]) -> list[str]:
    """The first few of a list, and how many others there are."""
    others = len(items) - FIRST
    return [*items[:FIRST], *([f"and {_count(others, 'other')}"] if others > 0 else [])]


def _has_none(stands: Standing) -> bool:
    """Whether there is no mark, neither shown nor hidden."""
    return stands.mark is None and not stands.hidden


def _marked_anew(what: Collection[str], number: int) -> str:
    has = "has" if len(what) == 1 else "have"
    return f"{joined(what).capitalize()} {has} changed since: {number} marked again."


def joined(names: Collection[str]) -> str:
    """Names in a row, as in "the topic, the models and the program"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _decided(members: Sequence[Member], decisions: Mapping[str, Decision]) -> Iterator[str]:
    """What the teacher decided in earlier runs."""
    kept = [(m, d) for m in members if (d := decisions.get(m.learner.id)) is not None and d.mark is not None]
    if kept:
        signed = sum(decision.signed_by is not None for _, decision in kept)
        yield f"You have decided on {_count(len(kept), 'essay')}, and {signed} of your marks {_are(signed)} signed."
    changed = [m for m, d in kept if essay_changed(d, m.learner)]
    yield from _section(
        "The essay changed since you decided; your mark is kept and not signed", [_who(m) for m in changed]
    )


def _is_signed(member: Member, decisions: Mapping[str, Decision]) -> bool:
    decision = decisions.get(member.learner.id)
    return decision is not None and decision.signed_by is not None


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _section(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title}:"
        yield from (f"  {item}" for item in items)


def _pair(pair: AlikePair, names: Mapping[str, str]) -> str:
    first = names[pair.first]
    said = f"{pair.words} words in {_count(len(pair.passages), 'passage')}, {share_text(pair.first_share)} of {first}'s"
    if pair.where == "class":
        second = names[pair.second]
        return f"{first} and {second}: {said}, {share_text(pair.second_share)} of {second}'s"
    return f"{first} and the {pair.where} {pair.second} of the corpus: {said}"


def _who(member: Member) -> str:
    learner = member.learner
    return f"{learner.learner} ({learner.file})" if learner.file != learner.learner else learner.learner


def _in_class(pair: AlikePair) -> str | None:
    return pair.second if pair.where == "class" else None


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
