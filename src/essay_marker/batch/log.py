"""``log.jsonl``: a line for everything that happened; nothing is ever changed in it.

Every line has a hash of itself and of the line before, so that a line which was changed, moved or taken out from
between others is noticed. The hash leaves the time out: a run that was killed and went on leaves the lines of one that
was not.
It is no signature, since whoever knows this can write the whole file anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

LOG = "log.jsonl"
#: What a line is about: how an essay was marked, what the teacher decided on it, or the whole class.
About = Literal["marking", "decision", "class"]


class Line(NamedTuple):
    """A line of the log, from 1; no entry where it is none, as a power cut leaves one."""

    number: int
    entry: dict[str, Any] | None


def read_log(folder: Path) -> list[Line]:
    """The lines of a folder's log, none where there is no log."""
    path = folder / LOG
    lines = path.read_bytes().splitlines() if path.is_file() else []
    return [Line(number, _entry(line)) for number, line in enumerate(lines, 1) if line.strip()]


def about(entry: Mapping[str, Any]) -> About:
    """What a line is about."""
    if "after" in entry:
        return "decision"
    return "class" if "blind" in entry else "marking"


def chained(before: str, entry: Mapping[str, Any]) -> str:
    """The hash of a line: of what it says but for its time, and of the hash of the line before ("" for the first)."""
    said = {key: value for key, value in _timeless(entry).items() if key != "chain"}
    return hashlib.sha256(json.dumps([before, said], sort_keys=True).encode()).hexdigest()


class Log:
    """The log of a folder, to add to."""

    def __init__(self, folder: Path) -> None:
        """Read what it says of each learner last."""
        self._path = folder / LOG
        self._last: dict[tuple[str, About], dict[str, Any]] = {}
        self._chain = ""
        for line in read_log(folder):
            if line.entry is not None:
                self._remember(line.entry)
        data = self._path.read_bytes() if self._path.is_file() else b""
        self._torn = bool(data) and not data.endswith(b"\n")

    def last(self, id_: str, what: About) -> dict[str, Any] | None:
        """What the last line about this says, without its time."""
        return self._last.get((id_, what))

    def add(self, entry: Mapping[str, Any], when: float, *, anew: bool) -> None:
        """Add a line, unless it says what the last one about the same says; ``anew``: it happened again."""
        said = _plain(entry)
        if not anew and self._last.get((said["id"], about(said))) == said:
            return
        time = datetime.fromtimestamp(when, UTC).isoformat(timespec="seconds")
        whole = {"time": time, **said, "chain": chained(self._chain, said)}
        line = json.dumps(whole, ensure_ascii=False) + "\n"
        with self._path.open("ab") as file:
            file.write((("\n" if self._torn else "") + line).encode())
            file.flush()
            os.fsync(file.fileno())
        self._torn = False
        self._remember(whole)

    def _remember(self, entry: dict[str, Any]) -> None:
        self._chain = str(entry.get("chain", self._chain))
        self._last[entry["id"], about(entry)] = {k: v for k, v in _timeless(entry).items() if k != "chain"}


def _entry(line: bytes) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError, RecursionError):
        entry = json.loads(line)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            return entry
    return None


def _timeless(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "time"}


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as it is read back."""
    plain: dict[str, Any] = json.loads(json.dumps(entry))
    return plain
