"""What lies in the folder of results, written so that a run can be killed at any moment and go on.

    essays/ID.docx     what the learner handed in, as it came; not in anonymous mode
    results/ID.json    a learner's result, as ``score --format json`` prints it
    reports/ID.html    the report on it
    decisions.json     what the teacher decided and who signed
    marksheet.xlsx     and .csv: a row a learner
    class.html         a page on the class (`class_page`)
    moodle/            what goes back to Moodle (`moodle`)
    class.json         whose results these are, what was handed in besides, and which essays are alike
    manifest.json      what each result was made from
    log.jsonl          what was marked with which versions, and when; it only grows

Every file is written under another name, forced to the disk and then renamed. A result's JSON comes last: where it
is, the manifest is there too, and the essay is finished; a report can be made from its result at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from essay_marker.batch.log import LOG
from essay_marker.batch.records import ClassRecord
from essay_marker.data import Record
from essay_marker.errors import DataError
from essay_marker.records import Decision, Result

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

ESSAYS, RESULTS, REPORTS = "essays", "results", "reports"
MANIFEST, CLASS, DECISIONS = "manifest.json", "class.json", "decisions.json"
_PART = ".part"


class Made(Record, frozen=True, kw_only=True):
    """What a learner's result was made from, and the hashes of the files it was put in.

    ``shows`` stands for what the report shows besides the result: a decision, or that the mark is hidden.
    """

    key: str
    result: str
    report: str | None
    essay: str | None  # the name of its file below ``essays``
    shows: str | None = None


class Manifest(Record, frozen=True, kw_only=True):
    """``manifest.json``. ``sheets`` are the hashes of the mark sheet's files as they were written."""

    format: Literal[1] = 1
    anonymous: bool
    essays: dict[str, Made]
    sheets: dict[str, str] = {}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of results.

    Raises:
        DataError: There is none, or it cannot be read.
    """
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError:
        raise DataError(f"{folder}: there are no results here. Name the folder that batch wrote into.") from None
    except msgspec.MsgspecError as error:
        raise DataError(f"{path}: this is no list of results ({error}). Name a new folder.") from None


def read_record(folder: Path) -> ClassRecord:
    """``class.json``.

    Raises:
        DataError: There is none, or it cannot be read.
    """
    path = folder / CLASS
    try:
        return msgspec.json.decode(path.read_bytes(), type=ClassRecord)
    except (OSError, msgspec.MsgspecError) as error:
        raise DataError(f"{path}: the class cannot be read ({error}). Run batch again, which writes it.") from None


def read_decisions(folder: Path) -> dict[str, Decision]:
    """What the teacher decided, by learners' ids, none where there is no such file.

    Raises:
        DataError: It cannot be read.
    """
    path = folder / DECISIONS
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Decision]) if path.exists() else {}
    except (OSError, msgspec.MsgspecError) as error:
        raise DataError(f"{path}: the decisions cannot be read ({error}). Put the file back as it was.") from None


class Store:
    """The folder of results of one class."""

    def __init__(self, folder: Path, *, anonymous: bool) -> None:
        """Use ``folder``, which is made where it is not there; its parent must be.

        Raises:
            DataError: The folder cannot be used, or holds something else.
        """
        self.folder = folder
        self._anonymous = anonymous
        if not folder.parent.is_dir():
            raise DataError(f"{folder}: there is no folder {folder.parent}.")
        try:
            if folder.exists() and not folder.is_dir():
                raise DataError(f"{folder}: this is a file. Name a folder for the results.")
            known = (folder / MANIFEST).is_file()
            if folder.is_dir() and not known and any(_strangers(folder)):
                raise DataError(f"{folder}: there is something else in this folder. Name a new one for the results.")
            self._essays, self._sheets = self._read_manifest() if known else ({}, {})
            for place in (folder, *(folder / below for below in (ESSAYS, RESULTS, REPORTS))):
                place.mkdir(exist_ok=True)
                for left in place.glob(f".*{_PART}"):
                    left.unlink()
            if not known:
                self._write_manifest()
        except OSError as error:
            raise DataError(f"{folder}: results cannot be written there ({error.strerror}).") from None

    @classmethod
    def of(cls, folder: Path) -> Store:
        """The folder of a class that was marked; `DataError` where it is none."""
        return cls(folder, anonymous=read_manifest(folder).anonymous)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out of the folder. `DataError` where there is one already."""
        with open(self.folder / LOG, "ab") as log:
            if fcntl is not None:
                try:
                    fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    raise DataError(
                        f"{self.folder}: another run writes into this folder. Wait until it is done, or name another."
                    ) from None
            yield

    def result_path(self, id_: str) -> Path:
        """Where a learner's result lies."""
        return self.folder / RESULTS / f"{id_}.json"

    def report_path(self, id_: str) -> Path:
        """Where a learner's report lies."""
        return self.folder / REPORTS / f"{id_}.html"

    def essay_path(self, id_: str) -> Path | None:
        """Where the learner's own file lies; None in anonymous mode."""
        made = self._essays.get(id_)
        return self.folder / ESSAYS / made.essay if made is not None and made.essay is not None else None

    def finished(self, id_: str, key: str) -> bool:
        """Whether there is a result made from what ``key`` stands for, unchanged; its report can be made from it."""
        made = self._essays.get(id_)
        return (
            made is not None
            and made.key == key
            and hash_of_file(self.result_path(id_)) == made.result
            and (made.essay is None or (self.folder / ESSAYS / made.essay).is_file())
        )

    def put(
        self,
        id_: str,
        key: str,
        result: str,
        report: str | None,
        essay: tuple[str, bytes] | None = None,
        *,
        shows: str | None = None,
    ) -> None:
        """Keep a learner's result (JSON), report (HTML) and own file (how its name ends, and its bytes).

        Where there is no report or file, none is left of earlier. ``shows`` is what the report shows besides.
        """
        data, page = result.encode(), None if report is None else report.encode()
        self._remove(self.result_path(id_))
        self._remove_essay(id_)
        if essay is not None:
            self.write(self.folder / ESSAYS / (id_ + essay[0]), essay[1])
        if page is None:
            self._remove(self.report_path(id_))
        else:
            self.write(self.report_path(id_), page)
        self._essays[id_] = Made(
            key=key,
            result=_hash(data),
            report=None if page is None else _hash(page),
            essay=essay and id_ + essay[0],
            shows=shows,
        )
        self._write_manifest()
        self.write(self.result_path(id_), data)

    def has_report(self, id_: str) -> bool:
        """Whether there is a report on a learner's essay, or can be."""
        made = self._essays.get(id_)
        return made is not None and made.report is not None

    def report_shows(self, id_: str, shows: str | None) -> bool:
        """Whether the report lies there as it was written, with what ``shows`` stands for."""
        made = self._essays[id_]
        return made.shows == shows and hash_of_file(self.report_path(id_)) == made.report

    def put_report(self, id_: str, report: str, shows: str | None) -> None:
        """Write a learner's report anew, with what ``shows`` stands for."""
        self.write(self.report_path(id_), report.encode())
        self._essays[id_] = msgspec.structs.replace(self._essays[id_], report=_hash(report.encode()), shows=shows)
        self._write_manifest()

    def put_sheets(self, files: Mapping[str, bytes]) -> None:
        """Write the files of the mark sheet, by their names."""
        for name, data in files.items():
            self.write(self.folder / name, data)
        sheets = {name: _hash(data) for name, data in files.items()}
        if sheets != self._sheets:
            self._sheets = sheets
            self._write_manifest()

    def sheet_changed(self, name: str) -> bool:
        """Whether somebody else has written a file of the mark sheet since."""
        found = hash_of_file(self.folder / name)
        return found is not None and found != self._sheets.get(name)

    def check_replaceable(self, *names: str) -> None:
        """`DataError` where one of these files is there and is held open, as a spreadsheet program does on Windows."""
        for name in names:
            path = self.folder / name
            if path.exists():
                try:
                    path.replace(path)
                except OSError as error:
                    raise DataError(
                        f"{path}: this file cannot be written ({error.strerror}). Close it where it is open, and run"
                        " again."
                    ) from None

    def forget(self, id_: str) -> None:
        """Take away what there is of a learner, whose essay is another now and could not be marked."""
        for path in (self.result_path(id_), self.report_path(id_)):
            self._remove(path)
        self._remove_essay(id_)
        if self._essays.pop(id_, None) is not None:
            self._write_manifest()

    def result(self, id_: str) -> Result:
        """A learner's result; `DataError` where it is not one."""
        path = self.result_path(id_)
        try:
            return msgspec.json.decode(path.read_bytes(), type=Result)
        except (OSError, msgspec.MsgspecError) as error:
            raise DataError(f"{path}: this result cannot be read ({error}). Run again with --again.") from None

    def result_sha256(self, id_: str) -> str:
        """The hash of the file of a learner's result."""
        return self._essays[id_].result

    def decisions(self) -> dict[str, Decision]:
        """What the teacher decided, by learners' ids; `DataError` where that cannot be read."""
        return read_decisions(self.folder)

    def put_decisions(self, decisions: Mapping[str, Decision]) -> None:
        """Keep what the teacher decided."""
        encoded = msgspec.json.encode(dict(decisions), order="sorted")
        self.write(self.folder / DECISIONS, msgspec.json.format(encoded, indent=1) + b"\n")

    def others(self, ids: set[str]) -> list[str]:
        """The ids of results in the folder that are none of ``ids``."""
        return sorted(path.stem for path in (self.folder / RESULTS).glob("*.json") if path.stem not in ids)

    def write(self, path: Path, data: bytes) -> None:
        """Put ``data`` in a file of the folder, whole or not at all."""
        part = path.with_name(f".{path.name}{_PART}")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise DataError(
                f"{path}: this file cannot be written ({error.strerror}). Close it where it is open, and run again."
            ) from None

    def _remove_essay(self, id_: str) -> None:
        path = self.essay_path(id_)
        if path is not None:
            self._remove(path)

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise DataError(
                f"{path}: this file cannot be replaced ({error.strerror}). Close it, and run again."
            ) from None

    def _read_manifest(self) -> tuple[dict[str, Made], dict[str, str]]:
        manifest = read_manifest(self.folder)
        if manifest.anonymous != self._anonymous:
            names, other = ("names", "without") if self._anonymous else ("pseudonyms", "with")
            raise DataError(
                f"{self.folder}: its results are under {names}. Name another folder, or run {other} --anonymous."
            )
        return dict(manifest.essays), dict(manifest.sheets)

    def _write_manifest(self) -> None:
        manifest = Manifest(anonymous=self._anonymous, essays=self._essays, sheets=self._sheets)
        encoded = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1)
        self.write(self.folder / MANIFEST, encoded + b"\n")


def _strangers(folder: Path) -> Iterator[Path]:
    """What is in a folder and no run can have put there. A killed run may have left an unfinished file."""
    own = {ESSAYS, RESULTS, REPORTS, LOG}
    return (path for path in folder.iterdir() if path.name not in own and not path.name.startswith("."))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_of_file(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none."""
    try:
        return _hash(path.read_bytes())
    except OSError:
        return None
