"""Word documents, as Word itself writes them: what a reader of the page reads, and nothing else."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx as python_docx
import pytest
from docx.text.run import Run

from essay_marker.documents.docx import DocxParts, walk_docx
from essay_marker.documents.flow import DocumentText
from essay_marker.documents.package import Package
from essay_marker.errors import InputError

from .writing import W, docx, package, paragraph, reference, run


def walk(body: str, **kwargs: Any) -> DocumentText:
    return walk_docx(DocxParts.of(Package(docx(body, **kwargs), "essay.docx")))


def blocks(text: DocumentText) -> list[str]:
    return [text.text[block.start : block.end] for block in text.blocks]


def left_out(text: DocumentText) -> dict[str, int]:
    return {code: count for code, count in text.counts.items() if count}


def test_runs_split_by_spelling_marks_are_one_text() -> None:
    assert blocks(walk(paragraph(run("The council met.")) + paragraph(run("It rose & left.")))) == [
        "The council met.",
        "It rose & left.",
    ]


def test_insertions_are_in_and_deletions_out() -> None:
    change = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    gone = '<w:r><w:delText xml:space="preserve"> never ever</w:delText></w:r>'
    text = walk(
        paragraph(
            run("The council")
            + f"<w:ins {change}>{run(' really')}</w:ins>"
            + f"<w:del {change}>{gone}</w:del>"
            + f"<w:moveFrom {change}>{run(' yesterday')}</w:moveFrom>"
            + run(" met")
            + f"<w:moveTo {change}>{run(' today')}</w:moveTo>"
            + f"<w:ins {change}><w:del {change}>{gone}</w:del></w:ins>"
        )
    )
    assert text.text == "The council really met today"
    assert left_out(text) == {"deleted-text": 5}


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    assert blocks(walk(paragraph(run("One and "), mark) + paragraph(run("the same.")))) == ["One and the same."]


def test_a_deleted_row_is_left_out() -> None:
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc></w:tr>"
    deleted = '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'
    text = walk(f"<w:tbl>{row.format('', run('kept'))}{row.format(deleted, run('gone too'))}</w:tbl>")
    assert blocks(text) == ["kept"]
    assert left_out(text) == {"deleted-text": 2}


def test_notes_stand_at_the_end_in_the_order_in_which_they_are_referred_to() -> None:
    text = walk(
        paragraph(
            run("First.") + reference(7) + run(" Second.") + reference(2, "endnote") + run(" Third.") + reference(3)
        ),
        footnotes={"3": "Adams, p. 3.", "7": "Brown & Co, p. 7.", "9": "Nobody refers to this."},
        endnotes={"2": "Clark, p. 2."},
    )
    assert text.text == (
        "First.[1] Second.[2] Third.[3]\n\n[1]  Brown & Co, p. 7.\n[2]  Clark, p. 2.\n[3]  Adams, p. 3."
    )
    assert text.text[text.notes_at :].lstrip().startswith("[1]")


def test_a_note_referred_to_twice_is_read_once() -> None:
    text = walk(paragraph(run("A") + reference(1) + run("B") + reference(1)), footnotes={"1": "Adams."})
    assert text.text == "A[1]B[1]\n\n[1]  Adams."


def test_a_note_whose_reference_was_deleted_is_gone() -> None:
    text = walk(
        paragraph(run("A.") + f'<w:del w:id="1" w:author="A">{reference(1)}</w:del>'), footnotes={"1": "Adams."}
    )
    assert text.text == "A."


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ("<w:vanish/>", "hidden-text"),
        ('<w:vanish w:val="true"/>', "hidden-text"),
        ('<w:rStyle w:val="Secret"/>', "hidden-text"),
        ('<w:color w:val="FFFFFF"/>', "white-text"),
        ('<w:color w:val="F4F4F4"/>', "white-text"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "white-text"),
        ('<w:rStyle w:val="Pale"/>', "white-text"),
        ('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>', "white-text"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "white-text"),
        ('<w:sz w:val="2"/>', "tiny-text"),
        ('<w:w w:val="1"/>', "tiny-text"),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_counted(properties: str, code: str) -> None:
    text = walk(paragraph(run("Seen") + run(" and four planted words", properties) + run(" again.")))
    assert text.text == "Seen again."
    assert left_out(text) == {code: 4}


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:rStyle w:val="Secret"/><w:vanish w:val="false"/>',
        '<w:color w:val="808080"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:rStyle w:val="Pale"/><w:color w:val="auto"/>',
        '<w:sz w:val="12"/>',
    ],
)
def test_words_that_are_seen_stay(properties: str) -> None:
    text = walk(paragraph(run("Seen") + run(" too", properties)))
    assert text.text == "Seen too"
    assert not left_out(text)


def test_white_words_in_a_dark_cell_or_on_a_dark_page_are_seen() -> None:
    white = run("White words", '<w:color w:val="FFFFFF"/>')
    cell = f'<w:tc><w:tcPr><w:shd w:val="clear" w:fill="000080"/></w:tcPr>{paragraph(white)}</w:tc>'
    assert walk(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").text == "White words"
    assert walk(paragraph(white), background='<w:background w:color="000000"/>').text == "White words"
    style = '<w:tblPr><w:tblStyle w:val="GridTable5Dark"/></w:tblPr>'
    styled = f"<w:tbl>{style}<w:tr><w:tc>{paragraph(white)}</w:tc></w:tr></w:tbl>"
    assert walk(styled).text == "White words"


def test_fields_show_their_results_and_page_numbers_nothing() -> None:
    def field(code: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText> {code} </w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    text = walk(
        paragraph(
            run("As ")
            + field("ADDIN ZOTERO_ITEM CSL_CITATION {}", run("(Taubman, 2003)"))
            + field("HYPERLINK x", field("REF y", run(" and others")))
            + f'<w:fldSimple w:instr=" PAGE ">{run("12")}</w:fldSimple>'
            + field("NUMPAGES", run("30"))
            + run(" say.")
        )
    )
    assert text.text == "As (Taubman, 2003) and others say."


def test_a_table_of_contents_is_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    by_field = paragraph(begin + run("Terror 1")) + paragraph(run("Thaw 2") + end)
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    by_control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{by_field}</w:sdtContent></w:sdt>"
    by_style = paragraph(run("Terror 1"), '<w:pStyle w:val="TOC1"/>')
    for contents in (by_field, by_control, by_style):
        text = walk(contents + paragraph(run("The essay.")))
        assert text.text == "The essay."
        assert left_out(text) == {"contents": 1}


def test_what_stands_around_the_words_is_looked_through() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('control ')}</w:sdtContent></w:sdt>"
    asking = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here ')}</w:sdtContent></w:sdt>"
    text = walk(
        paragraph(
            f'<w:hyperlink r:id="rId9">{run("link ")}</w:hyperlink>'
            + f'<w:smartTag w:element="place">{run("tag ")}</w:smartTag>'
            + control
            + asking
            + '<w:bookmarkStart w:id="0" w:name="x"/>'
            + "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:tab/></w:r>"
            + "<w:r><w:t>de</w:t><w:softHyphen/><w:t>feat</w:t></w:r>"
            + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        )
    )
    assert text.text == "link tag control non-stop\tdefeatx=1"


def test_of_alternatives_one_is_read_and_text_boxes_follow_their_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    shape = f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData>"
    shape = f"<wp:anchor><a:graphic>{shape}</a:graphic></wp:anchor>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"{shape}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert blocks(walk(paragraph(box + run("Beside the box.")))) == ["Beside the box.", "In the box."]


def test_headings_lists_and_breaks() -> None:
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    text = walk(
        paragraph(run("My title"), '<w:pStyle w:val="Title"/>')
        + paragraph(run("Part"), '<w:pStyle w:val="Mine"/>')
        + paragraph(run("one"), number.format(0, 1))
        + paragraph(run("under one"), number.format(1, 1))
        + paragraph(run("two"), number.format(0, 1))
        + paragraph(run("point"), number.format(0, 2))
        + paragraph("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type='page'/><w:t>c</w:t></w:r>")
    )
    assert blocks(text) == ["My title", "Part", "1. one", "1.a) under one", "2. two", "point", "a\nb\fc"]
    assert [block.kind for block in text.blocks] == ["heading", "heading", *["prose"] * 3, "item", "prose"]


def test_tables_keep_short_cells_in_a_line_and_prose_in_paragraphs() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    long = " ".join(["word"] * 30)
    assert blocks(walk(table(("Year", "Deaths"), ("1956", "2,500")))) == ["Year | Deaths", "1956 | 2,500"]
    assert blocks(walk(table((long, "note")))) == [long, "note"]
    assert blocks(walk(table((long,)))) == [long]


def test_crossed_out_words_stand_between_marks_and_raised_figures_are_raised() -> None:
    text = walk(
        paragraph(
            run("It was ")
            + run("a failure ", "<w:strike/>")
            + run("a success.")
            + run("1", '<w:vertAlign w:val="superscript"/>')
            + run(" The 20")
            + run("th", '<w:vertAlign w:val="superscript"/>')
        )
    )
    assert text.text == "It was ~~a failure~~ a success.¹ The 20th"


def test_comments_headers_and_footers_are_counted_and_not_read() -> None:
    names = f'xmlns:w="{W}"'
    text = walk(
        paragraph('<w:commentRangeStart w:id="0"/>' + run("Words.") + '<w:commentRangeEnd w:id="0"/>'),
        parts={
            "word/comments.xml": f"<w:comments {names}><w:comment>{paragraph(run('Really?'))}</w:comment></w:comments>",
            "word/header1.xml": f"<w:hdr {names}>{paragraph(run('A. Pupil 12B'))}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {names}>{paragraph('')}</w:ftr>",
        },
    )
    assert text.text == "Words."
    assert left_out(text) == {"comments": 1, "page-margins": 1}


def test_the_main_part_may_have_another_name_and_the_strict_dialect_is_read() -> None:
    assert walk(paragraph(run("Words.")), main="word/document2.xml").text == "Words."
    strict = docx(paragraph(run("Words.") + reference(1)), footnotes={"1": "Adams."})
    with_strict = package(
        {
            name: content.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            for name, content in members(strict).items()
        }
    )
    assert walk_docx(DocxParts.of(Package(with_strict, "x"))).text == "Words.[1]\n\n[1]  Adams."


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_without_a_text_is_refused() -> None:
    with pytest.raises(InputError, match="without a text"):
        DocxParts.of(Package(package({"word/other.xml": "<x/>"}), "essay.docx"))


# --- places: where a comment can be put -------------------------------------------------------------------------------


def test_every_character_that_the_document_holds_is_found_in_its_run() -> None:
    text = walk(
        paragraph(
            run("One two.") + reference(1) + run(" Three.", "<w:b/>") + run("4", '<w:vertAlign w:val="superscript"/>')
        )
        + paragraph(run("Four", "<w:strike/>")),
        footnotes={"1": "Adams."},
    )
    found = 0
    for index, character in enumerate(text.text):
        place = text.place(index)
        if place is None:
            continue
        element, offset = place
        said = "".join(element.itertext())
        assert said[offset] == {"⁴": "4"}.get(character, character)
        found += 1
    assert found == len("One two. Three.4Four Adams.")
    assert text.place(len(text.text)) is None


def test_the_walk_of_a_document_that_is_open_for_writing_gives_runs_to_comment_on() -> None:
    data = docx(paragraph(run("The council met.")) + paragraph(run("It failed") + run(" at once.", "<w:b/>")))
    opened = python_docx.Document(io.BytesIO(data))
    text = walk_docx(DocxParts.of(Package(data, "x"))._replace(document=opened.element))
    start = text.text.index("failed")
    first, last = text.place(start), text.place(text.text.index("once") + 3)
    assert first is not None and last is not None
    runs = [Run(first[0], opened.paragraphs[1]), Run(last[0], opened.paragraphs[1])]
    opened.add_comment(runs, "Why?", author="A. Teacher")
    file = io.BytesIO()
    opened.save(file)
    again = walk_docx(DocxParts.of(Package(file.getvalue(), "x")))
    assert again.text == text.text
    assert again.counts["comments"] == 1


def test_what_python_docx_writes_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("How far did the reform fail?", 0)
    document.add_paragraph("The council met.")
    document.add_paragraph("first point", style="List Bullet")
    document.add_paragraph("first step", style="List Number")
    document.add_paragraph("second step", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Year", "1861"
    document.sections[0].header.paragraphs[0].text = "A. Pupil"
    file = io.BytesIO()
    document.save(file)
    text = walk_docx(DocxParts.of(Package(file.getvalue(), "x")))
    assert blocks(text) == [
        "How far did the reform fail?",
        "The council met.",
        "first point",
        "1. first step",
        "2. second step",
        "Year | 1861",
    ]
    assert [block.kind for block in text.blocks][:3] == ["heading", "prose", "item"]
    assert left_out(text) == {"page-margins": 1}
