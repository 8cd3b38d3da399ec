"""Whether every span quotes the essay: it lies in the text, begins and ends at words; sentences leave nothing out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from essay_marker.records import Essay, ReportedEssay, Result, Span, span_of
from essay_marker.verifying.faults import Fault, below, differences


def span_faults(result: Result) -> Iterator[Fault]:
    """Everything that is wrong with the spans of a result, its sentences and its paragraphs."""
    text = result.essay.text
    sound = True
    for path, span in spans_in(result):
        wrong = _wrong(text, span)
        if wrong:
            sound = False
            yield Fault(path, wrong)
    if sound:
        yield from _paragraphs(result.essay)
        yield from _tiling(result.essay)


def spans_in(item: Any, path: str = "") -> Iterator[tuple[str, Span]]:
    """Every span in a record with the path to it, however deep."""
    if isinstance(item, Span):
        yield path, item
    if isinstance(item, msgspec.Struct):
        for field in item.__struct_fields__:
            inner = getattr(item, field)
            if isinstance(inner, msgspec.Struct | tuple):
                yield from spans_in(inner, below(path, field))
    elif isinstance(item, tuple):
        for index, part in enumerate(item):
            yield from spans_in(part, f"{path}[{index}]")


def _wrong(text: str, span: Span) -> str | None:
    """What is wrong with one span."""
    where = f"from {span.start} to {span.end}"
    if span.start >= span.end:
        return f"{where} there is nothing to quote"
    if span.end > len(text):
        return f"{where} is no place in the essay, whose text has {len(text)} characters"
    words = text[span.start : span.end]
    if words != words.strip():
        return f"{where} the quotation begins or ends with white space"
    for end, at in (("begins", span.start), ("ends", span.end)):
        if inside_word(text, at):
            near = " ".join(text[max(at - 12, 0) : at + 12].split())
            return f"{where} the quotation {end} inside a word (“{near}”)"
    return None


def inside_word(text: str, at: int) -> bool:
    """Whether there is no word boundary at ``at``: letters or digits on both sides, or a letter and its accent.

    A raised number, as notes have it, is no part of the word before it.
    """
    if not 0 < at < len(text):
        return False
    before, after = (unicodedata.category(text[index]) for index in (at - 1, at))
    if after[0] == "M":
        return not text[at - 1].isspace()  # behind white space it has no letter to stand on
    return (before[0] in "LM" or before == "Nd") and (after[0] == "L" or after == "Nd")


def _paragraphs(essay: ReportedEssay) -> Iterator[Fault]:
    for index, (earlier, later) in enumerate(pairwise(essay.paragraphs), 1):
        if earlier.end >= later.start:
            yield Fault(f"essay.paragraphs[{index}]", "the paragraph begins before the one in front of it has ended")


def _tiling(essay: ReportedEssay) -> Iterator[Fault]:
    """Sentences stand one after the other in the paragraphs they name, and between them is nothing but white space."""
    at, number = 0, 0
    for index, sentence in enumerate(essay.sentences):
        path = f"essay.sentences[{index}]"
        if sentence.paragraph >= len(essay.paragraphs) or sentence.paragraph < 0:
            yield Fault(f"{path}.paragraph", f"there is no paragraph {sentence.paragraph}")
            return
        paragraph = essay.paragraphs[sentence.paragraph]
        if not sentence.within(paragraph):
            yield Fault(f"{path}.paragraph", f"the sentence does not stand in paragraph {sentence.paragraph}")
            return
        if sentence.start < at or sentence.paragraph < number:
            yield Fault(path, "the sentence begins before the one in front of it has ended")
            return
        left = _left_out(essay, at, sentence.start)
        if left:
            yield Fault(path, f"in front of the sentence, words of the essay are in no sentence: “{left}”")
        at, number = sentence.end, sentence.paragraph
    left = _left_out(essay, at, len(essay.text))
    if left:
        yield Fault("essay.sentences", f"behind the last sentence, words of the essay are in none: “{left}”")


def _left_out(essay: ReportedEssay, start: int, end: int) -> str:
    """The words of title and body between two places."""
    gap = Span(start=start, end=end)
    parts = (essay.text[max(start, p.start) : min(end, p.end)] for p in essay.paragraphs if p.overlap(gap))
    return " ".join(" ".join(parts).split())[:60]


def reading_faults(result: Result, essay: Essay) -> Iterator[Fault]:
    """Where the result's essay is not the one that was read."""

    def say(reported: str, read: str) -> str:
        return f"the result has {reported}, and the essay as it is read has {read}"

    if result.essay.text != essay.text:
        yield from differences(
            result.essay.text, essay.text, "essay.text", lambda a, b: f"{say(a, b)}. Is it the right essay?"
        )
        return
    title = essay.text[essay.title.start : essay.title.end] if essay.title else None
    works = essay.bibliography
    shown = result.essay.bibliography
    yield from _compared("title", result.essay.title, title, say)
    yield from _compared("paragraphs", result.essay.paragraphs, essay.paragraphs, say)
    yield from _compared("notes", result.essay.notes, essay.notes, say)
    yield from _compared("repairs", result.essay.repairs, essay.repairs, say)
    yield from _compared("bibliography", span_of(shown) if shown else None, works, say)


def _compared(field: str, reported: Any, read: Any, say: Any) -> Iterator[Fault]:
    yield from differences(msgspec.to_builtins(reported), msgspec.to_builtins(read), f"essay.{field}", say)
