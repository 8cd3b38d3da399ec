"""Comments on words of the essay."""

from __future__ import annotations

import msgspec

from essay_marker.records import Result
from essay_marker.report.comments import SHOWN, comments


def test_comments_are_numbered_in_the_order_in_which_their_words_end(realistic: Result) -> None:
    found = comments(realistic)
    assert [comment.number for comment in found] == list(range(1, len(found) + 1))
    ends = [comment.end for comment in found]
    assert ends == sorted(ends)


def test_what_is_said_about_the_same_words_is_one_comment(realistic: Result) -> None:
    spans = [(comment.start, comment.end) for comment in comments(realistic)]
    assert len(spans) == len(set(spans))
    assert {len(comment.remarks) for comment in comments(realistic)} == {1, 2}


def test_every_kind_is_there_and_supported_facts_are_not(realistic: Result) -> None:
    remarks = [remark for comment in comments(realistic) for remark in comment.remarks]
    kinds = {remark.kind for remark in remarks}
    assert kinds == {"raises", "lowers", "neutral", "strength", "target", "slip", "disputed", "citation"}
    assert not [remark for remark in remarks if "was given in February 1956" in remark.text]


def test_what_was_said_before_refers_to_the_comment_that_said_it(realistic: Result) -> None:
    numbered = {comment.number: comment for comment in comments(realistic)}
    repeats = [(comment, remark) for comment in numbered.values() for remark in comment.remarks if remark.first]
    assert repeats
    for comment, remark in repeats:
        assert remark.first is not None
        assert remark.first < comment.number
        assert msgspec.structs.replace(remark, first=None) in numbered[remark.first].remarks


def test_a_reason_with_many_places_comments_on_the_first_few(realistic: Result) -> None:
    reason = realistic.marks.strands[0].reasons[0]
    assert len(reason.spans) > SHOWN
    texts = [remark.text for comment in comments(realistic) for remark in comment.remarks]
    assert texts.count(reason.text) == SHOWN


def test_nothing_to_say_gives_no_comments(empty: Result) -> None:
    assert comments(empty) == ()
