"""Each kind of problem in a corpus is found, named with file and place, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from essay_marker import rubric, topic
from essay_marker.borrowing import folded_words, run_hashes
from essay_marker.checking import check_corpus
from essay_marker.corpus import (
    MeasuredCorpus,
    Measurements,
    Profile,
    load_exemplars,
    made_from,
    measured_path,
    measured_text,
    profile_text,
)
from essay_marker.errors import DataError

from .corpora import TEXTS, build, header, labels, reading, themes_again, write_header, write_labels

SCHEME = rubric.load("edexcel-9hi0-essay")
BORROWED = "nobody had ever heard a leader speak of Stalin like that"


@pytest.fixture(scope="module")
def pristine(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus without a fault, measured (nothing of it, which is enough to be fresh)."""
    folder = build(
        root / "corpus" / "khrushchev-destalinisation", tmp_path_factory.mktemp("corpus") / "khrushchev-destalinisation"
    )
    made = made_from(load_exemplars(folder), SCHEME.sha256, topic.load_topic(folder).sha256)
    empty = MeasuredCorpus(format=1, rubric=SCHEME.rubric.id, made_from=made, exemplars={})
    measured_path(folder).write_text(measured_text(empty), "utf-8")
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    copy = tmp_path / pristine.name
    shutil.copytree(pristine, copy)
    return copy


def problems(folder: Path, *against: Path) -> list[str]:
    return list(check_corpus(topic.load_topic(folder), SCHEME, against).problems)


def the_problem(folder: Path, *against: Path) -> str:
    """The only problem but for measurements, which most faults make stale as well."""
    (found,) = [problem for problem in problems(folder, *against) if "measured.json" not in problem]
    return found


def profile(folder: Path, words: str, **fields: Any) -> None:
    """Writes a profile of an essay with these words."""
    nothing = Measurements(words=9, quoted_share=0.0, sentences=1, roles={}, stances={}, themes={}, strands={})
    runs = tuple(sorted(run_hashes(folded_words(words))))
    made = Profile(
        format=1, id="p1", title="p1", question="?", rubric=SCHEME.rubric.id, program="0", marks=(11, 12),
        measurements=nothing, runs=runs,
    )  # fmt: skip
    made = msgspec.structs.replace(made, **fields)
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / "p1.json").write_text(profile_text(made), "utf-8")


def add_words(folder: Path, name: str, words: str) -> None:
    """Adds a paragraph to an essay, and says so in its header and labels."""
    path = folder / "exemplars" / f"{name}.txt"
    path.write_text(f"{path.read_text('utf-8')}\n{words}\n", "utf-8")
    table = header(name)
    write_header(folder, table | {"words": table["words"] + len(words.split())})
    unit = labels(name)[0] | {"id": f"{name}-009", "text": words}
    write_labels(folder, name, [*labels(name), unit])


def test_a_sound_corpus_has_no_problem_and_says_what_was_looked_at(folder: Path) -> None:
    report = check_corpus(topic.load_topic(folder), SCHEME)
    assert report.problems == ()
    counts = "\n".join(report.counts)
    for words in (
        "3 exemplars",
        "3 read twice, 0 of them three times",
        "3 labelled, 10 units; 0 labelled twice, 0 units; 0 with themes read again, 0 units",
        "0 profiles",
    ):
        assert words in counts


# --- headers --------------------------------------------------------------------------------------------------------


def strand(name: str, **fields: Any) -> dict[str, Any]:
    table = header("e02")
    return {"strands": table["strands"] | {name: table["strands"][name] | fields}}


