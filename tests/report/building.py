"""Results built by hand: a small realistic one, and an empty one to change field by field."""

from __future__ import annotations

from typing import Any

import msgspec

from essay_marker.records import (
    Balance,
    Bibliography,
    BibliographyEntry,
    CitationProblem,
    Citations,
    FactCheck,
    Historian,
    Marks,
    Mention,
    Nearest,
    Note,
    Program,
    Reason,
    Repair,
    ReportedEssay,
    ReportedSentence,
    Result,
    Review,
    Span,
    StrandMark,
    Strength,
    Target,
    ThemeCoverage,
    TopicFit,
    Verdict,
    YardstickUse,
)

QUESTION = "To what extent did Khrushchev succeed in his policy of de-Stalinisation?"
TITLE = "How far did Khrushchev succeed in de-Stalinising the Soviet Union?"

# Each sentence with its themes, stance, role and whether it judges; an empty list of sentences is never written.
Tagged = tuple[str, str, str, str, bool]
BODY: tuple[tuple[Tagged, ...], ...] = (
    (
        ("When Khrushchev came to power he inherited a country that had been ruled by fear for a quarter of a century.",
         "terror", "none", "context", False),
        ("Whether he succeeded in undoing that inheritance depends on the yardstick: his own aim was to free the party"
         " from terror while keeping its monopoly of power, and by that aim he did well.",
         "terror leninist_continuity", "success", "claim", True),
        ("Measured by how deep and how lasting the changes were, however, the policy was only half a success.",
         "leninist_continuity", "mixed", "claim", True),
    ),
    (
        ("The clearest success was the end of mass terror.", "terror", "success", "claim", False),
        ("After the Secret Speech of February 1956 commissions travelled to the camps, and by 1957 several million"
         " prisoners had been released.", "terror", "success", "evidence", False),
        ("Taubman (2003, pp. 271-2) calls the speech “the bravest and most reckless thing Khrushchev ever did”, and the"
         " fate of the Anti-Party Group bears him out: Molotov was sent to Mongolia, not to the cellar.",
         "terror", "success", "evidence", False),
        ("This mattered because fear had been the cement of the whole system, so that its removal changed what the"
         " party could ask of people.", "terror leninist_continuity", "success", "analysis", False),
    ),
    (
        ("In the arts the record is less even.", "thaw", "mixed", "claim", False),
        ("Solzhenitsyn’s One Day in the Life of Ivan Denisovich appeared in 1963 with Khrushchev’s own permission, but"
         " Pasternak was hounded for Doctor Zhivago in 1958.", "thaw", "mixed", "evidence", False),
        ("Jones argues that the Thaw was “a series of advances and retreats” (Jones, 2013), and this is convincing"
         " because each opening was followed within a year by an attack on the writers who had used it.",
         "thaw", "limitation", "evaluation", False),
        ("It could be objected that no book about the camps could have been printed at all under Stalin, and that"
         " objection has force.", "thaw", "success", "analysis", False),
    ),
    (
        ("Abroad the policy came close to destroying what it was meant to save.", "foreign_policy", "limitation",
         "claim", False),
        ("In Hungary the speech was read as permission, and when Nagy left the Warsaw Pact about 20,000 Hungarians died"
         " in the fighting of November 1956.", "foreign_policy", "limitation", "evidence", False),
        ("De-Stalinisation therefore stopped at the point where the bloc itself was at stake.¹",
         "foreign_policy leninist_continuity", "limitation", "analysis", False),
        ("The economy was hardly touched either, since the collective farms and the plan remained.", "economy",
         "limitation", "evidence", False),
    ),
    (
        ("Overall Khrushchev succeeded in the aim he set himself, because terror never returned, but he failed by the"
         " test of durability: within two years of his fall the word de-Stalinisation had disappeared from the press.",
         "terror leninist_continuity", "mixed", "evaluation", True),
        ("Of the two tests durability should weigh more, because a reform that one conference can undo has not changed"
         " the system.", "leninist_continuity", "limitation", "evaluation", True),
    ),
)  # fmt: skip
NOTE = "Filtzer, The Khrushchev Era, p. 31."
WORKS = (
    "Jones, P. (2013) Myth, Memory, Trauma. New Haven: Yale University Press.",
    "Taubman, W. (2003) Khrushchev: The Man and His Era. London: Free Press.",
)
TEXT = "\n\n".join(
    [
        TITLE,
        *(" ".join(sentence[0] for sentence in paragraph) for paragraph in BODY),
        "Notes\n1. " + NOTE,
        "Bibliography\n" + "\n".join(WORKS),
    ]
)


