"""What many essays of a class have in common: what to teach next, and what goes well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from essay_marker.batch.examples import Names, chosen
from essay_marker.batch.records import Member
from essay_marker.records import Result, Span
from essay_marker.report.class_page import Point
from essay_marker.rubric import Lesson, Lessons, ThemeLesson

#: How many things are said, of how many essays at the least, with how many examples and ideas.
POINTS, LEAST, EXAMPLES, IDEAS = 3, 2, 2, 3
_MISSED = ("absent", "mentioned")


class _Said(NamedTuple):
    """What is said of one essay: the criterion, the essay, and the places it is about."""

    code: str
    id: str
    result: Result
    spans: tuple[Span, ...]


def to_teach(members: Sequence[Member], lessons: Lessons | None, names: Names) -> tuple[Point, ...]:
    """The targets and missing themes of the most essays, the commonest first; of the themes the one most missed."""
    said = [_Said(t.code, id_, result, t.spans) for id_, result in _essays(members) for t in result.targets]
    of = sum(1 for _ in _essays(members))
    missed = _theme_missed(members, lessons.theme, names) if lessons else None
    points = [
        _point(code, found, of, lessons, names)
        for code, found in _by_code(said)
        if not (missed and lessons and code == lessons.theme.instead_of)
    ]
    return _most([*points, *([missed] if missed else [])])


def going_well(members: Sequence[Member], lessons: Lessons | None, names: Names) -> tuple[Point, ...]:
    """The strengths of the most essays, the commonest first."""
    said = [
        _Said(s.code, id_, result, s.spans) for id_, result in _essays(members) for s in result.strengths if s.secure
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
    examples = chosen(
        [(item.id, item.result.essay.text[s.start : s.end]) for item in said for s in item.spans], names, EXAMPLES
    )
    return Point(
        title=_title(code, said, lesson, well=well),
        essays=len({item.id for item in said}),
        of=of,
        teach=lesson.teach if lesson and not well else "",
        examples=examples,
    )


def _title(code: str, said: Sequence[_Said], lesson: Lesson | None, *, well: bool) -> str:
    """How a class is told of a criterion; where nothing was written for it, what the criterion is called."""
    written = (lesson.well if well else lesson.seen) if lesson else ""
    reasons = (r for item in said for strand in item.result.marks.strands for r in strand.reasons if r.code == code)
    return written or next((reason.title for reason in reasons if reason.title), code)


def _lesson(code: str, lessons: Lessons | None) -> Lesson | None:
    return next((lesson for lesson in lessons.lessons if lesson.code == code), None) if lessons else None


def _theme_missed(members: Sequence[Member], lesson: ThemeLesson, names: Names) -> Point | None:
    """The theme that the most essays leave out or only name, with how others do it."""
    missed: Counter[str] = Counter()
    labels, ideas = {}, defaultdict[str, Counter[str]](Counter)
    done: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for id_, result in _essays(members):
        for theme in result.themes:
            labels[theme.id] = theme.label
            if theme.coverage in _MISSED:
                missed[theme.id] += 1
                ideas[theme.id].update(theme.suggestions)
            elif theme.coverage == "developed":
                done[theme.id] += [(id_, result.essay.text[s.start : s.end]) for s in theme.evidence]
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
