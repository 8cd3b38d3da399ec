"""What a report cites as raising a strand raises it: cut out of the essay, the strand falls.

``benchmarks/reasons.py`` does the same on every exemplar; here are a dozen, of all levels.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from essay_marker.read import read_file
from essay_marker.records import Result, Span

DOZEN = 12
BAR = 0.9


@pytest.fixture(scope="module")
def reasons(benchmark: Callable[[str], ModuleType]) -> ModuleType:
    return benchmark("reasons")


def of_all_levels(exemplars: Path, count: int) -> list[Path]:
    """So many exemplars, the first of each level, then the second of each, and so on."""
    by_level: dict[int, list[Path]] = defaultdict(list)
    for path in sorted(exemplars.glob("*.txt")):
        by_level[tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))["level"]].append(path)
    ranked = [(rank, level, path) for level, paths in by_level.items() for rank, path in enumerate(paths)]
    return [path for _, _, path in sorted(ranked)[:count]]


def test_without_what_raises_a_strand_the_strand_falls(
    exemplars: Path, reasons: ModuleType, mark_text: Callable[[str], Result]
) -> None:
    fell: dict[str, list[bool]] = defaultdict(list)
    for path in of_all_levels(exemplars, DOZEN):
        for strand, fall in reasons.falls(mark_text, read_file(path).text).items():
            assert fall.cut, f"{path.stem}: nothing is cited as raising {strand}"
            fell[strand].append(fall.fell)
    assert len(fell) > 1
    for strand, each in fell.items():
        assert sum(each) >= BAR * DOZEN, f"{strand} fell in {sum(each)} of {len(each)} essays"


def test_cutting_closes_the_gap(reasons: ModuleType) -> None:
    text = "One was here. Two was there. Three is all.\n\nFour."
    cut = Span(start=text.index("Two"), end=text.index(" Three"))
    assert reasons.without(text, [cut]) == "One was here. Three is all.\n\nFour."
