"""The essay cut into segments."""

from __future__ import annotations

from types import ModuleType

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from essay_marker.records import Note, Result, Span, Target
from essay_marker.report.comments import comments
from essay_marker.report.essay_view import Block, Segment, blocks


def shown(result: Result) -> tuple[Block, ...]:
    return blocks(result, comments(result))


def words(result: Result) -> list[str]:
    return " ".join("".join(segment.text for segment in block.segments) for block in shown(result)).split()


def segments(result: Result) -> list[Segment]:
    return [segment for block in shown(result) for segment in block.segments]


def with_targets(result: Result, *spans: Span) -> Result:
    targets = tuple(Target(code="t", strand="s", text=f"Target {n}", spans=(span,)) for n, span in enumerate(spans))
    return msgspec.structs.replace(result, targets=targets)


def test_no_word_is_lost_or_shown_twice(realistic: Result, hostile: Result, empty: Result) -> None:
    for result in (realistic, hostile, empty):
        assert words(result) == result.essay.text.split()


@given(data=st.data())
def test_spans_may_overlap_as_they_like(building: ModuleType, data: st.DataObject) -> None:
    result: Result = building.realistic()
    edge = st.integers(0, len(result.essay.text) + 5)
    pairs = data.draw(st.lists(st.tuples(edge, edge), min_size=1, max_size=8))
    result = with_targets(result, *(Span(start=min(pair), end=max(pair)) for pair in pairs))
    assert words(result) == result.essay.text.split()
    markers = [number for segment in segments(result) for number in segment.markers]
    listed = [comment.number for block in shown(result) for comment in block.comments]
    assert markers == listed == [comment.number for comment in comments(result)]


def test_overlapping_comments_cut_the_text_where_they_cross(realistic: Result, building: ModuleType) -> None:
    first, second = building.at("two tests durability"), building.at("durability should weigh more")
    result = msgspec.structs.replace(realistic, marks=building.empty().marks, strengths=())
    result = with_targets(result, first, second)
    cut = [segment for segment in segments(result) if segment.comments and "durability" in segment.text]
    numbers = {comment.end: comment.number for comment in comments(result)}
    crossing = next(segment for segment in cut if segment.text == "durability")
    assert set(crossing.comments) == {numbers[first.end], numbers[second.end]}
    assert crossing.markers == (numbers[first.end],)


def test_a_sentence_is_labelled_once_at_its_beginning(realistic: Result) -> None:
    assert sum(segment.opens_sentence for segment in segments(realistic)) == len(realistic.essay.sentences)


def test_a_comment_is_listed_beside_the_end_of_its_words(realistic: Result, building: ModuleType) -> None:
    across = Span(start=building.at("The clearest").start, end=building.at("less even.").end)
    block = next(block for block in shown(with_targets(realistic, across)) if block.number == 3)
    assert across.end in {comment.end for comment in block.comments}


def test_every_quotation_has_a_place_to_lead_to(realistic: Result) -> None:
    anchors = [segment.anchor for segment in segments(realistic) if segment.anchor is not None]
    assert len(anchors) == len(set(anchors)) > 15


def test_parts_are_told_apart_and_paragraphs_counted(realistic: Result) -> None:
    kinds = [block.kind for block in shown(realistic)]
    assert kinds == ["title", *["paragraph"] * 5, "other", "note", "bibliography"]
    assert [block.number for block in shown(realistic)][1:6] == [1, 2, 3, 4, 5]


def test_the_number_before_a_note_belongs_to_the_note(realistic: Result, empty: Result) -> None:
    block = next(block for block in shown(realistic) if block.kind == "note")
    assert "".join(segment.text for segment in block.segments).startswith("1. Filtzer")
    assert block.mark is None
    essay = msgspec.structs.replace(empty.essay, text="Filtzer, p. 31.", notes=(Note(start=0, end=15, mark="1"),))
    (bare,) = shown(msgspec.structs.replace(empty, essay=essay))
    assert bare.mark == "1"


def test_of_two_uses_of_the_same_words_the_higher_is_shown(realistic: Result, building: ModuleType) -> None:
    jones = msgspec.structs.replace(realistic.historians[0], mentions=(realistic.historians[1].mentions[0],))
    result = msgspec.structs.replace(realistic, historians=(jones, *realistic.historians))
    at = building.at("Jones").start
    assert next(s.use for s in segments(result) if s.anchor == at) == "evaluate"
