"""How far two labellers, or two readers of themes, agree on the same units: as far as a tagger can be held to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from essay_marker.corpus import Exemplar, Unit
from essay_marker.evaluate.resampling import RESAMPLES
from essay_marker.evaluate.tags import Compared, compare_labels, layers
from essay_marker.evaluation import Layer
from essay_marker.topic import Theme


class LabellerAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of two labellers on each layer, over ``units`` of ``essays`` that both have labelled.

    Of themes that were read again, the layers are those of the themes, all together first.

    ``decisions`` are those on a theme, ``left_open`` those of them in which either labeller leaves the theme open;
    ``layers`` leave these out. ``strict`` is the layer of all themes where a theme left open counts as absent.
    """

    essays: int
    units: int
    decisions: int
    left_open: int
    layers: tuple[Layer, ...]
    strict: Layer


def labeller_agreement(
    exemplars: Sequence[Exemplar], themes: Sequence[Theme], *, resamples: int = RESAMPLES
) -> LabellerAgreement | None:
    """How the labellers of these exemplars agree on ``themes`` and the rest; None where none is labelled twice.

    Raises:
        ValueError: The two labellers of an essay have labelled different units.
    """
    twice = [e for e in exemplars if e.second]
    return _agreement([each for e in twice for each in compare_labels(e.id, e.first, e.second)], themes, resamples)


def themes_agreement(
    exemplars: Sequence[Exemplar], themes: Sequence[Theme], *, resamples: int = RESAMPLES
) -> LabellerAgreement | None:
    """How the labels of these exemplars agree with a second reading of ``themes``; None where there is none."""
    compared = [each for e in exemplars for each in compare_labels(e.id, *_read_twice(e))]
    found = _agreement(compared, themes, resamples)
    if found is None:
        return None
    # the second reading says nothing of the other layers
    return msgspec.structs.replace(found, layers=tuple(x for x in found.layers if "themes" in (x.id, x.part_of)))


def _read_twice(exemplar: Exemplar) -> tuple[list[Unit], list[Unit]]:
    """The units whose themes were read again: as labelled, and with the themes of the second reading."""
    by = {reading.id: reading for reading in exemplar.again}
    first = [unit for unit in exemplar.first if unit.id in by]
    return first, [
        msgspec.structs.replace(unit, themes=by[unit.id].themes, optional_themes=by[unit.id].optional_themes)
        for unit in first
    ]


def _agreement(compared: Sequence[Compared], themes: Sequence[Theme], resamples: int) -> LabellerAgreement | None:
    if not compared:
        return None
    names = {theme.id for theme in themes}
    return LabellerAgreement(
        essays=len({each.essay for each in compared}),
        units=len(compared),
        decisions=len(names) * len(compared),
        left_open=sum(len(names.intersection(each.unit.optional_themes)) for each in compared),
        layers=layers(compared, themes, resamples=resamples),
        strict=layers([_strict(each) for each in compared], themes, resamples=resamples)[0],
    )


def _strict(compared: Compared) -> Compared:
    return compared._replace(unit=msgspec.structs.replace(compared.unit, optional_themes=()))
