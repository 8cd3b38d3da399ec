"""Web pages: what a browser shows of them, with the notes of every program that writes such pages."""

from __future__ import annotations

import codecs

import pytest

from essay_marker.documents.flow import DocumentText
from essay_marker.errors import InputError
from essay_marker.read import html as reader
from essay_marker.read.html import read_html


def read(body: str, head: str = "") -> DocumentText:
    page = f"<!DOCTYPE html><html><head><title>No word</title>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "essay.html")


def blocks(text: DocumentText) -> list[str]:
    return [text.text[block.start : block.end].strip() for block in text.blocks]


def left_out(text: DocumentText) -> dict[str, int]:
    return {code: count for code, count in text.counts.items() if count}


def test_blocks_are_paragraphs_whether_or_not_they_are_closed() -> None:
    text = read("<h1>Title</h1><p>One\n  <b>two</b>&nbsp;three<p>Four<br>five<div>Six<div>seven</div>eight</div>")
    assert blocks(text) == ["Title", "One two\u00a0three", "Four\nfive", "Six", "seven", "eight"]
    assert text.blocks[0].kind == "heading"


def test_lists_and_tables() -> None:
    text = read(
        "<ul><li>point</li><li><p>another</p></li></ul><ol start=3><li>three<li>four</ol>"
        "<table><tr><th>Year<th>Deaths<tr><td>1956<td>2,500</table>"
    )
    assert blocks(text) == ["point", "another", "3. three", "4. four", "Year | Deaths", "1956 | 2,500"]
    assert [block.kind for block in text.blocks][:3] == ["item", "item", "prose"]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        (
            '<sup><a href="#ftnt{0}" id="ftnt_ref{0}">[{0}]</a></sup>',
            '<div><p><a href="#ftnt_ref{0}" id="ftnt{0}">[{0}]</a> {1}</p></div>',
        ),
        (
            '<a style="mso-footnote-id:ftn{0}" href="#_ftn{0}" name="_ftnref{0}"><span><sup>[{0}]</sup></span></a>',
            '<div id=ftn{0}><p><a href="#_ftnref{0}" name="_ftn{0}"><sup>[{0}]</sup></a> {1}</p></div>',
        ),
        (
            '<a class="sdfootnoteanc" name="sdfootnote{0}anc" href="#sdfootnote{0}sym"><sup>{0}</sup></a>',
            '<div id="sdfootnote{0}"><p><a name="sdfootnote{0}sym" href="#sdfootnote{0}anc">{0}</a> {1}</p></div>',
        ),
        (
            '<a href="#fn{0}" class="footnote-ref" id="fnref{0}"><sup>{0}</sup></a>',
            '<ol><li id="fn{0}"><p>{1} <a href="#fnref{0}">↩︎</a></p></li></ol>',
        ),
    ],
    ids=["Google Docs", "Word", "LibreOffice", "pandoc"],
)
def test_notes_of_every_program(reference: str, note: str) -> None:
    text = read(
        f"<p>First.{reference.format(1)} Second.{reference.format(2)}</p><hr>"
        + note.format(1, "Adams, p. 3.")
        + note.format(2, "Brown.")
    )
    assert [line.split() for line in text.text[: text.notes_at].splitlines()] == [["First.[1]", "Second.[2]"]]
    assert [line.split() for line in text.text[text.notes_at :].split("\n") if line] == [
        ["[1]", "Adams,", "p.", "3."],
        ["[2]", "Brown."],
    ]


def test_links_that_lead_elsewhere_keep_their_words() -> None:
    assert read('<p>See <a href="#part2">2</a> and <a href="http://x">there</a>.').text == "See 2 and there."


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("display:none", "hidden-text"),
        ("visibility: hidden !important", "hidden-text"),
        ("opacity:0", "hidden-text"),
        ("mso-hide:all", "hidden-text"),
        ("height:0;overflow:hidden", "hidden-text"),
        ("color:white", "white-text"),
        ("color:#fefefe", "white-text"),
        ("color:rgb(250, 250, 250)", "white-text"),
        ("color:transparent", "white-text"),
        ("color:black;background:black", "white-text"),
        ("font-size:1px", "tiny-text"),
        ("font-size:0", "tiny-text"),
        ("font-size:5%", "tiny-text"),
        ("position:absolute;left:-9999px", "off-page-text"),
        ("text-indent:-1000em", "off-page-text"),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_counted(style: str, code: str) -> None:
    planted = "and <b>four</b> planted words"
    inline = read(f'<p>Seen <span style="{style}">{planted}</span> again.</p>')
    by_class = read(
        f"<p>Seen <span class='a x'>{planted}</span> again.", f"<style>/* }} */ p,.x{{}} .x {{{style}}}</style>"
    )
    for text in (inline, by_class):
        assert text.text.split() == ["Seen", "again."]
        assert left_out(text) == {code: 4}


def test_what_is_seen_stays() -> None:
    text = read(
        '<p style="background:#003; color:#fff">White <span style="background:transparent">on dark.</span></p>'
        '<p style="font-size:0.8em">Small.</p><div style="text-indent:-36pt">Hanging.</div>'
        '<table><tr bgcolor=navy><td style="color:white">Head</table>'
    )
    assert blocks(text) == ["White on dark.", "Small.", "Hanging.", "Head"]
    assert not left_out(text)


def test_crossings_out_tracked_deletions_and_raised_figures() -> None:
    text = read('<p>It was <s>bad</s> <del datetime="2026">never</del> good.<sup>1</sup> The 20<sup>th</sup></p>')
    assert text.text == "It was ~~bad~~  good.¹ The 20th"
    assert left_out(text) == {"deleted-text": 1}


def test_scripts_and_the_like_are_no_words() -> None:
    assert read("<script>no()</script><style>p{}</style><p>Words<!-- no --></p><noscript>no</noscript>").text == "Words"


@pytest.mark.parametrize(
    "data",
    [
        "<p>Café’s</p>".encode(),
        codecs.BOM_UTF8 + "<p>Café’s</p>".encode(),
        codecs.BOM_UTF16_LE + "<p>Café’s</p>".encode("utf-16-le"),
        "<p>Café’s</p>".encode("cp1252"),
        '<meta charset="iso-8859-1"><p>Café’s</p>'.encode("cp1252"),
        '<meta http-equiv=x content="text/html; charset=macroman"><p>Café’s</p>'.encode("mac-roman"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read_html(data, "x").text == "Café’s"


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000 + "x",
        "<a " * 50_000,
        "<!--" * 50_000,
        "<a b='" * 50_000,
        "<li>" * 10_000,
        "<table>" * 500,
        "<style>" + "/*" * 50_000 + "a{" * 50_000,
    ],
)
def test_hostile_pages_end_in_time_and_without_a_traceback(text: str) -> None:
    assert isinstance(read_html(text.encode(), "x"), DocumentText)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ELEMENTS", 100)
    with pytest.raises(InputError, match="far more parts"):
        read("<br>" * 200)
    monkeypatch.setattr(reader, "MAX_PAGE", 100)
    with pytest.raises(InputError, match="too large"):
        read("a" * 200)
