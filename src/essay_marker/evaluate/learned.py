"""Which essays the taggers learned from: figures on those are too good to be told without a warning."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from essay_marker.data import load_json


class _Model(msgspec.Struct, frozen=True, kw_only=True):
    """What of a ``model.json`` matters here."""

    sha256: str = ""
    trained_on: dict[str, str] = {}


def trained_on(models: Path, used: Collection[str]) -> dict[str, str]:
    """The essays that taggers learned from: by id, the SHA-256 of each text file's bytes.

    Args:
        models: The folder of the taggers, each a folder with a ``model.json``.
        used: The hashes of the taggers used, as ``Result.program.models`` has them; others are passed over.

    Raises:
        DataError: A ``model.json`` cannot be read.
    """
    seen: dict[str, str] = {}
    for file in sorted(models.glob("*/model.json")):
        model = load_json(file, _Model)
        if model.sha256 in used:
            seen |= model.trained_on
    return seen
