"""What stands in a mark sheet. Texts are as they come; `cells` makes them safe where they are written."""

from __future__ import annotations

from typing import Literal, NamedTuple

Value = str | int | float | None
Kind = Literal[
    "text", "long", "mark", "level", "coverage", "share", "number", "flag", "status", "own-mark", "own-comment"
]

#: The columns that tell whose a row is, and the two that are the teacher's.
ID, LEARNER, FILE = "Id", "Learner", "File"
OWN_MARK, OWN_COMMENT = "Your mark", "Your comment"


class Column(NamedTuple):
    """A column: its heading, and what it holds, which decides how it looks."""

    title: str
    kind: Kind


class Row(NamedTuple):
    """A learner's row: a value for each column but the teacher's two, which are kept apart by ``id``."""

    id: str
    values: tuple[Value, ...]


class Band(NamedTuple):
    """A part of the second sheet: a heading, and lines of cells below it, the first of them their headings."""

    title: str
    lines: tuple[tuple[Value, ...], ...]


class Overview(NamedTuple):
    """The second sheet."""

    title: str
    bands: tuple[Band, ...]


class Table(NamedTuple):
    """A mark sheet. ``columns`` are all, the teacher's two among them; ``out_of`` is the highest mark there is."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    overview: Overview
    out_of: int
    attention: float  # the share from which likeness is coloured

    def filled(self, row: Row, own_mark: Value, own_comment: Value) -> list[Value]:
        """A row's cells in the columns' order, with the teacher's."""
        values = iter(row.values)
        own: dict[str, Value] = {"own-mark": own_mark, "own-comment": own_comment}
        return [own[c.kind] if c.kind in own else next(values) for c in self.columns]
