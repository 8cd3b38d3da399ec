"""How well the program does on essays whose labels or marks are known: figures, intervals, and every confusion.

An essay's sentences are tagged by the program and held against its labels; its mark, against its header. Nothing here
decides about an essay, and nothing is learned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from essay_marker.evaluate.labelled import LabelledEssay, load
from essay_marker.evaluate.labellers import LabellerAgreement, labeller_agreement, themes_agreement
from essay_marker.evaluate.learned import trained_on
from essay_marker.evaluate.marks import marks_agreement
from essay_marker.evaluate.remarks import remarks
from essay_marker.evaluate.resampling import RESAMPLES, resampling
from essay_marker.evaluate.tags import Compared, compare, compare_labels, layers
from essay_marker.evaluation import FORMAT, EvaluatedEssay, Evaluation, MissingUnit
from essay_marker.pipeline import Marker
from essay_marker.records import Program, Result
from essay_marker.resources import models_dir

__all__ = [
    "RESAMPLES",
    "Compared",
    "LabellerAgreement",
    "compare",
    "compare_labels",
    "evaluate",
    "labeller_agreement",
    "layers",
    "themes_agreement",
    "trained_on",
]

Progress = Callable[[int, int], None]


class _Marked(NamedTuple):
    essay: LabelledEssay
    result: Result
    compared: tuple[Compared, ...]


def evaluate(
    places: Sequence[Path], marker: Marker, *, resamples: int = RESAMPLES, progress: Progress | None = None
) -> Evaluation:
    """Marks every labelled essay in these folders and files and says how well that went.

    Args:
        places: Folders and files, see `labelled.load`.
        marker: The program, with a topic and a rubric.
        resamples: How many resamples an interval rests on; 0 for no intervals.
        progress: Is told how many essays are done, and of how many.

    Raises:
        DataError: There are no labelled essays, or a file is wrong.
    """
    topic, rubric = marker.topic, marker.rubric
    essays = load(
        places,
        themes=[theme.id for theme in topic.themes],
        strands=[strand.id for strand in rubric.strands],
        out_of=rubric.out_of,
    )
    marked: list[_Marked] = []
    for number, essay in enumerate(essays, 1):
        result = marker.mark_file(essay.path, essay.header.question)
        marked.append(_Marked(essay, result, tuple(compare(essay.id, essay.units, result))))
        if progress is not None:
            progress(number, len(essays))
    program = _program([each.result for each in marked])
    learned = frozenset(trained_on(models_dir(), set(program.models.values())).values())
    told = tuple(_told(each, learned) for each in marked)
    tags = layers([unit for each in marked for unit in each.compared], topic.core_themes, resamples=resamples)
    marks = marks_agreement([(each.essay, each.result) for each in marked], rubric, resamples=resamples)
    drawn = resampling(sum(essay.units > 0 for essay in told), len(marks.rows) if marks else 0, resamples)
    return Evaluation(
        format=FORMAT,
        program=program,
        topic=topic.id,
        rubric=rubric.id,
        essays=told,
        units=sum(essay.units for essay in told),
        found=sum(essay.found for essay in told),
        resampling=drawn,
        layers=tags,
        marks=marks,
        remarks=tuple(remarks(told, marks, drawn)),
    )


def _told(marked: _Marked, learned: frozenset[str]) -> EvaluatedEssay:
    essay, result = marked.essay, marked.result
    missing = [each.unit for each in marked.compared if each.said is None]
    digest = _sha256(essay.path)
    return EvaluatedEssay(
        id=essay.id,
        source=essay.path.name,
        sha256=digest,
        words=result.essay.words,
        units=len(essay.units),
        found=len(essay.units) - len(missing),
        missing=tuple(MissingUnit(unit=unit.id, text=unit.text) for unit in missing),
        marked=essay.header.mark is not None,
        learned_from=digest in learned,
        withheld=result.marks.withheld,
    )


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # that it cannot be read is said elsewhere: the mark is withheld
        return ""


def _program(results: Sequence[Result]) -> Program:
    """What made the results; that of an essay which could not be read names no tagger."""
    return max((result.program for result in results), key=lambda program: len(program.models))
