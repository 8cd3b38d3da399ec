"""What holds of every essay read: spans in order, a true map back, and reading twice changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.errors import InputError
from essay_marker.read import read_bytes, read_file
from essay_marker.records import Essay

from .building import BODY, ENTRIES, LAST, QUESTION, SECOND, prose, read, said, wrapped

WHOLE = "\n\n".join(
    [QUESTION, *(f"{text}[{number}]" for number, text in enumerate(BODY, start=1)), "Notes"]
    + [f"[{number}] Adams, The Reform, p. {number}." for number in (1, 2, 3)]
    + ["Bibliography", *ENTRIES]
)
DIRTY = wrapped(WHOLE.split("\n\n"), 70).replace("council", "coun\u00adcil‟s ﬁeld").replace(" ", "\u00a0", 3)

# what breaks text apart and glues it together, so that random texts meet the rules
_MARKS = (
    "\n",
    "\n\n",
    "\r\n",
    "\f",
    " ",
    "\t",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "- ",
    "# ",
    "*",
    "_",
    "[1]",
    "[^1]: ",
    "¹ ",
)
_ODD = (
    "1. ",
    "Bibliography\n",
    "Notes\n",
    "Page 2\n",
    "<sup>",
    "</p>",
    "&amp;",
    "„",
    "‟",
    "ﬁ",
    "e\u0301",
    "—",
    "de-\n",
)
_PROSE = ("The council met.", "and so it went on until the spring of the year after the war", "Lee, S. (1990) Snow.")
_FRAGMENTS = st.sampled_from(_MARKS + _ODD + _PROSE)
texts = st.lists(st.one_of(_FRAGMENTS, st.text(max_size=12)), max_size=30).map("".join)


def check(essay: Essay) -> None:
    """Assert what the record `Essay` promises."""
    spans = [*essay.paragraphs, *essay.notes, *([essay.bibliography] if essay.bibliography else [])]
    assert all(0 <= span.start < span.end <= len(essay.text) for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
    assert essay.title is None or essay.title == essay.paragraphs[0]
    for words in said(essay, essay.paragraphs):
        assert words == words.strip()
        assert not set(words) & set("\n\r\f\t\u00a0\u00ad\u200b")
    assert essay.text == essay.text.strip()
    assert "\n\n\n" not in essay.text
    assert unicodedata.is_normalized("NFC", essay.text)
    assert len(essay.origin) == len(essay.text)
    assert all(0 <= place < len(essay.original) for place in essay.origin)
    assert all(repair.count > 0 and str(repair.count) in repair.message for repair in essay.repairs)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        essay = read_bytes(text.encode("utf-8", "ignore"), "essay.txt")
    except InputError as refused:
        assert str(refused).startswith("essay.txt ")
    else:
        check(essay)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        check(read_bytes(data, "essay.txt"))
    except InputError as refused:
        assert str(refused).startswith("essay.txt ")


@pytest.mark.parametrize("text", [WHOLE, DIRTY], ids=["clean", "dirty"])
def test_every_letter_can_be_found_in_the_original(text: str) -> None:
    essay = read(text)
    check(essay)
    assert list(essay.origin) == sorted(essay.origin)
    for index, (char, place) in enumerate(zip(essay.text, essay.origin, strict=True)):
        if char.isalnum():
            assert essay.original[place] == char or essay.original[place] == "ﬁ", (index, char)


def test_letters_of_the_original_are_kept_once_and_in_order() -> None:
    def letters(text: str) -> str:
        return "".join(char for char in unicodedata.normalize("NFKD", text) if char.isalnum())

    assert letters(read(DIRTY).text) == letters(DIRTY)


def test_the_parts_stand_in_their_order_with_a_blank_line_between() -> None:
    essay = read(DIRTY)
    assert essay.title is not None
    assert essay.bibliography is not None
    starts = [span.start for span in (essay.title, *essay.body, *essay.notes, essay.bibliography)]
    assert starts == sorted(starts)
    assert [len(essay.body), len(essay.notes)] == [3, 3]
    assert essay.text.split("\n\n")[-1] == "\n".join(["Bibliography", *ENTRIES])


@pytest.mark.parametrize("text", [WHOLE, DIRTY, "\n".join(["Land", "debt", "hunger", SECOND, "flight", LAST])])
def test_reading_what_was_read_changes_nothing(text: str) -> None:
    once = read(text)
    again = read(once.text)
    assert again.text == once.text
    assert (again.title, again.paragraphs, again.notes, again.bibliography) == (
        once.title,
        once.paragraphs,
        once.notes,
        once.bibliography,
    )
    assert again.repairs == ()


@settings(max_examples=30, deadline=None)
@given(prose(), st.integers(60, 90))
def test_reading_twice_is_reading_once(essay: list[str], width: int) -> None:
    once = read(wrapped(essay, width))
    assert read(once.text).text == once.text


@settings(max_examples=30, deadline=None)
@given(prose(), st.sampled_from([lambda text: text, lambda text: wrapped(text.split("\n\n"), 70)]))
def test_line_ends_and_outer_blanks_make_no_difference(essay: list[str], lay_out: object) -> None:
    assert callable(lay_out)
    text = lay_out("\n\n".join(essay))
    expected = read(text).text
    assert read(text + "\n\n  \n").text == expected
    assert read("\n\n" + text).text == expected
    assert read(text.replace("\n", "\r\n")).text == expected
    assert read(text.replace("\n", "  \n")).text == expected


def test_reading_imports_nothing_heavy() -> None:
    code = (
        "import sys, essay_marker.read; print([m for m in ('spacy', 'numpy', 'sklearn', 'typer') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == "[]"


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000_4a1dbebf023212ee", "001_7d559566bf097f35"])
def test_the_sample_essays_lose_no_labelled_word(name: str, shared: Path) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())

    essay = read_file(shared / "seeds" / f"{name}.txt")
    check(essay)
    words, at = letters(essay.text), 0
    for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        unit = letters(json.loads(line)["text"].replace("<sup>", "").replace("</sup>", ""))
        found = words.find(unit, at)
        assert found >= 0, line
        at = found + len(unit)
