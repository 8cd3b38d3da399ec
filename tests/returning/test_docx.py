"""The writer's own document with comments: on the right words, and nothing else changed."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import msgspec
import pytest

from essay_marker.read import read_bytes
from essay_marker.records import Decision, Result, Span
from essay_marker.returning import feedback_docx

from ..documents.writing import docx as word
from ..documents.writing import paragraph, reference, run
from .reading import about, bare, notes, page, part, result_on

NAME = "essay.docx"

_TITLE = paragraph(run("Did anything change after the speech of 1956?"), '<w:pStyle w:val="Title"/>')
_LINK = f'<w:hyperlink w:anchor="x">{run("the secret speech")}</w:hyperlink>'
_INSERTED = f'<w:ins w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z">{run("quickly and ")}</w:ins>'
_DELETED = '<w:del w:id="8" w:author="A"><w:r><w:delText xml:space="preserve">slowly and </w:delText></w:r></w:del>'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN CITE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("(Filtzer, 1993: 21)")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_OLD = (
    '<w:commentRangeStart w:id="3"/>' + run("An old remark stands here") + '<w:commentRangeEnd w:id="3"/>'
    '<w:r><w:commentReference w:id="3"/></w:r>'
)
_CONTROL = (
    f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{run("controlled words")}</w:sdtContent></w:sdt>'
)
_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>"
    f"<wps:txbx><w:txbxContent>{paragraph(run('Words in a box beside the page.'))}</w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
)
_CELL = "<w:tc><w:tcPr/>{}</w:tc>"
_TABLE = (
    "<w:tbl><w:tblPr/><w:tblGrid/>"
    f"<w:tr>{_CELL.format(paragraph(run('Camps')))}{_CELL.format(paragraph(run('opened in 1953')))}</w:tr></w:tbl>"
)
BODY = (
    _TITLE
    + paragraph(
        run("The terror ended ") + run("after ", "<w:b/><w:color w:val='FF0000'/>") + _LINK
        + run(" of 1956, and prisoners came home ") + _DELETED + _INSERTED + run("in great numbers")
        + reference(1) + run(". The courts followed") + "<w:r><w:tab/><w:t>later</w:t><w:br/><w:t>on.</w:t></w:r>",
        '<w:spacing w:line="480"/>',
    )
    + paragraph(run("The economy was another matter ") + _FIELD + run(" and stayed as it was. ") + _OLD + run("."))
    + _TABLE
    + paragraph(run("There are ") + _CONTROL + run(" in this paragraph, and a box hangs on it.") + _BOX)
    + paragraph(run("First of two points about culture."), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + paragraph(run("Overall the change was real where it cost the party nothing & mattered <little> elsewhere."))
)  # fmt: skip
OLD_COMMENT = '<w:comment w:id="3" w:author="B">' + paragraph(run("Old words.")) + "</w:comment>"


def a_document() -> bytes:
    """A document with all that a word processor can put between words, and a comment of somebody's in it."""
    data = word(BODY, footnotes={"1": "Filtzer says so in his book of 1993."})
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
                text = text.replace(
                    "</Types>", f'<Override PartName="/word/remarks.xml" ContentType="{kind}"/></Types>'
                )
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
                item = f'<Relationship Id="rId9" Type="{kind}" Target="remarks.xml"/>'
                text = text.replace("</Relationships>", f"{item}</Relationships>")
            after.writestr(name, text)
        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        after.writestr("word/remarks.xml", f'<w:comments xmlns:w="{w}">{OLD_COMMENT}</w:comments>')
    return file.getvalue()


@pytest.fixture(scope="module")
def data() -> bytes:
    return a_document()


