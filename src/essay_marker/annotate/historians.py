"""Historians: who is named or cited, where, and what the writer does with them.

A mention is a citation, or a name in the running text. A name that the topic knows as a distinctive surname is one by
itself; an ordinary word ("Service"), a common surname or a slip of the pen needs company; a name that the topic does
not know needs to be spoken of as historians are: cited elsewhere, called a historian, or reported in the present tense.
People of the history are no historians.

The use of a mention is one of `records.USES`:

* ``cite``: a reference, or a name without a view
* ``quote``: a reference to words reproduced, the author not in the sentence
* ``attribute``: named with a view, quoted or not
* ``evaluate``: the writer agrees, disagrees, qualifies or contrasts
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from essay_marker.annotate import attribution, engagement, grammar, grounds, layers
from essay_marker.annotate.alignment import span_at
from essay_marker.annotate.bibliography import given_names
from essay_marker.annotate.names import (
    CAPITALISED,
    INITIALS,
    SURNAME,
    alternation,
    fold,
    is_surname,
    parse_name,
    surname_key,
)
from essay_marker.annotate.quotations import quoted_stretches
from essay_marker.annotate.reporting import patterns
from essay_marker.annotate.roster import Match, Roster, has_given_name
from essay_marker.annotate.text import text_of
from essay_marker.records import USES, BibliographyEntry, Citation, Historian, Mention, Use
from essay_marker.records import Span as Stretch
from essay_marker.resources import DEFAULT_TOPIC
from essay_marker.topic import Authority, load_topic

GROUP = "mentions"

#: A quotation this many words before a citation still belongs to it, whatever stands between.
MAX_GAP = 8

_WORD = re.compile(rf"(?<![\w-]){SURNAME}")
_BARE_YEAR = re.compile(r"[(\[]\s*(?:\d|pp?\b)")
_GIVEN = re.compile(rf"(?:(?<=[\s“‘\"'(])|\A)(?P<given>{INITIALS}|{CAPITALISED})\s+\Z")
_LISTED = re.compile(r"\s*(?:,|,?\s*\b(?:and|or)\b|&)\s*")
_JOIN = re.compile(r"\s*(?:,?\s*\band\b|&)\s*\Z")


class _Name(NamedTuple):
    """A name in the running text that may be a historian's."""

    start: int
    end: int
    surname: str
    given: str
    match: Match
    root: Token
    quoted: bool


class _Found(NamedTuple):
    """A mention before it is grouped: ``people`` are the surnames' possible bearers, one tuple an author."""

    mention: Mention
    keys: tuple[str, ...]
    printed: str
    people: tuple[tuple[Authority, ...], ...]
    given: tuple[str, ...]
    grounded: bool


