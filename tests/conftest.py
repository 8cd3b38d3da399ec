"""What tests of every part share. See ``pyproject.toml`` for the markers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from essay_marker.annotate import Annotator
    from essay_marker.pipeline import Marker

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def exemplars() -> Path:
    """The essays that ship with the project."""
    return ROOT / "corpus" / "khrushchev-destalinisation" / "exemplars"


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment for a command in a process of its own: the checkout's source, nothing that changes its looks."""
    unwanted = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "ESSAY_MARKER_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring data: ``ESSAY_MARKER_SHARED``, else the folder ``shared`` beside the checkout.

    They are not part of the project, so a clean clone has none; what needs them is skipped, and says so.
    """
    folder = Path(os.environ.get("ESSAY_MARKER_SHARED", ROOT / "../shared")).resolve()
    if not (folder / "gold").is_dir() or not (folder / "seeds").is_dir():
        pytest.skip(f"NOT MEASURED: no measuring data in {folder}; set ESSAY_MARKER_SHARED to their folder")
    return folder


@pytest.fixture(scope="session")
def marker() -> Marker:
    """The real program with the topic and rubric that are its defaults. Loaded once, when first asked for."""
    from essay_marker.pipeline import Marker

    from .remembering import remember_vectors

    remember_vectors()
    return Marker("khrushchev-destalinisation", "edexcel-9hi0-essay")


@pytest.fixture(scope="session")
def by_patterns() -> Annotator:
    """An annotator whose sentences are tagged by patterns alone. Loaded once, when first asked for."""
    from essay_marker.annotate import Annotator

    return Annotator("khrushchev-destalinisation", use_model=False)


@pytest.fixture(scope="session")
def benchmark() -> Callable[[str], ModuleType]:
    """Gives a benchmark by its name; they are scripts and no package, so each is loaded from its file."""

    def load(name: str) -> ModuleType:
        spec = spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests, the system's own Chromium: from ``ESSAY_MARKER_CHROMIUM`` or the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("ESSAY_MARKER_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(
            "NOT TESTED IN A BROWSER: no Chromium on the path; install it (apt-get install chromium)"
            " or set ESSAY_MARKER_CHROMIUM to it"
        )
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
