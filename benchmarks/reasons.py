"""Whether what a report cites as raising a strand does raise it: without those sentences the strand has to fall.

    python benchmarks/reasons.py

Over all exemplars, strand by strand: the sentences that the reasons cite as raising it are cut out of the essay, and
what is left is marked. Exit code 1 where a strand falls in fewer than nine of ten essays.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from essay_marker.pipeline import Marker
from essay_marker.read import read_file
from essay_marker.records import Result, Span, StrandMark, span_of

EXEMPLARS = Path(__file__).resolve().parents[1] / "corpus" / "khrushchev-destalinisation" / "exemplars"
BAR = 0.9


class Fall(NamedTuple):
    """A strand's score before and after its raising sentences were cut, and how many of the sentences those are."""

    before: float
    after: float
    cut: int
    sentences: int

    @property
    def fell(self) -> bool:
        """Whether it did what it should."""
        return self.after < self.before


def raising(result: Result, strand: StrandMark) -> list[Span]:
    """The sentences that a strand's reasons cite as raising it."""
    cited = [span for reason in strand.reasons if reason.effect == "raises" for span in reason.spans]
    return [span_of(s) for s in result.essay.sentences if any(s.overlap(span) for span in cited)]


def without(text: str, cuts: Iterable[Span]) -> str:
    """The text with some of its stretches cut out, and the gaps closed."""
    kept, at = [], 0
    for cut in sorted(cuts):
        kept.append(text[at : max(at, cut.start)])
        at = max(at, cut.end)
    rest = "".join((*kept, text[at:]))
    return re.sub(r"(?m)^ +| +$", "", re.sub(r" {2,}", " ", rest))


def falls(mark: Callable[[str], Result], text: str) -> dict[str, Fall]:
    """For each strand what cutting its raising sentences does; ``text`` is the essay as it was read."""
    result = mark(text)
    found = {}
    for strand in result.marks.strands:
        cuts = raising(result, strand)
        left = mark(without(result.essay.text, cuts)).marks.strands
        after = next((other.score for other in left if other.id == strand.id), 0.0)
        found[strand.id] = Fall(strand.score, after, len(cuts), len(result.essay.sentences))
    return found


def main() -> int:
    """Cuts, marks and prints a table."""
    marker = Marker()
    strands: dict[str, dict[str, Fall]] = defaultdict(dict)
    for path in sorted(EXEMPLARS.glob("*.txt")):
        seen = falls(lambda text: marker.mark_bytes(text.encode(), "essay.txt"), read_file(path).text)
        for strand, fall in seen.items():
            strands[strand][path.stem] = fall
    print(f"{'strand':<14}{'falls in':>12}{'share':>8}{'levels lost':>13}{'sentences cut':>15}")
    worst = 1.0
    for strand, found in strands.items():
        share = sum(fall.fell for fall in found.values()) / len(found)
        lost = sum(fall.before - fall.after for fall in found.values()) / len(found)
        cut = sum(fall.cut for fall in found.values()) / sum(fall.sentences for fall in found.values())
        fell = f"{sum(fall.fell for fall in found.values())} of {len(found)}"
        print(f"{strand:<14}{fell:>12}{share:>8.1%}{lost:>13.2f}{cut:>15.0%}")
        worst = min(worst, share)
    for strand, found in strands.items():
        for name, fall in found.items():
            if not fall.fell:
                print(f"  {name}, {strand}: {fall.before} -> {fall.after} without {fall.cut} of {fall.sentences}")
    return 0 if worst >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
