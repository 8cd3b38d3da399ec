"""What is put into a document that goes back to its writer: lines of a page, paragraphs of a comment."""

from __future__ import annotations

from typing import Literal, NamedTuple

LineKind = Literal["title", "question", "mark", "heading", "text", "item", "target", "theme", "small"]


class Line(NamedTuple):
    """One paragraph of the page: what it is, its words, and the number or sign that hangs before them."""

    kind: LineKind
    text: str
    sign: str = ""


class Remark(NamedTuple):
    """One paragraph of a comment; ``label`` stands before ``text`` in bold."""

    label: str
    text: str
