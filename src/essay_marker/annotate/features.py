"""What the declarative taggers look at: one flat set of named features for every sentence.

Features are names with a weight of usually 1. They come from the sentence's place, its cues, its polarity, its parse
and its precision (dates, figures, names). Which feature speaks for which label is data, in ``models/patterns``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Span

from essay_marker.annotate.polarity import Polarity

Features = dict[str, float]

#: Every feature beside those of the cues (``cue_`` and the cue's id), in the order they are found.
FEATURES = (
    "title",
    "introduction",
    "introduction_end",
    "conclusion",
    "body",
    "paragraph_first",
    "paragraph_second",
    "paragraph_last",
    "no_polarity",
    "own_polarity",
    "both_sides",
    "all_quoted",
    "half_quoted",
    "some_quoted",
    "citation",
    "authority",
    "authority_evaluated",
    "date",
    "figure",
    "names",
    "several_themes",
    "no_theme",
    "root_past",
    "root_present",
    "root_be",
    "root_negated",
    "root_modal",
    "root_passive",
    "short",
    "long",
    "subject_writer",
    "subject_demonstrative",
    "subject_name",
    "opens_this",
)

_DATE = re.compile(
    r"\b1[89]\d\d(?:s|[-–]\d\d?)?\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
_FIGURE = re.compile(
    r"\b\d[\d,.]*(?:\s*(?:million|thousand|per cent|%))?|\b(?:thousands|millions|hundreds|dozens)\b", re.IGNORECASE
)
_OPENING = re.compile(
    r"^[\s\"'“‘„]*(?:(?:indeed|in fact|also|moreover|furthermore|again|so|and|clearly|overall),?\s+)?", re.IGNORECASE
)


class Place(NamedTuple):
    """Where a sentence stands."""

    is_title: bool
    paragraph: int
    body_paragraphs: int
    position: int  # in its paragraph
    size: int  # sentences in its paragraph
    answers: bool = True  # something in its paragraph speaks of the question as a whole

    @property
    def stands(self) -> bool:
        """Whether it stands in the title or a paragraph; what is no sentence stands beside them."""
        return self.is_title or self.paragraph >= 0

    @property
    def introduces(self) -> bool:
        """Whether it stands in the introduction; a single paragraph is neither this nor the conclusion."""
        return self.paragraph == 0 and self.body_paragraphs > 1

    @property
    def concludes(self) -> bool:
        """Whether it stands in the conclusion: a last paragraph that answers, and not the only one."""
        return self.paragraph == self.body_paragraphs - 1 and self.body_paragraphs > 1 and self.answers


class Facets(NamedTuple):
    """What other layers know of a sentence."""

    own: str  # its text with quotations and citations blanked out, of the same length
    cues: frozenset[str]
    polarity: Polarity
    quoted_share: float
    citing: float  # 0 without a reference; with one, the less the more common references are in the essay
    authorities: int
    evaluated: bool
    themes: int
    names: int


def opening(own: str) -> str:
    """The sentence without a first filler word, so that "Indeed, this ..." opens like "This ..."."""
    return own[_OPENING.match(own).end() :] if _OPENING.match(own) else own  # type: ignore[union-attr]


def features(sent: Span, place: Place, facets: Facets) -> Features:
    """Every feature of the sentence, named as ``models/patterns/tags.yaml`` names them."""
    found: Features = {f"cue_{cue}": 1.0 for cue in facets.cues}
    found |= _place(place)
    found |= _polarity(facets.polarity)
    found |= _precision(facets)
    found |= _grammar(sent, facets)
    return found


def _place(place: Place) -> Features:
    if place.is_title:
        return {"title": 1.0}
    found: Features = {}
    if place.introduces:
        found["introduction"] = 1.0
        if place.position == place.size - 1 and place.size > 1:
            found["introduction_end"] = 1.0
    if place.concludes:
        found["conclusion"] = 1.0
    if not place.introduces and not place.concludes:
        found["body"] = 1.0
        if place.position == 0:
            found["paragraph_first"] = 1.0
        if place.position == 1:
            found["paragraph_second"] = 1.0
        if place.position == place.size - 1 and place.size > 1:
            found["paragraph_last"] = 1.0
    return found


def _polarity(polarity: Polarity) -> Features:
    found: Features = {}
    own = polarity.own_success + polarity.own_limitation
    if not polarity.success and not polarity.limitation:
        found["no_polarity"] = 1.0
    if own:
        found["own_polarity"] = min(own, 3.0) / 3.0
    if polarity.own_success and polarity.own_limitation:
        found["both_sides"] = 1.0
    return found


def _precision(facets: Facets) -> Features:
    found: Features = {}
    if facets.quoted_share >= 0.85:
        found["all_quoted"] = 1.0
    elif facets.quoted_share >= 0.35:
        found["half_quoted"] = 1.0
    elif facets.quoted_share > 0.0:
        found["some_quoted"] = 1.0
    if facets.citing > 0:
        found["citation"] = facets.citing
    if facets.authorities:
        found["authority"] = 1.0
    if facets.evaluated:
        found["authority_evaluated"] = 1.0
    if _DATE.search(facets.own):
        found["date"] = 1.0
    if _FIGURE.search(_DATE.sub(" ", facets.own)):
        found["figure"] = 1.0
    if facets.names:
        found["names"] = min(facets.names, 3) / 3.0
    if facets.themes > 1:
        found["several_themes"] = 1.0
    elif not facets.themes:
        found["no_theme"] = 1.0
    return found


def _grammar(sent: Span, facets: Facets) -> Features:
    found: Features = {}
    root = sent.root
    if root.tag_ in {"VBD", "VBN"}:
        found["root_past"] = 1.0
    if root.tag_ in {"VBZ", "VBP"}:
        found["root_present"] = 1.0
    if root.lemma_ == "be":
        found["root_be"] = 1.0
    if any(c.dep_ == "neg" for c in root.children):
        found["root_negated"] = 1.0
    if any(c.tag_ == "MD" for c in root.children):
        found["root_modal"] = 1.0
    if any(c.dep_ == "auxpass" for c in root.children):
        found["root_passive"] = 1.0
    words = sum(not t.is_punct and not t.is_space for t in sent)
    if words <= 10:
        found["short"] = 1.0
    if words >= 35:
        found["long"] = 1.0
    subjects = [c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if subjects and subjects[0].lower_ in {"i", "we"}:
        found["subject_writer"] = 1.0
    if subjects and subjects[0].lower_ in {"this", "that", "these", "it"}:
        found["subject_demonstrative"] = 1.0
    if subjects and subjects[0].pos_ == "PROPN":
        found["subject_name"] = 1.0
    if opening(facets.own).lstrip()[:5].lower().startswith(("this ", "these")):
        found["opens_this"] = 1.0
    return found


def score(features_: Features, weights: dict[str, dict[str, float]]) -> dict[str, float]:
    """For each label its constant and the weights of the features that are there."""
    return {
        label: sum(w * features_.get(name, 0.0) for name, w in table.items() if name != "constant")
        + table.get("constant", 0.0)
        for label, table in weights.items()
    }


def best(scores: dict[str, float], order: Sequence[str]) -> str:
    """The label with the highest score; the earlier in ``order`` where two are equal."""
    return max(order, key=lambda label: (scores[label], -order.index(label)))
