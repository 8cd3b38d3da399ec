"""Judgement: is there an answer, by what standard, and is the standard applied and weighed?"""

from __future__ import annotations

from essay_marker.assess.balance import balance, counter_arguments, verdict_index
from essay_marker.assess.case import Case, count
from essay_marker.assess.criterion import Criterion, Seen
from essay_marker.records import Span


def _verdict(case: Case) -> Seen:
    index = verdict_index(case)
    if index is None:
        return Seen(0.0, "no sentence answers the question as a whole")
    near = [i for i in _same_paragraph(case, index) if i == index or case.judged(i)]
    # a reason or a contrast counts only where the sentence says of what
    said_of_something = [i for i in near if case.sentences[i].themes or case.specifics[i]]
    areas = {t for i in said_of_something for t in case.sentences[i].themes}
    worth = case.looking.worth.verdict
    steps = (
        ("with a degree", worth.degree, any(case.has(i, "extent", "two_sided") for i in near)),
        ("with a reason", worth.reason, bool(said_of_something) and any(case.has(i, "explanation") for i in near)),
        ("told apart by area", worth.areas, len(areas) > 1),
        ("by a standard", worth.standard, any(case.has(i, "yardstick") for i in near)),
        ("and weighed", worth.weighed, any(case.has(i, "weighing") for i in near)),
    )
    grade = worth.stated + sum(adds for _, adds, holds in steps if holds)
    said = ["stated", *(words for words, _, holds in steps if holds)]
    return Seen(grade, "the answer: " + ", ".join(said), case.spans(near))


def _same_paragraph(case: Case, index: int) -> tuple[int, ...]:
    return next((p for p in case.paragraphs if index in p), (index,))


def _standards(case: Case) -> Seen:
    stated = [y for y in case.reading.yardsticks if y.stated is not None]
    used = {i for y in case.reading.yardsticks for span in y.used for i in _at(case, span)}
    applied = [i for i in case.own if i in used]
    paragraphs = {case.sentences[i].paragraph for i in applied}
    share = len(paragraphs) / max(len(case.paragraphs), case.looking.small_essay)
    spans = (*(y.stated for y in stated if y.stated is not None), *case.spans(applied))
    names = ", ".join(y.text for y in stated) or "none"
    text = f"standards of success stated: {names}; used in {count(len(paragraphs), 'paragraph')}"
    worth = case.looking.worth.standards
    return Seen((worth.stated if stated else 0.0) + worth.used * share, text, tuple(dict.fromkeys(spans)))


def _at(case: Case, span: Span) -> tuple[int, ...]:
    return tuple(i for i in case.counted if case.sentences[i].start == span.start)


def _both_sides(case: Case) -> Seen:
    found = balance(case)
    low, high = sorted((found.success_words, found.limitation_words))
    share = low / high if high else 0.0
    hits = [i for i in case.own if case.sentences[i].stance != "none" and case.sentences[i].role != "context"]
    text = f"{found.success_words} own words argue for success, {found.limitation_words} for its limits"
    return Seen(share, text, case.spans(hits))


def _weighing(case: Case) -> Seen:
    hits = [
        i
        for i in case.own
        if case.has(i, "weighing")
        and case.sentences[i].role != "context"
        and (case.sentences[i].themes or case.specifics[i] or case.has(i, "yardstick") or case.judged(i))
    ]
    return Seen(
        case.per_page(len(hits)), f"{count(len(hits), 'sentence')} weighing one point against another", case.spans(hits)
    )


def _judged_on_the_way(case: Case) -> Seen:
    hits = []
    held = 0
    for paragraph in case.middle:
        judged = [i for i in paragraph if case.judged(i)]
        supported = any(case.evidence(i) for i in paragraph)
        if judged and supported:
            held += 1
            hits += judged
    text = f"{count(held, 'paragraph')} in the body with a judgement beside its evidence"
    share = held / max(len(case.middle), case.looking.small_essay)
    return Seen(share, text, case.spans(hits))


