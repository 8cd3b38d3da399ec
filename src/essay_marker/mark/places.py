"""Which words of the essay a piece of advice is about: where doing it would earn something that is not earned yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place, tags_of
from essay_marker.records import Reason, Span, span_of

#: What is earned once a paragraph, so that only a paragraph that has not earned it is worth pointing at.
_BY_PARAGRAPH = frozenset({"paragraph", "middle"})


def place_of(
    where: str, per: str, reason: Reason, script: Script, taken: Set[Span], unless: Sequence[str] = ()
) -> Place:
    """Where to follow advice about ``reason``, not at ``taken`` words; without spans where no place is worth it.

    ``where``, ``per`` and ``unless`` are those of the rubric's advice.
    """
    if unless:
        barred = (i for i in script.body if not tags_of(script, Place(reason, i)).isdisjoint(unless))
        taken = taken | {span_of(script.sentences[i]) for i in barred}
    if where == "cited":
        span = next((s for s in reason.spans if s not in taken), None)
        index = script.at(span) if span is not None else None
        return Place(reason, index, (span,) if span is not None else ())
    if where == "theme":
        return _theme(reason, script, taken)
    if where == "standard":
        return _standard(reason, script, taken)
    index = _sentence(where, per, reason, script, taken)
    return Place(reason, index, (span_of(script.sentences[index]),) if index is not None else ())


def _theme(reason: Reason, script: Script, taken: Set[Span]) -> Place:
    """What the essay says of its weakest theme; where it says nothing, the paragraph that another could follow.

    That is the one on a theme which the topic ties to it, or the last before the conclusion.
    """
    weakest = script.weakest
    if weakest is None or not script.body:
        return Place(reason, None)
    found = [i for span in weakest.evidence if (i := script.at(span)) is not None]
    if found:
        # nothing new is asked of a conclusion, so what stands there comes last
        free = [i for i in found if span_of(script.sentences[i]) not in taken] or found
        index = min(free, key=lambda i: (script.concludes(i), i))
    else:
        tied = {theme for link in script.topic.links if weakest.id in link.between for theme in link.between}
        near = [p for p in script.middle if (theme := script.theme_of_paragraph(p)) is not None and theme.id in tied]
        index = (near or script.middle)[-1][-1]
    return Place(reason, index, (span_of(script.sentences[index]),))


def _standard(reason: Reason, script: Script, taken: Set[Span]) -> Place:
    """Where the least used standard of success is stated; where none is, the end of the introduction."""
    stated = script.least_used
    index = script.at(stated.stated) if stated is not None and stated.stated is not None else None
    if index is None or span_of(script.sentences[index]) in taken:
        first = script.paragraphs[0] if script.paragraphs else ()
        index = next((i for i in reversed(first) if span_of(script.sentences[i]) not in taken), None)
    return Place(reason, index, (span_of(script.sentences[index]),) if index is not None else ())


def _sentence(where: str, per: str, reason: Reason, script: Script, taken: Set[Span]) -> int | None:
    if not script.paragraphs:
        return None
    free = [i for i in script.body if span_of(script.sentences[i]) not in taken]
    if where == "introduction":
        return next((i for i in script.paragraphs[0] if i in free), None)
    if where == "conclusion":
        return next((i for i in reversed(script.paragraphs[-1]) if i in free), None)
    earned = script.served(reason.spans)
    paragraphs: Sequence[tuple[int, ...]] = script.middle
    if per in _BY_PARAGRAPH:
        paragraphs = [p for p in paragraphs if earned.isdisjoint(p)]
    if where == "opening":
        openings = [p[0] for p in paragraphs if p[0] in free]
        return next((i for i in openings if script.sentences[i].role in {"context", "evidence"}), None) or next(
            iter(openings), None
        )
    bare = [i for p in paragraphs for i in p if i in free and i not in earned]
    fits: Callable[[int], bool] = script.unargued if where == "evidence" else script.claimed
    return max(
        (i for i in bare if fits(i)),
        key=lambda i: (len(script.specifics[i]), script.sentences[i].own_words, -i),
        default=None,
    )
