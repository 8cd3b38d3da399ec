"""The page on a class: one file to project or to print. Its upper part has no name in it; the teacher's part has all.

The page is made of the records below and of nothing else, so what is not in them cannot be on it.
"""

from __future__ import annotations

import math
import re

import msgspec

from essay_marker.records import COVERAGES, Coverage
from essay_marker.report.printable import printable

#: How many strengths of tint class.css has, besides none.
TINTS = 5
LEVELS = (1, 2, 3, 4, 5)


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A level and the marks that lie in it."""

    level: int
    low: int
    high: int


class MarkCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many essays have a mark, and how many of these are signed."""

    mark: int
    essays: int
    signed: int


class StrandRow(msgspec.Struct, frozen=True, kw_only=True):
    """A strand, and how many essays are at each of the five levels."""

    label: str
    essays: tuple[int, ...]


class ThemeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, and how many essays cover it how far."""

    label: str
    essays: dict[Coverage, int]

    @property
    def short(self) -> str:
        """The label up to where it begins to list what belongs to it."""
        return re.split("[:,]", self.label)[0]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Something that many essays have in common, with examples in which no learner is named.

    ``teach`` is what to do about it in a lesson, ``ideas`` are thoughts to begin with; ``better`` says that the
    examples show how it is done and not what is missing.
    """

    title: str
    essays: int
    of: int
    teach: str = ""
    ideas: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    better: bool = False


class Pupil(msgspec.Struct, frozen=True, kw_only=True):
    """A learner in the teacher's part.

    ``level`` and what follows it are null where no mark is shown. ``decided`` is whether the mark is the teacher's own;
    ``signed_by`` is null while it is provisional. ``report`` is where the report lies, below the page's folder. ``why``
    says why there is no mark, or why to look at this essay first.
    """

    name: str
    report: str | None
    mark: int | None = None
    low: int | None = None
    high: int | None = None
    decided: bool = False
    signed_by: str | None = None
    level: int | None = None
    strands: tuple[int | None, ...] = ()
    themes: tuple[Coverage | None, ...] = ()
    late: bool = False
    why: str = ""


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """Shared words where they stand in one essay, with a little of what is before and after them."""

    before: str
    words: str
    after: str


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that two essays have in common, as it stands in each."""

    words: int
    first: Excerpt
    second: Excerpt


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two learners whose essays have passages in common; shares are of each one's own words."""

    first: str
    second: str
    words: int
    first_share: float
    second_share: float
    shared: tuple[Shared, ...]
    more: int


class CorpusLike(msgspec.Struct, frozen=True, kw_only=True):
    """A learner whose essay has passages in common with an essay of the corpus, which is named by ``other``."""

    name: str
    other: str
    words: int
    share: float


class ClassPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that is on the page.

    ``hidden`` counts the marks that are kept from the teacher until she has entered her own. ``coverage`` has a row an
    essay in an order that says nothing of whose it is. What stands from ``pupils`` on is for the teacher alone;
    ``first_more`` counts those to look at first who are not in ``first``.
    """

    question: str
    out_of: int
    essays: int
    signed: int
    unmarked: int
    hidden: int
    low: int | None
    median: float | None
    high: int | None
    marks: tuple[MarkCount, ...]
    bands: tuple[Band, ...]
    strands: tuple[StrandRow, ...]
    themes: tuple[ThemeRow, ...]
    coverage: tuple[tuple[Coverage, ...], ...]
    teach: tuple[Point, ...]
    well: tuple[Point, ...]
    pupils: tuple[Pupil, ...]
    unmarked_pupils: tuple[Pupil, ...]
    first: tuple[Pupil, ...]
    first_more: int
    pairs: tuple[Pair, ...]
    corpus: tuple[CorpusLike, ...]
    absent: tuple[str, ...]
    source: str

    @property
    def marked(self) -> int:
        """How many essays have a mark that is shown."""
        return sum(count.essays for count in self.marks)


def render_class_page(page: ClassPage) -> str:
    """The page as HTML, ending with a newline: no script, nothing from any network."""
    from essay_marker.report.as_html import own  # brings Jinja2, which workers do not need
    from essay_marker.report.environment import environment

    shown = printable(page)
    template = environment("html").get_template("html/class.j2")
    return template.render(
        page=shown,
        bars=bars(shown),
        style=own("report.css", "class.css"),
        COVERAGES=COVERAGES,
        LEVELS=LEVELS,
        tint=tint,
    )


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """The chart of the marks in its own units: a column a mark, so high that the tallest fills the chart.

    ``every`` is how far apart the marks are that are written under it.
    """

    width: float
    height: float
    step: float
    unit: float
    every: int


def bars(page: ClassPage) -> Bars:
    """How the chart of the marks is drawn."""
    width, height = 420.0, 120.0
    tallest = max((count.essays for count in page.marks), default=1)
    return Bars(
        width=width,
        height=height,
        step=width / (page.out_of + 1),
        unit=height / max(tallest, 3),
        every=1 if page.out_of <= 20 else 5,
    )


def tint(number: int, of: int) -> int:
    """The strength of the tint for a share: none for nothing, the strongest for all."""
    return math.ceil(TINTS * number / of) if number and of else 0