@Language.factory(
    "essay_marker/historians",
    default_config={"topic": DEFAULT_TOPIC},
    requires=["doc.spans", "token.dep", "token.tag", "token.lemma", "doc.sents"],
    assigns=["doc.spans", "span._.mention", "doc._.historians", "doc._.evaluated_with_ground"],
)
class HistorianFinder:
    """Sets ``doc._.historians``, ``doc._.evaluated_with_ground`` and ``doc.spans["mentions"]``.

    Several works in one bracket share a token: ``Span._.mention`` then holds the first, ``doc._.historians`` all.
    """

    def __init__(self, nlp: Language, name: str, topic: str) -> None:
        layers.register()
        self.roster = Roster(load_topic(topic))

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions, group them, and say which evaluations have a ground."""
        found = sorted(_Reader(doc, self.roster).read(), key=lambda f: (f.mention.start, f.mention.end))
        doc._.historians = tuple(_grouped(found, doc, self.roster))
        doc._.evaluated_with_ground = tuple(
            Stretch(start=f.mention.start, end=f.mention.end) for f in found if f.grounded
        )
        spans: dict[tuple[int, int], Span] = {}
        for mention in (f.mention for f in found):
            span = span_at(doc, mention.start, mention.end)
            if (span.start, span.end) not in spans:
                span._.mention = mention
                spans[span.start, span.end] = span
        doc.spans[GROUP] = list(spans.values())
        return doc


class _Reader:
    """Finds the mentions of one essay."""

    def __init__(self, doc: Doc, roster: Roster) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.roster = roster
        self.citations: tuple[Citation, ...] = doc._.citations
        self.bare_years = [c for c in self.citations if _BARE_YEAR.match(self.text, c.start)]
        self.quotations = [Stretch(start=s.start_char, end=s.end_char) for s in doc.spans.get("quotations", ())]
        self.brackets = [Stretch(start=s.start_char, end=s.end_char) for s in doc.spans.get("citations", ())]
        self.foreign = {t.i for group in ("quotations", "citations") for s in doc.spans.get(group, ()) for t in s}
        self.groups = {_keys(c) for c in (*self.citations, *doc._.note_citations) if c.authors}
        listed = doc._.bibliography.entries if doc._.bibliography else ()
        self.groups |= {tuple(map(surname_key, entry.authors)) for entry in listed}
        self.cited = {key for group in self.groups for key in group}

    def read(self) -> Iterator[_Found]:
        """The mentions, names first."""
        names = self._accepted(list(self._names()))
        claimed: set[Citation] = set()
        for group in self._joined(names):
            year = self._bare_year_behind(group[-1].end)
            if year is not None:
                claimed.add(year)
            yield self._named(group, year, names)
        for citation in self.citations:
            if citation.authors and citation not in claimed and not self._by_actor(citation):
                yield self._cited(citation, names)

    # --- names in the running text ----------------------------------------------------------------------------------

    def _names(self) -> Iterator[_Name]:
        """Every capitalised word outside citations that may be a historian's surname."""
        position = 0
        while word := _WORD.search(self.text, position):
            position = word.end()
            if any(b.start <= word.start() < b.end for b in self.brackets):
                continue
            if " " in word.group() and not self._is_known(word.group()):
                position = word.end() - len(word.group().split()[-1])  # no particle after all: "Ben Fowkes"
                continue
            name = self._name(word.start(), word.end())
            if name is not None:
                yield name

    def _is_known(self, word: str) -> bool:
        return self.roster.find(word) is not None or surname_key(word) in self.cited

    def _name(self, start: int, end: int) -> _Name | None:
        surname = self.text[start:end]
        match = self.roster.find(surname)
        if match is None and (not is_surname(surname) or self._cannot_be_author(surname)):
            return None
        root = span_at(self.doc, start, end).root
        if root.dep_ == "compound" and root.head.i == root.i + 1 and root.head.pos_ == "PROPN":
            return None  # part of a longer name: "Getty Museum", the forename of somebody else
        people = match.people if match else ()
        first, given = self._given(start, people)
        if people and given and self.roster.settle(people[:1], [given], None) is None and len(people) == 1:
            # "Gordon Brown" is not the Brown that the topic knows
            match = Match(fold(f"{given} {surname}"), (), "weak")
        if match is None:
            match = Match(surname_key(surname), (), "weak")
        quoted = any(q.start <= start < q.end for q in self.quotations)
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1  # an accent for which there is no letter belongs to the one before it
        return _Name(first, end, surname, given, match, root, quoted)

    def _cannot_be_author(self, surname: str) -> bool:
        return self.roster.is_stranger(surname) and surname_key(surname) not in self.cited

    def _given(self, start: int, people: Sequence[Authority]) -> tuple[int, str]:
        """First names and initials before a surname, and where the whole name begins."""
        first = start
        while before := _GIVEN.search(self.text, max(0, first - 40), first):
            word = before["given"]
            token = span_at(self.doc, before.start("given"), before.end("given"))[0]
            is_initials = re.fullmatch(INITIALS, word) is not None
            known = any(has_given_name(person, word) for person in people)
            if not (is_initials or known or (token.dep_ == "compound" and token.pos_ == "PROPN")):
                break
            if not is_initials and (word.casefold() in STOP_WORDS or word in _titles()):
                break
            first = before.start("given")
        return first, self.text[first:start].strip()

    def _accepted(self, names: Sequence[_Name]) -> list[_Name]:
        """The names that are historians': first those with company of their own, then those who are known by then."""
        sure = self._with_companions(names, [self._is_historian(name) for name in names])
        keys = {name.match.key for name, is_sure in zip(names, sure, strict=True) if is_sure} | self.cited
        return [
            name
            for name, is_sure in zip(names, sure, strict=True)
            if is_sure or (not name.quoted and name.match.key in keys and self._is_name_again(name))
        ]

    def _with_companions(self, names: Sequence[_Name], sure: list[bool]) -> list[bool]:
        """Those that are listed beside a historian are historians as well: "Adler, Barnes, Hardy and Barenberg"."""
        found = list(sure)
        beside = list(itertools.pairwise(range(len(names))))
        for here, there in (*beside, *((there, here) for here, there in reversed(beside))):
            other = names[there]
            if found[here] and not found[there] and other.match.people and not other.quoted:
                first, second = names[min(here, there)], names[max(here, there)]
                found[there] = self._is_listed(first, second) and not self.roster.is_actor(other.surname)
        return found

    def _is_listed(self, first: _Name, second: _Name) -> bool:
        """Whether two names are parts of a list: not in "For Conquest, Service did little"."""
        between = _LISTED.fullmatch(self.text, first.end, second.start)
        return between is not None and (
            between.group().strip() != "," or second.root.dep_ not in {"nsubj", "nsubjpass"}
        )

    def _is_name_again(self, name: _Name) -> bool:
        """Whether a word that was somebody's name elsewhere in the essay is so here."""
        if self.roster.is_actor(name.surname):
            return False
        cited = surname_key(name.surname) in self.cited  # an author whom the model of English took for a noun
        if name.root.pos_ != "PROPN" and not (cited and name.root.dep_ == "nsubj" and not self._is_plain_noun(name)):
            return False
        opens_sentence = name.root.i == name.root.sent.start
        return name.match.strength == "sure" or not opens_sentence or name.root.dep_ in {"nsubj", "poss"}

    def _is_historian(self, name: _Name) -> bool:
        """Whether the name is a historian's by itself and its own sentence."""
        known = bool(name.match.people)
        in_brackets = self.text[name.start - 1 : name.start] == "(" and self.text[name.end : name.end + 1] == ")"
        if known and in_brackets and name.start:
            return True
        if self._bare_year_behind(name.end) or (known and (self._is_settled(name) or self._has_role(name))):
            return True
        reporting = attribution.reporting_verb(name.root)
        if self.roster.is_actor(name.surname):  # Denis Kozlov wrote, Frol Kozlov ruled
            written = name.match.key in self.cited and reporting is not None and grammar.is_present(reporting)
            return written and not name.given and not name.quoted
        view = attribution.view_noun(name.root)
        if name.quoted:
            return known and (reporting is not None or view is not None)
        if name.match.strength == "sure":
            return True
        if known or name.match.key in self.cited:
            return self._is_reported(name) or view is not None
        return self._is_unknown_historian(name, reporting)

    def _is_settled(self, name: _Name) -> bool:
        """Whether a first name or an initial says which of the known people is meant."""
        return bool(name.given) and self.roster.settle(name.match.people, [name.given], None) is not None

    def _is_reported(self, name: _Name) -> bool:
        if attribution.reporting_verb(name.root) is not None or attribution.judged_verb(name.root) is not None:
            # "Hardy points out": a name that is a word as well may be tagged as one
            named = name.root.pos_ in {"PROPN", "NOUN"} or name.root.dep_ == "nsubj"
            return named and not self._is_plain_noun(name)
        verb = attribution.governing_verb(name.root)
        if verb is not None and verb.lemma_.lower() in patterns().no_view and name.root.dep_ == "nsubj":
            return not self._is_plain_noun(name)  # "Conquest published his book in 1968"
        return _preposition_before().search(self.text, max(0, name.start - 60), name.start) is not None

    def _is_plain_noun(self, name: _Name) -> bool:
        """Whether an ordinary word with a capital is no name here: "Service in the army showed …"."""
        return name.root.pos_ != "PROPN" and any(c.dep_ in {"prep", "det", "amod"} for c in name.root.children)

    def _is_unknown_historian(self, name: _Name, reporting: Token | None) -> bool:
        """Whether a name that nobody knows is spoken of as a historian's."""
        if name.root.pos_ != "PROPN" or any(child.dep_ == "det" for child in name.root.children):
            return False
        if parse_name(f"{name.given} {name.surname}".strip()) is None:
            return False
        verb = attribution.governing_verb(name.root)
        if self._has_role(name):
            return verb is None or grammar.is_present(verb) or reporting is not None
        if _firm_preposition_before().search(self.text, max(0, name.start - 60), name.start):
            return True
        noun = attribution.view_noun(name.root)
        if noun is not None and noun.lemma_.lower() in patterns().firm_view_nouns:
            return verb is not None and grammar.is_present(verb)
        if reporting is None or reporting != verb or not grammar.is_present(reporting) or noun is not None:
            return False
        lemma = reporting.lemma_.lower()
        content = {child.dep_ for child in reporting.children} & {"ccomp", "dobj", "prep"}
        return bool(content) and (lemma in patterns().reporting.firm or bool(name.given))

    def _has_role(self, name: _Name) -> bool:
        """Whether the name is called a historian's: "the biographer Taubman", "historians such as Service"."""
        before = self.text[max(0, name.start - 120) : name.start]
        if _role_before().search(before):
            return True
        first = attribution.head_of_list(name.root)
        if first != name.root:
            start = first.idx
            return _role_before().search(self.text, max(0, start - 60), start) is not None
        return False

    def _bare_year_behind(self, end: int) -> Citation | None:
        """The bracket that only gives year or page to the name ending at ``end``: "Taubman (2003)"."""
        for citation in self.bare_years:
            if citation.start >= end:
                between = self.text[end : citation.start].strip()
                return citation if between in {"", "'s", "’s"} else None
        return None

    # --- groups of names --------------------------------------------------------------------------------------------

    def _joined(self, names: Sequence[_Name]) -> Iterator[tuple[_Name, ...]]:
        """Each name by itself, but co-authors together: "Laird and Hoffmann" where that group is cited."""
        index = 0
        while index < len(names):
            pair = names[index : index + 2]
            if len(pair) == 2 and _JOIN.fullmatch(self.text, pair[0].end, pair[1].start):
                keys = tuple(surname_key(name.surname) for name in pair)
                if keys in self.groups or tuple(reversed(keys)) in self.groups:
                    yield tuple(pair)
                    index += 2
                    continue
            yield (names[index],)
            index += 1

    # --- mentions ---------------------------------------------------------------------------------------------------

    def _named(self, group: Sequence[_Name], year: Citation | None, names: Sequence[_Name]) -> _Found:
        first, last = group[0], group[-1]
        use, grounded = self._use(group, names)
        return _Found(
            mention=Mention(
                start=first.start,
                end=last.end,
                use=use,
                year=year.year if year else None,
                pages=year.pages if year else None,
            ),
            keys=tuple(name.match.key for name in group),
            printed=first.surname
            if first is last
            else f"{first.surname}{self.text[first.end : last.start]}{last.surname}",
            people=tuple(name.match.people for name in group),
            given=tuple(name.given for name in group),
            grounded=grounded,
        )

    def _use(self, group: Sequence[_Name], names: Sequence[_Name]) -> tuple[Use, bool]:
        """The use of a name in the running text, and whether an evaluation comes with its ground."""
        name = group[-1]
        if name.quoted:
            return "attribute", False
        before, behind = self.text[group[0].start - 1 : group[0].start], self.text[name.end : name.end + 1]
        if before in {"(", "["} and behind in {")", "]"}:
            place = Stretch(start=group[0].start - 1, end=name.end + 1)
            return ("quote" if self._closes_quotation(place) else "cite"), False
        sent = name.root.sent
        others = [n for n in names if n.root.sent == sent and not n.quoted]
        keys = {n.match.key for n in group}
        rivals = [n.root for n in others if n.match.key not in keys]
        passage = engagement.Passage(sent, self.foreign, [n.root for n in others])
        following = self._next(sent)
        takes_up = following is not None and not self._names_somebody(following, names)
        evaluated = any(passage.evaluates(n.root, rivals) for n in group)
        evaluated = evaluated or (self._rival_before(sent, keys, names) and passage.continues_contrast())
        grounded = grounds.gives_ground(sent, self.foreign | passage.reported(name.root))
        if not evaluated and following is not None and takes_up:
            evaluated = engagement.Passage(following, self.foreign, []).follows_up()
            grounded = False  # the ground belongs to the judgement, which stands in the next sentence
        if evaluated:
            if not grounded and following is not None and takes_up:
                grounded = grounds.gives_ground(following, self.foreign)
            return "evaluate", grounded
        return ("attribute" if self._has_view(name, sent) else "cite"), False

    def _has_view(self, name: _Name, sent: Span) -> bool:
        if any(q.start < sent.end_char and q.end > sent.start_char for q in self.quotations):
            return True
        return attribution.has_view(name.root)

    def _rival_before(self, sent: Span, keys: set[str], names: Sequence[_Name]) -> bool:
        """Whether the sentence before names another historian, and this one nobody else."""
        if sent.start == 0:
            return False
        before = self.doc[sent.start - 1].sent
        here = {n.match.key for n in names if n.root.sent == sent}
        return here == keys and any(n.root.sent == before and n.match.key not in keys for n in names)

    def _names_somebody(self, sent: Span, names: Sequence[_Name]) -> bool:
        return any(name.root.sent == sent for name in names)

    def _next(self, sent: Span) -> Span | None:
        """The next sentence of the same paragraph."""
        if sent.end >= len(self.doc):
            return None
        following = self.doc[sent.end].sent
        return None if "\n\n" in self.text[sent.start_char : following.start_char + 1].strip() else following

    def _by_actor(self, citation: Citation) -> bool:
        """Whether nobody cited is an author: "(Khrushchev, 1956)" refers to a speech."""
        matches = [self.roster.find(author) for author in citation.authors]
        for author, match in zip(citation.authors, matches, strict=True):
            parsed = parse_name(author)
            if not self.roster.is_actor(author):
                return False
            if match is not None and self.roster.settle(match.people, [parsed.given] if parsed else [], citation.year):
                return False
            if match is not None and match.key not in self.roster.leaders:
                return False
        return True

    def _use_of_reference(self, citation: Citation, keys: tuple[str, ...], names: Sequence[_Name]) -> Use:
        """The use of a reference; words brought in by "he writes", said of the author just named, are his by name."""
        token = span_at(self.doc, citation.start, citation.end)[0]
        if engagement.Passage(token.sent, self.foreign, []).judges_reference(token):
            return "evaluate"
        if not self._closes_quotation(citation):
            return "cite"
        return "attribute" if len(keys) == 1 and self._spoken_of(token, keys[0], names) else "quote"

    def _spoken_of(self, token: Token, key: str, names: Sequence[_Name]) -> bool:
        """Whether a pronoun for the author, whom the last sentence names, brings in the words before a reference."""
        sent = token.sent
        if sent.start == 0 or any(n.root.sent == sent for n in names):
            return False
        before = {n.match.key for n in names if n.root.sent == self.doc[sent.start - 1].sent and not n.quoted}
        return before == {key} and attribution.brings_in_words(sent, self.foreign)

    def _cited(self, citation: Citation, names: Sequence[_Name]) -> _Found:
        matches = [self.roster.find(author) for author in citation.authors]
        parsed = [parse_name(author) for author in citation.authors]
        surnames = [p.surname if p else a for p, a in zip(parsed, citation.authors, strict=True)]
        keys = tuple(m.key if m else surname_key(a) for m, a in zip(matches, citation.authors, strict=True))
        return _Found(
            mention=Mention(
                start=citation.start,
                end=citation.end,
                use=self._use_of_reference(citation, keys, names),
                year=citation.year,
                pages=citation.pages,
            ),
            keys=keys,
            printed=self._printed(citation, surnames),
            people=tuple(m.people if m else () for m in matches),
            given=tuple(p.given if p else "" for p in parsed),
            grounded=False,
        )

    def _printed(self, citation: Citation, surnames: Sequence[str]) -> str:
        """The surnames as the bracket prints them, "Medvedev & Medvedev"; those of a note joined with "and"."""
        if len(surnames) > 1:
            shown = r"\s*(?:,|&|and|, and|, &)\s*".join(rf"(?:[\w.]+\s+)*?{re.escape(s)}" for s in surnames)
            if found := re.search(shown, self.text[citation.start : citation.end]):
                return found.group()
        return " and ".join([", ".join(surnames[:-1]), surnames[-1]]) if len(surnames) > 1 else surnames[0]

    # --- quotations that a citation closes --------------------------------------------------------------------------

    def _closes_quotation(self, place: Stretch) -> bool:
        """Whether the reference at ``place`` stands behind words that it is the source of.

        They must end in its sentence, and nothing that is said anew may stand between: at most a few words, or no
        finite verb.
        """
        token = span_at(self.doc, place.start, place.end)[0]
        sent = token.sent
        ends = [q.end for q in (*self.quotations, *self._short_wordings) if sent.start_char < q.end <= place.start]
        if not ends:
            return False
        gap = [t for t in self.doc[sent.start : token.i] if t.idx >= max(ends) and not t.is_punct and not t.is_space]
        cited = [t for t in gap if any(b.start <= t.idx < b.end for b in self.brackets)]
        if cited and gap[-1] not in cited:
            return False  # another source stands between, with words behind it
        words = [t for t in gap if t not in cited]
        return len(words) <= MAX_GAP or not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in words)

    @cached_property
    def _short_wordings(self) -> list[Stretch]:
        """A few words in double marks that name nothing: "obliquely but unambiguously" is a wording, "thaw" a term."""
        return [
            Stretch(start=s.start, end=s.end)
            for s in quoted_stretches(self.text, self.brackets)
            if s.double and s.words > 1 and not self._names_something(s.start, s.end)
        ]

    def _names_something(self, start: int, end: int) -> bool:
        return any(token.pos_ in {"NOUN", "PROPN"} for token in span_at(self.doc, start, end))


