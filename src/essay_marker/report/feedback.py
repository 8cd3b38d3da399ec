"""What a writer finds in their own document: comments beside the words, and a page of feedback.

The words are those of the templates ``lines/``, where every line says what it is, what stands before its words, and
the words, with bars between. `Line` and `Remark` are made of that; how they look is decided where they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from essay_marker.documents.page import Line, LineKind, Remark
from essay_marker.records import Decision, Result, Span
from essay_marker.report.comments import FOR_WRITER, comments
from essay_marker.report.context import context
from essay_marker.report.environment import environment
from essay_marker.report.printable import printable
from essay_marker.report.reader import for_reader

_LONGEST = 140


class MarginComment(Span, frozen=True, kw_only=True):
    """What is said of some words; ``about`` quotes them, for where the comment cannot stand beside them."""

    remarks: tuple[Remark, ...]
    about: Remark


def margin_comments(result: Result) -> tuple[MarginComment, ...]:
    """The comments for the essay's writer, in the order of its words."""
    shown = printable(for_reader(result, "student", mark=False))
    said = comments(shown, FOR_WRITER)
    template = environment("lines").get_template("lines/margin.j2")
    names = context(shown, "student", mark=False, decision=None, count=1, limit=_LONGEST)
    found = []
    for comment in said:
        lines = _lines(template.render(names, comment=comment))
        (about,) = (text for kind, _, text in lines if kind == "about")
        remarks = tuple(Remark(name, text) for kind, name, text in lines if kind == "remark")
        found.append(MarginComment(start=comment.start, end=comment.end, remarks=remarks, about=Remark("", about)))
    return tuple(sorted(found))


def feedback_page(
    result: Result,
    *,
    mark: bool = True,
    decision: Decision | None = None,
    left: Sequence[MarginComment] = (),
    learner: str = "",
) -> tuple[Line, ...]:
    """The page for the essay's writer, with the mark or without it; ``left`` are comments that stand nowhere else.

    ``learner`` is who it is for.
    """
    shown = printable(for_reader(result, "student", mark=mark))
    template = environment("lines").get_template("lines/page.j2")
    names = context(shown, "student", mark=mark, decision=decision, count=1, limit=_LONGEST, learner=learner)
    rendered = template.render(names, left=left)
    return tuple(Line(cast(LineKind, kind), text, sign) for kind, sign, text in _lines(rendered))


def _lines(rendered: str) -> list[tuple[str, str, str]]:
    """The lines of a template: what each is, what stands before its words, and the words."""
    found = []
    for line in filter(None, rendered.split("\n")):
        kind, sign, text = line.split("|", 2)
        found.append((kind, sign, text))
    return found
