"""Names of files, pseudonyms, and a name hidden in an essay."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_marker.batch.hiding import hide_name
from essay_marker.batch.names import file_ids, load_key, pseudonyms
from essay_marker.batch.submissions import Found, Submission
from essay_marker.errors import DataError
from essay_marker.read import read_bytes

KEY = bytes(range(32))


def handed_in(learner: str, number: str | None = None) -> Submission:
    file = Found(("e.txt",), Path("e.txt"), None, 1, 0.0)
    return Submission(learner, number, "file", False, file, (), f"{learner} {number}")


@pytest.mark.parametrize(
    ("learner", "number", "id_"),
    [
        ("Ada Lovelace", None, "ada-lovelace"),
        ("Ada Lovelace", "12345", "ada-lovelace-12345"),
        ("李伟", "7", "learner-7"),
    ],
)
def test_a_plain_name_is_its_files_name(learner: str, number: str | None, id_: str) -> None:
    assert file_ids([handed_in(learner, number)]) == [id_]


@pytest.mark.parametrize(
    "learner", ["../../etc/passwd", "=cmd|' /C calc'!A0", "con", "a" * 300, "李伟", "a\x00b", "..", "Zoë", "\ud800"]
)
def test_any_name_gives_a_safe_name_of_a_file(learner: str) -> None:
    (id_,) = file_ids([handed_in(learner)])
    assert id_.replace("-", "").isalnum()
    assert id_.isascii()
    assert 0 < len(id_) <= 70
    assert id_ != "con"


def test_no_two_learners_share_a_file_and_no_name_depends_on_the_others() -> None:
    names = ["Zoe Ray", "Zoë Ray", "Zoe-Ray", "ZOE  RAY!", "李伟", "王芳"]
    ids = file_ids([handed_in(name) for name in names])
    assert len(set(ids)) == len(names)
    assert ids == [file_ids([handed_in(name)])[0] for name in names]
    same = [handed_in("Li Wei")._replace(identity=str(n)) for n in range(2)]
    assert len(set(file_ids(same))) == 2


def test_a_pseudonym_is_the_same_whatever_the_class_and_the_order_of_the_name() -> None:
    alone = pseudonyms([handed_in("Ada Lovelace")], KEY)
    among = pseudonyms([handed_in("Grace Hopper"), handed_in("LOVELACE, Ada", "9")], KEY)
    assert alone == among[1:]
    assert among[0] != among[1]
    assert alone != pseudonyms([handed_in("Ada Lovelace")], KEY[::-1])


def test_two_learners_of_one_name_have_two_pseudonyms() -> None:
    assert len(set(pseudonyms([handed_in("Li Wei", "1"), handed_in("Li Wei", "2")], KEY))) == 2


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    place = tmp_path / "new" / "key"
    key = load_key(place)
    assert load_key(place) == key
    assert len(key) == 32
    assert place.stat().st_mode & 0o077 == 0
    place.write_text("no key")
    with pytest.raises(DataError, match="no key of pseudonyms"):
        load_key(place)


TEXT = """Lovelace

By this I, ADA  LOVELACE, mean what Lovelace wrote. Write to ada.lovelace@example.org or Lovelace, Ada.
Adamant Lovelaces stay.

Ada ended.
"""


@pytest.mark.parametrize("learner", ["Ada Lovelace", "Lovelace, Ada", "lovelaceada"])
def test_a_whole_name_is_hidden_and_no_offset_moves(learner: str) -> None:
    essay = read_bytes(TEXT.encode(), "e.txt")
    hidden = hide_name(essay, learner)
    assert len(hidden.text) == len(essay.text)
    assert len(hidden.original) == len(essay.original)
    for text in (hidden.text, hidden.original):
        assert "ADA" not in text
        assert "███.████████@example.org" in text
        assert "████████, ███." in text
        assert "what Lovelace wrote" in text  # there are others of that name
        assert "Adamant Lovelaces stay" in text


def test_a_part_of_the_name_is_hidden_in_a_heading() -> None:
    assert hide_name(read_bytes(TEXT.encode(), "e.txt"), "Ada Lovelace").text.startswith("████████\n")
