"""What is said: chosen by what is true of the place, filled from essay and topic, for two readers."""

from __future__ import annotations

import msgspec
import pytest

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place, Said, fills, link_of, say, tags_of
from essay_marker.records import Cue, Reason, Stance, YardstickUse, span_of
from essay_marker.rubric import Wording

from .building import RUBRIC
from .scripts import TOPIC, script, with_terms

RULES = RUBRIC.feedback
TERROR = TOPIC.theme("terror").spoken
NOTHING = Reason(code="c", text="", effect="raises", spans=(), value=0.0, level=1.0, weight=1.0)


def said(*wordings: Wording, on: Script | None = None, at: int | None = 1, used: frozenset[str] = frozenset()) -> Said:
    return say(on or script(), RULES, Place(NOTHING, at), [wordings], used)


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
    naming = with_terms(script("It begins.", "Molotov came.", "It ends."), 1, "Molotov")
    assert said(with_number, on=naming).teacher == "Paragraph 2 with Molotov."


def test_one_text_speaks_to_the_student_and_of_the_essay() -> None:
    found = said(Wording(text="{write} a reason in {your} ending. {urge} it. {say} why {you} stopped."))
    assert found.student == "Add a reason in your ending. Try it. Say why you stopped."
    assert found.teacher == "Ask for a reason in the ending. Suggest it. Ask why the writer stopped."


def test_a_sentence_begins_with_a_capital_wherever_it_stands() -> None:
    assert said(Wording(text="so {theme}. {theme}? {point}")).teacher.startswith(
        f"So {TERROR}. {TERROR[:1].upper()}{TERROR[1:]}? "
    )
    assert said(Wording(text="a (c. {n}) b")).teacher == "A (c. 2) b"


def test_an_essay_without_a_theme_has_nothing_said_of_one() -> None:
    on = script()
    themeless = tuple(msgspec.structs.replace(s, themes=()) for s in on.sentences)
    reading = msgspec.structs.replace(on.reading, sentences=themeless)
    bare = Script(reading=reading, topic=TOPIC, themes=(), text=on.text)
    assert not {"theme", "point", "support", "fact", "other"} & set(fills(bare, RULES, Place(NOTHING, 1), frozenset()))


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


def test_two_themes_are_tied_by_what_the_topic_knows() -> None:
    economy, terror, nations = (TOPIC.theme(name) for name in ("economy", "terror", "nationalities"))
    other, idea = link_of(TOPIC, economy, (economy, terror))
    assert other == terror
    assert idea in {link.idea for link in TOPIC.links}
    assert link_of(TOPIC, nations, (nations, terror)) == (terror, None)
    assert link_of(TOPIC, terror, (terror,)) == (None, None)


@pytest.mark.parametrize(("role", "terms", "proved"), [
    ("evidence", ("Molotov",), True), ("evidence", (), False), ("claim", ("Molotov",), False),
    ("claim", ("Molotov", "Malenkov"), True), ("context", ("Molotov", "Malenkov"), False),
])  # fmt: skip
def test_a_paragraph_is_proved_by_what_is_exact_and_more_than_setting_the_scene(
    role: str, terms: tuple[str, ...], proved: bool
) -> None:
    on = with_terms(script("It begins.", "Molotov and Malenkov.", "It ends.", role=role), 1, *terms)
    assert ("proved paragraph" in tags_of(on, Place(NOTHING, 1))) == proved


def test_the_test_of_a_sentence_is_the_one_that_stands_in_it() -> None:
    on = script()
    first, second = TOPIC.question.yardsticks[:2]
    uses = (
        YardstickUse(text=first.label, stated=span_of(on.sentences[0]), used=()),
        YardstickUse(text=second.label, stated=None, used=(span_of(on.sentences[2]),)),
    )
    reading = msgspec.structs.replace(on.reading, yardsticks=uses)
    on = Script(reading=reading, topic=TOPIC, themes=(), text=on.text)
    asked = [fills(on, RULES, Place(NOTHING, i), frozenset()).get("standard") for i in range(3)]
    assert asked == [first.in_text, None, second.in_text]
    assert fills(on, RULES, Place(NOTHING, 1), frozenset())["test"] == first.in_text


