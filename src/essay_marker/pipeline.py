"""One essay's way, from bytes to a `Result`: read, annotate, assess, mark. Reporting what came out is the caller's.

This is the only module that knows the order.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from essay_marker import assess, borrowing, corpus, mark, rubric, topic
from essay_marker._version import __version__
from essay_marker.annotate.vectors import has_model, likely_sentences, shared_vectors
from essay_marker.data import sha256_of
from essay_marker.errors import InputError
from essay_marker.read import read_bytes, read_file
from essay_marker.records import (
    SCHEMA_VERSION,
    Balance,
    Citations,
    DecidedBy,
    Essay,
    Program,
    Reading,
    ReportedEssay,
    ReportedSentence,
    Result,
    TopicFit,
    digest,
)
from essay_marker.resources import DEFAULT_RUBRIC, DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.annotate import Annotator


class Marker:
    """Marks essays on one topic by one rubric. Building one loads the language model; keep it for many essays."""

    def __init__(self, topic_: str | Path = DEFAULT_TOPIC, rubric_: str | Path = DEFAULT_RUBRIC) -> None:
        """Load topic and rubric (ids, or a folder and a file); `DataError` names what is wrong with them."""
        self._rubric = rubric.load(rubric_)
        self.rubric = self._rubric.rubric
        self.topic = topic.load_topic(topic_)
        self._annotator: Annotator | None = None

    @property
    def rubric_sha256(self) -> str:
        """The hash of the rubric's file."""
        return self._rubric.sha256

    @property
    def annotator(self) -> Annotator:
        """The annotate stage, built when the first essay needs it."""
        if self._annotator is None:
            from essay_marker.annotate import Annotator  # brings spaCy, which takes its time

            self._annotator = Annotator(self.topic)
        return self._annotator

    @cached_property
    def measured(self) -> corpus.MeasuredCorpus | None:
        """What was measured in the topic's exemplars, read when the first mark needs it; None where nothing was."""
        return corpus.load_measured(self.topic.folder)

    @cached_property
    def _exemplars(self) -> dict[str, str]:
        """The hash of what was measured in the exemplars, which the nearest ones are found in."""
        path = corpus.measured_path(self.topic.folder)
        return {"exemplars": sha256_of([path])} if path.is_file() else {}

    def mark_file(self, path: Path, question: str | None = None) -> Result:
        """The result for the essay in a file; one that cannot be read gives a result without a mark that says why."""
        try:
            essay = read_file(path)
        except InputError as error:
            return self._unreadable(path.name, question, str(error))
        return self.mark_essay(essay, question)

    def mark_bytes(self, data: bytes, source: str, question: str | None = None) -> Result:
        """The same for an essay's bytes, called ``source``."""
        try:
            essay = read_bytes(data, source)
        except InputError as error:
            return self._unreadable(source, question, str(error))
        return self.mark_essay(essay, question)

    def mark_essay(self, essay: Essay, question: str | None = None) -> Result:
        """The result for an essay that has been read."""
        if has_model(self.topic):  # the other core encodes while this one loads spaCy and parses
            body = "\n\n".join(essay.text[p.start : p.end] for p in essay.paragraphs)
            shared_vectors().foresee(likely_sentences(body))
        reading = self.annotator.read(essay)
        case = assess.Case(
            reading=reading, topic=self.topic, text=essay.text, looking=self.rubric.looking, rules=self.rubric.coverage
        )
        themes = assess.coverage(case)
        strands = mark.strand_marks(self.rubric, assess.findings(case))
        asked = question or _title(essay) or self.topic.question.question
        known = self.topic.question.covers(asked)
        marks = mark.give_marks(self.rubric, reading, essay.text, strands, repairs=essay.repairs, question_known=known)
        script = mark.Script(reading=reading, topic=self.topic, themes=themes, text=essay.text)
        # advice on what is no essay on this question would be about something else
        advises = marks.withheld is None
        targets = mark.targets(self.rubric, strands, script) if advises else ()
        runs = borrowing.run_hashes(borrowing.folded_words(essay.text, essay.paragraphs))
        return _sealed(
            Result(
                schema_version=SCHEMA_VERSION,
                program=self._program(reading.models | self._exemplars, reading.decided_by),
                essay=_reported(essay, reading, asked),
                topic=TopicFit(id=self.topic.id, fit=reading.topic_fit),
                themes=themes,
                historians=reading.historians,
                citations=Citations(style=reading.citation_style, problems=reading.citation_problems),
                facts=reading.facts,
                balance=assess.balance(case),
                marks=mark.with_nearest(self.rubric, marks, self.measured, runs),
                strengths=mark.strengths(self.rubric, strands, script, targets) if advises else (),
                targets=targets,
            )
        )

    def _program(self, models: dict[str, str], decided_by: dict[str, DecidedBy]) -> Program:
        return Program(
            name="essay-marker",
            version=__version__,
            rubric_sha256=self._rubric.sha256,
            topic_sha256=self.topic.sha256,
            models=models,
            decided_by=decided_by,
        )

    def _unreadable(self, source: str, question: str | None, message: str) -> Result:
        return _sealed(
            Result(
                schema_version=SCHEMA_VERSION,
                program=self._program({}, {}),
                essay=ReportedEssay(
                    source=source,
                    title=None,
                    question=question or self.topic.question.question,
                    text="",
                    words=0,
                    quoted_words=0,
                    paragraphs=(),
                    sentences=(),
                    bibliography=None,
                    notes=(),
                    repairs=(),
                ),
                topic=TopicFit(id=self.topic.id, fit=0.0),
                themes=(),
                historians=(),
                citations=Citations(style="none", problems=()),
                facts=(),
                balance=Balance(success_words=0, limitation_words=0, verdict=None, criteria=(), counter_arguments=()),
                marks=mark.no_mark(self.rubric, "unreadable", message),
                targets=(),
            )
        )


def _sealed(result: Result) -> Result:
    """The result with its own hash."""
    return msgspec.structs.replace(result, sha256=digest(result))


def _title(essay: Essay) -> str | None:
    return essay.text[essay.title.start : essay.title.end] if essay.title else None


def _reported(essay: Essay, reading: Reading, question: str) -> ReportedEssay:
    return ReportedEssay(
        source=essay.source,
        title=_title(essay),
        question=question,
        text=essay.text,
        words=reading.words,
        quoted_words=reading.quoted_words,
        paragraphs=essay.paragraphs,
        sentences=tuple(
            ReportedSentence(
                start=s.start,
                end=s.end,
                paragraph=s.paragraph,
                themes=s.themes,
                stance=s.stance,
                role=s.role,
                judgement=s.judgement,
                quoted_share=s.quoted_share,
                sure=s.sure,
                levels=s.levels,
            )
            for s in reading.sentences
        ),
        bibliography=reading.bibliography,
        notes=essay.notes,
        repairs=essay.repairs,
    )
