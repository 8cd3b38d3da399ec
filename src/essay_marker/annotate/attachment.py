"""Whether a date, figure or name in a clause belongs to a fact and to nothing else.

Two ways: *linked* when only small words and the fact's own lie between (`is_linked`); *said of* a happening when other
words may lie between, but no other verb, no other event and nobody else (`is_said_of`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from essay_marker.annotate.clauses import Clause
from essay_marker.annotate.happenings import Found, Happening, Hit
from essay_marker.annotate.values import MONTHS, Date, fold, holds
from essay_marker.topic import Fact, TextValue

# Words after which a date belongs to what came of the fact, not to the fact.
_ELSEWHERE = re.compile(
    r"\b(?:still|again|remember\w*|recall\w*|legac\w+|effects?|impact|consequences?|aftermath|reactions?|responses?"
    r"|anniversar\w+|memor\w+|echo\w*|already|results?|follow\w*|led|leading|caus\w+|spark\w*|trigger\w*|provok\w*"
    r"|prompt\w*|later|earlier|discuss\w*|debat\w*|years?|months?|decades?|continued|remained|until)\b"
)
_NOUNS = (
    "scheme|campaign|policy|programme|plan|project|affair|incident|event|crisis|uprising|rising|revolution|revolt|trial"
    "|massacre|treaty|speech|congress|party"
)
_LINKING = frozenset(
    re.findall(
        r"\w+",
        f"""
        was were is are be been being had has came come took take place happened occurred held given gave give delivered
        made make launched launch began begun begin started start opened ended introduced set up put created
        in on at of to by during for with into out off up the a an his its this their it that he him them which when
        early late mid spring summer autumn winter year first new own famous infamous so called finally actually only
        just then about around c circa nearly almost some over roughly approximately khrushchev nikita stalin soviet
        {_NOUNS} {" ".join(MONTHS)}
        """,
    )
)
_PARTING = re.compile("and|but|n?or|after|before|until|till|since|from|led|than|unlike|as|who|what")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_OF_DATE = re.compile(rf"(?: (?:{_NOUNS}))?(?: of| \()(?: \w+ of)? ?")  # "Secret Speech of 1957", "... (1957)"
_IN_DATE = re.compile(r"\w*,? (?:in|on|during)(?: early| late| mid)? ?")
_ENDS_IN_OF = re.compile(r"\bof\s*$")
_DETERMINER = re.compile(r"\b(?:the|his|this|khrushchev's)\s*$")


# --- linked by small words ------------------------------------------------------------------------------------------


def is_date_of(hit: Hit, date: Date, clause: Clause, hits: Sequence[Hit]) -> bool:
    """Whether the clause gives the date to the fact and to nothing else; ``hits`` are all phrases in it."""
    if not is_nearest(hit, date.start, date.end, hits) or not is_linked(hit, date.start, date.end, clause):
        return False
    text, match = clause.text, hit.fact.match
    happens_then = False
    if hit.end <= date.start:
        between = text[hit.end : date.start]
        if _OF_DATE.fullmatch(between):
            return True
        if _ENDS_IN_OF.search(between):  # "the Secret Speech spoke of 1937"
            return False
        happens_then = hit.fact.type == "event" and _IN_DATE.fullmatch(between) is not None
    elif not text[date.end : hit.start].strip() and _DETERMINER.search(text, clause.low, date.start):
        return True  # "the 1957 Secret Speech"
    if _ELSEWHERE.search(clause.without([(other.start, other.end) for other in hits]), clause.low, clause.high):
        return False
    return happens_then or not match.event_any or holds(text, match.event_any, clause.low, clause.high)


def is_nearest(hit: Hit, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Whether no phrase of another fact that has dates or figures stands nearer to the value."""
    gap = hit.gap(start, end)
    return not any(
        other.about
        and other.fact is not hit.fact
        and 0 < other.gap(start, end) < gap
        and any(not isinstance(value, TextValue) for value in other.fact.accepted)
        for other in hits
    )


def is_linked(hit: Hit, start: int, end: int, clause: Clause) -> bool:
    """Whether all words between the phrase and the value are small ones, or the fact's own."""
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    own = _own_words(hit.fact)
    for printed in _TOKEN.findall(clause.text[low:high]):
        word = printed.removesuffix("'s")
        if _PARTING.fullmatch(word):
            return False
        if not (word in _LINKING or word in own or word.isdigit() or word.startswith(hit.fact.match.event_any)):
            return False
    return True


_FARTHEST_FIGURE = 8  # words between a phrase and a figure that counts for it


