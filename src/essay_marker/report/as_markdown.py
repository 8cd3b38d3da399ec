"""The Markdown report, for a virtual classroom, a wiki or another program's input."""

from __future__ import annotations

from essay_marker.records import Decision, Result
from essay_marker.report.context import context
from essay_marker.report.environment import environment
from essay_marker.report.printable import printable
from essay_marker.report.reader import Audience


def render_markdown(
    result: Result,
    audience: Audience = "teacher",
    *,
    mark: bool = True,
    decision: Decision | None = None,
    learner: str = "",
) -> str:
    """A report in CommonMark with tables; whatever the essay holds is shown as plain words."""
    template = environment("markdown").get_template("markdown/report.j2")
    shown = printable(result)
    return template.render(context(shown, audience, mark=mark, decision=decision, count=2, limit=140, learner=learner))
