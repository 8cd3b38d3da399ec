"""``corpus list|show|add|check|measure``: on the corpus that ships, and on a small one that is changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essay_marker.corpus import load_exemplar, load_measured, load_profile

from ..corpora import build, header, labels, themes_again, write_header, write_labels

Run = Callable[..., Any]
TOPIC = "khrushchev-destalinisation"

ESSAY = (
    "Stalin's heirs gave up killing each other, and this was the first success. It held because none of them wanted to"
    " go back to nights without sleep.\n\nYet they kept one party and one plan, so the change did not go deep.\n"
)
EXEMPLAR = ["--kind", "timed", "--voice", "h", "--set-by", "us", "--licence", "MIT"]
STRANDS = [f"--strand={name}=14,15" for name in ("analysis", "knowledge", "judgement", "organisation")]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> str:
    """A topic with three exemplars, in the current folder."""
    build(root / "corpus" / TOPIC, tmp_path / TOPIC)
    (tmp_path / "My Essay.txt").write_text(ESSAY, "utf-8")
    return str(tmp_path / TOPIC)


# --- list and show --------------------------------------------------------------------------------------------------


def test_list_is_a_narrow_table_with_the_corpus_in_figures(run: Run) -> None:
    done = run("corpus", "list")
    assert (done.code, done.err) == (0, "")
    assert max(len(line) for line in done.out.splitlines()) <= 80
    for words in (
        "e01",
        "Level 5: ",
        "Correlation of words and level (Pearson): ",
        "sample-000: 11 and 12",
        "Agreement of two labellers",
        "Agreement of two readings of the themes",
    ):
        assert words in done.out


def test_list_tells_how_the_readers_agree(run: Run, folder: str) -> None:
    done = run("corpus", "list", "--topic", folder)
    assert done.code == 0
    assert done.out.splitlines()[1].split() == ["e01", "2", "6", "timed", "a", "37", "4", "2"]
    said = " ".join(done.out.split())
    assert "3 exemplars, 1 voices, timed 3 Level 2: 1" in said
    assert "Agreement of the first two readers, 3 essays: quadratic weighted kappa 0.9" in said
    assert "mean difference 1.00 marks, within two marks 100%, a third reading 0" in said


def test_list_tells_how_the_labellers_agree_where_an_essay_is_labelled_twice(run: Run, folder: str) -> None:
    assert run("corpus", "list", "--topic", folder).out.endswith("No exemplar has been labelled twice.\n")
    second = labels("e02")
    second[0] |= {"themes": [], "optional_themes": ["terror"]}
    second[1] |= {"role": "analysis"}
    write_labels(Path(folder), "e02", second, ending=".second.jsonl")
    done = run("corpus", "list", "--topic", folder)
    assert done.code == 0
    said = " ".join(done.out.split())
    assert (
        "Agreement of two labellers, 3 of 10 labelled units, 1 essays. Of 15 decisions on a theme, 1 (7%) are" in said
    )
    assert "Themes F1 1.00 (1.00 to 1.00) left open is absent F1 0.80 (" in said
    assert "Historians F1 - Use of historians accuracy - Judgement F1 - Side taken kappa 1.00" in said
    assert "Role in the argument kappa 0.00" in said
    assert "3 labelled units, labelled twice" in " ".join(run("corpus", "show", "e02", "--topic", folder).out.split())


def test_list_tells_how_two_readings_of_the_themes_agree_where_they_were_read_again(run: Run, folder: str) -> None:
    assert "readings of the themes" not in run("corpus", "list", "--topic", folder).out
    again = themes_again("e02")
    again[0] |= {"themes": [], "optional_themes": ["terror"]}
    again[1] |= {"themes": ["terror", "thaw"]}
    write_labels(Path(folder), "e02", again, ending=".themes.jsonl")
    done = run("corpus", "list", "--topic", folder)
    assert done.code == 0
    assert max(len(line) for line in done.out.splitlines()) <= 80
    said = " ".join(done.out.split())
    assert (
        "No exemplar has been labelled twice. Agreement of two readings of the themes, 3 of 10 labelled units, 1"
        " essays. Of 15 decisions on a theme, 1 (7%) are left out: either reading left it open. Themes F1 0.80 ("
    ) in said
    assert "left open is absent F1 0.67 (" in said
    assert "terror F1 1.00 (1.00 to 1.00) thaw F1 0.00 " in said
    assert said.endswith("leninist_continuity F1 -")
    shown = " ".join(run("corpus", "show", "e02", "--topic", folder).out.split())
    assert "3 labelled units, themes read again" in shown


def test_without_scikit_learn_the_list_says_what_is_missing(
    run: Run, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    done = run("corpus", "list", "--topic", folder)
    assert done.code == 0
    assert done.out.splitlines()[-1] == "How readers and labellers agree needs scikit-learn: pip install scikit-learn"


def test_a_topic_without_a_corpus_has_nothing_to_list(run: Run, folder: str) -> None:
    shutil.rmtree(Path(folder) / "exemplars")
    assert run("corpus", "list", "--topic", folder).out.endswith("no exemplar and no profile.\n")


def test_show_prints_header_readings_and_text(run: Run, folder: str) -> None:
    done = run("corpus", "show", "e02", "--topic", folder)
    assert (done.code, done.err) == (0, "")
    for words in (
        "e02: Level 4, mark 13",
        "timed, voice a, 37 words, set by the project, licence MIT, 3 labelled units",
        "  - one thing",
        "  analysis, Level 4, mark 13: It is so.",
        "  first: Level 3, mark 12 (analysis 12, ",
        "The clearest gain was that no minister was shot any more after Beria.",
    ):
        assert words in done.out


def test_show_of_a_profile_has_numbers_only(run: Run) -> None:
    done = run("corpus", "show", "sample-001")
    assert (done.code, done.err) == (0, "")
    assert "Marks from its readers: 15, 16" in done.out
    assert "no text is kept" in done.out


def test_show_of_what_is_not_there_has_a_hint(run: Run) -> None:
    done = run("corpus", "show", "sample-00")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean sample-00" in done.err


# --- add ------------------------------------------------------------------------------------------------------------


def test_a_profile_is_added_by_which_borrowing_is_seen(run: Run, folder: str) -> None:
    done = run("corpus", "add", "My Essay.txt", "--profile-only", "--mark", "14", "--mark", "15", "--topic", folder)
    assert (done.code, done.out) == (0, "")
    path = Path(folder) / "profiles" / "my-essay.json"
    profile = load_profile(path)
    assert (profile.id, profile.title, profile.marks) == ("my-essay", "my-essay", (14, 15))
    assert "Stalin's heirs" not in path.read_text("utf-8")
    again = run("corpus", "add", "My Essay.txt", "--profile-only", "--mark", "14", "--topic", folder)
    assert again.code == 2
    assert "is there already" in again.err
    borrowed = Path(folder) / "exemplars" / "e03.txt"
    borrowed.write_text(f"{borrowed.read_text('utf-8')}\n{ESSAY}", "utf-8")
    assert "stands in the profile my-essay too" in run("corpus", "check", "--topic", folder).err


def test_an_exemplar_is_added_with_two_readings(run: Run, folder: str) -> None:
    done = run("corpus", "add", "My Essay.txt", "--mark", "14", "--mark", "15", *EXEMPLAR, *STRANDS, "--topic", folder)
    assert (done.code, done.out) == (0, "")
    assert "now write the reason for each strand" in done.err
    added = load_exemplar(Path(folder) / "exemplars" / "e04.toml")
    assert (added.header.level, added.header.mark, len(added.header.readings)) == (4, 15, 2)
    assert added.path.read_text("utf-8") == ESSAY
    found = run("corpus", "check", "--topic", folder).err
    assert "e04.toml, strands.analysis: there is no reason" in found
    assert found.count("e04") == 4  # nothing else is wrong with it


def test_the_third_reading_decides(run: Run, folder: str) -> None:
    marks = ["--mark=10", "--mark=15", "--mark=12"]
    strands = [strand.replace("14,15", "10,15,12") for strand in STRANDS]
    assert run("corpus", "add", "My Essay.txt", *marks, *EXEMPLAR, *strands, "--topic", folder).code == 0
    added = load_exemplar(Path(folder) / "exemplars" / "e04.toml").header
    assert (added.level, added.mark, added.strands["analysis"].mark) == (3, 12, 12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give the readers' marks: --mark N"),
        (["--mark", "14"], "an exemplar needs --kind, --voice, --set-by, --licence"),
        (["--mark", "14", "--profile-only", "--kind", "timed"], "a profile has no --kind"),
        (["--mark", "21", "--profile-only"], "21 is no mark: edexcel-9hi0-essay is out of 20"),
        (["--mark", "14", "--profile-only", "--id", "My Essay"], "--id My Essay: an id has small letters"),
        (["--mark", "14", "--profile-only", "--id", "e01"], "e01.labels.jsonl is there already"),
        (["--mark", "14", *EXEMPLAR], "give the marks of each strand: --strand analysis=N is missing"),
        (["--mark", "14", *EXEMPLAR, "--strand", "analysis"], "write it like --strand analysis=10,11"),
        (["--mark", "14", *EXEMPLAR, "--strand", "analyses=14"], "Did you mean analysis?"),
        (["--mark", "14", *EXEMPLAR, *STRANDS], "--strand analysis=14,15: 2 given, but --mark 1; one for each reader"),
        (["--mark", "14", *EXEMPLAR, "--title", "Mine"], "an exemplar has no --title"),
        (["--mark=11", "--mark=15", *EXEMPLAR, *STRANDS], "a third reading decides"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_nothing_is_added(
    run: Run, folder: str, arguments: list[str], words: str
) -> None:
    before = sorted(Path(folder).rglob("*"))
    done = run("corpus", "add", "My Essay.txt", *arguments, "--topic", folder)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert sorted(Path(folder).rglob("*")) == before


def test_an_essay_that_cannot_be_read_is_exit_code_1(run: Run, folder: str) -> None:
    done = run("corpus", "add", "none.txt", "--mark=14", "--mark=15", *EXEMPLAR, *STRANDS, "--topic", folder)
    assert (done.code, done.out) == (1, "")
    assert "none.txt" in done.err


# --- measure and check ----------------------------------------------------------------------------------------------


def test_what_was_measured_is_fresh_until_a_mark_changes(run: Run, folder: str) -> None:
    stale = run("corpus", "check", "--topic", folder)
    assert stale.code == 2
    assert "measured.json: there is no such file" in stale.err
    assert run("corpus", "measure", "--check", "--topic", folder).code == 2
    assert run("corpus", "measure", "--topic", folder).code == 0
    measured = load_measured(Path(folder))
    assert measured is not None
    assert set(measured.exemplars) == {"e01", "e02", "e03"}
    fresh = run("corpus", "check", "--topic", folder)
    assert (fresh.code, fresh.err) == (0, "")
    assert fresh.out.splitlines()[-1] == "nothing is wrong"
    assert run("corpus", "measure", "--check", "--topic", folder).out.endswith("measured.json: fresh\n")
    table = header("e01")
    strands = {name: strand | {"mark": 7} for name, strand in table["strands"].items()}
    write_header(Path(folder), table | {"mark": 7, "strands": strands, "readings": []})
    done = run("corpus", "check", "--topic", folder)
    assert "it is stale: an exemplar's text or marks have changed since" in done.err
    assert done.out.splitlines()[-1] == "2 problems"


def test_texts_to_compare_with_can_be_given_several_times(run: Run, folder: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("But Hungary was crushed by Soviet tanks in the autumn.", "utf-8")
    (tmp_path / "b.md").write_text("no minister was shot any more after Beria", "utf-8")
    done = run("corpus", "check", "--topic", folder, "--against", "a.txt", "--against", "b.md")
    assert done.code == 2
    assert "stands in a.txt too" in done.err
    assert "stands in b.md too" in done.err
    assert "2 further files" in done.out


def test_a_text_to_compare_with_that_is_not_there_is_exit_code_2(run: Run, folder: str) -> None:
    done = run("corpus", "check", "--topic", folder, "--against", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "nowhere: there is no such file or folder" in done.err
