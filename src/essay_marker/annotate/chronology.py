"""Two events put in the wrong order: "the Hungarian rising broke out before the Secret Speech"."""

from __future__ import annotations

import functools
import re

from essay_marker.annotate.statements import statements
from essay_marker.topic import Event


def misplaced(order: tuple[Event, ...], text: str, low: int, high: int) -> tuple[int, int] | None:
    """Where folded ``text`` puts two of the events in an order other than theirs, between ``low`` and ``high``.

    Events of which one may have fallen into the time of the other have no order.
    """
    for link in _link().finditer(text, low, high):
        second = _named(order).match(text, link.end(), high)
        first = _stated(order).search(text, low, link.start()) if second else None
        if first is None or second is None:
            continue
        (first_start, first_end), (second_start, second_end) = (_dates(order, found) for found in (first, second))
        if first_start > second_end if link["word"] == "before" else first_end < second_start:
            return first.start(), second.end()
    return None


def _dates(order: tuple[Event, ...], found: re.Match[str]) -> tuple[str, str]:
    """The first and the last date of the event that was found."""
    event = next(event for event, group in zip(order, found.groups(), strict=True) if group is not None)
    on = event.on.split("/")
    return on[0], on[-1]


@functools.cache
def _link() -> re.Pattern[str]:
    """What joins two events."""
    return re.compile(statements().order.link)


@functools.lru_cache(maxsize=8)
def _stated(order: tuple[Event, ...]) -> re.Pattern[str]:
    """What may stand before a link: a group for each event."""
    stated = [
        [*event.did, *([f"(?:{'|'.join(event.name)}) {statements().order.came}"] if event.name else [])]
        for event in order
    ]
    return re.compile(rf"\b(?<!\d[,.])(?:{_groups(stated)}){statements().order.between}\Z")


@functools.lru_cache(maxsize=8)
def _named(order: tuple[Event, ...]) -> re.Pattern[str]:
    """What may stand after one."""
    return re.compile(rf"(?:{_groups([[*event.name, *event.did] for event in order])}){statements().order.goes_on}")


def _groups(events: list[list[str]]) -> str:
    return "|".join(f"({'|'.join(patterns)})" for patterns in events)
