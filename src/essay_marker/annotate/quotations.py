"""Quotations: where somebody else's words begin and end, in whatever marks and however carelessly closed.

Only outermost quotations are given: what is quoted inside a quotation belongs to it. Double marks are matched with a
count of how deep they are nested; a single mark opens a quotation only when a closing one can be found for it, since
most single marks are apostrophes. A missing closing mark is made up for: the quotation ends at the next bracketed
citation, at the end of the paragraph, or after so many words, whichever comes first.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from essay_marker.annotate import layers
from essay_marker.annotate.alignment import span_at, split_at
from essay_marker.annotate.brackets import citation_brackets
from essay_marker.annotate.reporting import inflections
from essay_marker.annotate.text import text_of
from essay_marker.data import Record, load_yaml
from essay_marker.records import Quotation, Span
from essay_marker.resources import models_dir

GROUP = "quotations"

_DOUBLE = '"“”„‟«»″'
_SINGLE = "'‘’‚‛‹›"
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
#: So many marks in a row are looked past for what stands beside them; more are no quotation.
_MAX_RUN = 6
_WORD = re.compile(r"[^\W_]+(?:['’\-–.,](?=[^\W_])[^\W_]+)*")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")


class QuotationPatterns(Record, frozen=True, kw_only=True):
    """``quotations.yaml``."""

    min_words: int
    min_words_single: int
    max_unclosed_words: int
    introducing: tuple[str, ...]
    introducing_links: tuple[str, ...]
    naming: tuple[str, ...]
    apostrophe_words: tuple[str, ...]
    title_small_words: frozenset[str]
    carrying_on: tuple[str, ...]
    min_words_to_source: int
    min_words_to_source_introduced: int

    def introduced(self) -> re.Pattern[str]:
        """Matches text that ends with a verb which brings in somebody's words."""
        verbs = "|".join(sorted({form for verb in self.introducing for form in inflections(verb)}))
        links = "|".join(self.introducing_links)
        return re.compile(rf"\b(?:{verbs})\b(?:\s+(?:{links})\b){{0,4}}\s*[,:]?\s*\Z", re.IGNORECASE)

    def named(self) -> re.Pattern[str]:
        """Matches text that ends with words which only give something its name."""
        return re.compile(rf"(?:{'|'.join(map(re.escape, self.naming))})\s*\Z", re.IGNORECASE)


@cache
def patterns() -> QuotationPatterns:
    """The patterns, read once."""
    return load_yaml(models_dir() / "patterns" / "quotations.yaml", QuotationPatterns)


@cache
def _compiled() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = "|".join(patterns().apostrophe_words)
    # '56 and the '50s, 'tis, 'em
    elision = re.compile(rf"\d\ds?\b(?!\d)|(?:{words})\b", re.IGNORECASE)
    return patterns().introduced(), patterns().named(), elision


class Stretch(NamedTuple):
    """Words between quotation marks, marks included, of any length."""

    start: int
    end: int
    words: int
    closed: bool
    double: bool


def find_quotations(text: str, barriers: Sequence[Span] = ()) -> list[Quotation]:
    """The quotations in ``text``; ``barriers`` are its bracketed citations, which no unclosed quotation passes.

    Stretches of few words (`QuotationPatterns.min_words`) and titles are left out, but for an author's own words:
    double marks directly before a citation or behind a verb of reporting.
    """
    stretches = quoted_stretches(text, barriers)
    doubles = sum(1 for s in stretches if s.double and s.words >= patterns().min_words)
    return [
        Quotation(start=s.start, end=s.end, words=s.words, closed=s.closed)
        for s in stretches
        if _is_quotation(text, s, barriers, singles_quote=doubles == 0)
    ]


def quoted_stretches(text: str, barriers: Sequence[Span] = ()) -> list[Stretch]:
    """Everything between outermost quotation marks: quotations, scare quotes, terms and titles."""
    return _Scanner(text, barriers).scan()


def is_introduced(text: str, start: int) -> bool:
    """Whether a verb of reporting stands directly before ``start``: somebody's words begin there."""
    introduced, named, _ = _compiled()
    before = text[max(0, start - 60) : start]
    return introduced.search(before) is not None and named.search(before) is None


def count_words(text: str) -> int:
    """How many words ``text`` has; "Stalin's" and "anti-party" are one each."""
    return sum(1 for _ in _WORD.finditer(text))


def _is_quotation(text: str, stretch: Stretch, barriers: Sequence[Span], *, singles_quote: bool) -> bool:
    """Whether a stretch is somebody's words. Where double marks quote, a few words in single ones are a term."""
    enough = patterns().min_words if stretch.double or singles_quote else patterns().min_words_single
    if stretch.words >= enough:
        return not _is_title(text[stretch.start + 1 : stretch.end])
    if stretch.words < (1 if stretch.double else patterns().min_words):
        return False
    introduced, named, _ = _compiled()
    before = text[max(0, stretch.start - 60) : stretch.start]
    if named.search(before):
        return False
    return introduced.search(before) is not None or _cited_at(text, stretch.end, barriers)


