"""Which essays have passages in common: word runs shared with each other and with the corpus.

What anyone may write is left out before anything is compared: quotations, citations, the question, the titles and set
phrases of the topic. What is left are the *own words*. Two essays are compared by runs of five own words; runs that
follow each other in both, with a few words changed in between, are one passage. A pair is worth a look where its
passages are `LEAST_SHARE` of the own words of one of the two (``benchmarks/alike.py`` measures what that finds).

That two essays are alike says nothing of why: notes taken together, one book, or one essay handed in twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from essay_marker.annotate.brackets import citation_brackets
from essay_marker.annotate.quotations import find_quotations
from essay_marker.borrowing import FoldedWord, Masks, common_phrases, folded_words, run_hashes, shared_runs
from essay_marker.corpus import Profile, load_exemplars, load_phrases
from essay_marker.data import Record, load_yaml
from essay_marker.read import read_file
from essay_marker.records import Span, span_of
from essay_marker.resources import models_dir
from essay_marker.topic import Topic

_BREAK = FoldedWord("", 0, 0)


class AlikeLimits(Record, frozen=True, kw_only=True):
    """``alike.yaml``: when two essays are worth a look beside each other."""

    run: int
    gap: int
    shortest: int
    least_share: float
    least_words: int


@cache
def alike_limits() -> AlikeLimits:
    """The limits of ``models/patterns/alike.yaml``, read once."""
    return load_yaml(models_dir() / "patterns" / "alike.yaml", AlikeLimits)


class Words(NamedTuple):
    """An essay to compare: whose it is, its text, and its own words; an empty word where something was left out."""

    id: str
    text: str
    own: tuple[FoldedWord, ...]

    @property
    def size(self) -> int:
        """How many own words there are."""
        return sum(1 for word in self.own if word.folded)


class Passage(NamedTuple):
    """Words in common: where they stand in either text, and how many are the same."""

    first: Span
    second: Span
    words: int


class Alike(NamedTuple):
    """Two essays with passages in common, in the order of the first; the shares are those of either's own words."""

    first: str
    second: str
    words: int
    first_share: float
    second_share: float
    passages: tuple[Passage, ...]

    @property
    def share(self) -> float:
        """The larger of the two shares."""
        return max(self.first_share, self.second_share)


class Known(NamedTuple):
    """An essay that shares runs with an essay of the corpus whose text is not kept: where they stand in the first."""

    first: str
    profile: str
    words: int
    first_share: float
    passages: tuple[tuple[Span, int], ...]  # with the number of words


def words_of(id_: str, text: str, paragraphs: Iterable[Span], masks: Masks) -> Words:
    """The own words of an essay: those of its ``paragraphs`` outside quotations, citations and what ``masks`` hold."""
    brackets = citation_brackets(text)
    quotations = find_quotations(text, brackets)
    left_outs = sorted([*((span_of(q), True) for q in quotations), *((span_of(b), False) for b in brackets)])
    own: list[FoldedWord] = []
    for paragraph in paragraphs:
        at = paragraph.start
        # a citation put in between changes nothing, but over a quotation no run goes on
        for left_out, breaks in left_outs:
            if left_out.end <= at or left_out.start >= paragraph.end:
                continue
            own += folded_words(text, [Span(start=at, end=max(at, left_out.start))])
            own += [_BREAK] if breaks else []
            at = max(at, left_out.end)
        own += folded_words(text, [Span(start=at, end=max(at, paragraph.end))])
    anyones = masks.covered([word.folded for word in own])
    return Words(id_, text, tuple(word for index, word in enumerate(own) if index not in anyones))


def topic_masks(topic: Topic, questions: Iterable[str] = ()) -> Masks:
    """What anyone may write on a topic, and on these ``questions``."""
    return Masks([*common_phrases(topic), *questions, *load_phrases(topic.folder)])


def corpus_words(topic: Topic, masks: Masks) -> tuple[Words, ...]:
    """The own words of every exemplar of a topic."""
    found = []
    for exemplar in load_exemplars(topic.folder):
        essay = read_file(exemplar.path)
        found.append(words_of(exemplar.id, essay.text, essay.paragraphs, masks))
    return tuple(found)


