"""Putting advice and praise into words: what is true of a place chooses the wording and fills its blanks.

Nothing is drawn by lot: of the rubric's wordings the first is taken whose conditions hold and whose blanks can all be
filled from the essay or its topic.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from essay_marker.mark.named import named
from essay_marker.mark.script import Script
from essay_marker.records import Reason, Span
from essay_marker.rubric import Asks, FeedbackRules, Person, Wording, blanks_of
from essay_marker.topic import Theme, Topic, Yardstick

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_OPPOSITE = {"success": "limitation", "limitation": "success"}


class Said(NamedTuple):
    """The same words to a teacher and to the writer of the essay, the ideas of the topic in them, and what they ask.

    ``asks`` is None where no wording that was taken says so.
    """

    teacher: str
    student: str
    ideas: frozenset[str]
    asks: Asks | None = None


class Place(NamedTuple):
    """What a piece of feedback is about: a reason, and the number of a sentence where one can be pointed at."""

    reason: Reason
    sentence: int | None
    spans: tuple[Span, ...] = ()


def say(
    script: Script,
    rules: FeedbackRules,
    place: Place,
    parts: Iterable[Sequence[Wording]],
    used: frozenset[str],
) -> Said:
    """One sentence or more from each of ``parts``, with other ideas of the topic than those already ``used``."""
    tags = tags_of(script, place)
    blanks = fills(script, rules, place, used)
    ideas: set[str] = set()
    asks: Asks | None = None
    teacher, student = [], []
    for wordings in parts:
        wording = next((w for w in wordings if _holds(w, tags) and blanks_of(w.text) <= {*blanks, *PERSONAL}), None)
        if wording is None:
            continue
        ideas |= {blanks[name] for name in blanks_of(wording.text) & IDEAS}
        asks = wording.asks or asks
        teacher.append(put(wording.text, blanks, rules.teacher))
        student.append(put(wording.text, blanks, rules.student))
    return Said(" ".join(teacher), " ".join(student), frozenset(ideas), asks)


#: Blanks that bring an idea which nothing else of the same feedback may bring again.
IDEAS = frozenset({"point", "support", "fact", "suggestion", "link"})
PERSONAL = frozenset(Person.__struct_fields__)


#: Where a sentence begins.
_BEGINNING = re.compile(r'(?:^|[.?!][”"]?\s+)$')


def put(text: str, blanks: dict[str, str], person: Person) -> str:
    """``text`` with its blanks filled for this reader, and a capital wherever a sentence begins with one of them."""
    forms = {name: str(getattr(person, name)) for name in PERSONAL}
    filled = ""
    for literal, name, _, _ in string.Formatter().parse(text):
        filled += literal if filled else _capital(literal)
        if name is not None:
            words = (blanks | forms)[name]
            filled += _capital(words) if _BEGINNING.search(filled) else words
    return filled


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _holds(wording: Wording, tags: frozenset[str]) -> bool:
    return all((tag.removeprefix("not ") in tags) != tag.startswith("not ") for tag in wording.when)


# --- what is true of a place ----------------------------------------------------------------------------------------


def tags_of(script: Script, place: Place) -> frozenset[str]:
    """Everything that a wording's ``when`` can ask for and that holds here."""
    found = set()
    reading = script.reading
    found |= {"nothing"} if place.reason.value == 0 else set()
    found |= {"weak"} if (place.reason.level or 0.0) < 2.0 else set()
    stated = [y for y in reading.yardsticks if y.stated is not None]
    found.add("standard:stated" if stated else "standard:none")
    # where the essay comes back to a test of its own cannot be told from its words
    if stated and all(map(script.is_listed, stated)) and not any(y.used for y in reading.yardsticks):
        found.add("standard:unused")
    if script.weakest is not None:
        found.add(f"theme:{script.weakest.coverage}")
    if place.sentence is None:
        return frozenset(found)
    i, sentence = place.sentence, script.sentences[place.sentence]
    paragraph = script.paragraph_of(i)
    found |= {f"role:{sentence.role}", f"stance:{sentence.stance}"}
    found |= {f"cue:{kind}" for kind in script.cues[i]}
    found |= {f"near:{kind}" for j in paragraph for kind in script.cues[j]}
    found |= {f"holds:{script.sentences[j].role}" for j in paragraph}
    found |= {specific.kind for specific in script.specifics[i]}
    conditions = {
        "judged": sentence.judgement,
        "bare": not script.specifics[i],
        "quotation": script.holds(i, reading.quotations),
        "historian": any(script.holds(i, historian.mentions) for historian in reading.historians),
        "first": i == paragraph[0],
        "last": i == paragraph[-1] and len(paragraph) > 1,
        "proved paragraph": any(script.proves(j) for j in paragraph),
        "judged paragraph": any(script.sentences[j].judgement for j in paragraph),
        "both sides": script.hears_both_sides(paragraph),
        "introduction": paragraph == script.paragraphs[0],
        "conclusion": script.concludes(i),
    }
    return frozenset(found | {name for name, holds in conditions.items() if holds})


