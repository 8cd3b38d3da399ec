"""Rich text: words, notes and nothing that the page does not show."""

from __future__ import annotations

import pytest

from essay_marker.documents.flow import DocumentText
from essay_marker.errors import InputError
from essay_marker.read import rtf as reader
from essay_marker.read.rtf import read_rtf

HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times New Roman;}}"
    "{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;}"
    "{\\stylesheet{\\s0 Normal;}{\\s1\\sbasedon0 heading 1;}}{\\info{\\title Hidden title}}"
)


def read(body: str) -> DocumentText:
    return read_rtf(f"{HEAD}{body}}}".encode("latin-1"), "essay.rtf")


def left_out(text: DocumentText) -> dict[str, int]:
    return {code: count for code, count in text.counts.items() if count}


def test_characters_in_all_spellings() -> None:
    text = read(
        "It was Stalin\\'92s \\ldblquote cult\\rdblquote \\emdash caf\\u233\\'e9 "
        "\\{so\\} far\\~off non\\_stop de\\-feat."
    )
    assert text.text == "It was Stalin’s “cult”—café {so} far\u00a0off non-stop defeat."


def test_a_character_outside_the_first_plane_is_one() -> None:
    assert read("A \\u55357?\\u56832? B").text.replace("\u200b", "") == "A 😀 B"


def test_line_ends_of_the_file_are_none_of_the_text() -> None:
    assert read("One\r\n two\\par\r\nThree\\line four\\par").text == "One two\n\nThree\nfour"


def test_notes_stand_at_the_end() -> None:
    text = read(
        "\\pard First.{\\super\\chftn{\\footnote\\pard\\plain\\super\\chftn\\nosupersub  Adams, p. 3.}} Second."
        "{\\super\\chftn{\\footnote\\ftnalt\\pard {\\super\\chftn} Brown.\\par And more.}}\\par Last.\\par"
    )
    assert text.text == "First.[1] Second.[2]\n\nLast.\n\n[1]  Adams, p. 3.\n[2]  Brown. And more."


def test_headings_lists_and_tables() -> None:
    text = read(
        "\\pard\\s1 My title\\par\\pard\\plain {\\listtext\\'b7\\tab}point\\par{\\listtext 1.\\tab}one\\par\\pard "
        "\\trowd\\intbl 1956\\cell 2,500\\cell\\row\\pard After.\\par"
    )
    blocks = [text.text[block.start : block.end] for block in text.blocks]
    assert blocks == ["My title", "point", "1. one", "1956 | 2,500", "After."]
    assert [block.kind for block in text.blocks][:3] == ["heading", "item", "prose"]


@pytest.mark.parametrize(
    ("switch", "code"),
    [("\\v", "hidden-text"), ("\\cf2", "white-text"), ("\\fs2", "tiny-text"), ("\\deleted", "deleted-text")],
)
def test_words_that_nobody_sees_are_left_out_and_counted(switch: str, code: str) -> None:
    text = read(
        f"Seen{{{switch}\\revdttmdel-2015295488  and four planted words}} again."
        f"{{{switch}0\\cf1\\fs24\\v0\\deleted0  Still.}}"
    )
    assert text.text == "Seen again. Still."
    assert left_out(text) == {code: 4}


def test_what_is_no_word_of_the_text_is_left_out() -> None:
    text = read(
        "{\\header\\pard A. Pupil\\par}{\\footer {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}}{\\*\\bkmkstart x}"
        "{\\pict\\pngblip 89504e47}A word{\\*\\annotation Really?}"
        "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt  linked}}"
        "{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}{\\*\\unknown words}."
    )
    assert text.text == "A word linked."
    assert left_out(text) == {"page-margins": 1, "comments": 1}


def test_crossed_out_words_stand_between_marks_and_raised_figures_are_raised() -> None:
    assert read("It was {\\strike a failure} good.{\\super 1}").text == "It was ~~a failure~~ good.¹"


def test_a_damaged_file_gives_what_there_is() -> None:
    assert read("{{\\b The council}}}}} met.").text == "The council met."


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read("{" * 10_000)
    monkeypatch.setattr(reader, "_MOST_TOKENS", 100)
    with pytest.raises(InputError, match="far more parts"):
        read("\\b" * 200)
