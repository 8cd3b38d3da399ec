"""Whether a folder of results is what its log says: essays, results, reports, decisions; a sentence for each fault.

Nothing is written. What is found here are changes that were made by accident, in passing, or in one place alone; who
rewrites everything, the log too, is not found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from essay_marker.batch.log import Line, about, chained, read_log
from essay_marker.batch.records import ClassRecord, Learner
from essay_marker.batch.store import (
    ESSAYS,
    REPORTS,
    RESULTS,
    Made,
    Manifest,
    hash_of_file,
    read_decisions,
    read_manifest,
    read_record,
)
from essay_marker.records import Decision, Result

#: Of the file of a result and that of its essay (None where it is not kept): what does not follow in it, and what there
#: is to know of it.
Check = Callable[[Path, Path | None], tuple[list[str], list[str]]]


class Audited(NamedTuple):
    """What came of it: every fault, what the reader should know besides, and how much was looked at."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    essays: int
    results: int
    decisions: int
    lines: int


def audit(folder: Path, check: Check, step: Callable[[int, int], None] = lambda done, total: None) -> Audited:
    """Hold a folder of results against its log.

    Args:
        folder: What ``batch`` wrote.
        check: What is wrong inside one result.
        step: Called when one result of how many has been checked.

    Raises:
        DataError: It is no folder of results, or the class, the manifest or the decisions cannot be read at all.
    """
    manifest, record, decisions = read_manifest(folder), read_record(folder), read_decisions(folder)
    lines = read_log(folder)
    faults, notes = [], []
    chain_faults, chain_notes = _chain(lines)
    faults += chain_faults
    notes += chain_notes
    entries = [line.entry for line in lines if line.entry is not None]
    last = {entry["id"]: entry for entry in entries if about(entry) == "marking"}
    faults += _class(record, manifest, entries)
    for learner in record.learners:
        faults += _learner(folder, learner, manifest.essays.get(learner.id), last.get(learner.id))
    faults += _decisions(record, decisions, lines)
    others = sorted(manifest.essays.keys() - {learner.id for learner in record.learners})
    if others:
        notes.append(f"There are results of an earlier run, which were not looked at: {', '.join(others)}.")
    marked = [learner for learner in record.learners if learner.result is not None]
    for done, learner in enumerate(marked, 1):
        path = folder / RESULTS / f"{learner.id}.json"
        made = manifest.essays.get(learner.id)
        if path.is_file() and made is not None:
            own = folder / ESSAYS / made.essay if made.essay is not None else None
            wrong, known = check(path, own if own is None or own.is_file() else None)
            faults += [f"{learner.learner}: {fault}" for fault in wrong]
            notes += [f"{learner.learner}: {note}" for note in known]
        step(done, len(marked))
    return Audited(
        tuple(faults), tuple(dict.fromkeys(notes)), len(record.learners), len(marked), len(decisions), len(lines)
    )


# --- the log --------------------------------------------------------------------------------------------------------


def _chain(lines: list[Line]) -> tuple[list[str], list[str]]:
    """Where the chain of the log's lines breaks, and what to know of it."""
    faults, notes = [], []
    before, old = "", 0
    for line in lines:
        if line.entry is None:
            notes.append(f"Line {line.number} of the log is not whole, as a power cut leaves one; it says nothing.")
        elif "chain" not in line.entry and not before:
            old += 1
        else:
            chain = line.entry.get("chain")
            if chain != chained(before, line.entry):
                faults.append(
                    f"Line {line.number} of the log does not follow from the lines before it: it was changed, or a line"
                    " before it was taken out, put in or moved"
                )
            before = chain if isinstance(chain, str) else before
    if old:
        notes.append(f"The first {old} lines of the log are of an older version, and have no hashes to check.")
    return faults, notes


def _class(record: ClassRecord, manifest: Manifest, entries: list[dict[str, Any]]) -> Iterator[str]:
    if record.anonymous != manifest.anonymous:
        yield "class.json and manifest.json do not agree on whether the learners are under pseudonyms"
    blind = next((entry.get("blind") for entry in reversed(entries) if about(entry) == "class"), False)
    if record.blind is not blind:
        said = "is" if record.blind else "is not"
        yield f"class.json says that the class {said} marked blind, and the log says otherwise"


