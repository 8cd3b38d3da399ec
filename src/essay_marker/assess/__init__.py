"""Assess: criteria look at a reading and give findings. Nothing here knows a mark."""

from __future__ import annotations

from essay_marker.assess import analysis, answering, judgement, knowledge, likeness, organisation
from essay_marker.assess.balance import balance
from essay_marker.assess.case import Case
from essay_marker.assess.coverage import coverage
from essay_marker.assess.criterion import Criterion
from essay_marker.records import Finding

__all__ = ["Case", "Criterion", "balance", "coverage", "criteria", "findings"]


def criteria() -> tuple[Criterion, ...]:
    """Every criterion: by strand in the order of the mark scheme, then what is learned for all of them."""
    return (
        *analysis.CRITERIA,
        *answering.CRITERIA,
        *knowledge.CRITERIA,
        *judgement.CRITERIA,
        *organisation.CRITERIA,
        *likeness.CRITERIA,
    )


def findings(case: Case) -> tuple[Finding, ...]:
    """What every criterion saw, in the order of `criteria`; those that cannot be known are left out."""
    return tuple(finding for criterion in criteria() if (finding := criterion.finding(case)) is not None)
