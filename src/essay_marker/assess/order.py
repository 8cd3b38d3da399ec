"""How well sentences stand in order: whether each is of a kind that usually follows the one before.

A sentence's kind is read off what it holds and not off its place: how it opens (on what was just said, on the other
side, on a further point), whether it judges or brings something precise, whether it names the subject, whether it says
what something shows. How often one kind follows another was counted in the exemplars' paragraphs, so that a paragraph
whose sentences were shuffled is less likely than the one that was written (transitions in place of entities: Barzilay
and Lapata 2008).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from essay_marker.assess.case import Case
from essay_marker.data import Record, load_json
from essay_marker.resources import models_dir

_OPENINGS = (("opener_demonstrative", "d"), ("opener_contrast", "c"), ("opener_addition", "a"))
_TRUST = 30.0  # occurrences that what a kind is anywhere counts for, beside what follows this one
_ENDS = {"first": "<f", "last": "<l", "between": "<m"}
_END = ">"


class OrderModel(Record, frozen=True, kw_only=True):
    """``order.json``: how often one kind of sentence followed another, the two parted by a blank."""

    pairs: dict[str, int]


class Order:
    """Tells how usual an order is."""

    def __init__(self, model: OrderModel) -> None:
        """Add up the counts of ``model``."""
        self._pairs = model.pairs
        self._first: Counter[str] = Counter()
        self._second: Counter[str] = Counter()
        for pair, number in model.pairs.items():
            first, second = pair.split(" ")
            self._first[first] += number
            self._second[second] += number
        self._total = sum(self._second.values()) + len(self._second)

    def gain(self, first: str, second: str) -> float:
        """The logarithm by which ``second`` is more likely after ``first`` than anywhere."""
        anywhere = (self._second[second] + 1) / self._total
        after = (self._pairs.get(f"{first} {second}", 0) + _TRUST * anywhere) / (self._first[first] + _TRUST)
        return math.log(after / anywhere)


def kind(case: Case, index: int) -> str:
    """What kind of sentence this is, in four letters."""
    opening = next((letter for cue, letter in _OPENINGS if case.has(index, cue)), "n")
    sentence = case.sentences[index]
    brings = "J" if sentence.judgement else "E" if case.specifics[index] else "-"
    names = "T" if sentence.names_topic else "-"
    return opening + brings + names + ("I" if case.has(index, "interpretation") else "-")


def steps(case: Case) -> list[tuple[str, str]]:
    """Every step from sentence to sentence, with those into and out of each paragraph."""
    found: list[tuple[str, str]] = []
    last = len(case.paragraphs) - 1
    for number, paragraph in enumerate(case.paragraphs):
        opens = _ENDS["first" if number == 0 else "last" if number == last else "between"]
        found += pairwise([opens, *(kind(case, i) for i in paragraph), _END])
    return found


def usual(case: Case) -> float | None:
    """How usual the order of the essay's sentences is: 0 where it might be any; None where there is too little."""
    found = steps(case)
    return fmean(order().gain(first, second) for first, second in found) if len(found) > 1 else None


def counted(cases: Iterable[Case]) -> OrderModel:
    """The counts over essays whose order is their writers'."""
    pairs = Counter(f"{first} {second}" for case in cases for first, second in steps(case))
    return OrderModel(pairs=dict(sorted(pairs.items())))


def order_file() -> Path:
    """Where the counts lie."""
    return models_dir() / "patterns" / "order.json"


@lru_cache(maxsize=1)
def order() -> Order:
    """The model of ``models/patterns/order.json``."""
    return Order(load_json(order_file(), OrderModel))
