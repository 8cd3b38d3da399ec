"""The files that learners are given: made from result, decision and their own document, and written anew with them.

    feedback/ID.docx        and .html, .md, .print.html, as was asked for
    feedback.json           what each was made from, and the hash it was written with

A file that somebody has changed since, a teacher who added a comment in Word, is hers: it is left as it is and named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from essay_marker.batch.records import ClassRecord, LeftAlone, Member
from essay_marker.batch.standing import standing
from essay_marker.batch.store import Store, hash_of_file, read_record
from essay_marker.batch.versions import hash_of
from essay_marker.data import Record
from essay_marker.errors import DataError
from essay_marker.records import Decision, Result
from essay_marker.returning import ENDINGS, Feedback, feedback

FEEDBACK, LEDGER = "feedback", "feedback.json"


class Given(Record, frozen=True, kw_only=True):
    """A file as it was written: what it was made from, its hash (two while it is written anew), the mark it shows.

    ``mark`` is in words; None where it is not known.
    """

    made_from: str
    sha256: tuple[str, ...]
    mark: str | None = None


def wanted(
    store: Store, kinds: tuple[Feedback, ...] | None, without_marks: bool | None
) -> tuple[tuple[Feedback, ...], bool]:
    """What learners are given and whether it is without marks; None stands for what the last run was told."""
    try:
        before = read_record(store.folder)
    except DataError:  # the first run, or one of an earlier version
        return kinds or (), without_marks is True
    return (
        before.feedback if kinds is None else kinds,
        before.without_marks if without_marks is None else without_marks,
    )


def write_feedback(
    store: Store, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]
) -> tuple[LeftAlone, ...]:
    """Write what is not there as it should be and take away what is no longer given; files of others are left.

    Returns:
        The files that somebody else has changed and that are therefore not as they should be.

    Raises:
        DataError: A file cannot be read or written.
    """
    ledger = _Ledger(store)
    if not record.feedback and not ledger.files:
        return ()
    ledger.folder.mkdir(exist_ok=True)
    due: set[str] = set()
    for member in members:
        decision = decisions.get(member.learner.id)
        if _gives(member, decision):
            due |= _write(store, record, member, decisions, ledger)
    for name in sorted(ledger.files.keys() - due):
        ledger.drop(name)
    ledger.close()
    return tuple(ledger.others[name] for name in sorted(ledger.others))


def _gives(member: Member, decision: Decision | None) -> bool:
    if member.result is None:
        return False
    decided = decision is not None and (decision.mark is not None or bool(decision.comment))
    return decided or bool(member.result.essay.text)


def _write(
    store: Store, record: ClassRecord, member: Member, decisions: Mapping[str, Decision], ledger: _Ledger
) -> set[str]:
    """Write the files of one learner, and give their names."""
    id_, result = member.learner.id, member.result
    assert result is not None
    decision = decisions.get(id_)
    mark = not record.without_marks and not standing(record, member, decisions).hidden
    decided = "" if decision is None else msgspec.json.encode(decision).decode()
    learner = member.learner.learner
    made_from = hash_of(store.result_sha256(id_), member.learner.sha256, learner, decided, str(mark))
    says = _mark_in_words(result, decision) if mark else "no mark"
    names = {id_ + ENDINGS[kind]: kind for kind in record.feedback}
    todo = {name: kind for name, kind in names.items() if not ledger.stands(name, made_from, says)}
    if todo:
        path = store.essay_path(id_)
        own = _read(path) if path is not None and "docx" in todo.values() else None
        files = {
            name: feedback(result, kind, own, mark=mark, decision=decision, learner=learner)
            for name, kind in todo.items()
        }
        ledger.put(files, made_from, says)
    return set(names)


def _mark_in_words(result: Result, decision: Decision | None) -> str:
    """The mark that a file shows, and whether it is signed."""
    out_of = result.marks.out_of
    if decision is not None and decision.mark is not None:
        how = f"signed by {decision.signature}" if decision.signed_by is not None else "provisional"
        return f"{decision.mark} of {out_of}, {how}"
    return "no mark" if result.marks.mark is None else f"{result.marks.mark} of {out_of}, provisional"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: this essay cannot be read ({error.strerror}). Put it back, or use --again.") from None


class _Ledger:
    """What was written into the folder of feedback."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.folder / LEDGER
        self.folder = store.folder / FEEDBACK
        self.others: dict[str, LeftAlone] = {}
        try:
            data = self._path.read_bytes() if self._path.exists() else b"{}"
            self.files = msgspec.json.decode(data, type=dict[str, Given])
        except (OSError, msgspec.MsgspecError) as error:
            raise DataError(f"{self._path}: this list cannot be read ({error}). Put the file back as it was.") from None
        self._written = dict(self.files)
        for left in self.folder.glob(".*.part"):
            left.unlink()

    def stands(self, name: str, made_from: str, says: str) -> bool:
        """Whether the file is as it should be, or is another's, who is to be asked; ``says`` is the mark in it."""
        found, given = hash_of_file(self.folder / name), self.files.get(name)
        if found is not None and (given is None or found not in given.sha256):
            self.others[name] = LeftAlone(f"{FEEDBACK}/{name}", given.mark if given is not None else None, says)
            return True
        return given is not None and given.made_from == made_from and (found,) == given.sha256

    def put(self, files: Mapping[str, bytes], made_from: str, says: str) -> None:
        """Write files; the list has their hashes beforehand, so that a run which is killed knows them for its own."""
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        for name, new in hashes.items():
            before = self.files[name].sha256 if name in self.files else ()
            self.files[name] = Given(made_from="", sha256=tuple(dict.fromkeys((*before, new))))
        self._save()
        for name, data in files.items():
            self._store.write(self.folder / name, data)
            self.files[name] = Given(made_from=made_from, sha256=(hashes[name],), mark=says)

    def drop(self, name: str) -> None:
        """Take a file away, unless it is another's."""
        path = self.folder / name
        found = hash_of_file(path)
        if found is not None and found not in self.files[name].sha256:
            self.others[name] = LeftAlone(f"{FEEDBACK}/{name}", self.files[name].mark, None)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise DataError(
                f"{path}: this file cannot be removed ({error.strerror}). Close it, and run again."
            ) from None
        del self.files[name]

    def close(self) -> None:
        """Keep the list as it is now."""
        if self.files != self._written:
            self._save()

    def _save(self) -> None:
        encoded = msgspec.json.encode(self.files, order="sorted")
        self._store.write(self._path, msgspec.json.format(encoded, indent=1) + b"\n")
        self._written = dict(self.files)
