"""Lines that only say who wrote the essay, when, for which class or how many words it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from essay_marker.read.lines import Line
from essay_marker.read.repairs import RepairLog
from essay_marker.read.signing import MONTH, says_who, speaks_of

_LONGEST_DETAIL: Final = 140
_TOP: Final = 10
_WHOSE: Final = (
    "full|student|pupil|candidate|cent(?:re|er)|author|exam|course|module|unit|paper|class|teacher|tutor|submission|due"
)
_WHAT: Final = (
    "name|number|no\\.?|code|id|date|word ?count|words|class|form|set|year group|teacher|tutor|course|module|unit"
    "|subject|school|college|student|pupil|candidate|author|centre|exam board"
)
_DETAIL: Final = re.compile(
    rf"(?:(?:{_WHOSE}) )?(?:{_WHAT})(?:'s)?(?: (?:name|number|no\.?|code))?(?:\s*[:=#]|\s[–-])\s*\S.{{0,60}}"
    r"|(?:candidate|centre|student) (?:number|no\.?|id)\s+\S{1,12}"
    r"|(?:class|form|set|year|yr)\s+\d{1,2}\s?[a-z]{0,2}"
    rf"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\s+\d{{4}}"
    rf"|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{2}}|\d{{4}})|\d{{4}}-\d\d-\d\d"
    r"|(?:(?:essay|written|submitted) )?by (?-i:[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][A-Za-z'-]+)",
    re.IGNORECASE,
)
_WORD_COUNT: Final = re.compile(
    r"[(\[]?\s*(?:(?:total )?(?:word ?count|words)\s*[:=–-]?\s*\d[\d,. ]*(?:words)?|\d[\d,. ]*words)\s*[)\].]*",
    re.IGNORECASE,
)


def drop_details(lines: Sequence[Line], log: RepairLog) -> list[Line]:
    """``lines`` without the lines at the top that only say who, when or which class, and without word counts."""
    dropped: set[int] = set()
    for index, line in enumerate(lines[:_TOP]):
        if _DETAIL.fullmatch(line.text) or _is_signature(lines, index, at_top=len(dropped) == index):
            dropped.add(index)
        elif len(line.text) > _LONGEST_DETAIL:
            break  # the essay has begun
    dropped |= {index for index, line in enumerate(lines) if _WORD_COUNT.fullmatch(line.text)}
    if len(dropped) == len(lines):
        return list(lines)  # better odd words than none
    log.add("details", len(dropped))
    return _keep_gaps(lines, dropped)


def _is_signature(lines: Sequence[Line], index: int, *, at_top: bool) -> bool:
    """Whether the line says who the writer is. A name without a class can only be told at the very top."""
    said = says_who(lines[index].text)
    if said == "name":
        return at_top and not speaks_of((line.text for line in lines[index + 1 :]), lines[index].text)
    return said == "class"


def _keep_gaps(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """``lines`` but for those at ``dropped``; what follows one begins after a gap."""
    return [
        line._replace(gap=max(line.gap, 1)) if index - 1 in dropped else line
        for index, line in enumerate(lines)
        if index not in dropped
    ]
