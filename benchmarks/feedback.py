"""How much of the feedback on one essay is the same as on another.

    python benchmarks/feedback.py [--pairs N]

Marks every exemplar of the corpus and takes from its report the sentences of the strengths and targets as a student
reads them. Two sentences are the same where nothing but quoted words and names tells them apart. Printed are the share
of each pair of essays, the worst pairs with the sentences they share, how often each target is given, and how many
essays have the same three. Exit status 1 where a pair shares a fifth or more.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from essay_marker.pipeline import Marker
from essay_marker.records import Result

EXEMPLARS = Path(__file__).resolve().parent.parent / "corpus" / "khrushchev-destalinisation" / "exemplars"
#: Two essays share less than this of the sentences of their feedback.
BAR = 0.2

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")
_NAME = re.compile(r"(?<=\S )[A-Z][\w'’-]*")
_NUMBER = re.compile(r"\d[\d,.-]*")


def sentences(result: Result) -> list[str]:
    """The sentences of the strengths and targets, as a student reads them."""
    said = [strength.student for strength in result.strengths] + [target.student for target in result.targets]
    return [sentence for text in said for sentence in _SENTENCE.split(text)]


def plain(sentence: str, *, numbers: bool = True) -> str:
    """``sentence`` without quoted words and names (any word within it that has a capital), in small letters.

    Without ``numbers`` figures are taken out as well.
    """
    bare = _NAME.sub("", _QUOTED.sub("", sentence))
    bare = bare if numbers else _NUMBER.sub("", bare)
    return " ".join(re.findall(r"\w+", bare.lower()))


def share(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of the shorter feedback's sentences that stand in the other one too."""
    same = (Counter(first) & Counter(second)).total()
    return same / max(min(len(first), len(second)), 1)


def compare(results: dict[str, Result], *, numbers: bool = True) -> list[tuple[float, str, str]]:
    """The share of every pair, the largest first."""
    said = {name: [plain(s, numbers=numbers) for s in sentences(result)] for name, result in results.items()}
    pairs = [(share(said[a], said[b]), a, b) for a, b in combinations(sorted(said), 2)]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


def mark_all(paths: Iterable[Path], marker: Marker) -> dict[str, Result]:
    """The results by the names of the essays."""
    return {path.stem: marker.mark_file(path) for path in paths}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a pair shares too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5, help="how many of the worst pairs are printed")
    args = parser.parse_args(arguments)
    results = mark_all(sorted(EXEMPLARS.glob("*.txt")), Marker())
    worst = []
    for numbers, what in ((True, "quoted words and names"), (False, "quoted words, names and figures")):
        pairs = compare(results, numbers=numbers)
        shares = [pair[0] for pair in pairs]
        above = sum(value >= BAR for value in shares)
        print(f"without {what}: {len(pairs)} pairs share {statistics.mean(shares):.1%} of their sentences on average,")
        print(f"  at most {max(shares):.1%}; {above} share {BAR:.0%} or more")
        worst.append(max(shares))
        for value, a, b in pairs[: args.pairs]:
            said = Counter(plain(s, numbers=numbers) for s in sentences(results[a]))
            both = said & Counter(plain(s, numbers=numbers) for s in sentences(results[b]))
            print(f"  {a} and {b}: {value:.1%}", *(f"    {sentence}" for sentence in both), sep="\n")
    print("targets, and how many essays have each:")
    given = Counter(f"{target.strand}, {target.code}" for result in results.values() for target in result.targets)
    for name, number in given.most_common():
        print(f"  {name:40}{number:4}")
    same = Counter(tuple(sorted(t.code for t in result.targets)) for result in results.values())
    print(f"the same three targets: at most {max(same.values())} of {len(results)} essays; {len(same)} sets of three")
    return 0 if worst[0] < BAR else 1


if __name__ == "__main__":
    sys.exit(main())
