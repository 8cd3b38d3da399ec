"""The topic's files: what ships is whole, and what is wrong with a topic is found and named."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from essay_marker.data import load_yaml
from essay_marker.errors import DataError
from essay_marker.topic import (
    FILES,
    DateValue,
    Facts,
    RangeValue,
    Topic,
    check_topic,
    forget_topics,
    list_topics,
    load_topic,
)

ID = "khrushchev-destalinisation"


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load_topic(ID)


@pytest.fixture
def copy(topic: Topic, tmp_path: Path) -> Path:
    """A copy of the topic that a test may spoil."""
    folder = tmp_path / ID
    folder.mkdir()
    for name in FILES:
        shutil.copy(topic.folder / name, folder / name)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- what ships -----------------------------------------------------------------------------------------------------


def test_the_topic_that_ships_is_in_order() -> None:
    assert check_topic(ID) == []


def test_the_core_themes_are_those_of_the_contract(topic: Topic) -> None:
    assert [t.id for t in topic.core_themes] == ["terror", "thaw", "economy", "foreign_policy", "leninist_continuity"]
    assert [t.id for t in topic.themes if t.optional] == [
        "leadership_and_party", "society_and_living_standards", "nationalities",
    ]  # fmt: skip


def test_everything_of_the_domain_is_there(topic: Topic) -> None:
    assert len(topic.facts) >= 157
    assert len(topic.historians) == 111
    assert [y.id for y in topic.question.yardsticks] == ["own_aims", "depth", "durability", "viewpoint"]
    assert len(topic.question.neighbours) == 6


def test_each_theme_can_tell_success_from_limitation(topic: Topic) -> None:
    for theme in topic.themes:
        assert len(theme.success_terms) >= 5
        assert len(theme.limitation_terms) >= 5
        assert len(theme.suggestions) >= 3


def test_a_suggestion_is_not_made_when_the_essay_says_it_already(topic: Topic) -> None:
    """What a suggestion names is among its terms: at least one of them stands in its own text."""
    for theme in topic.themes:
        for suggestion in theme.suggestions:
            text = suggestion.text.casefold()
            assert any(term.casefold() in text for term in suggestion.terms), suggestion.text


def test_values_keep_their_kinds(topic: Topic) -> None:
    facts = {fact.id: fact for fact in topic.facts}
    assert facts["stalin_death"].accepted[0] == DateValue(on="1953-03-05")
    harvest = facts["grain_1963"].accepted[0]
    assert isinstance(harvest, RangeValue)
    assert (harvest.low, harvest.high, harvest.scale) == (107, 108, 1_000_000)


def test_names_that_need_company_are_listed(topic: Topic) -> None:
    surnames = {historian.surname for historian in topic.historians}
    assert {"Service", "Keep", "Freeze", "Conquest"} <= set(topic.authorities.common_surnames) <= surnames | {"Keep"}
    assert {"Car", "Services"} <= set(topic.authorities.ambiguous_misspellings)
    actors = {actor.name: actor for actor in topic.authorities.actors}
    assert "Koganovich" in actors["Kaganovich"].misspellings
    assert actors["Solzhenitsyn"].group == "writers_artists"


def strings(source: str) -> list[str]:
    """Every string of a module that is no docstring."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(first.value) for first in bodies if isinstance(first, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_what_is_known_of_the_question_stands_in_data_alone(topic: Topic, root: Path) -> None:
    """Only the default topic's id and the criteria's worked examples (`assess`) may name anybody."""
    groups = load_yaml(topic.folder / "facts.yaml", Facts).groups
    people = [name for group in ("politician", "writer", "city", "country") for name in groups[group]]
    leader = topic.question.leader
    names = {name.casefold() for name in (leader.surname, *leader.variants, "Stalin", *people)}
    source = root / "src" / "essay_marker"
    modules = [path for path in source.rglob("*.py") if path.parent.name != "assess"]
    assert len(modules) > 100
    named = [
        (path.name, word)
        for path in modules
        for text in strings(path.read_text("utf-8"))
        if ID not in text
        for word in re.findall(r"\w+", text.casefold())
        if word in names
    ]
    assert named == []


# --- finding and loading --------------------------------------------------------------------------------------------


def test_a_topic_is_read_once(topic: Topic) -> None:
    assert load_topic(topic.folder) is load_topic(str(topic.folder)) is load_topic(ID)


def test_the_topics_are_listed() -> None:
    assert ID in [question.id for question in list_topics()]


def test_an_unknown_topic_gets_a_guess() -> None:
    with pytest.raises(DataError, match=f"Did you mean {ID}"):
        load_topic("kruschev-destalinisation")
    with pytest.raises(DataError, match=f"Known topics: .*{ID}"):
        load_topic("zzz")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such folder"):
        load_topic(tmp_path / "none")


