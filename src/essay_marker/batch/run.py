"""A class at once: gather, mark what is not marked yet, compare, and write what a teacher works with."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from essay_marker import rubric as rubrics
from essay_marker._version import __version__
from essay_marker.batch import names, pool
from essay_marker.batch.decisions import unsigned_where_changed
from essay_marker.batch.feedback import wanted
from essay_marker.batch.likeness import alike_pairs
from essay_marker.batch.log import Log
from essay_marker.batch.moodle import check_worksheet, keep_worksheet, moodle_remarks
from essay_marker.batch.outputs import write_outputs
from essay_marker.batch.patterns import tidy
from essay_marker.batch.records import ClassRecord, Learner, Marked, Member, Problem, class_text
from essay_marker.batch.reports import shown_besides
from essay_marker.batch.roster import load_roster
from essay_marker.batch.sheet import typed_elsewhere
from essay_marker.batch.store import CLASS, REPORTS, RESULTS, Store
from essay_marker.batch.submissions import Found, Gathered, Submission, gather, shown_names
from essay_marker.batch.veil import keep_blind, veiled
from essay_marker.batch.versions import changed_since, hash_of, made_with
from essay_marker.batch.work import Failed, Job, Output, mark
from essay_marker.documents.kinds import extension
from essay_marker.errors import DataError, InputError
from essay_marker.records import Result
from essay_marker.returning import Feedback
from essay_marker.topic import load_topic

_DIED = "The program stopped twice on this file, which may be damaged or far too large. Mark it by hand."
_FAILED = "This is a mistake in essay-marker, not in the file ({}). Please report it, and mark this essay by hand."


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What to mark, where results go, and how.

    ``feedback``, ``without_marks``, ``blind`` and ``moodle`` are None where they are to stay as they were in an earlier
    run; that grades in Moodle may be provisional has to be said every time.
    """

    places: tuple[Path, ...]
    out: Path
    topic: str
    rubric: str
    question: str | None = None
    learners: Path | None = None
    workers: int | None = None
    again: bool = False
    anonymous: bool = False
    key_file: Path | None = None
    feedback: tuple[Feedback, ...] | None = None
    without_marks: bool | None = None
    blind: bool | None = None
    moodle: Path | None = None
    provisional_grades: bool = False


class Step(NamedTuple):
    """An essay is finished: how many of how many, whose, and its result or why there is none.

    ``hidden``: its mark is not to be shown.
    """

    done: int
    total: int
    learner: str
    result: Result | None
    problem: Problem | None
    hidden: bool = False


class _Essay(NamedTuple):
    """An essay on its way: its submission, what its learner is called, and what its result is made from."""

    id: str
    learner: str
    source: str  # what its file is called in results
    submission: Submission
    sha256: str | None
    key: str
    problem: Problem | None


def who_is_who(settings: Settings) -> list[tuple[str, str, str]]:
    """The pseudonym, name and file of every learner, for the teacher's own list."""
    submissions, called = _learners(settings, _gather(settings))
    return [(c, s.learner, s.file.label) for s, c in sorted(zip(submissions, called, strict=True), key=lambda x: x[1])]


def run_batch(
    settings: Settings,
    begin: Callable[[int, int], None] = lambda total, kept: None,
    step: Callable[[Step], None] = lambda step: None,
) -> Marked:
    """Mark a class.

    Args:
        settings: What and how.
        begin: Called with the number of essays to mark, and of those that are marked already.
        step: Called for each essay that is finished.

    Raises:
        EssayMarkerError: What was named cannot be used, or nothing can be marked at all.
    """
    if settings.moodle is not None:
        check_worksheet(settings.moodle, settings.out)
    gathered = _gather(settings)
    rubric, topic = rubrics.load(settings.rubric), load_topic(settings.topic)
    submissions, called = _learners(settings, gathered)
    store = Store(settings.out, anonymous=settings.anonymous)
    with store.alone():
        log = Log(store.folder)
        blind = keep_blind(log, settings.blind)
        settings = msgspec.structs.replace(settings, blind=blind)
        feedback, without_marks = wanted(store, settings.feedback, settings.without_marks)
        versions = made_with(rubric, topic)
        essays = _essays(settings, submissions, called, versions)
        before = {essay.id: log.last(essay.id, "marking") for essay in essays}
        members, kept = _mark(settings, essays, store, log, begin, step)
        record = ClassRecord(
            version=__version__,
            rubric=rubric.rubric.id,
            rubric_sha256=rubric.sha256,
            topic=topic.id,
            topic_sha256=topic.sha256,
            question=settings.question,
            anonymous=settings.anonymous,
            feedback=feedback,
            without_marks=without_marks,
            blind=blind,
            provisional_grades=settings.provisional_grades,
            learners=tuple(member.learner for member in members),
            alike=alike_pairs(members, topic),
            left_aside=() if settings.anonymous else gathered.left_aside,
            absent=() if settings.anonymous else gathered.absent,
        )
        store.write(store.folder / CLASS, class_text(record))
        keep_worksheet(store, settings.moodle)
        decisions = unsigned_where_changed(store, log, record.learners, store.decisions())
        typed = typed_elsewhere(store)
        changed = write_outputs(store, record, members, decisions)
    since = Counter(changed_since(before[essay.id], log.last(essay.id, "marking")) for essay in essays)
    stale = () if settings.anonymous else tuple(store.others({essay.id for essay in essays}))
    shown = veiled(record, members, decisions)
    return Marked(
        record=record,
        members=shown,
        kept=kept,
        stale=stale,
        decisions=decisions,
        changed=changed,
        anew=tuple((what, number) for what, number in sorted(since.items()) if what),
        typed=typed,
        moodle=moodle_remarks(store, record, members, decisions),
    )