def at(words: str, text: str = TEXT) -> Span:
    """Where ``words`` stand in ``text``; they must be there."""
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def between(first: str, last: str) -> Span:
    """From the beginning of ``first`` to the end of ``last``."""
    return Span(start=at(first).start, end=at(last).end)


def offsets(words: str) -> dict[str, Any]:
    """The two offsets of ``words``, for records that are spans with further fields."""
    return msgspec.structs.asdict(at(words))


def _sentences() -> tuple[ReportedSentence, ...]:
    tagged = [
        ReportedSentence(
            **offsets(TITLE),
            paragraph=0,
            themes=(),
            stance="none",
            role="context",
            judgement=False,
            quoted_share=0.0,
            sure=None,
            levels=None,
        )
    ]
    for number, paragraph in enumerate(BODY, start=1):
        for words, themes, stance, role, judgement in paragraph:
            fields = {
                "stance": stance,
                "role": role,
                "judgement": judgement,
                "quoted_share": 0.0,
                "sure": None,
                "levels": None,
            }
            span = offsets(words)
            tagged.append(
                msgspec.convert({**span, "paragraph": number, "themes": themes.split(), **fields}, ReportedSentence)
            )
    return tuple(tagged)


def _essay() -> ReportedEssay:
    jones, taubman = map(at, WORKS)
    entries = (
        BibliographyEntry(
            start=jones.start, end=jones.end, authors=("Jones",), year="2013", title="Myth, Memory, Trauma"
        ),
        BibliographyEntry(
            start=taubman.start,
            end=taubman.end,
            authors=("Taubman",),
            year="2003",
            title="Khrushchev: The Man and His Era",
        ),
    )
    works = between("Bibliography\n", WORKS[-1])
    body = [" ".join(sentence[0] for sentence in paragraph) for paragraph in BODY]
    return ReportedEssay(
        source="essay_07.docx",
        title=TITLE,
        question=QUESTION,
        text=TEXT,
        words=sum(len(paragraph.split()) for paragraph in body),
        quoted_words=15,
        paragraphs=(at(TITLE), *(at(paragraph) for paragraph in body)),
        sentences=_sentences(),
        bibliography=Bibliography(start=works.start, end=works.end, entries=entries),
        notes=(Note(**offsets(NOTE), mark="1"),),
        repairs=(
            Repair(code="line-joins", message="Lines broken in mid-sentence were joined", count=12),
            Repair(code="quotation-marks", message="Quotation marks were made alike", count=1),
        ),
    )


