"""Marks of HTML and Markdown: the marks go, the words stay.

Marks of notes (``[1]``, ``[^1]``, ``¹``) are no markup here: later stages read them.
"""

from __future__ import annotations

import re
from typing import Final

from essay_marker.read.offsets import Edit, Traced
from essay_marker.read.repairs import RepairLog

_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_COMMENT: Final = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_RAISED_NUMBER: Final = re.compile(r"<sup>\s*\[?(?P<number>\d{1,3})\]?\s*</sup>", re.IGNORECASE)
_LINE_TAG: Final = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|blockquote|center)(?:\s[^<>]*)?>", re.IGNORECASE)
_INLINE_TAG: Final = re.compile(
    r"</?(?:sup|sub|i|b|u|s|em|strong|span|a|small|big|font|del|ins|mark|cite|q|code|tt)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)

_LINK: Final = re.compile(
    r"!?\[(?P<words>[^\[\]\n^]{1,200})\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"\n]*\")?\)"
)
# emphasis reaches over a line end, never over a blank line; a star after a letter is a note's mark and opens nothing
_EMPHASIS: Final = re.compile(
    r"(?<![\w*\\])(?P<star>\*{1,3})(?=[^\s*])(?P<words>(?:[^*\n]|\n(?!\s*\n)){1,400}?)(?<=\S)(?P=star)(?![\w*])"
)
_UNDERSCORES: Final = re.compile(
    r"(?<![\w\\])(?P<line>_{1,3})(?=[^\s_])(?P<words>(?:[^_\n]|\n(?!\s*\n)){1,400}?)(?<=[^\s_])(?P=line)(?!\w)"
)
# a start of a few words that is crossed out and goes on differently is replaced; longer crossed-out work still counts
_REPLACED: Final = re.compile(r"~~(?!~)(?:(?!~~)\S){1,40}(?:[ \t]+(?:(?!~~)\S){1,40}){0,11}[ \t]*~~[ \t]*(?=\S)")
_CROSSED_OUT: Final = re.compile(r"~~(?=\S)(?P<words>(?:(?!~~|\n\s*\n)[\s\S]){1,4000}?)(?<=\S)~~")
_ESCAPE: Final = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!'\"<>&|~])")

_HEADING: Final = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t#]*$")
_BULLET: Final = re.compile(r"[ \t]*(?:(?:[*+•◦▪‣●○■□·\uf0b7\uf0a7]|[-–—](?=\s)|o(?=\t|\s{2,}|\s[A-Z]))\s*(?=\S))+")
_SPACED_BULLET: Final = re.compile(r"[ \t]*[*+](?!\s)")
_QUOTED: Final = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_RULE: Final = re.compile(r"[ \t]*(?:[-*_=~•–—][ \t]*)+$|[ \t]*(?:`{3,}|~{3,})\w*$")
_UNDERLINE: Final = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*$")


def strip_inline_markup(text: Traced, log: RepairLog) -> Traced:
    """``text`` without tags, links, emphasis and backslashes; block tags become line ends."""
    if "<" in text.text:
        text = _strip_tags(text, log)
    if "](" in text.text:
        text, count = text.keep_group(_LINK, "words")
        log.add("links", count)
    if "*" in text.text or "_" in text.text:
        text = _strip_emphasis(text, log)
    if "~~" in text.text:
        text, count = text.sub(_REPLACED, "")
        log.add("crossed-out", count)
        text, count = text.keep_group(_CROSSED_OUT, "words")
        log.add("crossed-out-kept", count)
    if "\\" in text.text:
        text, count = text.sub(_ESCAPE, "")
        log.add("escapes", count)
    return text


def _strip_tags(text: Traced, log: RepairLog) -> Traced:
    total = 0
    text, count = text.sub(_COMMENT, "")
    total += count
    text, count = text.sub(_RAISED_NUMBER, lambda match: match["number"].translate(_SUPERSCRIPTS))
    total += 2 * count
    for pattern, new in ((_LINE_TAG, "\n"), (_BLOCK_TAG, "\n\n"), (_INLINE_TAG, "")):
        text, count = text.sub(pattern, new)
        total += count
    log.add("tags", total)
    return text


def _strip_emphasis(text: Traced, log: RepairLog) -> Traced:
    """``text`` without pairs of emphasis marks, from the inner ones outwards."""
    for pattern in (_EMPHASIS, _UNDERSCORES):
        while True:
            text, count = text.keep_group(pattern, "words")
            log.add("emphasis", count)
            if not count:
                break
    return text


def is_rule(line: str) -> bool:
    """Whether a line is only ruled (``---``, ``* * *``), an empty bullet or a code fence: nothing to read."""
    return bool(_RULE.match(line))


def is_underline(line: str) -> bool:
    """Whether a line may underline a heading."""
    return bool(_UNDERLINE.match(line))


def strip_quoting(line: Traced) -> Traced:
    """``line`` without the ``>`` of a block quotation or a mail."""
    match = _QUOTED.match(line.text)
    return line.slice(match.end(), len(line)) if match else line


def strip_heading(line: Traced) -> Traced | None:
    """The words of a heading with ``#``, or None where ``line`` is none."""
    match = _HEADING.match(line.text)
    return line.slice(match.start("words"), match.end("words")) if match else None


def strip_bullet(line: Traced) -> Traced | None:
    """The words of a bulleted line, or None where ``line`` is none."""
    match = _BULLET.match(line.text)
    if not match or _SPACED_BULLET.match(line.text):
        return None
    return line.edit([_whole(match)])


def _whole(match: re.Match[str]) -> Edit:
    """The edit that deletes a match."""
    return match.start(), match.end(), ""
