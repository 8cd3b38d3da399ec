"""Whether copied passages between essays on one question are found, and nothing else.

    python benchmarks/alike.py [--classes N]

Makes classes of 60 essays out of the exemplars of the corpus, which were written apart from each other. In each, a
third has a part replaced by words of another essay of the class: 15, 20 or 30 % of its words outside quotations
and citations, as one piece, as sentences here and there, or as such sentences with one word in ten changed. A pair is
found where the program would report it. Beside that stands what the most alike pair of two untouched essays shares.

That the exemplars share no eight words in a row is checked when they are written (``corpus check``), so the second
figure says less than it would of a real class. Exit status 1 where a copied pair is missed, or another is reported.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from essay_marker import similarity
from essay_marker.annotate.brackets import citation_brackets
from essay_marker.annotate.quotations import find_quotations
from essay_marker.borrowing import Masks
from essay_marker.read import read_bytes
from essay_marker.records import Span
from essay_marker.topic import load_topic

EXEMPLARS = Path(__file__).resolve().parent.parent / "corpus" / "khrushchev-destalinisation" / "exemplars"
SIZE, COPIED = 60, 20
SHARES = (0.15, 0.2, 0.3)
WAYS = ("one piece", "sentences", "sentences, changed")

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


class Class(NamedTuple):
    """A class of essays by name, and for each pair that was copied how: its share and its way."""

    essays: dict[str, str]
    copied: dict[tuple[str, str], tuple[float, str]]


def make_class(bodies: dict[str, str], rng: random.Random) -> Class:
    """A class out of ``bodies``, with `COPIED` essays that have words of another."""
    names = rng.sample(sorted(bodies), SIZE)
    essays = {name: bodies[name] for name in names}
    copied: dict[tuple[str, str], tuple[float, str]] = {}
    kinds = [(share, way) for share in SHARES for way in WAYS]
    for number in range(COPIED):
        host, source = names[number], names[COPIED + number]
        share, way = kinds[number % len(kinds)]
        essays[host] = mixed(bodies[host], bodies[source], share, way, rng)
        copied[min(host, source), max(host, source)] = (share, way)
    return Class(essays, copied)


def mixed(own: str, other: str, share: float, way: str, rng: random.Random) -> str:
    """``own`` with a part left out and words of ``other`` put in, which are then ``share`` of its own words."""
    sentences, others = _sentences(own), _sentences(other)
    total = _own(sentences)
    if way == "one piece":
        at = rng.randrange(len(others))
        taken = [" ".join(_up_to([*others[at:], *others[:at]], total * share))]
    else:
        taken = list(_up_to(rng.sample(others, len(others)), total * share))
        if way == "sentences, changed":
            taken = [_changed(sentence, sentences, rng) for sentence in taken]
    while len(sentences) > 1 and _own([*sentences, *taken]) > total:
        del sentences[rng.randrange(len(sentences))]
    for piece in taken:
        sentences.insert(rng.randrange(len(sentences) + 1), piece)
    return " ".join(sentences)


def _sentences(text: str) -> list[str]:
    """The sentences of ``text``; those of one quotation are not parted."""
    text = " ".join(text.split())
    quoted = find_quotations(text, citation_brackets(text))
    ends = [m for m in _SENTENCE.finditer(text) if not any(q.start < m.start() < q.end for q in quoted)]
    cuts = [0, *(m.end() for m in ends), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]


def _own(sentences: Sequence[str]) -> int:
    """How many words are left for comparison, without quotations and citations."""
    text = " ".join(sentences)
    return similarity.words_of("", text, [Span(start=0, end=len(text))], Masks(())).size


def _up_to(sentences: Sequence[str], wanted: float) -> Iterator[str]:
    count = 0
    for sentence in sentences:
        if count >= wanted:
            return
        yield sentence
        count += _own([sentence])


def _changed(sentence: str, pool: Sequence[str], rng: random.Random) -> str:
    """``sentence`` with one word in ten exchanged for another."""
    words = sentence.split()
    others = [word for word in " ".join(pool).split() if word.isalpha()]  # a mark of quotation would do more
    for at in rng.sample(range(len(words)), round(len(words) / 10)):
        words[at] = rng.choice(others)
    return " ".join(words)


def main() -> int:
    """Prints the tables; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--classes", type=int, default=10, metavar="N", help="how many classes are made [10]")
    topic = load_topic(EXEMPLARS.parent)
    bodies = {path.stem: body(path) for path in sorted(EXEMPLARS.glob("e*.txt"))}
    masks = similarity.topic_masks(topic)
    made, found, wrong = Counter[tuple[float, str]](), Counter[tuple[float, str]](), 0
    least, pairs = 1.0, 0
    classes = parser.parse_args().classes
    for seed in range(classes):
        class_ = make_class(bodies, random.Random(seed))
        essays = [words(name, text, masks) for name, text in class_.essays.items()]
        reported = {(pair.first, pair.second): pair.share for pair in similarity.alike(essays)}
        pairs += sum(1 for _ in combinations(essays, 2)) - len(class_.copied)
        for pair, kind in class_.copied.items():
            made[kind] += 1
            found[kind] += pair in reported
            least = min(least, reported.get(pair, 0.0))
        wrong += len(reported.keys() - class_.copied.keys())
    print(f"{classes} classes of {SIZE} essays, {COPIED} of them with words of another\n")
    print("| copied | " + " | ".join(WAYS) + " |\n|---|" + "---|" * len(WAYS))
    for share in SHARES:
        cells = [f"{found[share, way]} of {made[share, way]}" for way in WAYS]
        print(f"| {share:.0%} | " + " | ".join(cells) + " |")
    apart = _most_alike(bodies, masks)
    print(f"\nreported without reason: {wrong} of {pairs} pairs")
    least_share = similarity.alike_limits().least_share
    print(f"smallest share reported of a copied pair: {least:.1%}; reported from {least_share:.1%}")
    print(f"most that two of the {len(bodies)} untouched essays share: {apart:.1%}")
    return int(found != made or wrong > 0)


def body(path: Path) -> str:
    """The paragraphs of an essay in a file, without its title."""
    essay = read_bytes(path.read_bytes(), path.name)
    return "\n\n".join(essay.text[p.start : p.end] for p in essay.body)


def words(name: str, text: str, masks: Masks) -> similarity.Words:
    """The own words of an essay called ``name``."""
    essay = read_bytes(text.encode(), name)
    return similarity.words_of(name, essay.text, essay.paragraphs, masks)


def _most_alike(bodies: dict[str, str], masks: Masks) -> float:
    essays = [words(name, text, masks) for name, text in bodies.items()]
    found = similarity.alike(
        essays, limits=msgspec.structs.replace(similarity.alike_limits(), least_share=0.0, least_words=0)
    )
    return max((pair.share for pair in found), default=0.0)


if __name__ == "__main__":
    sys.exit(main())
