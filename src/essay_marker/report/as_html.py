"""The HTML report: one file that asks nothing of any network, with the essay and its comments beside each other."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256

from markupsafe import Markup

from essay_marker.records import Decision, Result
from essay_marker.report import charts
from essay_marker.report.comments import FOR_WRITER, SHOWN, comments
from essay_marker.report.context import context
from essay_marker.report.environment import TEMPLATES, environment
from essay_marker.report.essay_view import blocks
from essay_marker.report.printable import printable
from essay_marker.report.reader import Audience

COLOURS = 10  # how many theme colours report.css has; a further theme begins again at the first


def render_html(
    result: Result,
    audience: Audience = "teacher",
    *,
    mark: bool = True,
    decision: Decision | None = None,
    paper: bool = False,
    learner: str = "",
) -> str:
    """A page whose content security policy allows its own style sheet and script, by their hashes, and nothing else.

    For ``paper`` it has what a writer needs beside them, strengths, targets, themes, facts to check, and the essay with
    its comments: no script, no links between parts and nothing to choose.
    """
    shown = printable(result)
    said = comments(shown, FOR_WRITER) if paper else comments(shown)
    labels = [theme.label for theme in shown.themes]
    template = environment("html").get_template("html/report.j2")
    return template.render(
        context(shown, audience, mark=mark, decision=decision, count=SHOWN, limit=180, learner=learner),
        mark_range=charts.mark_range(shown),
        theme_colour={theme.id: index % COLOURS for index, theme in enumerate(shown.themes)},
        theme_tag=dict(zip((theme.id for theme in shown.themes), charts.abbreviations(labels), strict=True)),
        comments=said,
        blocks=blocks(shown, said),
        paper=paper,
        style=own("report.css"),
        script=own("report.js"),
    )


@cache
def own(*names: str) -> dict[str, str]:
    """The program's own style sheet or script, out of these files, and the hash by which a page's policy allows it."""
    text = "".join((TEMPLATES / "html" / name).read_text(encoding="utf-8") for name in names)
    digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
    return {"text": Markup(text), "hash": Markup(f"sha256-{digest}")}
