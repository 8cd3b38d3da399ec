"""The annotate stage over the trained parse: what a whole reading holds together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from essay_marker.read import read_bytes
from essay_marker.records import Essay, Reading, TaggedSentence

if TYPE_CHECKING:
    from essay_marker.annotate import Annotator
    from essay_marker.pipeline import Marker

ESSAY = """To what extent did Khrushchev succeed in his policy of de-Stalinisation?

Success should be judged by Khrushchev's own aims. He wished to end the terror without losing the Party's hold.

The clearest success was the end of mass terror. In June 1957 Molotov was sent to Mongolia and not shot. As Orr \
argues, "nobody in that hall expected to be alive in the morning" (Orr, 2003: 12). Dr. Lisle (1997, p. 4) agrees. \
This mattered because fear had held the whole system together.

The economy was a failure. The Virgin Lands gave one harvest of 125 million tonnes and then dust. The clearest \
success was the end of mass terror.

Overall the policy was a success by his own aims, but it failed to renew the economy.

Bibliography

Lisle, M. (1997) A Long Winter. London: Orr & Sons.

Orr, T. (2003) The Hall. London: Orr & Sons.
"""


@pytest.fixture(scope="module")
def annotator(marker: Marker) -> Annotator:
    return marker.annotator


@pytest.fixture(scope="module")
def essay() -> Essay:
    return read_bytes(ESSAY.encode(), "essay.txt")


@pytest.fixture(scope="module")
def reading(annotator: Annotator, essay: Essay) -> Reading:
    return annotator.read(essay)


def sentence(reading: Reading, essay: Essay, begins: str) -> TaggedSentence:
    return next(s for s in reading.sentences if essay.text[s.start : s.end].startswith(begins))


def test_sentences_are_whole_and_cover_title_and_body(reading: Reading, essay: Essay) -> None:
    texts = [essay.text[s.start : s.end] for s in reading.sentences]
    assert len(texts) == 12
    assert all(text == text.strip() and text[-1] in ".?" for text in texts), texts
    assert " ".join(texts).split() == essay.text[: reading.sentences[-1].end].split()


def test_no_citation_breaks_a_sentence(reading: Reading, essay: Essay) -> None:
    texts = [essay.text[s.start : s.end] for s in reading.sentences]
    assert sum("(Orr, 2003: 12)." in text and text.startswith("As Orr") for text in texts) == 1
    assert "Dr. Lisle (1997, p. 4) agrees." in texts


def test_the_title_is_marked_and_nothing_else(reading: Reading, essay: Essay) -> None:
    titles = [essay.text[s.start : s.end] for s in reading.sentences if s.is_title]
    assert titles == [ESSAY.splitlines()[0]]
    assert all(s.role == "context" and not s.judgement for s in reading.sentences if s.is_title)


def test_every_sentence_stands_in_its_paragraph(reading: Reading) -> None:
    for s in reading.sentences:
        assert s.within(reading.paragraphs[s.paragraph])


def test_a_sentence_that_is_said_again_is_marked(reading: Reading, essay: Essay) -> None:
    text = "The clearest success was the end of mass terror."
    both = [s.repeats for s in reading.sentences if essay.text[s.start : s.end] == text]
    assert both == [False, True]


def test_quotations_citations_and_names_of_authorities_are_not_the_writers_words(
    reading: Reading, essay: Essay
) -> None:
    quoting = sentence(reading, essay, "As Orr argues")
    assert quoting.own_words == 0
    assert quoting.quoted_share > 0.5
    plain = sentence(reading, essay, "The economy")
    assert plain.own_words == plain.words == 5
    assert plain.quoted_share == 0.0


def test_specifics_are_of_the_writers_own_words_and_no_authorities(reading: Reading, essay: Essay) -> None:
    found = {essay.text[s.start : s.end] for s in reading.specifics}
    assert {"June 1957", "Molotov", "Mongolia", "Virgin Lands", "125 million"} <= found
    assert not {"Orr", "Lisle", "2003", "1997", "Khrushchev", "Stalinisation"} & found


def test_what_points_at_sentences_points_at_their_own(reading: Reading) -> None:
    assert reading.cues
    for cue in reading.cues:
        assert cue.within(reading.sentences[cue.sentence])
    for specific in reading.specifics:
        assert specific.within(reading.sentences[specific.sentence])


def test_words_are_those_of_the_body_without_citations(reading: Reading, essay: Essay) -> None:
    assert reading.quoted_words == 11
    body = essay.text[essay.body[0].start : essay.body[-1].end]
    cited = ("(Orr, 2003: 12)", "(1997, p. 4)")
    for bracket in cited:
        assert bracket in body
        body = body.replace(bracket, "")
    assert reading.words == pytest.approx(len(body.split()), abs=6)  # a hyphen or an apostrophe may part or join


def test_standards_are_stated_and_used(reading: Reading, essay: Essay) -> None:
    aims = next(y for y in reading.yardsticks if y.text == "the leader's own aims")
    assert aims.stated is not None
    assert essay.text[aims.stated.start :].startswith("Success should be judged")
    assert [essay.text[span.start :].startswith("Overall") for span in aims.used] == [True]


def test_the_bibliography_and_the_style_are_seen(reading: Reading) -> None:
    assert reading.citation_style == "harvard"
    assert reading.bibliography is not None
    assert [entry.authors for entry in reading.bibliography.entries] == [("Lisle",), ("Orr",)]
    assert reading.citation_problems == ()


def test_english_prose_on_the_question_is_known_as_such(reading: Reading) -> None:
    assert reading.english_share == 1.0
    assert reading.topic_fit > 0.8


@pytest.mark.parametrize(
    ("text", "english", "fit"),
    [
        ("Die Lager wurden geöffnet und viele Verurteilte kehrten nach Hause zurück.", 0.5, 0.1),
        ("Henry broke with Rome because he wanted to marry again and the pope would not let him.", 1.0, 0.1),
        ("", 0.0, 0.0),
        ("? ! … —", 0.0, 0.0),
    ],
)
def test_what_is_another_language_or_another_question(
    annotator: Annotator, text: str, english: float, fit: float
) -> None:
    found = annotator.read(Essay(source="x", original=text, text=text, origin=tuple(range(len(text)))))
    assert found.english_share <= english
    assert found.topic_fit <= fit


def test_reading_is_the_same_every_time(annotator: Annotator, essay: Essay, reading: Reading) -> None:
    assert annotator.read(essay) == reading


def test_lists_and_headings_are_no_prose(annotator: Annotator) -> None:
    text = "Secret Speech, Gulag, Beria, the thaw, maize.\n\nHungary.\n\nKhrushchev spoke for four hours that night."
    essay = read_bytes(text.encode(), "x.txt")
    by_text = {essay.text[s.start : s.end]: s.is_prose for s in annotator.read(essay).sentences}
    assert by_text.pop("Khrushchev spoke for four hours that night.")
    assert by_text
    assert not any(by_text.values())
