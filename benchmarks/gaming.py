"""Whether changes that are no work on an essay move its mark: every change of ``tests/gaming`` on every exemplar.

    python benchmarks/gaming.py [ESSAY ...] [--processes N] [--json FILE]

Without names all exemplars are changed and, where the measuring data are (ESSAY_MARKER_SHARED, default ``../shared``),
the sample essays. The table has a line for each change: how far marks moved on average and at most, the essay that
moved most, the share of essays whose mark stayed, and what the change may do. Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the changes are those of the tests

from tests.gaming.runner import EXEMPLARS, Outcome, run_all  # noqa: E402
from tests.gaming.summary import Summary, neighbour_misses, summaries  # noqa: E402
from tests.gaming.table import NEIGHBOUR_MARK  # noqa: E402

SHARED = Path(os.environ.get("ESSAY_MARKER_SHARED", ROOT.parent / "shared"))


def sample_essays() -> list[Path]:
    """The sample essays; none, and said so, where there are no measuring data."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        print(f"SAMPLE ESSAYS NOT MEASURED: none in {SHARED / 'seeds'}; set ESSAY_MARKER_SHARED\n", file=sys.stderr)
    return found


def line(summary: Summary) -> str:
    """A line of the table."""
    kept = f"{summary.withheld:.0%} withheld" if summary.row.may.withheld else f"{summary.unchanged:.0%} the same"
    lowered = "" if summary.lowered is None else f", {summary.row.may.lowers} lower in {summary.lowered:.0%}"
    return (
        f"{summary.row.what:<62.62}  {summary.mean:>+6.2f}  {summary.most:>+4d}  {summary.worst:<10.10}"
        f"  {kept:<14}  {'MISSED' if summary.missed else 'met':<6}  {summary.row.may.words}{lowered}"
    )


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The whole result, to be read."""
    found = summaries(outcomes)
    lines = [
        f"{'change':<62}  {'mean':>6}  {'most':>4}  {'essay':<10}  {'':<14}  {'bar':<6}  what it may do",
        *map(line, found),
        "",
        f"Essays on neighbouring questions, first sentence changed (at most {NEIGHBOUR_MARK}, sent to a person):",
    ]
    lines += [
        f"  {o.essay}: {o.withheld or o.after}; {', '.join(o.reviews)}" for o in outcomes if o.change == "neighbour"
    ]
    missed = [f"{s.row.id}: {why}" for s in found for why in s.missed]
    missed += [f"neighbour: {why}" for why in neighbour_misses(outcomes)]
    return [*lines, "", *(f"MISSED {why}" for why in missed)] if missed else [*lines, "", "Every bar is met."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("essays", nargs="*", help="names of exemplars, such as e04; all of them without one")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write every outcome to this file")
    options = parser.parse_args(arguments)
    names = options.essays
    paths = [EXEMPLARS / f"{n}.txt" for n in names] if names else [*sorted(EXEMPLARS.glob("e*.txt")), *sample_essays()]
    outcomes = run_all(paths, processes=options.processes)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)))
    lines = table(outcomes)
    print("\n".join(lines))
    return int(lines[-1].startswith("MISSED"))


if __name__ == "__main__":
    sys.exit(main())