def _is_title(quoted: str) -> bool:
    """Whether the words are written as a title: every word with a capital but the small ones."""
    words = [word for word in _WORD.findall(quoted) if word.lower() not in patterns().title_small_words]
    return len(words) >= 2 and all(word[0].isupper() or word[0].isdigit() for word in words)


def _cited_at(text: str, end: int, barriers: Sequence[Span]) -> bool:
    """Whether a citation follows at once, with nothing but punctuation between."""
    return any(b.start >= end and not text[end : b.start].strip(" .,;:") for b in barriers)


class _Scanner:
    """Reads the marks from left to right. ``open_at`` is where the outermost double quotation began."""

    def __init__(self, text: str, barriers: Sequence[Span]) -> None:
        self.text = text
        self.barriers = sorted(barriers)
        self._barrier_starts = [b.start for b in self.barriers]
        self._paragraph_ends = [end.start() for end in _PARAGRAPH_END.finditer(text)]
        self.found: list[Stretch] = []
        self.open_at: int | None = None
        self.depth = 0
        self.inner_end = 0  # behind the last closing mark inside the open quotation
        self.at = 0

    def scan(self) -> list[Stretch]:
        while mark := _MARK.search(self.text, self.at):
            self._pass_barriers(mark.start())
            carried_on = self._pass_paragraphs(mark.start())
            self.at = max(self.at, mark.end())
            if carried_on:
                continue
            if mark.group() in _DOUBLE:
                self._double(mark.start())
            elif self.open_at is None:
                self._single(mark.start())
        self._pass_barriers(len(self.text))
        if self.open_at is not None:
            self._give_up(self._paragraph_end(max(self.open_at, self.at)))
        return self.found

    # --- what ends an open quotation --------------------------------------------------------------------------------

    def _pass_barriers(self, upto: int) -> None:
        """At a citation an open quotation ends, unless its closing mark stands plainly behind the citation."""
        if self.open_at is None:
            return
        first = bisect.bisect_left(self._barrier_starts, max(self.open_at, self.at))
        for barrier in self.barriers[first:]:
            if barrier.start >= upto:
                return
            if not self._closes_behind(barrier.end):
                self._close(self._trimmed(barrier.start))
                return

    def _closes_behind(self, start: int) -> bool:
        """Whether the next double mark of the paragraph is a closing one."""
        end = self._paragraph_end(start)
        for mark in _MARK.finditer(self.text, start, end):
            if mark.group() in _DOUBLE:
                return self._role(mark.start()) == "close"
        return False

    def _pass_paragraphs(self, upto: int) -> bool:
        """At a paragraph's end an open quotation ends, unless the mark at ``upto`` carries it on: whether it does."""
        while self.open_at is not None and (end := self._paragraph_end(max(self.open_at, self.at))) < upto:
            if self.text[upto] in _DOUBLE and not self.text[end:upto].strip() and self._may_run_on(upto):
                return True
            self._give_up(end)
        return False

    def _may_run_on(self, start: int) -> bool:
        """Whether a quotation of several paragraphs goes on at ``start``, the mark that opens the next one.

        It must have begun its own paragraph or followed a colon, else a closing mark was forgotten; and the next
        double mark must close it, unless there is none in this paragraph either.
        """
        assert self.open_at is not None
        begins = self.open_at
        while begins and self.text[begins - 1] == " ":
            begins -= 1
        if begins and self.text[begins - 1] not in "\n:":
            return False
        marks = _MARK.finditer(self.text, start + 1, self._paragraph_end(start + 1))
        following = next((mark.start() for mark in marks if mark.group() in _DOUBLE), None)
        return following is None or self._role(following) == "close"

    def _give_up(self, paragraph_end: int) -> None:
        """No closing mark came: end at an inner one, else at the paragraph's end, else after so many words."""
        assert self.open_at is not None
        limit = min(self._trimmed(paragraph_end), self._word_limit(self.open_at))
        end = self.inner_end if self.open_at < self.inner_end <= limit else limit
        self._close(end)

    def _word_limit(self, start: int) -> int:
        for number, word in enumerate(_WORD.finditer(self.text, start), start=1):
            if number == patterns().max_unclosed_words:
                return word.end()
        return len(self.text)

    def _paragraph_end(self, start: int) -> int:
        index = bisect.bisect_left(self._paragraph_ends, start)
        return self._paragraph_ends[index] if index < len(self._paragraph_ends) else len(self.text)

    def _trimmed(self, end: int) -> int:
        while end and self.text[end - 1].isspace():
            end -= 1
        return end

    def _close(self, end: int) -> None:
        assert self.open_at is not None
        self._record(self.open_at, end, double=True)
        self.open_at, self.depth, self.inner_end = None, 0, 0

    def _record(self, start: int, end: int, *, double: bool) -> None:
        words = count_words(self.text[start:end])
        closed = end - start > 1 and self.text[end - 1] in (_DOUBLE if double else _SINGLE)
        self.found.append(Stretch(start, end, words, closed, double))

    # --- marks ------------------------------------------------------------------------------------------------------

    def _double(self, at: int) -> None:
        role = self._role(at)
        if self.open_at is None:
            if role == "open":
                self.open_at, self.depth, self.inner_end = at, 1, 0
            return
        if role == "open" and self._word_limit(self.open_at) < at:
            # a mark so far behind cannot be inside: the first one was never closed
            self._give_up(at)
            self.open_at, self.depth, self.inner_end = at, 1, 0
        elif role == "open":
            self.depth += 1
        else:
            self.depth -= 1
            self.inner_end = at + 1
            if self.depth == 0:
                self._close(at + 1)

    def _role(self, at: int) -> str:
        """``open`` or ``close``: by the spaces around the mark, then by its shape, then by what is open."""
        mark = self.text[at]
        leads, trails = self._leads(at), self._trails(at)
        if leads and not trails:
            return "open"
        if trails and not leads:
            return "close"
        if mark in "“„«":
            return "open"
        if mark in "”»":
            return "close"
        return "close" if self.open_at is not None else "open"

    def _leads(self, at: int) -> bool:
        """Whether the mark stands where words begin: behind a space, a bracket or a dash."""
        index = at - 1
        while index >= max(0, at - _MAX_RUN) and self.text[index] in _DOUBLE + _SINGLE:
            index -= 1
        return index < 0 or self.text[index].isspace() or self.text[index] in "([{—–/"

    def _trails(self, at: int) -> bool:
        """Whether the mark stands where words end. An ellipsis behind a space begins words: "...and so on"."""
        index = at + 1
        while index < min(len(self.text), at + _MAX_RUN) and self.text[index] in _DOUBLE + _SINGLE:
            index += 1
        if index >= len(self.text) or self.text[index].isspace():
            return True
        if self.text[index] == "…" or self.text.startswith("..", index):
            return not self._leads(at)
        return self.text[index] in ".,;:!?)]}—–/-([" or (self.text[index].isdigit() and not self._leads(at))

    def _single(self, at: int) -> None:
        """A single mark outside double ones: a quotation when a closing mark is found for it, else an apostrophe."""
        following = self.text[at + 1 : at + 2]
        if not self._leads(at) or not following or not (following.isalnum() or following in "…." + _DOUBLE):
            return
        _, _, elision = _compiled()
        if elision.match(self.text, at + 1) and not self._is_decade_quotation(at):
            return
        limit = min(self._paragraph_end(at), self._word_limit(at))
        first = bisect.bisect_left(self._barrier_starts, at)
        barrier = self._barrier_starts[first] if first < len(self._barrier_starts) else limit
        end = self._single_end(at, limit)
        if end is None or end > barrier:
            if barrier < limit and end is None and self._only_words(at, barrier):
                self._record(at, self._trimmed(barrier), double=False)
                self.at = barrier
            return
        self._record(at, end, double=False)
        self.at = end

    def _is_decade_quotation(self, at: int) -> bool:
        """``'56'``: a closing mark directly behind the figures."""
        return self.text[at + 3 : at + 4] in tuple(_SINGLE)

    def _only_words(self, start: int, barrier: int) -> bool:
        """Whether a single mark without a partner may be meant to quote: enough words, then at once a citation."""
        between = self.text[start + 1 : barrier]
        return count_words(between) >= patterns().min_words and not any(c in _DOUBLE + "‘" for c in between)

    def _single_end(self, start: int, limit: int) -> int | None:
        """Behind the mark that closes the one at ``start``, or None.

        A mark behind an s may be a plural's apostrophe ("the workers' rights"): it closes only when no surer mark
        comes before the next quotation. Double marks in between must be balanced.
        """
        unsure: int | None = None
        depth = 0
        for mark in _MARK.finditer(self.text, start + 1, limit):
            at = mark.start()
            if mark.group() in _DOUBLE:
                depth += 1 if self._leads(at) and not self._trails(at) else -1
                if depth < 0:
                    break
            elif self._leads(at) and self.text[at + 1 : at + 2].isalnum():
                break
            elif depth == 0 and not self.text[at + 1 : at + 2].isalnum() and not self.text[at - 1].isspace():
                if self.text[at - 1] not in "sS" or not re.match(r"\s+\w", self.text[at + 1 : at + 4]):
                    return at + 1
                unsure = unsure or at + 1
        return unsure


def _barriers(doc: Doc, text: str) -> list[Span]:
    """The citations, whether their component has run before this one or comes after it."""
    if "citations" not in doc.spans:
        return citation_brackets(text)
    return [Span(start=span.start_char, end=span.end_char) for span in doc.spans["citations"]]


@Language.component("essay_marker/quotations", assigns=["doc.spans", "span._.quotation"])
def mark_quotations(doc: Doc) -> Doc:
    """Set ``doc.spans["quotations"]``; every span has its `records.Quotation` in ``Span._.quotation``."""
    layers.register()
    text = text_of(doc)
    quotations = find_quotations(text, _barriers(doc, text))
    split_at(doc, (at for q in quotations for at in (q.start, q.start + 1, q.end - 1, q.end)))
    spans = [span_at(doc, q.start, q.end) for q in quotations]
    for span, quotation in zip(spans, quotations, strict=True):
        span._.quotation = quotation
    doc.spans[GROUP] = spans
    return doc
