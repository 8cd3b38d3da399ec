"""Texts to try properties on: sentences of their own, and shuffled and cut paragraphs of the shipped essays."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

EXEMPLARS = Path(__file__).resolve().parents[2] / "corpus" / "khrushchev-destalinisation" / "exemplars"

SENTENCES = (
    "The clearest success of de-Stalinisation was the end of mass terror.",
    "In June 1957 Molotov was sent to Mongolia and Malenkov to Kazakhstan, and neither was shot.",
    "This mattered because fear had held the whole system together, so that its removal changed politics.",
    "However, Novocherkassk shows the limits of the policy, since troops fired on strikers in 1962.",
    "As Filtzer argues, “reform was bound to stall as long as the managers kept their old powers” (Filtzer, 1993: 14).",
    "Taubman (2003, pp. 271-2) overstates this, because Poland shows that Moscow could live with reform.",
    "The Virgin Lands gave about 125 million tonnes in 1956; by 1963 grain had to be bought from the West.",
    "Was the thaw ever more than a truce with writers?",
    "“It was the bravest thing he did,” wrote an old Bolshevik of the Secret Speech, “and the least prudent.”",
    "Measured by Khrushchev’s own aims it was largely a success, although Hungary had paid the price of it.",
    "Overall the first outweighs the second, because no harvest could matter while arrests went on.",
    "Then came maize — everywhere.",
    "He spoke for four hours (the text was read out in factories, but not printed until 1989).",
    "secret speech, gulag, beria, the thaw, maize",
    "The poll tax of 1381 fell on the poor as heavily as on the rich.",
    "Well…",
    "1956!",
)

TAILS = (
    "",
    "\n\nBibliography\n\nFiltzer, D. (1993) The Khrushchev Era. Basingstoke: Macmillan.\n\n"
    "Taubman, W. (2003) Khrushchev: The Man and His Era. London: Free Press.\n",
    "\n\nNotes\n\n1. D. Filtzer, The Khrushchev Era (1993), p. 14.\n",
)


def _paragraphs() -> tuple[str, ...]:
    """The paragraphs of the essays that stand for the five levels."""
    found: list[str] = []
    for name in ("e01", "e02", "e03", "e04", "e05"):
        found += (EXEMPLARS / f"{name}.txt").read_text("utf-8").strip().split("\n\n")
    return tuple(found)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A paragraph of sentences from the pool."""
    return " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)))


@st.composite
def shipped(draw: st.DrawFn) -> str:
    """A paragraph of a shipped essay, perhaps cut off in the middle."""
    paragraph = draw(st.sampled_from(_paragraphs()))
    cut = draw(st.integers(min_value=1, max_value=len(paragraph)))
    return paragraph[:cut].strip() or paragraph if draw(st.booleans()) else paragraph


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of a few paragraphs that may or may not be an essay."""
    body = draw(st.lists(st.one_of(paragraphs(), shipped()), min_size=1, max_size=6))
    return "\n\n".join(body) + draw(st.sampled_from(TAILS))
