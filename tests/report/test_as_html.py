"""The HTML report as a file; ``tests/browser`` looks at it in a browser."""

from __future__ import annotations

import itertools
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import msgspec

from essay_marker.records import Result
from essay_marker.report import render

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """What tests ask of a page: every element with its attributes, and the essay's words as a reader copies them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append("words" if attributes.get("class") == "words" else tag)
            if attributes.get("class") == "words":
                self.words.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop()
        assert opened == tag or (opened, tag) == ("words", "p"), f"<{opened}> closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if "words" in self.open:
            self.words[-1] += data

    def attributes(self, name: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(name)) is not None]


def test_the_page_shows_the_whole_essay_and_nothing_else_as_its_words(realistic: Result, hostile: Result) -> None:
    for result in (realistic, hostile):
        words = " ".join(Page(render(result, "html")).words)
        assert words.replace("\ufffd", "").split() == re.sub("[\x1b\u202e]", "", result.essay.text).split()


def test_elements_are_closed_and_ids_are_unique(realistic: Result, hostile: Result, empty: Result) -> None:
    for result in (realistic, hostile, empty):
        page = Page(render(result, "html"))
        assert page.open == []
        ids = page.attributes("id")
        assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_place_in_the_page(realistic: Result, hostile: Result) -> None:
    for result in (realistic, hostile):
        page = Page(render(result, "html"))
        places = {f"#{name}" for name in page.attributes("id")}
        links = page.attributes("href")
        assert links
        assert set(links) <= places
        assert not page.attributes("src")


def test_the_policy_allows_our_style_and_script_by_hash_and_nothing_else(realistic: Result) -> None:
    report = render(realistic, "html")
    page = Page(report)
    (policy,) = (found["content"] for tag, found in page.elements if tag == "meta" and "http-equiv" in found)
    assert policy is not None
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", report, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    names = {name for _, found in page.elements for name in found}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_nothing_in_the_essay_is_markup(hostile: Result) -> None:
    report = render(hostile, "html")
    assert report.count("<script") == 1
    assert "&lt;script&gt;alert(" in report


def test_headings_go_down_one_step_at_a_time(realistic: Result) -> None:
    steps = [int(tag[1]) for tag, _ in Page(render(realistic, "html")).elements if re.fullmatch("h[1-6]", tag)]
    assert steps[0] == 1
    assert steps.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(steps))


def test_markers_and_comments_lead_to_each_other(realistic: Result) -> None:
    page = Page(render(realistic, "html"))
    markers = [found for _, found in page.elements if found.get("class") == "marker"]
    backs = [found for _, found in page.elements if found.get("class") == "back"]
    assert [found["href"] for found in markers] == [f"#{found['id']}" for found in backs]
    assert [found["href"] for found in backs] == [f"#{found['id']}" for found in markers]
    assert len(markers) > 10


def test_a_sentence_shows_all_its_themes_and_a_judgement(realistic: Result) -> None:
    page = Page(render(realistic, "html"))
    assert "Te + Le" in page.attributes("data-th")
    assert "claim, judgement" in page.attributes("data-ro")


def test_a_theme_that_the_topic_does_not_list_is_no_error(realistic: Result) -> None:
    assert 'data-th="terror"' in render(msgspec.structs.replace(realistic, themes=()), "html")