def _learner(folder: Path, learner: Learner, made: Made | None, logged: Mapping[str, Any] | None) -> Iterator[str]:
    """Whether class, manifest, files and log say the same of one essay."""
    who = learner.learner
    if logged is None:
        yield f"{who}: the log has no line on how this essay was marked"
        return
    if logged.get("essay_sha256") != learner.sha256:
        yield f"{who}: class.json names another file than the one that was marked by the log's last line on it"
    event = learner.problem.code if learner.problem is not None else "marked"
    if logged.get("event") != event:
        yield f"{who}: class.json says “{event}”, and the log's last line on it “{logged.get('event')}”"
        return
    if learner.problem is not None:
        if made is not None:
            yield f"{who}: manifest.json lists a result, and by class.json there is none"
        return
    if made is None:
        yield f"{who}: manifest.json lists no result, and by class.json there is one"
        return
    found = hash_of_file(folder / RESULTS / f"{learner.id}.json")
    if found is None:
        yield f"{who}: the result {RESULTS}/{learner.id}.json is not there"
    elif found != logged.get("result_sha256"):
        yield f"{who}: the result is not the one that was logged; it was changed since"
    if made.result != logged.get("result_sha256"):
        yield f"{who}: manifest.json has another hash of the result than the log"
    if made.essay is not None:
        own = hash_of_file(folder / ESSAYS / made.essay)
        if own != learner.sha256:
            yield f"{who}: the essay {ESSAYS}/{made.essay} is {'gone' if own is None else 'not the one marked'}"
    if made.report is not None and hash_of_file(folder / REPORTS / f"{learner.id}.html") != made.report:
        yield f"{who}: the report {REPORTS}/{learner.id}.html is not as it was written; moderate writes it anew"
    if found == logged.get("result_sha256"):
        yield from _marks(folder, learner, logged)


def _marks(folder: Path, learner: Learner, logged: Mapping[str, Any]) -> Iterator[str]:
    """Whether the log has the marks that the result has."""
    try:
        result = msgspec.json.decode((folder / RESULTS / f"{learner.id}.json").read_bytes(), type=Result)
    except (OSError, msgspec.MsgspecError):
        return  # which the check of the result says
    for field in ("mark", "low", "high", "level", "withheld"):
        if logged.get(field) != getattr(result.marks, field):
            yield f"{learner.learner}: the log has another {field} than the result"


def _decisions(record: ClassRecord, decisions: Mapping[str, Decision], lines: list[Line]) -> Iterator[str]:
    """Whether the decisions are those that the log comes to, line by line."""
    names = {learner.id: learner.learner for learner in record.learners}
    state: dict[str, Any] = {}
    for line in lines:
        if line.entry is None or about(line.entry) != "decision":
            continue
        id_ = line.entry["id"]
        names.setdefault(id_, str(line.entry.get("learner") or id_))
        if _known(line.entry.get("before")) != state.get(id_):
            yield f"{names[id_]}: line {line.number} of the log changes a decision that was another before"
        state[id_] = _known(line.entry["after"])
    now = {id_: _known(msgspec.to_builtins(decision)) for id_, decision in decisions.items()}
    for id_ in sorted(now.keys() | state.keys()):
        who, found, logged = names.get(id_, id_), now.get(id_), state.get(id_)
        if found == logged:
            continue
        if logged is None:
            yield f"{who}: decisions.json has a decision that the log does not have"
        elif found is None:
            yield f"{who}: the log has a decision that decisions.json does not have"
        else:
            fields = ", ".join(sorted(key for key in {*found, *logged} if found.get(key) != logged.get(key)))
            yield f"{who}: the decision is not the one that was logged ({fields})"


def _known(decision: Any) -> dict[str, Any] | None:
    """A decision with every field it can have, so that one written by an earlier version is the same."""
    if not isinstance(decision, dict):
        return None
    try:
        known: dict[str, Any] = msgspec.to_builtins(msgspec.convert(decision, Decision)) | decision
    except msgspec.ValidationError:
        return decision
    return known
