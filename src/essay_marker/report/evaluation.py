"""The report on an evaluation, as text, JSON or one HTML page."""

from __future__ import annotations

from functools import partial
from typing import Literal

import msgspec

from essay_marker.evaluation import Evaluation
from essay_marker.report.as_html import own
from essay_marker.report.as_text import NARROW, NARROWEST
from essay_marker.report.environment import environment
from essay_marker.report.evaluation_view import context, dots
from essay_marker.report.layout import columns, fill, painted
from essay_marker.report.printable import printable, without_surrogates
from essay_marker.report.quotes import shorten

Format = Literal["text", "json", "html"]

#: How many sentences the text shows of a confusion, and how many confusions of a layer.
SENTENCES = 2
CONFUSIONS = 3


def render_evaluation(evaluation: Evaluation, fmt: Format, *, width: int = 80, color: bool = False) -> str:
    """The report, ending with a newline; ``width`` and ``color`` matter for ``text`` alone.

    Raises:
        ValueError: ``fmt`` is none of the three.
    """
    if fmt == "json":
        encoded = msgspec.json.encode(without_surrogates(evaluation))
        return msgspec.json.format(encoded, indent=2).decode("utf-8") + "\n"
    if fmt == "text":
        return _text(printable(evaluation), max(width, NARROWEST), color=color)
    if fmt == "html":
        return _html(printable(evaluation))
    raise ValueError(f"There is no evaluation format {fmt!r}: choose text, json or html.")


def _text(evaluation: Evaluation, width: int, *, color: bool) -> str:
    def paint(text: str, *styles: str) -> str:
        return painted(text, *styles) if color else text

    return (
        environment("text")
        .get_template("text/evaluation.j2")
        .render(
            context(evaluation, examples=SENTENCES),
            CONFUSIONS=CONFUSIONS,
            width=width,
            fill=partial(fill, width=width),
            columns=columns,
            paint=paint,
            NARROW=NARROW,
            short=partial(shorten, limit=2 * width - 20),
        )
    )


def _html(evaluation: Evaluation) -> str:
    style = own("report.css", "evaluation.css")
    return (
        environment("html")
        .get_template("html/evaluation.j2")
        .render(
            context(evaluation, examples=None),
            dots=dots(evaluation.marks) if evaluation.marks else (),
            style=style,
            script=own("evaluation.js"),
        )
    )
