"""What a pattern cannot do without, and that nothing it finds is missed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from essay_marker.annotate.literals import may_match, required
from essay_marker.annotate.values import fold
from essay_marker.topic import load_topic

TOPIC = load_topic("khrushchev-destalinisation")
SENTENCES = Path(__file__).parent / "fact_sentences"


@pytest.mark.parametrize(
    ("source", "choices"),
    [
        ("secret speech", [{"secret speech"}]),
        ("(?:molotov|malenkov) (was|became) premier", [{"molotov", "malenkov"}, {"was", "became"}, {" premier"}]),
        ("camps? (?:all )?closed", [{"camp"}, {"closed"}]),
        ("camps* and|camps{0,2}x", [{"camp"}]),
        (r"the\ 20th\b(?! congress)(?<=th) met", [{"the 20th"}, {" met"}]),
        (r"[abc]def\d.gh", [{"def"}, {"gh"}]),
        ("(?:ab|c)d", []),
        ("(?:(?:ab|cd)ef|gh(?:ij)?)+", [{"ef", "gh"}]),
        ("(ab){2}", [{"ab"}]),
        (r"(ab)\1", []),
        ("(?i)ab", []),
        ("", []),
    ],
)
def test_required(source: str, choices: list[set[str]]) -> None:
    assert list(map(set, required(source))) == choices


def test_what_a_pattern_of_the_topic_finds_holds_what_it_requires() -> None:
    patterns = {
        re.sub(r"(\\.)|(.)", lambda m: m[1] or m[2].lower(), p)
        for f in TOPIC.facts
        for e in f.errors
        for p in e.patterns
    }
    lines = [line for path in sorted(SENTENCES.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()]
    sentences = [fold(line.split("\t")[-1]) for line in lines]
    found = 0
    for source in sorted(patterns):
        choices = required(source)
        compiled = re.compile(source)
        matching = [sentence for sentence in sentences if compiled.search(sentence)]
        found += len(matching)
        assert all(may_match(choices, sentence) for sentence in matching), source
    assert found > len(sentences) / 10
