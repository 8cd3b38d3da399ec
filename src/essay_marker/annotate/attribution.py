"""Who says what: the verb and the view that belong to a historian's name."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from essay_marker.annotate.grammar import NEAR, PERSONS, POSSESSIVES, SUBJECTS, is_misread_verb, is_present
from essay_marker.annotate.reporting import patterns
from essay_marker.annotate.verdicts import phrases

_WRITERS = {"i", "we"}


def head_of_list(token: Token) -> Token:
    """The first of coordinated names: "Service" in "Service, Tompson and Medvedev"."""
    while token.dep_ in {"conj", "appos"} and token.head.i < token.i and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def view_noun(token: Token) -> Token | None:
    """The view that belongs to a name: "stress" in "Dobson's stress", "argument" in "the argument of Filtzer"."""
    first = head_of_list(token)
    if owns(first) and first.head.lemma_.lower() in patterns().view_nouns:
        return first.head
    clause = first.head
    if first.dep_ == "nsubj" and clause.dep_ == "relcl" and clause.head.i < first.i < clause.i and is_present(clause):
        noun = clause.head  # "the evidence Figes uses"
        return noun if noun.lemma_.lower() in patterns().plain_view_nouns else None
    if first.dep_ == "pobj" and first.head.lower_ in {"of", "by", "from"}:
        noun = first.head.head
        while noun.dep_ in {"acl", "prep", "agent"} and noun.head != noun:  # "the view put forward by Filtzer"
            noun = noun.head
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in patterns().view_nouns:
            return noun
    return None


def owns(token: Token) -> bool:
    """Whether a name is in the possessive, also where the parse makes it a subject."""
    return token.dep_ == "poss" or (token.head.i > token.i and any(child.dep_ == "case" for child in token.children))


def governing_verb(token: Token) -> Token | None:
    """The verb that a name, or the view that belongs to it, is the subject of."""
    first = head_of_list(token)
    for subject in (first, view_noun(token), group_noun(first)):
        if subject is not None and head_of_list(subject).dep_ in SUBJECTS:
            verb = head_of_list(subject).head
            return verb if verb.pos_ in {"VERB", "AUX"} or is_misread_verb(verb) else None
    if first.dep_ == "pobj" and first.head.dep_ == "agent":  # "as argued by Taubman"
        return first.head.head
    is_next = first.dep_ == "compound" and first.head.i == first.i + 1
    if is_next and (first.head.pos_ == "VERB" or is_misread_verb(first.head)):
        return first.head
    relative = next((child for child in first.children if child.dep_ == "relcl"), None)
    if relative is not None and any(c.dep_ in SUBJECTS and c.tag_ == "WP" for c in relative.children):
        return relative  # "Hornsby, who counts"
    return _verb_behind(token)


def reporting_verb(token: Token) -> Token | None:
    """The verb by which the named person is said to hold something, or None."""
    verb = governing_verb(token)
    if verb is not None and verb.lemma_.lower() in patterns().reporting.all:
        return verb
    behind = _verb_behind(token)
    return behind if behind is not None and behind.lemma_.lower() in patterns().reporting.all else None


def judged_verb(token: Token) -> Token | None:
    """The verb, in the present, by which the writer judges the named person: "Service ignores the releases"."""
    verb = governing_verb(token)
    if verb is None or not is_present(verb):
        return None
    words = " ".join(t.text for t in verb.doc[verb.i : min(verb.i + NEAR, verb.sent.end)])
    judging = verb.lemma_.lower() in patterns().evaluation.verbs or phrases().match(words) is not None
    return verb if judging else None


def has_view(token: Token) -> bool:
    """Whether naming the historian comes with a view: false for "Taubman and Tompson have studied Khrushchev"."""
    verb, known = governing_verb(token), patterns()
    clause = verb or next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if clause is None:
        return True
    lemma = clause.lemma_.lower()
    if (lemma == "be" or lemma in known.no_view_with_works) and _speaks_of_works(clause):
        return False
    if any(c.dep_ in SUBJECTS and c.lower_ in _WRITERS for c in clause.children) and lemma in known.announcing:
        return False
    if verb is None or lemma not in known.no_view:
        return True
    parts = {child.dep_ for child in verb.children}
    if "ccomp" in parts or any(child.tag_ in {"``", "''"} for child in verb.children):
        return True
    about = any(c.dep_ == "prep" and c.lower_ in patterns().no_view_prepositions for c in verb.children)
    return not about and parts.isdisjoint({"dobj", "agent"})


def _speaks_of_works(verb: Token) -> bool:
    """Whether a clause only says who somebody is or what they wrote: "Gati is an expert", "Taubman has a chapter"."""
    if any(child.dep_ in {"ccomp", "acomp"} for child in verb.children):
        return False
    named = {*patterns().works, *patterns().group_words, *patterns().roles}
    parts = [c for c in verb.children if c.dep_ in {"attr", "dobj", "nsubj", "expl"}]
    nouns = [t for part in parts for t in (part, *part.conjuncts)]
    return any(noun.lemma_.lower() in named or noun.lower_ in named for noun in nouns)


def group_noun(token: Token) -> Token | None:
    """The noun that a list of names exemplifies: "historians" in "historians such as Service and Figes"."""
    step = token
    for _ in range(3):
        step = step.head
        if step.lower_ in patterns().group_words:
            return step
    return None


def _verb_behind(token: Token) -> Token | None:
    """The verb that follows a name, brackets and adverbs passed over: for sentences the parser reads otherwise."""
    citations = {span.start for span in token.doc.spans.get("citations", ())}
    for following in token.doc[token.i + 1 : min(token.i + NEAR, token.sent.end)]:
        if following.pos_ == "VERB":
            return following
        if following.i not in citations and following.pos_ not in {"ADV", "AUX", "PART"} and following.text != ",":
            return None
    return None


def brings_in_words(sent: Span, foreign: Collection[int]) -> bool:
    """Whether a person's pronoun brings in quoted words: "he writes that “…”", "in her view “…”"."""
    quoted = next((t for t in sent if t.i in foreign and t.i > sent.start), None)
    if quoted is None:
        return False
    for token in sent.doc[sent.start : quoted.i]:
        if token.i in foreign:
            return False
        if token.lower_ in POSSESSIVES and token.head.lemma_.lower() in patterns().view_nouns:
            previous = sent.doc[token.i - 1] if token.i > sent.start else None
            if previous is not None and previous.lower_ in {"in", "to", "by"}:
                return True
        elif token.lower_ in PERSONS and token.dep_ in SUBJECTS:
            verbs = [token.head, *token.head.conjuncts]
            if any(v.i < quoted.i and v.lemma_.lower() in patterns().reporting.firm and is_present(v) for v in verbs):
                return True
    return False
