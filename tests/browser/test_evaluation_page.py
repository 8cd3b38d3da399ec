"""The page of an evaluation in a browser: at a desk, on a phone, by keyboard and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from essay_marker.report.evaluation import render_evaluation

from ..evaluations import evaluation

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "evaluation.html"
    path.write_text(render_evaluation(evaluation(6), "html"), encoding="utf-8")
    return path


def test_lists_are_folded_and_one_button_opens_and_closes_them_all(page: Page) -> None:
    lists, sentences = page.locator("details"), page.locator("details li:visible")
    assert lists.count() > 4
    expect(sentences).to_have_count(0)
    page.get_by_role("button", name="Open every list").click()
    expect(page.locator("details:not([open])")).to_have_count(0)
    assert sentences.count() > lists.count()
    page.get_by_role("button", name="Close every list").click()
    expect(sentences).to_have_count(0)


def test_a_number_in_a_table_leads_to_its_sentences(page: Page) -> None:
    number = page.get_by_role("link", name="6 labelled success, tagged none: read them")
    number.click()
    expect(page.locator("#s-stance-success-none li").first).to_be_visible()
    expect(page.locator("details[open]")).to_have_count(1)


def test_a_table_is_coloured_by_what_agrees_and_what_differs(page: Page) -> None:
    def colour(selector: str) -> str:
        return str(page.locator(selector).first.evaluate("cell => getComputedStyle(cell).backgroundColor"))

    table = "section.confusions article:has(h3:text-is('Side taken')) .matrix "
    clear = "rgba(0, 0, 0, 0)"
    assert len({colour(table + "td.right-3"), colour(table + "td.wrong-5"), clear}) == 3
    assert colour(table + "td.wrong-0") == clear


@pytest.mark.parametrize("width", [1280, 420, 360])
def test_nothing_runs_off_the_page_and_tables_stay_tables(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="Open every list").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    first, second = (page.locator(".matrix tbody tr").first.locator("td").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert second["x"] > first["x"]


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate("[document.activeElement.tagName, document.activeElement.className]")
        if stop[0] == "BODY":
            break
        reached.add(stop[1] or stop[0])
    else:
        pytest.fail("Tab never left the page")
    assert {"skip", "toggle", "SUMMARY", "scroll", "A"} <= reached


def test_paper_has_the_figures_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("nav, button, .skip").locator("visible=true")).to_have_count(0)
    expect(page.locator(".matrix").first).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("essays", [6, 1])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, essays: int, width: int) -> None:
    path = tmp_path / "evaluation.html"
    path.write_text(render_evaluation(evaluation(essays), "html"), encoding="utf-8")
    # axe is a script of its own, which the page's policy would not let run.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.get_by_role("button", name="Open every list").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()
