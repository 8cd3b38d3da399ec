"""Odd characters become what the writer meant; good ones stay as they are."""

from __future__ import annotations

import pytest

from .building import read, repaired


@pytest.mark.parametrize(
    ("dirty", "clean", "repair"),
    [
        ("The minister‟s „thaw‟ and workers‟ rights.", "The minister’s ‘thaw’ and workers’ rights.", "quotation-marks"),
        ("He said „no“ and „yes”, it's clear.", "He said “no” and “yes”, it's clear.", "quotation-marks"),
        ("A „word‟ beside “others” here.", "A ‘word’ beside “others” here.", "quotation-marks"),
        ("A „word‟ alone, it's here.", "A “word” alone, it's here.", "quotation-marks"),
        ("The ``old'' regime.", "The “old” regime.", "quotation-marks"),
        ("It‘s the poor`s law.", "It‘s the poor’s law.", "quotation-marks"),
        ("A co‑operative farm.", "A co-operative farm.", "quotation-marks"),
        ("The ministerâ€™s cafÃ© â€“ closed.", "The minister’s café – closed.", "garbled"),
        ("The poor&nbsp;&amp; the weak.", "The poor & the weak.", "entities"),
        ("The\u00a0poor\u2009law.", "The poor law.", "spaces"),
        ("The\u200b poor\ufeff gov\u00adernment.", "The poor government.", "invisible"),
        ("The ﬁrst oﬃce.", "The first office.", "ligatures"),
        ("A cafe\u0301 in Go\u0301rki.", "A café in Górki.", "accents"),
        ("The \x07poor.", "The poor.", "invisible"),
        ("In 5\u03363\u03366\u0336 p\u0336oor\u0335.", "In 536 poor.", "invisible"),
    ],
)
def test_odd_characters_become_usual_ones_and_are_counted(dirty: str, clean: str, repair: str) -> None:
    essay = read(dirty)
    assert essay.text == clean
    assert repaired(essay)[repair] >= 1


@pytest.mark.parametrize(
    "text",
    [
        "\"Plain\" and 'plain', it's so.",
        "“Curly” and ‘curly’, it’s so.",
        "Nested ''marks'' of two apostrophes.",
        "An ellipsis… and dashes – both — kinds.",
        "AT&T; and R&D and x < y > z.",
        "Policy¹ and power² with notes[3] and[^4].",
        "Gomułka, Dubček and Trường.",
    ],
)
def test_good_characters_stay(text: str) -> None:
    essay = read(text)
    assert essay.text == text
    assert essay.repairs == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_every_line_end_is_one(line_end: str) -> None:
    assert read(f"First point.{line_end}{line_end}Second point.").text == "First point.\n\nSecond point."


def test_a_repair_is_told_in_words_with_its_number() -> None:
    one, several = read("The ﬁrst."), read("The ﬁrst oﬃce.")
    assert one.repairs[0].message == "1 joined letter such as ﬁ was written out"
    assert several.repairs[0].message == "2 joined letters such as ﬁ were written out"
