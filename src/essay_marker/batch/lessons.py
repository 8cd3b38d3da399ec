"""What many essays of a class have in common: what to teach next, and what goes well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from essay_marker.batch.examples import Example, Names, chosen
from essay_marker.batch.records import Member
from essay_marker.records import Result, Span
from essay_marker.report.class_page import Point
from essay_marker.rubric import Lesson, Lessons

#: How many things are said, of how many essays at the least, with how many examples and ideas.
POINTS, LEAST, EXAMPLES, IDEAS = 3, 2, 2, 3
_MISSED = ("absent", "mentioned")


class _Said(NamedTuple):
    """What is said of one essay: the criterion and its strand, the essay, and the places it is about."""

    code: str
    strand: str
    id: str
    result: Result
    spans: tuple[Span, ...]


def to_teach(members: Sequence[Member], lessons: Lessons | None, names: Names) -> tuple[Point, ...]:
    """The targets and missing themes of the most essays, the commonest first; of the themes the one most missed."""
    said = [_Said(t.code, t.strand, id_, result, t.spans) for id_, result in _essays(members) for t in result.targets]
    of = sum(1 for _ in _essays(members))
    missed = _theme_missed(members, lessons, names) if lessons else None
    points = [
        _point(code, found, of, lessons, names)
        for code, found in _by_code(said)
        if not (missed and lessons and code == lessons.theme.instead_of)
    ]
    return _most([*points, *([missed] if missed else [])])


def going_well(members: Sequence[Member], lessons: Lessons | None, names: Names) -> tuple[Point, ...]:
    """The strengths of the most essays, the commonest first."""
    said = [
        _Said(s.code, s.strand, id_, result, s.spans)
        for id_, result in _essays(members)
        for s in result.strengths
        if s.secure
    ]
    of = sum(1 for _ in _essays(members))
    return _most([_point(code, found, of, lessons, names, well=True) for code, found in _by_code(said)])


def _essays(members: Iterable[Member]) -> Iterator[tuple[str, Result]]:
    """The essays that can be marked, each with its learner's id."""
    return ((m.learner.id, m.result) for m in members if m.result is not None and m.withheld is None)


def _by_code(said: Iterable[_Said]) -> list[tuple[str, list[_Said]]]:
    found: defaultdict[str, list[_Said]] = defaultdict(list)
    for item in said:
        found[item.code].append(item)
    return sorted(found.items())


def _most(points: Sequence[Point]) -> tuple[Point, ...]:
    common = [point for point in points if point.essays >= LEAST]
    return tuple(sorted(common, key=lambda point: (-point.essays, point.title))[:POINTS])


def _point(
    code: str, said: Sequence[_Said], of: int, lessons: Lessons | None, names: Names, *, well: bool = False
) -> Point:
    lesson = _lesson(code, lessons)
    shown = lessons is not None and (well or lesson is None or lesson.example)
    examples = (
        [example for item in said for example in _examples(item, lessons, well=well)] if lessons and shown else []
    )
    return Point(
        title=_title(code, said, lesson, well=well),
        essays=len({item.id for item in said}),
        of=of,
        teach=lesson.teach if lesson and not well else "",
        examples=chosen(examples, names, EXAMPLES),
    )


def _examples(item: _Said, lessons: Lessons, *, well: bool) -> Iterator[Example]:
    """The sentences of one essay that show what is said of it: clearly weak ones of a fault, else clearly good ones.

    A fault is shown only by an essay whose criterion is clearly low; a strength is one because its criterion is high.
    """
    levels = [
        reason.level
        for strand in item.result.marks.strands
        if strand.id == item.strand
        for reason in strand.reasons
        if reason.code == item.code and reason.level is not None
    ]
    if not well and not any(level <= lessons.low for level in levels):
        return
    for span in item.spans:
        words = item.result.essay.text[span.start : span.end]
        level = _level(item.result, span, item.strand)
        if level is None or (level >= lessons.high if well else level <= lessons.low):
            yield Example(item.id, words, 0.0 if level is None else level if well else -level)


def _level(result: Result, span: Span, strand: str | None = None) -> float | None:
    """The level of the sentence that ``span`` begins in, on a strand or on its best; None where no model gave one."""
    levels = next((s.levels for s in result.essay.sentences if s.start <= span.start < s.end), None)
    if not levels:
        return None
    return max(levels.values()) if strand is None else levels.get(strand)


def _title(code: str, said: Sequence[_Said], lesson: Lesson | None, *, well: bool) -> str:
    """How a class is told of a criterion; where nothing was written for it, what the criterion is called."""
    written = (lesson.well if well else lesson.seen) if lesson else ""
    reasons = (r for item in said for strand in item.result.marks.strands for r in strand.reasons if r.code == code)
    return written or next((reason.title for reason in reasons if reason.title), code)


def _lesson(code: str, lessons: Lessons | None) -> Lesson | None:
    return next((lesson for lesson in lessons.lessons if lesson.code == code), None) if lessons else None


def _theme_missed(members: Sequence[Member], lessons: Lessons, names: Names) -> Point | None:
    """The theme that the most essays leave out or only name, with how others do it."""
    lesson = lessons.theme
    missed: Counter[str] = Counter()
    labels, ideas = {}, defaultdict[str, Counter[str]](Counter)
    done: defaultdict[str, list[Example]] = defaultdict(list)
    for id_, result in _essays(members):
        for theme in result.themes:
            labels[theme.id] = theme.label
            if theme.coverage in _MISSED:
                missed[theme.id] += 1
                ideas[theme.id].update(theme.suggestions)
            elif theme.coverage == "developed":
                for span in theme.evidence:
                    level = _level(result, span)
                    if level is None or level >= lessons.high:
                        words = result.essay.text[span.start : span.end]
                        done[theme.id].append(Example(id_, words, level or 0.0))
    if not missed:
        return None
    most = max(sorted(missed), key=lambda id_: missed[id_])
    return Point(
        title=lesson.seen.format(theme=labels[most]),
        essays=missed[most],
        of=sum(1 for _ in _essays(members)),
        teach=lesson.teach,
        ideas=tuple(idea for idea, _ in sorted(ideas[most].items(), key=lambda item: (-item[1], item[0]))[:IDEAS]),
        examples=chosen(done[most], names, 1),
        better=True,
    )