@pytest.mark.parametrize(
    ("place", "anchored"),
    [
        ("terror ended", "terror ended"),
        ("rror end", "rror end"),
        ("ended after the secret", "ended after the secret"),
        ("the secret speech", "the secret speech"),
        ("home quickly and in great", "home quickly and in great"),
        ("quickly and", "quickly and"),
        ("great numbers[1]. The courts", "great numbers. The courts"),
        ("followed\tlater", "followed\tlater"),
        ("(Filtzer, 1993: 21)", "(Filtzer, 1993: 21)"),
        ("Filtzer, 1993", "(Filtzer, 1993: 21)"),  # a field is never cut
        ("controlled words", "controlled words"),
        ("An old remark stands here.", "An old remark stands here."),
        ("as it was. An old remark", "as it was. An old remark"),
        ("1. First of two points", "First of two points"),
        ("nothing & mattered <little> elsewhere", "nothing & mattered <little> elsewhere"),
        ("Did anything change", "Did anything change"),
    ],
)
def test_a_comment_is_about_exactly_the_words(data: bytes, place: str, anchored: str) -> None:
    essay = read_bytes(data, NAME)
    pattern = re.compile(re.escape(place).replace(r"\ ", r"\s+").replace("\\\t", r"\s+"))
    found = pattern.search(essay.text)
    assert found, place
    result = about(essay, targets=[[Span(start=found.start(), end=found.end())]])
    written = feedback_docx(result, data)
    note = notes(written, "word/remarks.xml")["4"]
    assert note.about == anchored
    assert note.said == "To do 1: Target <1>."


@pytest.mark.parametrize(
    ("place", "anchored", "where"),
    [
        ("in his book of 1993", "", "On “in his book of 1993” (note):"),
        ("box beside the page", "Words in a box beside the page.", "On “box beside the page” (paragraph "),
        ("Camps | opened in 1953", "Camps", "On “Camps | opened in 1953” (paragraph "),
        ("[1]", "numbers", "On “[1]” (paragraph 1):"),
    ],
)
def test_what_cannot_stand_at_its_words_stands_near_and_quotes_them(
    data: bytes, place: str, anchored: str, where: str
) -> None:
    essay = read_bytes(data, NAME)
    start = essay.text.index(place)
    result = about(essay, targets=[[Span(start=start, end=start + len(place))]])
    written = feedback_docx(result, data)
    note = notes(written, "word/remarks.xml")["4"]
    assert note.about == anchored
    assert note.said.startswith(where)
    assert note.said.endswith("To do 1: Target <1>.")


REMARKS = {
    "targets": [["The terror ended after the secret speech"], ["secret speech of 1956, and"], ["controlled words"]],
    "strengths": [["The economy was another matter (Filtzer, 1993: 21)"], ["in his book of 1993"]],
    "slips": ["great numbers[1]. The courts", "An old remark stands here."],
    "references": ["(Filtzer, 1993: 21)", "1993: 21) and stayed"],
}


