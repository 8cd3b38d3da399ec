"""The HTML report in a browser: what a teacher does with it, by mouse, by keyboard, on paper and offline."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from essay_marker.report import render

pytestmark = pytest.mark.browser

LAYERS = ("theme", "role", "stance", "use", "plain")
SOME_WORDS = "In Hungary the speech was read as permission"


@pytest.fixture(scope="module")
def report(building: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(building.realistic(), "html"), encoding="utf-8")
    return path


def background(page: Page, words: str) -> str:
    found = page.locator(".words .s", has_text=words).first
    return str(found.evaluate("element => getComputedStyle(element).backgroundColor"))


def label(page: Page, words: str) -> str:
    found = page.locator(".words .s", has_text=words).first
    return str(found.evaluate("element => getComputedStyle(element, '::before').content"))


def test_a_layer_colours_and_labels_the_words(page: Page) -> None:
    seen = {}
    for layer in LAYERS:
        page.check(f"#layer-{layer}")
        seen[layer] = (background(page, SOME_WORDS), label(page, SOME_WORDS))
    assert seen["theme"][1] == '"Fo"'
    assert seen["role"][1] == '"evidence"'
    assert seen["stance"][1] == '"limits"'
    clear = "rgba(0, 0, 0, 0)"
    assert seen["use"] == seen["plain"] == (clear, "none")
    assert clear not in {seen[layer][0] for layer in ("theme", "role", "stance")}
    assert len({seen[layer][0] for layer in ("theme", "stance")}) == 2


def test_each_layer_shows_its_own_legend(page: Page) -> None:
    for layer in LAYERS:
        page.check(f"#layer-{layer}")
        legends = page.locator(".legend:visible")
        expect(legends).to_have_count(0 if layer == "plain" else 1)
        if layer != "plain":
            expect(legends).to_have_class(f"legend for-{layer}")


def test_the_essay_can_be_copied_without_labels_and_numbers(page: Page, building: ModuleType) -> None:
    words = page.locator(".words").evaluate_all("blocks => blocks.map(block => block.textContent).join(' ')")
    assert words.split() == building.TEXT.split()


def test_the_working_is_folded_on_the_screen_and_open_on_paper(page: Page) -> None:
    working = page.locator("details.working")
    assert working.count() > 0
    for said, opened in (("", 0), ("beforeprint", working.count()), ("afterprint", 0)):
        if said:
            page.evaluate("said => dispatchEvent(new Event(said))", said)
        expect(page.locator("details.working[open]")).to_have_count(opened)


def test_a_comment_is_read_and_left_again(page: Page) -> None:
    page.locator(".marker").nth(4).click()
    back = page.locator("#c5")
    expect(back).to_be_focused()
    expect(page.locator(".comments li[data-c='5']")).to_contain_text("appeared in November 1962")
    back.click()
    expect(page.locator("#m5")).to_be_focused()


def test_words_and_comment_light_up_together(page: Page) -> None:
    words = page.locator(".words .s[data-c='5']")
    comment = page.locator(".comments li[data-c='5']")
    comment.hover()
    expect(words.first).to_have_class(words.first.get_attribute("class") or "")
    assert "lit" in (words.first.get_attribute("class") or "").split()
    page.locator("h1").hover()
    assert "lit" not in (words.first.get_attribute("class") or "").split()
    page.locator("#m5").focus()
    assert "lit" in (comment.get_attribute("class") or "").split()


def test_comments_stand_beside_their_words_on_a_wide_screen_and_below_on_a_narrow_one(page: Page) -> None:
    words, comments = page.locator(".block.paragraph").nth(1).locator("> *").all()
    wide = words.bounding_box(), comments.bounding_box()
    page.set_viewport_size({"width": 420, "height": 900})
    narrow = words.bounding_box(), comments.bounding_box()
    assert wide[0] and wide[1] and narrow[0] and narrow[1]
    assert wide[1]["x"] > wide[0]["x"] + wide[0]["width"]
    assert abs(wide[1]["y"] - wide[0]["y"]) < 20
    assert narrow[1]["y"] > narrow[0]["y"] + narrow[0]["height"] - 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_everything_is_reached_and_worked_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.id || e.className || e.tagName, s.outlineStyle, s.outlineWidth]; })()"
        )
        if stop[0] == "BODY":
            break
        assert stop[1:] == ["solid", "3px"], stop
        reached.add(stop[0])
        if stop[0] == "layer-theme":
            page.keyboard.press("ArrowRight")
            assert page.locator("#layer-role").is_checked()
    else:
        pytest.fail("Tab never left the page")
    links = page.locator("main a:visible")
    assert {"show-comments", "layer-theme", "m1", "c1", "where"} <= reached
    assert links.count() > 60


def test_the_mark_can_be_hidden_before_a_pupil_sees_the_report(page: Page) -> None:
    page.uncheck("#show-mark")
    expect(page.locator(".is-mark:visible")).to_have_count(0)
    visible = page.locator("body").inner_text()
    assert "14 of 20" not in visible
    assert "Level 4" not in visible
    assert "Not final until a teacher has signed." in visible


def test_comments_can_be_hidden(page: Page) -> None:
    page.uncheck("#show-comments")
    expect(page.locator(".comments:visible")).to_have_count(0)
    expect(page.locator(".marker:visible")).to_have_count(0)


def test_paper_has_comments_and_a_line_to_sign_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("nav, fieldset, input, .skip").locator("visible=true")).to_have_count(0)
    expect(page.locator(".signing")).to_be_visible()
    expect(page.locator(".comments").first).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("which", ["realistic", "empty", "hostile"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(browser: Browser, building: ModuleType, tmp_path: Path, which: str, width: int) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(getattr(building, which)(), "html"), encoding="utf-8")
    # axe is a script of its own, which the page's policy would not let run.
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    for layer in LAYERS if which == "realistic" else ("theme",):
        if which != "empty":
            page.check(f"#layer-{layer}")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    context.close()


def test_an_essay_that_is_a_script_does_nothing(browser: Browser, building: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(building.hostile(), "html"), encoding="utf-8")
    page = browser.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    page.goto(path.as_uri())
    assert alarms == []
    page.close()
