"""Fitting a rubric's thresholds on the strand levels that readers gave the exemplars.

What is fitted, and how, so that it can be read and redone:

- **Steps of a criterion**: the value that as large a share of the exemplars stays below as stays below the level
  (equipercentile linking, Kolen and Brennan 2014). Steps can only rise with the level, or only fall where less is
  better, so that more of what earns never lowers a strand.
- **Steps of what is learned**: a straight line, since it is in levels already.
- **Weights**: least squares that knows no weight below nothing (Lawson and Hanson 1974), drawn towards equal weights,
  so that no criterion decides because of a few essays. What is learned gets a fixed share.
- **Steps of the strand**: a straight line from the mean of the levels to the readers' level.

Faults (criteria of which less is better) are not fitted: few exemplars have them. They stay as the rubric has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

from essay_marker.data import Record
from essay_marker.mark import strand_marks
from essay_marker.mark.bestfit import BestFit, best_fit
from essay_marker.mark.levels import level_at, strand_mark
from essay_marker.records import Finding
from essay_marker.rubric import CriterionUse, Rubric, Strand

Numbers = npt.NDArray[np.float64]
Steps = tuple[float, float, float, float, float]

_LEVELS = (1, 2, 3, 4, 5)


class FitSettings(Record, frozen=True, kw_only=True):
    """``thresholds`` of ``training.toml``."""

    learned_share: float  # of a strand's weight, for what is learned
    total_weight: float  # of a strand's merits
    towards_equal: float  # how strongly weights are drawn towards equal ones
    highest: float  # the level that stands for Level 5, since no exemplar lies above it
    digits: int  # of steps and weights in the rubric


class MeasuredEssay(NamedTuple):
    """An exemplar: what criteria saw in it (tagged by a model that had not seen it), and what its readers gave."""

    id: str
    voice: str
    words: int
    findings: tuple[Finding, ...]
    levels: dict[str, float]
    mark: int

    def value(self, code: str) -> float | None:
        """The value of a criterion; None where it was not known."""
        return next((finding.value for finding in self.findings if finding.code == code), None)


def fit_rubric(rubric: Rubric, essays: Sequence[MeasuredEssay], settings: FitSettings) -> Rubric:
    """``rubric`` with the thresholds and weights of every strand fitted on ``essays``."""
    strands = tuple(fit_strand(strand, essays, settings) for strand in rubric.strands)
    return msgspec.structs.replace(rubric, strands=strands)


def fit_strand(strand: Strand, essays: Sequence[MeasuredEssay], settings: FitSettings) -> Strand:
    """``strand`` with steps and weights fitted on ``essays``."""
    wanted = np.array([essay.levels[strand.id] for essay in essays])
    stepped = [_with_steps(use, essays, wanted, settings) for use in strand.criteria]
    merits = [use for use in stepped if _is_merit(use) and not use.learned]
    columns = np.array([[_level(use, essay) for use in merits] for essay in essays])
    found = _weights(columns, wanted, settings).tolist()
    weights = dict(zip((use.code for use in merits), found, strict=True))
    learned = [use.code for use in stepped if use.learned]
    weights |= dict.fromkeys(learned, settings.learned_share * settings.total_weight / max(len(learned), 1))
    uses = tuple(
        msgspec.structs.replace(use, weight=round(weights[use.code], settings.digits)) if use.code in weights else use
        for use in stepped
    )
    bare = msgspec.structs.replace(strand, criteria=uses, steps=None)
    means = np.array([strand_mark(bare, essay.findings).score for essay in essays])
    return msgspec.structs.replace(bare, steps=_line(means, wanted, settings))


def _is_merit(use: CriterionUse) -> bool:
    return use.steps is not None and not use.falling and (use.weight > 0 or use.learned)


def _with_steps(
    use: CriterionUse, essays: Sequence[MeasuredEssay], wanted: Numbers, settings: FitSettings
) -> CriterionUse:
    if not _is_merit(use):
        return use
    values = np.array([essay.value(use.code) or 0.0 for essay in essays])
    steps = _line(values, wanted, settings) if use.learned else _linked(values, wanted, settings)
    return msgspec.structs.replace(use, steps=steps)


def _level(use: CriterionUse, essay: MeasuredEssay) -> float:
    assert use.steps is not None
    return level_at(essay.value(use.code) or 0.0, use.steps)


def _linked(values: Numbers, wanted: Numbers, settings: FitSettings) -> Steps:
    """The values at which as many essays lie below as lie below each level; rising, if only by the last digit."""
    shares = [float((wanted < min(level, settings.highest)).mean()) for level in _LEVELS]
    return _rising([float(np.quantile(values, share)) for share in shares], settings)


def _line(values: Numbers, wanted: Numbers, settings: FitSettings) -> Steps:
    """The values at which the straight line through the essays reaches each level."""
    spread = float(values.var())
    slope = float(((values - values.mean()) * (wanted - wanted.mean())).mean()) / spread if spread else 1.0
    slope = max(slope, 1e-3)  # more never lowers
    middle = float(values.mean()), float(wanted.mean())
    return _rising([middle[0] + (level - middle[1]) / slope for level in _LEVELS], settings)


def _rising(steps: Sequence[float], settings: FitSettings) -> Steps:
    least = 10.0**-settings.digits
    found: list[float] = []
    for step in steps:
        rounded = round(max(float(step), 0.0), settings.digits)
        found.append(max(rounded, round(found[-1] + least, settings.digits)) if found else rounded)
    return found[0], found[1], found[2], found[3], found[4]


def _weights(columns: Numbers, wanted: Numbers, settings: FitSettings) -> Numbers:
    """The weights of the criteria in ``columns``, which share what is not for the learned ones."""
    number = columns.shape[1]
    pull = settings.towards_equal
    rows = np.vstack([columns - columns.mean(axis=0), pull * np.eye(number)])
    found, _ = nnls(rows, np.concatenate([wanted - wanted.mean(), np.full(number, pull / number)]))
    share = (1.0 - settings.learned_share) * settings.total_weight
    return np.asarray(found / found.sum() * share if found.sum() else np.full(number, share / number))


# --- how good it is -------------------------------------------------------------------------------------------------


def fit_of(rubric: Rubric, essay: MeasuredEssay) -> BestFit:
    """The level and the mark that ``rubric`` gives ``essay``."""
    return best_fit(rubric, strand_marks(rubric, essay.findings))


def left_out(rubric: Rubric, essays: Sequence[MeasuredEssay], settings: FitSettings) -> dict[str, BestFit]:
    """The best fit of each essay by thresholds fitted on all the others."""
    return {
        essay.id: fit_of(fit_rubric(rubric, [other for other in essays if other.id != essay.id], settings), essay)
        for essay in essays
    }
