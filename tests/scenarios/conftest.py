"""The whole path, shared: every text is marked once in a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from essay_marker.records import Result

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

MarkText = Callable[[str], Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-scenarios",
        action="store_true",
        help="write what the program now says of each scenario into its expected.json; then review the difference",
    )


@pytest.fixture(scope="session")
def mark_text(marker: Marker) -> MarkText:
    """Marks a text, each only once."""

    @cache
    def marked(text: str) -> Result:
        return marker.mark_bytes(text.encode(), "essay.txt")

    return marked


@pytest.fixture(scope="session")
def mark_path(marker: Marker) -> Callable[[Path], Result]:
    """Marks a file, each only once."""
    return cache(marker.mark_file)
