"""Scripts for tests of feedback: readings with hand-made sentences, held against the real topic."""

from __future__ import annotations

import msgspec

from essay_marker.mark.script import Script
from essay_marker.records import Specific, ThemeCoverage
from essay_marker.topic import load_topic

from .building import reading, sentence

TOPIC = load_topic("khrushchev-destalinisation")
#: The roles of a script's paragraphs, one sentence each.
ROLES = ("claim", "evidence", "evidence", "claim", "evidence", "evaluation")


def script(*paragraphs: str, themes: tuple[ThemeCoverage, ...] = (), **fields: object) -> Script:
    """A script of six paragraphs, or of these, each one sentence; ``fields`` change every sentence."""
    texts = paragraphs or tuple(f"Sentence number {i} stands here." for i in range(len(ROLES)))
    found, text = reading(*texts)
    sentences = tuple(
        sentence(s.start, s.end, s.paragraph, **({"role": ROLES[i % len(ROLES)]} | fields))
        for i, s in enumerate(found.sentences)
    )
    return Script(reading=msgspec.structs.replace(found, sentences=sentences), topic=TOPIC, themes=themes, text=text)


def with_specifics(of: Script, *specifics: Specific) -> Script:
    """``of`` with these specifics and no others."""
    made = msgspec.structs.replace(of.reading, specifics=specifics)
    return Script(reading=made, topic=of.topic, themes=of.themes, text=of.text)


def with_terms(of: Script, at: int, *terms: str) -> Script:
    """``of`` with these words of sentence ``at``, and no others, found to be terms of the topic."""
    starts = [of.text.index(term, of.sentences[at].start) for term in terms]
    return with_specifics(
        of,
        *(
            Specific(start=start, end=start + len(term), kind="term", key=term.casefold(), sentence=at)
            for start, term in zip(starts, terms, strict=True)
        ),
    )
