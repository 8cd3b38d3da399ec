"""How a sentence takes a historian up: who reports, who is weighed, and on what ground.

The parse decides where it can; small windows of words help where the model of English is unsure. Three things tell the
writer's own judgement from what the historian is said to hold: it stands outside the clause that is reported; its
subject or object is the historian, the view, or a pronoun for either; and where a pronoun is the subject, its verb is
in the present, for history is told in the past and books are spoken of in the present.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from spacy.tokens import Span, Token

from essay_marker.annotate.names import alternation
from essay_marker.annotate.reporting import patterns

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_OBJECTS = {"dobj", "pobj", "nsubjpass", "dative", "attr", "oprd"}
_PRESENT = {"VBZ", "VBP", "MD"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_COPULAS = {"be", "seem", "appear", "remain", "look", "sound", "feel", "become", "prove", "stay"}
_PERSONS = {"he", "she", "they"}
_POSSESSIVES = {"his", "her", "their"}
_DEMONSTRATIVES = {"this", "that", "such", "these", "those"}
#: How far a window of words reaches where the parse is not asked.
_NEAR = 6


# --- reporting ------------------------------------------------------------------------------------------------------


def head_of_list(token: Token) -> Token:
    """The first of coordinated names: "Service" in "Service, Tompson and Medvedev"."""
    while token.dep_ in {"conj", "appos"} and token.head.i < token.i and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def view_noun(token: Token) -> Token | None:
    """The view that belongs to a name: "stress" in "Dobson's stress", "argument" in "the argument of Filtzer"."""
    first = head_of_list(token)
    if first.dep_ == "poss" and first.head.lemma_.lower() in patterns().view_nouns:
        return first.head
    if first.dep_ == "pobj" and first.head.lower_ in {"of", "by", "from"}:
        noun = first.head.head
        while noun.dep_ in {"acl", "prep", "agent"} and noun.head != noun:  # "the view put forward by Filtzer"
            noun = noun.head
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in patterns().view_nouns:
            return noun
    return None


def governing_verb(token: Token) -> Token | None:
    """The verb that a name, or the view that belongs to it, is the subject of."""
    first = head_of_list(token)
    for subject in (first, view_noun(token), _group_noun(first)):
        if subject is not None and head_of_list(subject).dep_ in _SUBJECTS:
            verb = head_of_list(subject).head
            return verb if verb.pos_ in {"VERB", "AUX"} else None
    if first.dep_ == "pobj" and first.head.dep_ == "agent":  # "as argued by Taubman"
        return first.head.head
    relative = next((child for child in first.children if child.dep_ == "relcl"), None)
    if relative is not None and any(c.dep_ in _SUBJECTS and c.tag_ == "WP" for c in relative.children):
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
    judging = verb is not None and is_present(verb) and verb.lemma_.lower() in patterns().evaluation.verbs
    return verb if judging else None


def is_present(verb: Token) -> bool:
    """Whether a verb is in the present or the present perfect, as books are spoken of."""
    return verb.tag_ in _PRESENT or any(c.dep_ in {"aux", "auxpass"} and c.tag_ in _PRESENT for c in verb.children)


def has_view(token: Token) -> bool:
    """Whether naming the historian comes with a view: false for "Taubman and Tompson have studied Khrushchev"."""
    verb = governing_verb(token)
    if verb is None or verb.lemma_.lower() not in patterns().no_view:
        return True
    parts = {child.dep_ for child in verb.children}
    if "ccomp" in parts or any(child.tag_ in {"``", "''"} for child in verb.children):
        return True
    about = any(c.dep_ == "prep" and c.lower_ in patterns().no_view_prepositions for c in verb.children)
    return not about and "dobj" not in parts


def _group_noun(token: Token) -> Token | None:
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
    for following in token.doc[token.i + 1 : min(token.i + _NEAR, token.sent.end)]:
        if following.pos_ == "VERB":
            return following
        if following.i not in citations and following.pos_ not in {"ADV", "AUX", "PART"} and following.text != ",":
            return None
    return None


# --- evaluating -----------------------------------------------------------------------------------------------------


class Passage:
    """A sentence in which historians are named, with the words that are the writer's own."""

    def __init__(self, sent: Span, foreign: Collection[int], roots: Sequence[Token]) -> None:
        self.sent = sent
        self.own = [token for token in sent if token.i not in foreign]
        self._own = {token.i for token in self.own}
        self.roots = [root for root in roots if root.i in self._own]

    def evaluates(self, root: Token, rivals: Sequence[Token]) -> bool:
        """Whether the writer weighs the historian named at ``root``; ``rivals`` are the others in the sentence."""
        if root.i not in self._own:
            return False
        strong = [token for token in self._strong(root) if token.i in self._own]
        weak = self._weak(root)
        tests = (
            any(self._weighed_as_subject(anchor) or self._weighed_by_phrase(anchor) for anchor in strong),
            any(self._weighed_as_object(anchor) for anchor in strong),
            any(self._noun_about(anchor) for anchor in strong),
            any(self._pronoun_weighed(anchor) for anchor in weak),
            self._adverb(root),
            self._view_adjective(root),
            self._conceded_to(root),
            any(self._set_apart(token) for token in (root, *rivals)),
            any(self._contrasted(root, rival) for rival in rivals),
        )
        return any(tests)

    def follows_up(self) -> bool:
        """Whether the sentence, without naming anybody, weighs the view that the one before it reported."""
        opening = [token for token in self.own if not token.is_punct][:_NEAR]
        for token in opening:
            if self._takes_up(token) and (
                self._weighed_as_subject(token) or self._weighed_by_phrase(token) or self._weighed_as_object(token)
            ):
                return True
            subject = token.dep_ in _SUBJECTS and token.lower_ in _PERSONS | {"this", "that"}
            if subject and self._pronoun_weighed(token):
                return True
        return False

    # --- what stands for the historian ------------------------------------------------------------------------------

    def _strong(self, root: Token) -> Iterator[Token]:
        """The name, the view that belongs to it, and "his view" or "this view" behind it."""
        yield root
        if noun := view_noun(root):
            yield noun
        reported = self.reported(root)
        for token in self.own:
            if token.i > root.i and self._takes_up(token) and (token.i not in reported or _is_told_in_present(token)):
                yield token

    def _takes_up(self, token: Token) -> bool:
        """Whether this is "his view" or "this argument"."""
        return token.lemma_.lower() in patterns().plain_view_nouns and any(
            child.lower_ in _POSSESSIVES or (child.dep_ == "det" and child.lower_ in _DEMONSTRATIVES)
            for child in token.children
        )

    def _weak(self, root: Token) -> list[Token]:
        """Pronouns behind the name that may stand for it or for what it was said to hold."""
        words = _PERSONS | {"this", "that", "it", "which", "him"}
        return [
            token
            for token in self.own
            if token.i > root.i and token.lower_ in words and token.pos_ in {"PRON", "DET", "SCONJ"}
        ]

    def reported(self, root: Token) -> set[int]:
        """The words that the historian is said to hold: what depends on the verb of reporting, or the view's clause."""
        verb = reporting_verb(root)
        noun = view_noun(root)
        clauses = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}] if verb is not None else []
        clauses += [c for c in noun.children if c.dep_ in {"acl", "relcl", "ccomp"}] if noun is not None else []
        return {token.i for clause in clauses for token in clause.subtree if token.i > root.i}

    # --- how it is weighed ------------------------------------------------------------------------------------------

    def _weighed_as_subject(self, anchor: Token) -> bool:
        first = head_of_list(anchor)
        if first.dep_ not in _SUBJECTS:
            return False
        return any(self._weighs(verb, loosely=True) for verb in _predicates(first.head) if verb.i in self._own)

    def _weighs(self, verb: Token, *, loosely: bool) -> bool:
        """Whether a verb judges its subject: "overlooks", "cannot explain", "is convincing"."""
        words = patterns().evaluation
        lemma = verb.lemma_.lower()
        if lemma in words.verbs and not any(c.dep_ == "nsubjpass" for c in verb.children):
            return True
        if lemma in words.denied_verbs and any(c.dep_ == "neg" for c in verb.children):
            return True
        complements = [c for c in verb.children if c.dep_ == "xcomp"]
        if lemma in words.failing and any(c.lemma_.lower() in words.denied_verbs for c in complements):
            return True
        if lemma in {"seem", "tend", "appear"} and any(c.lemma_.lower() in words.verbs for c in complements):
            return True
        if lemma in {"have", "show"} and any(c.dep_ == "dobj" and c.lemma_ in words.nouns for c in verb.children):
            return True
        return lemma in _COPULAS and self._complement_judges(verb, loosely=loosely)

    def _complement_judges(self, verb: Token, *, loosely: bool) -> bool:
        words = patterns().evaluation
        judging = words.claim_adjectives | words.nouns | (words.adjectives if loosely else frozenset())
        for child in verb.children:
            if child.dep_ not in {"acomp", "attr", "oprd", "xcomp", "advmod"} or child.i < verb.i:
                continue
            near = [child, *(c for c in child.children if c.dep_ in {"amod", "conj", "acomp", "compound", "advmod"})]
            near += [c for part in near if part.dep_ == "amod" for c in part.children if c.dep_ == "conj"]
            if any(token.i in self._own and {token.lower_, token.lemma_.lower()} & judging for token in near):
                return True
        return False

    def _weighed_by_phrase(self, anchor: Token) -> bool:
        """Fixed phrases directly behind the name or the view: "has a point", "goes too far"."""
        behind = [token.text for token in self.own if anchor.i < token.i <= anchor.i + 2 * _NEAR]
        return _phrases().match(" ".join(behind)) is not None

    def _weighed_as_object(self, anchor: Token) -> bool:
        """What the reader or the evidence does to a view: "I accept his figures", "is supported by"."""
        words = patterns().evaluation
        for verb in _governors(anchor):
            if verb.i not in self._own:
                continue
            lemma = verb.lemma_.lower()
            if lemma in words.reader_verbs and self._is_reader(verb):
                return True
            if lemma in words.swaying_verbs and any(
                c.dep_ in _SUBJECTS and c.lower_ in words.readers for c in verb.children
            ):
                return True  # "I am not convinced by Crankshaw"
            if lemma in words.evidence_verbs and _is_object_of(anchor, verb) and not self._has_named_subject(verb):
                return lemma not in {"bear", "back"} or any(c.dep_ == "prt" for c in verb.children)
        return False

    def _is_reader(self, verb: Token) -> bool:
        """Whether the writer or any reader is the subject: "I agree", "it is hard to accept", "can be questioned"."""
        words = patterns().evaluation
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if any(c.dep_ == "nsubj" and c.lower_ in words.readers for c in subjects):
            return True
        if verb.dep_ in {"xcomp", "ccomp", "advcl", "conj", "acl"} and not subjects:
            head = verb.head
            hard = {head.lower_, *(c.lower_ for c in head.children)} & words.hard_or_easy
            return bool(hard) or any(c.lower_ in words.readers for c in head.children if c.dep_ == "nsubj")
        return any(c.dep_ == "nsubjpass" for c in subjects) and any(c.tag_ == "MD" for c in verb.children)

    def _has_named_subject(self, verb: Token) -> bool:
        """Whether a historian is the subject: one agreeing with another is reported, not judged."""
        named = {root.i for root in self.roots}
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        return any(s.i in named or any(c.i in named for c in s.children) for s in subjects)

    def _noun_about(self, anchor: Token) -> bool:
        """A weakness or a merit that is said to be the view's: "the problem with Filtzer's argument"."""
        token = anchor
        for _ in range(4):
            token = token.head
            if token.i in self._own and token.lemma_.lower() in patterns().evaluation.nouns:
                return token.i < anchor.i
        return False

    def _pronoun_weighed(self, pronoun: Token) -> bool:
        """Whether a pronoun's verb, in the present, judges it; or a "but" sets what it says against the view."""
        if pronoun.lower_ == "him" or pronoun.dep_ == "dobj":
            verb = pronoun.head
            if not (verb.i in self._own and is_present(verb) and not self._has_named_subject(verb)):
                return False
            return verb.lemma_.lower() in patterns().evaluation.evidence_verbs | {"correct"}
        if pronoun.dep_ not in _SUBJECTS:
            return False
        verb = pronoun.head
        if not is_present(verb) or verb.i not in self._own:
            return False
        if pronoun.lower_ in _PERSONS | {"this", "which"} and any(
            self._weighs(v, loosely=False) and is_present(v) for v in _predicates(verb)
        ):
            return True
        if pronoun.lower_ in _PERSONS and self._weighed_by_phrase(pronoun):
            return True
        return pronoun.lower_ in {"this", "that"} and self._conceded(pronoun)

    def _conceded(self, pronoun: Token) -> bool:
        """Whether "but" or "although" stands directly before a pronoun that takes up the view."""
        before = self.sent.doc[max(self.sent.start, pronoun.i - 2) : pronoun.i]
        return any(t.lower_ in patterns().evaluation.concession for t in before) and before.start > self.sent.start

    def _adverb(self, root: Token) -> bool:
        """A judging adverb on the verb of reporting: "as Taubman rightly says"."""
        verb = reporting_verb(root)
        if verb is None:
            return False
        return any(
            token.lower_ in patterns().evaluation.adverbs and (token.head == verb or root.i < token.i < verb.i)
            for token in self.own
        )

    def _view_adjective(self, root: Token) -> bool:
        """A word only ever said of views, outside what the historian is said to hold."""
        reported = self.reported(root)
        return any(t.lower_ in patterns().evaluation.view_adjectives and t.i not in reported for t in self.own)

    def _conceded_to(self, root: Token) -> bool:
        """Whether the writer grants the view and goes on against it: "Although Figes argues …, most workers …"."""
        verb = reporting_verb(root)
        if verb is None:
            return False
        marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
        if verb.dep_ == "advcl" and marks & patterns().evaluation.conceding and verb.head.i > verb.i:
            return True
        against = any(
            c.dep_ == "cc" and c.lower_ in patterns().evaluation.opposing and c.i > verb.i for c in verb.children
        )
        return against and any(
            other.dep_ == "conj" and other.head == verb and other.i in self._own and self._has_new_subject(other, root)
            for other in verb.children
        )

    def _has_new_subject(self, verb: Token, root: Token) -> bool:
        """Whether a clause has a subject of its own that is neither a historian nor a person's pronoun."""
        named = {token.i for token in self.roots}
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i > root.i]
        return bool(subjects) and not any(s.lower_ in _PERSONS or {t.i for t in s.subtree} & named for s in subjects)

    def continues_contrast(self) -> bool:
        """Whether the sentence sets what it reports against the sentence before: "Figes, in contrast, …"."""
        text = "".join(token.text_with_ws for token in self.own)
        return _contrast_phrase().search(text) is not None

    def _set_apart(self, root: Token) -> bool:
        """Whether a word that sets apart stands directly before the name: "unlike Taubman", "than Filtzer"."""
        before = "".join(t.text_with_ws for t in self.own if t.i < root.i)
        return _contrast_before().search(before) is not None

    def _contrasted(self, root: Token, rival: Token) -> bool:
        """Whether the sentence sets two historians against one another."""
        words = patterns().evaluation
        first, second = sorted((root, rival), key=lambda token: token.i)
        between = [token for token in self.own if first.i < token.i < second.i]
        for place, token in enumerate(between):
            if token.lower_ in words.contrast and not any(t.tag_ in _FINITE for t in between[place + 1 :]):
                return True
            if token.lemma_.lower() in words.dispute_verbs and is_present(token):
                return True
        verb = governing_verb(root)
        if verb is not None and verb.lemma_.lower() in words.dispute_verbs and verb == governing_verb(rival):
            return True  # "Figes and Service disagree"
        if _contrast_phrase().search("".join(t.text_with_ws for t in self.own if t.i > first.i)):
            return True
        # "While Taubman stresses …, Filtzer …": the mark stands before both, a comma between their clauses
        leading = [token for token in self.own if token.i < first.i]
        return (
            any(t.lower_ in words.contrast and t.dep_ in {"mark", "advmod", "prep"} for t in leading[-4:])
            and any(t.text == "," for t in between)
            and any(t.tag_ in _FINITE for t in between)
        )


