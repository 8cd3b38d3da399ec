"""What a learner reads beside the grade in Moodle: the teacher's comment, strengths and targets; never a mark."""

from __future__ import annotations

from essay_marker.records import Decision, Result
from essay_marker.report.printable import printable
from essay_marker.report.reader import for_reader


def moodle_comment(result: Result | None, decision: Decision | None) -> str:
    """The comment on one essay as simple HTML in one line; empty where there is nothing to say."""
    from essay_marker.report.environment import environment  # brings Jinja2

    shown = printable(for_reader(result, "student", mark=False)) if result is not None else None
    said = environment("html").get_template("html/moodle_comment.j2")
    page = said.render(
        result=shown or {"targets": (), "marks": {"review": ()}},
        secure=[strength for strength in shown.strengths if strength.secure] if shown else (),
        decision=printable(decision) if decision is not None else None,
        signed=decision is not None and decision.signed_by is not None,
    )
    return "".join(line.strip() for line in page.splitlines())