def test_the_other_paragraph_is_one_that_has_not_earned_it_and_is_not_this_one() -> None:
    on = script()
    earned = msgspec.structs.replace(NOTHING, spans=tuple(span_of(on.sentences[i]) for i in (1, 2)))
    assert fills(on, RULES, Place(earned, 1), frozenset())["there"] == f"paragraph 4 on {TERROR}"
    assert fills(on, RULES, Place(NOTHING, 1), frozenset())["there"] != f"paragraph 2 on {TERROR}"
    everywhere = msgspec.structs.replace(NOTHING, spans=tuple(span_of(s) for s in on.sentences))
    assert "there" not in fills(on, RULES, Place(everywhere, 1), frozenset())


def test_how_many_paragraphs_have_earned_it_is_said_in_words() -> None:
    on = script()

    def counted(*earned: int) -> tuple[str, str]:
        reason = msgspec.structs.replace(NOTHING, spans=tuple(span_of(on.sentences[i]) for i in earned))
        found = fills(on, RULES, Place(reason, 1), frozenset())
        return found["served"], found["total"]

    assert [counted(), counted(1), counted(1, 2, 3, 4)] == [("none", "four"), ("one", "four"), ("all", "four")]


def test_tags_say_what_is_true_of_the_place() -> None:
    on = script(stance="limitation", role="evidence")
    cue = Cue(start=0, end=1, kind="explanation", sentence=1)
    stated = YardstickUse(text=TOPIC.question.yardsticks[0].label, stated=span_of(on.sentences[0]), used=())
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


def test_a_paragraph_whose_theme_is_not_sure_is_named_by_its_number_alone() -> None:
    on = script()
    # one sentence in three is on a theme
    sentences = tuple(
        msgspec.structs.replace(s, paragraph=i // 3, themes=s.themes if i % 3 == 0 else ())
        for i, s in enumerate(on.sentences)
    )
    on = Script(msgspec.structs.replace(on.reading, sentences=sentences), TOPIC, (), on.text)
    assert fills(on, RULES, Place(NOTHING, 0), frozenset())["there"] == "paragraph 2"
    assert "theme" not in fills(on, RULES, Place(NOTHING, 1), frozenset())
    assert fills(on, RULES, Place(NOTHING, 3), frozenset())["theme"] == TERROR


def test_nothing_is_offered_that_the_essay_holds_in_another_paragraph() -> None:
    idea = "the shooting at Novocherkassk in 1962 shows that force was still the last resort"
    other = script(
        "It begins.", "Fear was gone.", "At Novocherkassk in 1962 they shot at strikers by force.", "It ends."
    )
    assert other.unsaid([idea], 1) is None
    assert script("It begins.", "Fear was gone.", "It ends.").unsaid([idea], 1) == idea


def test_a_fact_whose_name_the_essay_has_is_not_offered() -> None:
    fact = "Pasternak, whose novel had to appear in Italy in 1957"
    on = script("It begins.", "Then there was Pasternak.", "It ends.")
    assert on.unsaid([fact], 1, is_fact=True) is None
    assert script().unsaid([fact], 1, is_fact=True) == fact


def test_nothing_new_is_asked_of_a_conclusion() -> None:
    on = script(stance="success")
    last = fills(on, RULES, Place(NOTHING, len(on.sentences) - 1), frozenset())
    assert not {"point", "fact", "support"} & set(last)
    idea = TOPIC.theme("terror").limitation[0]
    held = script("It begins.", f"It is true that {idea}.", "It ends.", stance="success")
    assert fills(held, RULES, Place(NOTHING, 2), frozenset())["point"] == idea


def test_a_wording_says_what_it_asks_for_where_its_advice_can_ask_for_several_things() -> None:
    assert said(Wording(text="a fact.", asks="evidence")).asks == "evidence"
    assert said(Wording(text="a fact.")).asks is None


def test_a_share_is_said_in_hundredths() -> None:
    share = msgspec.structs.replace(NOTHING, value=0.414)
    assert (
        say(script(), RULES, Place(share, 1), [[Wording(text="it is {percent}%.")]], frozenset()).teacher
        == "It is 41%."
    )


def test_whether_an_essay_comes_back_to_a_test_of_its_own_is_not_told() -> None:
    on = script()
    own = YardstickUse(text="its own", stated=span_of(on.sentences[0]), used=())
    on = Script(msgspec.structs.replace(on.reading, yardsticks=(own,)), topic=TOPIC, themes=(), text=on.text)
    assert "standard:unused" not in tags_of(on, Place(NOTHING, 1))
    assert "test" not in fills(on, RULES, Place(NOTHING, 1), frozenset())