def test_nothing_but_comments_and_the_page_is_added(data: bytes) -> None:
    written = feedback_docx(result_on(data, NAME, **REMARKS), data)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(written)) as after:
        assert before.namelist() == after.namelist()
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert {item.date_time for item in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert changed == {"word/document.xml", "word/remarks.xml"}
    assert bare(part(written)) == bare(part(data))
    assert notes(written, "word/remarks.xml")["3"] == notes(data, "word/remarks.xml")["3"]
    assert read_bytes(written, NAME).text == read_bytes(data, NAME).text


def test_all_remarks_of_one_essay_stand_beside_each_other(data: bytes) -> None:
    written = feedback_docx(result_on(data, NAME, **REMARKS), data)
    found = sorted(note.about for note in notes(written, "word/remarks.xml").values())
    assert found == sorted(
        [
            "The terror ended after the secret speech",
            "secret speech of 1956, and",
            "controlled words",
            "The economy was another matter (Filtzer, 1993: 21)",
            "",  # the mark of the note
            "great numbers. The courts",
            "An old remark stands here.",
            "An old remark stands here",
            "(Filtzer, 1993: 21)",
            "(Filtzer, 1993: 21) and stayed",
        ]
    )


def test_a_document_without_comments_gets_a_part_for_them_that_libraries_open() -> None:
    plain = word(paragraph(run("The terror ended at once.")) + paragraph(run("The camps were opened.")))
    written = feedback_docx(result_on(plain, NAME, targets=[["terror ended"], ["camps were opened"]]), plain)
    opened = docx.Document(io.BytesIO(written))
    assert [comment.text for comment in opened.comments] == ["To do 1: Target <1>.", "To do 2: Target <2>."]
    assert {(comment.author, comment.initials) for comment in opened.comments} == {("essay-marker", "EM")}
    assert [note.about for note in notes(written).values()] == ["terror ended", "camps were opened"]


def test_the_strict_dialect_is_written_in_its_own_words() -> None:
    plain = word(paragraph(run("The terror ended at once.")))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(strict, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            after.writestr(name, text)
    written = feedback_docx(result_on(strict.getvalue(), NAME, targets=[["terror ended"]]), strict.getvalue())
    relations = part(written, "word/_rels/document.xml.rels")
    assert [r.get("Target") for r in relations if r.get("Type", "").endswith("/comments")] == ["comments.xml"]
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        parts = package.read("word/document.xml") + package.read("word/comments.xml")
    assert b"openxmlformats.org/wordprocessingml" not in parts
    assert read_bytes(written, NAME).text == read_bytes(strict.getvalue(), NAME).text


def test_the_same_document_is_written_in_every_run(data: bytes) -> None:
    result = result_on(data, NAME, **REMARKS)
    assert feedback_docx(result, data) == feedback_docx(result, data)


def test_feedback_on_a_document_with_feedback_is_about_the_essay_alone(data: bytes) -> None:
    result = result_on(data, NAME, **REMARKS)
    once = feedback_docx(result, data)
    essay = read_bytes(once, NAME)
    assert essay.text == result.essay.text
    assert "feedback" in {repair.code for repair in essay.repairs}
    twice = feedback_docx(about(essay, targets=[[Span(start=0, end=10)]]), once)
    assert read_bytes(twice, NAME).text == result.essay.text
    assert "3.\tTarget <3>." in page(once)
    assert "3.\tTarget <3>." not in page(twice)  # which is the only one
    assert len(part(twice).findall(".//{*}pgNumType")) == 1


@pytest.mark.parametrize("kind", ["template.main", "macro"])
def test_a_template_or_a_document_with_macros_is_not_given_back_as_one(kind: str) -> None:
    plain = word(paragraph(run("The terror ended at once.")))
    other = plain_with(plain, "[Content_Types].xml", b"wordprocessingml.document.main", f"x.{kind}".encode())
    result = result_on(plain, NAME, targets=[["terror ended"]])
    assert feedback_docx(result, other) == feedback_docx(result, None) != feedback_docx(result, plain)


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def result(data: bytes) -> Result:
    return result_on(data, NAME, **REMARKS)


def test_the_page_says_what_is_well_before_what_to_do(data: bytes, result: Result) -> None:
    lines = page(feedback_docx(result, data))
    assert lines[0] == "Feedback on your essay"
    assert lines[2].startswith("Provisional mark 12 of 20 (Level 3), likely range 10–14. Not final until your teacher")
    order = [
        lines.index(line) for line in ("What you do well", "•\tGood & 1.", "Three things to do next", "1.\tTarget <1>.")
    ]
    assert order == sorted(order)
    assert not any("(teacher)" in line for line in lines)


def test_without_the_mark_there_is_no_level_either(data: bytes, result: Result) -> None:
    text = "\n".join(page(feedback_docx(result, data, mark=False)))
    assert "Level" not in text and "12" not in text and "10–14" not in text


def test_her_mark_and_signature_stand_where_she_has_signed(data: bytes, result: Result) -> None:
    signed = Decision(mark=15, comment="Well done.\nSee me <b>.", signed_by="Ms J. Hill", signed_on="2026-11-22")
    lines = page(feedback_docx(result, data, decision=signed))
    assert "Signed by Ms J. Hill, 22 November 2026: 15 of 20." in lines
    assert lines[lines.index("Your teacher’s comment") + 1 :][:2] == ["Well done.", "See me <b>."]
    assert not any("rovisional" in line or "12 of" in line for line in lines)
    unsigned = page(feedback_docx(result, data, decision=Decision(mark=15)))
    assert "Provisional mark 15 of 20, given by your teacher. Not final until your teacher has signed." in unsigned
    hidden = "\n".join(page(feedback_docx(result, data, decision=signed, mark=False)))
    assert "15" not in hidden and "Well done." in hidden


def test_the_page_does_not_move_the_essays_own_pages(data: bytes, result: Result) -> None:
    body = part(feedback_docx(result, data))[0]
    section = body[1].find(".//{*}sectPr")
    assert section.find("{*}pgNumType").attrib.values() == ["0"]
    goes_on = plain_with(
        data, "word/document.xml", b"<w:sectPr/>", b'<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )
    body = part(feedback_docx(result, goes_on))[0]
    assert body[1].find(".//{*}sectPr") is None
    assert body[0].findall(".//{*}br")[-1].attrib.values() == ["page"]


def plain_with(data: bytes, part_name: str, old: bytes, new: bytes) -> bytes:
    """The package with something replaced in one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part_name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return file.getvalue()


# --- other files ------------------------------------------------------------------------------------------------------

TEXT = (
    "Did anything change?\n\n"
    "The terror ended in 1953 & <b>prisoners</b> came home.[1] A \x0b sign, and \ud83d\ude00.\n\n"
    "The economy was another matter, and nothing in it was changed for good by anybody.\n\n"
    "[1] Filtzer, The Khrushchev Era, p. 31.\n\nBibliography\nFiltzer, D. (1993) The Khrushchev Era. London: Macmillan."
).encode("utf-16", "surrogatepass")


@pytest.mark.parametrize("own", [TEXT, None, b"PK\x03\x04 broken", a_document()])
def test_any_other_file_gives_a_new_document_with_the_same_words(own: bytes | None) -> None:
    remarks = {"targets": [["prisoners came home"]], "strengths": [["The Khrushchev Era, p. 31"]], "slips": ["in 1953"]}
    result = result_on(TEXT, "essay.txt", **remarks)
    written = feedback_docx(result, own)
    assert written == feedback_docx(result, None)
    assert sorted(note.about for note in notes(written).values()) == [
        "The Khrushchev Era, p. 31",
        "in 1953",
        "prisoners came home",
    ]
    assert read_bytes(written, "essay.docx").text == result.essay.text
    assert len(list(docx.Document(io.BytesIO(written)).comments)) == 3


def test_characters_that_no_document_can_hold_move_no_comment() -> None:
    essay = read_bytes(b"The terror ended in 1953, and the prisoners came home.", "essay.txt")
    text = essay.text.replace("ended", "e\x00\ufffed").replace("1953", "\ud83d953")
    result = about(essay, slips=[Span(start=text.index("home"), end=text.index("home") + 4)])
    broken = with_text(result, text)
    written = feedback_docx(broken)
    assert [note.about for note in notes(written).values()] == ["home"]


def with_text(result: Result, text: str) -> Result:
    return msgspec.structs.replace(result, essay=msgspec.structs.replace(result.essay, text=text))


def test_no_essay_at_all_still_takes_her_mark_and_comment() -> None:
    essay = read_bytes(b"x", "essay.txt")
    result = with_text(about(essay), "")
    lines = page(feedback_docx(result, b"", decision=Decision(mark=9, comment="Typed up by hand.", signed_by="K")))
    assert "Signed by K: 9 of 20." in lines
    assert "Typed up by hand." in lines
