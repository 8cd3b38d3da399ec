"""Whether two texts share words: runs of eight words in a row, kept as hashes so that no text is needed to compare.

A run is hashed over folded words, so that capitals, accents, plural -s and -ise or -ize make no difference. Titles,
the question and set phrases are nobody's words: a run that holds one of them is *masked*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from essay_marker.records import Span
from essay_marker.terms import fold
from essay_marker.topic import Topic

RUN = 8
#: A phrase of fewer words masks nothing: names would mask every sentence on the subject.
SHORTEST_MASK = 4
#: So many words of a longer phrase mask as the whole does ("life in the day of Ivan Denisovich").
PART = 6
#: How many hashes of a text are kept to know it again.
SKETCH = 32

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\s*\([^()]*\)")


class FoldedWord(NamedTuple):
    """A word of a text, folded, and where it stands."""

    folded: str
    start: int
    end: int


def folded_words(text: str, parts: Iterable[Span] | None = None) -> list[FoldedWord]:
    """The words of ``text`` (of these ``parts`` of it) in order; hyphens and apostrophes part words."""
    spans = [Span(start=0, end=len(text))] if parts is None else parts
    return [
        FoldedWord(fold(found[0]), found.start(), found.end())
        for span in spans
        for found in _WORD.finditer(text, span.start, span.end)
    ]


def hash_of(run: Sequence[str]) -> str:
    """The hash of a run of folded words: 16 hexadecimal figures."""
    return blake2b(" ".join(run).encode(), digest_size=8).hexdigest()


def run_hashes(words: Sequence[FoldedWord]) -> list[str]:
    """The hash of every run of eight words, in order: the one at index i begins with word i."""
    folded = [word.folded for word in words]
    return [hash_of(folded[i : i + RUN]) for i in range(len(folded) - RUN + 1)]


def sketch(hashes: Iterable[str]) -> tuple[str, ...]:
    """A few of a text's hashes, the smallest: an even sample, and the same one wherever the text stands."""
    return tuple(sorted(set(hashes))[:SKETCH])


def share_known(sketched: Sequence[str], hashes: frozenset[str]) -> float:
    """About what share of a sketched text's runs are among ``hashes``, 0 to 1."""
    return sum(item in hashes for item in sketched) / len(sketched) if sketched else 0.0


class Masks:
    """Phrases that anyone may use."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take phrases in any spelling; those of fewer than four words are passed over."""
        self._stretches: dict[int, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(word.folded for word in folded_words(phrase))
            size = min(len(words), PART)
            if size >= SHORTEST_MASK:
                kept = self._stretches.setdefault(size, set())
                kept.update(words[i : i + size] for i in range(len(words) - size + 1))

    def mask(self, run: Sequence[str]) -> bool:
        """Whether ``run`` holds one of the phrases, or six words in a row of a longer one."""
        return any(
            tuple(run[i : i + size]) in stretches
            for size, stretches in self._stretches.items()
            for i in range(len(run) - size + 1)
        )

    def covered(self, folded: Sequence[str]) -> frozenset[int]:
        """The indices of the words that stand in one of the phrases, or in six words in a row of a longer one."""
        return frozenset(
            at + inside
            for size, stretches in self._stretches.items()
            for at in range(len(folded) - size + 1)
            if tuple(folded[at : at + size]) in stretches
            for inside in range(size)
        )


def common_phrases(topic: Topic) -> Iterator[str]:
    """What anyone may write on a topic: its question and variants, and the names and titles in its literature."""
    yield topic.question.question
    yield from topic.question.variants
    for authority in topic.historians:
        yield authority.name
        for work in authority.works:
            title = _ASIDE.sub("", work.title)
            yield title
            yield from title.split(":")


class SharedRun(NamedTuple):
    """Words in a row that two texts share: the indices of the first word and behind the last, and whose they are."""

    first: int
    end: int
    owner: str


def shared_runs(
    words: Sequence[FoldedWord], hashes: Sequence[str], owners: dict[str, str], masks: Masks
) -> Iterator[SharedRun]:
    """The stretches of ``words`` that stand in another text too, each as long as it goes.

    ``hashes`` are those of ``words``; ``owners`` tells whose a run is. Masked runs are passed over.
    """
    folded = [word.folded for word in words]
    open_: SharedRun | None = None
    for index, value in enumerate(hashes):
        owner = owners.get(value)
        if owner is None or masks.mask(folded[index : index + RUN]):
            continue
        if open_ is not None and open_.owner == owner and index < open_.end:
            open_ = SharedRun(open_.first, index + RUN, owner)
            continue
        if open_ is not None:
            yield open_
        open_ = SharedRun(index, index + RUN, owner)
    if open_ is not None:
        yield open_