# --- what fills the blanks ------------------------------------------------------------------------------------------


def fills(script: Script, rules: FeedbackRules, place: Place, used: frozenset[str]) -> dict[str, str]:
    """What can be put into a wording here, by the name of the blank; what is not known is left out."""
    found: dict[str, str | None] = {"leader": script.topic.question.leader.surname}
    if 0 < place.reason.value < 1:
        found["percent"] = str(round(100 * place.reason.value))
    spots = script.served(place.reason.spans)
    middle = script.middle
    if len(middle) > 1:
        held = sum(any(i in spots for i in paragraph) for paragraph in middle)
        found |= {"served": "all" if held == len(middle) else in_words(held), "total": in_words(len(middle))}
    found["there"] = _elsewhere(script, rules, spots, place.sentence)
    ranked = script.ranked
    if script.weakest is not None:
        weak = script.topic.theme(script.weakest.id)
        ranked = tuple(sorted(ranked, key=lambda theme: theme.id == weak.id))  # it comes last, whatever its words
        found["weak"] = weak.spoken
        fresh = (s for s in map(_in_sentence, script.weakest.suggestions) if s not in used and not script.held(s))
        found["suggestion"] = next(fresh, None)
    found |= {name: theme.spoken for name, theme in zip(("strong", "second"), ranked, strict=False)}
    yardstick = script.best_yardstick
    if script.least_used is not None:
        yardstick = _yardstick(script.topic, script.least_used.text)
    found["test"] = yardstick.in_text if yardstick is not None else None
    if place.sentence is not None:
        found |= _of_sentence(script, rules, place.sentence, used)
    return {name: words for name, words in found.items() if words is not None}


def _yardstick(topic: Topic, label: str) -> Yardstick | None:
    return next((y for y in topic.question.yardsticks if y.label == label), None)


def _elsewhere(script: Script, rules: FeedbackRules, earned: Set[int], place: int | None) -> str | None:
    """Of the other paragraphs of the middle that have not earned it, the one with most words."""
    unserved = [p for p in script.middle if earned.isdisjoint(p) and place not in p]
    if not unserved:
        return None
    paragraph = max(unserved, key=lambda p: sum(script.sentences[i].own_words for i in p))
    theme, n = script.theme_of_paragraph(paragraph, rules.half), script.number(paragraph[0])
    return rules.there_alone.format(n=n) if theme is None else rules.there.format(n=n, theme=theme.spoken)


def _of_sentence(script: Script, rules: FeedbackRules, i: int, used: frozenset[str]) -> dict[str, str | None]:
    sentence, paragraph = script.sentences[i], script.paragraph_of(i)
    theme = script.theme_of(i, rules.half)
    found: dict[str, str | None] = {
        "n": str(script.number(i)),
        "content": named(script, (i,)),
        "beside": named(script, [j for j in paragraph if theme is None or theme.id in script.sentences[j].themes]),
    }
    tests = [y for y in script.reading.yardsticks if script.holds(i, [s for s in (y.stated, *y.used) if s is not None])]
    yardstick = _yardstick(script.topic, tests[0].text) if tests else None
    found["standard"] = yardstick.in_text if yardstick is not None else None
    at = script.paragraphs.index(paragraph) if paragraph in script.paragraphs else 0
    # not of the introduction
    before = script.theme_of_paragraph(script.paragraphs[at - 1], rules.half) if at > 1 else None
    if theme is None:
        return found
    found["theme"] = theme.spoken
    if before is not None and before.id != theme.id:
        found["before"] = before.spoken
    sides = {"success": theme.success, "limitation": theme.limitation}
    against = _OPPOSITE.get(sentence.stance, "limitation")
    if script.concludes(i):
        found["point"] = script.said(sides[against], used)
    else:
        found["point"] = script.unsaid(sides[against], i, used)
        found["support"] = script.unsaid(sides[_OPPOSITE[against]], i, used)
        found["fact"] = script.unsaid(theme.evidence, i, used, is_fact=True)
    other, idea = link_of(script.topic, theme, script.ranked)
    found["other"] = other.spoken if other else None
    found["link"] = idea if idea not in used else None
    return found


def link_of(topic: Topic, theme: Theme, touched: Sequence[Theme]) -> tuple[Theme | None, str | None]:
    """Another theme of the essay to which ``theme`` can be tied, and by what thought, where the topic knows one."""
    others = [other for other in touched if other.id != theme.id]
    for other in others:
        for link in topic.links:
            if set(link.between) == {theme.id, other.id}:
                return other, link.idea
    return (others[0] if others else None), None


def in_words(number: int) -> str:
    """A number as a sentence has it."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _in_sentence(words: str) -> str:
    """A request of the topic's after "could": small, and without its full stop."""
    return (words[:1].lower() + words[1:]).rstrip(".")
