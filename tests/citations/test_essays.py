"""The essays of this folder through the annotate stage: the problems reported are those planted. See ``__init__``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from essay_marker.read import read_file
from essay_marker.records import CitationProblem, Essay

if TYPE_CHECKING:
    from essay_marker.annotate import Annotator

ESSAYS = sorted((Path(__file__).parent / "essays").glob("*.txt"))
#: What a message may not be without: the words that it is about, in quotation marks, and what to do, behind a colon.
QUOTED, ADVICE = "“", ": "


def planted(essay: Path) -> list[dict[str, str]]:
    """The mismatches planted in an essay."""
    described: dict[str, Any] = tomllib.loads(essay.with_suffix(".toml").read_text("utf-8"))
    problems: list[dict[str, str]] = described["problem"]
    return problems


def found_at(problem: CitationProblem, essay: Essay, wanted: list[dict[str, str]]) -> tuple[str, str]:
    """The code of a problem with the planted words at its place, or else with the words of the place itself."""
    for one in wanted:
        start = essay.text.index(one["words"])
        if one["code"] == problem.code and problem.start < start + len(one["words"]) and start < problem.end:
            return one["code"], one["words"]
    return problem.code, essay.text[problem.start : problem.end]


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_what_is_planted_is_found_and_nothing_else(path: Path, by_patterns: Annotator) -> None:
    essay = read_file(path)
    wanted = planted(path)
    assert [essay.text.count(one["words"]) for one in wanted] == [1] * len(wanted)
    problems = by_patterns.read(essay).citation_problems
    reported = sorted(found_at(problem, essay, wanted) for problem in problems)
    assert reported == sorted((one["code"], one["words"]) for one in wanted)
    for problem in problems:
        assert 0 <= problem.start < problem.end <= len(essay.text)
        assert QUOTED in problem.message and ADVICE in problem.message and problem.message.endswith(".")


def test_the_essays_are_as_described() -> None:
    assert len(ESSAYS) == 20
    lists = [planted(path) for path in ESSAYS]
    assert sum(not problems for problems in lists) >= 6
    codes = {problem["code"] for problems in lists for problem in problems}
    assert codes == {
        "author-spelling",
        "missing-entry",
        "mixed-styles",
        "never-cited",
        "pages-outside",
        "quotation-without-source",
        "wrong-year",
    }
