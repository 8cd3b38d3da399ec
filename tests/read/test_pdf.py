"""PDF: lines, raised figures, notes at the foot, what nobody sees, scans, and limits."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from essay_marker.documents.flow import DocumentText
from essay_marker.errors import InputError
from essay_marker.read import pdf as reader
from essay_marker.read import read_bytes
from essay_marker.read.pdf import read_pdf

from ..documents.writing import new_pdf
from .building import FIRST, LAST, SECOND, repaired, said


def page(write: Callable[[Any], None], *, pages: int = 1) -> bytes:
    """A PDF on each of whose pages ``write`` has written."""
    pdf = new_pdf()
    pdf.set_font("helvetica", size=12)
    for _ in range(pages):
        pdf.add_page()
        write(pdf)
    return bytes(pdf.output())


def read(data: bytes) -> DocumentText:
    return read_pdf(data, "essay.pdf")


def left_out(text: DocumentText) -> dict[str, int]:
    return {code: count for code, count in text.counts.items() if count}


def picture(pdf: Any) -> None:
    from PIL import Image

    pdf.image(Image.new("RGB", (60, 80), "grey"), x=0, y=0, w=pdf.w, h=pdf.h)


def test_wrapped_lines_become_paragraphs() -> None:
    def write(pdf: Any) -> None:
        for text in (FIRST, SECOND, LAST):
            pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(5)

    essay = read_bytes(page(write), "essay.pdf")
    assert said(essay, essay.paragraphs) == [FIRST, SECOND, LAST]


def test_paragraphs_that_only_an_indent_shows() -> None:
    def write(pdf: Any) -> None:
        for text in (FIRST, SECOND, LAST, FIRST, SECOND):
            pdf.set_x(37)
            pdf.write(6, text)
            pdf.ln(6)

    essay = read_bytes(page(write), "essay.pdf")
    assert said(essay, essay.paragraphs) == [FIRST, SECOND, LAST, FIRST, SECOND]


def test_notes_at_the_foot_of_pages_are_moved_and_their_marks_found() -> None:
    def write(pdf: Any) -> None:
        number = 2 * pdf.page_no() - 1
        pdf.write(7, "The council")
        for mark, words in ((number, " met."), (number + 1, " And so it was that nothing came of it in the end.")):
            pdf.char_vpos = "SUP"
            pdf.write(7, str(mark))
            pdf.char_vpos = "LINE"
            pdf.write(7, words)
        pdf.set_y(200)
        pdf.set_font("helvetica", size=9)
        pdf.multi_cell(0, 4, f"{number} Adams, p. {number}.\n{number + 1} Brown, K., The Reform\n(1956), pp. 3-4.")
        pdf.set_font("helvetica", size=12)
        pdf.set_y(280)
        pdf.set_auto_page_break(False)
        pdf.cell(0, 5, f"{pdf.page_no()}", align="C")

    essay = read_bytes(page(write, pages=2), "essay.pdf")
    assert said(essay, essay.notes) == [
        "Adams, p. 1.",
        "Brown, K., The Reform (1956), pp. 3-4.",
        "Adams, p. 3.",
        "Brown, K., The Reform (1956), pp. 3-4.",
    ]
    assert "The council[1] met.[2] And" in essay.text
    assert "The council[3] met.[4] And" in essay.text


def test_notes_counted_anew_on_each_page_go_on_counting() -> None:
    def write(pdf: Any) -> None:
        pdf.write(7, "The council met.")
        pdf.char_vpos = "SUP"
        pdf.write(7, "1")
        pdf.char_vpos = "LINE"
        pdf.write(7, " It rose and left and did nothing more about the matter for a year.")
        pdf.set_y(200)
        pdf.set_font("helvetica", size=9)
        pdf.cell(0, 4, f"1. Adams, page {pdf.page_no()}.")
        pdf.set_font("helvetica", size=12)

    text = read(page(write, pages=2))
    assert "met.[1] It" in text.text and "met.[2] It" in text.text
    assert text.text[text.notes_at :].split("\n")[2:] == ["[1] Adams, page 1.", "[2] Adams, page 2."]


def hidden_white(pdf: Any) -> None:
    pdf.set_text_color(255, 255, 255)


def hidden_tiny(pdf: Any) -> None:
    pdf.set_font_size(1)


def hidden_mode(pdf: Any) -> None:
    pdf.text_mode = "INVISIBLE"


def hidden_off_page(pdf: Any) -> None:
    pdf.set_xy(-400, 30)


@pytest.mark.parametrize(
    ("hide", "code"),
    [
        (hidden_white, "white-text"),
        (hidden_tiny, "tiny-text"),
        (hidden_mode, "hidden-text"),
        (hidden_off_page, "off-page-text"),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_counted(hide: Callable[[Any], None], code: str) -> None:
    def write(pdf: Any) -> None:
        pdf.cell(60, 8, "Seen before.")
        with pdf.local_context():
            hide(pdf)
            pdf.cell(100, 8, "and four planted words")
        pdf.set_xy(25, 60)
        pdf.cell(60, 8, "Seen after.")

    text = read(page(write))
    assert text.text.split() == ["Seen", "before.", "Seen", "after."]
    assert left_out(text) == {code: 4}


def test_white_words_on_a_dark_bar_are_seen() -> None:
    def write(pdf: Any) -> None:
        pdf.set_fill_color(0, 0, 120)
        pdf.set_text_color(255, 255, 255)
        pdf.cell(100, 10, "Title in white", fill=True)

    text = read(page(write))
    assert text.text == "Title in white"
    assert not left_out(text)


def test_a_scan_is_called_a_scan() -> None:
    with pytest.raises(
        InputError, match=r"essay.pdf holds only a picture of a page \(a scan\)\. Ask for the typed file"
    ):
        read(page(picture))
    with pytest.raises(InputError, match="holds only pictures of pages"):
        read(page(picture, pages=3))


def test_scanned_pages_among_others_are_named() -> None:
    def write(pdf: Any) -> None:
        if pdf.page_no() in (2, 3):
            picture(pdf)
        else:
            pdf.multi_cell(0, 6, FIRST)

    essay = read_bytes(page(write, pages=4), "essay.pdf")
    assert repaired(essay)["scanned-pages"] == 2
    messages = [repair.message for repair in essay.repairs]
    assert messages[0] == "pages 2 and 3 are pictures and could not be read"


def test_the_words_that_text_recognition_put_behind_a_scan_are_read_and_said_to_be_such() -> None:
    def write(pdf: Any) -> None:
        picture(pdf)
        pdf.text_mode = "INVISIBLE"
        pdf.multi_cell(0, 6, FIRST)

    essay = read_bytes(page(write), "essay.pdf")
    assert said(essay, essay.paragraphs) == [FIRST]
    assert repaired(essay)["scanned-text"] == 1
    assert "hidden-text" not in repaired(essay)


def encrypted(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_password_is_named_and_a_ban_on_printing_is_no_hindrance() -> None:
    data = page(lambda pdf: pdf.cell(0, 8, "The council met."))
    with pytest.raises(InputError, match="locked with a password"):
        read(encrypted(data, "secret"))
    assert read(encrypted(data, "")).text == "The council met."


@pytest.mark.parametrize("cut", [10, 300, -200])
def test_a_damaged_file_ends_in_a_sentence(cut: int) -> None:
    data = page(lambda pdf: pdf.cell(0, 8, "The council met."))
    try:
        assert isinstance(read(data[:cut]), DocumentText)
    except InputError as error:
        assert "damaged" in str(error)


def test_a_page_without_words_gives_none() -> None:
    with pytest.raises(InputError, match="holds no words"):
        read_bytes(page(lambda pdf: None), "essay.pdf")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = page(lambda pdf: pdf.multi_cell(0, 6, FIRST), pages=3)
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    with pytest.raises(InputError, match="has 3 pages, and at most 2 are read"):
        read(data)
    monkeypatch.setattr(reader, "MAX_PAGES", 150)
    for limit in ("_MAX_STEPS", "_MAX_ELEMENTS", "_MAX_STREAM"):
        with monkeypatch.context() as limits:
            limits.setattr(reader, limit, 20)
            with pytest.raises(InputError, match="unpacks to far more than an essay holds"):
                read(data)


def test_forms_that_call_one_another_end() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    form = pypdf.generic.DecodedStreamObject()
    form.set_data(b"/X Do " * 200)
    name = pypdf.generic.NameObject
    form[name("/Type")], form[name("/Subtype")] = name("/XObject"), name("/Form")
    form[name("/BBox")] = pypdf.generic.ArrayObject([pypdf.generic.NumberObject(n) for n in (0, 0, 9, 9)])
    place = writer._add_object(form)
    resources = pypdf.generic.DictionaryObject({name("/XObject"): pypdf.generic.DictionaryObject({name("/X"): place})})
    form[name("/Resources")] = resources
    writer.pages[0][name("/Resources")] = resources
    content = pypdf.generic.DecodedStreamObject()
    content.set_data(b"/X Do " * 200)
    writer.pages[0][name("/Contents")] = writer._add_object(content)
    file = io.BytesIO()
    writer.write(file)
    assert read(file.getvalue()).text == ""
