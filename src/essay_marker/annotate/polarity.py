"""Whether a sentence says that things went well or badly: words with their scope in the parse.

A word of success or limitation counts for its side. What de-Stalinisation was against ("terror") or for ("legality")
counts only through the verb or noun that governs it: ended terror is a success, a return to terror is none. A negation
in whose scope a word stands turns it round; what is only intended does not count; what a word such as "failed" governs
is part of the failure. Words in a concession ("although ...") weigh half, as do those of the faint lists. What is told
of Stalin's own time is no limitation of what came after. Names of events are counted by themselves: they say what is
spoken of, not what the writer thinks of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

from essay_marker.annotate.patterns import PolarityWeights, PolarityWords
from essay_marker.terms import Match, TermIndex, Word, fold, words_of

_KINDS = (
    *("success", "limitation", "faint_success", "faint_limitation"),
    *("ills", "goods", "reducers", "keepers", "intentions"),
)
_CONCESSIVE = frozenset({"although", "though", "despite", "while", "whilst", "notwithstanding"})
_COMPLEMENTS = frozenset(
    {
        "dobj",
        "obj",
        "xcomp",
        "ccomp",
        "prep",
        "pobj",
        "acomp",
        "attr",
        "advmod",
        "amod",
        "agent",
        "conj",
        "compound",
        "nsubjpass",
        "pcomp",
        "advcl",
        "relcl",
        "nmod",
        "oprd",
        "poss",
        "appos",
        "acl",
        "dative",
    }
)
_OBJECTS = frozenset({"dobj", "obj", "attr", "acomp", "oprd", "xcomp", "ccomp", "dative"})
_ADDING = frozenset({"only", "just", "merely", "simply"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CONDITIONAL = frozenset({"would", "could", "might"})
_SET_IN = frozenset({"under", "in", "during"})
_COMPARING = frozenset({"than", "as"})
_SAYS = ("limitation", "success")
_NAMED = ("named_limitation", "named_success")  # a name that is remembered for one side, such as that of a massacre


class Polarity(NamedTuple):
    """How much a sentence says for success and for limitation, and in the writer's own words alone."""

    success: float
    limitation: float
    own_success: float
    own_limitation: float
    two_sided: bool  # both sides are there before concessions are weighed down
    events: float = 0.0  # what the names in it are remembered for: above 0 success, below limitation

    @property
    def balance(self) -> float:
        """Success less limitation."""
        return self.success - self.limitation


class Sign(NamedTuple):
    """Words that speak for success (a weight above 0) or for limitation (below), and the token they stand on."""

    words: str
    weight: float
    at: int


class _Hit(NamedTuple):
    """What lists a word or phrase stands on, and the tokens it covers."""

    kinds: set[str]
    tokens: set[int]


