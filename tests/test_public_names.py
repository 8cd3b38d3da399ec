"""The public names, pinned: adding one is a decision, losing one breaks somebody's script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import essay_marker
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

PUBLIC = {
    "Balance",
    "Bibliography",
    "BibliographyEntry",
    "CitationProblem",
    "Citations",
    "DataError",
    "EssayMarkerError",
    "FactCheck",
    "Historian",
    "InputError",
    "Marks",
    "Mention",
    "ModelError",
    "Nearest",
    "Note",
    "Program",
    "Reason",
    "Repair",
    "ReportedEssay",
    "ReportedSentence",
    "Result",
    "Review",
    "Rubric",
    "Span",
    "StrandMark",
    "Strength",
    "Sure",
    "Target",
    "ThemeCoverage",
    "Topic",
    "TopicFit",
    "Verdict",
    "YardstickUse",
    "__version__",
    "load_rubric",
    "load_topic",
    "score_essay",
}


def test_the_public_names_are_these() -> None:
    assert set(essay_marker.__all__) == PUBLIC
    assert set(dir(essay_marker)) >= PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(essay_marker, name) is not None


def test_every_record_of_the_contract_is_public() -> None:
    """Whatever a `Result` can hold has a name to import it by."""
    import msgspec

    from essay_marker.records import Result

    _, components = msgspec.json.schema_components([Result])
    assert "Marks" in components
    assert set(components) <= PUBLIC


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="score_essays"):
        _ = essay_marker.score_essays


def test_importing_the_package_imports_nothing_that_takes_time(environment: dict[str, str]) -> None:
    program = "import sys, essay_marker; print(*sorted(m for m in sys.modules if m.startswith('essay_marker')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    light = {"essay_marker", "essay_marker._version", "essay_marker.errors", "essay_marker.resources"}
    assert set(done.stdout.split()) == light


def test_score_essay_marks_a_file_with_what_the_command_line_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[Any, ...]] = []

    class FakeMarker:
        def __init__(self, topic: Any, rubric: Any) -> None:
            built.append((topic, rubric))

        def mark_file(self, path: Path, question: str | None) -> tuple[Any, ...]:
            return path, question

    pipeline: Any = ModuleType("essay_marker.pipeline")
    pipeline.Marker = FakeMarker
    monkeypatch.setitem(sys.modules, "essay_marker.pipeline", pipeline)
    monkeypatch.setattr(essay_marker, "_markers", {})
    marked: Any = essay_marker.score_essay("a.txt")
    assert marked == (Path("a.txt"), None)
    marked = essay_marker.score_essay(Path("b.txt"), "Why?")
    assert marked == (Path("b.txt"), "Why?")
    assert built == [(DEFAULT_TOPIC, DEFAULT_RUBRIC)]  # loaded once
    essay_marker.score_essay("a.txt", rubric="other.toml")
    assert built[1:] == [(DEFAULT_TOPIC, "other.toml")]
