"""``explain`` over two made-up criteria."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def two_criteria(monkeypatch: pytest.MonkeyPatch) -> None:
    def criterion(code: str, strand: str, title: str) -> SimpleNamespace:
        return SimpleNamespace(
            code=code,
            strand=strand,
            title=title,
            looks_at="Sentences.",
            why="Because. " * 20,
            unit="share",
            effect="raises",
            earns=("This shows that it failed.", "So it lasted."),
            does_not_earn=("It failed.",),
            source="general knowledge",
        )

    assess: Any = ModuleType("essay_marker.assess")
    assess.criteria = lambda: (
        criterion("links", "analysis", "Explained links"),
        criterion("verdict", "judgement", "V"),
    )
    monkeypatch.setitem(sys.modules, "essay_marker.assess", assess)


def test_without_a_code_all_are_listed_by_strand(run: Run) -> None:
    assert run("explain") == (0, "analysis\n  links    Explained links\n\njudgement\n  verdict  V\n", "")


@pytest.mark.parametrize("code", ["links", "LINKS"])
def test_a_criterion_is_explained(run: Run, code: str) -> None:
    done = run("explain", code)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("links: Explained links\n\nStrand:   analysis\nLooks at: Sentences.\nWhy:      Because.")
    assert "Earns:\n  - This shows that it failed.\n  - So it lasted.\n" in done.out
    assert "Does not earn:\n  - It failed.\n" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize(("code", "hint"), [("linkes", "Did you mean links?"), ("zzz", "lists them all")])
def test_an_unknown_code_is_exit_code_2_with_a_hint(run: Run, code: str, hint: str) -> None:
    done = run("explain", code)
    assert (done.code, done.out) == (2, "")
    assert f"there is no criterion '{code}'. " in done.err
    assert hint in done.err
