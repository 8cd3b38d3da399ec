"""What is said: chosen by what is true of the place, filled from essay and topic, for two readers."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place, Said, contents, fills, link_of, listed, say, tags_of
from essay_marker.records import Cue, Reason, Specific, Stance, YardstickUse, span_of
from essay_marker.rubric import Wording

from .building import RUBRIC
from .scripts import TOPIC, script

RULES = RUBRIC.feedback
NOTHING = Reason(code="c", text="", effect="raises", spans=(), value=0.0, level=1.0, weight=1.0)


def said(*wordings: Wording, on: Script | None = None, at: int | None = 1, used: frozenset[str] = frozenset()) -> Said:
    return say(on or script(), RULES, Place(NOTHING, at), [wordings], used)


def specifics(of: Script, *kinds: tuple[str, str, int]) -> Script:
    """``of`` with these specifics, as kind, key and sentence."""
    made = tuple(
        msgspec.convert({"start": 0, "end": 1, "kind": kind, "key": key, "sentence": at}, Specific)
        for kind, key, at in kinds
    )
    return Script(
        reading=msgspec.structs.replace(of.reading, specifics=made), topic=of.topic, themes=of.themes, text=of.text
    )


def test_the_first_wording_that_fits_is_taken() -> None:
    on = script(stance="success")
    first, second = Wording(text="failed.", when=("stance:limitation",)), Wording(text="won.", when=("stance:success",))
    assert said(first, second, Wording(text="else."), on=on).teacher == "Won."
    assert said(first, Wording(text="else."), on=on).teacher == "Else."


def test_a_condition_can_be_turned_round() -> None:
    assert said(Wording(text="no.", when=("not judged",)), Wording(text="yes.")).teacher == "No."
    assert said(Wording(text="no.", when=("not bare",)), Wording(text="yes.")).teacher == "Yes."


def test_a_wording_with_a_blank_that_nothing_fills_is_passed_over() -> None:
    on = script()
    with_number = Wording(text="paragraph {n} with {content}.")
    assert said(with_number, Wording(text="else."), on=on).teacher == "Else."
    assert said(with_number, on=specifics(on, ("date", "1956", 1))).teacher == "Paragraph 2 with a date."


def test_one_text_speaks_to_the_student_and_of_the_essay() -> None:
    found = said(Wording(text="{write} a reason in {your} ending. {urge} it. {say} why {you} stop."))
    assert found.student == "Write a reason in your ending. try it. say why you stop."
    assert found.teacher == "Ask for a reason in the ending. suggest it. ask why the writer stop."


def test_ideas_of_the_topic_are_not_used_twice() -> None:
    one = said(Wording(text="{point}."))
    assert one.ideas
    assert said(Wording(text="{point}."), used=one.ideas).ideas.isdisjoint(one.ideas)


@pytest.mark.parametrize(("stance", "side"), [("success", "limitation"), ("limitation", "success")])
def test_the_point_to_meet_is_of_the_other_side(stance: Stance, side: str) -> None:
    found = fills(script(stance=stance), RULES, Place(NOTHING, 1), frozenset())
    assert found["point"] in getattr(TOPIC.theme("terror"), side)
    assert found["theme"] == TOPIC.theme("terror").spoken


def test_an_idea_that_the_essay_has_is_not_offered_again() -> None:
    said_already, *others = TOPIC.theme("terror").limitation
    on = script("A beginning here.", said_already, "An ending here.")
    assert on.unsaid(TOPIC.theme("terror").limitation, 1) in others


def test_an_idea_near_to_the_paragraph_is_offered_first() -> None:
    ideas = ("the harvest of wheat failed badly", "painters showed their pictures abroad")
    assert script("It begins.", "The painters were pleased.", "It ends.").unsaid(ideas, 1) == ideas[1]
    assert script("It begins.", "The wheat was late.", "It ends.").unsaid(ideas, 1) == ideas[0]


def test_what_is_exact_is_counted_once_each() -> None:
    on = specifics(
        script(), ("date", "1956", 1), ("date", "1957", 1), ("name", "molotov", 1), ("term", "gulag", 1),
        ("figure", "98", 2), ("date", "1956", 2),
    )  # fmt: skip
    assert contents(on, RULES, (1,)) == "two dates and two names"
    assert contents(on, RULES, (1, 2)) == "two dates, a figure and two names"
    assert contents(on, RULES, (3,)) is None


def test_lists_read_as_in_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) is None


def test_two_themes_are_tied_by_what_the_topic_knows() -> None:
    economy, terror, nations = (TOPIC.theme(name) for name in ("economy", "terror", "nationalities"))
    other, idea = link_of(TOPIC, economy, (economy, terror))
    assert other == terror
    assert idea in {link.idea for link in TOPIC.links}
    assert link_of(TOPIC, nations, (nations, terror)) == (terror, None)
    assert link_of(TOPIC, terror, (terror,)) == (None, None)


def test_tags_say_what_is_true_of_the_place() -> None:
    on = script(stance="limitation", role="evidence")
    cue = Cue(start=0, end=1, kind="explanation", sentence=1)
    stated = YardstickUse(text="a test", stated=span_of(on.sentences[0]), used=())
    reading = msgspec.structs.replace(on.reading, cues=(cue,), yardsticks=(stated,))
    on = Script(reading=reading, topic=TOPIC, themes=(), text=on.text)
    tags = tags_of(on, Place(NOTHING, 1))
    wanted = {
        "nothing", "weak", "role:evidence", "holds:evidence", "stance:limitation", "cue:explanation",
        "near:explanation", "bare", "first", "standard:stated", "standard:unused",
    }  # fmt: skip
    assert tags == wanted
    assert "introduction" in tags_of(on, Place(NOTHING, 0))
    assert "conclusion" in tags_of(on, Place(NOTHING, len(on.sentences) - 1))
    assert tags_of(on, Place(NOTHING, None)) == {"nothing", "weak", "standard:stated", "standard:unused"}
