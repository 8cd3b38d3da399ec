"""Incidental people are all alike."""

from __future__ import annotations

import pytest

from essay_marker.annotate.people import with_somebody
from essay_marker.corpus import load_exemplar
from essay_marker.resources import corpus_dir
from essay_marker.topic import load_topic


@pytest.mark.parametrize("name", ["Aisha", "Wei", "Agnieszka", "Kwame", "Siobhan", "Tom"])
def test_a_given_name_by_itself_is_somebody(name: str) -> None:
    assert with_somebody(f"{name}, a friend, disagrees.") == "somebody, a friend, disagrees."
    assert with_somebody(f"I told {name}'s brother.") == "I told somebody's brother."
    assert with_somebody(f"So {name} and I said no.") == "So somebody and I said no."


@pytest.mark.parametrize(
    "text",
    [
        "Alex Nove wrote on the economy.",  # a full name may be an author's
        "A. Olivia wrote, and J. Alex too.",
        "In Moscow Alex was nobody.",  # two capitals may be a name, even where they are none
        "The tomatoes failed.",
        "The Anna-Lena line",
        "Khrushchev denounced Stalin.",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert with_somebody(text) == text


def test_nobody_of_the_topic_is_somebody() -> None:
    topic = load_topic("khrushchev-destalinisation")
    terms = [term for theme in topic.themes for term in (*theme.strong_terms, *theme.supporting_terms)]
    people = [name for h in topic.historians for name in (h.name, h.surname, *h.variants)]
    assert [text for text in (*terms, *people) if with_somebody(text) != text] == []


def test_the_exemplars_read_as_they_stand() -> None:
    """So that what the taggers learned from them is what they see now."""
    folder = corpus_dir() / "khrushchev-destalinisation" / "exemplars"
    changed = {
        path.stem: unit.text
        for path in sorted(folder.glob("e*.toml"))
        for unit in load_exemplar(path).units or ()
        if with_somebody(unit.text) != unit.text
    }
    assert changed == {}
