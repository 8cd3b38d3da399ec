"""Pages in the browser that may ask for nothing but themselves."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page


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
