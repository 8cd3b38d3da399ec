"""The language in which essays speak of historians: ``models/patterns/historians.yaml`` and verb forms.

The forms serve the components that run before anything is tagged; behind the tagger, lemmas are used.
"""

from __future__ import annotations

import re
from functools import cache

from essay_marker.data import Record, load_yaml
from essay_marker.resources import models_dir

Words = frozenset[str]
Phrases = tuple[str, ...]


class ReportingVerbs(Record, frozen=True, kw_only=True):
    """Verbs that bring in a view; ``firm`` ones need a person for a subject."""

    firm: Words
    open: Words

    @property
    def all(self) -> Words:
        """Both kinds."""
        return self.firm | self.open


class Evaluation(Record, frozen=True, kw_only=True):
    """Words by which a writer weighs a view."""

    verbs: Words
    denied_verbs: Words
    failing: Words
    phrases: Phrases
    adjectives: Words
    claim_adjectives: Words
    view_adjectives: Words
    epithets: Words
    giving_verbs: Words
    finding_adjectives: Words
    attitudes: Words
    fame: Words
    nouns: Words
    adverbs: Words
    manner_verbs: Words
    manner_adverbs: Words
    holding_verbs: Words
    extents: Phrases
    the_view_nouns: Words
    comment_verbs: Words
    comment_modals: Words
    drawing_on: Words
    own_view: Phrases
    missed_chance: Words
    as_if_verbs: Words
    against_verbs: Words
    against: Words
    reader_verbs: Words
    swaying_verbs: Words
    readers: Words
    hard_or_easy: Words
    evidence_verbs: Words
    dispute_verbs: Words
    contrast: Words
    contrast_before: Phrases
    contrast_phrases: Phrases
    conceding: Words
    opposing: Words
    concession: Words
    bearing: Words
    sweeping: Words


class Reasons(Record, frozen=True, kw_only=True):
    """Words that bring in a ground."""

    marks: Words
    phrases: Phrases


class HistorianPatterns(Record, frozen=True, kw_only=True):
    """``historians.yaml``."""

    reporting: ReportingVerbs
    irregular_verbs: dict[str, Phrases]
    no_view: Words
    no_view_with_works: Words
    works: Words
    announcing: Words
    no_view_prepositions: Words
    roles: Phrases
    group_words: Words
    listing: Phrases
    titles: Words
    firm_prepositions: Phrases
    known_prepositions: Phrases
    opening_prepositions: Phrases
    view_nouns: Words
    firm_view_nouns: Words
    plain_view_nouns: Words
    never_historians: Words
    family_name_first: Words
    evaluation: Evaluation
    reasons: Reasons


@cache
def patterns() -> HistorianPatterns:
    """The patterns, read once."""
    return load_yaml(models_dir() / "patterns" / "historians.yaml", HistorianPatterns)


def inflections(verb: str) -> tuple[str, ...]:
    """A verb's forms by the rules of spelling, or as the data lists them."""
    if verb in patterns().irregular_verbs:
        return (verb, *patterns().irregular_verbs[verb])
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    return (verb, verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"), verb + "ed", verb + "ing")


@cache
def firm_verb_follows() -> re.Pattern[str]:
    """Matches where a verb of reporting that needs a person follows, at most an adverb or "has" away."""
    forms = sorted({form for verb in patterns().reporting.firm for form in inflections(verb)})
    return re.compile(rf"\s*(?:,\s+)?(?:\w+ly\s+|has\s+|have\s+|also\s+|further\s+)*(?:{'|'.join(forms)})\b")
