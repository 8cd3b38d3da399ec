"""Readings written by hand: paragraphs of sentences, each with what the annotate stage would say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from essay_marker.assess import Case
from essay_marker.records import Cue, Historian, Reading, Span, Specific, TaggedSentence, YardstickUse
from essay_marker.rubric import load_rubric
from essay_marker.topic import load_topic

RUBRIC = load_rubric("edexcel-9hi0-essay")
TOPIC = load_topic("khrushchev-destalinisation")


class Said(NamedTuple):
    """A sentence: its text and its tags. ``quoted`` of its words stand in quotation marks."""

    text: str = "Ten words of prose stand in every sentence of these."
    themes: str = "terror"
    role: str = "claim"
    stance: str = "none"
    judged: bool = False
    cues: str = ""
    specifics: tuple[str, ...] = ()
    quoted: int = 0
    title: bool = False
    prose: bool = True
    repeats: bool = False


def claim(stance: str = "success", themes: str = "terror", **fields: Any) -> Said:
    """A judgement on its theme."""
    given: dict[str, Any] = {"themes": themes, "role": "claim", "stance": stance, "judged": True}
    return Said(**(given | fields))


def evidence(themes: str = "terror", *specifics: str, **fields: Any) -> Said:
    """A piece of evidence, which holds at least one specific."""
    return Said(**({"themes": themes, "role": "evidence", "specifics": specifics or ("1957",)} | fields))


def analysis(stance: str = "success", themes: str = "terror", **fields: Any) -> Said:
    """An explanation; it stands behind evidence that it explains."""
    return Said(**({"themes": themes, "role": "analysis", "stance": stance, "cues": "explanation"} | fields))


def context(themes: str = "terror", **fields: Any) -> Said:
    """A sentence that sets the scene."""
    return Said(**({"themes": themes, "role": "context"} | fields))


def reading(
    *paragraphs: Sequence[Said], yardsticks: tuple[YardstickUse, ...] = (), historians: tuple[Historian, ...] = ()
) -> tuple[Reading, str]:
    """The reading of paragraphs, and their text."""
    text = "\n\n".join(" ".join(said.text for said in paragraph) for paragraph in paragraphs)
    sentences: list[TaggedSentence] = []
    cues: list[Cue] = []
    specifics: list[Specific] = []
    spans: list[Span] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        begin = at
        for said in paragraph:
            index, end = len(sentences), at + len(said.text)
            words = len(said.text.split())
            tagged = {
                "start": at,
                "end": end,
                "paragraph": number,
                "themes": said.themes.split(),
                "stance": said.stance,
                "role": said.role,
                "judgement": said.judged,
                "quoted_share": said.quoted / words,
                "words": words,
                "own_words": words - said.quoted,
                "is_title": said.title,
                "is_prose": said.prose,
                "repeats": said.repeats,
                "own_success": 0.0,
                "own_limitation": 0.0,
                "levels": {strand.id: 3.0 for strand in RUBRIC.strands},
            }
            sentences.append(msgspec.convert(tagged, TaggedSentence))
            cues += [Cue(start=at, end=at + 1, kind=kind, sentence=index) for kind in said.cues.split()]
            specifics += [
                Specific(start=at, end=at + 1, kind="name", sentence=index, key=key) for key in said.specifics
            ]
            at = end + 1
        spans.append(Span(start=begin, end=at - 1))
        at += 1
    body = [s for s in sentences if not s.is_title]
    return (
        Reading(
            sentences=tuple(sentences),
            paragraphs=tuple(spans),
            quotations=(),
            citations=(),
            bibliography=None,
            historians=historians,
            evaluated_with_ground=(),
            facts=(),
            cues=tuple(cues),
            specifics=tuple(specifics),
            yardsticks=yardsticks,
            citation_style="none",
            citation_problems=(),
            words=sum(s.words for s in body),
            quoted_words=sum(s.words - s.own_words for s in body),
            english_share=1.0,
            topic_fit=1.0,
            models={},
            decided_by={},
        ),
        text,
    )


def case(*paragraphs: Sequence[Said], yardsticks: tuple[YardstickUse, ...] = ()) -> Case:
    """The case of paragraphs under the shipped rubric."""
    found, text = reading(*paragraphs, yardsticks=yardsticks)
    return Case(reading=found, topic=TOPIC, text=text, looking=RUBRIC.looking, rules=RUBRIC.coverage)


INTRODUCTION = (context(themes=""),)
CONCLUSION = (Said(themes="", role="evaluation", stance="mixed", judged=True, cues="overall"),)


def essay(*middle: Sequence[Said]) -> Case:
    """The case of body paragraphs between an introduction and a conclusion that speak of no theme."""
    return case(INTRODUCTION, *middle, CONCLUSION)
