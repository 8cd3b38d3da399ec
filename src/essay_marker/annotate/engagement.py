"""How a sentence weighs what a historian holds.

The parse decides where it can; small windows of words help where the model of English is unsure. Three things tell the
writer's own judgement from what the historian is said to hold: it stands outside the clause that is reported; its
subject or object is the historian, the view, or a pronoun for either; and where a pronoun is the subject, its verb is
in the present, for history is told in the past and books are spoken of in the present.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from spacy.tokens import Span, Token

from essay_marker.annotate.attribution import (
    governing_verb,
    group_noun,
    head_of_list,
    owns,
    reporting_verb,
    view_noun,
)
from essay_marker.annotate.grammar import (
    FINITE,
    NEAR,
    OBJECTS,
    PERSONS,
    POSSESSIVES,
    SUBJECTS,
    governors,
    is_conditional,
    is_object_of,
    is_present,
    is_told_in_present,
    predicates,
    preposition_of,
)
from essay_marker.annotate.reporting import patterns
from essay_marker.annotate.verdicts import contrast_before, contrast_phrase, own_view, phrases, upshot, verdict_behind

_COPULAS = {"be", "seem", "appear", "remain", "look", "sound", "feel", "become", "prove", "stay"}
_DEMONSTRATIVES = {"this", "that", "such", "these", "those"}
_DENIALS = {"no", "not", "n't", "n’t", "never", "hardly", "scarcely"}
#: What "but not" goes on with where it marks how far an explanation reaches.
_REACH = {"why", "how", "when", "what", "for", "who"}
_REACH_OF_VIEWS = _REACH | {"the", "its", "in", "of", "to", "from", "those", "his", "on", "about", "at"}


class Passage:
    """A sentence in which historians are named, with the words that are the writer's own."""

    def __init__(self, sent: Span, foreign: Collection[int], roots: Sequence[Token]) -> None:
        self.sent = sent
        self.own = [token for token in sent if token.i not in foreign]
        self._own = {token.i for token in self.own}
        self.roots = [root for root in roots if root.i in self._own]
        self._reported: dict[int, set[int]] = {}

    def evaluates(self, root: Token, rivals: Sequence[Token]) -> bool:
        """Whether the writer weighs the historian named at ``root``; ``rivals`` are the others in the sentence."""
        return self.judgement_on(root, rivals) is not None

    def judgement_on(self, root: Token, rivals: Sequence[Token]) -> str | None:
        """How the writer weighs the historian named at ``root``, in a few words; None where nothing is weighed."""
        if root.i not in self._own:
            return None
        strong = [token for token in self._strong(root) if token.i in self._own]
        tests: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("the author or the view is judged", lambda: any(map(self._weighed_as_subject, strong))),
            ("a fixed phrase behind the author or the view", lambda: any(map(self._weighed_by_phrase, strong))),
            ("taken up by the writer or by evidence", lambda: any(map(self._weighed_as_object, strong))),
            ("a merit or a weakness of the view", lambda: any(map(self._noun_about, strong))),
            ("a pronoun for author or view is judged", lambda: any(map(self._pronoun_weighed, self._weak(root)))),
            ("what was said is judged", lambda: self._upshot_judged(root)),
            ("an adverb on the verb of reporting", lambda: self._adverb(root)),
            ("an adjective of views", lambda: self._view_adjective(root) or self._epithet(root)),
            ("the step of the argument is judged", lambda: self._step_judged(root)),
            ("what the historian found is judged", lambda: self._finding_judged(root)),
            ("something the historian could have done", lambda: self._missed_chance(root)),
            ("the writer answers in person", lambda: self._answered_in_person(root)),
            ("granted, and gone against", lambda: self._conceded_to(root)),
            ("set apart from another", lambda: any(map(self._set_apart, (root, *rivals)))),
            ("contrasted with another", lambda: any(self._contrasted(root, rival) for rival in rivals)),
        )
        return next((reason for reason, test in tests if test()), None)

    def judges_reference(self, citation: Token) -> bool:
        """Whether the view whose source a bracket names is judged behind it: "the claim that … (Orr) goes too far"."""
        behind = " ".join(token.text for token in self.own if citation.i < token.i <= citation.i + 2 * NEAR)
        if not (phrases().match(behind) or verdict_behind().match(behind)):
            return False
        before = [token for token in self.own if token.i < citation.i]
        return any(
            token.lemma_.lower() in patterns().evaluation.the_view_nouns | patterns().plain_view_nouns
            and any(c.dep_ == "det" and c.lower_ in _DEMONSTRATIVES | {"the"} for c in token.children)
            for token in before
        )

    def follows_up(self) -> bool:
        """Whether the sentence, without naming anybody, weighs the view that the one before it reported."""
        opening = [token for token in self.own if not token.is_punct][:NEAR]
        for token in opening:
            if is_conditional(token.head):
                continue  # "If he is right, …" leaves it open
            if self._takes_up(token) and (
                self._weighed_as_subject(token) or self._weighed_by_phrase(token) or self._weighed_as_object(token)
            ):
                return True
            if token.lower_ == "i" and token.dep_ == "nsubj" and self._takes_issue(token.head):
                return True
            subject = token.dep_ in SUBJECTS and token.lower_ in PERSONS | {"this", "that"}
            if subject and self._pronoun_weighed(token):
                return True
        return False

    def _takes_issue(self, verb: Token) -> bool:
        """Whether the writer's verb takes up what the last sentence reported: "I find this hard to accept"."""
        if verb.lemma_.lower() not in patterns().evaluation.reader_verbs or not is_present(verb):
            return False
        if verb.lemma_.lower() in {"agree", "disagree"}:
            return True
        return any(
            token.lower_ in {"this", "him", "her", "them"}
            and (token.dep_ in OBJECTS or (verb.lemma_.lower() == "find" and token.dep_ in SUBJECTS))
            for token in self.own
            if verb.i < token.i <= verb.i + NEAR // 2
        )

    # --- what stands for the historian ------------------------------------------------------------------------------

    def _strong(self, root: Token) -> Iterator[Token]:
        """The name, the view that belongs to it, and "his view" or "this view" behind it."""
        yield root
        if noun := view_noun(root):
            yield noun
        elif owns(root) and root.head.pos_ == "NOUN":
            yield root.head  # "Dobson's letters"
        if group := group_noun(root):
            yield group  # "those like Service"
        reported = self.reported(root)
        for token in self.own:
            if token.i > root.i and self._takes_up(token) and (token.i not in reported or is_told_in_present(token)):
                yield token

    def _takes_up(self, token: Token) -> bool:
        """Whether this is "his view" or "this argument"."""
        return token.lemma_.lower() in patterns().plain_view_nouns and any(
            child.lower_ in POSSESSIVES or (child.dep_ == "det" and child.lower_ in _DEMONSTRATIVES)
            for child in token.children
        )

    def _weak(self, root: Token) -> list[Token]:
        """Pronouns behind the name that may stand for it or for what it was said to hold."""
        words = PERSONS | {"this", "that", "it", "which", "him"}
        return [
            token
            for token in self.own
            if token.i > root.i and token.lower_ in words and token.pos_ in {"PRON", "DET", "SCONJ"}
        ]

    def reported(self, root: Token) -> set[int]:
        """The words that the historian is said to hold: what depends on the verb of reporting, or the view's clause."""
        if root.i not in self._reported:
            self._reported[root.i] = self._told_by(root)
        return self._reported[root.i]

    @staticmethod
    def _told_by(root: Token) -> set[int]:
        verb = reporting_verb(root)
        noun = view_noun(root)
        clauses = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}] if verb is not None else []
        clauses += [c for c in noun.children if c.dep_ in {"acl", "relcl", "ccomp"}] if noun is not None else []
        return {token.i for clause in clauses for token in clause.subtree if token.i > root.i}

    # --- how it is weighed ------------------------------------------------------------------------------------------

    def _weighed_as_subject(self, anchor: Token) -> bool:
        first = head_of_list(anchor)
        if first.dep_ == "compound" and governing_verb(anchor) == first.head:
            return first.head.lemma_.lower() in patterns().evaluation.verbs and first.head.i in self._own
        if first.dep_ not in SUBJECTS:
            return False
        if anchor in self.roots and self._tells_attitude(first.head):
            return False
        is_view = anchor.pos_ == "NOUN" and anchor.lemma_.lower() in patterns().view_nouns
        return any(
            self._weighs(verb, loosely=True)
            or self._weighed_by_manner(verb)
            or self._exceeds(verb)
            or (is_view and self._holds(verb))
            or self._reaches(verb, _REACH_OF_VIEWS if is_view else _REACH)
            or self._writes_as_if(verb)
            or self._compares(verb)
            for verb in predicates(first.head)
            if verb.i in self._own
        )

    def _writes_as_if(self, verb: Token) -> bool:
        """Whether an author is said to assume too much: "treats the party as if it had one mind"."""
        if verb.lemma_.lower() not in patterns().evaluation.as_if_verbs or not is_present(verb):
            return False
        behind = [token.lower_ for token in self.own if verb.i < token.i <= verb.i + NEAR]
        return any(a == "as" and b in {"if", "though"} for a, b in pairwise(behind))

    def _compares(self, verb: Token) -> bool:
        """Whether the view is measured against something: "is neater than the events"."""
        return (
            verb.lemma_.lower() in _COPULAS
            and is_present(verb)
            and any(
                child.dep_ in {"acomp", "attr"}
                and (child.lower_.endswith("er") or any(c.lower_ in {"more", "less"} for c in child.children))
                and any(c.dep_ == "prep" and c.lower_ == "than" and c.i in self._own for c in child.children)
                for child in verb.children
            )
        )

    def _tells_attitude(self, verb: Token) -> bool:
        return any(c.dep_ == "acomp" and c.lower_ in patterns().evaluation.attitudes for c in verb.children)

    def _weighed_by_manner(self, verb: Token) -> bool:
        """Whether a view is said to do its work well or badly: "fits the later years badly"."""
        words = patterns().evaluation
        return (
            verb.lemma_.lower() in words.manner_verbs
            and is_present(verb)
            and any(c.dep_ == "advmod" and c.lower_ in words.manner_adverbs and c.i > verb.i for c in verb.children)
        )

    def _exceeds(self, verb: Token) -> bool:
        """Whether a "too" measures what the author does: "takes us too far", "puts too much weight on …"."""
        if not is_present(verb) or verb.lemma_.lower() in patterns().reporting.firm:
            return False
        for token in self.own:
            measured = token.head
            if token.lower_ != "too" or token.dep_ != "advmod" or measured.i < token.i:
                continue
            if measured.head == verb and measured.dep_ in {"advmod", "acomp", "dobj"}:
                return True
            if measured.dep_ == "amod" and measured.head.dep_ == "dobj" and measured.head.head == verb:
                return True
        return False

    def _holds(self, verb: Token) -> bool:
        """Whether a view is said to stand or to fall, without more: "his main point stands"."""
        parts = {child.dep_ for child in verb.children}
        return (
            verb.lemma_.lower() in patterns().evaluation.holding_verbs
            and is_present(verb)
            and not parts & {"dobj", "ccomp"}
            and not any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.children)
        )

    def _reaches(self, verb: Token, behind: Collection[str]) -> bool:
        """Whether an explanation is said to end somewhere: "explains why reform stalled but not why fear went"."""
        if verb.lemma_.lower() not in patterns().evaluation.manner_verbs or not is_present(verb):
            return False
        words = [token.lower_ for token in self.own if token.i > verb.i]
        return any(
            pair == ("but", "not") and word in behind for pair, word in zip(pairwise(words), words[2:], strict=False)
        )

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
        if loosely and lemma in words.giving_verbs and is_present(verb) and self._gives_best(verb):
            return True
        return lemma in _COPULAS and self._complement_judges(verb, loosely=loosely)

    def _gives_best(self, verb: Token) -> bool:
        """Whether what an author gives is judged: "offers the best way between them"."""
        epithets = patterns().evaluation.epithets
        given = [child for child in verb.children if child.dep_ == "dobj" and child.i in self._own]
        return any(
            c.dep_ == "amod" and c.lower_ in epithets and c.i > verb.i for child in given for c in child.children
        )

    def _complement_judges(self, verb: Token, *, loosely: bool) -> bool:
        words = patterns().evaluation
        judging = words.claim_adjectives | words.nouns | (words.adjectives if loosely else frozenset())
        for child in verb.children:
            if child.dep_ not in {"acomp", "attr", "oprd", "xcomp", "advmod"} or child.i < verb.i:
                continue
            near = [child, *(c for c in child.children if c.dep_ in {"amod", "conj", "acomp", "compound", "advmod"})]
            near += [c for part in near if part.dep_ == "amod" for c in part.children if c.dep_ == "conj"]
            if child.lower_ in words.fame:
                continue  # "the best known" says nothing of how good it is
            if any(token.i in self._own and {token.lower_, token.lemma_.lower()} & judging for token in near):
                return True
        return False

    def _weighed_by_phrase(self, anchor: Token) -> bool:
        """Fixed phrases directly behind the name or the view, or at its verb: "has a point", "goes too far"."""
        told: set[int] = set().union(*(self.reported(root) for root in self.roots)) if anchor in self.roots else set()
        behind = [token for token in self.own if anchor.i < token.i <= anchor.i + 2 * NEAR]
        behind = list(takewhile(lambda token: token.i not in told, behind))
        for place, token in enumerate(behind[: NEAR - 1]):
            if phrases().match(" ".join(word.text for word in behind[place:])):
                return True
            if token.pos_ == "VERB" and token.tag_ in FINITE:
                break  # what stands behind another verb is said of something else
        first = head_of_list(anchor)
        if self._claim_that_goes_wrong(anchor):
            return True
        if first.dep_ not in SUBJECTS or first.head.i < anchor.i:
            return False
        for verb in predicates(first.head):
            helpers = (c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"} and c.i > anchor.i)
            start = min((verb.i, *helpers))
            words = " ".join(token.text for token in self.own if start <= token.i <= start + 2 * NEAR)
            if verb.i in self._own and phrases().match(words):
                return True
        return False

    def _claim_that_goes_wrong(self, anchor: Token) -> bool:
        """A fixed phrase at any later verb behind "X's claim that …", whose long clause the parse often misses."""
        doc = self.sent.doc
        if anchor.pos_ != "NOUN" or anchor.i + 1 >= self.sent.end or doc[anchor.i + 1].lower_ != "that":
            return False
        behind = [token for token in self.own if token.i > anchor.i + 2]
        for place, token in enumerate(behind):
            if token.text in {";", ":"}:
                return False
            words = " ".join(t.text for t in behind[place : place + NEAR])
            if token.tag_ in {"VBZ", "MD"} and token.lemma_ != "be" and phrases().match(words):
                return True
        return False

    def _weighed_as_object(self, anchor: Token) -> bool:
        """What the reader or the evidence does to a view: "I accept his figures", "is supported by"."""
        words = patterns().evaluation
        for verb in governors(anchor):
            if verb.i not in self._own:
                continue
            lemma = verb.lemma_.lower()
            if lemma in words.reader_verbs and self._is_reader(verb):
                return True
            if lemma in words.swaying_verbs and any(
                c.dep_ in SUBJECTS and c.lower_ in words.readers for c in verb.children
            ):
                return True  # "I am not convinced by Crankshaw"
            if lemma in words.against_verbs and preposition_of(anchor, verb) in words.against:
                return not self._has_named_subject(verb)  # "the minutes tell against Conquest"
            if lemma in words.evidence_verbs and is_object_of(anchor, verb) and not self._has_named_subject(verb):
                return lemma not in {"bear", "back"} or any(c.dep_ == "prt" for c in verb.children)
        return False

    def _is_reader(self, verb: Token) -> bool:
        """Whether the writer or any reader is the subject: "I agree", "it is hard to accept", "can be questioned"."""
        words = patterns().evaluation
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
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
        if anchor.dep_ == "poss" and anchor.head.lower_ == "side" and anchor.head.dep_ == "pobj":
            return anchor.head.head.lower_ == "on"  # "the minutes are on Lewin's side"
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
        if pronoun.dep_ not in SUBJECTS:
            return False
        verb = pronoun.head
        if not is_present(verb) or verb.i not in self._own:
            return False
        takes_up = pronoun.lower_ in PERSONS | {"this", "which"} or (pronoun.lower_ == "that" and pronoun.tag_ == "DT")
        if takes_up and any(self._weighs(v, loosely=False) and is_present(v) for v in predicates(verb)):
            return True
        if pronoun.lower_ in PERSONS and self._weighed_by_phrase(pronoun):
            return True
        if pronoun.lower_ == "it" and self._stands_for_view(pronoun) and self._weighs(verb, loosely=True):
            return True
        return pronoun.lower_ in {"this", "that"} and self._conceded(pronoun)

    def _stands_for_view(self, pronoun: Token) -> bool:
        """Whether "it" may be the view that the sentence began with: "the evidence Figes uses is oral, and it is …"."""
        nouns = (view_noun(root) for root in self.roots if root.i < pronoun.i)
        return any(noun is not None and noun.i < pronoun.i and noun.dep_ in SUBJECTS for noun in nouns)

    def _upshot_judged(self, root: Token) -> bool:
        """Whether a clause that is added judges what was said: "…, and that is fair", "…, and this explains much"."""
        behind = "".join(token.text_with_ws for token in self.own if token.i > root.i)
        return upshot().search(behind) is not None

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

    def _epithet(self, root: Token) -> bool:
        """A word on the view itself: "Conquest's strongest ground"."""
        noun = view_noun(root)
        return noun is not None and any(
            c.dep_ == "amod" and c.lower_ in patterns().evaluation.epithets and c.i in self._own and c.i > root.i
            for c in noun.children
        )

    def _step_judged(self, root: Token) -> bool:
        """Whether a step of the argument is judged behind the name, in the present: "here the inference is weak"."""
        reported = self.reported(root)
        for token in self.own:
            if (
                token.i > root.i
                and token.dep_ in SUBJECTS
                and token.lemma_.lower() in patterns().evaluation.the_view_nouns
                and token.i not in reported
                and any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in token.children)
                and not any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)
                and is_present(token.head)
                and token.head.i in self._own
                and (self._weighs(token.head, loosely=True) or self._holds(token.head))
            ):
                return True
        return False

    def _finding_judged(self, root: Token) -> bool:
        """Whether what the historian found is confirmed or denied: "the limits Conquest describes were real".

        A window of words: the parse of such sentences is not to be relied on.
        """
        doc, sent = self.sent.doc, self.sent
        before = doc[max(sent.start, root.i - 4) : root.i]
        if not any(t.lower_ in _DEMONSTRATIVES | {"the", "what"} for t in before):
            return False
        if before[-1].pos_ not in {"NOUN", "ADJ"} and before[-1].lower_ not in {"that", "which", "what"}:
            return False
        behind = [t for t in doc[root.i + 1 : min(root.i + 2 * NEAR, sent.end)] if t.i in self._own]
        if not behind or behind[0].tag_ not in {"VBZ", "VBP", "NNS"} or behind[0].lemma_ in {"be", "have"}:
            return False
        for place, token in enumerate(behind[1:NEAR], start=1):
            if token.is_punct:
                return False
            if token.lemma_ in _COPULAS and token.tag_ in FINITE:
                return self._confirms(behind[place + 1 : place + 4])
        return False

    def _confirms(self, words: Sequence[Token]) -> bool:
        """Whether the words behind "was" confirm or deny: "real", "no failure", "not the whole of it"."""
        told = patterns().evaluation.finding_adjectives | patterns().evaluation.claim_adjectives
        if any(t.lower_ in told for t in words):
            return True
        return any(t.lower_ in _DENIALS for t in words[:2]) and not any(t.tag_ in {"VBN", "VBG"} for t in words)

    def _missed_chance(self, root: Token) -> bool:
        """Whether the writer says what the historian could have done: "Conquest could have found a better case"."""
        verb = governing_verb(root)
        if verb is None or verb.i not in self._own or verb.i < root.i:
            return False
        helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        return bool(helpers & patterns().evaluation.missed_chance) and "have" in helpers

    def _answered_in_person(self, root: Token) -> bool:
        """Whether the writer goes on in the first person: "…, and I would add that …", "which seems to me …"."""
        words = patterns().evaluation
        behind = [token for token in self.own if token.i > root.i]
        if own_view().search("".join(token.text_with_ws for token in behind)):
            return True
        for token in behind:
            if token.lower_ != "i" or token.dep_ != "nsubj" or token.head.lemma_.lower() not in words.comment_verbs:
                continue
            if any(t.lower_ in words.drawing_on for t in self.sent.doc[max(root.i, token.i - 3) : token.i]):
                continue  # "…, so I think that …" makes use of the view
            helpers = {c.lower_ for c in token.head.children if c.dep_ == "aux"}
            if token.head.tag_ == "VBP" or helpers & words.comment_modals:
                return True
        return False

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
            other.dep_ == "conj"
            and other.i in self._own
            and self._has_new_subject(other, root)
            and self._bears_on(other, root)
            for other in verb.children
        )

    def _bears_on(self, clause: Token, root: Token) -> bool:
        """Whether what stands behind "but" is about what was reported, and not just the next fact."""
        words = patterns().evaluation
        behind = [token for token in self.own if token.i >= clause.left_edge.i]
        told = [token for token in self.own if root.i < token.i < clause.left_edge.i]
        if any(t.lower_ in words.bearing for t in behind) or any(t.lower_ in words.sweeping for t in told):
            return True
        if is_present(clause):
            return True
        content = {t.lemma_.lower() for t in told if t.pos_ in {"NOUN", "VERB", "ADJ"} and not t.is_stop}
        return any(t.lemma_.lower() in content for t in behind)

    def _has_new_subject(self, verb: Token, root: Token) -> bool:
        """Whether a clause has a subject of its own that is neither a historian nor a person's pronoun."""
        named = {token.i for token in self.roots}
        # one historian is "he" or "she", so that "they" are others
        persons = PERSONS - {"they"} if len(named) == 1 else PERSONS
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS and c.i > root.i]
        return bool(subjects) and not any(s.lower_ in persons or {t.i for t in s.subtree} & named for s in subjects)

    def continues_contrast(self) -> bool:
        """Whether the sentence sets what it reports against the sentence before: "Figes, in contrast, …"."""
        text = "".join(token.text_with_ws for token in self.own)
        return contrast_phrase().search(text) is not None

    def _set_apart(self, root: Token) -> bool:
        """Whether a word that sets apart stands directly before the name: "unlike Taubman", "than Filtzer"."""
        before = "".join(t.text_with_ws for t in self.own if t.i < root.i)
        return contrast_before().search(before) is not None

    def _contrasted(self, root: Token, rival: Token) -> bool:
        """Whether the sentence sets two historians against one another."""
        words = patterns().evaluation
        first, second = sorted((root, rival), key=lambda token: token.i)
        between = [token for token in self.own if first.i < token.i < second.i]
        for place, token in enumerate(between):
            if token.lower_ in words.contrast and not any(t.tag_ in FINITE for t in between[place + 1 :]):
                return True
            if token.lemma_.lower() in words.dispute_verbs and is_present(token):
                return True
        verb = governing_verb(root)
        if verb is not None and verb.lemma_.lower() in words.dispute_verbs and verb == governing_verb(rival):
            return True  # "Figes and Service disagree"
        if contrast_phrase().search("".join(t.text_with_ws for t in self.own if t.i > first.i)):
            return True
        # "While Taubman stresses …, Filtzer …": the mark stands before both, a comma between their clauses
        leading = [token for token in self.own if token.i < first.i]
        return (
            any(
                (t.lower_ in words.contrast and t.dep_ in {"mark", "advmod", "prep"})
                or (t.lower_ == "where" and t.i == self.sent.start)
                for t in leading[-4:]
            )
            and any(t.text == "," for t in between)
            and any(t.tag_ in FINITE for t in between)
        )
