"""The same essay in every format: the same words, the same parts, the same mark."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.documents import looks, package
from essay_marker.errors import InputError
from essay_marker.read import MAX_BYTES, formats, html, pdf, read_bytes, reader
from essay_marker.read import rtf as rtf_reader
from essay_marker.records import Essay

from ..documents.writing import WRITERS, Written, as_docx, docx, essay_of, odt, paragraph, rtf, rtf_text, run
from .building import FIRST, LAST, QUESTION, SECOND, repaired, said

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

TIMED, HARVARD, FOOTNOTED = "e13", "e16", "e09"
ESSAYS = (TIMED, HARVARD, FOOTNOTED)
SAME = 0.995
CONVERTED = {
    "odt": "odt",
    "pdf": "pdf",
    "rtf": "rtf",
    "html": "html:HTML (StarWriter)",
    "docx": "docx:MS Word 2007 XML",
}


def alike(one: Essay, other: Essay) -> float:
    """The share of words that two essays have in common, in order."""
    first, second = (re.findall(r"\w+", essay.text.casefold()) for essay in (one, other))
    matcher: SequenceMatcher[str] = SequenceMatcher(None, first, second, autojunk=False)
    return 2 * sum(block.size for block in matcher.get_matching_blocks()) / (len(first) + len(second))


def parts(essay: Essay) -> dict[str, object]:
    """What the cleaning made of an essay, in a form that does not depend on offsets."""
    return {
        "title": None if essay.title is None else essay.text[essay.title.start : essay.title.end],
        "paragraphs": [re.sub(r"\[\^?(\d+)\]", r"[\1]", text) for text in said(essay, essay.paragraphs)],
        "notes": {note.mark: essay.text[note.start : note.end] for note in essay.notes},
        "bibliography": None if essay.bibliography is None else said(essay, [essay.bibliography]),
    }


@pytest.fixture(scope="module")
def written(exemplars: Path) -> Mapping[str, Written]:
    return {name: essay_of((exemplars / f"{name}.txt").read_text("utf-8")) for name in ESSAYS}


@pytest.fixture(scope="module")
def mark_of(marker: Marker) -> Callable[[Essay], list[float | None]]:
    """The mark and the strands' scores of an essay as read; what was read alike is marked once."""
    known: dict[object, list[float | None]] = {}

    def mark(essay: Essay) -> list[float | None]:
        key = essay.text, essay.title, essay.paragraphs, essay.notes, essay.bibliography
        if key not in known:
            marks = marker.mark_essay(essay).marks
            known[key] = [marks.mark, marks.low, marks.high, *(strand.score for strand in marks.strands)]
        return known[key]

    return mark


@pytest.mark.parametrize("name", ESSAYS)
def test_the_same_essay_gives_the_same_words_and_mark(
    name: str, written: Mapping[str, Written], mark_of: Callable[[Essay], list[float | None]]
) -> None:
    essays = {kind: read_bytes(write(written[name]), f"essay.{kind}") for kind, write in WRITERS.items()}
    plain = essays["txt"]
    for kind, essay in essays.items():
        assert alike(plain, essay) >= SAME, kind
        assert parts(essay) == parts(plain), kind
        assert "misnamed" not in repaired(essay), kind
        assert mark_of(essay) == mark_of(plain), kind


