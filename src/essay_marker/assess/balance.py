"""Whether the judgement is balanced: words for either side, the verdict, the standards, the other side's case."""

from __future__ import annotations

from essay_marker.assess.case import Case, once_a_case
from essay_marker.records import Balance, Verdict, span_of


@once_a_case
def balance(case: Case) -> Balance:
    """The balance of the essay's own argument; a mixed sentence counts half for either side."""
    words = {"success": 0.0, "limitation": 0.0}
    for i in case.counted:
        sentence = case.sentences[i]
        if sentence.role == "context":
            continue
        if sentence.stance in words:
            words[sentence.stance] += sentence.own_words
        elif sentence.stance == "mixed":
            for side in words:
                words[side] += sentence.own_words / 2
    index = verdict_index(case)
    verdict = None
    if index is not None:
        sentence = case.sentences[index]
        verdict = Verdict(start=sentence.start, end=sentence.end, stance=sentence.stance)
    return Balance(
        success_words=round(words["success"]),
        limitation_words=round(words["limitation"]),
        verdict=verdict,
        criteria=case.reading.yardsticks,
        counter_arguments=tuple(span_of(case.sentences[i]) for i in counter_arguments(case)),
    )


@once_a_case
def verdict_index(case: Case) -> int | None:
    """The sentence that answers the question as a whole: sought in the last paragraph, the first, then anywhere."""
    paragraphs = case.paragraphs
    if not paragraphs:
        return None
    middle = [i for paragraph in paragraphs[1:-1] for i in paragraph]
    for place in (paragraphs[-1], paragraphs[0], middle):
        candidates = [i for i in place if case.judged(i)]
        if candidates:
            return max(candidates, key=lambda i: (_directness(case, i), -i))
    return None


def _directness(case: Case, index: int) -> int:
    """How directly a judgement answers the question as a whole."""
    sentence = case.sentences[index]
    return (
        2 * case.has(index, "extent")
        + 2 * case.has(index, "overall")
        + case.has(index, "focus")
        + (sentence.role == "evaluation")
        + (sentence.stance != "none")
    )


@once_a_case
def counter_arguments(case: Case) -> tuple[int, ...]:
    """Sentences that bring in the other side, and are answered there or by a neighbour of the other stance.

    A contrastive word alone is none: the direction has to change, and the sentence has to say something of its own. One
    that only tells what happened next ("However, prices were raised") brings in nobody's case.
    """
    found = []
    for paragraph in case.paragraphs:
        for place, i in enumerate(paragraph):
            sentence = case.sentences[i]
            turns = case.has(i, "counter_argument", "opener_contrast", "concession")
            tells = sentence.role in {"context", "evidence"} and not case.judged(i)
            if not turns or tells or i not in case.own or sentence.stance == "none":
                continue
            if not (sentence.themes or case.specifics[i]):
                continue
            neighbours = [case.sentences[j].stance for j in paragraph[max(place - 2, 0) : place + 2] if j != i]
            opposite = {"success": "limitation", "limitation": "success"}.get(sentence.stance)
            if sentence.stance == "mixed" or opposite in neighbours or "mixed" in neighbours:
                found.append(i)
    return tuple(found)
