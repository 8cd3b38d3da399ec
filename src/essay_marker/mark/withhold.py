"""When no mark is given: the text is not an essay on this question, or there is too little of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

from msgspec.structs import replace

from essay_marker.records import Reading, Span, Withheld
from essay_marker.rubric import Rubric, WithholdRules

NOTES = (
    "This reads as notes or a list, not as an essay: short lines and headings instead of paragraphs of argument."
    " Write it out in paragraphs, or hand in the essay itself."
)
SENSELESS = (
    "The words do not join into sentences that can be understood, so there is nothing to mark. Is it the right file?"
)
ONLY_TERMS = (
    "{share:.0%} of the words are key terms: they are strung together and not explained. Write what they show, in"
    " sentences of your own."
)
OFF_TOPIC = (
    "{how_much} the text speaks of this question, so a mark would mean nothing. Check that the question and the"
    " topic are the right ones."
)
_STOPS = re.compile(r"[.!?][”’\"'‟)\]]*$")


def withheld(rubric: Rubric, reading: Reading, text: str) -> tuple[Withheld, str] | None:
    """The reason why no mark is given, as a code and a sentence; None where one can be given.

    Sentences about how essays are marked are no part of the essay: notes with one of them in every line are notes.
    """
    rules = rubric.withhold
    reading, text = _without_talk_of_marking(rubric, reading, text)
    if _laid_out_as_notes(rules, reading, text):
        return "not-an-essay", NOTES
    if reading.words < rules.min_words:
        return (
            "too-short",
            f"Only {reading.words} words of essay were found; at least {rules.min_words} are needed to place it.",
        )
    if reading.english_share < rules.english:
        return "wrong-language", "This does not read as English prose, so it cannot be marked. Is it the right file?"
    if _prose_share(reading) < rules.prose_share:
        return "not-an-essay", NOTES
    if reading.topic_fit < rules.fit:
        return "off-topic", OFF_TOPIC.format(how_much=_how_much(reading.topic_fit))
    if reading.likelihood < rules.likelihood:
        return "not-an-essay", SENSELESS
    if reading.term_share > rules.term_share:
        return "not-an-essay", ONLY_TERMS.format(share=reading.term_share)
    return None


def _how_much(share: float) -> str:
    """The share that speaks of the question, for the beginning of a sentence; one that rounds to nought is nothing."""
    return f"Only {share:.0%} of" if round(share * 100) else "Nothing in"


def _without_talk_of_marking(rubric: Rubric, reading: Reading, text: str) -> tuple[Reading, str]:
    """The same without what speaks of marking, which is blanked out."""
    kept = []
    words = reading.words
    for sentence in reading.sentences:
        quoted = text[sentence.start : sentence.end]
        if sentence.is_title or sentence.names_topic or not rubric.looking.is_about_marking(quoted):
            kept.append(sentence)
            continue
        text = text[: sentence.start] + " " * len(quoted) + text[sentence.end :]
        words -= sentence.words
    return replace(reading, sentences=tuple(kept), words=words), text


def _laid_out_as_notes(rules: WithholdRules, reading: Reading, text: str) -> bool:
    """Many short lines, or many lines without a full stop, and no essay written out beside them.

    Lines drawn out by a sentence each are notes as well: hardly a word of them stands in a full paragraph.
    """
    titles = [s for s in reading.sentences if s.is_title]
    body = [p for p in reading.paragraphs if not any(p.start <= s.start < p.end for s in titles)]
    if len(body) < rules.notes_paragraphs:
        return False
    lengths = [len(text[p.start : p.end].split()) for p in body]
    told = _blanked(text, reading.citations)  # a note's number may stand behind the full stop
    stopped = [bool(_STOPS.search(told[p.start : p.end].rstrip())) for p in body]
    written_out = sum(n for n, ends in zip(lengths, stopped, strict=True) if ends and n >= rules.full_paragraph)
    if written_out >= rules.full_share * sum(lengths):
        return False
    unstopped = stopped.count(False) / len(body)
    return (
        median(lengths) < rules.notes_paragraph_words
        or unstopped > rules.notes_heading_share
        or written_out < rules.full_least * sum(lengths)
    )


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with blanks in the place of ``spans``."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _prose_share(reading: Reading) -> float:
    """The share of the words that stand in sentences."""
    words = sum(s.words for s in reading.sentences if not s.is_title)
    prose = sum(s.words for s in reading.sentences if s.is_prose and not s.is_title)
    return prose / words if words else 0.0
