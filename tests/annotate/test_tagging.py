"""Role, stance and judgement over the trained parse: what a reader would say of plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from essay_marker.read import read_bytes
from essay_marker.records import TaggedSentence

if TYPE_CHECKING:
    from essay_marker.annotate import Annotator

Tags = Callable[..., list[TaggedSentence]]

OPENING = "When Stalin died in 1953 nobody knew who would rule."
ANSWER = "Overall de-Stalinisation was a success to a large extent, because terror never returned."


@pytest.fixture(scope="module")
def tags(by_patterns: Annotator) -> Tags:
    """Reads paragraphs and gives their sentences as the patterns alone tag them."""

    def read(*paragraphs: str) -> list[TaggedSentence]:
        essay = read_bytes("\n\n".join(paragraphs).encode(), "x.txt")
        return list(by_patterns.read(essay).sentences)

    return read


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("The clearest success of de-Stalinisation was the end of mass terror.", "claim"),
        ("The economy, however, was a failure.", "claim"),
        ("The clearest success was terror. In September 1953 the special boards were abolished.", "evidence"),
        ("He freed many. In June 1957 Molotov was sent to Mongolia and Malenkov to Kazakhstan.", "evidence"),
        (
            "In June 1957 Molotov was sent to Mongolia. This shows that fear no longer ruled, because defeat did not"
            " cost a life.",
            "analysis",
        ),
    ],
)
def test_the_role_of_the_last_sentence_of_a_body_paragraph(tags: Tags, said: str, role: str) -> None:
    body = [s for s in tags(OPENING, said, ANSWER) if s.paragraph == 1]
    assert body[-1].role == role


def test_introductions_set_the_scene_and_conclusions_evaluate(tags: Tags) -> None:
    found = tags(OPENING, "The end of terror was a success.", ANSWER)
    assert (found[0].role, found[-1].role) == ("context", "evaluation")
    assert not found[0].judgement
    assert found[-1].judgement


def test_a_last_paragraph_that_only_tells_is_no_conclusion(tags: Tags) -> None:
    story = "In October 1964 he was called back from his holiday. Brezhnev took over and soldiers guarded the airport."
    told = tags(OPENING, "The end of terror was a success.", story)
    assert not any(s.role == "evaluation" for s in told)
    assert not any(s.judgement for s in told if s.paragraph == 2)


def test_a_single_paragraph_is_body(tags: Tags) -> None:
    (found,) = tags("In June 1957 Molotov was sent to Mongolia and Malenkov to Kazakhstan.")
    assert found.role == "evidence"


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("The end of mass terror was a real success.", "success"),
        ("The reform of agriculture was a clear failure.", "limitation"),
        ("It was hardly a success for the peasants on the collective farms.", "limitation"),
        ("The thaw was anything but a success.", "limitation"),
        ("The thaw was partly a success and partly a failure.", "mixed"),
        ("Terror did not return.", "success"),
        ("Khrushchev succeeded Stalin as First Secretary in September 1953.", "none"),
    ],
)
def test_stance(tags: Tags, said: str, stance: str) -> None:
    body = [s for s in tags(OPENING, said, ANSWER) if s.paragraph == 1]
    assert [s.stance for s in body] == [stance]


def test_quoted_verdicts_are_no_judgement_of_the_writer(tags: Tags) -> None:
    quoted = '"De-Stalinisation was a complete success and nothing else mattered half so much" (Orr, 2003: 4).'
    own = quoted.replace('"', "").replace(" (Orr, 2003: 4)", "")
    assert [s.judgement for s in tags(OPENING, own, ANSWER) if s.paragraph == 1] == [True]
    assert [s.judgement for s in tags(OPENING, quoted, ANSWER) if s.paragraph == 1] == [False]


def test_a_sentence_that_points_back_takes_the_theme(tags: Tags) -> None:
    found = tags(OPENING, "Tanks put down the rising in Hungary. This was a failure.", ANSWER)
    assert found[2].themes == found[1].themes == ("foreign_policy",)


def test_an_authority_put_into_a_claim_leaves_it_a_claim(tags: Tags) -> None:
    plain = tags(OPENING, "The reform of farming was a failure.", ANSWER)[1]
    named = tags(OPENING, "The reform of farming was a failure, as Filtzer argues.", ANSWER)[1]
    assert (named.role, named.judgement, named.own_words) == (plain.role, plain.judgement, plain.own_words)
