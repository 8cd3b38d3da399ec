"""The walk through an OpenDocument text: what a reader of the page would read, in order.

What was deleted with changes tracked stands apart in such a file and is left out and counted, what was inserted is in
its place already. Notes, comments, lists and hidden words as in `docx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from essay_marker.documents.docx_styles import counted
from essay_marker.documents.flow import DocumentText, Flow, Kind, Paragraph
from essay_marker.documents.looks import TINY, WHITE, Colour, is_transparent, looks_alike, read_colour
from essay_marker.documents.package import Element, Package, attribute, child, local
from essay_marker.errors import InputError

_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
_DEEPEST: Final = 20
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_POINTS: Final = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75, "pc": 12.0}
_LENGTH: Final = re.compile(r"([\d.]+)(pt|in|cm|mm|px|pc|%)")
_HEADINGS: Final = frozenset(("Title", "Subtitle", "Heading"))
_THROUGH: Final = frozenset(("span", "a", "meta", "meta-field", "ruby-base", "ruby"))
# what stands in a line and is no part of its words
_UNREAD: Final = frozenset(("page-number", "page-count", "note-citation", "ruby-text", "tracked-changes"))
_INDEXES: Final = frozenset(("table-of-content", "illustration-index", "table-index", "object-index", "user-index"))
_CONTAINERS: Final = frozenset(("text-box", "section", "index-body", "bibliography", "alphabetical-index", "frame"))

_Look = dict[str, Any]


class TextNode(NamedTuple):
    """The characters inside an element before its first child, or (``tail``) those between it and the next."""

    element: Element
    tail: bool


class OdtParts(NamedTuple):
    """The parts of an OpenDocument text that hold words or say how they look."""

    content: Element
    styles: Element | None = None

    @classmethod
    def of(cls, package: Package) -> OdtParts:
        """The parts of ``package``; `InputError` where it has no text."""
        content = package.xml(_CONTENT)
        if child(content, "body", "text") is None:
            raise InputError(
                f"{package.shown} is an OpenDocument file without a text in it. Open it and save it again."
            )
        return cls(content, package.xml(_STYLES))


def walk_odt(parts: OdtParts) -> DocumentText:
    """The text of an OpenDocument text; its places hold `TextNode` of ``parts``."""
    return _Walk(parts).text()


class _Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, parts: OdtParts) -> None:
        self._styles: dict[tuple[str | None, str | None], Element] = {}
        self.lists: dict[str | None, Element] = {}
        self.margins = 0
        for root in (parts.styles, parts.content):
            for group in root if root is not None else ():
                if local(group) in ("styles", "automatic-styles"):
                    self._read(group)
                elif local(group) == "master-styles":
                    self.margins = _margins(group)

    def _read(self, group: Element) -> None:
        for item in group:
            match local(item):
                case "style":
                    self._styles[attribute(item, "family"), attribute(item, "name")] = item
                case "default-style":
                    self._styles[attribute(item, "family"), None] = item
                case "list-style":
                    self.lists[attribute(item, "name")] = item
                case _:
                    pass

    def chain(self, family: str, name: str | None) -> list[Element]:
        """The style and those above it, the most general first."""
        found: list[Element] = []
        while (family, name) in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[family, name])
            if name is None:
                break
            name = attribute(found[-1], "parent-style-name")
        return found[::-1]

    def look(self, family: str, name: str | None) -> _Look:
        """What a style says of the words under it."""
        look: _Look = {}
        for item in self.chain(family, name):
            look |= _text_look(child(item, "text-properties"))
            if behind := attribute(child(item, "paragraph-properties"), "background-color"):
                look["shade"] = behind
        return look

    def is_heading(self, name: str | None) -> bool:
        """Whether a paragraph style is one of headings or titles."""
        return any(attribute(item, "name") in _HEADINGS for item in self.chain("paragraph", name))

    def paper(self, family: str, name: str | None, paper: Colour | None) -> Colour | None:
        """The colour behind a cell or frame."""
        for item in reversed(self.chain(family, name)):
            for properties in item:
                behind = attribute(properties, "background-color") or attribute(properties, "fill-color")
                if behind and not is_transparent(behind):
                    return read_colour(behind)
        return paper


def _text_look(properties: Element | None) -> _Look:
    look: _Look = {}
    for key, value in properties.attrib.items() if properties is not None else ():
        match key.rpartition("}")[2]:
            case "display":
                look["hidden"] = value == "none"
            case "color":
                look["ink"] = value
            case "background-color":
                look["shade"] = value
            case "font-size":
                look["points"] = _points(value)
            case "text-line-through-style" | "text-line-through-type":
                look["struck"] = value != "none"
            case "text-position":
                look["raised"] = value.startswith("super")
            case _:
                pass
    return {name: value for name, value in look.items() if value is not None}


def _points(value: str) -> float | None:
    match = _LENGTH.fullmatch(value)
    return float(match[1]) * _POINTS[match[2]] if match and match[2] in _POINTS else None


def _margins(masters: Element) -> int:
    """How many headers and footers hold words."""
    names = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
    return sum(local(item) in names and bool(_all_text(item).strip()) for item in masters.iter())


def _all_text(element: Element) -> str:
    return "".join(element.itertext())


class _List(NamedTuple):
    """A list as far as it has been read: its style, how deep it is and its last number."""

    style: Element | None
    level: int
    counts: list[int]


class _Walk:
    def __init__(self, parts: OdtParts) -> None:
        self._parts = parts
        self._styles = _Styles(parts)
        self._flow = Flow()
        self._label: str | None = None  # of the list item whose first paragraph comes next
        self._boxes: list[tuple[Element, Colour | None]] = []

    def text(self) -> DocumentText:
        body = child(self._parts.content, "body", "text")
        self._flow.blocks += self._blocks(body, WHITE, hidden=False)
        self._flow.counts["page-margins"] = self._styles.margins
        return self._flow.finish()

    # --- blocks ---

    def _blocks(
        self, parent: Element, paper: Colour | None, *, hidden: bool, lists: _List | None = None
    ) -> list[Paragraph]:
        """The paragraphs in ``parent``, those of lists, tables and frames too."""
        found = Flow()
        for item in parent:
            name = local(item)
            if name in ("p", "h"):
                for paragraph in self._paragraph(item, paper, hidden=hidden, is_heading=name == "h"):
                    found.add(paragraph)
            elif name == "list":
                found.blocks += self._list(item, paper, hidden=hidden, outer=lists)
            elif name == "table":
                found.blocks += self._table(item, paper, hidden=hidden)
            elif name == "section":
                is_off = hidden or attribute(item, "display") in ("none", "condition")
                found.blocks += self._blocks(item, paper, hidden=is_off)
            elif name in _INDEXES:
                self._flow.counts["contents"] += 1
            elif name in _CONTAINERS:
                found.blocks += self._blocks(item, paper, hidden=hidden)
            elif name == "tracked-changes":
                self._deletions(item)
        return found.blocks

    def _deletions(self, changes: Element) -> None:
        for change in changes:
            for deletion in (item for item in change if local(item) == "deletion"):
                for block in (item for item in deletion if local(item) in ("p", "h", "list", "table")):
                    self._flow.leave_out("deleted-text", _all_text(block))
                    self._flow.end_block()

    def _list(self, item: Element, paper: Colour | None, *, hidden: bool, outer: _List | None) -> list[Paragraph]:
        named = attribute(item, "style-name")
        style = self._styles.lists.get(named) if named else outer.style if outer else None
        level = outer.level + 1 if outer else 1
        counts = outer.counts if outer else [0] * (_DEEPEST + 1)
        here = _List(style, min(level, _DEEPEST), counts)
        counts[here.level] = 0
        found: list[Paragraph] = []
        for entry in item:
            if local(entry) == "list-item":
                self._label = _next_label(here, attribute(entry, "start-value"))
            elif local(entry) != "list-header":
                continue
            found += self._blocks(entry, paper, hidden=hidden, lists=here)
            self._label = None
        return found

    def _table(self, table: Element, paper: Colour | None, *, hidden: bool) -> list[Paragraph]:
        flow = Flow()
        for row in _rows(table):
            flow.add_row(
                [
                    self._blocks(
                        cell,
                        self._styles.paper("table-cell", attribute(cell, "style-name"), paper),
                        hidden=hidden or attribute(row, "visibility") in ("collapse", "filter"),
                    )
                    for cell in row
                    if local(cell) == "table-cell"
                ]
            )
        return flow.blocks

    def _paragraph(
        self, element: Element, paper: Colour | None, *, hidden: bool, is_heading: bool
    ) -> Iterator[Paragraph]:
        """The paragraph, and after it those of the text boxes that hang on it."""
        style = attribute(element, "style-name")
        label, self._label = self._label, None
        kind: Kind = "item" if label == "" else "prose"
        if is_heading or self._styles.is_heading(style):
            kind = "heading"
        outer, self._boxes = self._boxes, []
        paragraph = Paragraph(kind, label or "")
        look = self._styles.look("paragraph", style)
        hides = any(
            local(item) == "hidden-paragraph" and attribute(item, "is-hidden") == "true" for item in element.iter()
        )
        if hidden or hides:
            look["always hidden"] = True
        self._inline(element, paragraph, look, paper)
        self._flow.end_block()
        yield paragraph
        boxes, self._boxes = self._boxes, outer
        for box, behind in boxes:
            yield from self._blocks(box, behind, hidden=hidden or hides)

    # --- what stands in a line ---

    def _inline(self, parent: Element, paragraph: Paragraph, look: _Look, paper: Colour | None) -> None:
        self._write(parent.text, TextNode(parent, False), paragraph, look, paper)
        for item in parent:
            name = local(item)
            if name in _THROUGH:
                own = self._styles.look("text", attribute(item, "style-name")) if name == "span" else {}
                self._inline(item, paragraph, look | own, paper)
            elif name == "s":
                count = attribute(item, "c") or "1"
                paragraph.write(" " * (min(int(count), 100) if count.isdecimal() else 1), TextNode(item, False))
            elif name in ("tab", "line-break"):
                paragraph.write("\t" if name == "tab" else "\n", TextNode(item, False))
            elif name == "note":
                if not _unseen(look, paper):
                    paragraph.write(self._note(item))
            elif name in ("annotation", "annotation-end"):
                self._flow.counts["comments"] += name == "annotation"
            elif name == "hidden-text":
                self._flow.leave_out("hidden-text", attribute(item, "string-value") or _all_text(item))
            elif name in ("frame", "custom-shape", "rect", "g"):
                self._boxes += self._frames(item, paper)
            elif name not in _UNREAD:
                self._inline(item, paragraph, look, paper)  # a field shows what it holds
            self._write(item.tail, TextNode(item, True), paragraph, look, paper)

    def _write(self, text: str | None, node: TextNode, paragraph: Paragraph, look: _Look, paper: Colour | None) -> None:
        """Write the characters of ``node``, of several blanks the first, as the format has it."""
        if not text:
            return
        if reason := _unseen(look, paper):
            self._flow.leave_out(reason, text)
            return
        at = 0
        struck, raised = bool(look.get("struck")), bool(look.get("raised"))
        for blank in _BLANKS.finditer(text):
            if blank[0] != " ":
                paragraph.write(text[at : blank.start()] + " ", node, at, struck=struck, raised=raised)
                at = blank.end()
        paragraph.write(text[at:], node, at, struck=struck, raised=raised)

    def _note(self, note: Element) -> str:
        """The mark of a note, after its words have been read."""
        held = self._label, self._boxes
        self._label, self._boxes = None, []
        words = Paragraph()
        body = child(note, "note-body")
        for paragraph in self._blocks(body, WHITE, hidden=False) if body is not None else ():
            words.extend(paragraph, " ")
        self._label, self._boxes = held
        return self._flow.add_note(words)

    def _frames(self, item: Element, paper: Colour | None) -> list[tuple[Element, Colour | None]]:
        """The text boxes in a drawing, each with the colour behind its words, None where that is not known."""
        behind = self._styles.paper("graphic", attribute(item, "style-name"), None)
        if local(item) in ("custom-shape", "rect"):
            return [(item, behind)]
        found: list[tuple[Element, Colour | None]] = []
        for inner in item:
            if local(inner) == "text-box":
                found.append((inner, behind or paper))
            elif local(inner) in ("frame", "custom-shape", "rect", "g"):
                found += self._frames(inner, paper)
        return found


def _unseen(look: _Look, paper: Colour | None) -> str:
    """Why a reader of the page does not see words of this look: the repair's code, empty where they are seen."""
    if look.get("hidden") or look.get("always hidden"):
        return "hidden-text"
    if (look.get("points") or TINY) < TINY:
        return "tiny-text"
    behind = look.get("shade")
    if behind and not is_transparent(behind):
        paper = read_colour(behind)
    return "white-text" if looks_alike(read_colour(look.get("ink")), paper) else ""


def _next_label(here: _List, start: str | None) -> str | None:
    """The label of the next item: a number, empty for a bullet, None where the list shows neither."""
    shapes = here.style if here.style is not None else ()
    shape = next((item for item in shapes if attribute(item, "level") == str(here.level)), None)
    if shape is None or local(shape) != "list-level-style-number":
        return "" if shape is None or local(shape) == "list-level-style-bullet" else None
    if start and start.isdecimal():
        here.counts[here.level] = int(start)
    elif not here.counts[here.level]:
        first = attribute(shape, "start-value") or "1"
        here.counts[here.level] = int(first) if first.isdecimal() else 1
    else:
        here.counts[here.level] += 1
    form = attribute(shape, "num-format")
    if not form:
        return None
    number = counted(here.counts[here.level], form)
    return f"{attribute(shape, 'num-prefix') or ''}{number}{attribute(shape, 'num-suffix') or ''}"


def _rows(parent: Element) -> Iterator[Element]:
    for item in parent:
        if local(item) == "table-row":
            yield item
        elif local(item) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(item)
