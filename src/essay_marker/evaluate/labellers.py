"""How far two labellers of the same units agree: the upper bound of what a tagger can be held to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from essay_marker.corpus import Exemplar
from essay_marker.evaluate.resampling import RESAMPLES
from essay_marker.evaluate.tags import Compared, compare_labels, layers
from essay_marker.evaluation import Layer
from essay_marker.topic import Theme


class LabellerAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of two labellers on each layer, over ``units`` of ``essays`` that both have labelled.

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
    twice = [exemplar for exemplar in exemplars if exemplar.second]
    compared = [each for e in twice for each in compare_labels(e.id, e.units, e.second)]
    if not compared:
        return None
    names = {theme.id for theme in themes}
    return LabellerAgreement(
        essays=len(twice),
        units=len(compared),
        decisions=len(names) * len(compared),
        left_open=sum(len(names.intersection(each.unit.optional_themes)) for each in compared),
        layers=layers(compared, themes, resamples=resamples),
        strict=layers([_strict(each) for each in compared], themes, resamples=resamples)[0],
    )


def _strict(compared: Compared) -> Compared:
    return compared._replace(unit=msgspec.structs.replace(compared.unit, optional_themes=()))