class PolarityFinder:
    """Weighs sentences with the general lists and those of the topic's themes."""

    def __init__(
        self, words: PolarityWords, weights: PolarityWeights, topical: Iterable[tuple[str, str, bool]]
    ) -> None:
        """Index the lists once; ``topical``, as ``(theme, term, speaks for success)``, count on their theme only."""
        self._weights = weights
        general = [(term, kind) for kind in _KINDS for term in getattr(words, kind)]
        self._index: TermIndex[str] = TermIndex(general)
        by_theme: dict[str, list[tuple[str, str]]] = {}
        for theme, term, speaks_for in topical:
            named = all(not word[:1].islower() for word in term.split())
            by_theme.setdefault(theme, []).append((term, _NAMED[speaks_for] if named else _SAYS[speaks_for]))
        self._topical: dict[str, TermIndex[str]] = {theme: TermIndex(terms) for theme, terms in by_theme.items()}
        self._skip: TermIndex[str] = TermIndex((t, "skip") for t in words.other_sense)
        self._negators = frozenset(words.negators)
        self._counterfactual: TermIndex[str] = TermIndex((t, "counterfactual") for t in words.counterfactual)
        self._old_days = frozenset(fold(word) for word in words.old_days)

    def weigh(self, sent: Span, quoted: Sequence[bool], themes: Sequence[str]) -> Polarity:
        """The polarity of ``sent``, which is on ``themes``; ``quoted[i]``: is token ``sent[i]`` in quotation marks."""
        hits = self._hits(sent, themes)
        totals = [0.0, 0.0, 0.0, 0.0]
        for sign in self._signs(sent, hits):
            side = 0 if sign.weight > 0 else 1
            totals[side] += abs(sign.weight)
            if not quoted[sign.at - sent.start]:
                totals[2 + side] += abs(sign.weight)
        names = [hit.kinds for hit in hits.values()]
        events = sum((_NAMED[True] in kinds) - (_NAMED[False] in kinds) for kinds in names)
        success, limitation, own_success, own_limitation = totals
        two_sided = success > 0 and limitation > 0
        return Polarity(success, limitation, own_success, own_limitation, two_sided, float(events))

    def signs(self, sent: Span, themes: Sequence[str]) -> list[Sign]:
        """What in ``sent``, which is on ``themes``, speaks for success or for limitation, and how much."""
        return self._signs(sent, self._hits(sent, themes))

    def _signs(self, sent: Span, hits: dict[Token, _Hit]) -> list[Sign]:
        # a negator inside a phrase of the lists ("never questioned") is part of what it says and turns nothing round
        inside = {i for t, hit in hits.items() if len(hit.tokens) > 1 and t.dep_ != "aux" for i in hit.tokens}
        values = {token: self._value(token, hits, inside) for token in hits}
        # nor does one that has turned another word round say anything by itself
        spent = {i for token, value in values.items() if value for i in self._negators_over(token, inside)}
        contrasts = self._contrasts_with_old_days(sent)
        found = [Sign(contrasts, 1.0, sent.start)] if contrasts else []
        for token, value in values.items():
            if not value or (token.lower_ == "never" and token.i in spent):
                continue
            if value < 0 and self._in_old_days(token, contrasting=bool(contrasts)):
                continue
            weight = self._weights.concession if _in_concession(token) else 1.0
            words = " ".join(sent.doc[i].lower_ for i in sorted(hits[token].tokens))
            found.append(Sign(words, value * weight, token.i))
        return found

    def _contrasts_with_old_days(self, sent: Span) -> str:
        """The words that say what would not have been possible before, in a sentence that names the old days; or ""."""
        if not any(fold(token.text) in self._old_days for token in sent):
            return ""
        return next((sent.text[m.start : m.end] for m in self._counterfactual.find(words_of(sent.text))), "")

    def _in_old_days(self, token: Token, *, contrasting: bool) -> bool:
        """Whether the word stands in a clause that tells of the old days, not of what came after."""
        clause = token
        while clause.head != clause and not any(c.dep_ in _SUBJECTS for c in clause.children):
            clause = clause.head
        if contrasting and any(c.dep_ == "aux" and c.lower_ in _CONDITIONAL for c in clause.children):
            return True
        return any(self._names_old_days(c, token) for c in clause.children)

    def _names_old_days(self, part: Token, token: Token) -> bool:
        """Whether a part of a clause makes it one on the old days: their ruler acts, or it is set under him."""
        if part.dep_ == "nsubj":
            return fold(part.text) in self._old_days and part != token
        then = part.dep_ == "prep" and part.lower_ in _SET_IN and not (part.i and part.nbor(-1).lower_ in _COMPARING)
        return (part.dep_ == "agent" or then) and any(
            fold(c.text) in self._old_days for c in part.children if c.dep_ == "pobj"
        )

    def _hits(self, sent: Span, themes: Sequence[str]) -> dict[Token, _Hit]:
        printed = words_of(sent.text)
        lemmas = _lemmas(sent, printed)
        skipped = {i for m in (*self._skip.find(printed), *self._skip.find(lemmas)) for i in range(m.start, m.end)}
        hits: dict[Token, _Hit] = {}
        indices = [self._index, *(self._topical[t] for t in themes if t in self._topical)]
        matches: list[Match[str]] = [m for index in indices for form in (printed, lemmas) for m in index.find(form)]
        for match in matches:
            if match.start in skipped:
                continue
            start, end = sent.start_char + match.start, sent.start_char + match.end
            span = sent.doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                hit = hits.get(span.root)
                size = span.end - span.start
                if hit is None or size > len(hit.tokens):  # of "shot" and "not shot" the longer says what is meant
                    hit = hits[span.root] = _Hit(set(), set())
                if size >= len(hit.tokens):
                    hit.kinds.add(match.value)
                    hit.tokens.update(range(span.start, span.end))
        return hits

    def _value(self, token: Token, hits: dict[Token, _Hit], inside: set[int]) -> float:
        """+1, -1 or 0 for a word in its surroundings."""
        value = 0.0
        kinds = hits[token].kinds
        if "success" in kinds:
            value += 1.0
        if "limitation" in kinds:
            value -= 1.0
        if not kinds & {"success", "limitation"}:
            value = self._weights.faint * (("faint_success" in kinds) - ("faint_limitation" in kinds))
        if not value and (kinds & {"ills", "goods"}):
            value = self._governed(token, kinds, hits)
        if not value:
            return 0.0
        governors = _governors(token, self._weights.reach)
        for governor, below in zip(governors, (token, *governors), strict=False):
            above = hits[governor].kinds if governor in hits else set()
            if "intentions" in above:
                return 0.0
            if governor != token and below.dep_ != "conj" and "limitation" in above and value > 0:
                return 0.0
        # an odd number of negators turns a word round
        return -value if len(self._negators_over(token, inside)) % 2 else value

    def _governed(self, token: Token, kinds: set[str], hits: dict[Token, _Hit]) -> float:
        good = 1.0 if "goods" in kinds else -1.0
        for governor in _governors(token, self._weights.reach):
            if governor == token:
                continue
            above = hits[governor].kinds if governor in hits else set()
            if "reducers" in above:
                return -good
            if "keepers" in above:
                return good
        return 0.0

    def _negators_over(self, token: Token, inside: set[int]) -> set[int]:
        """The negators in whose scope the word stands, but for those ``inside`` a phrase of the lists."""
        found = {
            child.i
            for governor in _governors(token, self._weights.reach)
            for child in governor.children
            if child.dep_ == "neg" and child.i not in inside and not _adds(child)
        }
        start = max(token.sent.start, token.i - self._weights.reach)
        for i in range(start, token.i):
            other = token.doc[i]
            if i > start and f"{other.nbor(-1).lower_} {other.lower_}" in self._negators:  # "anything but", "far from"
                found.add(i)
            elif other.text in {",", ";", "—", "–"} or other.lower_ == "but":
                found = {n for n in found if n >= i}
            elif (
                i not in inside
                and not _adds(other)
                and (other.lower_ in self._negators or other.lemma_.lower() in self._negators)
            ):
                found.add(i)
        return found


