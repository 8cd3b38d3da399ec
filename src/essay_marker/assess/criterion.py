"""The one shape in which every criterion is declared, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from essay_marker.assess.case import Case
from essay_marker.records import Finding, Span


@dataclass(frozen=True)
class Seen:
    """What a criterion saw: a value in its unit, in words, and the places."""

    value: float
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """A criterion: declaration first, a small function last.

    ``earns`` and ``does_not_earn`` are short texts; a test runs both through the program and checks that the first
    gets the better value. ``better`` says which way the value points.
    """

    code: str
    strand: str
    title: str
    looks_at: str
    why: str
    unit: str
    earns: tuple[str, ...]
    does_not_earn: tuple[str, ...]
    source: str
    look: Callable[[Case], Seen | None]
    better: Literal["more", "less"] = "more"

    @property
    def effect(self) -> Literal["raises", "lowers"]:
        """What finding it does to the strand."""
        return "raises" if self.better == "more" else "lowers"

    def finding(self, case: Case) -> Finding | None:
        """The finding for one essay; None where what it looks at cannot be known."""
        seen = self.look(case)
        if seen is None:
            return None
        return Finding(
            code=self.code,
            strand=self.strand,
            effect=self.effect if seen.value > 0 else "neutral",
            value=round(seen.value, 3),
            text=seen.text,
            spans=seen.spans,
            title=self.title,
            unit=self.unit,
        )