# --- who ------------------------------------------------------------------------------------------------------------


def _gather(settings: Settings) -> Gathered:
    roster = load_roster(settings.learners) if settings.learners is not None else None
    return gather(settings.places, settings.out, roster)


def _learners(settings: Settings, gathered: Gathered) -> tuple[Sequence[Submission], list[str]]:
    """The submissions, and what the learner of each is called."""
    if not settings.anonymous:
        return gathered.submissions, [s.learner for s in gathered.submissions]
    key = names.load_key(settings.key_file or names.default_key_file())
    return gathered.submissions, names.pseudonyms(gathered.submissions, key)


def _essays(
    settings: Settings, submissions: Sequence[Submission], called: Sequence[str], versions: str
) -> list[_Essay]:
    """The essays, by id: in no order but their own, whatever the order of the files."""
    anonymous = ["-".join(name.lower().split()) for name in called]
    ids = anonymous if settings.anonymous else names.file_ids(submissions)
    if len(set(ids)) < len(ids):
        raise DataError("Two learners have the same pseudonym. Name another key with --key.")
    essays = []
    for id_, learner, submission in zip(ids, called, submissions, strict=True):
        source = _stand_in(id_, submission.file) if settings.anonymous else submission.file.path[-1]
        sha256, problem = None, None
        try:
            sha256 = hashlib.sha256(submission.file.read()).hexdigest()
        except InputError as error:
            message = str(error).replace(submission.file.path[-1], source)
            problem = Problem(code="unreadable", message=tidy(message))
        hidden = submission.learner if settings.anonymous else None
        key = hash_of(versions, sha256, source, settings.question, hidden and hash_of(hidden))
        essays.append(_Essay(id_, learner, source, submission, sha256, key, problem))
    return sorted(essays, key=lambda essay: essay.id)


def _stand_in(id_: str, file: Found) -> str:
    """A file's name without a name in it."""
    return id_ + _ending(file)


def _ending(file: Found) -> str:
    ending = extension(file.path[-1])
    return ending if ending.removeprefix(".").isalnum() and len(ending) <= 6 else ""


def _learner(settings: Settings, essay: _Essay, store: Store, problem: Problem | None) -> Learner:
    submission = essay.submission
    other = shown_names(submission.earlier)
    if settings.anonymous:
        other = tuple(f"another file ({number})" for number in range(1, len(other) + 1))
    report = store.has_report(essay.id)
    return Learner(
        id=essay.id,
        learner=essay.learner,
        file=essay.source if settings.anonymous else shown_names([submission.file])[0],
        platform=submission.platform,
        number=None if settings.anonymous else submission.number,
        late=submission.late,
        others=other,
        sha256=essay.sha256,
        result=None if problem else f"{RESULTS}/{essay.id}.json",
        report=f"{REPORTS}/{essay.id}.html" if report and not problem else None,
        problem=problem,
    )


# --- marking --------------------------------------------------------------------------------------------------------