def _themes() -> tuple[ThemeCoverage, ...]:
    return (
        ThemeCoverage(
            id="terror", label="Terror, repression and legality", coverage="developed", score=0.91, words=164,
            evidence=(
                at(BODY[1][0][0]), at(BODY[1][1][0]), at(BODY[1][2][0]), at(BODY[1][3][0]), at(BODY[4][0][0]),
            ),
            suggestions=(),
        ),
        ThemeCoverage(
            id="thaw", label="Thaw in culture and thought", coverage="developed", score=0.78, words=86,
            evidence=(at(BODY[2][1][0]), at(BODY[2][2][0])),
            suggestions=("A painter or film-maker, such as the Manezh exhibition of 1962.",),
        ),
        ThemeCoverage(
            id="economy", label="Economy, agriculture and planning", coverage="mentioned", score=0.2, words=14,
            evidence=(at(BODY[3][3][0]),),
            suggestions=(
                "The Virgin Lands campaign, with its early harvests and its failure by 1963.",
                "The regional economic councils of 1957, and whether they broke with Stalin’s ministries.",
            ),
        ),
        ThemeCoverage(
            id="foreign_policy", label="Foreign policy and the bloc", coverage="partial", score=0.55, words=52,
            evidence=(at(BODY[3][1][0]),),
            suggestions=("Poland in 1956, where compromise worked, as a contrast with Hungary.",),
        ),
        ThemeCoverage(
            id="leninist_continuity", label="Leninist continuity and the system", coverage="partial", score=0.6,
            words=97, evidence=(at(BODY[1][3][0]), at(BODY[4][1][0])), suggestions=(),
        ),
        ThemeCoverage(
            id="nationalities", label="Nationalities", coverage="absent", score=0.0, words=0, evidence=(),
            suggestions=("The return of the deported peoples, and who was not allowed back.",),
        ),
    )  # fmt: skip


def _reason(code: str, text: str, effect: str, spans: tuple[Span, ...], *numbers: float | None) -> Reason:
    value, level, weight = numbers
    fields = {"code": code, "text": text, "effect": effect, "value": value, "level": level, "weight": weight}
    shown = "It has no weight and is only noted" if level is None else f"Level {level:g} begins at {value:g}"
    fields |= {"title": f"Looked at: {code}", "unit": "pieces", "how": shown, "counts": level is not None}
    return msgspec.convert({**fields, "spans": [msgspec.structs.asdict(span) for span in spans]}, Reason)


def _strands() -> tuple[StrandMark, ...]:
    return (
        StrandMark(
            id="analysis", label="Analysis", level=4, score=3.75,
            how="(4 × 2 + 3.5 × 1 + 3.5 × 1) ÷ 4 = 3.75",
            reasons=(
                _reason("explains", "Explains how an event bears on the question, four times in 100 words.", "raises",
                        (at(BODY[1][3][0]), at("bears him out"), at(BODY[3][2][0]), at("because a reform"),
                         at("since the collective farms")), 4.1, 4.0, 2.0),
                _reason("describes", "The paragraph on foreign policy tells more than it explains.", "lowers",
                        (between(BODY[3][0][0], BODY[3][1][0]),), 0.5, 3.5, 1.0),
                _reason("links", "Most paragraphs end with a link to the question.", "raises",
                        (at(BODY[3][2][0]),), 0.6, 3.5, 1.0),
            ),
            nearest=(
                Nearest(id="e12", level=4, mark=14, quote="This mattered less to writers than to ministers, because no"
                        " minister had to be printed.", distance=0.25),
                Nearest(id="e28", level=4, mark=13, quote="So the farms were the price of the plan.", distance=0.4),
            ),
        ),
        StrandMark(
            id="knowledge", label="Knowledge", level=3, score=3.2, how="3.2 × 1 ÷ 1 = 3.2",
            reasons=(
                _reason("specifics", "Six precise details in 100 words: dates, names and titles.", "raises",
                        (at("February 1956"), at("Molotov was sent to Mongolia"), at("Doctor Zhivago in 1958")),
                        5.9, 3.2, 1.0),
                _reason("uneven", "One of the five themes is only named, so this strand cannot pass level 4.",
                        "neutral", (at(BODY[3][3][0]),), 1.0, None, 0.0),
            ),
            nearest=(
                Nearest(id="e03", level=2, mark=6, quote="Beria was shot in 1953.", distance=0.1),
                Nearest(id="e30", level=3, mark=9, quote="He freed many.", distance=0.5),
            ),
        ),
        StrandMark(
            id="judgement", label="Judgement", level=4, score=4.3, how="(4.6 × 1 + 4 × 1) ÷ 2 = 4.3",
            reasons=(
                _reason("weighs", "Weighs its yardsticks against each other.", "raises", (at(BODY[4][1][0]),),
                        2.0, 4.6, 1.0),
                _reason("verdict", "Ends with an answer to the question and a ground for it.", "raises",
                        (at(BODY[4][0][0]),), 1.0, 4.0, 1.0),
            ),
            nearest=(Nearest(id="e07", level=4, mark=15, quote="", distance=0.3),),
        ),
        StrandMark(
            id="organisation", label="Organisation", level=4, score=4.0, how="4 × 1 ÷ 1 = 4",
            reasons=(_reason("shape", "Every paragraph opens with its point.", "raises", (), 1.0, 4.0, 1.0),),
        ),
    )  # fmt: skip