def test_a_folder_called_like_a_topic_is_one_only_if_it_holds_a_question(
    topic: Topic, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    here = Path(topic.id).absolute()
    here.mkdir()  # as `essay-marker train --output .` makes one
    assert load_topic(topic.id).folder == topic.folder
    shutil.copytree(copy, here, dirs_exist_ok=True)
    assert load_topic(topic.id).folder == here.resolve()
    with pytest.raises(DataError, match=r"question\.toml: there is no such file"):
        load_topic(here.parent)


def test_a_topic_needs_neither_facts_nor_historians(copy: Path) -> None:
    for name in ("facts.yaml", "historians.yaml"):
        (copy / name).unlink()
    bare = load_topic(copy)
    assert not bare.facts
    assert not bare.historians


def test_the_hash_follows_the_files(copy: Path, topic: Topic) -> None:
    assert load_topic(copy).sha256 == topic.sha256
    replace(copy / "facts.yaml", "Stalin died on 5 March 1953.", "Stalin died on 5 March 1953, in the evening.")
    forget_topics()
    assert load_topic(copy).sha256 != topic.sha256


def test_a_group_stands_for_its_members(copy: Path) -> None:
    replace(copy / "facts.yaml", "groups:\n", "groups:\n  forum: [Cominform, Comintern]\n")
    replace(copy / "facts.yaml", "any: [Cominform]", "any: [the <forum> itself, <forum>]")
    fact = next(fact for fact in load_topic(copy).facts if fact.id == "cominform_dissolved")
    assert fact.match.any == ("the Cominform itself", "the Comintern itself", "Cominform", "Comintern")


def test_a_theme_is_found_by_id(topic: Topic) -> None:
    assert topic.theme("thaw").id == "thaw"
    with pytest.raises(KeyError):
        topic.theme("frost")


# --- what a check finds ---------------------------------------------------------------------------------------------

SPOILT = [
    ("facts.yaml", "themes: [leadership_and_party]", "themes: [leadership]", "names the theme 'leadership'"),
    ("facts.yaml", "id: beria_arrest", "id: stalin_death", "fact: the id 'stalin_death' is used 2 times"),
    ("facts.yaml", "id: beria_arrest", "id: Beria Arrest", "the id 'Beria Arrest' should be small letters"),
    ("facts.yaml", "dates: [1952, 1954, 1956]", "dates: [1953]", "stalin_death: 1953 is listed both as right and"),
    ("facts.yaml", "dates: [1952, 1954, 1956]", "patterns: ['(']", "the pattern '(' is no regular expression"),
    ("facts.yaml", "low: 107, high: 108", "low: 108, high: 107", "the range 108 to 107 is the wrong way round"),
    ("facts.yaml", "start: 1953-03, end: 1955-02", "start: 1955-03, end: 1953-02", "is the wrong way round"),
    ("facts.yaml", "statement: Stalin died", "statement: A website says that Stalin died", "says 'website'"),
    ("facts.yaml", "any: [Stalin's death, ", "any: [", None),
    ("facts.yaml", "any: [Cominform]", "any: [<forum>]", "cominform_dissolved names the group <forum>, which there"),
    ("themes.yaml", "default: [thaw]", "default: [frost]", "names the theme 'frost'"),
    ("themes.yaml", "terms: [stilyagi]", "terms: [teddy boys]", "'stilyagi' is a strong term of thaw and society"),
    ("themes.yaml", "terms: [stilyagi]", "terms: [stilyagi, thaw]", "2 exceptions decide about 'thaw'"),
    (
        "themes.yaml",
        "success_terms: [released,",
        "success_terms: [Novocherkassk, released,",
        "both for success and for",
    ),
    ("themes.yaml", "supporting_terms: [", "supporting_terms: [KGB, ", "both a strong and a supporting term of terror"),
    (
        "historians.yaml",
        "typical: [Conquest,",
        "typical: [Herodotus, Conquest,",
        "names 'Herodotus', who is no historian",
    ),
    ("question.toml", "start = 1953", "start = 1973", "the period ends before it starts"),
    ("question.toml", f'id = "{ID}"', 'id = "khrushchev"', "but the folder is called"),
    ("question.toml", "question_terms = [", 'question_terms = ["", ', "is empty, or begins or ends with a blank"),
    ("question.toml", "start = 1953", 'start = "1953"', "`period.start` should be a whole number, but is text"),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), SPOILT)
def test_a_check_finds_what_is_wrong(copy: Path, file: str, old: str, new: str, problem: str | None) -> None:
    replace(copy / file, old, new)
    problems = check_topic(copy)
    if problem is None:
        assert problems == []
    else:
        assert any(problem in found for found in problems), problems
        assert all(file in found for found in problems)


def test_a_check_finds_empty_lists(copy: Path) -> None:
    replace(copy / "facts.yaml", "any: [Cominform]", "any: []")
    assert check_topic(copy) == ["facts.yaml: cominform_dissolved: the list 'match.any' is empty."]


def test_what_was_corrected_is_seen_by_the_next_check(copy: Path) -> None:
    replace(copy / "question.toml", "start = 1953", "start = 1973")
    assert check_topic(copy)
    replace(copy / "question.toml", "start = 1973", "start = 1953")
    assert check_topic(copy) == []


@pytest.mark.parametrize(
    ("asked", "covered"),
    [
        ("How far do you agree that Khrushchev's de-Stalinisation failed?", True),
        ("TO WHAT EXTENT DID KHRUSHCHEV SUCCEED IN DE-STALINIZATION", True),
        ("How far did de-Stalinisation break with the past?", True),
        ("Why did Khrushchev fall from power in 1964?", False),
        ("How successful was Henry VIII's foreign policy?", False),
        ("", False),
    ],
)
def test_a_variant_of_the_question_is_known_and_a_neighbour_is_not(asked: str, covered: bool) -> None:
    assert load_topic("khrushchev-destalinisation").question.covers(asked) is covered
