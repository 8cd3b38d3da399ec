"""``class.html``: what the page on a class holds, out of its results and the teacher's decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from essay_marker import rubric as rubrics
from essay_marker.batch.examples import Names
from essay_marker.batch.lessons import going_well, to_teach
from essay_marker.batch.records import AlikePair, ClassRecord, Member
from essay_marker.batch.standing import Standing, standing
from essay_marker.batch.store import Store
from essay_marker.batch.veil import veiled
from essay_marker.batch.words import FIRST, first_to_see
from essay_marker.errors import DataError
from essay_marker.records import COVERAGES, Coverage, Decision, Result, Span
from essay_marker.report import class_page as page
from essay_marker.report.quotes import shorten

PAGE = "class.html"
#: How many shared passages of a pair are shown, how many characters of each, and how many around it.
PASSAGES, SHOWN, AROUND = 4, 700, 90


def write_class_page(
    store: Store, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]
) -> None:
    """Write the page. `DataError` where that cannot be done."""
    shown = class_page(record, members, decisions)
    store.write(store.folder / PAGE, page.render_class_page(shown).encode("utf-8", "replace"))


def class_page(record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]) -> page.ClassPage:
    """What is on the page of a class."""
    ordered = sorted(members, key=lambda m: (m.learner.learner.casefold(), m.learner.id))
    stands = {m.learner.id: standing(record, m, decisions) for m in ordered}
    names = {m.learner.id: m.learner.learner for m in ordered}
    people = Names(names.values())
    essays = [(m.learner.id, m.result) for m in ordered if m.result is not None and m.withheld is None]
    strands = dict((s.id, s.label) for _, result in essays for s in result.marks.strands)
    themes = _themes_of_all([result for _, result in essays])
    marks = [s.mark for s in stands.values() if s.mark is not None]
    bands = _bands(record)
    lessons = rubrics.load_lessons(record.rubric)
    open_ = [m for m in ordered if m.withheld is None and stands[m.learner.id].signed_by is None]
    first = _first(record, veiled(record, open_, decisions), ordered, names)
    pupils = [_pupil(m, stands[m.learner.id], bands, tuple(strands), tuple(themes)) for m in ordered]
    return page.ClassPage(
        question=_question(record, essays),
        out_of=max((result.marks.out_of for _, result in essays), default=20),
        essays=len(members),
        signed=sum(s.signed_by is not None for s in stands.values()),
        unmarked=sum(s.mark is None and not s.hidden for s in stands.values()),
        hidden=sum(s.hidden for s in stands.values()),
        low=min(marks, default=None),
        median=median(marks) if marks else None,
        high=max(marks, default=None),
        marks=_counts(stands.values()),
        bands=bands,
        strands=_strands([r for id_, r in essays if not stands[id_].hidden], strands),
        themes=_themes([result for _, result in essays], themes),
        coverage=_coverage([result for _, result in essays], tuple(themes)),
        teach=to_teach(ordered, lessons, people),
        well=going_well(ordered, lessons, people),
        pupils=tuple(p for p, m in zip(pupils, ordered, strict=True) if m.withheld is None or p.mark is not None),
        unmarked_pupils=tuple(
            p for p, m in zip(pupils, ordered, strict=True) if m.withheld is not None and p.mark is None
        ),
        first=first[:FIRST],
        first_more=max(len(first) - FIRST, 0),
        pairs=tuple(_pair(pair, dict(essays), names) for pair in record.alike if pair.where == "class"),
        corpus=tuple(
            page.CorpusLike(
                name=names[pair.first], other=f"{pair.where} {pair.second}", words=pair.words, share=pair.first_share
            )
            for pair in record.alike
            if pair.where != "class"
        ),
        absent=record.absent,
        source=f"essay-marker {record.version} · mark scheme {record.rubric} · topic {record.topic}",
    )


def _themes_of_all(results: Sequence[Result]) -> dict[str, str]:
    """The themes that every essay is held against, with their labels; others are named only where they occur."""
    everywhere = set.intersection(*({t.id for t in result.themes} for result in results)) if results else set()
    return {t.id: t.label for result in results for t in result.themes if t.id in everywhere}


def _question(record: ClassRecord, essays: Sequence[tuple[str, Result]]) -> str:
    """The question set, else the one that most essays answer."""
    asked = Counter(result.essay.question for _, result in essays)
    return record.question or min(asked, key=lambda question: (-asked[question], question), default="")


def _bands(record: ClassRecord) -> tuple[page.Band, ...]:
    """The levels of the mark scheme, where it is still the one that the essays were marked by."""
    try:
        rubric = rubrics.load(record.rubric)
    except DataError:  # a scheme of the teacher's own, which lies somewhere else
        return ()
    if rubric.sha256 != record.rubric_sha256:
        return ()
    return tuple(page.Band(level=b.level, low=b.low, high=b.high) for b in rubric.rubric.levels)


def _counts(stands: Iterable[Standing]) -> tuple[page.MarkCount, ...]:
    given = [s for s in stands if s.mark is not None]
    essays = Counter(s.mark for s in given)
    signed = Counter(s.mark for s in given if s.signed_by is not None)
    return tuple(
        page.MarkCount(mark=mark, essays=essays[mark], signed=signed[mark])
        for mark in sorted(mark for mark in essays if mark is not None)
    )


def _strands(results: Sequence[Result], strands: Mapping[str, str]) -> tuple[page.StrandRow, ...]:
    levels = Counter((strand.id, strand.level) for result in results for strand in result.marks.strands)
    rows = (
        page.StrandRow(label=t, essays=tuple(levels[i, level] for level in page.LEVELS)) for i, t in strands.items()
    )
    return tuple(rows) if results else ()


def _themes(results: Sequence[Result], themes: Mapping[str, str]) -> tuple[page.ThemeRow, ...]:
    counts = Counter((theme.id, theme.coverage) for result in results for theme in result.themes)
    return tuple(
        page.ThemeRow(label=label, essays={coverage: counts[id_, coverage] for coverage in COVERAGES})
        for id_, label in themes.items()
    )


def _coverage(results: Sequence[Result], themes: Sequence[str]) -> tuple[tuple[Coverage, ...], ...]:
    """What each essay covers how far, from much to little: nothing tells whose is whose."""
    found = ({theme.id: theme.coverage for theme in result.themes} for result in results)
    rows = (tuple(covered[id_] for id_ in themes) for covered in found)
    return tuple(sorted(rows, key=lambda row: (-sum(map(COVERAGES.index, row)), [-COVERAGES.index(c) for c in row])))


def _pupil(
    member: Member, stands: Standing, bands: Sequence[page.Band], strands: Sequence[str], themes: Sequence[str]
) -> page.Pupil:
    learner, result = member.learner, member.result
    marked = result if member.withheld is None else None
    own = marked if stands.mark is not None and not stands.decided else None  # whose range belongs to the mark
    levels = {s.id: s.level for s in marked.marks.strands} if marked and not stands.hidden else {}
    coverage = {t.id: t.coverage for t in marked.themes} if marked else {}
    return page.Pupil(
        name=learner.learner,
        report=learner.report,
        mark=stands.mark,
        low=own.marks.low if own else None,
        high=own.marks.high if own else None,
        decided=stands.decided,
        signed_by=stands.signed_by,
        level=next((b.level for b in bands if stands.mark is not None and b.low <= stands.mark <= b.high), None),
        strands=tuple(levels.get(id_) for id_ in strands),
        themes=tuple(coverage.get(id_) for id_ in themes),
        late=learner.late,
        why=member.why,
    )


def _first(
    record: ClassRecord, open_: Sequence[Member], members: Sequence[Member], names: Mapping[str, str]
) -> tuple[page.Pupil, ...]:
    """Whose essays of ``open_`` to look at first and why, each with the report where no other learner is called so."""
    often = Counter(names.values())
    reports = {m.learner.learner: m.learner.report for m in members if often[m.learner.learner] == 1}
    found = first_to_see(open_, record.alike, names)
    return tuple(page.Pupil(name=name, report=reports.get(name), why=why) for name, why in found)


# --- alike ----------------------------------------------------------------------------------------------------------


def _pair(pair: AlikePair, results: Mapping[str, Result], names: Mapping[str, str]) -> page.Pair:
    longest = sorted(pair.passages, key=lambda passage: (-passage.words, passage.first.start))[:PASSAGES]
    first, second = results.get(pair.first), results.get(pair.second)
    return page.Pair(
        first=names[pair.first],
        second=names[pair.second],
        words=pair.words,
        first_share=pair.first_share,
        second_share=pair.second_share or 0.0,
        shared=tuple(
            page.Shared(words=p.words, first=_excerpt(first, p.first), second=_excerpt(second, p.second))
            for p in longest
        ),
        more=len(pair.passages) - len(longest),
    )


def _excerpt(result: Result | None, span: Span | None) -> page.Excerpt:
    text = result.essay.text if result is not None and span is not None else ""
    start, end = (span.start, span.end) if span is not None else (0, 0)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    # cut at a word's end, unless the text itself ends there
    before = before if start <= AROUND else before.partition(" ")[2]
    after = after if end + AROUND >= len(text) else after.rpartition(" ")[0]
    return page.Excerpt(before=before, words=shorten(text[start:end], SHOWN), after=after)
