"""What the tests of reading share: an ordinary essay, ways to spoil it, and Hypothesis strategies for both."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from hypothesis import strategies as st

from essay_marker.read import read_bytes
from essay_marker.records import Essay, Span

QUESTION = "How far did the land reform of 1861 fail?"
FIRST = (
    "The peasants of the province had waited for land since the spring, and when the decree came at last it gave them "
    "less than rumour had promised. Some sold their horses; others, who trusted the new council, sowed as before. By "
    "the autumn it was plain that neither course had been wise, for the harvest failed in three districts out of five."
)
SECOND = (
    "Historians have argued about the motives of the council ever since. Older accounts, written when the archives "
    "were closed, saw nothing but greed. Later work is kinder: it shows an administration without money, without "
    "clerks and without roads, which did what it could before the snow (Marlow, 1988: 41)."
)
LAST = (
    "In conclusion, the reform was a failure in its own terms. It set out to make farmers of serfs, and it made "
    "debtors of them instead, although the schools that it founded outlived every minister who had mocked them."
)
BODY = (FIRST, SECOND, LAST)
ENTRIES = (
    "Adams, J. (1990) The Reform. London: Hart",
    "Brown, K. L. and Lee, S. (2001) Serfs and Masters: a Study of the Province between War and Famine. Oxford: Orme",
    "Marlow, T. (1988) Snow. Leeds: Arnold",
)


def read(text: str) -> Essay:
    """The essay in ``text``."""
    return read_bytes(text.encode(), "essay.txt")


def said(essay: Essay, spans: Sequence[Span]) -> list[str]:
    """The words of ``spans``."""
    return [essay.text[span.start : span.end] for span in spans]


def paragraphs(text: str) -> list[str]:
    """The paragraphs read from ``text``."""
    essay = read(text)
    return said(essay, essay.paragraphs)


def wrapped(paragraphs: Sequence[str], width: int, *, line: str = "\n", paragraph: str = "\n\n") -> str:
    """``paragraphs`` hard-wrapped at ``width``, with these line and paragraph ends."""
    return paragraph.join(line.join(textwrap.wrap(text, width)) for text in paragraphs)


def repaired(essay: Essay) -> dict[str, int]:
    """How often each kind of repair was made."""
    return {repair.code: repair.count for repair in essay.repairs}


_WORDS = (
    "the council a reform of land and peasants had in grain winter as its clerks never far-off roads to sell horses "
    "but ministers were slow province although harvest failed which nobody expected under such law"
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """An ordinary sentence, long enough to be prose."""
    words = draw(st.lists(st.sampled_from(_WORDS.split()), min_size=8, max_size=22))
    return f"Then {' '.join(words)} indeed{draw(st.sampled_from(['.', '.', '.', '?', ' (Orme, 1990: 12).']))}"


@st.composite
def prose(draw: st.DrawFn) -> list[str]:
    """The paragraphs of an ordinary essay."""
    return [" ".join(draw(st.lists(sentences(), min_size=3, max_size=6))) for _ in range(draw(st.integers(3, 6)))]