def alike(
    essays: Sequence[Words], others: Sequence[Words] = (), *, limits: AlikeLimits | None = None
) -> tuple[Alike, ...]:
    """Every pair of ``essays``, and of an essay and one of ``others``, that is worth a look; the most alike first."""
    limits = limits or alike_limits()
    texts = sorted(essays, key=lambda essay: essay.id), sorted(others, key=lambda essay: essay.id)
    everything = [*texts[0], *texts[1]]
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, essay in enumerate(everything):
        for at, run in _runs(essay.own, limits.run):
            places[run].append((number, at))
    seeds: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for where in places.values():
        for index, (number, at) in enumerate(where):
            if number >= len(texts[0]):
                break  # the others are not compared with each other
            for other, at_other in where[index + 1 :]:
                if other != number:
                    seeds[number, other].append((at, at_other))
    found = [_pair(everything[a], everything[b], sorted(pairs), limits) for (a, b), pairs in seeds.items()]
    worth = [pair for pair in found if pair.words >= limits.least_words and pair.share >= limits.least_share]
    return tuple(sorted(worth, key=lambda pair: (-pair.share, pair.first, pair.second)))


def known(essays: Sequence[Words], profiles: Iterable[Profile]) -> tuple[Known, ...]:
    """Every essay that is worth a look beside an essay of the corpus of which only hashes are kept."""
    limits = alike_limits()
    found = []
    listed = sorted(profiles, key=lambda profile: profile.id)
    for essay in sorted(essays, key=lambda essay: essay.id):
        hashes = run_hashes(essay.own)
        for profile in listed:
            owners = dict.fromkeys(profile.runs, profile.id)
            runs = list(shared_runs(essay.own, hashes, owners, Masks(())))
            words = sum(run.end - run.first for run in runs)
            share = words / max(essay.size, 1)
            if words >= limits.least_words and share >= limits.least_share:
                passages = [
                    (Span(start=essay.own[r.first].start, end=essay.own[r.end - 1].end), r.end - r.first) for r in runs
                ]
                found.append(Known(essay.id, profile.id, words, share, tuple(passages)))
    return tuple(sorted(found, key=lambda item: (-item.first_share, item.first, item.profile)))


def _runs(own: Sequence[FoldedWord], length: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every run of ``length`` words without a break, with the index of its first word."""
    folded = [word.folded for word in own]
    for at in range(len(folded) - length + 1):
        run = tuple(folded[at : at + length])
        if "" not in run:
            yield at, run


def _pair(first: Words, second: Words, seeds: Sequence[tuple[int, int]], limits: AlikeLimits) -> Alike:
    """What two essays share, out of the places (``seeds``, in order) at which a run of one stands in the other."""
    passages = []
    covered: tuple[set[int], set[int]] = set(), set()
    for chain in _chains(seeds, limits):
        sides = [{at + i for at in starts for i in range(limits.run)} for starts in zip(*chain, strict=True)]
        words = min(len(side) for side in sides)
        if words < limits.shortest:
            continue
        for side, whole in zip(sides, covered, strict=True):
            whole |= side
        spans = [
            Span(start=essay.own[min(side)].start, end=essay.own[max(side)].end)
            for essay, side in zip((first, second), sides, strict=True)
        ]
        passages.append(Passage(spans[0], spans[1], words))
    return Alike(
        first=first.id,
        second=second.id,
        words=min(map(len, covered)),
        first_share=len(covered[0]) / max(first.size, 1),
        second_share=len(covered[1]) / max(second.size, 1),
        passages=tuple(sorted(passages)),
    )


def _chains(seeds: Sequence[tuple[int, int]], limits: AlikeLimits) -> list[list[tuple[int, int]]]:
    """Seeds that follow each other in both texts, with few enough words between, as one chain each."""
    near_by = limits.run + limits.gap
    open_: list[list[tuple[int, int]]] = []
    done: list[list[tuple[int, int]]] = []
    for seed in seeds:
        near: list[list[tuple[int, int]]] = []
        for chain in open_:
            (near if seed[0] - chain[-1][0] <= near_by else done).append(chain)
        open_ = near
        fits = [chain for chain in open_ if seed[0] - chain[-1][0] > 0 and 0 < seed[1] - chain[-1][1] <= near_by]
        if fits:
            max(fits, key=lambda chain: (chain[-1], len(chain))).append(seed)
        else:
            open_.append([seed])
    return done + open_
