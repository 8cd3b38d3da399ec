"""The corpus' files: what is read, what is refused, what readings come to, and where units stand in a text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from essay_marker.corpus import (
    Header,
    MarkReading,
    ThemesAgain,
    Unit,
    agreed,
    decide,
    header_text,
    load_exemplars,
    load_header,
    load_labels,
    load_measured,
    load_phrases,
    load_profiles,
    load_themes,
    locate,
)
from essay_marker.errors import DataError
from essay_marker.read import read_file

from .corpora import MARKS, TEXTS, build, header, labels, reading, themes_again, write_header, write_labels


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """The folder of a topic with three exemplars."""
    return build(root / "corpus" / "khrushchev-destalinisation", tmp_path / "khrushchev-destalinisation")


def unit(text: str, **fields: object) -> Unit:
    table = labels("e01")[0] | {"text": text} | fields
    return msgspec.convert(table, Unit)


# --- reading --------------------------------------------------------------------------------------------------------


def test_exemplars_are_read_with_their_headers_and_labels(folder: Path) -> None:
    (folder / "exemplars" / "e03.labels.jsonl").unlink()
    found = load_exemplars(folder)
    assert [exemplar.id for exemplar in found] == ["e01", "e02", "e03"]
    assert [len(exemplar.units) for exemplar in found] == [4, 3, 0]
    assert found[0].header.readings[1].strands["analysis"].mark == MARKS["e01"][1]
    assert found[0].path.read_text("utf-8").startswith(TEXTS["e01"][0][0])


def test_a_second_labellers_units_stand_beside_the_first(folder: Path) -> None:
    second = [labels("e01")[0] | {"stance": "success"}, *labels("e01")[1:]]
    write_labels(folder, "e01", second, ending=".second.jsonl")
    first = load_exemplars(folder)[0]
    assert [item.stance for item in first.units] == ["none"] * 4  # what is learned from
    assert [item.stance for item in first.second] == ["success", *["none"] * 3]
    assert [exemplar.second for exemplar in load_exemplars(folder)[1:]] == [(), ()]


def test_themes_that_were_read_again_change_what_is_learned_from_and_nothing_else(folder: Path) -> None:
    again = themes_again("e01")
    again[1] |= {"themes": ["thaw"]}
    write_labels(folder, "e01", again, ending=".themes.jsonl")
    found = load_exemplars(folder)[0]
    assert [item.themes for item in found.first] == [("terror",)] * 4
    assert [item.themes for item in found.units] == [("terror",), (), ("terror",), ("terror",)]
    assert found.units[1] == msgspec.structs.replace(found.first[1], themes=(), optional_themes=("terror", "thaw"))
    assert [item.themes for item in found.again] == [("terror",), ("thaw",), ("terror",), ("terror",)]
    for exemplar in load_exemplars(folder)[1:]:
        assert (exemplar.again, exemplar.units) == ((), exemplar.first)


def test_a_wrong_line_of_themes_is_named(folder: Path) -> None:
    again = themes_again("e01")
    again[2] |= {"role": "claim"}
    path = write_labels(folder, "e01", again, ending=".themes.jsonl")
    with pytest.raises(DataError, match=r"themes\.jsonl, line 3: the file has an unknown field `role`"):
        load_themes(path)


def test_what_is_not_there_is_nothing(folder: Path) -> None:
    assert (load_profiles(folder), load_measured(folder)) == ((), None)
    (folder / "phrases.toml").unlink()
    assert load_phrases(folder) == ()


def test_a_header_without_readings_is_read(folder: Path) -> None:
    table = header("e01")
    del table["readings"]
    assert load_header(write_header(folder, table)).readings == ()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "homework", "`kind`"),
        ("mark", "ten", "`mark` should be a whole number"),
        ("voices", "a", "unknown field `voices`. Did you mean `voice`?"),
        ("readings", [reading("fourth", 10) | {"level": 3}], "`readings[1].reader`"),
        ("id", "E 01", "`id`"),
    ],
)
def test_what_does_not_fit_is_a_sentence_with_file_line_and_field(
    folder: Path, field: str, value: object, words: str
) -> None:
    path = write_header(folder, header("e01") | {field: value}, "e01")
    with pytest.raises(DataError) as caught:
        load_header(path)
    assert str(caught.value).startswith(f"{path}, line ")
    assert words in str(caught.value)


def test_a_wrong_label_names_its_line(folder: Path) -> None:
    units = labels("e01")
    units[2]["stance"] = "yes"
    path = write_labels(folder, "e01", units)
    with pytest.raises(DataError, match=r"labels\.jsonl, line 3: `stance`"):
        load_labels(path)


def test_a_header_is_written_as_it_is_read(folder: Path) -> None:
    found = msgspec.structs.replace(
        load_exemplars(folder)[0].header, question="'A \"quoted\" view.' How far?", planted=("tab\t", "dash – ", "\\")
    )
    assert msgspec.convert(tomllib.loads(header_text(found)), Header) == found


# --- what two readings of themes come to ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "again", "themes", "optional"),
    [
        ((["a", "b"], []), (["b", "a"], []), ("a", "b"), ()),
        ((["a", "b"], []), (["a"], []), ("a",), ("b",)),
        ((["a"], []), (["a", "b"], []), ("a",), ("b",)),
        ((["a"], []), ([], ["a"]), (), ("a",)),
        (([], ["a"]), (["a"], []), (), ("a",)),
        (([], ["a"]), ([], []), (), ("a",)),
        (([], []), ([], ["a"]), (), ("a",)),
        ((["a"], ["c"]), (["b"], ["c"]), (), ("a", "c", "b")),
        (([], []), ([], []), (), ()),
    ],
)
def test_a_theme_counts_where_both_give_it_and_is_optional_where_one_does(
    first: tuple[list[str], list[str]],
    again: tuple[list[str], list[str]],
    themes: tuple[str, ...],
    optional: tuple[str, ...],
) -> None:
    labelled = unit("So.", themes=first[0], optional_themes=first[1])
    reading_ = msgspec.convert({"id": labelled.id, "themes": again[0], "optional_themes": again[1]}, ThemesAgain)
    assert agreed([labelled], [reading_]) == (
        msgspec.structs.replace(labelled, themes=themes, optional_themes=optional),
    )


def test_a_unit_that_was_not_read_again_stays_as_it_is() -> None:
    one, other = unit("So.", id="e01-001"), unit("But.", id="e01-002", optional_themes=["thaw"])
    readings = [ThemesAgain(id=name, themes=()) for name in ("e01-001", "e01-009")]
    assert agreed([one, other], readings) == (
        msgspec.structs.replace(one, themes=(), optional_themes=one.themes),
        other,
    )
    assert agreed([one, other], []) == (one, other)


# --- what readings come to ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "decided"),
    [
        ((), None),
        ((10,), None),
        ((10, 10), 10),
        ((10, 11), 11),
        ((10, 12), 11),
        ((10, 13), None),
        ((10, 13, 9), 9),
        ((10, 12, 9), 11),
    ],
)
def test_the_mean_of_two_halves_up_or_the_third_where_they_are_far_apart(
    marks: tuple[int, ...], decided: int | None
) -> None:
    readers = ("first", "second", "third")
    readings = [msgspec.convert(reading(name, mark), MarkReading) for name, mark in zip(readers, marks, strict=False)]
    found = decide(readings)
    assert (found and found.mark) == decided
    if found is not None:
        assert set(found.strands.values()) == {decided}


# --- where units stand ----------------------------------------------------------------------------------------------


def texts_of(units: list[str], text: str, alike: float = 1.0) -> list[str | None]:
    spans = locate([unit(words) for words in units], text, alike=alike)
    return [None if span is None else text[span.start : span.end] for span in spans]


def test_every_sentence_of_an_essay_is_found_as_it_stands(folder: Path) -> None:
    essay = read_file(folder / "exemplars" / "e01.txt")
    units = load_labels(folder / "exemplars" / "e01.labels.jsonl")
    assert texts_of([item.text for item in units], essay.text) == [item.text.rstrip(".") for item in units]


@pytest.mark.parametrize(
    ("units", "text", "found"),
    [
        (["He  spoke\nlong."], "He spoke long.", ["He spoke long"]),
        (["- Poland = calm"], "Poland = calm", ["Poland = calm"]),
        (['"Yes," he said.', "No."], "“Yes,” he said. No.", ["Yes,” he said", "No"]),
        (["The cafe reopened."], "The café re-opened!", ["The café re-opened"]),
        (["One.", "One."], "One. One.", ["One", "One"]),
        (["Two.", "One."], "One. Two.", ["Two", None]),
        (["Gone entirely.", "Here."], "Here.", [None, "Here"]),
        (["One—", "two."], "One—two.", ["One", "two"]),
        (["…", "Here."], "… Here.", [None, "Here"]),
        (["~~He was~~ It was so."], "It was so.", [None]),
        (["It was quite so."], "It was so.", [None]),
    ],
)
def test_units_are_found_by_their_letters_in_order(units: list[str], text: str, found: list[str | None]) -> None:
    assert texts_of(units, text) == found


def test_where_a_text_may_have_changed_a_unit_with_a_word_more_is_found() -> None:
    text = "The café re-opened. Hungary was crushed in 1956 by tanks."
    assert texts_of(["Hungary was crushed in 1956 by many tanks."], text, alike=0.8) == [
        "Hungary was crushed in 1956 by tanks"
    ]
    assert texts_of(["Poland was left in peace, since Gomulka had promised to stay."], text, alike=0.8) == [None]


def test_what_has_been_found_is_not_found_again() -> None:
    text = "Hungary was crushed in 1956 by tanks."
    assert texts_of(["Hungary was crushed in 1956 by many tanks.", text], text, alike=0.8)[1] is None


@pytest.mark.parametrize("alike", [0.8, 1.0])
def test_a_short_unit_that_is_missing_is_not_taken_from_far_ahead(alike: float) -> None:
    text = "Here it begins. " + "And it goes on and on like this. " * 30 + "However."
    assert texts_of(["However.", "Here it begins."], text, alike) == [None, "Here it begins"]