def _mark(
    settings: Settings,
    essays: Sequence[_Essay],
    store: Store,
    log: Log,
    begin: Callable[[int, int], None],
    step: Callable[[Step], None],
) -> tuple[tuple[Member, ...], int]:
    """Every essay with its result, in order, and how many of them were marked before."""
    todo, kept = [], []
    problems: dict[str, Problem] = {}
    for essay in essays:
        if essay.problem is not None:
            problems[essay.id] = essay.problem
            store.forget(essay.id)
        elif not settings.again and store.finished(essay.id, essay.key):
            kept.append(essay.id)
        else:
            todo.append(essay)
    begin(len(todo), len(kept))
    logged = _Logged(essays, store, log, settings, ready={*kept, *problems})
    logged.write(problems)
    jobs = [partial(_job, essay, settings) for essay in todo]
    workers = settings.workers or pool.default_workers()
    with closing(pool.each(mark, jobs, workers)) as finished:  # whatever happens, no worker is left
        for done, (index, output) in enumerate(finished, 1):
            essay = todo[index]
            problem = _kept(output, essay, store, settings)
            if problem is not None:
                problems[essay.id] = problem
            logged.ready.add(essay.id)
            logged.marked.add(essay.id)
            logged.write(problems)
            result = None if problem else store.result(essay.id)
            hidden = settings.blind is True and result is not None and result.marks.withheld is None
            step(Step(done, len(todo), essay.learner, result, problem, hidden))
    members = []
    for essay in essays:
        problem = problems.get(essay.id)
        result = None if problem else store.result(essay.id)
        members.append(Member(_learner(settings, essay, store, problem), result))
    return tuple(members), len(kept)


def _job(essay: _Essay, settings: Settings) -> Job:
    submission = essay.submission
    try:
        data = submission.file.read()
    except InputError:  # gone since it was looked at
        data = b""
    return Job(
        data=data,
        source=essay.source,
        question=settings.question,
        topic=settings.topic,
        rubric=settings.rubric,
        learner=essay.learner,
        hide=submission.learner if settings.anonymous else None,
        blind=settings.blind is True,
    )


def _kept(output: Output | Failed | pool.Died, essay: _Essay, store: Store, settings: Settings) -> Problem | None:
    """Keeps what came of an essay; the problem where nothing did."""
    if isinstance(output, Output):
        own = None if settings.anonymous else (_ending(essay.submission.file), essay.submission.file.read())
        shows = shown_besides(essay.learner, hidden=settings.blind is True)
        store.put(essay.id, essay.key, output.result, output.report, own, shows=shows)
        return None
    store.forget(essay.id)
    if isinstance(output, Failed):
        return Problem(code="failed", message=tidy(_FAILED.format(output.what)))
    return Problem(code="died", message=_DIED)


class _Logged:
    """The log of a run: a line an essay in the essays' order, each as soon as all before it have theirs.

    So a run that was killed and went on leaves the lines of one that was not. What was finished before the kill and
    has no line gets one with the time at which its result was written.
    """

    def __init__(self, essays: Sequence[_Essay], store: Store, log: Log, settings: Settings, ready: set[str]) -> None:
        self._left = list(reversed(essays))
        self._store = store
        self._settings = settings
        self._log = log
        self.ready = ready
        self.marked: set[str] = set()  # in this run

    def write(self, problems: dict[str, Problem]) -> None:
        """Write the lines whose turn it is."""
        while self._left and self._left[-1].id in self.ready:
            essay = self._left.pop()
            problem = problems.get(essay.id)
            anew = self._settings.again and essay.id in self.marked
            if problem is not None:
                self._log.add(self._entry(essay, event=problem.code), time.time(), anew=anew)
                continue
            result = self._store.result(essay.id)
            written = self._store.result_path(essay.id).stat().st_mtime
            self._log.add(self._entry(essay, event="marked") | self._versions(essay, result), written, anew=anew)

    def _entry(self, essay: _Essay, event: str) -> dict[str, object]:
        return {"id": essay.id, "event": event, "learner": essay.learner, "essay_sha256": essay.sha256}

    def _versions(self, essay: _Essay, result: Result) -> dict[str, object]:
        marks, program = result.marks, result.program
        return {
            "result_sha256": self._store.result_sha256(essay.id),
            "mark": marks.mark,
            "low": marks.low,
            "high": marks.high,
            "level": marks.level,
            "withheld": marks.withheld,
            "question": result.essay.question,
            "version": program.version,
            "rubric": marks.rubric,
            "rubric_sha256": program.rubric_sha256,
            "topic": result.topic.id,
            "topic_sha256": program.topic_sha256,
            "models": program.models,
        }
