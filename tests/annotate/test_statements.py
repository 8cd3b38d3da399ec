"""The file with the language of statements: what is wrong in it is named, and its parts are put together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from essay_marker.annotate.statements import load_statements, statements
from essay_marker.errors import DataError
from essay_marker.resources import models_dir


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(models_dir() / "patterns" / "statements.yaml", tmp_path))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_parts_are_put_in_and_numbers_of_repetitions_are_not_taken_for_them() -> None:
    language = statements()
    assert language.belonging.of_date.fullmatch(" crisis of ")
    assert not language.belonging.of_date.fullmatch(" matters of ")
    assert language.clauses.after_date.search("in 1961, only days after the congress, it fell")
    assert "{" not in language.belonging.of_date.pattern


def test_a_list_is_a_choice() -> None:
    assert statements().asserting.correction.search("that is wrong")
    assert statements().asserting.correction.search("in reality it fell")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  turn: ", "  turns: ", r"`asserting\.turns?` is (?:missing|unknown)"),
        ("  own_date: ' (?:in|on)", "  own_date: ' (?:in|on", r"`happenings\.own_date` is no regular expression"),
        (
            "of_date: '(?: (?:{matters}))?",
            "of_date: '(?: (?:{matter}))?",
            r"`belonging\.of_date` is no regular expr.*matter",
        ),
        ("  light_verbs: [", "  light_verb: [", "light_verb"),
        ("zero: 0,", "zero: none,", "numerals"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(file: Path, old: str, new: str, said: str) -> None:
    change(file, old, new)
    with pytest.raises(DataError, match=said) as error:
        load_statements(file)
    assert str(file) in str(error.value)
