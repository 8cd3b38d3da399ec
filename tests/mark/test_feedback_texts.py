"""Every wording of the rubric reads as whole sentences, whatever fills its blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from essay_marker.mark.wording import in_words, put
from essay_marker.rubric import BLANKS, Person, Wording, blanks_of
from essay_marker.topic import Theme

from .building import RUBRIC
from .scripts import TOPIC

RULES = RUBRIC.feedback
PEOPLE = {"student": RULES.student, "teacher": RULES.teacher}
WORDINGS: list[tuple[str, Wording]] = [
    (f"{kind}-{item.strand}-{item.code}-{i}-{j}", wording)
    for kind, items in (
        ("advice", [(a, (a.sees, a.does)) for a in RUBRIC.advice]),
        ("praise", [(p, (p.sees, p.keeps)) for p in RUBRIC.praise]),
    )
    for item, parts in items
    for i, part in enumerate(parts)
    for j, wording in enumerate(part)
] + [(f"encouragement-{j}", wording) for j, wording in enumerate(RULES.encouragement)]
#: What a sentence never holds: an idea after a bare colon, a word twice, a gap or a mark that was left over.
WRONG = re.compile(r":|  | [,.?]|[,.?]{2}|\b(\w+) \1\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.?!])\s+")


def _options() -> dict[str, list[str]]:
    """For every blank, everything that the topic can put into it; of what an essay brings, one of each kind."""
    themes = TOPIC.themes
    spoken = [theme.spoken for theme in themes]
    points = [idea for theme in themes for idea in (*theme.success, *theme.limitation)]
    tests = [y.in_text for y in TOPIC.question.yardsticks if y.in_text is not None]
    names = ["the Virgin Lands", "Molotov and Malenkov", "One Day in the Life of Ivan Denisovich"]
    return {
        "leader": [TOPIC.question.leader.surname], "n": ["2", "11"], "content": names, "beside": names[::-1],
        "theme": spoken, "before": spoken[1:], "other": spoken[2:], "strong": spoken[1:], "second": spoken[2:],
        "weak": spoken[3:], "point": points, "support": points,
        "fact": [fact for theme in themes for fact in theme.evidence], "link": [link.idea for link in TOPIC.links],
        "suggestion": [s.text[:1].lower() + s.text[1:-1] for theme in themes for s in theme.suggestions],
        "standard": tests, "test": tests, "served": ["none", "all", in_words(2)], "total": [in_words(5)],
        "there": [RULES.there_alone.format(n=4), *(RULES.there.format(n=4, theme=name) for name in spoken)],
        "percent": ["41"],
    }  # fmt: skip


OPTIONS = _options()


def _every_text(wording: Wording, person: Person) -> Iterator[str]:
    """The wording with each thing that can fill each of its blanks, the others filled with the first thing."""
    first = {name: options[0] for name, options in OPTIONS.items()}
    yield put(wording.text, first, person)
    for name in sorted(blanks_of(wording.text) & set(OPTIONS)):
        for words in OPTIONS[name]:
            yield put(wording.text, first | {name: words}, person)


def test_every_blank_is_tried() -> None:
    assert set(OPTIONS) == BLANKS


@pytest.mark.parametrize(("name", "wording"), WORDINGS, ids=[name for name, _ in WORDINGS])
def test_a_wording_is_whole_sentences_whatever_fills_it(name: str, wording: Wording) -> None:
    for reader, person in PEOPLE.items():
        for text in _every_text(wording, person):
            assert not WRONG.search(text), (reader, text)
            for sentence in SENTENCE.split(text):
                assert sentence[0].isupper(), (reader, text)
                assert sentence[-1] in ".?", (reader, text)


@pytest.mark.parametrize(("name", "wording"), WORDINGS, ids=[name for name, _ in WORDINGS])
def test_the_teacher_is_told_what_the_student_is_told(name: str, wording: Wording) -> None:
    first = {blank: options[0] for blank, options in OPTIONS.items()}
    student, teacher = (put(wording.text, first, person) for person in PEOPLE.values())
    assert not re.search(r"\byou(?:r)?\b", teacher, re.IGNORECASE)
    assert len(SENTENCE.split(student)) == len(SENTENCE.split(teacher))


@pytest.mark.parametrize("theme", TOPIC.themes, ids=[theme.id for theme in TOPIC.themes])
def test_what_the_topic_offers_can_stand_within_a_sentence(theme: Theme) -> None:
    for idea in (*theme.success, *theme.limitation, *theme.evidence):
        assert not WRONG.search(idea), idea
        assert idea[-1].isalnum(), idea
    for suggestion in theme.suggestions:
        assert not WRONG.search(suggestion.text), suggestion.text
        assert suggestion.text[0].isupper(), suggestion.text
        assert suggestion.text.endswith("."), suggestion.text
    assert not WRONG.search(theme.spoken)


def test_the_links_of_the_topic_can_stand_within_a_sentence() -> None:
    for link in TOPIC.links:
        assert not WRONG.search(link.idea), link.idea
        assert link.idea[0].islower(), link.idea
        assert link.idea[-1].isalnum(), link.idea
