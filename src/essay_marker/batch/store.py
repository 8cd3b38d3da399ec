"""What lies in the folder of results, written so that a run can be killed at any moment and go on.

    results/ID.json    a learner's result, as ``score --format json`` prints it
    reports/ID.html    the report on it
    marksheet.xlsx     and .csv: a row a learner
    class.json         whose results these are, what was handed in besides, and which essays are alike
    manifest.json      what each result was made from
    log.jsonl          what was marked with which versions, and when; it only grows

Every file is written under another name, forced to the disk and then renamed. A result's JSON comes last: where it
is, report and manifest are there too, and the essay is finished.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from essay_marker.data import Record
from essay_marker.errors import DataError
from essay_marker.records import Result

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

RESULTS, REPORTS = "results", "reports"
MANIFEST, LOG, CLASS = "manifest.json", "log.jsonl", "class.json"
_PART = ".part"


class Made(Record, frozen=True, kw_only=True):
    """What a learner's result was made from, and the hashes of the files it was put in."""

    key: str
    result: str
    report: str | None


class Manifest(Record, frozen=True, kw_only=True):
    """``manifest.json``."""

    format: Literal[1] = 1
    anonymous: bool
    essays: dict[str, Made]


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
            self._essays = self._read_manifest() if known else {}
            for place in (folder, folder / RESULTS, folder / REPORTS):
                place.mkdir(exist_ok=True)
                for left in place.glob(f".*{_PART}"):
                    left.unlink()
            if not known:
                self._write_manifest()
        except OSError as error:
            raise DataError(f"{folder}: results cannot be written there ({error.strerror}).") from None

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

    def finished(self, id_: str, key: str) -> bool:
        """Whether there is a result made from what ``key`` stands for, unchanged and with its report."""
        made = self._essays.get(id_)
        return (
            made is not None
            and made.key == key
            and _hash_of(self.result_path(id_)) == made.result
            and (_hash_of(self.report_path(id_)) == made.report)
        )

    def put(self, id_: str, key: str, result: str, report: str | None) -> None:
        """Keep a learner's result (JSON) and report (HTML); where there is no report, none is left of earlier."""
        data, page = result.encode(), None if report is None else report.encode()
        self._remove(self.result_path(id_))
        if page is None:
            self._remove(self.report_path(id_))
        else:
            self.write(self.report_path(id_), page)
        made = Made(key=key, result=_hash(data), report=None if page is None else _hash(page))
        self._essays[id_] = made
        self._write_manifest()
        self.write(self.result_path(id_), data)

    def forget(self, id_: str) -> None:
        """Take away what there is of a learner, whose essay is another now and could not be marked."""
        for path in (self.result_path(id_), self.report_path(id_)):
            self._remove(path)
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

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise DataError(
                f"{path}: this file cannot be replaced ({error.strerror}). Close it, and run again."
            ) from None

    def _read_manifest(self) -> dict[str, Made]:
        path = self.folder / MANIFEST
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except msgspec.MsgspecError as error:
            raise DataError(f"{path}: this is no list of results ({error}). Name a new folder.") from None
        if manifest.anonymous != self._anonymous:
            names, other = ("names", "without") if self._anonymous else ("pseudonyms", "with")
            raise DataError(
                f"{self.folder}: its results are under {names}. Name another folder, or run {other} --anonymous."
            )
        return dict(manifest.essays)

    def _write_manifest(self) -> None:
        manifest = Manifest(anonymous=self._anonymous, essays=self._essays)
        encoded = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1)
        self.write(self.folder / MANIFEST, encoded + b"\n")


def _strangers(folder: Path) -> Iterator[Path]:
    """What is in a folder and no run can have put there. A killed run may have left an unfinished file."""
    own = {RESULTS, REPORTS, LOG}
    return (path for path in folder.iterdir() if path.name not in own and not path.name.startswith("."))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return None


# --- the log --------------------------------------------------------------------------------------------------------


class Log:
    """``log.jsonl``: a line for everything that happened, in the learners' order; nothing is ever changed in it."""

    def __init__(self, folder: Path) -> None:
        """Read what it says of each learner last."""
        self._path = folder / LOG
        self._last: dict[str, dict[str, Any]] = {}
        self._torn = False
        if self._path.is_file():
            data = self._path.read_bytes()
            self._torn = bool(data) and not data.endswith(b"\n")
            for line in data.splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):  # a line that a power cut left unfinished
                    entry = json.loads(line)
                    self._last[entry["id"]] = _timeless(entry)

    def add(self, entry: Mapping[str, Any], when: float, *, anew: bool) -> None:
        """Add a line, unless it says what the last one of this learner says; ``anew``: it happened again."""
        if not anew and self._last.get(entry["id"]) == _timeless(entry):
            return
        time = datetime.fromtimestamp(when, UTC).isoformat(timespec="seconds")
        line = json.dumps({"time": time, **entry}, ensure_ascii=False) + "\n"
        with self._path.open("ab") as file:
            file.write((("\n" if self._torn else "") + line).encode())
            file.flush()
            os.fsync(file.fileno())
        self._torn = False
        self._last[entry["id"]] = _timeless(entry)


def _timeless(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "time"}