def _predicates(verb: Token) -> Iterator[Token]:
    """A verb and those coordinated with it that share its subject: "describes … but overlooks"."""
    yield verb
    for other in verb.conjuncts:
        if not any(child.dep_ in _SUBJECTS for child in other.children):
            yield other


def _is_told_in_present(token: Token) -> bool:
    """Whether the nearest verb above a token is finite and in the present."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return is_present(above)
    return False


def _governors(token: Token) -> Iterator[Token]:
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


def _is_object_of(token: Token, verb: Token) -> bool:
    """Whether ``token`` or the phrase it heads is what the verb acts upon."""
    step = token
    while step.head != verb and step.head != step:
        step = step.head
        if step.dep_ in {"agent"}:
            return False
    return step.dep_ in _OBJECTS or step.dep_ == "prep"


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(
        rf"(?:’s\s|'s\s)?(?:\w+\s){{0,3}}?(?:\w+ly\s|also\s|perhaps\s|clearly\s)?(?:{alternation(patterns().evaluation.phrases)})\b"
    )


@cache
def _contrast_phrase() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternation(patterns().evaluation.contrast_phrases)})\b(?!\s+(?:to|with)\b)", re.IGNORECASE
    )


@cache
def _contrast_before() -> re.Pattern[str]:
    words = alternation(patterns().evaluation.contrast_before)
    roles = alternation(patterns().roles)
    nouns = alternation(patterns().view_nouns)
    return re.compile(
        rf"\b(?:{words})\s+(?:the\s+)?(?:(?:{nouns})s?\s+(?:of|by|from|put forward by)\s+)?(?:(?:{roles})s?\s+)?"
        rf"(?:[A-Z][\w.]*\s+)*\Z",
        re.IGNORECASE,
    )


# --- grounds --------------------------------------------------------------------------------------------------------


def gives_ground(sent: Span, foreign: Collection[int]) -> bool:
    """Whether a sentence brings in a reason or evidence; ``foreign`` are the words that are not the writer's."""
    own = [token for token in sent if token.i not in foreign]
    text = "".join(token.text_with_ws for token in own)
    if _reason_phrases().search(text):
        return True
    if any(_is_reason_mark(token) for token in own):
        return True
    return any(token.text == ":" and _clause_behind(token, own) for token in own)


@cache
def _reason_phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(patterns().reasons.phrases)})\b", re.IGNORECASE)


def _is_reason_mark(token: Token) -> bool:
    """Whether "since", "as", "given" or "for" heads a clause; not "as Filtzer argues", not "since 1956"."""
    if token.lower_ not in patterns().reasons.marks:
        return False
    if token.dep_ != "mark" and not (token.lower_ == "given" and token.dep_ in {"prep", "advcl"}):
        return False
    return token.lower_ != "as" or token.head.lemma_.lower() not in patterns().reporting.all


def _clause_behind(colon: Token, own: Iterable[Token]) -> bool:
    behind = [token for token in own if token.i > colon.i]
    return any(token.tag_ in _FINITE for token in behind)
