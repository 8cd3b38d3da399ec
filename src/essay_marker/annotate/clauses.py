"""A sentence cut into the statements it makes, and whether each of them is asserted or denied.

Everything works on folded text (`annotate.values.fold`). A clause keeps the offsets of its sentence: what does not
belong to it is blanked out, never cut out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from essay_marker.annotate.statements import statements
from essay_marker.annotate.values import Date, Number, YearSpan, dates, numbers, year_spans

_ENDS_HEAD = re.compile(r"""["') ]*(?:[a-z]+)?["') ]*""")  # "the Virgin Lands" or "the Virgin Lands scheme", which ...
_QUOTED = re.compile(r'"[^"]*"')


class Clause:
    """A stretch of a sentence that makes one statement; ``text`` is the sentence with everything else blanked out."""

    def __init__(self, sentence: str, text: str, low: int, high: int) -> None:
        self.sentence = sentence
        self.text = text
        self.low = low
        self.high = high
        self.dates: list[Date] = dates(text, low, high)

    @functools.cached_property
    def numbers(self) -> list[Number]:
        """The figures; read only when a fact asks for them."""
        return numbers(self.text, self.low, self.high)

    @functools.cached_property
    def spans(self) -> list[YearSpan]:
        """The spans of years."""
        return year_spans(self.text, self.low, self.high)

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the sentence lies in the clause and is no part of what is blanked out."""
        return self.low <= start and end <= self.high and self.text[start:end] == self.sentence[start:end]

    def is_asserted(self, own: tuple[int, int] | None = None, until: int | None = None) -> bool:
        """Whether the writer states the clause: it is no question, no supposition and nobody else's view.

        ``own`` is a stretch whose words are part of the statement: "the Programme promised communism by 1970".
        ``until`` is where the statement ends: what is promised or claimed after it has no part in it.
        """
        before = self.sentence[: until or self.high]
        text = self.text[self.low : self.high]
        if own:
            before = before[: own[0]] + " " + before[own[1] :]
            text = self.text[self.low : own[0]] + " " + self.text[own[1] : self.high]
        said = statements().asserting
        turn = [m for m in said.turn.finditer(before) if m.start() <= self.low + 1]
        if turn:  # "Nobody expected Beria to fall, but he was arrested"
            before = before[turn[-1].start() :]
        if self._is_question or said.correction.search(self.sentence) or said.inversion.match(self.sentence):
            return False
        if said.trailing_report.search(self.sentence):
            return False
        # "It can be argued that ..." is the writer speaking.
        return not (said.report.search(said.own_report.sub(" ", before)) or said.supposition.search(text))

    @functools.cached_property
    def _is_question(self) -> bool:
        return self.sentence.rstrip(" '\")").endswith("?")

    def denies(self, end: int, phrases: Sequence[tuple[int, int]]) -> bool:
        """Whether a negation or contrast stands in the clause before ``end``, or leads up to the clause.

        ``phrases`` are the names in the clause: "Not by Bread Alone" denies nothing.
        """
        said, lead = statements().asserting, self.sentence[: self.low]
        low = max((m.end() for m in said.set_apart.finditer(self.text, self.low, end)), default=self.low)
        return bool(said.negation.search(self.without(phrases), low, end) or said.contrast.search(lead))

    def without(self, phrases: Sequence[tuple[int, int]]) -> str:
        """The text with some stretches blanked out."""
        text = self.text
        for start, end in phrases:
            text = blank(text, start, end)
        return text

    def quotes(self, start: int, end: int, phrases: Sequence[tuple[int, int]]) -> bool:
        """Whether a stretch begins or ends within quotation marks: the words may be somebody else's.

        A title in quotation marks, which is one of ``phrases``, is nobody's words.
        """
        return any(
            (m.start() < start < m.end() or m.start() < end < m.end())
            and not any(m.start() < a and b < m.end() and self._is_title(m, (a, b), (start, end)) for a, b in phrases)
            for m in self._quoted
        )

    def _is_title(self, quoted: re.Match[str], phrase: tuple[int, int], value: tuple[int, int]) -> bool:
        """Whether what is quoted is hardly more than the phrase, and the value no word of it."""
        a, b = phrase
        if quoted.start() < value[0] and value[1] < quoted.end() and not (a <= value[0] and value[1] <= b):
            return False
        return a - quoted.start() < _TITLE_MARGIN and quoted.end() - b < _TITLE_MARGIN

    @functools.cached_property
    def _quoted(self) -> list[re.Match[str]]:
        return list(_QUOTED.finditer(self.sentence))


_TITLE_MARGIN = 25  # characters by which a title in quotation marks may be longer than the phrase known from it


def blank(text: str, start: int, end: int) -> str:
    """``text`` with blanks from ``start`` to ``end``."""
    return text[:start] + " " * (end - start) + text[end:]


def clauses(sentence: str, phrases: Sequence[tuple[int, int]]) -> Iterator[Clause]:
    """The statements of a folded sentence; one may be part of another.

    They are cut at stops and before conjunctions. A relative clause is given with what it relates to, a clause without
    a subject with the one before it, and a main clause without what interrupts it. ``phrases`` are the stretches that
    can be a subject.
    """
    cutting = statements().clauses
    parts = [(low, high) for low, high in cuts(sentence) if high - low > 1]
    for i, (low, high) in enumerate(parts):
        yield Clause(sentence, sentence, low, high)
        if i and cutting.subjectless.match(sentence, low, high):
            before = [(a, b) for a, b in phrases if parts[i - 1][0] <= a and b <= parts[i - 1][1]]
            if before:
                start, end = min(before)
                yield Clause(sentence, blank(sentence, end, low), start, high)
    plain = sentence
    for between in cutting.apposition.finditer(sentence):
        plain = blank(plain, *between.span())
    for relative in cutting.relative.finditer(sentence):
        for text in dict.fromkeys((sentence, plain)):
            heads = [a for a, b in phrases if b <= relative.start() and _ENDS_HEAD.fullmatch(text, b, relative.start())]
            if heads:
                high = next((b for a, b in parts if a <= relative.end() <= b), len(sentence))
                yield Clause(sentence, text, min(heads), high)
    for m in cutting.date_when.finditer(sentence):
        high = next((b for a, b in parts if a <= m.end() <= b), len(sentence))
        yield Clause(sentence, blank(sentence, *m.span("join")), m.start(), high)
    for m in cutting.which_was.finditer(sentence):
        low = next((a for a, b in parts if a <= m.start() <= b), 0)
        high = next((b for a, b in parts if a <= m.end() <= b), len(sentence))
        yield Clause(sentence, blank(sentence, *m.span()), low, high)
    for patterns in ((cutting.interpolation, cutting.after_date), (cutting.apposition,)):
        whole = sentence
        for pattern in patterns:
            for between in pattern.finditer(sentence):
                whole = blank(whole, *between.span())
        if whole != sentence:
            for low, high in cuts(whole):
                yield Clause(sentence, whole, low, high)


def cuts(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence start and end, cut at stops and before conjunctions."""
    start = 0
    for cut in statements().clauses.boundary.finditer(sentence):
        yield start, cut.start()
        start = cut.end()
    yield start, len(sentence)
