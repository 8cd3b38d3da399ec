"""Marks A-level History essays offline: a level, a mark range, and reasons in the essay's own words.

    from essay_marker import score_essay

    result = score_essay("essay.txt")
    print(result.marks.mark, result.marks.low, result.marks.high)

The names in ``__all__`` are the public ones; everything else may change. They are imported when they are first used,
so that ``import essay_marker`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_marker._version import __version__
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from pathlib import Path

    from essay_marker.errors import DataError, EssayMarkerError, InputError, ModelError
    from essay_marker.pipeline import Marker
    from essay_marker.records import (
        Balance,
        Bibliography,
        BibliographyEntry,
        CitationProblem,
        Citations,
        FactCheck,
        Historian,
        Marks,
        Mention,
        Nearest,
        Note,
        Program,
        Reason,
        Repair,
        ReportedEssay,
        ReportedSentence,
        Result,
        Review,
        Span,
        StrandMark,
        Strength,
        Sure,
        Target,
        ThemeCoverage,
        TopicFit,
        Verdict,
        YardstickUse,
    )
    from essay_marker.rubric import Rubric, load_rubric
    from essay_marker.topic import Topic, load_topic

__all__ = [
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
]

#: Where the public names live; all others are records.
_HOMES = {
    "DataError": "errors",
    "EssayMarkerError": "errors",
    "InputError": "errors",
    "ModelError": "errors",
    "Rubric": "rubric",
    "Topic": "topic",
    "load_rubric": "rubric",
    "load_topic": "topic",
}


def score_essay(
    essay: str | Path,
    question: str | None = None,
    *,
    topic: str | Path = DEFAULT_TOPIC,
    rubric: str | Path = DEFAULT_RUBRIC,
) -> Result:
    """Marks the essay in a file, as ``essay-marker score`` does.

    The first call loads the English model, the topic and the rubric; they are kept for the next.

    Args:
        essay: The essay's file.
        question: The question set. Without it: the essay's own title, else the topic's question.
        topic: A topic's id, or its folder.
        rubric: A rubric's id, or its file.

    Returns:
        All that the program says. Where no mark can be given, ``result.marks.withheld`` says why; an essay that cannot
        be read is one of these cases, so that a loop over many essays goes on.

    Raises:
        DataError: The topic or the rubric is wrong.
        ModelError: The English model is missing or damaged.
    """
    from pathlib import Path

    key = (str(topic), str(rubric))
    if key not in _markers:
        from essay_marker.pipeline import Marker

        _markers[key] = Marker(topic, rubric)
    return _markers[key].mark_file(Path(essay), question)


_markers: dict[tuple[str, str], Marker] = {}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'records')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
