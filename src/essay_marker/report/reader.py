"""What one reader is shown of a result: a teacher all of it, a student what helps them to write."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from essay_marker.records import Citations, Reason, Result, Review, StrandMark

Audience = Literal["teacher", "student"]

#: The reason to look that a student is told of, too: it is about what they were asked.
OTHER_QUESTION = "question-doubtful"


def for_reader(result: Result, audience: Audience, *, mark: bool) -> Result:
    """``result`` as ``audience`` reads it, ``mark`` or none.

    A student is spoken to. Neither they nor anyone who is shown no mark is told the sums behind it, why somebody should
    look at it again, or which marks essays like theirs were given; a student is told where another question than the
    one set seems to be answered. Of a result whose mark is withheld nothing is left that speaks of the essay: it would
    be about something that is no essay on this question.
    """
    if result.marks.withheld is not None:
        result = _without_findings(result)
    if audience == "student":
        result = replace(
            result,
            strengths=tuple(replace(item, text=item.student or item.text) for item in result.strengths),
            targets=tuple(replace(item, text=item.student or item.text) for item in result.targets),
        )
    if audience == "student" or not mark:
        strands = tuple(_seen(strand, audience) for strand in result.marks.strands)
        doubtful = any(item.code == OTHER_QUESTION for item in result.marks.review)
        review = (_told(result),) if doubtful and audience == "student" else ()
        result = replace(result, marks=replace(result.marks, strands=strands, review=review, how="", range_how=""))
    return result


def _without_findings(result: Result) -> Result:
    return replace(
        result,
        themes=(),
        historians=(),
        citations=Citations(style=result.citations.style, problems=()),
        facts=(),
        balance=replace(
            result.balance, success_words=0, limitation_words=0, verdict=None, criteria=(), counter_arguments=()
        ),
        marks=replace(result.marks, strands=(), review=()),
        strengths=(),
        targets=(),
    )


def _told(result: Result) -> Review:
    """What a student is told of an essay that seems to answer another question."""
    asked = result.essay.question
    of_their_own = asked == result.essay.title and any(item.code == "other-question" for item in result.marks.review)
    which = f", which is: {asked}" if asked and not of_their_own else "."
    return Review(code=OTHER_QUESTION, message=f"Your essay seems to answer another question than the one set{which}")


def _seen(strand: StrandMark, audience: Audience) -> StrandMark:
    reasons = (reason for reason in strand.reasons if not reason.learned)
    if audience == "student":
        reasons = (reason for reason in reasons if not _says_nothing(reason))
    return replace(strand, how="", nearest=(), reasons=tuple(replace(reason, how="") for reason in reasons))


def _says_nothing(reason: Reason) -> bool:
    """Whether a student learns nothing from it: no place in the essay, and no weight in the strand."""
    return not reason.spans and reason.weight == 0
