"""Moderation: the teacher's marks and comments taken over, from the mark sheet or from the command line, and signed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import msgspec

from essay_marker.batch.decisions import accepted, decided, event, keep, program_mark, signed
from essay_marker.batch.log import Log
from essay_marker.batch.outputs import write_outputs
from essay_marker.batch.records import ClassRecord, Member, class_text, highest_mark
from essay_marker.batch.sheet import CSV, XLSX, entered_in, typed_elsewhere
from essay_marker.batch.standing import standing
from essay_marker.batch.store import CLASS, Store, read_record
from essay_marker.batch.veil import keep_blind
from essay_marker.batch.words import at_most, left_alone
from essay_marker.errors import DataError
from essay_marker.marksheet import EnteredRow, read_rows
from essay_marker.marksheet.cells import shown
from essay_marker.marksheet.table import Value
from essay_marker.records import Decision

_MARK = re.compile(r"(\d+)(?:\.0+)?(?:\s*(?:/|of|out of)\s*(\d+))?", re.ASCII | re.IGNORECASE)
_SHOWN = 40


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What the teacher asks for.

    Without ``mark``, ``comment`` or ``undo`` her entries are read from the mark sheet. ``learners`` (ids or names)
    narrow everything to those; none are all. ``sign`` is the name of who signs, on ``day`` (ISO 8601). ``blind`` is
    None where it is to stay as it is.
    """

    learners: tuple[str, ...] = ()
    mark: str | None = None
    comment: str | None = None
    sign: str | None = None
    accept: bool = False
    undo: bool = False
    blind: bool | None = None
    day: str


class Change(NamedTuple):
    """What became of one learner's mark; ``what`` as in the log."""

    member: Member
    what: str
    before: Decision | None
    after: Decision | None


class Compared(NamedTuple):
    """The teacher's mark beside the program's; ``blind``: she had not seen that when she entered hers."""

    own: int
    program: int
    within: bool
    blind: bool


class Moderated(NamedTuple):
    """A class after moderation. ``problems`` are what could not be taken over, ``notes`` what she should know."""

    record: ClassRecord
    members: tuple[Member, ...]
    decisions: Mapping[str, Decision]
    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    read: str | None  # the file of the mark sheet
    out_of: int


def moderate(out: Path, orders: Orders) -> Moderated:
    """Take over what the teacher decided on the class in ``out``, and write everything anew that is made from it.

    Raises:
        DataError: It is no folder of results, a learner is not known, a mark given by hand is none, or a file cannot be
            read or written. Then nothing has been changed.
    """
    store = Store.of(out)
    with store.alone():
        record = read_record(out)
        members = tuple(
            Member(learner, store.result(learner.id) if learner.problem is None else None)
            for learner in record.learners
        )
        before = store.decisions()
        work = _Work(record, members, before, orders)
        by_hand = orders.mark is not None or orders.comment is not None or orders.undo
        sheet = None if by_hand else entered_in(store)
        if sheet is None:
            work.by_hand()
        elif sheet.exists():
            work.from_rows(read_rows(sheet))
        if orders.accept:
            work.accept()
        if orders.sign is not None:
            work.sign(orders.sign)
        store.check_replaceable(XLSX, CSV)
        log = Log(out)
        blind = keep_blind(log, orders.blind)
        keep(store, log, record.learners, before, work.after, by=orders.sign and tidy_name(orders.sign))
        if blind != record.blind:
            record = msgspec.structs.replace(record, blind=blind)
            store.write(out / CLASS, class_text(record))
        typed = typed_elsewhere(store)
        changed = write_outputs(store, record, members, work.after, work.settled)
    return Moderated(
        record=record,
        members=members,
        decisions=work.after,
        changes=work.changes(before),
        problems=tuple(work.problems),
        notes=(*work.notes, *at_most(typed), *map(left_alone, changed)),
        read=sheet.name if sheet is not None and sheet.exists() else None,
        out_of=highest_mark(members),
    )


