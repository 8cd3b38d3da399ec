"""What to know before believing a figure, in sentences for a teacher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from essay_marker.evaluation import EvaluatedEssay, MarksAgreement, Remark, Resampling

#: How many essays a sentence names; the record has them all.
NAMED = 8


def remarks(essays: Sequence[EvaluatedEssay], marks: MarksAgreement | None, drawn: Resampling) -> Iterator[Remark]:
    """Warnings first, then what the figures can and cannot show."""
    yield from _warnings(essays)
    if any(essay.units for essay in essays):
        yield Remark(
            code="labels",
            warning=False,
            message="The labels are taken as right. The figures show how often the program tags a sentence as its"
            " labels do, on these essays; two careful readers differ over some sentences too.",
        )
    if marks is not None:
        yield Remark(
            code="marks",
            warning=False,
            message="Marks are held against those in the essays' headers. The figures show how near the program comes"
            " to the people who gave those, and nothing about examiners unless examiners gave them.",
        )
    yield from _intervals(essays, marks, drawn)


def _warnings(essays: Sequence[EvaluatedEssay]) -> Iterator[Remark]:
    learned = [essay.id for essay in essays if essay.learned_from]
    if learned:
        yield Remark(
            code="learned-from",
            warning=True,
            message=f"The taggers learned from {_of(learned, essays)}: what is said of"
            f" {'it' if len(learned) == 1 else 'them'} is better than a new essay can expect. For a fair figure,"
            " evaluate essays that they have not seen.",
            essays=tuple(learned),
        )
    unreadable = [essay.id for essay in essays if essay.withheld == "unreadable"]
    if unreadable:
        yield Remark(
            code="unreadable",
            warning=True,
            message=f"{_these(unreadable)} could not be read; every label counts as missed.",
            essays=tuple(unreadable),
        )
    missing = [essay.id for essay in essays if essay.missing and essay.withheld != "unreadable"]
    if missing:
        count = sum(len(essay.missing) for essay in essays if essay.id in missing)
        yield Remark(
            code="not-found",
            warning=True,
            message=f"{count} labelled {'sentence was' if count == 1 else 'sentences were'} not found in"
            f" {_these(missing)}, and so count{'s' if count == 1 else ''} as tagged with nothing. Where the essay was"
            " changed after it was labelled, mend the labels; crossed-out starts are left out when an essay is read.",
            essays=tuple(missing),
        )
    withheld = [essay.id for essay in essays if essay.marked and essay.withheld]
    if withheld:
        yield Remark(
            code="withheld",
            warning=True,
            message=f"The program gave no mark to {_these(withheld)}; the figures on marks are about the others.",
            essays=tuple(withheld),
        )


def _intervals(essays: Sequence[EvaluatedEssay], marks: MarksAgreement | None, drawn: Resampling) -> Iterator[Remark]:
    if not drawn.resamples:
        return
    labelled = sum(essay.units > 0 for essay in essays)
    how = f"{drawn.resamples} times at random (seed {drawn.seed})"
    if "essays" in (drawn.tags, drawn.marks):
        yield Remark(
            code="intervals",
            warning=False,
            message=f"The {drawn.confidence:.0%} intervals come from drawing the essays anew {how}, never single"
            " sentences. Other essays like these would mostly give a figure within them; other pupils, another"
            " question or another reader may not.",
        )
    if drawn.tags == "sentences":
        yield Remark(
            code="few-essays",
            warning=True,
            message=f"With {_number(labelled, 'labelled essay')} nothing can be said about other essays. The"
            f" {drawn.confidence:.0%} intervals come from drawing sentences anew within each essay, {how}: they show"
            " how much hangs on single sentences.",
        )
    if marks is not None and drawn.marks == "nothing":
        yield Remark(
            code="few-marks",
            warning=True,
            message=f"{_number(len(marks.rows), 'mark')} {'is' if len(marks.rows) == 1 else 'are'} too few for"
            " kappa and intervals; read the essays one by one instead.",
        )


def _of(some: Sequence[str], essays: Sequence[EvaluatedEssay]) -> str:
    if len(some) == len(essays):
        return "this very essay" if len(some) == 1 else "all of these essays"
    return f"{len(some)} of these {len(essays)} essays ({_names(some)})"


def _these(ids: Sequence[str]) -> str:
    return f"{'the essay' if len(ids) == 1 else 'the essays'} {_names(ids)}"


def _names(ids: Sequence[str]) -> str:
    more = len(ids) - NAMED
    return ", ".join(ids) if more <= 1 else f"{', '.join(ids[:NAMED])} and {more} more"


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