HEADERS: dict[str, tuple[dict[str, Any], str]] = {
    "mark in another band": ({"level": 3}, "e02.toml, mark: 13 lies in Level 4, not Level 3"),
    "no such mark": (
        {"mark": 21, "readings": [reading("first", 13)]},
        "e02.toml, mark: 21 is no mark out of 20",
    ),
    "strand in another band": (strand("analysis", level=2), "e02.toml, strands.analysis: 13 lies in Level 4"),
    "no reason": (strand("knowledge", reason=" "), "e02.toml, strands.knowledge: there is no reason"),
    "no such strand": ({"strands": {"style": header("e02")["strands"]["analysis"]}}, "e02.toml, strands: style."),
    "no readings": ({"readings": []}, "e02.toml, readings: it was read once only"),
    "one reading": ({"readings": [reading("second", 14)]}, 'add a [[readings]] table with reader = "first"'),
    "read twice by one": ({"readings": [reading("first", 13)] * 2}, "there are 2 by the first reader"),
    "a third is needed": (
        {"readings": [reading("first", 12), reading("second", 15)]},
        "e02.toml, readings: 12 and 15 are more than 2 marks apart. A third reading decides",
    ),
    "not what was decided": (
        {"readings": [reading("first", 14), reading("second", 15)]},
        "e02.toml, mark: it is 13, but the readings come to 15",
    ),
    "not what the third decided": (
        {"readings": [reading("first", 12), reading("second", 15), reading("third", 14)]},
        "strands.judgement: the mark is 13, but the readings come to 14",
    ),
    "a reading in another band": (
        {"readings": [reading("first", 12) | {"level": 4}, reading("second", 14)]},
        "e02.toml, readings[1], mark: 12 lies in Level 3, not Level 4",
    ),
    "wrong words": ({"words": 50}, "e02.toml, words: it says 50, but the body has 37. Write 37."),
    "wrong id": ({"id": "e09"}, "e02.toml: the id is 'e09'"),
    "id of another": ({"id": "e01"}, "the id 'e01' is used 2 times"),
    "no voice": ({"voice": ""}, "e02.toml, voice: it is empty"),
    "no such field": ({"vioce": "a"}, "unknown field `vioce`. Did you mean `voice`?"),
}


@pytest.mark.parametrize("which", HEADERS)
def test_a_fault_in_a_header_is_found(folder: Path, which: str) -> None:
    fields, words = HEADERS[which]
    write_header(folder, header("e02") | fields, "e02")
    found = problems(folder)
    assert any(words in problem for problem in found), found
    assert not any("e03" in problem for problem in found)


def test_words_within_two_percent_are_right(folder: Path) -> None:
    add_words(folder, "e02", "And so it went on and on. " * 12)
    table = header("e02")
    write_header(folder, table | {"words": table["words"] + 12 * 7 + 2})
    assert not [problem for problem in problems(folder) if "words" in problem]


def test_a_decided_mark_goes_with_a_third_reading(folder: Path) -> None:
    readings = [reading("first", 10), reading("second", 15), reading("third", 13)]
    write_header(folder, header("e02") | {"readings": readings})
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("e07.txt", "e07.txt: the essay has no header"),
        ("e07.labels.jsonl", "e07.labels.jsonl: these labels belong to no essay"),
        ("e07.second.jsonl", "e07.second.jsonl: these labels belong to no essay"),
        ("e07.themes.jsonl", "e07.themes.jsonl: these labels belong to no essay"),
    ],
)
def test_a_file_that_belongs_to_no_essay_is_found(folder: Path, name: str, words: str) -> None:
    (folder / "exemplars" / name).write_text("Words.\n", "utf-8")
    assert the_problem(folder).startswith(f"exemplars/{words}")


def test_a_header_without_its_essay_is_found(folder: Path) -> None:
    (folder / "exemplars" / "e02.txt").unlink()
    assert any("e02.txt was not found" in problem for problem in problems(folder))


