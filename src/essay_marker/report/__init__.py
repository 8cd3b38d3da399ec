"""The report stage: shows what a `Result` holds, as text, Markdown, HTML or JSON. No decision is taken here."""

from __future__ import annotations

from typing import Literal

from essay_marker.records import Decision, Result
from essay_marker.report.as_json import render_json
from essay_marker.report.reader import Audience, for_reader

Format = Literal["text", "markdown", "html", "json"]

__all__ = ["Audience", "Format", "render", "render_json"]


def render(
    result: Result,
    fmt: Format,
    *,
    width: int = 80,
    color: bool = False,
    audience: Audience = "teacher",
    mark: bool = True,
    decision: Decision | None = None,
    paper: bool = False,
    learner: str = "",
) -> str:
    """The report on one essay, ending with a newline.

    ``width`` (columns) and ``color`` (terminal colours) matter for ``text`` alone. ``json`` is indented by two; for
    one line an essay, as in JSON Lines, call `render_json`. ``audience`` is who reads it, and without ``mark`` there is
    neither mark nor level nor range in it; ``decision`` is what the teacher decided, from which on a student is no
    longer told what the program proposes. ``paper`` is for ``html`` alone: a few pages to print, without what is for a
    screen and without the reasons behind the levels. ``learner`` is whose essay it is, by which the
    report is titled; without it, by the essay's file. ``json`` holds what the program said and takes none of these.

    Raises:
        ValueError: ``fmt`` is none of the four, or ``json`` for a student, without a mark or with a decision.
    """
    if fmt == "json" and (audience != "teacher" or not mark):
        raise ValueError("JSON holds the mark and what is said to either reader: it cannot be made for one of them.")
    if fmt == "json" and decision is not None:
        raise ValueError("JSON holds what the program said; a decision is kept apart from it.")
    # Imported here because Jinja2 takes longer to import than JSON takes to print.
    if fmt == "json":
        return render_json(result, indent=2)
    shown = for_reader(result, audience, mark=mark)
    if fmt == "text":
        from essay_marker.report.as_text import render_text

        return render_text(shown, audience, mark=mark, decision=decision, learner=learner, width=width, color=color)
    if fmt == "markdown":
        from essay_marker.report.as_markdown import render_markdown

        return render_markdown(shown, audience, mark=mark, decision=decision, learner=learner)
    if fmt == "html":
        from essay_marker.report.as_html import render_html

        return render_html(shown, audience, mark=mark, decision=decision, paper=paper, learner=learner)
    raise ValueError(f"There is no report format {fmt!r}: choose text, markdown, html or json.")
