"""What the parse says of a verb and of the words it governs, as far as talk of historians needs it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from essay_marker.annotate.reporting import patterns

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
OBJECTS = {"dobj", "pobj", "nsubjpass", "dative", "attr", "oprd"}
_PRESENT = {"VBZ", "VBP", "MD"}
#: A verb in -s behind a name that is a word as well is read as a noun: "Service states", "Conquest slides".
_MISREAD = {"NNS", "NNPS"}
_CLAUSES = {"ROOT", "relcl", "ccomp", "advcl", "conj", "acl", "parataxis"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
PERSONS = {"he", "she", "they"}
POSSESSIVES = {"his", "her", "their"}
_CONDITIONS = {"if", "unless", "whether"}
#: How far a window of words reaches where the parse is not asked.
NEAR = 6


def is_present(verb: Token) -> bool:
    """Whether a verb is in the present or the present perfect, as books are spoken of."""
    if verb.tag_ in _PRESENT or is_misread_verb(verb):
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in _PRESENT for c in verb.children)


def is_misread_verb(token: Token) -> bool:
    """Whether a plural that heads a clause is a verb after all: "Service states, …", "the limits Orr describes"."""
    if token.tag_ not in _MISREAD or token.dep_ not in _CLAUSES:
        return False
    lemma = token.lemma_.lower()
    return lemma in patterns().reporting.all or lemma in patterns().evaluation.verbs


def predicates(verb: Token) -> Iterator[Token]:
    """A verb and those coordinated with it that share its subject: "describes … but overlooks"."""
    yield verb
    for other in verb.conjuncts:
        if not any(child.dep_ in SUBJECTS or child.dep_ == "expl" for child in other.children):
            yield other


def is_told_in_present(token: Token) -> bool:
    """Whether the nearest verb above a token is finite and in the present."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return is_present(above)
    return False


def governors(token: Token) -> Iterator[Token]:
    """The verbs above a token as far as it is still a part of their object: not beyond a clause of its own."""
    step = token
    for _ in range(5):
        if step.dep_ in {"ROOT", "nsubj", "csubj", "relcl", "advcl"}:
            return
        step = step.head
        if step.pos_ in {"VERB", "AUX"}:
            yield step
            if step.dep_ not in {"xcomp", "ccomp"}:
                return


def is_object_of(token: Token, verb: Token) -> bool:
    """Whether ``token`` or the phrase it heads is what the verb acts upon."""
    step = token
    while step.head != verb and step.head != step:
        step = step.head
        if step.dep_ in {"agent"}:
            return False
    return step.dep_ in OBJECTS or step.dep_ == "prep"


def is_conditional(verb: Token) -> bool:
    """Whether a verb heads a condition: "if he is right"."""
    return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children)


def preposition_of(token: Token, verb: Token) -> str | None:
    """The preposition by which a verb governs the phrase of a token: "against" in "tells against his view"."""
    step = token
    while step.head != verb and step.head != step:
        step = step.head
    return step.lower_ if step.dep_ == "prep" else None
