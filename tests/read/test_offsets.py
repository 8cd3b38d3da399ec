"""A traced text knows the origin of each character, whatever was done to it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from essay_marker.read.offsets import Traced, join


def test_replacing_deleting_and_inserting_keep_the_places_of_the_rest() -> None:
    text = Traced.of("a--b c").edit([(1, 3, "—"), (4, 5, ""), (5, 5, "!")])
    assert text.text == "a—b!c"
    assert text.origin == (0, 1, 3, 4, 5)


def test_a_longer_replacement_stays_inside_what_it_replaces() -> None:
    text, count = Traced.of("oﬃce").sub(re.compile("ﬃ"), "ffi")
    assert (text.text, text.origin, count) == ("office", (0, 1, 1, 1, 2, 3), 1)


def test_only_real_changes_count() -> None:
    text = Traced.of("ab")
    assert text.sub(re.compile("[ab]"), "a") == (Traced("aa", (0, 1)), 1)


def test_a_kept_group_keeps_its_exact_places() -> None:
    text, count = Traced.of("see [it](x) now").keep_group(re.compile(r"\[(?P<words>\w+)\]\(\w\)"), "words")
    assert (text.text, count) == ("see it now", 1)
    assert text.origin == (0, 1, 2, 3, 5, 6, 11, 12, 13, 14)


def test_glue_takes_the_place_of_the_character_before_it() -> None:
    whole = Traced.of("one\ntwo")
    joined = join([("", whole.slice(0, 3)), (" ", whole.slice(4, 7))])
    assert (joined.text, joined.origin) == ("one two", (0, 1, 2, 2, 4, 5, 6))


def test_stripping_blank_text_leaves_nothing() -> None:
    assert Traced.of(" \n\t ").strip() == Traced("", ())


@given(st.text(alphabet="ab ", max_size=30), st.data())
def test_any_edits_keep_the_origin_in_order_and_true(original: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(original)), max_size=8)))
    news = data.draw(st.lists(st.text(alphabet="XY", max_size=3), min_size=4, max_size=4))
    edits = [(start, end, new) for start, end, new in zip(cuts[::2], cuts[1::2], news, strict=False)]
    text = Traced.of(original).edit(edits)
    assert len(text.text) == len(text.origin)
    assert list(text.origin) == sorted(text.origin)
    assert all(original[place] == char for char, place in zip(text.text, text.origin, strict=True) if char in "ab ")
