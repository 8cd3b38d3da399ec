"""Where in a Word document a comment can stand: the runs that hold its words, cut so that it is about no others.

Word takes comments in the running text alone. What is said of words in a note stands at the note's mark, what is said
of words in a text box where the box hangs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from typing import Final, NamedTuple

from essay_marker.documents.docx import run_items
from essay_marker.documents.flow import DocumentText
from essay_marker.documents.package import Element, attribute, local

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BOXES: Final = frozenset(("tc", "txbxContent", "body"))
_NOTES: Final = ("footnote", "endnote")
#: What runs may stand in within a line. A comment on all of it stands around it: there it survives what becomes of it.
_IN_LINE: Final = frozenset(("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "sdt"))
_UNCUT: Final = frozenset(("fldSimple", "Choice", "Fallback", "AlternateContent", "oMath", "oMathPara", "r"))
#: Signs that take no room, so that what stands after them still comes first.
_SIGNS: Final = frozenset(
    ("proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd")
)


class Anchor(NamedTuple):
    """The words of a comment: from character ``start`` of the run ``first`` up to ``end`` of the run ``last``.

    ``exact`` is false where these are only the nearest words that can hold it.
    """

    first: Element
    start: int
    last: Element
    end: int
    exact: bool


class Anchors:
    """Finds anchors in a document that has been walked, and cuts its runs for those that are used."""

    def __init__(self, document: Element, text: DocumentText) -> None:
        """``text`` is the walk through ``document``; the document must not have been changed since."""
        self._text = text
        self._references: dict[tuple[str, str | None], Element] = {}
        for item in document.iter():
            kind = local(item).removesuffix("Reference")
            if kind in _NOTES and local(item) != kind and _within(item, ("del", "moveFrom")) is None:
                self._references.setdefault((kind, attribute(item, "id")), item)

    def find(self, offsets: Iterable[int]) -> Anchor | None:
        """The anchor of these characters of the walk's text; None where no run of the document holds any of them."""
        found = [place for offset in offsets if (place := self._text.place(offset)) is not None]
        inside = [place for place in found if self._is_running(place[0])]
        if inside:
            box = _box(inside[0][0])
            same = [place for place in inside if _box(place[0]) is box]
            (first, start), (last, at) = same[0], same[-1]
            return Anchor(first, start, last, at + 1, exact=len(same) == len(found))
        for run, _ in found:
            if (elsewhere := self._outside(run)) is not None:
                return elsewhere
        return None

    def _is_running(self, run: Element) -> bool:
        return _within(run, ("txbxContent", *_NOTES)) is None

    def _outside(self, run: Element) -> Anchor | None:
        """The place in the running text where a note or a text box with this run hangs."""
        note = _within(run, _NOTES)
        if note is not None:
            reference = self._references.get((local(note), attribute(note, "id")))
            return None if reference is None else self._at_reference(reference)
        above = [item for item in run.iterancestors() if local(item) == "r" and self._is_running(item)]
        return Anchor(above[-1], 0, above[-1], _length(above[-1]), exact=False) if above else None

    def _at_reference(self, reference: Element) -> Anchor | None:
        run = _within(reference, ("r",))
        if run is None or not self._is_running(run):
            return None if run is None else self._outside(run)
        before = 0
        for item, length in run_items(run):
            if item is reference:
                break
            before += length
        return Anchor(run, max(0, before - 1), run, min(max(1, before), _length(run)), exact=False)


def _within(element: Element, names: Iterable[str]) -> Element | None:
    """The nearest element above of one of these names."""
    wanted = frozenset(names)
    return next((item for item in element.iterancestors() if local(item) in wanted), None)


def _box(run: Element) -> Element | None:
    return _within(run, _BOXES)


def _length(run: Element) -> int:
    return sum(length for _, length in run_items(run)) if local(run) == "r" else 1


# --- cutting ----------------------------------------------------------------------------------------------------------


class Cut(NamedTuple):
    """The two elements of a line, or of two, from which on and up to which a comment's words reach."""

    first: Element
    last: Element


def cut(anchors: Iterable[Anchor]) -> list[Cut]:
    """Cuts the runs of a document at the ends of ``anchors`` and gives for each, in order, what stands between them."""
    anchors = list(anchors)
    edges: defaultdict[Element, set[int]] = defaultdict(set)
    for anchor in anchors:
        edges[anchor.first].add(anchor.start)
        edges[anchor.last].add(anchor.end)
    pieces = {run: _pieces(run, sorted(at)) for run, at in edges.items()}
    found = []
    for anchor in anchors:
        first = max((piece for piece in pieces[anchor.first] if piece[0] <= anchor.start), key=lambda piece: piece[0])
        last = max(
            (piece for piece in pieces[anchor.last] if piece[0] < anchor.end or not piece[0]),
            key=lambda piece: piece[0],
        )
        found.append((first[1], last[1]))
    return [Cut(_outermost(first, 0), _outermost(last, -1)) for first, last in found]


def _pieces(run: Element, edges: list[int]) -> list[tuple[int, Element]]:
    """``run`` cut at these of its characters: the pieces in order, each with the number of its first character.

    All look the same. What is no text is never cut; items that take no room stay with the words before them.
    """
    pieces = [(0, run)]
    if local(run) != "r" or _within(run, _UNCUT) is not None:
        return pieces
    at = 0
    for item, length in list(run_items(run)):
        if length and at and at in edges:
            pieces.append((at, _next_piece(run, pieces[-1][1])))
        if pieces[-1][1] is not run:
            pieces[-1][1].append(item)
        if local(item) == "t":
            words, start = item.text or "", at
            for edge in (edge for edge in edges if start < edge < start + length):
                item.text = words[at - start : edge - start]
                item.set(_SPACE, "preserve")
                pieces.append((edge, _next_piece(run, pieces[-1][1])))
                item, at = deepcopy(item), edge
                item.text, item.tail = words[edge - start :], None
                pieces[-1][1].append(item)
            at = start
        at += length
    return pieces


def _next_piece(run: Element, before: Element) -> Element:
    piece = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    for item in run:
        if local(item) == "rPr":
            piece.append(deepcopy(item))
    before.addnext(piece)
    return piece


def _outermost(element: Element, side: int) -> Element:
    """``element``, or what it stands in where it comes first (``side`` 0) or last (-1) there.

    A comment never begins or ends inside a field, which a word processor may write anew at any time.
    """
    while True:
        field = _field(element)
        if field is not None:
            element = field[side]
        parent = element.getparent()
        if local(parent) not in _UNCUT:
            if local(parent) not in _IN_LINE:
                return element
            beside = [item for item in parent if local(item) not in _SIGNS and not local(item).endswith("Pr")]
            if beside[side] is not element:
                return element
        element = parent


def _field(element: Element) -> tuple[Element, Element] | None:
    """What begins and what ends the field that ``element`` is part of, where both stand beside it in its line."""
    depth, begin, inside = 0, None, False
    for item in element.getparent():
        signs = [attribute(sign, "fldCharType") for sign in item.iter() if local(sign) == "fldChar"]
        if depth == 0 and "begin" in signs:
            begin = item
        inside = inside or item is element
        depth = max(0, depth + signs.count("begin") - signs.count("end"))
        if depth == 0:
            if inside:
                return None if begin is None else (begin, item)
            begin = None
    return None
