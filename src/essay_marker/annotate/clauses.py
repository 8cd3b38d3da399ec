"""A sentence cut into the statements it makes, and whether each of them is asserted or denied.

Everything works on folded text (`annotate.values.fold`). A clause keeps the offsets of its sentence: what does not
belong to it is blanked out, never cut out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from essay_marker.annotate.values import Date, Number, YearSpan, dates, numbers, year_spans

_CONJUNCTIONS = (
    "and|but|yet|so|while|whilst|whereas|although|though|because|when|where|which|who|whom|whose|unlike|rather"
    "|despite|even|however|with|until|before|after|not"
)
_BOUNDARY = re.compile(
    r"[;?!]|(?<!^\d{4}):|(?<!\bxx)(?<!\bxxi)(?<!\bxxii)(?<!\b[a-z])(?<!\bdr)\.(?!\d)| -+ "
    rf"|,(?= (?:{_CONJUNCTIONS}|just as|as if|as though)\b)"
    r"|(?= (?:but|while|whilst|whereas|although|though|because|which|who|whom|so that)\b)"
)
_RELATIVE = re.compile(r",? (?:who|which|whose|whom|where)\b")
_ENDS_HEAD = re.compile(r"""["') ]*(?:[a-z]+)?["') ]*""")  # "the Virgin Lands" or "the Virgin Lands scheme", which ...
# Something put between a subject and its verb: "Beria, whom everybody feared, was arrested".
_INTERPOLATION = re.compile(
    rf"(?<=\w), (?:{_CONJUNCTIONS}|in turn|by now|as [a-z]+|by then|at last|of course)\b(?<!\band)(?<!\bbut)(?<!\byet)"
    r"(?<!\bso)[^,;:?!()]*?,(?= (?!(?:and|but|yet|so)\b))"
)
# The same without a conjunction: "in the Manezh, an exhibition hall near the Kremlin, ..."
_APPOSITION = re.compile(
    r"(?<=[\w\"']), (?:an?|the|his|her|their|himself|nearly|almost|as|one|then|now|once|already|always|by|in|on|with|at"
    r"|under|for|like|among|along|together|known|called|written)\b(?: (?!(?:18|19|20)\d\d|was\b|were\b|had\b"
    r"|has\b|is\b|did\b|[a-z]+ed\b)[^ ,;:?!()]+){1,12},(?= )"
)
# "in 1961, when ...", "the night in 1961 in which ...": the date is also that of what follows.
_DATE_WHEN = re.compile(
    r"\b(?:(?:in|on|of|until|till|by|since|after|before|from) )?(?:\d{1,2}\w{0,2} )?(?:(?:the )?\w+ (?:of )?)?\b"
    r"(?:18|19|20)\d\d"
    r"(?P<join>,? (?:when|in which|on which|by which|with which|through which)\b)"
)
# "..., which happened in 1954": the date is that of what went before.
_WHICH_WAS = re.compile(
    r",? (?:and )?(?:which|this|that|something that|an event which) (?:only |finally |actually |already |all )?"
    r"(?:happened|occurred|took place|was|came|came about)(?= (?:in|on|not until|only|as early|as late|back|at the)\b)"
)
# Something put between a date at the start and what happened then: "In 1961, only days after the congress, ..."
_AFTER_DATE = re.compile(
    r"(?<=\d), (?:(?:only|just|some|barely|less than|more than|nearly|about|a|an|the|\w+) ){0,3}"
    r"(?:after|before|behind|during|under|with|at|against|shortly|soon|ago|years?|months?|days?|weeks?)\b"
    r"[^,;:?!()]{0,45},"
    r"(?= (?!(?:and|but)\b))"
)
_SUBJECTLESS = re.compile(
    r",? ?(?:and|but|yet|then)? ?(?:\w+ly |then |later |finally |also |in turn )?"
    r"(?:was|were|had|became|got|died|lost|resigned|returned|visited|won|wrote|fell|gave|took|made|came)\b"
)
NEGATION = re.compile(
    r"\b(?:not(?! (?:until|till|before|only)\b)(?![^,;]{1,60} (?:before|until|till) (?:[a-z]+ ){0,4}\d)"
    r"|never|no(?! doubt)|nor|neither|none|without|hardly|scarcely"
    r"|rather than|instead of|unlike|contrary|myth"
    r"|mistaken\w*|wrong\w*|false\w*|incorrect\w*|den(?:y|ies|ied)|nobody|far from|as opposed to|compared|avoid\w*"
    r"|prevent\w*|refus(?:ed to|al)|fail(?:ed to|ing to|s to)|cannot)\b|n't\b"
)
# What a negation before it does not reach: "Instead of being shot, ...", "although nobody expected it, in 1961 ..."
_SET_APART = re.compile(
    r"^\W*(?:instead of|unlike|far from|contrary to|without|rather than) [^,]+,"
    r"|(?<!\d), (?=(?:in|on|during) (?:[\w ]{1,20} )?(?:18|19|20)\d\d)"
)
_CONTRAST = re.compile(r"\b(?:not|rather|unlike|instead)\W*$")
_REPORT = re.compile(
    r"\b(?:claim\w*|argu(?:e|es|ed|ing)|alleg\w+|assert\w*|maintain\w*|insist\w*|contend\w*|believ\w+"
    r"|suppos(?!ed to)\w+"
    r"|rumou?r\w*|legend|accus\w+ (?:\w+ ){0,3}of|according to|threat\w*|fear(?:ed|s)? that|expected (?:that|to)"
    r"|(?<!been )(?<!was )(?<!were )promis(?:ed|es|ing))\b"
    r"|\b(?:say|says|said|states?|stated|writes?|wrote|suggest\w*|thinks?|thought|holds?|held|notes?|noted|report\w*"
    r"|remark\w*|declared?|announced?|told (?:\w+ ){1,3}) that\b"
    r"|\b(?:often|sometimes|commonly|people|pupils|students?|many|some) (?:\w+ )?(?:think|say|assume|write)\b"
    r"|\b(?:convinced|sure|certain|opinion|impression|idea|tells? \w+|told \w+|remembers?|imagines?|mistakes?) that\b"
    r"|\b(?:was|were|been|being) told\b"
)
_TURN = re.compile(r"[;,]? (?:but|yet)\b|;")
_TRAILING_REPORT = re.compile(  # "... in 1954, as one website says."
    r"(?:\baccording to [^,]+|, (?:\w+ ){0,5}"
    r"(?:claim\w*|argue[sd]?|says?|said|maintain\w*|wrote|writes|believe\w*|think\w*))\W*$"
)
_OWN_REPORT = re.compile(r"\bit (?:can|could|may|might|must|should) (?:also |therefore |thus )?be \w+")
_SUPPOSITION = re.compile(
    r"\b(?:if|would(?: not)? have|could have|might have|would|supposing|unless|planned|proposed|used to)\b"
)
_INVERSION = re.compile(r"^\W*(?:had|were|should) \w+")  # "Had Zhukov not sent his planes, ..."
# The writer puts right what somebody else has said.
_CORRECTION = re.compile(
    r"\b(?:is|was|are|were) (?:\w+ ){0,3}(?:wrong|false|untrue|incorrect|not true|a myth"
    r"|an? (?:\w+ )?(?:mistake|error|misconception))\b"
    r"|\bin (?:truth|reality|actual fact)\b|[;,] (?:but |yet )?in fact\b"
    r"|\b(?:mix\w*|confus\w+) (?:\w+ ){1,3}(?:up )?with\b"
    r"|\b(?:blog\w*|web ?sites?|web ?pages?|internet|wikipedia|textbooks?|captions?|school ?books?|magazines?)\b"
    r"|\bthe (?:right|correct|true|real) (?:year|date|answer|number|figure)\b|[-,;:] no,"
)
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
        turn = [m for m in _TURN.finditer(before) if m.start() <= self.low + 1]
        if turn:  # "Nobody expected Beria to fall, but he was arrested"
            before = before[turn[-1].start() :]
        if self._is_question or _CORRECTION.search(self.sentence) or _INVERSION.match(self.sentence):
            return False
        if _TRAILING_REPORT.search(self.sentence):
            return False
        # "It can be argued that ..." is the writer speaking.
        return not (_REPORT.search(_OWN_REPORT.sub(" ", before)) or _SUPPOSITION.search(text))

    @functools.cached_property
    def _is_question(self) -> bool:
        return self.sentence.rstrip(" '\")").endswith("?")

    def denies(self, end: int, phrases: Sequence[tuple[int, int]]) -> bool:
        """Whether a negation or contrast stands in the clause before ``end``, or leads up to the clause.

        ``phrases`` are the names in the clause: "Not by Bread Alone" denies nothing.
        """
        lead = self.sentence[: self.low]
        low = max((m.end() for m in _SET_APART.finditer(self.text, self.low, end)), default=self.low)
        return bool(NEGATION.search(self.without(phrases), low, end) or _CONTRAST.search(lead))

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
    parts = [(low, high) for low, high in cuts(sentence) if high - low > 1]
    for i, (low, high) in enumerate(parts):
        yield Clause(sentence, sentence, low, high)
        if i and _SUBJECTLESS.match(sentence, low, high):
            before = [(a, b) for a, b in phrases if parts[i - 1][0] <= a and b <= parts[i - 1][1]]
            if before:
                start, end = min(before)
                yield Clause(sentence, blank(sentence, end, low), start, high)
    plain = sentence
    for between in _APPOSITION.finditer(sentence):
        plain = blank(plain, *between.span())
    for relative in _RELATIVE.finditer(sentence):
        for text in dict.fromkeys((sentence, plain)):
            heads = [a for a, b in phrases if b <= relative.start() and _ENDS_HEAD.fullmatch(text, b, relative.start())]
            if heads:
                high = next((b for a, b in parts if a <= relative.end() <= b), len(sentence))
                yield Clause(sentence, text, min(heads), high)
    for m in _DATE_WHEN.finditer(sentence):
        high = next((b for a, b in parts if a <= m.end() <= b), len(sentence))
        yield Clause(sentence, blank(sentence, *m.span("join")), m.start(), high)
    for m in _WHICH_WAS.finditer(sentence):
        low = next((a for a, b in parts if a <= m.start() <= b), 0)
        high = next((b for a, b in parts if a <= m.end() <= b), len(sentence))
        yield Clause(sentence, blank(sentence, *m.span()), low, high)
    for patterns in ((_INTERPOLATION, _AFTER_DATE), (_APPOSITION,)):
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
    for cut in _BOUNDARY.finditer(sentence):
        yield start, cut.start()
        start = cut.end()
    yield start, len(sentence)
