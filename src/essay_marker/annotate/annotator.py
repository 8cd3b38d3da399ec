"""The annotate stage as a whole: builds the spaCy pipeline for a topic and reads its layers off as a `Reading`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from essay_marker.annotate import (  # noqa: F401  (importing registers the components)
    citations,
    historians,
    learned,
    quotations,
    sentences,
    spelling,
    tagging,
)
from essay_marker.annotate.belonging import Placed, TopicNames, from_elsewhere
from essay_marker.annotate.facts import check_facts
from essay_marker.annotate.model import load_model
from essay_marker.annotate.patterns import patterns_sha256, reading_limits
from essay_marker.annotate.referencing import check_references
from essay_marker.annotate.repeats import Repeats
from essay_marker.annotate.sequences import sequences
from essay_marker.annotate.specifics import SpecificFinder
from essay_marker.annotate.spelling import as_meant, speller
from essay_marker.annotate.text import blanked, is_prose, text_of, unattributed
from essay_marker.annotate.vectors import has_model, shared_vectors
from essay_marker.annotate.yardsticks import OwnSentence, YardstickFinder
from essay_marker.records import Cue, Essay, FactCheck, Reading, Specific, TaggedSentence, span_of
from essay_marker.records import Span as Stretch
from essay_marker.terms import TermIndex, words_of
from essay_marker.topic import Topic, load_topic

#: Components in order: those before the parser change tokens or set boundaries, those after it use the parse.
BEFORE_PARSER = ("essay_marker/citations", "essay_marker/quotations", "essay_marker/sentences", "essay_marker/spelling")
AFTER_PARSER = ("essay_marker/historians", "essay_marker/tags")
#: Where the topic has a model: the first goes to work in the background, the last uses what it and the tags found.
LEARNED = ("essay_marker/vectors", "essay_marker/learned")
_NEEDS_TOPIC = frozenset({"essay_marker/citations", "essay_marker/spelling", *AFTER_PARSER, *LEARNED})


def build_pipeline(topic: Topic, *, use_model: bool = True) -> Language:
    """The English pipeline with every layer of the project for ``topic``.

    The learned taggers decide where the topic has a model, unless ``use_model`` is false; else the patterns do.
    """
    with_model = use_model and has_model(topic)
    if with_model:
        shared_vectors().prepare()  # loads in the background while spaCy does
    nlp = load_model()
    begin, decide = LEARNED
    after = (begin, *AFTER_PARSER, decide) if with_model else AFTER_PARSER

    def config(name: str) -> dict[str, str]:
        return {"topic": str(topic.folder)} if name in _NEEDS_TOPIC else {}

    for name in reversed(BEFORE_PARSER):
        nlp.add_pipe(name, first=True, config=config(name))
    for name in after:
        nlp.add_pipe(name, config=config(name))
    return nlp


class Annotator:
    """Turns essays into readings for one topic. Building one loads the language model; keep it for many essays."""

    def __init__(self, topic: str | Path | Topic, *, use_model: bool = True) -> None:
        """Load the topic (an id, a folder, or one already loaded) and build the pipeline for it."""
        self.topic = topic if isinstance(topic, Topic) else load_topic(topic)
        self._nlp = build_pipeline(self.topic, use_model=use_model)
        self._models = {
            "patterns": patterns_sha256(),
            "english": f"{self._nlp.meta['name']}-{self._nlp.meta['version']}",
        }
        if LEARNED[-1] in self._nlp.pipe_names:
            taggers = self._nlp.get_pipe(LEARNED[-1])
            assert isinstance(taggers, learned.LearnedTagger)
            self._models["taggers"] = taggers.sha256
        self._specifics = SpecificFinder(self.topic)
        self._yardsticks = YardstickFinder(self.topic)
        self._question_terms = TermIndex((t, True) for t in self.topic.question.question_terms)
        self._names = TopicNames(self.topic)
        self._terms = TermIndex(
            (term, True)
            for terms in (self.topic.question.question_terms, *(theme.strong_terms for theme in self.topic.themes))
            for term in terms
        )
        self._speller = speller(str(self.topic.folder))
        self._limits = reading_limits()

    def doc(self, essay: Essay) -> Doc:
        """The annotated ``Doc`` over title and body of ``essay``."""
        end = max((p.end for p in essay.paragraphs), default=0)
        doc = self._nlp.make_doc(essay.text[:end])
        doc._.essay = essay
        return self._nlp(doc)

    def read(self, essay: Essay) -> Reading:
        """Everything the layers found in ``essay``."""
        return self.reading(self.doc(essay))

    def reading(self, doc: Doc) -> Reading:
        """What the layers found, read off the annotated ``doc``."""
        essay: Essay = doc._.essay
        own_text = blanked(doc, "quotations", "citations")
        # an authority that is named is no evidence, and its naming no word of the writer's argument
        unnamed = unattributed(doc, own_text)
        sents = [s for s in doc.sents if s.text.strip()]
        specifics = tuple(
            found
            for i, s in enumerate(sents)
            for found in self._specifics.find(s, unnamed[s.start_char : s.end_char], i)
        )
        tagged = tuple(self._sentences(doc, essay, sents, unnamed, specifics))
        marked = [q._.quotation for q in doc.spans["quotations"]]
        body_words = _count(doc, essay.body)
        style, problems = check_references(
            doc._.citations,
            doc._.bibliography,
            marked,
            essay.text,
            [span_of(s) for s in tagged],
            in_notes=doc._.note_citations,
            notes=essay.notes,
            title=essay.title,
            historians=doc._.historians,
        )
        return Reading(
            sentences=tagged,
            paragraphs=essay.paragraphs,
            quotations=tuple(marked),
            citations=(*doc._.citations, *doc._.note_citations),
            bibliography=doc._.bibliography,
            historians=doc._.historians,
            evaluated_with_ground=doc._.evaluated_with_ground,
            facts=tuple(self._facts(doc, essay, tagged)),
            cues=tuple(self._cues(sents)),
            specifics=specifics,
            yardsticks=self._yardsticks.find(
                [
                    OwnSentence(
                        text=own_text[t.start : t.end],
                        span=span_of(t),
                        judgement=t.judgement,
                        introduction=bool(essay.body) and essay.body[0].start <= t.start < essay.body[0].end,
                        measures=any(kind == "yardstick" for kind, _, _ in s._.tags.cues),
                    )
                    for s, t in zip(sents, tagged, strict=True)
                    if t.is_prose and not t.is_title
                ]
            ),
            citation_style=style,
            citation_problems=problems,
            words=body_words,
            quoted_words=_quoted_words(doc, essay.body),
            english_share=self._english(doc),
            topic_fit=self._fit(sents, tagged, text_of(doc)),
            models=self._models,
            decided_by=doc._.decided_by or dict.fromkeys(learned.LAYERS, "patterns"),
            likelihood=sequences().likelihood(s for s, t in zip(sents, tagged, strict=True) if not t.is_title),
            unknown_share=self._speller.unknown_share(own_text),
            term_share=self._term_share(tagged, text_of(doc)),
        )

    def _term_share(self, tagged: Sequence[TaggedSentence], text: str) -> float:
        """The share of the words that are terms of the topic."""
        bodies = [words_of(text[s.start : s.end]) for s in tagged if not s.is_title]
        terms = sum(len(words_of(match.term)) for words in bodies for match in self._terms.find(words))
        return round(min(1.0, terms / max(sum(map(len, bodies)), 1)), 3)

    def _elsewhere(
        self, doc: Doc, sents: Sequence[Span], named: Sequence[bool], specifics: Sequence[Specific]
    ) -> list[bool]:
        """For each sentence whether it stands in a stretch from elsewhere."""
        starts = [p.start for p in doc._.essay.paragraphs]
        of_others = {found.sentence for found in specifics if found.kind == "name"}
        placed = [
            Placed(bisect_right(starts, _trimmed(s)[0]), len(words_of(s.text)), of_topic, i in of_others)
            for i, (s, of_topic) in enumerate(zip(sents, named, strict=True))
        ]
        vectors = doc._.vectors.result() if doc._.vectors is not None else None
        return from_elsewhere(placed, vectors, self._limits.elsewhere)

    def _sentences(
        self, doc: Doc, essay: Essay, sents: list[Span], own_text: str, specifics: Sequence[Specific]
    ) -> Iterable[TaggedSentence]:
        question = self.topic.question
        repeats = Repeats(self._limits.repeats, (question.question, *question.variants))
        text = text_of(doc)
        read = [as_meant(s.text, doc._.slips) for s in sents]
        named = [self._names.among(words) for words in read]
        elsewhere = self._elsewhere(doc, sents, named, specifics)
        for number, sent in enumerate(sents):
            tags = sent._.tags
            start, end = _trimmed(sent)
            paragraph = next((i for i, p in enumerate(essay.paragraphs) if p.start <= start < p.end), 0)
            own = own_text[start:end]
            total = len(words_of(text[start:end]))
            own_words = len(words_of(own))
            yield TaggedSentence(
                start=start,
                end=end,
                paragraph=paragraph,
                themes=tags.themes,
                stance=tags.stance,
                role=tags.role,
                judgement=tags.judgement,
                quoted_share=round(tags.quoted_share, 3),
                words=total,
                own_words=own_words,
                is_title=essay.title is not None and essay.title.start <= start < essay.title.end,
                is_prose=is_prose(sent) and total >= self._limits.prose_words,
                repeats=repeats.says_again(text[start:end]),
                own_success=round(tags.polarity.own_success, 3),
                own_limitation=round(tags.polarity.own_limitation, 3),
                sure=tags.sure,
                levels=tags.levels,
                on_topic=not elsewhere[number],
                names_topic=named[number] or max(tags.terms.own.values(), default=0.0) >= 1.0,
            )

    def _cues(self, sents: list[Span]) -> Iterable[Cue]:
        for i, sent in enumerate(sents):
            last = _trimmed(sent)[1]
            for kind, start, end in sent._.tags.cues:
                if end > start:
                    yield Cue(start=start, end=min(end, last), kind=kind, sentence=i)

    def _facts(self, doc: Doc, essay: Essay, tagged: tuple[TaggedSentence, ...]) -> Iterable[FactCheck]:
        masked = [(s.start_char, s.end_char) for group in ("quotations", "citations") for s in doc.spans[group]]
        return check_facts(text_of(doc), [(s.start, s.end) for s in tagged], masked, self.topic.facts)

    def _english(self, doc: Doc) -> float:
        """How English the words are: the share of function words, against what English prose has at the least."""
        words = [t for t in doc if t.is_alpha]
        if not words:
            return 0.0
        share = sum(t.is_stop for t in words) / len(words)
        return round(min(1.0, share / self._limits.function_words), 3)

    def _fit(self, sents: Sequence[Span], tagged: Sequence[TaggedSentence], text: str) -> float:
        """The share of sentences that hold a theme or a term of the question, weighed by their words.

        Themes count by the topic's terms alone: the learned taggers have only seen essays on the topic, and find its
        themes in everything.
        """
        prose = [(sent, s) for sent, s in zip(sents, tagged, strict=True) if not s.is_title]
        total = sum(s.words for _, s in prose)
        if not total:
            return 0.0
        fitting = sum(
            s.words
            for sent, s in prose
            if s.on_topic and (sent._.tags.terms.themes or self._question_terms.find(words_of(text[s.start : s.end])))
        )
        return round(fitting / total, 3)


def _trimmed(sent: Span) -> tuple[int, int]:
    """The sentence's offsets without white space at its ends."""
    text = sent.text
    return sent.start_char + len(text) - len(text.lstrip()), sent.end_char - len(text) + len(text.rstrip())


def _count(doc: Doc, body: tuple[Stretch, ...]) -> int:
    """The words of the body, citations left out."""
    text = blanked(doc, "citations")
    return sum(len(words_of(text[p.start : p.end])) for p in body)


def _quoted_words(doc: Doc, body: tuple[Stretch, ...]) -> int:
    """The words of the body inside quotation marks."""
    return sum(
        len(words_of(q.text)) for q in doc.spans["quotations"] if any(p.start <= q.start_char < p.end for p in body)
    )