def compared(moderated: Moderated) -> tuple[Compared, ...]:
    """The marks that the teacher gave herself beside the program's; those entered blind as they were entered then."""
    found = []
    for member in moderated.members:
        decision, program = moderated.decisions.get(member.learner.id), program_mark(member)
        if decision is None or decision.mark is None or decision.accepted or program is None or member.result is None:
            continue
        blind = decision.blind_mark is not None
        own = decision.mark if decision.blind_mark is None else decision.blind_mark
        low, high = member.result.marks.low, member.result.marks.high
        found.append(Compared(own, program, low is not None and high is not None and low <= own <= high, blind))
    return tuple(found)


def tidy_name(name: str) -> str:
    """Who signs, as it is shown. `DataError` where there is nothing to show."""
    shown_name = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name)).split())
    if not shown_name:
        raise DataError('Nobody can sign without a name. Give one, as in --sign "Ms J. Hill".')
    return shown_name


def find(wanted: str, members: Sequence[Member]) -> Member:
    """The member that an id, a name, or the beginning of some of a name's words stands for.

    Raises:
        DataError: There is none, or more than one.
    """
    learners = [member.learner for member in members]
    words = wanted.casefold().split()
    for found in (
        [m for m in members if m.learner.id == wanted],
        [m for m in members if m.learner.learner.casefold().split() == words],
        [m for m in members if words and _begin(words, m.learner.learner)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            named = ", ".join(f"{m.learner.learner} ({m.learner.id})" for m in found)
            raise DataError(f"--learner {wanted}: this may be {named}. Give the id, which stands in brackets.")
    known = {text.casefold(): learner for learner in learners for text in (learner.id, learner.learner)}
    close = dict.fromkeys(known[text].learner for text in get_close_matches(wanted.casefold(), known, n=3))
    hint = f"Did you mean {' or '.join(close)}?" if close else f"There are {', '.join(x.learner for x in learners)}."
    raise DataError(f"--learner {wanted}: no essay is by this learner. {hint}")


def _begin(words: Sequence[str], name: str) -> bool:
    own = re.findall(r"\w+", name.casefold())
    return all(any(part.startswith(word) for part in own) for word in words)


class _Work:
    """The decisions on the way from what they were to what they will be."""

    def __init__(
        self, record: ClassRecord, members: Sequence[Member], before: Mapping[str, Decision], orders: Orders
    ) -> None:
        self._record = record
        self._members = {member.learner.id: member for member in members}
        self._orders = orders
        self._before = before
        self._out_of = highest_mark(members)
        named = [find(wanted, members).learner.id for wanted in orders.learners]
        self._scope = dict.fromkeys(named) if named else dict.fromkeys(self._members)
        self._bad: set[str] = set()  # whose entry could not be taken over
        self.after = dict(before)
        self.settled: set[str] = set()
        self.problems: list[str] = []
        self.notes: list[str] = []

    def by_hand(self) -> None:
        """What the command line says of one learner."""
        orders = self._orders
        if len(self._scope) != 1 or not orders.learners:
            raise DataError("--mark, --comment and --undo are about one essay. Say whose with --learner, once.")
        (id_,) = self._scope
        self.settled.add(id_)
        if orders.undo:
            self.after.pop(id_, None)
            return
        known = self.after.get(id_, Decision())
        mark = known.mark if orders.mark is None else _mark(orders.mark, self._out_of)
        if isinstance(mark, str):
            raise DataError(f"--mark {mark}")
        comment = known.comment if orders.comment is None else _text(orders.comment)
        member = self._members[id_]
        made = decided(known, member, mark, comment, hidden=self._hidden(member))
        if orders.mark is not None and made == known:  # entered again: for the essay as it is now, and as her own
            again = msgspec.structs.replace(made, essay_sha256=member.learner.sha256, accepted=False)
            made = made if again == made else msgspec.structs.replace(again, signed_by=None, signed_on=None)
        self._set(id_, made)

    def from_rows(self, rows: Sequence[EnteredRow]) -> None:
        """What the rows of the mark sheet say."""
        often: dict[str, set[tuple[Value, str | None]]] = {}
        for row in rows:
            often.setdefault(row.id, set()).add((row.entry.mark, row.entry.comment))
        for row in rows:
            if row.id in self._members and row.id not in self._scope:
                continue
            who = f"Row {row.row} ({self._name(row)})"
            if row.id not in self._members:
                if row.id not in self._before:
                    self.problems.append(
                        f"{who}: none of the essays has the id {row.id}. The row is kept; mend the id, or clear it."
                    )
            elif len(often[row.id]) > 1:
                self._bad.add(row.id)
                self.problems.append(f"{who}: this essay has several rows, and they differ. Leave one of them.")
            else:
                self._from_row(row, who)
        typed = {row.id for row in rows}
        for id_ in self._scope:
            if id_ in self.after and id_ not in typed:
                name = self._members[id_].learner.learner
                self.notes.append(
                    f"{name}: your cells are empty in the mark sheet; what you decided is kept and stands there again."
                    f" To take it back: --undo --learner {id_}."
                )

    def _from_row(self, row: EnteredRow, who: str) -> None:
        member, known = self._members[row.id], self.after.get(row.id, Decision())
        mark = known.mark if row.entry.mark is None else _mark(row.entry.mark, self._out_of)
        if isinstance(mark, str):
            self._bad.add(row.id)
            self.problems.append(f"{who}: {mark}")
            return
        self.settled.add(row.id)
        self._set(row.id, decided(known, member, mark, _text(row.entry.comment or ""), hidden=self._hidden(member)))

    def _set(self, id_: str, made: Decision) -> None:
        """Keep a decision; one without mark and comment is none."""
        if made.mark is None and not made.comment:
            self.after.pop(id_, None)
        else:
            self.after[id_] = made

    def accept(self) -> None:
        """Take over the program's marks where the teacher has none."""
        for id_ in self._scope:
            member, known = self._members[id_], self.after.get(id_)
            if (known is not None and known.mark is not None) or id_ in self._bad or program_mark(member) is None:
                continue
            if self._orders.blind is not False and self._hidden(member):
                self.problems.append(
                    f"{member.learner.learner}: the program's mark is hidden, so it cannot be accepted. Enter yours, or"
                    " end the blind marking with --no-blind."
                )
                continue
            self.after[id_] = accepted(known, member)
            self.settled.add(id_)

    def sign(self, name: str) -> None:
        """Sign what is decided and not signed, or was named."""
        name = tidy_name(name)
        for id_ in self._scope:
            decision = self.after.get(id_)
            who = self._members[id_].learner.learner
            if id_ in self._bad:
                self.notes.append(f"{who}: not signed, since your entry could not be taken over.")
            elif decision is None or decision.mark is None:
                if self._orders.learners:
                    self.problems.append(f"{who}: there is no mark of yours to sign. Enter one, or --accept.")
            elif decision.signed_by is None or self._orders.learners:
                self.after[id_] = signed(decision, self._members[id_], name, self._orders.day)

    def changes(self, before: Mapping[str, Decision]) -> tuple[Change, ...]:
        """What is not as it was, in the order of the learners' names."""
        ordered = sorted(self._members.values(), key=lambda m: (m.learner.learner.casefold(), m.learner.id))
        found = ((m, before.get(m.learner.id), self.after.get(m.learner.id)) for m in ordered)
        return tuple(Change(m, event(old, new), old, new) for m, old, new in found if old != new)

    def _hidden(self, member: Member) -> bool:
        """Whether the teacher had not seen the program's mark when she came."""
        return standing(self._record, member, self._before).hidden

    def _name(self, row: EnteredRow) -> str:
        member = self._members.get(row.id)
        return member.learner.learner if member is not None else row.entry.learner or row.id


def _mark(value: Value, out_of: int) -> int | str:
    """A mark as it was typed; a sentence where it is none."""
    found = _MARK.fullmatch(str(value).strip())
    whole = int(found[1]) if found is not None and (found[2] is None or int(found[2]) == out_of) else None
    if whole is not None and whole <= out_of:
        return whole
    text = str(shown(str(value)))
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"“{text}” is no mark. Give a whole number from 0 to {out_of}."


def _text(comment: str) -> str:
    """A comment as it is kept: lines end in one way, and nothing is in it that no cell can hold."""
    return str(shown(comment.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))).strip()
