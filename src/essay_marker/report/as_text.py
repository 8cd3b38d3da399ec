"""The text report, for a terminal."""

from __future__ import annotations

from functools import partial

from essay_marker.records import Decision, Result
from essay_marker.report.context import context
from essay_marker.report.environment import environment
from essay_marker.report.layout import bar, columns, fill, painted
from essay_marker.report.printable import printable
from essay_marker.report.reader import Audience

NARROWEST = 40
NARROW = 70  # below this many columns tables become sentences


def render_text(
    result: Result,
    audience: Audience = "teacher",
    *,
    mark: bool = True,
    decision: Decision | None = None,
    learner: str = "",
    width: int = 80,
    color: bool = False,
) -> str:
    """A report no line of which is wider than ``width`` columns (at least 40), coloured where ``color`` is true."""
    width = max(width, NARROWEST)

    def paint(text: str, *styles: str) -> str:
        return painted(text, *styles) if color else text

    template = environment("text").get_template("text/report.j2")
    return template.render(
        context(printable(result), audience, mark=mark, decision=decision, count=2, limit=width + 20, learner=learner),
        width=width,
        NARROW=NARROW,
        fill=partial(fill, width=width),
        columns=columns,
        bar=bar,
        paint=paint,
    )
