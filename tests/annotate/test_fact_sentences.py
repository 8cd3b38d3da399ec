"""How well slips of fact are told from what is right, on sentences written for the purpose.

``fact_sentences/*.tsv`` hold a sentence a line: ``slip``, the fact it contradicts or ``-``, and the sentence; or
``clean``, what makes it hard or ``plain``, and the sentence. ``a.tsv`` and ``b.tsv`` were written without sight of the
rules, which were then improved with their help; ``development.tsv`` was written along with the rules: these only show
that nothing is lost. ``unseen.tsv`` was written by two others when the rules were all but done, and no rule was made
for a sentence of it. ``pytest -s`` prints the figures and what is missed.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from essay_marker.annotate.facts import check_facts
from essay_marker.topic import Topic, load_topic

SETS = sorted((Path(__file__).parent / "fact_sentences").glob("*.tsv"))


class Line(NamedTuple):
    """A sentence with what was put into it: a slip about a fact, or a trap that is none."""

    has_slip: bool
    about: str
    sentence: str


def lines_of(path: Path) -> list[Line]:
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    assert {row[0] for row in rows} == {"slip", "clean"}, path
    return [Line(kind == "slip", about, sentence) for kind, about, sentence in rows]


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load_topic("khrushchev-destalinisation")


def slips_in(topic: Topic, sentence: str) -> list[str]:
    checks = check_facts(sentence, [(0, len(sentence))], [], topic.facts)
    return [check.id for check in checks if check.status == "slip"]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_precision_and_recall_on_sentences_written_for_it(topic: Topic, path: Path) -> None:
    """A slip is found when any slip is reported for its sentence; any slip in a clean sentence is a false alarm."""
    lines = lines_of(path)
    planted = [line for line in lines if line.has_slip]
    reported = {line: slips_in(topic, line.sentence) for line in lines}
    found = [line for line in planted if reported[line]]
    named = [line for line in found if line.about in reported[line]]
    false = [line for line in lines if not line.has_slip and reported[line]]
    for line in planted:
        if line not in found:
            print(f"missed: {line.sentence}")
    for line in false:
        print(f"false alarm ({', '.join(reported[line])}): {line.sentence}")
    precision = len(found) / (len(found) + len(false))
    recall = len(found) / len(planted)
    print(f"{path.stem}: {len(found)} of {len(planted)} slips found, {len(named)} by the fact that the set names;")
    print(f"{len(false)} false alarms in {len(lines) - len(planted)}; precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95
    assert recall >= 0.70


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_is_large_enough_and_says_nothing_twice(path: Path) -> None:
    lines = lines_of(path)
    assert sum(line.has_slip for line in lines) >= 100
    assert sum(not line.has_slip for line in lines) >= 100
    assert len({line.sentence for line in lines}) == len(lines)


def test_there_is_a_set() -> None:
    assert SETS
