"""The model card says what was measured, and nothing else."""

from __future__ import annotations

import re

import pytest

from essay_marker.train.card import SHARES, Study, card, study, table
from essay_marker.train.examples import EssayExamples
from essay_marker.train.fitting import Calibration
from essay_marker.train.heldout import Figures, figures, held_out, patterns, stacked

from ..learning import LAYERS, essays, model, settings, topic

pytestmark = pytest.mark.usefixtures("one_process")


def made() -> list[EssayExamples]:
    return essays(9, sentences=8, voices="abc")


@pytest.fixture(scope="module")
def found() -> Study:
    import joblib

    words = settings().words
    chosen = settings(words=type(words)(longest=1, essays=1, strength=3.0), folds=2, tolerance=1e-2)
    with joblib.parallel_config(backend="sequential"):
        values = held_out(made(), [e.id for e in made()], stacked, LAYERS, chosen)
        return study(made(), LAYERS, chosen, values)


def test_every_technique_is_measured_and_the_one_in_use_comes_last(found: Study) -> None:
    names = ["patterns", "TF-IDF of words", "signals", "signals and vectors", "stacked"]
    assert list(found.techniques) == names
    assert found.techniques["patterns"] == figures(made(), patterns(made(), LAYERS), LAYERS)
    assert found.techniques["patterns"].themes == 1.0  # these patterns are right about terror
    assert found.techniques["stacked"].role > found.techniques["TF-IDF of words"].role


def test_the_essays_are_counted(found: Study) -> None:
    assert (found.sentences, found.voices) == (9 * 8, 3)


def test_the_curve_ends_with_all_labels_at_what_is_in_use(found: Study) -> None:
    assert tuple(found.curve) == SHARES
    assert found.curve[1.0] == found.techniques["stacked"]
    assert found.curve[0.25] != found.curve[1.0]


def test_what_is_calibrated_is_every_layer(found: Study) -> None:
    assert set(found.before) == set(found.after) == set(found.calibration) == set(LAYERS)


def test_a_table_has_a_row_for_each_technique() -> None:
    row = Figures(themes=0.9, theme={"terror": 0.8, "thaw": 0.95}, judgement=0.7, stance=0.6, role=0.5)
    assert table([("patterns", row)])[2:] == ["| patterns | 0.900 | 0.800 | 0.700 | 0.600 | 0.500 |"]


def test_the_card_holds_every_figure(found: Study) -> None:
    of = model(topic(), trained_on={e.id: e.sha256 for e in made()})
    chosen = found._replace(calibration=found.calibration | {"judgement": Calibration(1.0, 0.0, 0.37)})
    text = card(of, chosen, topic())
    assert text.startswith(f"# The taggers of {topic().id}\n")
    for name, row in found.techniques.items():
        assert table([(name, row)])[-1] in text
    assert table([("stacked, by voice", found.by_voice)])[-1] in text
    assert table([("25% of the essays", found.curve[0.25])])[-1] in text
    assert f"terror {found.techniques['stacked'].theme['terror']:.3f}" in text
    assert re.search(
        rf"\| judgement \| {found.before['judgement']:.3f} \| {found.after['judgement']:.3f} \| 0\.37 \|", text
    )
    assert re.search(r"\| stance \| [\d.]+ \| [\d.]+ \| – \|", text)  # no yes, so no threshold
    for words in ("72 labelled sentences of 9 exemplars in 3 voices", of.labels_sha256, "numpy 2", "## Limits"):
        assert words in text
    assert len(of.signals) != len(LAYERS)
    assert f"{len(of.signals)} numbers" in text
    assert max(map(len, text.splitlines())) <= 120
    assert "nan" not in text