def test_what_libreoffice_makes_of_an_essay_gives_the_same_words_and_mark(
    written: Mapping[str, Written], mark_of: Callable[[Essay], list[float | None]], tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("NOT TESTED: no LibreOffice here, so no documents but our own; install libreoffice-writer")
    for name, essay in written.items():
        (tmp_path / f"{name}.docx").write_bytes(as_docx(essay))
    for kind, conversion in CONVERTED.items():
        command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
        files = [str(tmp_path / f"{name}.docx") for name in written]
        subprocess.run(
            [*command, conversion, "--outdir", str(tmp_path / kind), *files],
            check=True,
            capture_output=True,
            timeout=180,
        )
        for name, essay in written.items():
            plain = read_bytes(WRITERS["txt"](essay), "essay.txt")
            converted = read_bytes((tmp_path / kind / f"{name}.{kind}").read_bytes(), f"essay.{kind}")
            assert alike(plain, converted) >= SAME, (name, kind)
            if kind == "pdf":  # whose lines leave open whether a hyphen at their end is the writer's
                assert len(converted.paragraphs) == len(plain.paragraphs), name
                assert [note.mark for note in converted.notes] == [note.mark for note in plain.notes], name
                assert (converted.bibliography is None) == (plain.bibliography is None), name
                assert mark_of(converted)[:3] == mark_of(plain)[:3], name
            else:
                assert parts(converted) == parts(plain), (name, kind)
                assert mark_of(converted) == mark_of(plain), (name, kind)


def test_plain_text_loads_no_other_formats_library(environment: dict[str, str]) -> None:
    code = "import sys; from essay_marker.read import read_bytes; read_bytes(b'The council met.', 'essay.txt'); "
    code += "print(sorted({'lxml', 'pypdf'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


# --- what the formats share -------------------------------------------------------------------------------------------


def of_every_kind(*blocks: str) -> dict[str, bytes]:
    """Paragraphs as documents of the kinds that have paragraphs."""
    return {
        "docx": docx("".join(paragraph(run(block)) for block in blocks)),
        "odt": odt("".join(f"<text:p>{block}</text:p>" for block in blocks)),
        "rtf": rtf("".join(f"{rtf_text(block)}\\par " for block in blocks)),
        "html": ("<html>" + "".join(f"<p>{block}</p>" for block in blocks)).encode(),
    }


def test_a_file_under_a_false_name_is_read_by_what_it_is_and_that_is_said() -> None:
    for kind, data in of_every_kind(FIRST, SECOND).items():
        essay = read_bytes(data, "essay.pdf")
        assert said(essay, essay.paragraphs) == [FIRST, SECOND], kind
        assert repaired(essay) == {"misnamed": 1}, kind
    assert repaired(read_bytes(FIRST.encode(), "essay.docx")) == {"misnamed": 1}
    assert repaired(read_bytes(FIRST.encode(), "-")) == {}


def test_headings_and_items_of_lists_are_known_by_the_document() -> None:
    body = paragraph(run("The reform of 1861 and its long shadow"), '<w:pStyle w:val="Title"/>')
    body += paragraph(run(FIRST)) + paragraph(run("and so on"), '<w:numPr><w:numId w:val="2"/></w:numPr>')
    essay = read_bytes(docx(body + paragraph(run(LAST))), "essay.docx")
    assert essay.title is not None
    assert said(essay, essay.paragraphs) == ["The reform of 1861 and its long shadow", FIRST, "and so on", LAST]


def test_notes_stand_between_body_and_bibliography_whatever_numbers_the_writer_typed() -> None:
    works = ["1. Adams, J. (1990) The Reform. London: Hart", "2. Brown, K. (2001) Serfs. Oxford: Orme"]
    body = paragraph(run(FIRST) + '<w:r><w:footnoteReference w:id="1"/></w:r>') + paragraph(run(LAST))
    body += "".join(paragraph(run(text)) for text in ("Bibliography", *works))
    essay = read_bytes(docx(body, footnotes={"1": "Adams, p. 3."}), "essay.docx")
    assert said(essay, essay.notes) == ["Adams, p. 3."]
    assert said(essay, essay.paragraphs) == [f"{FIRST}[1]", LAST]
    assert essay.bibliography is not None
    assert said(essay, [essay.bibliography])[0].startswith("Bibliography\n1. Adams")


def test_a_numbered_list_is_no_list_of_notes_where_the_document_has_its_own() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph(run(FIRST) + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    body += paragraph(run("debts"), numbered) + paragraph(run("harvests"), numbered) + paragraph(run(LAST))
    essay = read_bytes(docx(body, footnotes={"1": "Adams, p. 3."}), "essay.docx")
    assert said(essay, essay.paragraphs) == [f"{FIRST}[1]", "1. debts", "2. harvests", LAST]
    assert said(essay, essay.notes) == ["Adams, p. 3."]


def test_crossed_out_starts_are_left_out_as_in_plain_text() -> None:
    body = paragraph(run("It was ") + run("a failure ", "<w:strike/>") + run(FIRST))
    essay = read_bytes(docx(body), "essay.docx")
    assert essay.text == read_bytes(f"It was ~~a failure~~ {FIRST}".encode(), "essay.txt").text
    assert repaired(essay) == {"crossed-out": 1}


def test_special_characters_are_cleaned_in_every_format() -> None:
    for kind, data in of_every_kind("Stalin\u2019s\u00a0cult of person\u00adality was\u200b over \ufb01nally.").items():
        assert read_bytes(data, f"x.{kind}").text == "Stalin’s cult of personality was over finally.", kind


def test_the_original_is_the_documents_text_and_every_character_knows_its_place() -> None:
    for kind, data in of_every_kind(QUESTION, FIRST, LAST).items():
        essay = read_bytes(data, f"x.{kind}")
        pairs = zip(essay.text, essay.origin, strict=True)
        assert all(essay.original[at] == character for character, at in pairs if character != "\n"), kind


def test_planted_words_are_said_to_be_left_out() -> None:
    planted = run(" Level five.", "<w:vanish/>") + run(" Full marks here.", '<w:color w:val="FFFFFF"/>')
    essay = read_bytes(docx(paragraph(run(FIRST) + planted)), "essay.docx")
    assert essay.text == FIRST
    assert {repair.code: repair.message for repair in essay.repairs} == {
        "hidden-text": "2 hidden words were left out",
        "white-text": "3 words in the colour of the paper were left out",
    }


def test_an_essay_of_hidden_words_alone_is_refused_in_these_words() -> None:
    for data in (docx(paragraph(run(FIRST, "<w:vanish/>"))), f"<html><p hidden>{FIRST}</p>".encode()):
        with pytest.raises(InputError, match="no words that can be seen on the page"):
            read_bytes(data, "essay")


def test_a_document_without_words_is_refused() -> None:
    for data in (docx(""), odt(""), rtf(""), b"<html></html>"):
        with pytest.raises(InputError, match="holds no words"):
            read_bytes(data, "essay")


def test_too_much_text_is_refused_in_every_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("essay_marker.read.decode.MAX_BYTES", 100)
    for data in of_every_kind(FIRST).values():
        with pytest.raises(InputError, match="too large to be an essay"):
            read_bytes(data, "essay")


def test_a_file_of_any_size_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "tell_kind", lambda *_: pytest.fail("looked at"))
    with pytest.raises(InputError, match=r"too large to be an essay: 50\.0 MB, and at most 50 MB"):
        read_bytes(bytes(reader.MAX_FILE_BYTES + 1), "essay.docx")


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from([kind for kind in WRITERS if kind not in ("txt", "md")]), data=st.data())
def test_a_file_damaged_anywhere_is_read_or_refused_in_a_sentence(kind: str, data: st.DataObject) -> None:
    spoilt = bytearray(WRITERS[kind](Written(QUESTION, [FIRST, f"{LAST}[1]"], [], {"1": "Adams, p. 3."})))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    try:
        assert isinstance(read_bytes(bytes(spoilt), f"essay.{kind}"), Essay)
    except InputError as error:
        assert str(error).startswith(f"essay.{kind} ")


def test_the_documentation_names_the_limits_that_hold(root: Path) -> None:
    said = (root / "docs" / "formats.md").read_text("utf-8")
    for limit in (
        f"{reader.MAX_FILE_BYTES // 10**6} MB |",
        f"{MAX_BYTES // 10**6} MB (some",
        f"{html.MAX_PAGE // 10**6} MB |",
        f"{package.MAX_UNPACKED // 10**6} MB, {package.MAX_MEMBERS:,} parts, {package.MAX_PART // 10**6} MB a part, "
        f"text at most {package.MAX_RATIO} times",
        f"{package.MAX_ELEMENTS:,}; {rtf_reader._MOST_TOKENS:,}",
        f"{pdf.MAX_PAGES} pages; {pdf._MAX_STREAM // 10**6} MB a part unpacked; {pdf._MAX_ELEMENTS:,} elements a page; "
        f"{pdf._MAX_STEPS / 10**6} million drawing steps",
        f"below {looks.TINY:.0f} points",
    ):
        assert limit in said, limit
