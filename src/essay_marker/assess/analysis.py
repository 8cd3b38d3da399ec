"""Analysis: are the issues explored, and are they tied to the question all the way?"""

from __future__ import annotations

from essay_marker.assess.case import Case, count
from essay_marker.assess.criterion import Criterion, Seen
from essay_marker.records import span_of


def _explained_points(case: Case) -> Seen:
    hits = [i for paragraph in case.paragraphs for i in paragraph if case.explained(i)]
    held = len({case.sentences[i].paragraph for i in hits})
    share = held / max(len(case.paragraphs), case.looking.small_essay)
    text = f"{held} of {count(len(case.paragraphs), 'paragraph')} explain what the evidence shows"
    return Seen(share, text, case.spans(hits))


def _analytic_share(case: Case) -> Seen:
    hits = [i for i in case.own if case.explained(i) or case.judged(i)]
    words = sum(case.sentences[i].own_words for i in hits)
    total = sum(case.sentences[i].words for i in case.counted)
    share = words / total if total else 0.0
    return Seen(share, f"{share:.0%} of the words explain or judge in the writer's own voice", case.spans(hits))


def _reasoned(case: Case) -> Seen:
    hits = [i for i in case.own if case.reasoned(i)]
    share = len(hits) / len(case.counted) if case.counted else 0.0
    text = f"{len(hits)} of {count(len(case.counted), 'sentence')} reason in more than one step"
    return Seen(share, text, case.spans(hits))


def _linked_issues(case: Case) -> Seen:
    core = {theme.id for theme in case.topic.core_themes}
    hits = [
        i
        for i in case.own
        if case.sentences[i].role in {"analysis", "evaluation", "claim"}
        and (
            (
                len(core.intersection(case.sentences[i].themes)) > 1
                and case.has(i, "explanation", "linking", "interpretation", "weighing")
            )
            or (case.has(i, "linking") and case.explained(i))
        )
    ]
    return Seen(
        case.per_page(len(hits)),
        f"{count(len(hits), 'sentence')} showing how one issue bears on another",
        case.spans(hits),
    )


def _focus(case: Case) -> Seen:
    hits = []
    held = 0
    for paragraph in case.paragraphs:
        ends = dict.fromkeys((*paragraph[:2], *paragraph[-2:]))
        kept = [
            i
            for i in ends
            if case.judged(i) or (i in case.own and case.has(i, "focus") and case.sentences[i].stance != "none")
        ]
        hits += kept
        held += bool(kept)
    share = held / len(case.paragraphs) if case.paragraphs else 0.0
    text = f"{held} of {count(len(case.paragraphs), 'paragraph')} return to the question where they open or close"
    return Seen(share, text, case.spans(hits))


def _narrative(case: Case) -> Seen:
    hits: list[int] = []
    # an introduction may set the scene
    for paragraph in case.paragraphs[1:] or case.paragraphs:
        run: list[int] = []
        for i in (*paragraph, None):
            telling = (
                i is not None
                and case.sentences[i].role in {"evidence", "context"}
                and not case.sentences[i].judgement
                and not case.has(i, "interpretation", "weighing")
                and not (
                    case.sentences[i].role == "evidence"
                    and case.sentences[i].stance != "none"
                    and case.has(i, "explanation")
                )
            )
            if telling and i is not None:
                run.append(i)
                continue
            if len(run) >= case.looking.narrative_run:
                hits += run
            run = []
    total = sum(case.sentences[i].words for i in case.counted)
    share = sum(case.sentences[i].words for i in hits) / total if total else 0.0
    return Seen(
        share,
        f"{share:.0%} of the words stand in runs of {case.looking.narrative_run} or more sentences "
        f"that only tell or describe",
        case.spans(hits),
    )


def _quotation_share(case: Case) -> Seen:
    share = case.reading.quoted_words / case.reading.words if case.reading.words else 0.0
    long = [q for q in case.reading.quotations if q.words >= case.looking.long_quotation]
    text = f"{share:.0%} of the words are quotation"
    if share and not long:
        text += f"; none of it runs to {case.looking.long_quotation} words"
    return Seen(share, text, tuple(span_of(q) for q in long))


def _historian_use(case: Case) -> Seen:
    grounded = set(case.reading.evaluated_with_ground)
    counts = {use: 0 for use in ("cite", "quote", "attribute", "evaluate")}
    spans = []
    for historian in case.reading.historians:
        for mention in historian.mentions:
            counts[mention.use] += 1
            spans.append(span_of(mention))
    evaluated = len(grounded)
    named = ", ".join(f"{n} {use}" for use, n in counts.items() if n) or "none"
    text = f"{count(len(case.reading.historians), 'historian')} ({named}); {evaluated} evaluated with a reason"
    return Seen(float(evaluated), text, tuple(spans))


