"""Role, stance, judgement and themes of every sentence by patterns: the component ``essay_marker/tags``.

What it says decides where a topic has no learned model; where it has one, it is evidence for that (``learned``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from essay_marker.annotate import layers  # noqa: F401  (registers the extension attributes)
from essay_marker.annotate.features import Facets, Features, Place, best, features, score
from essay_marker.annotate.habits import habits
from essay_marker.annotate.patterns import cues, polarity_words, tag_weights
from essay_marker.annotate.polarity import Polarity, PolarityFinder
from essay_marker.annotate.spelling import as_meant, british
from essay_marker.annotate.stance import StanceInput, stances
from essay_marker.annotate.text import blanked, is_prose
from essay_marker.annotate.themes import ThemeFinder, ThemeInput, ThemesFound
from essay_marker.records import Role, Stance, Sure
from essay_marker.resources import DEFAULT_TOPIC
from essay_marker.terms import fold, words_of
from essay_marker.topic import load_topic

#: Kinds of cue by which a last paragraph is known as the conclusion, rather than one more stretch of the story.
_ANSWERING = frozenset({"overall", "extent", "two_sided", "yardstick"})

ROLES: tuple[Role, ...] = ("evidence", "claim", "analysis", "evaluation", "context")
STANCES: tuple[Stance, ...] = ("success", "limitation", "mixed", "none")


class SentenceTags(NamedTuple):
    """What the taggers say of a sentence, and what they saw."""

    themes: tuple[str, ...]
    stance: Stance
    role: Role
    judgement: bool
    quoted_share: float
    cues: tuple[tuple[str, int, int], ...]  # kind, start, end in the text
    polarity: Polarity
    features: Features
    terms: ThemesFound  # what the topic's terms say, before anything else decides
    paragraph: int  # of the body, from 0; -1 for the title
    cited: bool  # holds a reference
    tokens: int
    sure: Sure | None = None  # how probable the tags are; None where patterns decided
    levels: dict[str, float] | None = None  # of the exemplars in which sentences like it stand, by strand


@Language.factory(
    "essay_marker/tags",
    assigns=["span._.tags", "doc.spans"],
    default_config={"topic": DEFAULT_TOPIC},
)
def make_tagger(nlp: Language, name: str, topic: str) -> SentenceTagger:
    """The declarative tagger for a topic, named by its id or folder."""
    return SentenceTagger(topic)


class SentenceTagger:
    """Tags the sentences of an essay by patterns over the parse."""

    def __init__(self, topic: str) -> None:
        """Load the topic's terms and the language patterns."""
        loaded = load_topic(topic)
        self._weights = tag_weights()
        self._cues = cues()
        self._themes = ThemeFinder(loaded, self._weights.themes)
        self._core_themes = {theme.id for theme in loaded.core_themes}
        self._everywhere = {fold(w) for term in loaded.weak_terms for w in term.term.split()} | {
            fold(w.printed) for t in loaded.question.question_terms for w in words_of(t)
        }
        self._polarity = PolarityFinder(
            polarity_words(),
            self._weights.polarity,
            (
                (theme.id, term, speaks_for)
                for theme in loaded.themes
                for speaks_for, terms in ((True, theme.success_terms), (False, theme.limitation_terms))
                for term in terms
            ),
        )

    def __call__(self, doc: Doc) -> Doc:
        """Set ``span._.tags`` on every sentence."""
        sentences = [s for s in doc.sents if s.text.strip()]
        own_text, uncited = blanked(doc, "quotations", "citations"), blanked(doc, "citations")
        written = [own_text[s.start_char : s.end_char] for s in sentences]
        owns = habits().read_over(written)
        found_cues = [self._found(own, before) for own, before in zip(owns, written, strict=True)]
        kinds = [frozenset(kind for kind, _, _ in found) for found in found_cues]
        prose = [is_prose(s) for s in sentences]
        places = _places(doc, sentences, [bool(k & _ANSWERING) for k in kinds], prose)
        quoted = [_quoted(doc, s) for s in sentences]
        terms = self._themes.find(
            [
                ThemeInput(
                    text=as_meant(uncited[s.start_char : s.end_char], doc._.slips) if place.stands else "",
                    paragraph=place.paragraph + 1,
                    points_back="opener_demonstrative" in kind or _runs_on(doc, s),
                    general=place.is_title or "overall" in kind,
                    frame=place.is_title or place.introduces or place.concludes,
                )
                for s, place, kind in zip(sentences, places, kinds, strict=True)
            ]
        )
        themes = [found.themes for found in terms]
        polarities = [self._polarity.weigh(s, q, t) for s, q, t in zip(sentences, quoted, themes, strict=True)]
        cited = _holding(sentences, doc.spans.get("citations", ()))
        named = _holding(sentences, doc.spans.get("mentions", ()))
        # where nearly every sentence carries a reference, a reference says nothing of the sentence
        uncommon = 1.0 - len(doc.spans.get("citations", ())) / max(sum(prose), 1)
        seen: list[tuple[Role, bool, float, Features]] = []
        for i, sent in enumerate(sentences):
            facets = Facets(
                own=owns[i],
                cues=kinds[i],
                polarity=polarities[i],
                quoted_share=sum(quoted[i]) / max(len(quoted[i]), 1),
                citing=uncommon if cited[i] else 0.0,
                authorities=len(named[i]),
                evaluated=any(m._.mention.use == "evaluate" for m in named[i]),
                themes=len(themes[i]),
                names=sum(
                    t.pos_ == "PROPN"
                    and fold(t.text) not in self._everywhere
                    and not any(m.start <= t.i < m.end for m in named[i])
                    for t in sent[1:]
                ),
            )
            found = features(sent, places[i], facets)
            role = cast(Role, best(score(found, self._weights.role.labels), ROLES))
            found[f"role_{role}"] = 1.0
            judgement = best(score(found, self._weights.judgement.labels), ("no", "yes")) == "yes"
            seen.append((role, judgement, facets.quoted_share, found))
        stance = stances(
            [
                StanceInput(places[i].paragraph, role, judgement, kinds[i], polarities[i], self._core(themes[i]))
                for i, (role, judgement, _, _) in enumerate(seen)
            ],
            self._weights.stance,
        )
        for i, (sent, (role, judgement, share, found)) in enumerate(zip(sentences, seen, strict=True)):
            sent._.tags = SentenceTags(
                themes=themes[i],
                stance=stance[i],
                role=role,
                judgement=judgement,
                quoted_share=share,
                cues=tuple((k, sent.start_char + a, sent.start_char + b) for k, a, b in found_cues[i]),
                polarity=polarities[i],
                features=found,
                terms=terms[i],
                paragraph=places[i].paragraph,
                cited=bool(cited[i]),
                tokens=_tokens(sent, owns[i], written[i]),
            )
        return doc

    def _found(self, own: str, written: str) -> list[tuple[str, int, int]]:
        """The cues in ``own``; a sentence whose first words are read over begins behind them."""
        lead = len(own) - len(own.lstrip()) if own != written and not written[:1].isspace() else 0
        return [(kind, start + lead, end + lead) for kind, start, end in self._cues.find(british(own[lead:]))]

    def _core(self, themes: tuple[str, ...]) -> int:
        """How many of the topic's core themes there are among ``themes``."""
        return sum(theme in self._core_themes for theme in themes)


