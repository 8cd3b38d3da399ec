"""Text that looks planted: put in for a program that marks, not for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from essay_marker.records import Reading, Repair, Span, TaggedSentence, span_of
from essay_marker.rubric import Rubric

_INVISIBLE = "invisible"  # the repair that removes characters without width


def planted(
    rubric: Rubric, reading: Reading, text: str, repairs: Sequence[Repair]
) -> list[tuple[str, tuple[Span, ...]]]:
    """What looks planted, each with a few words that say what it is and its places.

    Args:
        rubric: Its rules for a review, and the words in which markers speak.
        reading: What was found in the essay.
        text: The essay's.
        repairs: What was put right while it was read: words that nobody sees were left out then.
    """
    rules = rubric.review
    body = [s for s in reading.sentences if not s.is_title]
    counts = {repair.code: repair.count for repair in repairs}
    found: list[tuple[str, tuple[Span, ...]]] = []

    def add(words: str, sentences: Sequence[TaggedSentence]) -> None:
        if sentences:
            found.append((words, tuple(span_of(s) for s in sentences)))

    if any(counts.get(code) for code in rules.hidden_repairs) or counts.get(_INVISIBLE, 0) >= rules.hidden_characters:
        found.append(("words or characters that are not seen on the page", ()))
    add(
        "sentences about how it should be marked",
        [s for s in body if not s.names_topic and rubric.looking.is_about_marking(text[s.start : s.end])],
    )
    add(
        "names or terms in a list that says nothing of them",
        [*_lists(reading, rules.listed), *_strings(reading, rules.listed)],
    )
    repeated = [s for s in body if s.repeats and s.is_prose]
    add("the same passage again", repeated if len(repeated) >= rules.repeated_sentences else [])
    add("paragraphs that name nothing of the subject", [s for s in body if not s.on_topic])
    return found


def _lists(reading: Reading, least: int) -> list[TaggedSentence]:
    """Stretches without sentences that hold at least so many names and terms."""
    specifics = [0] * len(reading.sentences)
    for specific in reading.specifics:
        specifics[specific.sentence] += specific.kind in {"name", "term"}
    numbered = [(i, s) for i, s in enumerate(reading.sentences) if not s.is_title]
    stretches = [
        list(group) for is_prose, group in groupby(numbered, key=lambda pair: pair[1].is_prose) if not is_prose
    ]
    return [s for stretch in stretches if sum(specifics[i] for i, _ in stretch) >= least for _, s in stretch]


def _strings(reading: Reading, least: int) -> list[TaggedSentence]:
    """Sentences that name at least so many historians."""
    starts = [mention.start for historian in reading.historians for mention in historian.mentions]
    return [s for s in reading.sentences if sum(s.start <= start < s.end for start in starts) >= least]
