"""``essay-marker explain``: what a criterion looks at, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError

if TYPE_CHECKING:
    from essay_marker.assess import Criterion

EXAMPLES = """
essay-marker explain
essay-marker explain CODE
"""


def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code as it stands in a report. Without it: all of them.")
    ] = None,
) -> None:
    """Explain a criterion: what it looks at, why, what earns and what does not.

    Without a code all criteria are listed, strand by strand.
    """
    from essay_marker.assess import criteria

    known = criteria()
    if code is None:
        _terminal.put(_list(known))
        return
    for criterion in known:
        if criterion.code.casefold() == code.casefold():
            _terminal.put(_page(criterion))
            return
    raise CommandLineError(f"there is no criterion {code!r}. {_hint(code, [c.code for c in known])}")


def _hint(code: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(code.casefold(), known, n=1)
    return f"Did you mean {close[0]}?" if close else "essay-marker explain lists them all."


def _list(known: Iterable[Criterion]) -> str:
    strands: dict[str, list[Criterion]] = {}
    for criterion in known:
        strands.setdefault(criterion.strand, []).append(criterion)
    lines: list[str] = []
    longest = max((len(c.code) for group in strands.values() for c in group), default=0)
    for strand, group in strands.items():
        lines += ["", strand]
        for c in group:
            lines += _terminal.wrap(c.title, first=f"  {c.code:<{longest}}  ", rest=" " * (longest + 4))
    return "\n".join(lines[1:])


def _page(criterion: Criterion) -> str:
    wrap = _terminal.wrap
    lines = [*wrap(f"{criterion.code}: {criterion.title}"), ""]
    for label, text in (
        ("Strand", criterion.strand),
        ("Looks at", criterion.looks_at),
        ("Why", criterion.why),
        ("Unit", criterion.unit),
        ("Effect", criterion.effect),
        ("Source", criterion.source),
    ):
        lines += wrap(text, first=f"{label + ':':<10}", rest=" " * 10)
    for label, examples in (("Earns", criterion.earns), ("Does not earn", criterion.does_not_earn)):
        lines += ["", f"{label}:"]
        for example in examples:
            lines += wrap(example, first="  - ", rest="    ")
    return "\n".join(lines)
