"""Writes what is counted in the exemplars: how words join, and which kinds of sentence follow one another.

Run it when exemplars were added, or the cues or the taggers changed; it writes ``sequences.json`` and ``order.json`` in
``models/patterns``.

    python models/count.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))  # the checkout's program, whichever is installed

from essay_marker.annotate.sequences import counted, sequences_file, written  # noqa: E402
from essay_marker.assess import Case, order  # noqa: E402
from essay_marker.pipeline import Marker  # noqa: E402
from essay_marker.read import read_file  # noqa: E402


def main() -> None:
    """Count and write."""
    marker = Marker()
    annotator = marker.annotator
    essays = [read_file(path) for path in sorted((ROOT / "corpus").glob("*/exemplars/*.txt"))]
    docs = [annotator.doc(essay) for essay in essays]
    sequences_file().write_bytes(written(counted(docs)))
    cases = [
        Case(
            reading=annotator.reading(doc),
            topic=marker.topic,
            text=essay.text,
            looking=marker.rubric.looking,
            rules=marker.rubric.coverage,
        )
        for doc, essay in zip(docs, essays, strict=True)
    ]
    order.order_file().write_bytes(written(order.counted(cases)))
    print(f"{sequences_file().parent}: counted in {len(essays)} exemplars")


if __name__ == "__main__":
    main()