# --- grouping -------------------------------------------------------------------------------------------------------


def _keys(citation: Citation) -> tuple[str, ...]:
    return tuple(map(surname_key, citation.authors))


def _grouped(found: Iterable[_Found], doc: Doc, roster: Roster) -> Iterator[Historian]:
    """One historian for each surname or group of authors, in the order in which they appear."""
    groups: dict[tuple[str, ...], list[_Found]] = {}
    for one in found:
        groups.setdefault(one.keys, []).append(one)
    listed = doc._.bibliography.entries if doc._.bibliography else ()
    for members in groups.values():
        mentions = tuple(member.mention for member in members)
        yield Historian(
            name=members[0].printed,
            full_name=_full_name(members, doc, listed, roster),
            known=all(people for people in members[0].people),
            use=max((m.use for m in mentions), key=USES.index),
            mentions=mentions,
        )


def _full_name(members: Sequence[_Found], doc: Doc, listed: Sequence[BibliographyEntry], roster: Roster) -> str | None:
    """The topic's spelling of the full names, or None where a surname stays open between several people."""
    people = members[0].people
    if not people or not all(people):
        return None
    if len(people) > 1 and len(set(people)) == 1 and len(people[0]) == len(people):
        return " and ".join(person.name for person in people[0])  # both Medvedevs
    names = []
    for index, bearers in enumerate(people):
        settled = {
            person.name
            for member in members
            if (person := roster.settle(bearers, _given_of(member, index, doc, listed), member.mention.year))
        }
        if len(settled) != 1:
            return None
        names.append(settled.pop())
    return " and ".join(names)


