"""What sentences name, as a phrase: the topic's proper names, with the article that they take."""

from __future__ import annotations

from essay_marker.mark.named import named
from essay_marker.mark.script import Script

from .scripts import script, with_terms


def naming(text: str, *terms: str) -> Script:
    return with_terms(script("It begins.", text, "It ends."), 1, *terms)


def test_two_names_are_joined_and_further_ones_left_out() -> None:
    on = naming("Molotov, Malenkov and Kaganovich lost their posts.", "Molotov", "Malenkov", "Kaganovich")
    assert named(on, (1,)) == "Molotov and Malenkov"


def test_nothing_is_named_where_nothing_of_the_topic_is() -> None:
    assert named(naming("Many things were done."), (1,)) is None
    assert named(naming("Soviet tanks came.", "Soviet tanks"), (1,)) is None


def test_a_name_takes_the_article_that_the_topic_gives_it() -> None:
    assert named(naming("Virgin Lands and Novy Mir came.", "Virgin Lands", "Novy Mir"), (1,)) == (
        "the Virgin Lands and Novy Mir"
    )


def test_where_the_topic_does_not_know_the_essay_tells_the_article() -> None:
    assert named(naming("He closed the Quillon at last.", "Quillon"), (1,)) == "the Quillon"
    assert named(naming("He closed Quillon at last.", "Quillon"), (1,)) == "Quillon"


def test_an_owner_is_named_without_what_is_owned() -> None:
    assert named(naming("Beria's arrest came first.", "Beria's"), (1,)) == "Beria"


def test_an_adjective_and_a_post_are_no_names() -> None:
    assert named(naming("The Hungarian rising and Tito came.", "Hungarian", "Tito"), (1,)) == "Tito"
    assert named(naming("He was First Secretary, and Tito came.", "First Secretary", "Tito"), (1,)) == "Tito"


def test_two_forms_of_one_name_are_one() -> None:
    assert named(naming("Nagy fell, and Imre Nagy died.", "Nagy", "Imre Nagy"), (1,)) == "Nagy"
    assert named(naming("Hungary rose, and Hungarians died.", "Hungary", "Hungarians"), (1,)) == "Hungary"


def test_long_names_are_not_joined() -> None:
    title = "One Day in the Life of Ivan Denisovich"
    assert named(naming(f"{title} came out, and Novy Mir sold out.", title, "Novy Mir"), (1,)) == title
