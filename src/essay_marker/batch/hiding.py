"""Taking a learner's name out of their essay, one sign for one letter, so that every offset stays true."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from essay_marker.records import Essay

SIGN = "█"
#: A line at the top of so few words is a heading, where a part of the name is the learner's, too.
_HEADING_WORDS = 8
_HEADINGS = 3


def hide_name(essay: Essay, learner: str) -> Essay:
    """``essay`` with the learner's name hidden: the whole name in any order and spelling of its gaps, wherever it is.

    A part of the name alone may be somebody else's, a historian's say; it is hidden only in the lines at the top.
    """
    whole = whole_name(learner)
    if whole is None:
        return essay
    text = whole.sub(_signs, essay.text)
    parts = re.compile("|".join(rf"(?<!\w){re.escape(p)}(?!\w)" for p in name_parts(learner)) or r"(?!)", re.IGNORECASE)
    for paragraph in essay.paragraphs[:_HEADINGS]:
        heading = text[paragraph.start : paragraph.end]
        if len(heading.split()) <= _HEADING_WORDS:
            text = text[: paragraph.start] + parts.sub(_signs, heading) + text[paragraph.end :]
    return msgspec.structs.replace(essay, text=text, original=whole.sub(_signs, essay.original))


def _signs(found: re.Match[str]) -> str:
    return re.sub(r"\w", SIGN, found[0])


def name_parts(learner: str) -> list[str]:
    """The words of a name, but for the shortest."""
    return [part for part in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", learner)) if len(part) > 2]


def whole_name(learner: str) -> re.Pattern[str] | None:
    """Matches the letters of the whole name, beginning at any word: "Ada Lovelace", "Lovelace, Ada", "ada.lovelace".

    A name that a platform gives as one word ("lovelaceada") may begin anywhere.
    """
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", learner))
    letters = "".join(words)
    if len(letters) < 4:
        return None
    starts = [sum(map(len, words[:i])) for i in range(len(words))] if len(words) > 1 else range(len(letters))
    turned = dict.fromkeys(letters[at:] + letters[:at] for at in starts)
    gaps = (r"[\W_]*".join(map(re.escape, name)) for name in turned)
    return re.compile("|".join(rf"(?<!\w){name}(?![^\W_])" for name in gaps), re.IGNORECASE)