def _adds(negator: Token) -> bool:
    """Whether it is the "not" of "not only", which denies nothing."""
    following = negator.i + 1
    return following < len(negator.doc) and negator.doc[following].lower_ in _ADDING


def _lemmas(sent: Span, printed: Sequence[Word]) -> list[Word]:
    """``printed`` with the lemma in the place of the word, where a word is one token."""
    by_offset = {token.idx - sent.start_char: token for token in sent}
    changed = []
    for word in printed:
        token = by_offset.get(word.start)
        lemma = fold(token.lemma_) if token is not None and token.lemma_ else word.folded
        changed.append(word._replace(folded=lemma))
    return changed


def _governors(token: Token, reach: int) -> list[Token]:
    """The token and up to ``reach`` words above it that it completes; a verb without object governs its subject."""
    found = [token]
    current = token
    for _ in range(reach):
        if current.head == current or not (current.dep_ in _COMPLEMENTS or _undergoes(current)):
            break
        if current.dep_ == "advcl" and any(c.dep_ == "mark" for c in current.children):  # a clause of its own
            break
        if current.dep_ == "conj" and current.pos_ in {"VERB", "AUX"}:  # what is said of the first verb ends there
            break
        current = current.head
        found.append(current)
    return found


def _undergoes(token: Token) -> bool:
    """Whether the word is the subject of a verb that has no object, so that it is what ended, grew or came back."""
    verb = token.head
    return token.dep_ == "nsubj" and verb.pos_ == "VERB" and not any(c.dep_ in _OBJECTS for c in verb.children)


def _in_concession(token: Token) -> bool:
    """Whether the word stands in a clause or phrase that grants the other side a point."""
    for node in (token, *token.ancestors):
        if node.lower_ in _CONCESSIVE:
            return True
        if node.dep_ in {"advcl", "pcomp"} and any(c.lower_ in _CONCESSIVE for c in node.lefts):
            return True
    return False