def realistic() -> Result:
    """A result as a good but uneven essay gives it, with something in every part of the report."""
    return Result(
        schema_version=1,
        program=Program(
            name="essay-marker", version="0.1.0", rubric_sha256="3f9a0c11" * 8, topic_sha256="b7d2e4aa" * 8, models={},
            decided_by={},
        ),
        essay=_essay(),
        topic=TopicFit(id="khrushchev-destalinisation", fit=0.94),
        themes=_themes(),
        historians=(
            Historian(
                name="Taubman", full_name="William Taubman", known=True, use="attribute",
                mentions=(
                    Mention(**offsets("Taubman (2003, pp. 271-2)"), use="attribute", year="2003", pages="271-2"),
                ),
            ),
            Historian(
                name="Jones", full_name="Polly Jones", known=True, use="evaluate",
                mentions=(
                    Mention(**offsets("Jones"), use="evaluate", year=None, pages=None),
                    Mention(**offsets("(Jones, 2013)"), use="quote", year="2013", pages=None),
                ),
            ),
            Historian(
                name="Filtzer", full_name=None, known=False, use="cite",
                mentions=(Mention(**offsets("Filtzer"), use="cite", year=None, pages="31"),),
            ),
        ),
        citations=Citations(
            style="harvard",
            problems=(
                CitationProblem(
                    **offsets("Filtzer"), code="not-listed", message="Filtzer is not in the bibliography."
                ),
            ),
        ),
        facts=(
            FactCheck(**offsets("Secret Speech of February 1956"), id="secret_speech_date", status="supported",
                      message="The Secret Speech was given in February 1956."),
            FactCheck(**offsets("appeared in 1963"), id="one_day_date", status="slip",
                      message="One Day in the Life of Ivan Denisovich appeared in November 1962."),
            FactCheck(**offsets("about 20,000 Hungarians died"), id="hungary_deaths", status="disputed",
                      message="Estimates of the Hungarian dead run from 2,500 to 20,000."),
        ),
        balance=Balance(
            success_words=151, limitation_words=118,
            verdict=Verdict(**offsets(BODY[4][0][0]), stance="mixed"),
            criteria=(
                YardstickUse(text="the leader’s own aims", stated=at(BODY[0][1][0]), used=(at(BODY[4][0][0]),)),
                YardstickUse(text="durability", stated=at(BODY[0][2][0]),
                             used=(at("the test of durability"), at(BODY[4][1][0]))),
                YardstickUse(text="depth", stated=None, used=()),
            ),
            counter_arguments=(at(BODY[2][3][0]),),
        ),
        marks=Marks(
            rubric="edexcel-9hi0-essay", out_of=20, withheld=None, withheld_message=None, level=4, mark=14, low=12,
            high=16, provisional=True,
            how="The strands stand at 3.75, 3.2, 4.3 and 4. Their mean is 3.81, which is level 4 (13 to 16) by best"
                " fit; three of four strands reach it, which places the mark in the lower half: 14.",
            range_how="Nine in ten were meant to lie within 2 marks: 14 ± 2 gives 12 to 16.",
            strands=_strands(),
            review=(Review(code="strands-apart", message="the strands lie more than one level apart."),),
        ),
        strengths=(
            Strength(code="weighs", strand="judgement", spans=(at(BODY[4][1][0]),), secure=True,
                     text="The ending weighs its tests. The middle could do so as well.",
                     student="Your ending weighs its tests. Your middle could do so as well."),
            Strength(code="specifics", strand="knowledge", spans=(at("Doctor Zhivago in 1958"),), secure=True,
                     text="Paragraph 3 is exact about books. Paragraph 4 has fewer facts.",
                     student="You are exact about books in paragraph 3. Paragraph 4 has fewer facts."),
        ),
        targets=(
            Target(code="develop-theme", strand="knowledge",
                   text="Develop the economy: give one reform, its result, and what it says about success.",
                   student="Give your economy one reform, its result, and what it says about success.", gain=0.1,
                   spans=(at(BODY[3][3][0]),)),
            Target(code="explain-more", strand="analysis",
                   text="In paragraph 4, say after each event how far it shows success or failure.",
                   spans=(at(BODY[3][1][0]), at(BODY[3][0][0]))),
            Target(code="use-historian", strand="judgement",
                   text="Name a historian who would disagree with you, and answer them.", spans=()),
        ),
    )  # fmt: skip


