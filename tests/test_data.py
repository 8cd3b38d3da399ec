"""Reading data files: what fits becomes records, what does not becomes a sentence with file, line and field."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from essay_marker.data import Record, load_json, load_jsonl, load_toml, load_yaml, sha256_of
from essay_marker.errors import DataError


class Leaf(Record, frozen=True, kw_only=True):
    label: str
    weight: float = 1.0
    optional: bool = False
    terms: tuple[str, ...] = ()
    year: int | None = None


class Tree(Record, frozen=True, kw_only=True):
    leaves: tuple[Leaf, ...]
    names: dict[str, Leaf] = {}
    root: Leaf | None = None


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def yaml_error(folder: Path, text: str) -> str:
    path = write(folder, "tree.yaml", text)
    with pytest.raises(DataError) as caught:
        load_yaml(path, Tree)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


def toml_error(folder: Path, text: str) -> str:
    path = write(folder, "tree.toml", text)
    with pytest.raises(DataError) as caught:
        load_toml(path, Tree)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


# --- what fits ------------------------------------------------------------------------------------------------------


def test_the_declared_type_decides_what_a_yaml_scalar_is(tmp_path: Path) -> None:
    path = write(
        tmp_path, "t.yaml", "leaves:\n  - {label: no, weight: 2, optional: true, terms: [1953-03-05, on], year: 1956}\n"
    )
    leaf = load_yaml(path, Tree).leaves[0]
    assert leaf == Leaf(label="no", weight=2.0, optional=True, terms=("1953-03-05", "on"), year=1956)


@pytest.mark.parametrize(("written", "read"), [("", None), ("~", None), ("null", None)])
def test_an_unquoted_null_is_nothing(tmp_path: Path, written: str, read: None) -> None:
    path = write(tmp_path, "t.yaml", f"leaves: []\nroot: {written}\n")
    assert load_yaml(path, Tree).root is read


def test_a_quoted_null_is_text(tmp_path: Path) -> None:
    path = write(tmp_path, "t.yaml", "leaves:\n  - label: 'null'\n  - label: ''\n")
    assert [leaf.label for leaf in load_yaml(path, Tree).leaves] == ["null", ""]


def test_toml_and_yaml_give_the_same_record(tmp_path: Path) -> None:
    toml = write(tmp_path, "t.toml", '[[leaves]]\nlabel = "a"\nterms = ["x"]\n[names.b]\nlabel = "b"\n')
    yaml = write(tmp_path, "t.yaml", "leaves:\n- label: a\n  terms: [x]\nnames:\n  b: {label: b}\n")
    assert load_toml(toml, Tree) == load_yaml(yaml, Tree)


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(b"\xef\xbb\xbfleaves: []\n")
    assert load_yaml(path, Tree).leaves == ()


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    good, bad = write(tmp_path, "t.yaml", "leaves: []"), write(tmp_path, "u.yaml", "leaves: [")
    load_yaml(good, Tree)
    with pytest.raises(DataError):
        load_yaml(bad, Tree)
    assert gc.isenabled()


# --- what does not --------------------------------------------------------------------------------------------------

YAML = "# a comment\nleaves:\n  - label: a\n  - label: b\n    {line}\n"


def test_a_missing_field_names_the_entry_as_a_person_counts(tmp_path: Path) -> None:
    message = yaml_error(tmp_path, "leaves:\n  - label: a\n  - weight: 2\n")
    assert message == ", line 3: `leaves[2]` lacks the field `label`."


def test_an_unknown_field_is_refused_with_a_guess(tmp_path: Path) -> None:
    message = yaml_error(tmp_path, YAML.format(line="wieght: 2"))
    assert message == ", line 5: `leaves[2]` has an unknown field `wieght`. Did you mean `weight`?"


def test_the_guess_is_made_among_the_fields_of_that_place(tmp_path: Path) -> None:
    assert "Did you mean `leaves`?" in yaml_error(tmp_path, "leaves: []\nleafs: []\n")
    assert "Did you mean" not in yaml_error(tmp_path, YAML.format(line="leaves: 2"))


def test_a_wrong_type_is_said_in_plain_words(tmp_path: Path) -> None:
    assert (
        yaml_error(tmp_path, YAML.format(line="terms: x"))
        == ", line 5: `leaves[2].terms` should be a list, but is text."
    )
    assert "should be a whole number" in yaml_error(tmp_path, YAML.format(line="year: [1]"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("leaves:\n  - label: a\n    label: b\n", 3, "the key `label` stands here twice"),
        ("leaves: &a []\nroot: *a\n", 2, "an alias (*) is not allowed here"),
        ("leaves: []\n---\nleaves: []\n", 2, "a second document begins"),
        ("leaves:\n  - [a\nroot: b\n", 3, "not valid YAML"),
        ("? [a]\n: b\n", 1, "a key must be plain text"),
    ],
)
def test_broken_yaml_is_refused_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    message = yaml_error(tmp_path, text)
    assert message.startswith(f", line {line}: ")
    assert words in message


@pytest.mark.parametrize("text", ["", "- a\n", "a\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    assert "should be a table of keys and values" in yaml_error(tmp_path, text)


def test_deep_nesting_is_an_error_and_no_crash(tmp_path: Path) -> None:
    assert "nested too deeply" in yaml_error(tmp_path, "leaves: " + "[" * 5000 + "]" * 5000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[leaves]]\nlabel = "a"\n\n[[leaves]]\nlabel = 5\n',
         ", line 5: `leaves[2].label` should be text, but is a whole number. Put it in quotation marks."),
        ('[[leaves]]\nlabel = "a"\n[[leaves]]\n# none\n', ", line 3: `leaves[2]` lacks the field `label`."),
        ('leaves = []\n[root]\nlabel = "a"\nwight = 1\n',
         ", line 4: `root` has an unknown field `wight`. Did you mean `weight`?"),
        ('leaves = []\nroot.label = 5\n',
         ", line 2: `root.label` should be text, but is a whole number. Put it in quotation marks."),
    ],
)  # fmt: skip
def test_toml_errors_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    assert toml_error(tmp_path, text) == message


def test_broken_toml_is_refused_at_its_line(tmp_path: Path) -> None:
    assert toml_error(tmp_path, "leaves = []\nroot = \n").startswith(", line 2: this is not valid TOML:")
    assert toml_error(tmp_path, "leaves = [\n").startswith(", line 2: this is not valid TOML:")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        load_yaml(tmp_path / "none.yaml", Tree)
    with pytest.raises(DataError, match="cannot be read"):
        load_toml(tmp_path, Tree)
    (tmp_path / "latin.yaml").write_bytes("leaves: [é]".encode("latin-1"))
    with pytest.raises(DataError, match="not in UTF-8"):
        load_yaml(tmp_path / "latin.yaml", Tree)


# --- hashes ---------------------------------------------------------------------------------------------------------


def test_a_hash_knows_contents_and_names_but_not_line_ends_or_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, end in ((one, "\n"), (two, "\r\n")):
        folder.mkdir()
        (folder / "a.toml").write_bytes(f"x{end}y{end}".encode())
        (folder / "b.toml").write_bytes(b"z")
    expected = sha256_of([one / "a.toml", one / "b.toml"])
    assert sha256_of([two / "b.toml", two / "a.toml"]) == expected
    (two / "b.toml").rename(two / "c.toml")
    assert sha256_of([two / "a.toml", two / "c.toml"]) != expected


def test_a_hash_keeps_the_files_apart(tmp_path: Path) -> None:
    for folder, a, b in (("one", "ab", "c"), ("two", "a", "bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a").write_text(a)
        (tmp_path / folder / "b").write_text(b)
    assert sha256_of((tmp_path / "one").iterdir()) != sha256_of((tmp_path / "two").iterdir())


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_json_is_read_and_what_does_not_fit_is_a_sentence(tmp_path: Path) -> None:
    path = write(tmp_path, "leaf.json", '{"label": "x", "terms": ["a"]}')
    assert load_json(path, Leaf) == Leaf(label="x", terms=("a",))
    for text, words in (
        ('{"label": 1}', "`label` should be text, but is a whole number"),
        ('{"labels": "x"}', "unknown field `labels`. Did you mean `label`?"),
        ('{"label": ', "this is not valid JSON"),
        ("", "this is not valid JSON"),
    ):
        with pytest.raises(DataError) as caught:
            load_json(write(tmp_path, "leaf.json", text), Leaf)
        assert str(caught.value).startswith(f"{path}: ")
        assert words in str(caught.value)


def test_json_lines_are_read_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "leaves.jsonl", '{"label": "a"}\n\n{"label": "b\u2028"}\n')
    assert [leaf.label for leaf in load_jsonl(path, Leaf)] == ["a", "b\u2028"]
    write(tmp_path, "leaves.jsonl", '{"label": "a"}\n\n{"label": 2}\n')
    with pytest.raises(DataError, match=r"leaves\.jsonl, line 3: `label` should be text"):
        load_jsonl(path, Leaf)
