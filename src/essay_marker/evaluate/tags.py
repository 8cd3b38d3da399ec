"""The program's tags against labels: a figure a layer, and every sentence that was tagged otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, get_args

import msgspec

from essay_marker import agreement
from essay_marker.agreement import Numbers, Statistic
from essay_marker.corpus import Unit, locate
from essay_marker.evaluate.matching import Authority, Said, by_surname, said_by, said_of
from essay_marker.evaluate.resampling import RESAMPLES, figure, rounded, unit_draws
from essay_marker.evaluation import NO, NOTHING, YES, Confusion, LabelledCase, Layer, Measure
from essay_marker.records import USES, Result, Role, Stance
from essay_marker.topic import Theme

#: What the id of a theme's layer begins with.
THEME = "theme."
#: The share of a unit's letters that has to stand in the essay: reading may have changed a word.
ALIKE = 0.8


class Compared(NamedTuple):
    """One unit as it is labelled and what is said of it; None where it was not found in the essay."""

    essay: str
    unit: Unit
    said: Said | None


class Pair(NamedTuple):
    """One decision about one unit: what it is labelled as, and tagged as. ``name`` is the authority it is about."""

    layer: str
    labelled: str
    tagged: str
    name: str | None = None


def compare(essay: str, units: Sequence[Unit], result: Result) -> Iterator[Compared]:
    """Each labelled unit of an essay with what the program says of it."""
    for unit, span in zip(units, locate(units, result.essay.text, alike=ALIKE), strict=True):
        yield Compared(essay, unit, said_of(span, result) if span is not None else None)


def compare_labels(essay: str, first: Sequence[Unit], second: Sequence[Unit]) -> Iterator[Compared]:
    """Each unit of an essay as one labeller has it with what another says of it.

    A theme that either leaves open is left out of account.

    Raises:
        ValueError: They have labelled different units.
    """
    for unit, other in zip(first, second, strict=True):
        if unit.text != other.text:
            raise ValueError(f"{unit.id} and {other.id} are different units")
        either = tuple(dict.fromkeys((*unit.optional_themes, *other.optional_themes)))
        yield Compared(essay, msgspec.structs.replace(unit, optional_themes=either), said_by(other))


def layers(compared: Sequence[Compared], themes: Sequence[Theme], *, resamples: int = RESAMPLES) -> tuple[Layer, ...]:
    """How well each layer of tags agrees with the labels; empty without units.

    Args:
        compared: Units, those of an essay behind one another.
        themes: The themes to compare. A unit's optional themes are left out of account.
        resamples: How many resamples an interval rests on.
    """
    if not compared:
        return ()
    items, drawn = unit_draws([each.essay for each in compared], resamples)
    decided: defaultdict[str, list[_Decision]] = defaultdict(list)
    for item, each in zip(items, compared, strict=True):
        for pair in pairs(each.unit, each.said, [theme.id for theme in themes]):
            decided[pair.layer].append(_Decision(pair, item, each))
    ids = [f"{THEME}{theme.id}" for theme in themes]
    all_themes = [decision for id_ in ids for decision in decided[id_]]
    uses, stances, roles = USES, get_args(Stance), get_args(Role)

    def layer(id_: str, label: str, measure: Measure, values: Sequence[str] = (YES, NO)) -> Layer:
        return _layer(id_, label, measure, values, decided[id_], drawn)

    whole = _layer("themes", "Themes", "f1", (YES, NO), all_themes, drawn)
    return (
        msgspec.structs.replace(whole, confusions=()),
        *(
            msgspec.structs.replace(layer(id_, theme.label, "f1"), part_of="themes")
            for id_, theme in zip(ids, themes, strict=True)
        ),
        layer("historians", "Historians", "f1"),
        layer("historian_use", "Use of historians", "accuracy", uses),
        layer("judgement", "Judgement", "f1"),
        layer("stance", "Side taken", "kappa", stances),
        layer("role", "Role in the argument", "kappa", roles),
    )


def pairs(unit: Unit, said: Said | None, themes: Iterable[str]) -> Iterator[Pair]:
    """Every decision about one unit, the labelled side first.

    A unit that was not found is tagged with nothing: its themes, historians and judgement are missed.
    """
    for theme in themes:
        if theme not in unit.optional_themes:
            yield Pair(THEME + theme, _yes(theme in unit.themes), _yes(said is not None and theme in said.themes))
    yield Pair("judgement", _yes(unit.judgement), _yes(said is not None and said.judgement))
    yield Pair("stance", unit.stance, said.stance if said else NOTHING)
    yield Pair("role", unit.role, (said.role if said else None) or NOTHING)
    wanted = by_surname(Authority(each.name, each.use) for each in unit.historians)
    found = by_surname(said.authorities if said else (), known=wanted)
    for key, authority in (found | wanted).items():
        yield Pair("historians", _yes(key in wanted), _yes(key in found), authority.name)
        if key in wanted and key in found:
            yield Pair("historian_use", wanted[key].use, found[key].use, authority.name)


def _yes(true: bool) -> str:
    return YES if true else NO


class _Decision(NamedTuple):
    pair: Pair
    item: int
    about: Compared


_STATISTICS: dict[Measure, Statistic] = {
    "f1": agreement.f1_of,
    "accuracy": agreement.share_of,
    "kappa": agreement.kappa_of,
}


def _layer(
    id_: str, label: str, measure: Measure, values: Sequence[str], decisions: Sequence[_Decision], drawn: Numbers
) -> Layer:
    labelled = [decision.pair.labelled for decision in decisions]
    tagged = [decision.pair.tagged for decision in decisions]
    known = (*values, *dict.fromkeys(value for value in (*labelled, *tagged) if value not in values))
    tables = agreement.counts(labelled, tagged, known, [decision.item for decision in decisions], drawn.shape[1])
    table = tables.sum(axis=0).astype(int)
    retrieval = None
    if measure == "f1":
        retrieval = agreement.retrieval([value == YES for value in labelled], [value == YES for value in tagged])
        value = retrieval.f1 if retrieval else None
    elif measure == "kappa":
        value = agreement.cohen_kappa(labelled, tagged)
    else:
        value = agreement.share([a == b for a, b in zip(labelled, tagged, strict=True)])
    return Layer(
        id=id_,
        label=label,
        part_of=None,
        measure=measure,
        figure=figure(value, tables, _STATISTICS[measure], drawn),
        precision=rounded(retrieval.precision if retrieval else None),
        recall=rounded(retrieval.recall if retrieval else None),
        cases=int(table[0].sum() if measure == "f1" else table.sum()),
        values=known,
        table=tuple(tuple(row) for row in table.tolist()),
        confusions=_confusions(decisions),
    )


def _confusions(decisions: Iterable[_Decision]) -> tuple[Confusion, ...]:
    """What was tagged otherwise than labelled, the most frequent confusion first."""
    wrong: defaultdict[tuple[str, str], list[LabelledCase]] = defaultdict(list)
    for pair, _, about in decisions:
        if pair.labelled != pair.tagged:
            case = LabelledCase(essay=about.essay, unit=about.unit.id, text=about.unit.text, name=pair.name)
            wrong[pair.labelled, pair.tagged].append(case)
    return tuple(
        Confusion(labelled=labelled, tagged=tagged, count=len(cases), cases=tuple(cases))
        for (labelled, tagged), cases in sorted(wrong.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