def empty(**marks: Any) -> Result:
    """A result of a file that could not be read: every list empty, no mark. ``marks`` changes fields of its marks."""
    return Result(
        schema_version=1,
        program=Program(
            name="essay-marker", version="0.1.0", rubric_sha256="", topic_sha256="", models={}, decided_by={}
        ),
        essay=ReportedEssay(
            source="scan.pdf", title=None, question="", text="", words=0, quoted_words=0, paragraphs=(), sentences=(),
            bibliography=None, notes=(), repairs=(),
        ),
        topic=TopicFit(id="khrushchev-destalinisation", fit=0.0),
        themes=(),
        historians=(),
        citations=Citations(style="none", problems=()),
        facts=(),
        balance=Balance(success_words=0, limitation_words=0, verdict=None, criteria=(), counter_arguments=()),
        marks=msgspec.structs.replace(
            Marks(
                rubric="edexcel-9hi0-essay", out_of=20, withheld="unreadable", withheld_message=None, level=None,
                mark=None, low=None, high=None, provisional=True, how="", range_how="", strands=(), review=(),
            ),
            **marks,
        ),
        targets=(),
    )  # fmt: skip


def hostile() -> Result:
    """A result whose every string tries to be markup, a terminal code or a table cell."""
    bad = "<script>alert('x')</script>\x1b[31m *a* | [b](c) `d` &lt; \u202e"
    essay = msgspec.structs.replace(
        empty().essay,
        source=bad,
        title=None,
        question=bad,
        text=bad,
        words=4,
        paragraphs=(Span(start=0, end=len(bad)),),
    )
    here = Span(start=0, end=len(bad))
    result = realistic()
    return msgspec.structs.replace(
        result,
        essay=essay,
        themes=(
            ThemeCoverage(
                id=bad, label=bad, coverage="partial", score=0.5, words=4, evidence=(here,), suggestions=(bad,)
            ),
        ),
        historians=(
            Historian(
                name=bad, full_name=bad, known=False, use="cite",
                mentions=(Mention(start=0, end=8, use="cite", year=bad, pages=bad),),
            ),
        ),
        citations=Citations(style="none", problems=(CitationProblem(start=0, end=8, code=bad, message=bad),)),
        facts=(FactCheck(start=0, end=8, id=bad, status="slip", message=bad),),
        balance=Balance(
            success_words=1, limitation_words=0, verdict=Verdict(start=0, end=8, stance="none"),
            criteria=(YardstickUse(text=bad, stated=None, used=(here,)),), counter_arguments=(here,),
        ),
        marks=msgspec.structs.replace(
            result.marks, how=bad, rubric=bad, review=(Review(code=bad, message=bad),),
            strands=(
                StrandMark(id=bad, label=bad, level=1, score=1.0, how=bad,
                           reasons=(_reason(bad, bad, "raises", (here,), 1.0, 1.0, 1.0),)),
            ),
        ),
        strengths=(Strength(code=bad, strand=bad, text=bad, student=bad, spans=(here,), secure=False),),
        targets=(Target(code=bad, strand=bad, text=bad, spans=(here,), student=bad),),
    )  # fmt: skip
