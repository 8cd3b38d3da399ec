"""OpenDocument texts: the same things as in Word documents, as that format has them."""

from __future__ import annotations

from typing import Any

import pytest

from essay_marker.documents.flow import DocumentText
from essay_marker.documents.odt import OdtParts, TextNode, walk_odt
from essay_marker.documents.package import Package
from essay_marker.errors import InputError

from .test_docx import blocks, left_out
from .writing import odt, odt_note, package


def walk(body: str, **kwargs: Any) -> DocumentText:
    return walk_odt(OdtParts.of(Package(odt(body, **kwargs), "essay.odt")))


def style(name: str, properties: str, family: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>'
    )


def test_blanks_tabs_and_lines_are_those_the_format_means() -> None:
    text = walk("<text:p>One\n   two<text:s text:c='2'/>three<text:tab/>four<text:line-break/>five</text:p>")
    assert text.text == "One two  three\tfour\nfive"


def test_notes_stand_at_the_end() -> None:
    text = walk(
        f"<text:p>First.{odt_note('1', 'Adams & Co.')} Second.{odt_note('i', 'Brown.', 'endnote')}</text:p>"
        "<text:p>Third.</text:p>"
    )
    assert text.text == "First.[1] Second.[2]\n\nThird.\n\n[1] Adams & Co.\n[2] Brown."


def test_tracked_deletions_are_out_and_insertions_in() -> None:
    text = walk(
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/><text:p>gone for good</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>It <text:change text:change-id='a'/><text:change-start/>really <text:change-end/>met.</text:p>"
    )
    assert text.text == "It really met."
    assert left_out(text) == {"deleted-text": 3}


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ('text:display="none"', "hidden-text"),
        ('fo:color="#ffffff"', "white-text"),
        ('fo:color="#fafafa"', "white-text"),
        ('fo:color="#000000" fo:background-color="#000000"', "white-text"),
        ('fo:font-size="1pt"', "tiny-text"),
        ('fo:font-size="0.5mm"', "tiny-text"),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_counted(properties: str, code: str) -> None:
    text = walk(
        "<text:p>Seen<text:span text:style-name='T1'> and four planted words</text:span> again.</text:p>",
        automatic=style("T1", properties),
    )
    assert text.text == "Seen again."
    assert left_out(text) == {code: 4}


def test_hidden_paragraphs_and_sections_are_left_out_and_what_is_inherited_counts() -> None:
    text = walk(
        "<text:p text:style-name='P1'>two words</text:p>"
        "<text:section text:display='none'><text:p>three more words</text:p></text:section>"
        "<text:p><text:hidden-paragraph text:is-hidden='true'/>one</text:p><text:p>Seen.</text:p>",
        automatic='<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Secret"/>',
        styles=style("Secret", 'text:display="none"', "paragraph"),
    )
    assert text.text == "Seen."
    assert left_out(text) == {"hidden-text": 6}


def test_white_words_on_dark_are_seen() -> None:
    text = walk(
        "<text:p><text:span text:style-name='T1'>Seen</text:span></text:p>",
        automatic=style("T1", 'fo:color="#ffffff" fo:background-color="#000080"'),
    )
    assert text.text == "Seen"


def test_lists_headings_tables_and_boxes() -> None:
    number = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet '
        'text:level="1"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    text = walk(
        "<text:h>Title</text:h>"
        f"<text:list text:style-name='L1'>{item.format('one')}{item.format('two')}</text:list>"
        f"<text:list text:style-name='L2'>{item.format('point')}</text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>1956</text:p></table:table-cell>"
        "<table:table-cell><text:p>2,500</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Beside.<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame></text:p>",
        automatic=number,
    )
    assert blocks(text) == ["Title", "1. one", "2. two", "point", "1956 | 2,500", "Beside.", "In the box."]
    assert [block.kind for block in text.blocks][:4] == ["heading", "prose", "prose", "item"]


def test_what_is_no_word_of_the_text_is_left_out() -> None:
    text = walk(
        "<text:table-of-content><text:index-body><text:p>Terror 1</text:p></text:index-body></text:table-of-content>"
        "<text:p>A<office:annotation><text:p>Really?</text:p></office:annotation> word<text:page-number>3"
        "</text:page-number>.</text:p>",
        masters="<style:master-page><style:header><text:p>A. Pupil</text:p></style:header></style:master-page>",
    )
    assert text.text == "A word."
    assert left_out(text) == {"contents": 1, "comments": 1, "page-margins": 1}


def test_every_character_that_the_document_holds_is_found_in_its_place() -> None:
    text = walk("<text:p>One  two<text:span> three</text:span> four.</text:p>")
    for index, character in enumerate(text.text):
        place = text.place(index)
        assert place is not None
        node, offset = place
        assert isinstance(node, TextNode)
        held = node.element.tail if node.tail else node.element.text
        assert held[offset] == character


def test_a_package_without_a_text_is_refused() -> None:
    with pytest.raises(InputError, match="without a text"):
        OdtParts.of(Package(package({"content.xml": "<x/>"}), "essay.odt"))
