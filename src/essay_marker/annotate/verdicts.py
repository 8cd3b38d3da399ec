"""The fixed phrases in which a view is weighed, as patterns made of the words of ``historians.yaml``."""

from __future__ import annotations

import re
from functools import cache

from essay_marker.annotate.names import alternation
from essay_marker.annotate.reporting import patterns


@cache
def own_view() -> re.Pattern[str]:
    """The writer speaks: "in my view"."""
    return re.compile(rf"\b(?:{alternation(patterns().evaluation.own_view)})\b", re.IGNORECASE)


@cache
def verdict_behind() -> re.Pattern[str]:
    """A verdict directly behind a reference: "is convincing", "which seems too simple"."""
    judging = alternation(patterns().evaluation.claim_adjectives | patterns().evaluation.view_adjectives)
    return re.compile(
        rf"(?:,\s)?(?:which\s)?(?:is|are|seems|seem|appears|looks|remains)\s(?:\w+\s){{0,2}}?(?:{judging})\b",
        re.IGNORECASE,
    )


@cache
def upshot() -> re.Pattern[str]:
    """A judgement on all that went before in the sentence: "…, but this is too simple"."""
    words = patterns().evaluation
    return re.compile(
        r"(?:,\s(?:and|but|yet|though|although)\s|;\s)(?:[^,;:.]{0,60}?\s)?(?<!that\s)(?:that|this|which)\s(?:alone\s|certainly\s|surely\s|also\s)?"
        rf"(?:(?:is|seems|may\sbe|looks)\s(?:\w+\s){{0,2}}?(?:{alternation(words.claim_adjectives)})|{alternation(words.extents)})\b"
    )


@cache
def phrases() -> re.Pattern[str]:
    """The fixed phrases, at most an adverb away."""
    return re.compile(rf"(?:\w+ly\s|also\s|perhaps\s)?(?:{alternation(patterns().evaluation.phrases)})\b")


@cache
def contrast_phrase() -> re.Pattern[str]:
    """One view set against another: "on the other hand"."""
    return re.compile(
        rf"\b(?:{alternation(patterns().evaluation.contrast_phrases)})\b(?!\s+(?:to|with)\b)", re.IGNORECASE
    )


@cache
def contrast_before() -> re.Pattern[str]:
    """The same just before a name, with a role and a first name between: "unlike the historian William"."""
    words = alternation(patterns().evaluation.contrast_before)
    roles = alternation(patterns().roles)
    nouns = alternation(patterns().view_nouns)
    return re.compile(
        rf"\b(?:{words})\s+(?:the\s+)?(?:(?:{nouns})s?\s+(?:of|by|from|put forward by)\s+)?(?:(?:{roles})s?\s+)?"
        rf"(?:[A-Z][\w.]*\s+)*\Z",
        re.IGNORECASE,
    )
