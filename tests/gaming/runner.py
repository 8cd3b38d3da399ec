"""Marks essays and their changes, and notes what happened: one program a process, each sentence encoded once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from essay_marker.pipeline import Marker
from essay_marker.read import read_file
from essay_marker.records import Result

from ..remembering import remember_vectors
from .changes import Change, File
from .essays import Pieces, foreign_body
from .table import NEIGHBOURS, ROWS, Row

ROOT = Path(__file__).resolve().parents[2]
EXEMPLARS = ROOT / "corpus" / "khrushchev-destalinisation" / "exemplars"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one essay under one change. Marks are None where they are withheld."""

    change: str
    essay: str
    before: int | None
    after: int | None
    withheld: str | None
    message: str | None
    strands_before: dict[str, float]
    strands_after: dict[str, float]
    reviews: tuple[str, ...]

    @property
    def rise(self) -> int:
        """Marks gained; no mark counts as 0."""
        return (self.after or 0) - (self.before or 0)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is to do: essays by their paths, changes by their names, and whether neighbours are marked."""

    essays: tuple[str, ...]
    changes: tuple[str, ...]
    neighbours: bool


def outcomes(marker: Marker, paths: Sequence[Path], rows: Sequence[Row]) -> Iterable[Outcome]:
    """Every change of every essay."""
    again: list[tuple[Row, Pieces, Result]] = []
    for path in paths:
        essay = read_file(path)
        original = marker.mark_essay(essay)
        pieces = Pieces.of(path.stem, essay, original)
        for row in rows:
            if row.again:
                again.append((row, pieces, original))
                continue
            before = original if row.base is None else _marked(marker, row.base, pieces)
            yield _outcome(row, pieces, before, _marked(marker, row.change, pieces))
    for row, pieces, original in reversed(again):
        yield _outcome(row, pieces, original, _marked(marker, row.change, pieces))


def neighbours(marker: Marker) -> Iterable[Outcome]:
    """Every essay on a neighbouring question, with its first sentence changed and without its title."""
    for neighbour in NEIGHBOURS:
        blocks = list(foreign_body(neighbour.text))
        blocks[0] = f"{neighbour.first} {blocks[0].partition('. ')[2]}"
        result = marker.mark_bytes("\n\n".join(blocks).encode(), f"{neighbour.text}.txt")
        yield _record("neighbour", neighbour.text, None, result)


def _marked(marker: Marker, change: Change, pieces: Pieces) -> Result:
    changed = change(pieces)
    file = changed if isinstance(changed, File) else File(changed.encode())
    return marker.mark_bytes(file.data, f"{pieces.name}{file.ending}")


def _outcome(row: Row, pieces: Pieces, before: Result, after: Result) -> Outcome:
    return _record(row.id, pieces.name, before, after)


def _record(change: str, essay: str, before: Result | None, after: Result) -> Outcome:
    return Outcome(
        change=change,
        essay=essay,
        before=before.marks.mark if before else None,
        after=after.marks.mark,
        withheld=after.marks.withheld,
        message=after.marks.withheld_message,
        strands_before={s.id: s.score for s in before.marks.strands} if before else {},
        strands_after={s.id: s.score for s in after.marks.strands},
        reviews=tuple(review.code for review in after.marks.review),
    )


def run(job: Job) -> list[Outcome]:
    """Do a job in this process."""
    remember_vectors()
    marker = Marker()
    rows = [row for row in ROWS if row.id in job.changes]
    found = list(outcomes(marker, [Path(p) for p in job.essays], rows))
    return found + (list(neighbours(marker)) if job.neighbours else [])


def run_all(paths: Sequence[Path], rows: Sequence[Row] = ROWS, processes: int = 2) -> list[Outcome]:
    """Every change of every essay, and the neighbours, by so many processes at once."""
    jobs = [
        Job(essays=tuple(map(str, paths[i::processes])), changes=tuple(r.id for r in rows), neighbours=i == 0)
        for i in range(processes)
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    command = [sys.executable, "-m", "tests.gaming.runner"]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment)
        for _ in jobs
    ]
    for process, job in zip(running, jobs, strict=True):
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(job))
        process.stdin.close()
    found: list[Outcome] = []
    for process in running:
        with process:  # closes what it is read from
            assert process.stdout is not None
            written = process.stdout.read()
        if process.returncode:
            raise RuntimeError("marking the changed essays failed; the reason stands above")
        found += msgspec.json.decode(written, type=list[Outcome])
    return found


if __name__ == "__main__":
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.json.encode(run(job)))
