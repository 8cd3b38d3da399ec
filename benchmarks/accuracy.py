"""How well the program tags sentences, held against labels made by reading.

    python benchmarks/accuracy.py [--json FILE]

Four columns. "samples": the two labelled sample essays, found through ESSAY_MARKER_SHARED (default ``../shared``), for
measuring only. "own": the two essays in ``benchmarks/labelled``, labelled before the program had seen them.
"exemplars": the labelled essays of the corpus, by which words and weights are chosen, so that figure is no measurement
of new essays. "reader": how well a second reader agrees with the first on the own essays, the ceiling. A layer of
"own" more than 0.10 under "samples" is reported as over-fitted. Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from essay_marker.pipeline import Marker
from essay_marker.records import Result

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ESSAY_MARKER_SHARED", ROOT.parent / "shared"))
EXEMPLARS = ROOT / "corpus" / "khrushchev-destalinisation" / "exemplars"
LABELLED = Path(__file__).resolve().parent / "labelled"

#: The figures that are asked for on the samples; a theme's is for each theme.
BARS = {
    "themes": 0.83,
    "weakest theme": 0.68,
    "historians": 0.98,
    "historian use": 0.95,
    "judgement": 0.72,
    "stance kappa": 0.50,
    "role kappa": 0.48,
}
GAP = 0.10


def load_evaluate() -> ModuleType | None:
    """The measuring script that comes with the labels; None where the labels are not there."""
    path = SHARED / "gold" / "evaluate.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_json(result: Result) -> dict[str, Any]:
    """The result as another program reads it."""
    return dict(json.loads(msgspec.json.encode(result)))


def figures(evaluate: ModuleType, parts: list[dict[str, Any]]) -> dict[str, float | None]:
    """The figures of the table from the tallies of several essays."""
    report = evaluate.report(evaluate.merge(parts))
    has_historians = bool(report["historians"]["n"])
    return {
        "units found": report["units_found"] / report["units"],
        "themes": report["themes_micro"]["f1"],
        **{f"  {theme}": values["f1"] for theme, values in report["themes"].items()},
        "weakest theme": min(values["f1"] for values in report["themes"].values()),
        "historians": report["historians"]["f1"] if has_historians else None,
        "historian use": report["historian_use_accuracy"],
        "judgement": report["judgement"]["f1"],
        "stance kappa": report["stance_kappa"],
        "role kappa": report["role_kappa"],
    }


def second_reader(evaluate: ModuleType) -> list[dict[str, Any]]:
    """The second reader's labels, tallied as if they were the program's; empty where there are none."""
    parts = []
    for path in sorted(LABELLED.glob("*.second.jsonl")):
        gold = evaluate.read_gold(path.with_name(path.name.replace(".second", "")))
        said = [
            {**unit, "themes": set(unit["themes"]) | (set(unit["optional_themes"]) & set(first["themes"]))}
            for unit, first in zip(evaluate.read_gold(path), gold, strict=True)
        ]
        parts.append(evaluate.tally(gold, said))
    return parts


def main() -> int:
    """Print the table; 1 where a bar is missed, 2 where the labels are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    args = parser.parse_args()
    evaluate = load_evaluate()
    if evaluate is None:
        print(
            f"accuracy: no labels under {SHARED}; set ESSAY_MARKER_SHARED to the folder that holds them.",
            file=sys.stderr,
        )
        return 2
    marker = Marker()
    samples = {path.stem: path for path in sorted((SHARED / "gold").glob("*.jsonl"))}
    sample_results = {stem: marker.mark_file(SHARED / "seeds" / f"{stem}.txt") for stem in samples}
    columns = {
        "samples": [evaluate.compare(evaluate.read_gold(p), as_json(sample_results[s])) for s, p in samples.items()],
        "own": [
            evaluate.compare(evaluate.read_gold(path), as_json(marker.mark_file(path.with_suffix(".txt"))))
            for path in sorted(LABELLED.glob("m??.jsonl"))
        ],
        "exemplars": [
            evaluate.compare(
                evaluate.read_gold(path),
                as_json(marker.mark_file(path.with_name(path.name.replace(".labels.jsonl", ".txt")))),
            )
            for path in sorted(EXEMPLARS.glob("*.labels.jsonl"))
        ],
        "reader": second_reader(evaluate),
    }
    table = {name: figures(evaluate, parts) for name, parts in columns.items() if parts}
    missed = print_table(table)
    missed += print_coverage(sample_results)
    if args.json:
        args.json.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 1 if missed else 0


def print_table(table: dict[str, dict[str, float | None]]) -> int:
    """Print the figures side by side with the bars; how many bars are missed."""
    print(f"{'':<24}" + "".join(f"{name:>11}" for name in table) + f"{'bar':>8}")
    missed = 0
    for row in next(iter(table.values())):
        bar = 1.0 if row == "units found" else BARS.get(row)
        cells = "".join(f"{'-' if (v := column[row]) is None else format(v, '.3f'):>11}" for column in table.values())
        value, own = table["samples"][row], table.get("own", {}).get(row)
        remark = ""
        if bar is not None and value is not None and value < bar:
            missed += 1
            remark = "  MISSED"
        if value is not None and own is not None and row != "weakest theme" and own < value - GAP:
            remark += f"  own is {value - own:.2f} under the samples: over-fitted"
        print(f"{row:<24}{cells}{format(bar, '.2f') if bar is not None else '':>8}{remark}")
    return missed


def print_coverage(results: dict[str, Result]) -> int:
    """Print each theme's coverage beside the readers'; 1 where fewer than eight agree or one is far off."""
    wanted = json.loads((SHARED / "gold" / "coverage.json").read_text(encoding="utf-8"))
    order = ("absent", "mentioned", "partial", "developed")
    right = far = 0
    print("\ncoverage of the samples")
    for stem, result in results.items():
        for theme in result.themes:
            accepted = wanted[stem].get(theme.id)
            if accepted is None:
                continue
            off = min(abs(order.index(theme.coverage) - order.index(a)) for a in accepted)
            right += off == 0
            far += off > 1
            print(f"  {stem[:3]} {theme.id:<22}{theme.coverage:<11}readers: {' or '.join(accepted)}")
    print(f"  {right} as the readers, {far} two steps off")
    return int(right < 8 or far > 0)


if __name__ == "__main__":
    sys.exit(main())
