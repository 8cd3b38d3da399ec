"""A signed report in a browser: the teacher's mark and comment as she wrote it, on screen and on paper."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from essay_marker.records import Decision
from essay_marker.report import render

pytestmark = pytest.mark.browser

SIGNED = Decision(
    mark=16,
    comment='Weigh the economy.\nAnd <img src="x" onerror="document.title=1"> too.',
    signed_by="Ms J. Hill",
    signed_on="2026-11-22",
)


@pytest.fixture(scope="module")
def report(building: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signed") / "report.html"
    path.write_text(render(building.realistic(), "html", decision=SIGNED), encoding="utf-8")
    return path


def test_mark_signature_and_comment_are_read_at_the_top(page: Page) -> None:
    expect(page.locator(".verdict .mark")).to_have_text("Signed by Ms J. Hill, 22 November 2026: 16 of 20.")
    expect(page.locator(".verdict")).to_contain_text("The program had proposed 14 (12 to 16).")
    comment = page.locator(".teacher-says p").last
    assert comment.inner_text() == 'Weigh the economy.\nAnd <img src="x" onerror="document.title=1"> too.'


def test_her_mark_can_be_hidden_like_the_programs(page: Page) -> None:
    page.uncheck("#show-mark")
    expect(page.locator(".verdict .mark")).to_be_hidden()
    expect(page.locator(".teacher-says")).to_be_visible()


def test_on_paper_the_lines_for_the_signature_are_filled_in(page: Page) -> None:
    expect(page.locator(".signing")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".signing dd")).to_have_text(["16", "Ms J. Hill", "22 November 2026"])
    expect(page.locator(".signing")).to_be_visible()


def test_axe_finds_nothing_wrong(browser: Browser, report: Path) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(report.as_uri())
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()
