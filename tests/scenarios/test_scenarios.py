"""Whole essays and what the program says of them, in short, as a person has reviewed it.

Each folder holds an essay and ``expected.json``. After a change that is meant to alter what is said,
``pytest tests/scenarios --update-scenarios`` writes the files anew; read the difference before it is committed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from essay_marker.records import Result

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/essay.txt"))


def summary(result: Result) -> dict[str, Any]:
    """What a teacher would notice first."""
    marks = result.marks
    verdict = result.balance.verdict
    return {
        "withheld": marks.withheld,
        "level": marks.level,
        "mark": marks.mark,
        "range": None if marks.mark is None else [marks.low, marks.high],
        "strands": {strand.id: strand.level for strand in marks.strands},
        "themes": {theme.id: theme.coverage for theme in result.themes},
        "historians": {historian.name: historian.use for historian in result.historians},
        "verdict": None if verdict is None else verdict.stance,
        "standards": [standard.text for standard in result.balance.criteria if standard.stated],
        "style": result.citations.style,
        "citation problems": [
            f"{problem.code}: {result.essay.text[problem.start : problem.end]}" for problem in result.citations.problems
        ],
        "facts": sorted(f"{fact.id}: {fact.status}" for fact in result.facts if fact.status != "supported"),
        "review": [review.code for review in marks.review],
        "targets": [target.code for target in result.targets],
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_scenario(folder: Path, mark_path: Callable[[Path], Result], request: pytest.FixtureRequest) -> None:
    said = summary(mark_path(folder / "essay.txt"))
    expected = folder / "expected.json"
    if request.config.getoption("--update-scenarios", default=False):
        expected.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert said == json.loads(expected.read_text("utf-8"))


def test_every_folder_with_expectations_has_an_essay() -> None:
    written = {path.parent for path in Path(__file__).parent.glob("*/expected.json")}
    assert written == set(FOLDERS)
