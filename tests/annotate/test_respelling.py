"""Names spelt in other ways are read as the people who are meant, and nothing else is touched."""

from __future__ import annotations

import pytest

from essay_marker.annotate.respelling import Respeller, sound

NAMES = ["Khrushchev", "Beria", "Molotov", "Zhukov", "Bukharin's trial", "Novocherkassk", "Stalin", "Hungary", "KGB"]


@pytest.fixture(scope="module")
def respell() -> Respeller:
    return Respeller(NAMES)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Kruschev", "Khrushchev"),
        ("Khruschchev", "Khrushchev"),
        ("Berija", "Beria"),
        ("Molotow", "Molotov"),
        ("Zukov", "Zhukov"),
        ("Bucharin", "Bukharin"),
        ("Novocherkask", "Novocherkassk"),
    ],
)
def test_another_spelling_is_the_same_name(respell: Respeller, printed: str, name: str) -> None:
    assert respell(f"Then {printed} fell.").text == f"Then {name} fell."


@pytest.mark.parametrize(
    "word", ["Stalinist", "Stalino", "Hungarian", "Berlin", "Berries", "Service", "kruschev", "KGB"]
)
def test_other_words_stay(respell: Respeller, word: str) -> None:
    assert respell(f"A {word} here").text == f"A {word} here"


def test_places_lead_back_to_the_original(respell: Respeller) -> None:
    text = "When Kruschev met Molotow in 1955"
    respelt = respell(text)
    at = respelt.text.index("1955")
    assert text[respelt.origin(at) : respelt.origin(at) + 4] == "1955"
    assert respelt.origin(len(respelt.text)) == len(text)
    assert text[respelt.origin(respelt.text.index("Molotov")) :].startswith("Molotow")


def test_a_text_without_names_is_its_own_origin(respell: Respeller) -> None:
    assert [respell("no names").origin(at) for at in (0, 5, 8)] == [0, 5, 8]


def test_sounds_alike() -> None:
    assert sound("khrushchev") == sound("kruschev") == sound("krushchew")
    assert sound("beria") == sound("beriya")
    assert sound("malenkov") != sound("molotov")
