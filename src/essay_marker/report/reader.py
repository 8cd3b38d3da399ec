"""What one reader is shown of a result: a teacher all of it, a student what helps them to write."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from essay_marker.records import Result, StrandMark

Audience = Literal["teacher", "student"]


def for_reader(result: Result, audience: Audience, *, mark: bool) -> Result:
    """``result`` as ``audience`` reads it, ``mark`` or none.

    A student is spoken to. Neither they nor anyone who is shown no mark is told the sums behind it, why somebody should
    look at it again, or which marks essays like theirs were given.
    """
    if audience == "student":
        result = replace(
            result,
            strengths=tuple(replace(item, text=item.student or item.text) for item in result.strengths),
            targets=tuple(replace(item, text=item.student or item.text) for item in result.targets),
        )
    if audience == "student" or not mark:
        strands = tuple(_seen(strand) for strand in result.marks.strands)
        result = replace(result, marks=replace(result.marks, strands=strands, review=(), how="", range_how=""))
    return result


def _seen(strand: StrandMark) -> StrandMark:
    reasons = tuple(replace(reason, how="") for reason in strand.reasons if not reason.learned)
    return replace(strand, how="", nearest=(), reasons=reasons)
