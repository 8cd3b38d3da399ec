"""Which words of the essay a piece of advice is about: where doing it would earn something that is not earned yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from essay_marker.mark.script import Script
from essay_marker.mark.wording import Place
from essay_marker.records import Reason, Span, span_of

#: What is earned once a paragraph, so that only a paragraph that has not earned it is worth pointing at.
_BY_PARAGRAPH = frozenset({"paragraph", "middle"})


def place_of(where: str, per: str, reason: Reason, script: Script, taken: Set[Span]) -> Place:
    """Where to follow advice about ``reason``, not at ``taken`` words; without spans where no place is worth it.

    ``where`` and ``per`` are those of the rubric's advice.
    """
    if where == "cited":
        span = next((s for s in reason.spans if s not in taken), None)
        index = script.at(span) if span is not None else None
        return Place(reason, index, (span,) if span is not None else ())
    if where == "theme":
        return _theme(reason, script)
    index = _sentence(where, per, reason, script, taken)
    return Place(reason, index, (span_of(script.sentences[index]),) if index is not None else ())


def _theme(reason: Reason, script: Script) -> Place:
    """What the essay says of its weakest theme; where it says nothing, the paragraph that another could follow."""
    weakest = script.weakest
    if weakest is None or not script.body:
        return Place(reason, None)
    span = next(iter(weakest.evidence), None)
    index = script.at(span) if span is not None else script.middle[-1][-1]
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
