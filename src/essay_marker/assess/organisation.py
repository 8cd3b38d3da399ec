"""Organisation: shape, the logic of the argument, and whether each paragraph has one job."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from essay_marker.assess.balance import verdict_index
from essay_marker.assess.case import Case, count
from essay_marker.assess.criterion import Criterion, Seen


def _shape(case: Case) -> Seen:
    paragraphs = case.paragraphs
    if not paragraphs:
        return Seen(0.0, "no paragraphs of prose")
    worth = case.looking.worth.shape
    value = min(len(paragraphs), worth.paragraphs) * worth.paragraph
    said = [count(len(paragraphs), "paragraph")]
    spans: list[int] = []
    if len(paragraphs) > 2:
        opens = [i for i in paragraphs[0] if case.has(i, "yardstick", "announcement", "focus") or case.judged(i)]
        closes = [i for i in paragraphs[-1] if case.judged(i)]
        if opens:
            value += worth.introduction
            said.append("an introduction that takes up the question")
            spans += opens
        if closes:
            value += worth.conclusion
            said.append("a conclusion that answers it")
            spans += closes
        if any(case.judged(i) for i in paragraphs[0]) and closes:
            value += worth.line
            said.append("a line stated at the start")
    if not spans:
        said.append("no introduction or conclusion that takes up the question")
    return Seen(value, "; ".join(said), case.spans(spans))


def _openings(case: Case) -> Seen:
    hits: list[int] = []
    held = 0
    for paragraph in case.middle:
        first = [
            i
            for i in paragraph[:2]
            if i in case.own and (case.judged(i) or case.sentences[i].role in {"claim", "evaluation"})
        ]
        if first and not case.has(paragraph[0], "chronology"):
            held += 1
            hits += first
    share = held / len(case.middle) if case.middle else 0.0
    return Seen(
        share,
        f"{held} of {count(len(case.middle), 'body paragraph')} open with a point, not an event",
        case.spans(hits),
    )


def _one_issue(case: Case) -> Seen:
    hits: list[int] = []
    held = 0
    for paragraph in case.middle:
        themes = Counter(t for i in paragraph for t in case.sentences[i].themes)
        if len(paragraph) < 2 or not themes:
            continue
        theme, number = themes.most_common(1)[0]
        if number / len(paragraph) >= case.looking.one_issue_share:
            held += 1
            hits += [i for i in paragraph if theme in case.sentences[i].themes]
    share = held / len(case.middle) if case.middle else 0.0
    return Seen(share, f"{held} of {count(len(case.middle), 'body paragraph')} keep to one issue", case.spans(hits))


def _built(case: Case) -> Seen:
    hits: list[int] = []
    held = 0.0
    for paragraph in case.middle:
        claim = [i for i in paragraph if case.judged(i) or case.sentences[i].role == "claim"]
        evidence = [i for i in paragraph if case.evidence(i)]
        explained = [i for i in paragraph if case.explained(i)]
        order = bool(claim and evidence and claim[0] <= evidence[0]) and bool(explained and explained[-1] > evidence[0])
        parts = sum(map(bool, (claim, evidence, explained)))
        held += case.looking.worth.built.of(parts, in_order=parts == len((claim, evidence, explained)) and order)
        if parts == 3:
            hits += dict.fromkeys((claim[0], evidence[0], explained[-1]))
    # of one or two paragraphs left standing a share would say little
    share = held / max(len(case.middle), case.looking.small_essay - 2) if case.middle else 0.0
    text = f"body paragraphs are built of claim, evidence and explanation at {share:.0%}"
    if not hits:
        text += "; none has all three"
    return Seen(share, text, case.spans(hits))


def _consistent(case: Case) -> Seen:
    index = verdict_index(case)
    if index is None or not case.paragraphs:
        return Seen(0.0, "no verdict to hold the argument together")
    verdict = case.sentences[index]
    body = [case.sentences[i] for p in case.middle for i in p if i in case.own and case.sentences[i].role != "context"]
    side = {"success": 1.0, "limitation": -1.0, "mixed": 0.0, "none": 0.0}
    words = sum(s.own_words for s in body)
    lean = sum(side[s.stance] * s.own_words for s in body) / words if words else 0.0
    # a verdict for one side is contradicted by a body that leans to the other; a mixed one only by a one-sided body
    against = max(0.0, -side[verdict.stance] * lean) if side[verdict.stance] else max(0.0, 2.0 * abs(lean) - 1.0)
    agrees = 1.0 - against if words else 0.0
    judged = [i for p in (case.paragraphs[0], case.paragraphs[-1]) for i in p if case.judged(i)]
    return Seen(
        agrees, f"verdict and body point the same way at {agrees:.0%}", case.spans(dict.fromkeys((*judged, index)))
    )


def _line(case: Case) -> Seen:
    hits: list[int] = []
    held = 0
    for paragraph in case.middle:
        kept = [
            i
            for i in paragraph
            if i in case.own
            and case.sentences[i].role != "context"
            and (
                case.has(i, "yardstick", "weighing", "linking") or (case.judged(i) and case.has(i, "overall", "extent"))
            )
        ]
        held += bool(kept)
        hits += kept
    share = held / len(case.middle) if case.middle else 0.0
    paragraphs = count(len(case.middle), "body paragraph")
    text = f"{held} of {paragraphs} carry the line of argument on: a standard, a weighing or a link"
    return Seen(share, text, case.spans(hits))


def _connected(case: Case) -> Seen:
    hits = []
    pairs = 0
    for paragraph in case.paragraphs:
        for before, after in pairwise(paragraph):
            pairs += 1
            a, b = case.sentences[before], case.sentences[after]
            shared = {s.key for s in case.specifics[before]} & {s.key for s in case.specifics[after]}
            if set(a.themes) & set(b.themes) or shared or case.has(after, "opener_demonstrative", "interpretation"):
                hits.append(after)
    share = len(hits) / pairs if pairs else 0.0
    return Seen(
        share, f"{len(hits)} of {count(pairs, 'step')} from sentence to sentence hold together", case.spans(hits)
    )


CRITERIA = (
    Criterion(
        code="shape",
        strand="organisation",
        title="Shape",
        looks_at="paragraphs, an introduction that takes up the question, a conclusion that answers it",
        why="A shape is the least an argument needs; it says nothing yet of its logic.",
        unit="steps",
        earns=(
            "Success should be judged by Khrushchev's own aims.\n\nTerror ended in 1953.\n\nThe thaw "
            "came in 1954.\n\nOverall the policy was largely a success.",
        ),
        does_not_earn=("Terror ended in 1953. The thaw came in 1954.",),
        source="the scheme's wording on organisation",
        look=_shape,
    ),
    Criterion(
        code="paragraph-openings",
        strand="organisation",
        title="Paragraphs open with a point",
        looks_at="the first two sentences of each body paragraph: a claim of the writer's, or an event",
        why="A chronicle opens with dates; an argument with what it is going to show.",
        unit="share of body paragraphs",
        earns=("The clearest success of de-Stalinisation was the end of terror. In 1953 Beria was arrested.",),
        does_not_earn=("In 1953 Beria was arrested. Then Malenkov became premier.",),
        source="examiners' usual remark on chronicle and argument",
        look=_openings,
    ),
    Criterion(
        code="one-issue",
        strand="organisation",
        title="One issue a paragraph",
        looks_at="whether most sentences of a body paragraph are about one of the topic's themes",
        why="Paragraphs about issues carry an argument; mixed ones make the reader sort it out.",
        unit="share of body paragraphs",
        earns=(
            "Harvests rose in the Virgin Lands. The grain rotted for want of storage. Maize was sown "
            "where it could not ripen.",
        ),
        does_not_earn=(
            "Harvests rose in the Virgin Lands. Pasternak was hounded. Tanks entered Budapest. The police lost powers.",
        ),
        source="advice that teachers give on paragraphing",
        look=_one_issue,
    ),
    Criterion(
        code="built-paragraphs",
        strand="organisation",
        title="Paragraphs are built",
        looks_at="claim, evidence and explanation in each body paragraph, and in that order",
        why="The order lets the reader follow the argument; shuffled sentences lose it.",
        unit="share of the full build",
        earns=(
            "The end of terror was a clear success. In June 1957 Molotov was sent to Mongolia. This "
            "shows that defeat no longer cost a life, because votes had replaced arrests.",
        ),
        does_not_earn=("In June 1957 Molotov was sent to Mongolia. In 1958 Khrushchev became premier.",),
        source="the paragraph model in general use",
        look=_built,
    ),
    Criterion(
        code="line-kept-up",
        strand="organisation",
        title="The line of argument is kept up",
        looks_at=(
            "body paragraphs that tie themselves to the whole: to the standard that was set, to another "
            "point, to the answer"
        ),
        why="In a coherent essay each paragraph advances one argument; in a list each stands alone.",
        unit="share of body paragraphs",
        earns=(
            "The thaw failed the second test. In 1958 Pasternak was hounded. Measured by his own "
            "aims this mattered less than the end of terror.",
        ),
        does_not_earn=("There was also a thaw. In 1958 Pasternak was hounded. In 1962 Novy Mir printed a story.",),
        source="the scheme's wording on coherence and sustained argument",
        look=_line,
    ),
    Criterion(
        code="consistent-line",
        strand="organisation",
        title="Verdict and body agree",
        looks_at="whether the verdict leans the way the body argues",
        why="A verdict that the body contradicts shows that the line of argument was lost.",
        unit="agreement, 0 to 1",
        earns=(
            "The end of terror was a real success.\n\nThe release of prisoners was a "
            "success.\n\nOverall the policy was a success.",
        ),
        does_not_earn=(
            "The reform of the economy failed.\n\nThe thaw failed and was reversed.\n\nOverall the "
            "policy was a great success.",
        ),
        source="examiners' usual remark on contradictory conclusions",
        look=_consistent,
    ),
    Criterion(
        code="connected-sentences",
        strand="organisation",
        title="Sentences follow from one another",
        looks_at="whether each sentence takes up the theme, a name or the point of the one before",
        why="Logic between sentences, not connecting words, makes an argument easy to follow.",
        unit="share of steps",
        earns=("Censorship was relaxed after 1953. This allowed Novy Mir to print what had been banned.",),
        does_not_earn=("Tanks entered Budapest. Maize was sown in the north. Nobody knew.",),
        source="the scheme's wording on logic and coherence",
        look=_connected,
    ),
)