def test_a_topic_without_exemplars_is_told_how_to_add_one(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "khrushchev-destalinisation"
    folder.mkdir()
    for path in (root / "corpus" / folder.name).iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    assert "there are no exemplars" in the_problem(folder)


# --- labels ---------------------------------------------------------------------------------------------------------

LABELS: dict[str, tuple[Callable[[list[dict[str, Any]]], Any], str]] = {
    "one is missing": (
        lambda units: units.pop(1),
        "no unit holds “Many prisoners came home from the camps after 1953.”",
    ),
    "out of order": (lambda units: units.reverse(), "is not in the essay at this place"),
    "other words": (
        lambda units: units[0].update(text="Folk were glad."),
        "e01-001: “Folk were glad.” is not in the essay",
    ),
    "one id twice": (lambda units: units[1].update(id="e01-001"), "e01-001: the id stands there twice"),
    "an id of another essay": (lambda units: units[1].update(id="e02-002"), "unit 2: the id is 'e02-002'"),
    "no such theme": (lambda units: units[0].update(themes=["fear"]), "e01-001: there is no theme 'fear'"),
    "a theme twice": (lambda units: units[0].update(themes=["thaw", "thaw"]), "the theme thaw is given twice"),
    "sure and not": (
        lambda units: units[0].update(optional_themes=["terror"]),
        "e01-001: terror is both a theme and an optional one",
    ),
    "no such role": (lambda units: units[3].update(role="point"), "e01.labels.jsonl, line 4: `role`"),
    "no such use": (
        lambda units: units[3].update(historians=[{"name": "Taubman", "use": "praise"}]),
        "e01.labels.jsonl, line 4: `historians[1].use`",
    ),
}


@pytest.mark.parametrize("which", LABELS)
def test_a_fault_in_labels_is_found(folder: Path, which: str) -> None:
    spoil, words = LABELS[which]
    units = labels("e01")
    spoil(units)
    write_labels(folder, "e01", units)
    found = problems(folder)
    assert any(problem.startswith("exemplars/e01.labels.jsonl") and words in problem for problem in found), found


def test_a_crossed_out_start_has_no_place_in_a_label(folder: Path) -> None:
    path = folder / "exemplars" / "e01.txt"
    path.write_text(f"~~Well I think~~ {path.read_text('utf-8')}", "utf-8")
    assert [problem for problem in problems(folder) if "labels" in problem] == []
    units = labels("e01")
    units[0]["text"] = f"~~Well I think~~ {units[0]['text']}"
    write_labels(folder, "e01", units)
    found = [problem for problem in problems(folder) if "labels" in problem]
    assert "exemplars/e01.labels.jsonl, e01-001: it has crossed-out words." in found[0]
    assert not any("is not in the essay" in problem for problem in found)


SECOND: dict[str, tuple[Callable[[list[dict[str, Any]]], Any], str]] = {
    "other words": (
        lambda units: units[1].update(text="Folk were glad."),
        "e01.second.jsonl, e01-002: “Folk were glad.” is not unit e01-002 of the first labels, “Many prisoners",
    ),
    "another unit": (lambda units: units[1].update(id="e01-007"), "e01.second.jsonl, e01-007: “Many prisoners came"),
    "one is missing": (lambda units: units.pop(), "e01.second.jsonl: it has 3 units, but the first labels have 4"),
    "no such theme": (
        lambda units: units[0].update(themes=["fear"]),
        "e01.second.jsonl, e01-001: there is no theme 'fear'",
    ),
    "no such role": (lambda units: units[3].update(role="point"), "e01.second.jsonl, line 4: `role`"),
}


@pytest.mark.parametrize("which", SECOND)
def test_a_fault_in_a_second_labellers_labels_is_found(folder: Path, which: str) -> None:
    spoil, words = SECOND[which]
    units = labels("e01")
    spoil(units)
    write_labels(folder, "e01", units, ending=".second.jsonl")
    assert the_problem(folder).startswith(f"exemplars/{words}")


def test_second_labels_that_differ_in_their_tags_only_are_sound_and_counted(folder: Path) -> None:
    units = [unit | {"themes": ["thaw"], "role": "analysis"} for unit in labels("e01")]
    write_labels(folder, "e01", units, ending=".second.jsonl")
    report = check_corpus(topic.load_topic(folder), SCHEME)
    assert report.problems == ()
    assert "3 labelled, 10 units; 1 labelled twice, 4 units; 0 with themes read again, 0 units" in report.counts


def test_second_labels_without_first_ones_are_found(folder: Path) -> None:
    first = folder / "exemplars" / "e01.labels.jsonl"
    first.rename(first.with_name("e01.second.jsonl"))
    assert "e01.second.jsonl: the essay has no first labels. Rename the file to e01.labels.jsonl" in the_problem(folder)


AGAIN: dict[str, tuple[Callable[[list[dict[str, Any]]], Any], str]] = {
    "another order": (lambda units: units.reverse(), "e01.themes.jsonl, e01-004: the labels have e01-001 here."),
    "another unit": (lambda units: units[1].update(id="e01-007"), "e01.themes.jsonl, e01-007: the labels have e01-002"),
    "one is missing": (lambda units: units.pop(), "e01.themes.jsonl: it has 3 units, but the labels have 4"),
    "no such theme": (
        lambda units: units[0].update(themes=["fear"]),
        "e01.themes.jsonl, e01-001: there is no theme 'fear'",
    ),
    "no such optional theme": (
        lambda units: units[2].update(optional_themes=["fear"]),
        "e01.themes.jsonl, e01-003: there is no theme 'fear'",
    ),
    "a theme twice": (
        lambda units: units[0].update(themes=["thaw", "thaw"]),
        "e01.themes.jsonl, e01-001: the theme thaw is given twice",
    ),
    "sure and not": (
        lambda units: units[3].update(optional_themes=["terror"]),
        "e01.themes.jsonl, e01-004: terror is both a theme and an optional one",
    ),
    "more than themes": (lambda units: units[1].update(stance="none"), "e01.themes.jsonl, line 2: the file has an unk"),
}


@pytest.mark.parametrize("which", AGAIN)
def test_a_fault_in_themes_that_were_read_again_is_found(folder: Path, which: str) -> None:
    spoil, words = AGAIN[which]
    units = themes_again("e01")
    spoil(units)
    write_labels(folder, "e01", units, ending=".themes.jsonl")
    assert the_problem(folder).startswith(f"exemplars/{words}")


def test_themes_that_differ_are_sound_and_counted(folder: Path) -> None:
    units = [unit | {"themes": [], "optional_themes": ["thaw"]} for unit in themes_again("e01")]
    write_labels(folder, "e01", units, ending=".themes.jsonl")
    report = check_corpus(topic.load_topic(folder), SCHEME)
    assert report.problems == ()
    assert "3 labelled, 10 units; 0 labelled twice, 0 units; 1 with themes read again, 4 units" in report.counts


def test_a_second_reading_hides_no_fault_of_the_labels(folder: Path) -> None:
    units = labels("e01")
    units[0] |= {"themes": ["thaw", "terror"], "optional_themes": ["terror"]}  # which agreeing would put right
    write_labels(folder, "e01", units)
    write_labels(folder, "e01", themes_again("e01"), ending=".themes.jsonl")
    assert the_problem(folder).startswith("exemplars/e01.labels.jsonl, e01-001: terror is both")


def test_themes_without_labels_are_found(folder: Path) -> None:
    (folder / "exemplars" / "e01.labels.jsonl").unlink()
    write_labels(folder, "e01", themes_again("e01"), ending=".themes.jsonl")
    assert the_problem(folder).startswith("exemplars/e01.themes.jsonl: the essay has no labels")


def test_a_title_needs_a_label(folder: Path) -> None:
    path = folder / "exemplars" / "e01.txt"
    path.write_text(f"Was de-Stalinisation a success?\n\n{path.read_text('utf-8')}", "utf-8")
    assert "no unit holds “Was de-Stalinisation a success?”" in the_problem(folder)


# --- borrowed words -------------------------------------------------------------------------------------------------


def test_words_that_stand_in_two_exemplars_are_found_once(folder: Path) -> None:
    add_words(folder, "e01", f"My view is that {BORROWED}.")
    add_words(folder, "e03", f"At the time {BORROWED} at all.")
    assert the_problem(folder).startswith(f"exemplars/e03.txt, line 5: “{BORROWED}” stands in e01 too.")


def test_words_of_a_profile_are_found_by_their_hashes(folder: Path) -> None:
    profile(folder, f"In that year {BORROWED}, or so it is said.")
    assert problems(folder) == []
    add_words(folder, "e02", f"I believe {BORROWED}.")
    assert "stands in the profile p1 too" in the_problem(folder)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_words_of_a_text_to_compare_with_are_found(folder: Path, tmp_path: Path, kind: str) -> None:
    add_words(folder, "e02", f"I believe {BORROWED}.")
    notes = tmp_path / "notes" / "below"
    notes.mkdir(parents=True)
    (notes / "note.txt").write_text(f"Revision: in the hall\n{BORROWED.replace(' a ', chr(10) + 'a ')}.\n", "utf-8")
    assert "stands in note.txt too" in the_problem(folder, notes / "note.txt" if kind == "file" else notes.parent)


def test_titles_questions_and_set_phrases_are_anyones(folder: Path) -> None:
    question = "To what extent did Khrushchev succeed in his policy of de-Stalinisation?"
    book = "One Day in the Life of Ivan Denisovich"
    add_words(folder, "e01", f"{question} First of all there was {book}.")
    add_words(folder, "e03", f"{question} Consider {book}.")
    assert [problem for problem in problems(folder) if "stands in" in problem] == []


def test_a_bibliography_is_left_out(folder: Path) -> None:
    works = "\n\nBibliography\n\nAdams, R. (1994) A short and plain account of what went on there. London: Faber.\n"
    for name in ("e01", "e02"):
        path = folder / "exemplars" / f"{name}.txt"
        path.write_text(path.read_text("utf-8") + works, "utf-8")
    assert [problem for problem in problems(folder) if "measured.json" not in problem] == []


@pytest.mark.parametrize("name", ["nowhere.txt", "empty"])
def test_what_cannot_be_compared_with_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="to compare with"):
        problems(folder, tmp_path / name)


