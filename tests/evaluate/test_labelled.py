"""Which essays a folder holds, and what is said where a file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_marker.errors import DataError
from essay_marker.evaluate.labelled import LabelledEssay, load

from ..evaluations import unit, write_labels

TEXT = "He opened the camps.\n"


def loaded(*places: Path) -> tuple[LabelledEssay, ...]:
    return load(places, themes=("terror", "thaw"), strands=("analysis",), out_of=20)


def essay(folder: Path, name: str, *, labels: str | None = ".labels.jsonl", header: str | None = None) -> Path:
    """Writes an essay with labels and a header beside it."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(TEXT, "utf-8")
    if labels:
        write_labels(folder / (name + labels), [unit(f"{name}-1", TEXT.strip(), themes=("terror",))])
    if header is not None:
        (folder / f"{name}.toml").write_text(header, "utf-8")
    return folder / f"{name}.txt"


def test_a_folder_gives_its_labelled_and_its_marked_essays(tmp_path: Path) -> None:
    essay(tmp_path, "a")
    essay(tmp_path, "b", labels=".jsonl", header='level = 3\nmark = 12\nquestion = "Why?"')
    essay(tmp_path, "c", labels=None, header="mark = 7\n[strands]\nanalysis = { level = 2, mark = 7 }")
    essay(tmp_path, "d", labels=None)  # nothing to hold it against
    (tmp_path / "notes.jsonl").write_text("not even JSON", "utf-8")
    a, b, c = loaded(tmp_path)
    assert (a.id, len(a.units), a.header.mark) == ("a", 1, None)
    assert (b.id, len(b.units), b.header.mark, b.header.question) == ("b", 1, 12, "Why?")
    assert (c.id, c.units, c.header.mark, c.header.strands["analysis"].level) == ("c", (), 7, 2)


def test_a_second_labellers_labels_are_never_taken_for_an_essays(tmp_path: Path) -> None:
    text = essay(tmp_path, "a", labels=".second.jsonl", header="mark = 3")
    (found,) = loaded(tmp_path)
    assert (found.id, found.path, found.units) == ("a", text, ())
    with pytest.raises(DataError, match=r"a\.second\.jsonl: these are a second labeller's labels"):
        loaded(tmp_path / "a.second.jsonl")


def again(folder: Path, name: str, *lines: str) -> None:
    """Writes a second reading of themes."""
    (folder / f"{name}.themes.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


@pytest.mark.parametrize("ending", [".labels.jsonl", ".jsonl"])
def test_themes_that_were_read_again_count_where_both_readings_give_them(tmp_path: Path, ending: str) -> None:
    essay(tmp_path, "a", labels=ending)
    again(tmp_path, "a", '{"id": "a-1", "themes": ["thaw"]}')
    (found,) = loaded(tmp_path)
    assert [(each.themes, each.optional_themes) for each in found.units] == [((), ("terror", "thaw"))]


def test_themes_that_were_read_again_lie_beside_the_labels_and_not_beside_the_essay(tmp_path: Path) -> None:
    essay(tmp_path / "texts", "a", labels=None)
    essay(tmp_path / "elsewhere", "a")
    (tmp_path / "elsewhere" / "a.txt").unlink()
    again(tmp_path / "texts", "a", '{"id": "a-1", "themes": []}')
    (found,) = loaded(tmp_path / "texts", tmp_path / "elsewhere")
    assert found.units[0].themes == ("terror",)
    again(tmp_path / "elsewhere", "a", '{"id": "a-1", "themes": []}')
    (found,) = loaded(tmp_path / "texts", tmp_path / "elsewhere")
    assert found.units[0].themes == ()


def test_themes_that_were_read_again_are_never_taken_for_labels(tmp_path: Path) -> None:
    essay(tmp_path, "a", labels=None, header="mark = 3")
    again(tmp_path, "a", '{"id": "a-1", "themes": []}')
    (found,) = loaded(tmp_path)
    assert found.units == ()
    with pytest.raises(DataError, match=r"a\.themes\.jsonl: these are themes that were read again"):
        loaded(tmp_path / "a.themes.jsonl")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "a-1", "themes": ["terrors"]}', "a.themes.jsonl, line 2: there is no theme `terrors`. Did you mean"),
        ('{"id": "a-1", "themes": [], "optional_themes": ["space"]}', "line 2: there is no theme `space`. Legal are"),
        ('{"id": "a-1"}', "a.themes.jsonl, line 2: "),
        ('{"id": "a-2", "themes": []}', "a.themes.jsonl: a.labels.jsonl has no unit `a-2`"),
    ],
)
def test_a_wrong_line_of_themes_is_named(tmp_path: Path, line: str, words: str) -> None:
    essay(tmp_path, "a")
    again(tmp_path, "a", "", line)
    with pytest.raises(DataError) as error:
        loaded(tmp_path)
    assert words in str(error.value)


