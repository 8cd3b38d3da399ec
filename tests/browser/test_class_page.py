"""The page on a class in a browser: on a wall, on a telephone, on paper, and offline."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from essay_marker.batch.class_page import class_page
from essay_marker.records import Decision
from essay_marker.report.class_page import render_class_page

from ..batch.classes import MARKS, hostile_members, members, record

pytestmark = pytest.mark.browser

SIGNED = {"ada-lovelace-100": Decision(mark=15, signed_by="Ms Hill", signed_on="2026-11-22")}


def written(path: Path, which: str) -> Path:
    class_ = {"class": members(), "hostile": hostile_members(), "nobody": []}[which]
    alike = {} if which == "class" else {"alike": ()}
    found = record(members() if which == "nobody" else class_, **alike)
    path.write_text(render_class_page(class_page(found, class_, SIGNED)), encoding="utf-8")
    return path


def sheets(page: Page) -> list[str]:
    """The words on each sheet of paper."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("class") / "class.html", "class")


def test_no_name_is_seen_until_the_teacher_opens_her_part(page: Page) -> None:
    visible = page.locator("body").inner_text()
    assert not any(name in visible for name in MARKS)
    expect(page.get_by_text("What to teach next")).to_be_visible()
    page.locator(".teacher > summary").focus()
    page.keyboard.press("Enter")
    for name in MARKS:
        expect(page.locator(".pupils").get_by_text(name)).to_be_visible()


def test_paper_has_the_teachers_part_on_pages_of_its_own_and_only_when_it_is_open(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".teacher > summary")).to_be_hidden()
    expect(page.locator(".columns")).to_be_visible()
    assert not any(name in sheet for sheet in sheets(page) for name in MARKS)
    page.locator(".teacher").evaluate("part => { part.open = true }")
    both = sheets(page)
    first = next(number for number, sheet in enumerate(both) if "Without a mark" in sheet)  # no ligature in it
    assert not any(name in sheet for sheet in both[:first] for name in MARKS)
    assert "Themes covered and missed" not in both[first]


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_runs_out_of_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for opened in (False, True):
        page.locator(".teacher").evaluate("(part, opened) => { part.open = opened }", opened)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_chart_draws_every_mark_and_what_is_signed(page: Page) -> None:
    assert page.locator(".columns .unsigned-bar").count() == len(set(MARKS.values()) | {15})
    signed = page.locator(".columns .signed")
    expect(signed).to_have_count(1)
    box, axis = signed.bounding_box(), page.locator(".columns .axis").bounding_box()
    assert box is not None
    assert axis is not None
    assert abs(box["y"] + box["height"] - axis["y"]) < 2  # it stands on the line


@pytest.mark.parametrize("which", ["class", "hostile", "nobody"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, which: str, width: int) -> None:
    path = written(tmp_path / "class.html", which)
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    for opened in (False, True):
        page.locator("details").evaluate_all("(parts, opened) => parts.forEach(p => { p.open = opened })", opened)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    context.close()
