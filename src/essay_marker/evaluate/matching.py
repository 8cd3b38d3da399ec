"""What the program, or a second labeller, says of a labelled unit.

The program may break an essay into other sentences than the labels do. So a unit is given what is said of the program's
sentences that mostly make it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from essay_marker.corpus import Unit, letters_of
from essay_marker.records import USES, ReportedSentence, Result, Role, Span, Stance, Use

#: The share of a unit, or of a sentence, that both have to cover for the one to be part of the other.
MOSTLY = 0.5


class Authority(NamedTuple):
    """A historian that a unit refers to; ``printed`` is how the essay has it, where that is known to differ."""

    name: str
    use: Use
    printed: str = ""


class Said(NamedTuple):
    """What is said of one unit, by the program or by a reader; ``role`` is None where no sentence makes it up."""

    themes: frozenset[str]
    stance: Stance
    role: Role | None
    judgement: bool
    authorities: tuple[Authority, ...]


# --- what is said of it ---------------------------------------------------------------------------------------------


def said_of(span: Span, result: Result) -> Said:
    """What the program says of the stretch ``span`` of the essay in ``result``.

    Themes and judgements of all its sentences count; two sides are both sides; the role is that of the longest.
    """
    parts = [(shared, s) for s in result.essay.sentences if (shared := _shared(span, s))]
    sides = {sentence.stance for _, sentence in parts} - {"none"}
    longest = max(parts, key=lambda part: part[0])[1] if parts else None
    return Said(
        themes=frozenset(theme for _, sentence in parts for theme in sentence.themes),
        stance="none" if not sides else sides.pop() if len(sides) == 1 else "mixed",
        role=longest.role if longest else None,
        judgement=any(sentence.judgement for _, sentence in parts),
        authorities=tuple(
            Authority(historian.name, mention.use, result.essay.text[mention.start : mention.end])
            for historian in result.historians
            for mention in historian.mentions
            if 2 * span.overlap(mention) > mention.end - mention.start
        ),
    )


def said_by(labels: Unit) -> Said:
    """What another labeller says of a unit. What may or may not be counted is not said."""
    return Said(
        themes=frozenset(labels.themes),
        stance=labels.stance,
        role=labels.role,
        judgement=labels.judgement,
        authorities=tuple(Authority(each.name, each.use) for each in labels.historians),
    )


def _shared(span: Span, sentence: ReportedSentence) -> int:
    """How many characters ``sentence`` shares with ``span``, where the one mostly makes up the other; else 0."""
    shared = span.overlap(sentence)
    return shared if shared >= MOSTLY * min(span.end - span.start, sentence.end - sentence.start) else 0


# --- historians -----------------------------------------------------------------------------------------------------

_NOT_A_NAME = re.compile(r"\bet al\b\.?|\(.*?\)|['’]s\b")
_AND = re.compile(r"\s*(?:&|,|\band\b)\s*")
_INITIAL = re.compile(r"\b[A-Z]\.\s*")


def surname(name: str) -> str:
    """What two spellings of one authority share: the first author's last name, small and without accents."""
    first = _AND.split(_NOT_A_NAME.sub("", name).strip())[0]
    words = _INITIAL.sub("", first).split()
    return letters_of(words[-1])[0] if words else ""


def by_surname(named: Iterable[Authority], known: Iterable[str] = ()) -> dict[str, Authority]:
    """Each authority once, by surname, with the highest use of it.

    ``known`` are surnames as others have them. The topic's spelling of a name that the essay misspells is right too, so
    one of these that stands in what is printed goes before the authority's own.
    """
    keys = [key for key in known if key]
    found: dict[str, Authority] = {}
    for authority in named:
        printed, _ = letters_of(authority.printed)
        key = next((key for key in keys if key in printed), None) or surname(authority.name)
        if key not in found or USES.index(authority.use) > USES.index(found[key].use):
            found[key] = authority
    return found
