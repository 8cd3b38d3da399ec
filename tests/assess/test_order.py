"""Whether sentences stand in an order that is usual."""

from __future__ import annotations

import pytest

from essay_marker.assess import order
from essay_marker.assess.order import Order, OrderModel

from .building import Said, analysis, case, claim, essay, evidence

BACK = Said("This shows what had changed by then in the life of the party.", cues="opener_demonstrative interpretation")


def test_kinds_are_read_off_what_sentences_hold() -> None:
    made = case([claim(cues="opener_contrast"), evidence("terror", "1957"), BACK])
    kinds = [order.kind(made, i) for i in range(3)]
    assert [k[0] for k in kinds] == ["c", "n", "d"]
    assert [k[1] for k in kinds] == ["J", "E", "-"]
    assert [k[3] for k in kinds] == ["-", "-", "I"]


def test_every_paragraph_is_entered_and_left() -> None:
    made = essay([claim(), evidence()])
    assert len(order.steps(made)) == 2 + 3 + 2
    assert [first for first, _ in order.steps(made) if first.startswith("<")] == ["<f", "<m", "<l"]


def test_the_order_that_was_counted_is_likelier_than_another() -> None:
    written = essay([claim(), evidence("terror", "1957"), analysis(), BACK], [claim(), evidence("thaw", "1958"), BACK])
    counts = order.counted([written] * 20)
    known = Order(counts)
    shuffled = essay([BACK, analysis(), evidence("terror", "1957"), claim()], [BACK, evidence("thaw", "1958"), claim()])
    gains = [sum(known.gain(a, b) for a, b in order.steps(made)) for made in (written, shuffled)]
    assert gains[0] > gains[1]


def test_what_was_never_seen_is_judged_by_nothing() -> None:
    empty = Order(OrderModel(pairs={"a b": 1, "b b": 1}))
    assert empty.gain("x", "b") == pytest.approx(0.0)


def test_of_an_empty_essay_nothing_is_said() -> None:
    assert order.usual(case()) is None