def _given_of(member: _Found, index: int, doc: Doc, listed: Sequence[BibliographyEntry]) -> list[str]:
    """What is known of the author's first names: from the mention, else from the entry of that year."""
    if member.given[index]:
        return [member.given[index]]
    for entry in listed:
        if member.mention.year == entry.year and tuple(map(surname_key, entry.authors)) == member.keys:
            authors = given_names(doc._.essay.text[entry.start : entry.end])
            if index < len(authors) and authors[index].given:
                return [authors[index].given]
    return []


# --- patterns -------------------------------------------------------------------------------------------------------


@cache
def _titles() -> frozenset[str]:
    roles = {form for role in patterns().roles for form in (role, role + "s")}
    return frozenset(patterns().titles | {word.capitalize() for word in roles} | roles)


@cache
def _role_before() -> re.Pattern[str]:
    roles = alternation(form for role in patterns().roles for form in (role, role + "s"))
    listing = alternation(patterns().listing)
    titles = alternation(
        title for title in patterns().titles if title not in {"Mr", "Mr.", "Mrs", "Mrs.", "Lord", "Sir"}
    )
    return re.compile(
        rf"(?:\b(?:{roles})\s+(?:(?:{listing})\s+)?|\b(?:{titles})\s+)"
        rf"(?:{SURNAME}(?:\s+{SURNAME})?\s*(?:,|and|&|or)\s*(?:and\s+)?)*\Z",
    )


@cache
def _preposition_before() -> re.Pattern[str]:
    opening = alternation(patterns().opening_prepositions)
    anywhere = alternation((*patterns().firm_prepositions, *patterns().known_prepositions))
    return re.compile(rf"(?:(?:\A|[.;:!?]['”’\"]*\s+)(?:{opening})|\b(?:{anywhere}))\s+\Z", re.IGNORECASE)


@cache
def _firm_preposition_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(patterns().firm_prepositions)})\s+\Z", re.IGNORECASE)
