"""What the criteria see in each exemplar when its sentences are tagged by a model that had not seen it.

A model knows the exemplars it was trained on too well: what it says of them is no measure of what it says of an essay.
Thresholds are fitted on these values, and an essay's nearest exemplars are found by them.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from essay_marker.data import Record, load_json
from essay_marker.resources import models_dir


class HeldOutValues(Record, frozen=True, kw_only=True):
    """``heldout.json``: every criterion's value for each exemplar; ``model`` is the hash of the model beside it."""

    topic: str
    rubric: str
    model: str
    essays: dict[str, dict[str, float]]


def heldout_path(topic_id: str, folder: Path | None = None) -> Path:
    """Where a topic's held-out values lie: beside its model, in ``folder`` or among the program's models."""
    return (folder or models_dir()) / topic_id / "heldout.json"


def load_heldout(topic_id: str) -> HeldOutValues | None:
    """The held-out values of a topic; None where there are none. `DataError` where the file is wrong."""
    path = heldout_path(topic_id)
    return load_json(path, HeldOutValues) if path.is_file() else None


def heldout_text(values: HeldOutValues) -> str:
    """``values`` as the text of their file."""
    return json.dumps(msgspec.to_builtins(values), indent=1, sort_keys=True) + "\n"