def _tokens(sent: Span, own: str, written: str) -> int:
    """How many tokens of the sentence are not read over."""
    if own == written:
        return len(sent)
    at = sent.start_char
    return sum(own[t.idx - at] == written[t.idx - at] for t in sent)


def _holding(sentences: Sequence[Span], spans: Iterable[Span]) -> list[list[Span]]:
    """For each sentence the spans that begin in it."""
    starts = [s.start for s in sentences]
    held: list[list[Span]] = [[] for _ in sentences]
    for span in spans:
        i = bisect_right(starts, span.start) - 1
        if i >= 0 and span.start < sentences[i].end:
            held[i].append(span)
    return held


def _places(doc: Doc, sentences: Sequence[Span], answering: Sequence[bool], prose: Sequence[bool]) -> list[Place]:
    """Where each sentence stands; body paragraphs are counted from 0, the title is -1.

    ``answering`` says of each sentence whether it speaks of the question as a whole, ``prose`` whether it is one. What
    is none, such as a list of terms, stands beside the paragraph (-1): it is no part of what its sentences say.
    """
    body = doc._.essay.body
    starts = [p.start for p in body]
    indices = []
    for sent in sentences:
        i = bisect_right(starts, sent.start_char) - 1
        indices.append(i if i >= 0 and sent.start_char < body[i].end else -1)
    held = {index for index, is_one in zip(indices, prose, strict=True) if is_one}
    titles = [index < 0 for index in indices]
    indices = [i if is_one or i not in held else -1 for i, is_one in zip(indices, prose, strict=True)]
    sizes = Counter(indices)
    answers = {index for index, answer in zip(indices, answering, strict=True) if answer}
    position: Counter[int] = Counter()
    places = []
    for index, is_title in zip(indices, titles, strict=True):
        places.append(Place(is_title, index, len(body), position[index], sizes[index], index in answers))
        position[index] += 1
    return places


def _quoted(doc: Doc, sent: Span) -> list[bool]:
    """For each token of the sentence, whether it is inside quotation marks."""
    marks = [False] * len(sent)
    for span in doc.spans.get("quotations", ()):
        for i in range(max(span.start, sent.start), min(span.end, sent.end)):
            marks[i - sent.start] = True
    return marks


def _runs_on(doc: Doc, sent: Span) -> bool:
    """Whether the sentence begins inside a quotation that began before it."""
    return any(q.start < sent.start < q.end for q in doc.spans.get("quotations", ()))
