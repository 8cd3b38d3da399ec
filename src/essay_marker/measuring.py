"""What the program measures in essays whose marks are known: the exemplars of a topic, and profiles of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from essay_marker._version import __version__
from essay_marker.borrowing import folded_words, run_hashes, sketch
from essay_marker.corpus import (
    CriterionMeasurement,
    Exemplar,
    ExemplarQuote,
    MeasuredCorpus,
    MeasuredExemplar,
    MeasuredStrand,
    Measurements,
    Profile,
    StrandMeasurement,
    made_from,
)
from essay_marker.errors import InputError
from essay_marker.heldout import load_heldout
from essay_marker.pipeline import Marker
from essay_marker.records import ReportedSentence, Result, Role, Stance, StrandMark

#: How many sentences of an exemplar are kept a strand, and how long they may be to be quoted whole.
QUOTES = 2
SHORTEST_QUOTE, LONGEST_QUOTE = 6, 45
_DECIMALS = 4


def measurements(result: Result, held_out: Mapping[str, float] | None = None) -> Measurements:
    """What was measured in an essay, rounded, and no word of it.

    ``held_out`` are the values of its criteria by taggers that had not seen it; where they are known they are taken.
    """
    known = held_out or {}
    body = [sentence for sentence in result.essay.sentences if not _in_title(sentence, result)]
    roles = Counter(sentence.role for sentence in body)
    stances = Counter(sentence.stance for sentence in body)
    words, quoted = result.essay.words, result.essay.quoted_words
    return Measurements(
        words=words,
        quoted_share=round(quoted / words, _DECIMALS) if words else 0.0,
        sentences=len(body),
        roles={role: roles[role] for role in get_args(Role)},
        stances={stance: stances[stance] for stance in get_args(Stance)},
        themes={theme.id: theme.coverage for theme in result.themes},
        strands={
            strand.id: StrandMeasurement(
                score=strand.score,
                criteria={
                    reason.code: CriterionMeasurement(
                        value=round(float(known.get(reason.code, reason.value)), _DECIMALS), level=reason.level
                    )
                    for reason in strand.reasons
                },
            )
            for strand in result.marks.strands
        },
    )


def _in_title(sentence: ReportedSentence, result: Result) -> bool:
    return result.essay.title is not None and sentence.paragraph == 0


def speaking_sentences(result: Result, strand: StrandMark) -> tuple[ExemplarQuote, ...]:
    """Up to two sentences that speak for a strand, the weightiest first.

    They are the writer's own sentences that the strand's raising reasons point at, or any of its reasons where none
    raises; those of a length to be quoted whole come before others.
    """
    raising = [reason for reason in strand.reasons if reason.effect == "raises" and reason.spans]
    reasons = raising or [reason for reason in strand.reasons if reason.spans]
    found: dict[int, bool] = {}
    for reason in sorted(reasons, key=lambda r: (-r.weight * (r.level or 0.0), r.code)):
        for span in reason.spans:
            for index, sentence in enumerate(result.essay.sentences):
                if sentence.overlap(span) and not _in_title(sentence, result) and sentence.quoted_share < 0.5:
                    size = len(result.essay.text[sentence.start : sentence.end].split())
                    found.setdefault(index, SHORTEST_QUOTE <= size <= LONGEST_QUOTE)
    order = [*(i for i, fits in found.items() if fits), *(i for i, fits in found.items() if not fits)]
    chosen = [result.essay.sentences[index] for index in order[:QUOTES]]
    return tuple(
        ExemplarQuote(start=s.start, end=s.end, text=" ".join(result.essay.text[s.start : s.end].split()))
        for s in chosen
    )


def essay_runs(result: Result) -> list[str]:
    """The hashes of an essay's runs of eight words, in title and body."""
    return run_hashes(folded_words(result.essay.text, result.essay.paragraphs))


def measure_exemplar(
    marker: Marker, exemplar: Exemplar, held_out: Mapping[str, float] | None = None
) -> MeasuredExemplar:
    """An exemplar as the program measures it; `InputError` where its text cannot be read."""
    result = _result(marker, exemplar.path)
    header = exemplar.header
    return MeasuredExemplar(
        level=header.level,
        mark=header.mark,
        strands={
            strand.id: MeasuredStrand(
                level=header.strands[strand.id].level,
                mark=header.strands[strand.id].mark,
                quotes=speaking_sentences(result, strand),
            )
            for strand in result.marks.strands
            if strand.id in header.strands
        },
        measurements=measurements(result, held_out),
        sketch=sketch(essay_runs(result)),
    )


def measure_exemplars(marker: Marker, exemplars: Iterable[Exemplar]) -> MeasuredCorpus:
    """All exemplars as the program measures them today; `InputError` where a text cannot be read."""
    known = tuple(exemplars)
    values = load_heldout(marker.topic.id)
    held_out = values.essays if values is not None and values.rubric == marker.rubric.id else {}
    return MeasuredCorpus(
        format=1,
        rubric=marker.rubric.id,
        made_from=made_from(known, marker.rubric_sha256, marker.topic.sha256),
        exemplars={exemplar.id: measure_exemplar(marker, exemplar, held_out.get(exemplar.id)) for exemplar in known},
    )


def make_profile(
    marker: Marker, path: Path, *, id: str, title: str, question: str | None, marks: tuple[int, ...]
) -> Profile:
    """The profile of the essay in a file, which readers have given ``marks``: no word of it is kept.

    Without a ``question`` it is the topic's; never the essay's own title, which is the pupil's text.

    Raises:
        InputError: The essay cannot be read.
    """
    asked = question or marker.topic.question.question
    result = _result(marker, path, asked)
    return Profile(
        format=1,
        id=id,
        title=title,
        question=asked,
        rubric=marker.rubric.id,
        program=__version__,
        marks=marks,
        measurements=measurements(result),
        runs=tuple(sorted(set(essay_runs(result)))),
    )


def _result(marker: Marker, path: Path, question: str | None = None) -> Result:
    result = marker.mark_file(path, question)
    if result.marks.withheld == "unreadable":
        raise InputError(result.marks.withheld_message or f"{path} cannot be read.")
    return result