# --- profiles and measurements --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"marks": (11, 21)}, "profiles/p1.json, marks: 21 is no mark out of 20"),
        ({"runs": ()}, "profiles/p1.json, runs: there are none"),
        ({"runs": ("f" * 16, "0" * 16)}, "profiles/p1.json, runs: they are not sorted"),
        ({"id": "p2"}, "profiles/p1.json: the id is 'p2'"),
        ({"runs": ("words of a pupil",)}, "profiles/p1.json: `runs[1]`"),
    ],
)
def test_a_fault_in_a_profile_is_found(folder: Path, fields: dict[str, Any], words: str) -> None:
    profile(folder, BORROWED, **fields)
    assert the_problem(folder).startswith(words)


def test_a_profile_has_no_place_for_a_text(folder: Path) -> None:
    profile(folder, BORROWED)
    path = folder / "profiles" / "p1.json"
    path.write_text(path.read_text("utf-8").replace("{\n", '{\n "text": "A pupil\'s words.",\n', 1), "utf-8")
    assert "unknown field `text`" in the_problem(folder)


def test_measurements_that_are_not_there_are_missed(folder: Path) -> None:
    measured_path(folder).unlink()
    (found,) = problems(folder)
    assert found.startswith("exemplars/measured.json: there is no such file")
    assert found.endswith("Run: essay-marker corpus measure")