def _answered(case: Case) -> Seen:
    hits = counter_arguments(case)
    return Seen(
        case.per_page(len(hits)),
        f"{count(len(hits), 'place')} where the other side is brought in and met",
        case.spans(hits),
    )


CRITERIA = (
    Criterion(
        code="overall-verdict",
        strand="judgement",
        title="An overall answer",
        looks_at=(
            "the sentence that answers the question and the judgements beside it: a degree, a reason, "
            "areas told apart, a standard, weighing"
        ),
        why="A bare claim is Level 1 or 2; a verdict rises with its reason, its distinctions and its standard.",
        unit="steps of a verdict",
        earns=(
            "Overall de-Stalinisation succeeded to a large extent in ending terror, because fear no "
            "longer governed, but by its own aim of renewing the economy it failed, and the first "
            "outweighs the second.",
        ),
        does_not_earn=("In conclusion, there were successes and failures.",),
        source="the scheme's wording from asserted to weighed judgement",
        look=_verdict,
    ),
    Criterion(
        code="standards-of-success",
        strand="judgement",
        title="Standards stated and used",
        looks_at="what the essay says would count as success, and the paragraphs in which it judges by it",
        why="Standards have to be set and used on the way to the answer; naming them earns little.",
        unit="one for stating, five times the share of paragraphs of use",
        earns=(
            "Success should be judged by Khrushchev's own aims.\n\nHe achieved his aim of ending "
            "mass terror, which was a clear success.",
        ),
        does_not_earn=("There are many criteria to consider.",),
        source="the scheme's wording on criteria attempted, applied and weighed",
        look=_standards,
    ),
    Criterion(
        code="both-sides",
        strand="judgement",
        title="Both sides are argued",
        looks_at="the writer's own words that argue for success against those that argue for its limits",
        why=(
            "A one-sided answer can analyse well but struggles to weigh; counting words for a side says "
            "nothing of its worth."
        ),
        unit="the smaller side as a share of the larger",
        earns=(
            "The end of terror was a real success. However, the economy remained Stalinist, which was a clear failure.",
        ),
        does_not_earn=("The end of terror was a real success. The release of prisoners was a success too.",),
        source="marking practice on one-sided answers",
        look=_both_sides,
    ),
    Criterion(
        code="weighed-points",
        strand="judgement",
        title="Points are weighed against each other",
        looks_at="own sentences that compare the importance of two points and give a reason",
        why="Weighing, not listing, separates the upper levels.",
        unit="sentences on a page of thirty",
        earns=(
            "The end of mass terror outweighs the retreat over culture, since the first proved "
            "permanent and the second did not.",
        ),
        does_not_earn=("Most importantly, in 1956 he gave a speech.",),
        source="the scheme's wording on relative significance",
        look=_weighing,
    ),
    Criterion(
        code="judged-on-the-way",
        strand="judgement",
        title="Judgements on the way",
        looks_at="body paragraphs that pass a judgement and hold evidence for it",
        why="An answer that is argued for is built in the body, not announced at the end.",
        unit="share of body paragraphs, of at least four",
        earns=(
            "The reform of the police was a success. In September 1953 the special boards lost the "
            "power to sentence without a court.",
        ),
        does_not_earn=("In June 1953 Beria was arrested, and in December 1953 he was shot.",),
        source="the scheme's wording on supported judgement",
        look=_judged_on_the_way,
    ),
    Criterion(
        code="counter-arguments",
        strand="judgement",
        title="The other side is met",
        looks_at="places where the direction of the argument turns, and something of substance is said on either side",
        why="The strongest point against the answer has to be handled before the conclusion is earned.",
        unit="places on a page of thirty sentences",
        earns=(
            "The release of prisoners was a real success of de-Stalinisation. However, Novocherkassk "
            "shows its limits, since troops fired on strikers.",
        ),
        does_not_earn=("However, he also reformed agriculture.",),
        source="examiners' usual remark on handling the counter-argument",
        look=_answered,
    ),
)