CRITERIA = (
    Criterion(
        code="explained-points",
        strand="analysis",
        title="Evidence is explained",
        looks_at=(
            "sentences of the writer's own that say what the evidence shows, with a reason or something "
            "of the topic in them"
        ),
        why="Level 2 leaves the reader to see what a fact proves; from Level 3 the essay says it.",
        unit="share of paragraphs, of at least four",
        earns=(
            "In June 1957 the defeated leaders were sent to distant posts. This shows that terror no "
            "longer decided politics, because losing a vote did not cost Molotov his life.",
        ),
        does_not_earn=(
            "In June 1957 the defeated leaders were sent to distant posts. This shows that it was a success.",
        ),
        source="examiners' usual remark on the step from Level 2 to Level 3",
        look=_explained_points,
    ),
    Criterion(
        code="analytic-share",
        strand="analysis",
        title="How much of the essay analyses",
        looks_at="the share of all words, quotations included, in the writer's own sentences that explain or judge",
        why="Analysis that is kept up marks the upper levels; quotation and narrative take its place.",
        unit="share of words",
        earns=(
            "Khrushchev failed to free culture from control because he never gave up the right to "
            "decide what could be printed. The thaw was therefore a limited success, since the "
            "censors stayed.",
        ),
        does_not_earn=(
            "In 1954 Khrushchev launched the Virgin Lands scheme. In 1956 he gave a speech to the Twentieth Congress.",
        ),
        source="the scheme's wording on description and sustained analysis",
        look=_analytic_share,
    ),
    Criterion(
        code="reasoned-sentences",
        strand="analysis",
        title="Reasoning in more than one step",
        looks_at=(
            "own sentences that explain or judge by two means at once: a reason with a contrast, a "
            "condition, a comparison or a standard"
        ),
        why='Upper-level analysis holds two thoughts together; a single "because" does not.',
        unit="share of sentences",
        earns=(
            "Although censorship returned in 1963, the books that Novy Mir had printed could not be "
            "unread, so that fear, once lifted, was hard to restore.",
        ),
        does_not_earn=("Novy Mir printed the book in 1962 because Khrushchev liked it.",),
        source="examiners' usual remark on exploring issues rather than stating them",
        look=_reasoned,
    ),
    Criterion(
        code="linked-issues",
        strand="analysis",
        title="Issues are related to one another",
        looks_at="own sentences in which two themes are tied by a cause, a contrast or a consequence",
        why="Level 3 explains points one at a time; Level 4 shows how they bear on one another.",
        unit="sentences on a page of thirty",
        earns=(
            "The rising in Hungary helps to explain why censorship was tightened at home, because "
            "hardliners could now say that criticism led to revolt.",
        ),
        does_not_earn=("Khrushchev also dealt with agriculture. He reformed culture.",),
        source="examiners' usual remark on the step from Level 3 to Level 4",
        look=_linked_issues,
    ),
    Criterion(
        code="question-focus",
        strand="analysis",
        title="Paragraphs return to the question",
        looks_at="whether the first or last sentences of each paragraph judge how far the policy succeeded",
        why="Focus on the concept of the question has to be kept up, not picked up in the last line.",
        unit="share of paragraphs",
        earns=(
            "The economy was the least successful part of de-Stalinisation. The planners kept their "
            "power and the farms stayed collective. In this respect the policy failed.",
        ),
        does_not_earn=(
            "In 1957 he set up 105 regional councils. They replaced most of the ministries. The "
            "councils met in the regions.",
        ),
        source="examiners' usual remark on focus",
        look=_focus,
    ),
    Criterion(
        code="narrative-runs",
        strand="analysis",
        title="Stretches that only tell the story",
        looks_at="runs of three or more sentences that only narrate or describe",
        why="Telling is allowed in the lower levels and a fault from Level 4 up.",
        unit="share of words",
        earns=(
            "On terror the change was real, because losers kept their lives. Molotov was sent to "
            "Mongolia in 1957. This mattered more than the renaming of cities, since it removed fear "
            "from politics.",
        ),
        does_not_earn=(
            "Stalin died in March 1953. Beria was arrested in June. Then Malenkov became premier. In "
            "1955 he resigned and Bulganin took over.",
        ),
        source="the scheme's wording on description; share bands from marking practice",
        look=_narrative,
        better="less",
    ),
    Criterion(
        code="quotation-share",
        strand="analysis",
        title="Words that are not the writer's",
        looks_at="the share of the words inside quotation marks; long quotations are shown",
        why="Quoted words are read through to what the writer does with them; they earn nothing themselves.",
        unit="share of words",
        earns=(
            "Service calls the title of the speech euphemistic, but delegates heard names and "
            "numbers, so its effect was anything but mild.",
        ),
        does_not_earn=(
            '"Khrushchev invited the delegates to mourn for the party and for nobody else, and he '
            'left the rest of the country to mourn by itself as best it could" (Smith, 1994: 3).',
        ),
        source="marking practice: under a tenth is usual, over a quarter puts the writer's voice at risk",
        look=_quotation_share,
        better="less",
    ),
    Criterion(
        code="historian-use",
        strand="analysis",
        title="How historians are used",
        looks_at="each mention of a historian: cited, quoted, given a view, or evaluated, and whether with a reason",
        why="In this scheme historians earn nothing as such; they are shown because they may support analysis.",
        unit="evaluations with a reason",
        earns=(
            "Filtzer overstates how inevitable failure was, because Poland in 1956 shows that Moscow "
            "could live with partial reform.",
        ),
        does_not_earn=("Historians such as Taubman and Tompson have studied Khrushchev.",),
        source="the scheme for essays without extracts rewards analysis, not historians as such",
        look=_historian_use,
    ),
)
