"""Where the program's data lies: rubrics, topics and models.

In a checkout they are the folders beside ``pyproject.toml``; in an installed wheel, a copy inside the package. A
checkout wins, because an editable install leaves a stale copy behind.
"""

from __future__ import annotations

from pathlib import Path

from essay_marker.errors import DataError

#: The topic and the mark scheme where none is named.
DEFAULT_TOPIC = "khrushchev-destalinisation"
DEFAULT_RUBRIC = "edexcel-9hi0-essay"

_CHECKOUT = Path(__file__).resolve().parents[2]
_COPY = "_data"  # where the wheel puts the folders, inside the package


def data_root() -> Path:
    """The folder that holds ``rubrics/``, ``corpus/`` and ``models/``."""
    if (_CHECKOUT / "pyproject.toml").is_file() and _has_data(_CHECKOUT):
        return _CHECKOUT
    copy = _installed()
    if copy is not None and _has_data(copy):
        return copy
    raise DataError(
        "The program's rubrics and topics are missing: they are neither in the checkout "
        f"({_CHECKOUT}) nor in the installed package ({copy or 'which is not a folder'}). Install essay-marker again."
    )


def rubrics_dir() -> Path:
    """The folder of the mark schemes."""
    return _folder("rubrics")


def corpus_dir() -> Path:
    """The folder of the topics."""
    return _folder("corpus")


def models_dir() -> Path:
    """The folder of the taggers' coefficients."""
    return _folder("models")


def _has_data(root: Path) -> bool:
    return (root / "rubrics").is_dir() and (root / "corpus").is_dir()


def _installed() -> Path | None:
    """The wheel's copy; none where the package is not unpacked in a folder (a zipped application)."""
    from importlib.resources import files  # costs some milliseconds, and a checkout never needs it

    copy = files("essay_marker") / _COPY
    return copy if isinstance(copy, Path) else None


def _folder(name: str) -> Path:
    folder = data_root() / name
    if not folder.is_dir():
        raise DataError(f"{folder}: the program's {name} are missing. Install essay-marker again.")
    return folder
