"""What every template is given: the result, and functions that shape parts of it for showing."""

from __future__ import annotations

from functools import partial
from typing import Any

from essay_marker.records import Decision, Result
from essay_marker.report import charts
from essay_marker.report.printable import printable, printable_text
from essay_marker.report.quotes import by_place, quote, quotes, shorten
from essay_marker.report.reader import Audience

#: How many characters of a statement are quoted where many are listed.
BRIEF = 70


def context(
    result: Result,
    audience: Audience,
    *,
    mark: bool,
    decision: Decision | None,
    count: int,
    limit: int,
    learner: str = "",
) -> dict[str, Any]:
    """The names that the templates of all formats use.

    ``audience`` is who reads; ``shows_mark`` is whether a mark is shown, ``shows_levels`` whether what the program
    proposes, ``shows_sums`` how that came about. ``decided`` is whether the teacher has entered a mark, ``withheld``
    whether the program gives none. ``learner`` is whose essay it is; empty where it is known by its file alone.
    A claim shows at most ``count`` quotations of at most ``limit`` characters each.
    """
    decided = decision is not None and decision.mark is not None
    return {
        "result": result,
        "audience": audience,
        "decision": Decision() if decision is None else printable(decision),
        "decided": decided,
        "withheld": result.marks.withheld is not None,
        "shows_mark": mark,
        "shows_levels": mark and not (decided and audience == "student"),
        "shows_sums": mark and audience == "teacher",
        "essay": result.essay,
        "learner": printable_text(learner),
        "marks": result.marks,
        "quotes": partial(quotes, result.essay, count=count, limit=limit),
        "supported": by_place(result.essay, [f for f in result.facts if f.status == "supported"], limit=BRIEF),
        "quote": partial(quote, result.essay, limit=limit),
        "shorten": partial(shorten, limit=limit),
        "theme_shares": charts.shares_of_largest([theme.words for theme in result.themes]),
        "success_share": charts.success_share(result),
    }
