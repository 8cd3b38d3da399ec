"""Whether a sentence gives a reason or evidence for what it says of a view."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from spacy.tokens import Span, Token

from essay_marker.annotate.grammar import FINITE
from essay_marker.annotate.names import alternation
from essay_marker.annotate.reporting import patterns


def gives_ground(sent: Span, foreign: Collection[int]) -> bool:
    """Whether a sentence brings in a reason or evidence; ``foreign`` are the words that are not the writer's."""
    own = [token for token in sent if token.i not in foreign]
    text = "".join(token.text_with_ws for token in own)
    if _reason_phrases().search(text):
        return True
    if any(_is_reason_mark(token) for token in own):
        return True
    return any(token.text == ":" and _clause_behind(token, own) for token in own)


@cache
def _reason_phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(patterns().reasons.phrases)})\b", re.IGNORECASE)


def _is_reason_mark(token: Token) -> bool:
    """Whether "since", "as", "given" or "for" heads a clause; not "as Filtzer argues", not "since 1956"."""
    if token.lower_ not in patterns().reasons.marks:
        return False
    if token.dep_ != "mark" and not (token.lower_ == "given" and token.dep_ in {"prep", "advcl"}):
        return False
    return token.lower_ != "as" or token.head.lemma_.lower() not in patterns().reporting.all


def _clause_behind(colon: Token, own: Iterable[Token]) -> bool:
    behind = [token for token in own if token.i > colon.i]
    return any(token.tag_ in FINITE for token in behind)