def counts_for(hit: Hit, start: int, end: int, clause: Clause) -> bool:
    """Whether a figure near the phrase of a fact that is about figures counts for it: no turn stands between."""
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    words = _TOKEN.findall(clause.text[low:high])
    if any(c.isdigit() for c in clause.text[hit.start : hit.end]):
        return False
    turns = any(_PARTING.fullmatch(word) or word.isdigit() for word in words)
    return hit.fact.type == "statistic" and len(words) <= _FARTHEST_FIGURE and not turns


@functools.lru_cache(maxsize=512)
def _own_words(fact: Fact) -> frozenset[str]:
    match = fact.match
    parts = (fact.statement, *match.any, *match.names, *match.happens)
    return frozenset(word.removesuffix("'s") for part in parts for word in _TOKEN.findall(fold(part)))


# --- said of a happening --------------------------------------------------------------------------------------------

_FARTHEST = 12  # words between an event and its date
_FARTHEST_NAME = 10  # words between a name and what happened to it
_LIGHT_VERBS = frozenset(("came", "come", "took", "happened", "occurred", "began", "started", "was", "held", "given"))
_NOT_VERBS = frozenset(
    re.findall(
        r"[\w-]+",
        """
    during spring morning evening meeting building being uprising rising hundred indeed speed need seed red sacred
    including leading so-called secret united closed unexpected hated feared combined forced tried alleged
        """,
    )
)
_IRREGULAR = frozenset(
    re.findall(
        r"\w+",
        """
    went told said spoke wrote saw fell rose led left won lost met sent gave broke built kept shot sold stood thought
    withdrawn taken given driven written spoken seen known thrown
    began took came made gave held set did do does
    brought bought fought found got grew knew paid ran sat threw taught felt heard meant spent understood drew drove
    chose flew became overthrew withdrew
        """,
    )
)
# What a date may belong to instead, when it stands between an event and its date.
_OTHER_EVENTS = re.compile(
    r"(?:crimes?|terror|purges?|war|famine|collectivi[sz]ation|revolution|crisis|trials?|harvests?|congress|speech"
    r"|strikes?|(?:up)?rising|reforms?|elections?|plans?|campaigns?|affair|plots?|treaty|pact|invasion|death|arrests?)"
)
_TIME_OF = re.compile(
    r"\b(?:spring|summer|autumn|winter|end|beginning|start|middle|month|year|night|course|first half|second half|days?"
    r"|weeks?|morning|evening) of(?: the year)? ?$"
)
_OPENING = re.compile(
    r"\W*(?:(?:and|but|yet|so|then|when|while|although|because|only|already|even|it was|this was|just|as early as|back"
    r"|early|late|in|on|at|by|the|of|a|later|mid|beginning|end|start|spring|summer|autumn|winter|night|year|during"
    r"|since|next)\W+)*"
)


# "The Virgin Lands began to yield less in 1959", "erosion began in the Virgin Lands": something else began.
_BEGINS = re.compile(r"began|begins?|begun|starts?|started")
_SOMETHING_ELSE = re.compile(
    r" (?:to (?!be\b|get\b)|by |(?:in|on|at|across|for|with) (?:the )?(?!early|late|mid|\d)\D)"
)
_COUNTED_FROM = re.compile(
    r"\b(?:years?|months?|weeks?|days|decades?|time|long|shortly|soon) (?:after|before|since|from)\b|\banniversary\b"
)
_LEADS_IN = re.compile(r"\b(?:before|until|till|from|as early as|as late as) (?:the \w+ of )?$")
_AND_THEN = re.compile(r"\band (?:then )?(?:in|on|by|during)? ?(?:early |late |the \w+ of )?$")
_TO = re.compile(r" (?:to|till|until|through)\b")
_RELATED = re.compile(r"\b(?:after|before|since|until|following|despite|with)(?: the| his)?\s*$")
_BEFORE_DATE = re.compile(
    r"(?:\b(?:in|on|of|during|around|about|early|late|only|from|the|year|as|to be exact|namely)|[(,:-])\s*$"
)


