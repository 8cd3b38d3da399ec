"""The model card: what a model was made from, how good it is on essays it had not seen, and what it cannot do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from essay_marker.annotate.learned import TaggerModel
from essay_marker.topic import Topic
from essay_marker.train.examples import EssayExamples
from essay_marker.train.fitting import Calibration
from essay_marker.train.heldout import (
    TECHNIQUES,
    Figures,
    Layers,
    Values,
    calibration_error,
    calibrations,
    decided,
    figures,
    held_out,
    patterns,
    stacked,
)
from essay_marker.train.settings import Settings

#: The parts of the labels with which the learning curve is drawn.
SHARES = (0.25, 0.5, 1.0)
_CHOSEN = "stacked"


class Study(NamedTuple):
    """What was measured on essays held out from training."""

    sentences: int
    voices: int
    techniques: dict[str, Figures]  # by essay held out
    by_voice: Figures  # of what was chosen, a whole voice held out at a time
    curve: dict[float, Figures]
    before: dict[str, float]  # expected calibration error
    after: dict[str, float]
    calibration: dict[str, Calibration]


def study(essays: Sequence[EssayExamples], layers: Layers, settings: Settings, chosen: Values) -> Study:
    """Measure every technique on ``essays``, each tagged by a model that had not seen it.

    ``chosen`` are the held-out values of the technique that the program uses, which are known already.
    """
    ids, voices = [essay.id for essay in essays], [essay.voice for essay in essays]
    values = {name: held_out(essays, ids, technique, layers, settings) for name, technique in TECHNIQUES.items()}
    values[_CHOSEN] = chosen
    found = {"patterns": figures(essays, patterns(essays, layers), layers)}
    found |= {name: figures(essays, decided(essays, ids, v, layers, settings), layers) for name, v in values.items()}
    voiced = held_out(essays, voices, stacked, layers, settings)
    parts = {
        share: held_out(essays, ids, stacked, layers, settings, share) if share < 1 else values[_CHOSEN]
        for share in SHARES
    }
    fitted = calibrations(essays, values[_CHOSEN], layers, settings)
    return Study(
        sentences=sum(unit is not None for essay in essays for unit in essay.units),
        voices=len(set(voices)),
        techniques=found,
        by_voice=figures(essays, decided(essays, voices, voiced, layers, settings), layers),
        curve={
            share: figures(essays, decided(essays, ids, part, layers, settings), layers)
            for share, part in parts.items()
        },
        before=calibration_error(essays, values[_CHOSEN], layers, None),
        after=calibration_error(essays, values[_CHOSEN], layers, fitted),
        calibration=fitted,
    )


def table(rows: Iterable[tuple[str, Figures]]) -> list[str]:
    """A Markdown table of figures."""
    lines = [
        "| technique | themes F1 | weakest theme | judgement F1 | stance kappa | role kappa |",
        "|---|---|---|---|---|---|",
    ]
    for name, f in rows:
        lines.append(
            f"| {name} | {f.themes:.3f} | {f.weakest:.3f} | {f.judgement:.3f} | {f.stance:.3f} | {f.role:.3f} |"
        )
    return lines


def card(model: TaggerModel, found: Study, topic: Topic) -> str:
    """The text of ``card.md``. Every figure in it was measured by `study`."""
    folds = f"{found.voices} voices"
    lines = [
        f"# The taggers of {topic.id}",
        "",
        "Logistic regressions that tag every sentence of an essay with themes, stance, role and judgement.",
        "This page is written by `essay-marker train`, together with `model.json`.",
        "",
        "## Made from",
        "",
        f"- {found.sentences:,} labelled sentences of {len(model.trained_on)} exemplars in {folds}, written and",
        "  labelled for this project (`corpus/`, where the README says how). The sample essays were not among them.",
        f"- SHA-256 of the labels: `{model.labels_sha256}`",
        f"- Signals: {len(model.signals)} numbers that the patterns find in a sentence (`annotate/signals.py`), among",
        "  them what the patterns alone would say; and the sentence's vector (`models/sentence-vectors`).",
        "- Two passes: the second also sees what the first says of the sentences around (stacked learning).",
        f"- Fitted with {', '.join(f'{name} {number}' for name, number in model.libraries.items())}.",
        "",
        "## Measured on essays held out",
        "",
        "Every essay was tagged by a model that had seen none of its sentences. Thresholds and calibration, too, came",
        "from other essays.",
        "",
        *table(found.techniques.items()),
        "",
        f"The last line is what the program uses. With a whole writer's voice held out at a time ({folds}):",
        "",
        *table([("stacked, by voice", found.by_voice)]),
        "",
        "Each theme: "
        + ", ".join(f"{theme} {value:.3f}" for theme, value in found.techniques[_CHOSEN].theme.items())
        + ".",
        "",
        "### More labels, better tags?",
        "",
        *table((f"{share:.0%} of the essays", f) for share, f in found.curve.items()),
        "",
        "### How far a probability can be trusted",
        "",
        "Expected calibration error (0 is perfect), before and after calibration on held-out essays:",
        "",
        "| layer | before | after | yes from |",
        "|---|---|---|---|",
        *(
            f"| {layer} | {found.before[layer]:.3f} | {found.after[layer]:.3f} |"
            f" {f'{chosen.threshold:.2f}' if chosen.threshold else '–'} |"
            for layer, chosen in found.calibration.items()
        ),
        "",
        "## Limits",
        "",
        "- The essays were written for the project, by few hands, about one question; the labels are the project's",
        "  reading. Agreement with examiners is not shown by any figure here.",
        "- A layer's figure for two careful readers stands in the corpus' README: no tagger can be expected above it.",
        "- What a historian is used for is tagged by patterns; they did as well as anything learned from so few",
        "  mentions.",
        "- Essays on another question are tagged by the patterns alone until someone labels some and trains.",
        "- The taggers read sentence by sentence. Irony, and an argument that runs over pages, escape them.",
    ]
    return "\n".join(lines) + "\n"
