"""What the report says about particular words: one numbered comment for each stretch of the essay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Literal, get_args

import msgspec

from essay_marker.records import Result, Span
from essay_marker.report.quotes import tidy

Kind = Literal["raises", "lowers", "neutral", "strength", "target", "slip", "disputed", "citation"]

#: What a writer can do something about, and what they do well. The reasons behind the levels are in the whole report.
FOR_WRITER: tuple[Kind, ...] = ("target", "strength", "slip", "disputed", "citation")
SHOWN = 3  # how many places one reason or target comments on; its card says how many more there are


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said: ``about`` is the label of a strand, or the number of a target.

    ``first`` is the number of the comment that says it in full, where an earlier one does.
    """

    kind: Kind
    about: str
    text: str
    first: int | None = None


class Comment(Span, frozen=True, kw_only=True):
    """Everything said about the same words. Comments are numbered from 1 in the order in which their words end."""

    number: int
    remarks: tuple[Remark, ...]


def comments(result: Result, kinds: Collection[Kind] = get_args(Kind)) -> tuple[Comment, ...]:
    """The comments on an essay, or those of some kinds.

    They are about what to do, what is done well, reasons, facts to check and references that do not fit.
    """
    said: defaultdict[Span, list[Remark]] = defaultdict(list)
    for span, remark in _remarks(result):
        tidied = tidy(result.essay.text, span)
        if tidied is not None and remark.kind in kinds and remark not in said[tidied]:
            said[tidied].append(remark)
    firsts: dict[Remark, int] = {}
    numbered = []
    for number, span in enumerate(sorted(said, key=lambda span: (span.end, span.start)), start=1):
        remarks = tuple(msgspec.structs.replace(remark, first=firsts.get(remark)) for remark in said[span])
        firsts.update((remark, number) for remark in said[span] if remark not in firsts)
        numbered.append(Comment(start=span.start, end=span.end, number=number, remarks=remarks))
    return tuple(numbered)


def _remarks(result: Result) -> Iterator[tuple[Span, Remark]]:
    for number, target in enumerate(result.targets, start=1):
        for span in target.spans[:SHOWN]:
            yield span, Remark(kind="target", about=str(number), text=target.text)
    for strength in result.strengths:
        for span in strength.spans[:SHOWN]:
            yield span, Remark(kind="strength", about="", text=strength.text)
    for strand in result.marks.strands:
        for reason in strand.reasons:
            for span in reason.spans[:SHOWN]:
                yield span, Remark(kind=reason.effect, about=strand.label, text=reason.text)
    for fact in result.facts:
        if fact.status != "supported":
            yield fact, Remark(kind=fact.status, about="", text=fact.message)
    for problem in result.citations.problems:
        yield problem, Remark(kind="citation", about="", text=problem.message)
