"""Quotations: one table of shapes, each with the words that are quoted."""

from __future__ import annotations

import pytest
import spacy

from essay_marker.annotate.brackets import citation_brackets
from essay_marker.annotate.quotations import find_quotations, mark_quotations, quoted_stretches

FOUND = [
    ("straight", 'He said "the harvest failed again" loudly.', ['"the harvest failed again"']),
    ("curly", "She wrote “nobody believed the figures” in May.", ["“nobody believed the figures”"]),
    ("single curly", "She wrote ‘nobody believed the figures’ in May.", ["‘nobody believed the figures’"]),
    ("single straight", "She wrote 'nobody believed the figures' in May.", ["'nobody believed the figures'"]),
    ("guillemets", "Il note « personne ne croyait les chiffres » ici.", ["« personne ne croyait les chiffres »"]),
    ("apostrophe within", "He noted ‘the party’s rules had changed’ then.", ["‘the party’s rules had changed’"]),
    ("plural within", "He noted 'the workers' rights had changed' then.", ["'the workers' rights had changed'"]),
    ("plural at the end", "He noted 'all the rights of workers' and left.", ["'all the rights of workers'"]),
    (
        "nested singles",
        "“The ‘great’ plan was dropped at once” (Orr 1999).",
        ["“The ‘great’ plan was dropped at once”"],
    ),
    ("nested doubles", "“He spoke of “new norms” to the hall” (Orr 1999).", ["“He spoke of “new norms” to the hall”"]),
    (
        "closed twice",
        "It began “by force, which he called “mass coercion.””",
        ["“by force, which he called “mass coercion.””"],
    ),
    (
        "closed once",
        "“They feared it. “We were truly lost.” (Orr 1999) So.",
        ["“They feared it. “We were truly lost.”"],
    ),
    ("several sentences", '"It rained. It snowed. They left." So it ended.', ['"It rained. It snowed. They left."']),
    (
        "two in a row",
        '"one two three four" and "five six seven eight"',
        ['"one two three four"', '"five six seven eight"'],
    ),
    ("after an ellipsis", 'It was "...nothing more than a show" then.', ['"...nothing more than a show"']),
    ("glued to a mark", 'It was "nothing more than a show".[2] Then', ['"nothing more than a show"']),
    ("behind a dash", "He knew—“nothing would ever change”—well.", ["“nothing would ever change”"]),
]


@pytest.mark.parametrize(("text", "quoted"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_quotations_are_found_with_their_marks(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text, citation_brackets(text))] == quoted


NOT_FOUND = [
    ("a possessive", "Stalin's death and the workers' rights of '56 and the '50s"),
    ("a curly possessive", "Stalin’s death and the workers’ rights of ’56"),
    ("a scare quote", "the so-called ‘thaw’ and the “cult” of him"),
    ("a term", 'the policy known as "peaceful coexistence" began'),
    ("a title", "He published 'A Winter Walk in the Forest of Birches' then"),
    ("elisions", "'Twas so, and they told 'em nothing"),
]


@pytest.mark.parametrize("text", [case[1] for case in NOT_FOUND], ids=[case[0] for case in NOT_FOUND])
def test_what_is_no_quotation(text: str) -> None:
    assert find_quotations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Orr describes it as "reform without courage".',
        'What Orr calls "reform without courage" was enough.',
        'It was "reform without courage" (Orr 1999: 4).',
    ],
)
def test_a_few_words_count_where_an_author_is_meant(text: str) -> None:
    (quotation,) = find_quotations(text, citation_brackets(text))
    assert (text[quotation.start : quotation.end], quotation.words) == ('"reform without courage"', 3)


def test_single_marks_set_off_terms_where_double_ones_quote() -> None:
    text = "The ‘cult of the leader’ was “an old habit of the party” then."
    assert [text[q.start : q.end] for q in find_quotations(text)] == ["“an old habit of the party”"]


class TestAMissingClosingMark:
    def test_ends_at_the_citation(self) -> None:
        text = "He said “the fields were bare and cold (Orr, 1999: 4). This was his own “view of it all” then."
        first, second = find_quotations(text, citation_brackets(text))
        assert text[first.start : first.end] == "“the fields were bare and cold"
        assert (first.closed, second.closed) == (False, True)

    def test_ends_at_the_paragraph(self) -> None:
        text = "He said “the fields were bare and cold\n\nThe next paragraph is mine."
        (quotation,) = find_quotations(text)
        assert text[quotation.start : quotation.end] == "“the fields were bare and cold"

    def test_ends_after_so_many_words(self) -> None:
        text = "He said “" + "word " * 300
        (quotation,) = find_quotations(text)
        assert (quotation.words, quotation.closed) == (120, False)

    def test_does_not_swallow_a_later_quotation(self) -> None:
        text = "He said “it was cold. " + "Mine and mine. " * 60 + "She said “the snow fell all night” too."
        assert text[find_quotations(text)[-1].start :].startswith("“the snow fell")

    def test_a_citation_inside_a_quotation_is_passed(self) -> None:
        text = "“The yields (Orr 1999: 4) were never as good again” he said."
        (quotation,) = find_quotations(text, citation_brackets(text))
        assert quotation.end == text.index("” he") + 1


def test_a_quotation_of_several_paragraphs_is_carried_on() -> None:
    text = "“The first part of it all\n\n“and the second part of it” (Orr 1999)."
    (quotation,) = find_quotations(text, citation_brackets(text))
    assert (quotation.start, text[quotation.end - 1]) == (0, "”")


def test_short_stretches_are_seen_by_themselves() -> None:
    (stretch,) = quoted_stretches("a “thaw” of sorts")
    assert (stretch.words, stretch.double, stretch.closed) == (1, True, True)


def test_the_component_splits_tokens_at_the_marks() -> None:
    doc = mark_quotations(spacy.blank("en")('He called it "a very long and open prison".[1] So.'))
    (span,) = doc.spans["quotations"]
    assert span.text == '"a very long and open prison"'
    assert span._.quotation.words == 6