def is_said_of(happening: Happening, date: Date, clause: Clause, found: Found) -> bool:
    """Whether the clause says that it happened then: nothing else in it can claim the date."""
    (first_start, first_end), (last_start, last_end) = happening.first, happening.last
    text, fact = clause.text, happening.fact
    begins = _BEGINS.fullmatch(text[slice(*happening.event)])
    if begins and _SOMETHING_ELSE.match(text, happening.event[1]):
        return False
    if _COUNTED_FROM.search(text, max(clause.low, text.rfind(",", clause.low, date.start - 3)), date.start):
        return False
    lead, between = text[max(0, first_start - 12) : first_start], text[last_end : date.start]
    if "," in between and _RELATED.search(lead):  # "After Stalin's death, in 1954, ..."
        return False
    lead_in = _LEADS_IN.search(text, clause.low, date.start)
    at = lead_in.start() if lead_in else date.start
    if first_end <= at and not lead_in and not _BEFORE_DATE.search(text, clause.low, date.start):
        return False
    if last_end <= date.start:
        if _AND_THEN.search(between):  # "..., and in 1957 Khrushchev shouted"
            return False
        tied = _is_tied(happening, clause, found)
        light = happening.name == happening.event
        return (
            tied
            and _flows(fact, clause, last_end, max(at, last_end), light=light)
            and not _dates_something_else(text, last_end, date)
        )
    if date.end <= first_start:
        comma = text.rfind(",", clause.low, date.start)
        opens = any(_OPENING.fullmatch(text, low, date.start) for low in (clause.low, comma) if low >= 0)
        return opens and _flows(fact, clause, date.end, first_start) and _is_tied(happening, clause, found)
    if first_end <= date.start and date.end <= last_start:
        within = _flows(fact, clause, first_end, date.start) and _flows(fact, clause, date.end, last_start)
        reaches_on = _TO.match(text, date.end) is not None  # "riots from Temirtau in 1959 to Novocherkassk"
        return within and not reaches_on and not _dates_something_else(text, first_end, date)
    return False


def _is_tied(happening: Happening, clause: Clause, found: Found) -> bool:
    """Whether the name and what happened belong together: nobody else stands between them, and no turn."""
    low, high = happening.first[1], happening.last[0]
    words = _TOKEN.findall(clause.text[low:high])
    if len(words) > _FARTHEST_NAME or any(_PARTING.fullmatch(w) and w not in ("and", "as", "who") for w in words):
        return False
    own = {folded for name in happening.fact.match.names for folded in fold(name).split()}
    return not any(
        low <= hit.start
        and hit.end <= high
        and not own & set(clause.text[hit.start : hit.end].removesuffix("'s").split())
        for hit in found.names
        if hit.fact is not happening.fact and hit.is_proper
    )


def _flows(fact: Fact, clause: Clause, low: int, high: int, *, light: bool = False) -> bool:
    """Whether no other verb, no other event and no turn stands in a stretch.

    With ``light`` verbs that only say that something happened are none.
    """
    words = _TOKEN.findall(clause.text[low:high])
    own = _own_words(fact)
    if len(words) > _FARTHEST or any(m[0] not in own for m in _ELSEWHERE.finditer(clause.text, low, high)):
        return False
    for printed in words:
        word = printed.removesuffix("'s")
        if word in own or (fact.match.event_any and word.startswith(fact.match.event_any)):
            continue
        if light and word in _LIGHT_VERBS:
            continue
        if _PARTING.fullmatch(word) and word not in ("as", "from", "and"):
            return False
        if _is_verb(word) or _OTHER_EVENTS.fullmatch(word):
            return False
    return True


def _is_verb(word: str) -> bool:
    """Whether a word may be a verb other than a form of to be or to have; by its ending, or irregular."""
    return word in _IRREGULAR or (len(word) > 4 and word.endswith(("ed", "ing")) and word not in _NOT_VERBS)


def _dates_something_else(text: str, low: int, date: Date) -> bool:
    """Whether the date is tied to a word just before it: "of 1957", "(1957)" after something other than the event."""
    before = text[low : date.start]
    if before.rstrip().endswith("("):
        return len(before.split()) > 1
    return bool(_ENDS_IN_OF.search(before)) and not (len(before.split()) <= 1 or _TIME_OF.search(before))


# --- in the place of ------------------------------------------------------------------------------------------------

_FARTHEST_INSTEAD = 6  # words between an event and who or where it is said to be


def names_instead(fact: Fact, about: tuple[int, int], place: tuple[int, int], clause: Clause) -> bool:
    """Whether a name at ``place`` is given for the one that belongs to ``about``."""
    if about[1] <= place[0]:
        low, high = about[1], place[0]
    elif place[1] <= about[0]:
        low, high = place[1], about[0]
    else:
        return False
    words = _TOKEN.findall(clause.text[low:high])
    return len(words) <= _FARTHEST_INSTEAD and _flows(fact, clause, low, high)