def test_measurements_go_stale_with_a_text_and_a_mark_but_not_with_a_reason(folder: Path) -> None:
    table = header("e02")
    write_header(folder, table | {"planted": ["another thing"]} | strand("analysis", reason="Other words."))
    assert problems(folder) == []
    write_header(folder, table | {"mark": 14, "readings": [reading("first", 14)] * 2})
    assert any("measured.json: it is stale: an exemplar's text or marks have changed" in p for p in problems(folder))
    write_header(folder, table)
    assert problems(folder) == []
    add_words(folder, "e02", "One more thing.")
    assert any("measured.json: it is stale" in problem for problem in problems(folder))


def test_a_damaged_file_of_measurements_is_a_sentence(folder: Path) -> None:
    measured_path(folder).write_text("{}", "utf-8")
    (found,) = problems(folder)
    assert "lacks the field" in found
    assert "corpus measure" in found


def test_what_ships_is_sound() -> None:
    assert list(check_corpus(topic.load_topic("khrushchev-destalinisation"), SCHEME).problems) == []


@pytest.mark.shared
def test_no_exemplar_borrows_from_what_the_project_is_measured_on(shared: Path) -> None:
    found = check_corpus(topic.load_topic("khrushchev-destalinisation"), SCHEME, [shared / "seeds"])
    assert not [problem for problem in found.problems if ".txt too" in problem or "the profile" in problem]


def test_the_essays_of_this_file_share_nothing() -> None:
    said = [" ".join(sentence for part in parts for sentence in part) for parts in TEXTS.values()]
    runs = [set(run_hashes(folded_words(text))) for text in said]
    assert not runs[0] & runs[1] | runs[1] & runs[2] | runs[0] & runs[2]
