"""What a class is shown of a fault: sentences of essays that clearly have it, and none where nothing can be shown."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from essay_marker.batch.examples import Names
from essay_marker.batch.lessons import going_well, to_teach
from essay_marker.batch.records import Member
from essay_marker.records import Reason, Result, Target, span_of
from essay_marker.rubric import Lessons, load_lessons

from .classes import learner, marked

NOBODY = Names([])
FOUND = load_lessons("edexcel-9hi0-essay")
assert FOUND is not None
LESSONS: Lessons = FOUND


def essay(code: str, *, criterion: float, sentence: float) -> Result:
    """A result with one target about its longest sentence, of an essay with these levels of criterion and sentence."""
    result = marked(10)
    strand = result.marks.strands[0]
    reason = Reason(code=code, text="", effect="lowers", spans=(), value=1.0, level=criterion, weight=1.0)
    strands = (replace(strand, reasons=(reason,)), *result.marks.strands[1:])
    sentences = tuple(replace(s, levels={strand.id: sentence}) for s in result.essay.sentences)
    fits = [s for s in sentences if result.essay.text[s.start : s.end].endswith(".") and 90 < s.end - s.start < 200]
    target = Target(code=code, strand=strand.id, text="More.", spans=(span_of(fits[0]),))
    strength = replace(result.strengths[0], code=code, strand=strand.id, spans=target.spans, secure=True)
    return replace(
        result,
        marks=replace(result.marks, strands=strands),
        essay=replace(result.essay, sentences=sentences),
        targets=(target,),
        strengths=(strength,),
        themes=(),
    )


def class_of(result: Result) -> list[Member]:
    return [Member(learner(name, str(100 + i)), result) for i, name in enumerate(("Ann Other", "Bo Second"))]


@pytest.mark.parametrize(("criterion", "sentence", "shown"), [
    (LESSONS.low, LESSONS.low, 1), (LESSONS.low, LESSONS.low + 0.1, 0), (LESSONS.low + 0.1, LESSONS.low, 0),
])  # fmt: skip
def test_a_fault_is_shown_by_a_weak_sentence_of_an_essay_that_has_it(
    criterion: float, sentence: float, shown: int
) -> None:
    result = essay("analytic-share", criterion=criterion, sentence=sentence)
    (point,) = to_teach(class_of(result), LESSONS, NOBODY)
    assert len(point.examples) == shown


def test_what_is_absent_has_no_example() -> None:
    result = essay("standards-of-success", criterion=1.0, sentence=1.0)
    (point,) = to_teach(class_of(result), LESSONS, NOBODY)
    assert point.examples == ()
    assert point.teach


@pytest.mark.parametrize(("sentence", "shown"), [(LESSONS.high, 1), (LESSONS.high - 0.1, 0)])
def test_what_goes_well_is_shown_by_a_good_sentence(sentence: float, shown: int) -> None:
    (point,) = going_well(class_of(essay("analytic-share", criterion=5.0, sentence=sentence)), LESSONS, NOBODY)
    assert len(point.examples) == shown
