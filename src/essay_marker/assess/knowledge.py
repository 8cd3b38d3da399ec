"""Knowledge: range, precision, accuracy, and above all whether it is aimed at the question's concept."""

from __future__ import annotations

import msgspec

from essay_marker.assess.case import Case, count, distinct
from essay_marker.assess.coverage import coverage
from essay_marker.assess.criterion import Criterion, Seen
from essay_marker.records import span_of


def _range(case: Case) -> Seen:
    core = {theme.id for theme in case.topic.core_themes}
    worth = msgspec.structs.asdict(case.looking.worth.coverage)
    covered = [c for c in coverage(case) if c.id in core]
    value = sum(worth[c.coverage] for c in covered)
    developed = [c.label.split(":")[0].split(",")[0] for c in covered if c.coverage == "developed"]
    partial = sum(c.coverage == "partial" for c in covered)
    text = f"{count(len(developed), 'theme')} developed ({'; '.join(developed) or 'none'}), {partial} in part"
    spans = tuple(s for c in covered if worth[c.coverage] for s in c.evidence)
    return Seen(value, text, spans)


def _precise(case: Case) -> Seen:
    seen: set[str] = set()
    hits = []
    for i in case.counted:
        if not case.evidence(i) or case.sentences[i].quoted_share >= case.looking.own_share:
            continue
        new = [s for s in distinct(case.specifics[i]) if s.key not in seen]
        seen.update(s.key for s in new)
        if len(new) >= case.looking.precise_specifics:
            hits.append(i)
    text = (
        f"{count(len(hits), 'sentence')} with precise support: at least two new dates, figures, names or terms together"
    )
    return Seen(len(hits), text, case.spans(hits))


def _aimed_evidence(case: Case) -> tuple[list[int], int]:
    """The pieces of evidence that stand beside a judgement or explanation, and how many pieces there are in all.

    An explanation carries only so much evidence: a list with one judgement at its end is not aimed.
    """
    hits: list[int] = []
    total = 0
    for paragraph in case.paragraphs:
        evidence = [i for i in paragraph if case.evidence(i)]
        total += len(evidence)
        explained = [i for i in paragraph if case.explained(i) or case.judged(i)]
        hits += evidence[: case.looking.evidence_per_explanation * len(explained)]
    return hits, total


def _depth(case: Case) -> Seen:
    by_theme: dict[str, dict[str, int]] = {theme.id: {} for theme in case.topic.core_themes}
    for i in _aimed_evidence(case)[0]:
        sentence = case.sentences[i]
        if sentence.quoted_share >= case.looking.own_share:
            continue
        for theme in sentence.themes:
            for specific in case.specifics[i][: case.looking.specifics_a_sentence]:
                by_theme.get(theme, {}).setdefault(specific.key, i)
    best = sorted(by_theme.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:2]
    value = sum(len(found) for _, found in best)
    labels = " and ".join(
        f"{case.topic.theme(theme).label.split(':')[0].split(',')[0]} ({len(found)})" for theme, found in best
    )
    hits = sorted({i for _, found in best for i in found.values()})
    return Seen(
        case.per_page(value),
        f"different dates, figures, names and terms in the two best supported themes: {labels}",
        case.spans(hits),
    )


def _aimed(case: Case) -> Seen:
    hits, total = _aimed_evidence(case)
    share = len(hits) / max(total, case.looking.small_evidence)
    return Seen(
        share,
        f"{len(hits)} of {count(total, 'piece')} of evidence stand beside a judgement or explanation",
        case.spans(hits),
    )


def _slips(case: Case) -> Seen:
    slips = [f for f in case.reading.facts if f.status == "slip"]
    return Seen(
        len(slips), f"{count(len(slips), 'slip')} of fact (costs no mark by itself)", tuple(span_of(f) for f in slips)
    )


CRITERIA = (
    Criterion(
        code="range-of-themes",
        strand="knowledge",
        title="Range",
        looks_at=(
            "how many of the question's areas are developed (a point, evidence and a link to the "
            "question), half for a part"
        ),
        why="A shortage of range is enough to hold an answer at Level 3; no fixed number of areas is required.",
        unit="themes",
        earns=(
            "Ending mass terror was the clearest success of de-Stalinisation. By 1958 about 4 "
            "million people had left the camps and settlements. This mattered because fear no longer "
            "held the state together, so the reform of the police was a real success.\n\n"
            "Agriculture was a clear failure of his reforms. The Virgin Lands brought in a record harvest in 1956, but "
            "in 1963 grain had to be bought from Canada. This shows that orders from Moscow could not feed the "
            "country, so economic reform failed.",
        ),
        does_not_earn=("Terror, the thaw, the economy, foreign policy and Leninism were all important.",),
        source="the scheme's wording on range and depth",
        look=_range,
    ),
    Criterion(
        code="precise-support",
        strand="knowledge",
        title="Precise support",
        looks_at="own sentences of evidence in which at least two new dates, figures, names or terms stand together",
        why="A name alone is no knowledge; precision is what is linked. Saying it again adds nothing.",
        unit="sentences",
        earns=("In June 1957 Molotov was sent to Mongolia and Malenkov to a power station in Kazakhstan.",),
        does_not_earn=("In many ways life was better for many people.",),
        source="marking practice on specific against generalised support",
        look=_precise,
    ),
    Criterion(
        code="depth",
        strand="knowledge",
        title="Depth",
        looks_at=(
            "how many different dates, figures, names and terms support the two best supported themes, "
            "where the paragraph explains or judges"
        ),
        why=(
            "A shortage of depth is enough to hold an answer at Level 3. Naming a thing twice, or six in "
            "a row, adds nothing."
        ),
        unit="different specifics on a page of thirty sentences",
        earns=(
            "Ending terror was a clear success. In June 1957 Molotov was sent to Mongolia and "
            "Malenkov to Kazakhstan. In December 1958 new legal principles dropped the label of "
            "enemy of the people. This shows that fear no longer ruled, because defeat did not cost "
            "a life.",
        ),
        does_not_earn=(
            "Ending terror was a clear success. Many prisoners were released. This shows that fear "
            "no longer ruled, because people were safer.",
        ),
        source="the scheme's wording on range and depth",
        look=_depth,
    ),
    Criterion(
        code="aimed-evidence",
        strand="knowledge",
        title="Knowledge is aimed at the question",
        looks_at="the share of the evidence that stands in a paragraph with a judgement or an explanation for it",
        why="Knowledge has to be turned to the concept of the question: implied at Level 2, said from Level 3.",
        unit="share of the pieces of evidence, of at least six",
        earns=(
            "In 1957 Molotov was sent to Mongolia rather than shot. This shows that the end of "
            "terror was a real success, because defeat no longer cost a life.",
        ),
        does_not_earn=(
            "In 1957 Molotov was sent to Mongolia. In 1958 Khrushchev became premier. In 1961 Stalin "
            "left the Mausoleum.",
        ),
        source="the scheme's wording on implicit and explicit links",
        look=_aimed,
    ),
    Criterion(
        code="fact-slips",
        strand="knowledge",
        title="Slips of fact",
        looks_at="dates, figures and claims that do not agree with the topic's facts",
        why="Marking is positive: a slip costs nothing by itself; it fails to support the point. Shown as advice.",
        unit="slips",
        earns=("The Secret Speech was given in February 1956.",),
        does_not_earn=("The Secret Speech was given in 1958.",),
        source="general marking guidance on positive marking",
        look=_slips,
        better="less",
    ),
)
