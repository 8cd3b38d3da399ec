"""How the time for reading a document grows with its length.

Run ``python benchmarks/reading.py``. What can send a pattern back and forth over a text (opening signs that never
close, line after line that could be a heading or a note) is read at 20,000 and at 80,000 characters; prose is read as
well, for comparison. Four times the text may take at most eight times as long: in proportion is four, the square is
sixteen. The best of five each. Exit code 1 where a text takes longer.
"""

from __future__ import annotations

import sys
import time

from essay_marker.read import read_bytes

SHORT, LONG = 20_000, 80_000
ROUNDS = 5
BAR = 8.0

#: Shorter than this, in seconds, is not worth telling apart from nothing.
NOTHING = 0.005

#: What is repeated to make a text.
PIECES = {
    "prose": "The Party kept its leading role, and few of those who had served Stalin were put on trial for it.\n\n",
    "emphasis, a star": "*a ",
    "emphasis, a line": "_a ",
    "a tag that never closes": "<",
    "a bracket that never closes": "(",
    "a link that never closes": "[a",
    "a comment that never closes": "<!--",
    "a quotation that never closes": "„",
    "hyphens": "A-A",
    "words broken at line ends": "-\n",
    "numbered lines": "1 a\n",
    "heading after heading of notes": "Notes\n1 a\n",
    "heading after heading of sources": "Sources\nb\n",
    "letters in two parts": "e\u0301",
    "accents alone": "\u0301",
}


def took(piece: str, length: int) -> float:
    """The least time in seconds for reading about ``length`` characters of ``piece``."""
    text = f"end {piece * (length // len(piece))} end".encode()
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read_bytes(text, "essay.txt")
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Measures, prints a table, and says whether the bar is kept."""
    kept = True
    print(f"| text | {SHORT:,} characters, s | {LONG:,} characters, s | ratio | at most |  |\n|{'---|' * 6}")
    for name, piece in PIECES.items():
        short, long = took(piece, SHORT), took(piece, LONG)
        ratio = long / max(short, NOTHING)
        good = ratio <= BAR
        kept &= good
        print(f"| {name} | {short:.3f} | {long:.3f} | {ratio:.1f} | {BAR:.1f} | {'ok' if good else 'TOO SLOW'} |")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
