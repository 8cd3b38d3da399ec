"""Which essays of a class are alike, or like an essay of the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from essay_marker import similarity
from essay_marker.batch.records import AlikePair, Member, SharedPassage
from essay_marker.corpus import load_profiles
from essay_marker.topic import Topic

_DIGITS = 4


def alike_pairs(members: Sequence[Member], topic: Topic) -> tuple[AlikePair, ...]:
    """The pairs that are worth a look: those of the class, then those with exemplars and profiles of the corpus."""
    results = [(member.learner.id, member.result.essay) for member in members if member.result is not None]
    masks = similarity.topic_masks(topic, sorted({essay.question for _, essay in results}))
    words = [similarity.words_of(id_, essay.text, essay.paragraphs, masks) for id_, essay in results if essay.text]
    if not words:
        return ()
    exemplars = similarity.corpus_words(topic, masks)
    own = {item.id for item in words}
    found = [
        AlikePair(
            first=pair.first,
            second=pair.second.removeprefix(_CORPUS),
            where="class" if pair.second in own else "exemplar",
            words=pair.words,
            first_share=round(pair.first_share, _DIGITS),
            second_share=round(pair.second_share, _DIGITS),
            passages=tuple(SharedPassage(words=p.words, first=p.first, second=p.second) for p in pair.passages),
        )
        for pair in similarity.alike(words, [item._replace(id=_CORPUS + item.id) for item in exemplars])
    ]
    found += [
        AlikePair(
            first=item.first,
            second=item.profile,
            where="profile",
            words=item.words,
            first_share=round(item.first_share, _DIGITS),
            second_share=None,
            passages=tuple(SharedPassage(words=words, first=span, second=None) for span, words in item.passages),
        )
        for item in similarity.known(words, load_profiles(topic.folder))
    ]
    order = {"class": 0, "exemplar": 1, "profile": 1}
    return tuple(sorted(found, key=lambda pair: (order[pair.where], -pair.share, pair.first, pair.second)))


#: Before the ids of exemplars while they are compared: a learner's could be the same.
_CORPUS = "corpus\n"
