"""How well the program tags sentences, held against labels made by reading.

    python benchmarks/accuracy.py [--json FILE]

Four columns. "samples": the two labelled sample essays, found through ESSAY_MARKER_SHARED (default ``../shared``), for
measuring only. "own": the two essays in ``benchmarks/labelled``, labelled before the program had seen them.
"exemplars": the labelled essays of the corpus (themes as two readings agree on them), by which words and weights are
chosen, so that figure is no measurement of new essays. "reader": how well a second reader agrees with the first on the
own essays, the ceiling. A layer of "own" more than 0.10 under "samples" is reported as over-fitted. Exit status 1 where
a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from essay_marker.corpus import load_labels
from essay_marker.evaluate import Compared, compare_labels, evaluate, layers
from essay_marker.evaluation import Layer
from essay_marker.pipeline import Marker
from essay_marker.records import Result
from essay_marker.topic import Theme

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ESSAY_MARKER_SHARED", ROOT.parent / "shared"))
EXEMPLARS = ROOT / "corpus" / "khrushchev-destalinisation" / "exemplars"
LABELLED = Path(__file__).resolve().parent / "labelled"

#: The figures that are asked for on the samples; a theme's is for each theme.
BARS = {
    "themes": 0.86,
    "weakest theme": 0.75,
    "historians": 0.98,
    "historian use": 0.95,
    "judgement": 0.75,
    "stance kappa": 0.55,
    "role kappa": 0.50,
}
GAP = 0.10


Table = dict[str, float | None]


def figures(found: Sequence[Layer], share_found: float) -> Table:
    """A column of the table."""
    by = {layer.id: layer for layer in found}
    themes = [layer for layer in found if layer.part_of == "themes"]
    return {
        "units found": share_found,
        "themes": by["themes"].figure.value,
        **{f"  {layer.id.partition('.')[2]}": layer.figure.value for layer in themes},
        "weakest theme": min((layer.figure.value for layer in themes if layer.figure.value is not None), default=None),
        "historians": by["historians"].figure.value,
        "historian use": by["historian_use"].figure.value,
        "judgement": by["judgement"].figure.value,
        "stance kappa": by["stance"].figure.value,
        "role kappa": by["role"].figure.value,
    }


def program(marker: Marker, *folders: Path) -> Table:
    """The figures of the program on the labelled essays in these folders."""
    found = evaluate(folders, marker, resamples=0)
    return figures(found.layers, found.found / found.units)


def second_reader(themes: Sequence[Theme]) -> Table:
    """The figures of the second reader, whose labels are taken for tags."""
    compared: list[Compared] = []
    for path in sorted(LABELLED.glob("*.second.jsonl")):
        first = load_labels(path.with_name(path.name.replace(".second", "")))
        compared += compare_labels(path.name, first, load_labels(path))
    return figures(layers(compared, themes, resamples=0), 1.0)


def main() -> int:
    """Print the table; 1 where a bar is missed, 2 where the labels are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    args = parser.parse_args()
    if not (SHARED / "gold").is_dir():
        print(
            f"accuracy: no labels under {SHARED}; set ESSAY_MARKER_SHARED to the folder that holds them.",
            file=sys.stderr,
        )
        return 2
    marker = Marker()
    table = {
        "samples": program(marker, SHARED / "seeds", SHARED / "gold"),
        "own": program(marker, LABELLED),
        "exemplars": program(marker, EXEMPLARS),
        "reader": second_reader(marker.topic.core_themes),
    }
    missed = print_table(table)
    samples = [path.stem for path in sorted((SHARED / "gold").glob("*.jsonl"))]
    missed += print_coverage({stem: marker.mark_file(SHARED / "seeds" / f"{stem}.txt") for stem in samples})
    if args.json:
        args.json.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 1 if missed else 0


def print_table(table: dict[str, Table]) -> int:
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
