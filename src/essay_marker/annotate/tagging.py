"""Role, stance, judgement and themes of every sentence: the component ``essay_marker/tags``.

The declarative tagger stands behind the interface that a learned one will use: sentences in, `SentenceTags` out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from essay_marker.annotate import layers  # noqa: F401  (registers the extension attributes)
from essay_marker.annotate.features import Facets, Features, Place, best, features, score
from essay_marker.annotate.patterns import StanceWeights, cues, polarity_words, tag_weights
from essay_marker.annotate.polarity import Polarity, PolarityFinder
from essay_marker.annotate.text import blanked
from essay_marker.annotate.themes import ThemeFinder, ThemeInput
from essay_marker.records import Role, Stance
from essay_marker.terms import fold, words_of
from essay_marker.topic import load_topic

ROLES: tuple[Role, ...] = ("evidence", "claim", "analysis", "evaluation", "context")


class SentenceTags(NamedTuple):
    """What the taggers say of a sentence."""

    themes: tuple[str, ...]
    stance: Stance
    role: Role
    judgement: bool
    quoted_share: float
    cues: tuple[tuple[str, int, int], ...]  # kind, start, end in the text
    polarity: Polarity
    features: Features


@Language.factory(
    "essay_marker/tags",
    assigns=["span._.tags", "doc.spans"],
    default_config={"topic": "khrushchev-destalinisation"},
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
        self._everywhere = {fold(w) for term in loaded.weak_terms for w in term.term.split()} | {
            fold(w.printed) for t in loaded.question.question_terms for w in words_of(t)
        }
        self._polarity = PolarityFinder(
            polarity_words(),
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
        places = _places(doc, sentences)
        owns = [own_text[s.start_char : s.end_char] for s in sentences]
        found_cues = [self._cues.find(own) for own in owns]
        kinds = [frozenset(kind for kind, _, _ in found) for found in found_cues]
        quoted = [_quoted(doc, s) for s in sentences]
        themes = self._themes.find(
            [
                ThemeInput(
                    text=uncited[s.start_char : s.end_char],
                    paragraph=place.paragraph + 1,
                    points_back="opener_demonstrative" in kind or _runs_on(doc, s),
                    general=place.is_title or "overall" in kind,
                    frame=place.is_title or place.paragraph in {0, place.body_paragraphs - 1},
                )
                for s, place, kind in zip(sentences, places, kinds, strict=True)
            ]
        )
        polarities = [self._polarity.weigh(s, q, t) for s, q, t in zip(sentences, quoted, themes, strict=True)]
        # where nearly every sentence carries a reference, a reference says nothing of the sentence
        uncommon = 1.0 - len(doc.spans.get("citations", ())) / max(len(sentences), 1)
        carried = 0.0
        paragraph = -2
        for i, sent in enumerate(sentences):
            place = places[i]
            facets = Facets(
                own=owns[i],
                cues=kinds[i],
                polarity=polarities[i],
                quoted_share=sum(quoted[i]) / max(len(quoted[i]), 1),
                citing=uncommon
                if any(sent.start <= c.start < sent.end for c in doc.spans.get("citations", ()))
                else 0.0,
                authorities=sum(1 for m in doc.spans.get("mentions", ()) if sent.start <= m.start < sent.end),
                evaluated=any(
                    m._.mention.use == "evaluate"
                    for m in doc.spans.get("mentions", ())
                    if sent.start <= m.start < sent.end
                ),
                themes=len(themes[i]),
                names=sum(t.pos_ == "PROPN" and fold(t.text) not in self._everywhere for t in sent[1:]),
            )
            found = features(sent, place, facets)
            role = cast(Role, best(score(found, self._weights.role.labels), ROLES))
            if place.paragraph != paragraph:
                carried, paragraph = 0.0, place.paragraph
            stance, carried = _stance(role, kinds[i], polarities[i], carried, self._weights.stance)
            found = {**found, f"role_{role}": 1.0}
            judgement = best(score(found, self._weights.judgement.labels), ("no", "yes")) == "yes"
            sent._.tags = SentenceTags(
                themes=themes[i],
                stance=stance,
                role=role,
                judgement=judgement,
                quoted_share=facets.quoted_share,
                cues=tuple((k, sent.start_char + a, sent.start_char + b) for k, a, b in found_cues[i]),
                polarity=polarities[i],
                features=found,
            )
        return doc


def _stance(
    role: Role, kinds: frozenset[str], polarity: Polarity, carried: float, weights: StanceWeights
) -> tuple[Stance, float]:
    """The stance of a sentence and what it hands on to the next of its paragraph.

    Context has none. A sentence that says nothing by itself stands where its paragraph stands; an opener of contrast
    takes that standing away first.
    """
    if role == "context":
        return "none", carried
    if "opener_contrast" in kinds:
        carried = 0.0
    weaker, stronger = sorted((polarity.success, polarity.limitation))
    argues = role in {"claim", "evaluation"}
    if "two_sided" in kinds and role != "evidence":
        return "mixed", 0.0
    turns = bool(kinds & {"contrast", "concession", "counter_argument"}) or role == "evaluation"
    if polarity.two_sided and turns and weaker >= (weights.mixed if argues else weights.mixed_evidence) * stronger:
        return "mixed", 0.0
    total = polarity.balance + (0.0 if argues else carried)
    if abs(total) < weights.sure:
        total = carried
    if abs(total) < weights.sure:
        return "none", weights.carry * carried
    handed_on = max(-weights.carry_cap, min(weights.carry_cap, total)) * (1.0 if argues else weights.carry)
    return ("success" if total > 0 else "limitation"), handed_on


def _places(doc: Doc, sentences: Sequence[Span]) -> list[Place]:
    """Where each sentence stands; body paragraphs are counted from 0, the title is -1."""
    essay = doc._.essay
    body = essay.body
    indices = []
    for sent in sentences:
        offset = sent.start_char
        indices.append(next((i for i, p in enumerate(body) if p.start <= offset < p.end), -1))
    places = []
    for i, index in enumerate(indices):
        peers = [j for j, other in enumerate(indices) if other == index]
        places.append(Place(index < 0, index, len(body), peers.index(i), len(peers)))
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
