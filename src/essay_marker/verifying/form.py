"""Whether what was handed in is a result: JSON with every field that a result has and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from essay_marker.errors import InputError
from essay_marker.records import SCHEMA_VERSION, Result, digest
from essay_marker.verifying.faults import Fault, below

_PLACE = re.compile(r"^(?P<what>.*?) - at `\$\.?(?P<path>.*)`$", re.DOTALL)


def results_in(data: bytes, name: str) -> list[Any]:
    """The JSON values in a file that ``score --format json`` wrote: one, or one a line.

    Raises:
        InputError: It holds no JSON, or none at all.
    """
    try:
        return [_decoded(data, name)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2:
            raise InputError(f"{name} is no JSON ({error}). Give a file written by score --format json.") from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(_decoded(line, f"{name}, line {number}"))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"{name} is neither one JSON object nor one a line: line {number} is none ({error})."
                " Give a file written by score --format json."
            ) from None
    return found


def _decoded(data: bytes, where: str) -> Any:
    """The JSON value; `InputError` where a key stands twice, so that one reader would see this and another that."""
    value = msgspec.json.decode(data)

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise InputError(f"{where}: the key “{twice}” stands twice in one object. The program writes no such file.")
        return dict(pairs)

    json.loads(data, object_pairs_hook=table)
    return value


def read_results(path: Path) -> list[Any]:
    """The same for a file; `InputError` where it cannot be read."""
    try:
        return results_in(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path} could not be opened ({error.strerror}). Check the name.") from None


def result_of(raw: Any) -> tuple[Result | None, list[Fault]]:
    """The result that a JSON value is, and what is wrong with its form; no result where it is none."""
    if not isinstance(raw, dict):
        return None, [Fault("", "This is no result: a result is a JSON object, as score --format json writes it.")]
    version = raw.get("schema_version")
    if version != SCHEMA_VERSION:
        return None, [
            Fault("schema_version", f"this program reads version {SCHEMA_VERSION} of the form; here stands {version!r}")
        ]
    try:
        result = msgspec.convert(raw, Result)
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        what, path = (found["what"], found["path"]) if found else (str(error), "")
        return None, [Fault(path, f"no result has this here ({what})")]
    faults = list(_fields(raw, msgspec.to_builtins(result), ""))
    if not result.sha256:
        faults.append(
            Fault("sha256", "the result has no hash of its own; it was written by an older version, or edited")
        )
    elif result.sha256 != digest(result):
        faults.append(
            Fault("sha256", "the result was changed after it was written: its hash is not that of what stands in it")
        )
    return result, faults


def _fields(raw: Any, known: Any, path: str) -> Iterator[Fault]:
    """Fields of ``raw`` that no result has, and those that it lacks."""
    if raw == known:
        return
    if isinstance(raw, dict) and isinstance(known, dict):
        for key in raw:
            if key not in known:
                yield Fault(below(path, key), "a result has no such field")
        for key, value in known.items():
            if key not in raw:
                yield Fault(below(path, key), "the field is missing")
            else:
                yield from _fields(raw[key], value, below(path, key))
    elif isinstance(raw, list) and isinstance(known, list | tuple):
        for index, (item, value) in enumerate(zip(raw, known, strict=True)):
            yield from _fields(item, value, f"{path}[{index}]")
