"""The report stage: shows what a `Result` holds, as text, Markdown, HTML or JSON. No decision is taken here."""

from __future__ import annotations

from typing import Literal

from essay_marker.records import Result
from essay_marker.report.as_json import render_json

Format = Literal["text", "markdown", "html", "json"]

__all__ = ["Format", "render", "render_json"]


def render(result: Result, fmt: Format, *, width: int = 80, color: bool = False) -> str:
    """The report on one essay, ending with a newline.

    ``width`` (columns) and ``color`` (terminal colours) matter for ``text`` alone. ``json`` is indented by two; for
    one line an essay, as in JSON Lines, call `render_json`.

    Raises:
        ValueError: ``fmt`` is none of the four.
    """
    # Imported here because Jinja2 takes longer to import than JSON takes to print.
    if fmt == "json":
        return render_json(result, indent=2)
    if fmt == "text":
        from essay_marker.report.as_text import render_text

        return render_text(result, width=width, color=color)
    if fmt == "markdown":
        from essay_marker.report.as_markdown import render_markdown

        return render_markdown(result)
    if fmt == "html":
        from essay_marker.report.as_html import render_html

        return render_html(result)
    raise ValueError(f"There is no report format {fmt!r}: choose text, markdown, html or json.")
