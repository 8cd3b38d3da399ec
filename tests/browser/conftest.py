"""One browser for all tests, the system's own Chromium, and pages that allow no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def building() -> ModuleType:
    """The hand-built results of the report stage's tests."""
    path = Path(__file__).resolve().parents[1] / "report" / "building.py"
    spec = spec_from_file_location("report_building", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from ``ESSAY_MARKER_CHROMIUM`` or the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("ESSAY_MARKER_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(
            "NOT TESTED IN A BROWSER: no Chromium on the path; install it (apt-get install chromium)"
            " or set ESSAY_MARKER_CHROMIUM to it"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The page that a test module calls ``report``, opened; it may neither complain nor ask for anything but itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if request.url != report.as_uri() else None)
    page.goto(report.as_uri())
    yield page
    context.close()
    assert complaints == []
