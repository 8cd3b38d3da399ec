"""Work on many essays at once, in processes of their own, so that none can take the others with it.

Every worker is an executor with one process and has one job at a time. Where a process dies it is therefore known on
which job; that job is tried once more when everything else is done, and given up where it kills its process again.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from typing import Generic, NamedTuple, TypeVar

#: What a worker may take for one essay, in seconds, before it is ended. An essay takes one or two.
LONGEST = 600.0
#: More processes than this are not faster on any machine that marks one class, and each holds the language model.
MOST_WORKERS = 8
#: What one worker needs, in bytes: the language model, the sentence vectors and the essay.
MEMORY = 800_000_000

Job = TypeVar("Job")
Done = TypeVar("Done")


class Died(NamedTuple):
    """In place of a result: the worker's process ended while it had this job, twice."""


def default_workers() -> int:
    """How many workers this machine has room for: a processor each, and memory."""
    try:
        processors = len(os.sched_getaffinity(0))  # what this process may use, which in a container is less
    except AttributeError:
        processors = os.cpu_count() or 1
    try:
        room = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEMORY
    except (AttributeError, ValueError, OSError):
        room = MOST_WORKERS
    return max(1, min(processors, room, MOST_WORKERS))


def each(
    work: Callable[[Job], Done], jobs: Sequence[Callable[[], Job]], workers: int
) -> Generator[tuple[int, Done | Died]]:
    """The index of every job with what ``work`` makes of it, as they are finished.

    ``jobs`` are made when a worker is free for them. ``work`` is called in other processes: it is a function of a
    module, and what it takes and gives can be sent. What it raises is raised here, and ends everything.
    """
    before = set(multiprocessing.active_children())
    slots = [_Slot(work) for _ in range(max(1, min(workers, len(jobs))))]
    try:
        again: list[int] = []
        for index, result in _spread(slots, jobs):
            if isinstance(result, Died):
                again.append(index)
            else:
                yield index, result
        # alone: it may have been the memory that was too little for two
        for index in sorted(again):
            yield from _spread(slots[:1], [jobs[index]], [index])
    finally:
        for slot in slots:
            slot.end()
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()


def _spread(
    slots: Sequence[_Slot[Job, Done]], jobs: Sequence[Callable[[], Job]], numbers: Sequence[int] | None = None
) -> Iterator[tuple[int, Done | Died]]:
    """Each job's number with its result, or that the process died on it."""
    waiting = deque(zip(numbers or range(len(jobs)), jobs, strict=True))
    free = deque(slots)
    busy: dict[Future[Done], tuple[int, _Slot[Job, Done]]] = {}
    while waiting or busy:
        while free and waiting:
            slot = free.popleft()
            number, make = waiting.popleft()
            busy[slot.begin(make())] = number, slot
        for future in wait(busy, return_when=FIRST_COMPLETED).done:
            number, slot = busy.pop(future)
            free.append(slot)
            try:
                result: Done | Died = future.result()
            except BrokenExecutor:
                slot.renew()
                result = Died()
            yield number, result


class _Slot(Generic[Job, Done]):
    """A worker: an executor with one process."""

    def __init__(self, work: Callable[[Job], Done]) -> None:
        self._work = work
        self._executor = _executor()

    def begin(self, job: Job) -> Future[Done]:
        """Begin with a job."""
        try:
            return self._executor.submit(_guarded, self._work, job)
        except BrokenExecutor:  # the process died while it had nothing to do
            self.renew()
            return self._executor.submit(_guarded, self._work, job)

    def renew(self) -> None:
        """Have another process."""
        self.end()
        self._executor = _executor()

    def end(self) -> None:
        """Have no process any more."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _executor() -> Executor:
    context = multiprocessing.get_context("spawn")  # the same on every system, and no lock is copied in mid-use
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_begin)


# --- in the worker's process ----------------------------------------------------------------------------------------


def _begin() -> None:
    """Leave Ctrl-C to the main process, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _guarded(work: Callable[[Job], Done], job: Job) -> Done:
    """``work`` on a job; it ends the process where it takes too long, whatever it hangs in."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(LONGEST, exit=True, file=nowhere)
        try:
            return work(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