def test_labels_can_lie_in_another_folder_that_is_given(tmp_path: Path) -> None:
    text = essay(tmp_path / "texts", "a", labels=None)
    essay(tmp_path / "elsewhere", "a")
    (tmp_path / "elsewhere" / "a.txt").unlink()
    (found,) = loaded(tmp_path / "texts", tmp_path / "elsewhere")
    assert (found.path, len(found.units)) == (text, 1)


@pytest.mark.parametrize("given", ["a.txt", "a.labels.jsonl", "a.toml"])
def test_an_essay_can_be_given_by_any_of_its_files_and_twice(tmp_path: Path, given: str) -> None:
    text = essay(tmp_path, "a", header="mark = 3")
    (found,) = loaded(tmp_path / given, tmp_path)
    assert (found.path, len(found.units), found.header.mark) == (text, 1, 3)


def test_essays_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        essay(tmp_path / folder, "a")
    assert [each.id for each in loaded(tmp_path / "one", tmp_path / "two")] == [
        (tmp_path / folder / "a.txt").as_posix() for folder in ("one", "two")
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nowhere", ["nowhere", "there is no such file or folder"]),
        ("empty", ["empty", "there is no labelled essay", "NAME.labels.jsonl"]),
        ("lone.txt", ["lone.txt", "nothing to hold this essay against", "NAME.labels.jsonl"]),
        ("orphan.jsonl", ["orphan.jsonl", "orphan.txt is not beside it"]),
        ("essay.docx", ["essay.docx", "neither an essay"]),
    ],
)
def test_a_place_with_nothing_in_it_is_named(tmp_path: Path, given: str, words: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    essay(tmp_path, "lone", labels=None)
    for name in ("orphan.jsonl", "essay.docx"):
        (tmp_path / name).write_text("", "utf-8")
    with pytest.raises(DataError) as error:
        loaded(tmp_path / given)
    for word in words:
        assert word in str(error.value)


GOOD = '{"id": "a-1", "text": "So.", "themes": [], "stance": "none", "role": "claim", "judgement": false}'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD[:-1], ["a.jsonl, line 3", "not valid JSON"]),
        (GOOD.replace('"none"', '"sucess"'), ["a.jsonl, line 3", "`stance`", "success", "Did you mean `success`?"]),
        (GOOD.replace('"claim"', '"fact"'), ["line 3", "`role`", "evidence"]),
        (GOOD.replace("false", '"no"'), ["line 3", "`judgement`", "true or false"]),
        (GOOD.replace('"themes": []', '"themes": ["terrors"]'), ["line 3", "`terrors`", "Did you mean `terror`?"]),
        (GOOD.replace('"themes": []', '"themes": ["space"]'), ["line 3", "Legal are: terror, thaw."]),
        (GOOD.replace('"text": "So.", ', ""), ["line 3", "lacks the field `text`"]),
    ],
)
def test_a_wrong_line_is_named_with_what_is_legal(tmp_path: Path, line: str, words: list[str]) -> None:
    essay(tmp_path, "a", labels=None)
    (tmp_path / "a.jsonl").write_text(f"{GOOD}\n\n{line}\n", "utf-8")
    with pytest.raises(DataError) as error:
        loaded(tmp_path)
    for word in words:
        assert word in str(error.value)


def test_an_empty_labels_file_is_an_error(tmp_path: Path) -> None:
    essay(tmp_path, "a", labels=None)
    (tmp_path / "a.jsonl").write_text("\n", "utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl: there is no labelled sentence"):
        loaded(tmp_path)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("level = 7\nmark = 3", "a.toml, line 1: `level`"),
        ("level = 3", "gives a level but no mark"),
        ("mark = 21", "21 marks, but the mark scheme is out of 20"),
        ("mark = 3\n[strands]\nanalyses = { level = 1 }", "no strand `analyses`. Did you mean `analysis`?"),
        ("mark = ", "not valid TOML"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, header: str, words: str) -> None:
    essay(tmp_path, "a", header=header)
    with pytest.raises(DataError) as error:
        loaded(tmp_path)
    assert "a.toml" in str(error.value)
    assert words in str(error.value)
