"""Events in the wrong order."""

from __future__ import annotations

import pytest

from essay_marker.annotate.chronology import misplaced
from essay_marker.topic import Event

ORDER = (
    Event(on="1953-03", did=("stalin died",), name=("stalin's death",)),
    Event(on="1953-06/1953-12", did=("beria was (?:shot|arrested)",), name=("beria's fall",)),
    Event(on="1953-09", did=("he became first secretary",)),
    Event(on="1956-02", did=("he gave the secret speech",), name=("secret speech",)),
)


def said(text: str) -> str | None:
    found = misplaced(ORDER, text, 0, len(text))
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    "text",
    [
        "stalin died only weeks after beria was arrested",
        "stalin's death came after the secret speech",
        "in the end beria was shot soon before stalin's death",
        "the secret speech took place before he became first secretary",
        "he became first secretary before stalin died",
    ],
)
def test_a_wrong_order_is_found(text: str) -> None:
    found = said(text)
    assert found is not None
    assert text.endswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "beria was arrested soon after stalin died",
        "stalin's death came before the secret speech",
        "beria was shot before he became first secretary",  # the one may fall into the time of the other
        "he became first secretary before beria was shot",
        "stalin died, and who spoke after the secret speech was not asked",
        "stalin died before the harvest",
        "he gave the secret speech before the stalin died generation",
        "after stalin died",
    ],
)
def test_nothing_is_said_of_a_right_order_or_of_none(text: str) -> None:
    assert said(text) is None


def test_only_the_stretch_is_looked_at() -> None:
    text = "stalin died after beria was shot"
    assert misplaced(ORDER, text, 0, len(text)) is not None
    assert misplaced(ORDER, text, 3, len(text)) is None
    assert misplaced(ORDER, text, 0, len(text) - 3) is None
