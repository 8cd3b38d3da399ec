"""Essays of the corpus and of the scenarios with their results, each marked once, and a marker that remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
import pytest

from essay_marker.errors import InputError
from essay_marker.read import read_file
from essay_marker.records import Essay, Result
from essay_marker.report import render_json

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker


class Remembering:
    """A marker that marks an essay once for each name and question it is asked for."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker
        self._known: dict[tuple[str, str | None, str], Result] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._marker, name)

    def mark_essay(self, essay: Essay, question: str | None = None) -> Result:
        key = (essay.source, question, essay.text)
        if key not in self._known:
            self._known[key] = self._marker.mark_essay(essay, question)
        return self._known[key]


class Marked(NamedTuple):
    """An essay as it was read, and its result as it is printed."""

    essay: Essay | None
    printed: str

    @property
    def raw(self) -> Any:
        return msgspec.json.decode(self.printed)


@pytest.fixture(scope="session")
def remembering(marker: Marker) -> Marker:
    return cast("Marker", Remembering(marker))


@pytest.fixture(scope="session")
def marked(marker: Marker) -> Callable[[Path], Marked]:
    known: dict[Path, Marked] = {}

    def of(path: Path) -> Marked:
        if path not in known:
            try:
                essay = read_file(path)
            except InputError:
                essay = None
            known[path] = Marked(essay, render_json(marker.mark_file(path)))
        return known[path]

    return of
