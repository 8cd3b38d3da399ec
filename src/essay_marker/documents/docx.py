"""The walk through a Word document: what a reader of the page would read, in order.

Tracked insertions are in, tracked deletions out; footnotes and endnotes stand at the end under marks of their own;
comments, headers, footers, tables of contents and what the page does not show are left out and counted. The walk looks
at names without namespaces, so that both dialects of the format are read, and takes elements of any lxml tree, also
those of a document that python-docx has opened to write into.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from essay_marker.documents.docx_styles import Look, Numbering, Styles, has_level, is_on, run_look, shade
from essay_marker.documents.flow import DocumentText, Flow, Kind, Paragraph
from essay_marker.documents.looks import TINY, WHITE, Colour, looks_alike, read_colour
from essay_marker.documents.package import Element, Package, attribute, child, local
from essay_marker.errors import InputError

_MAIN: Final = "word/document.xml"
_RELATIONS: Final = "_rels/.rels"
_MARGINS: Final = re.compile(r"(?:^|/)(?:header|footer)\d*\.xml$")
_THROUGH: Final = frozenset(("ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "customXml", "dir", "bdo"))
_DELETED: Final = frozenset(("del", "moveFrom"))
_UNREAD_FIELDS: Final = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC"))
_PLAIN_TABLES: Final = frozenset(("TableGrid", "TableNormal"))
FEEDBACK_TAG: Final = "essay-marker-feedback"
"""The tag of the content control that holds a page of feedback: no part of the essay when it is handed in again."""

_NARROWEST: Final = 0.1  # letters squeezed to less of their width are not to be read


class DocxParts(NamedTuple):
    """The parts of a Word document that hold words or say how they look: root elements, None where there is none."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    comments: int = 0
    margins: int = 0

    @classmethod
    def of(cls, package: Package) -> DocxParts:
        """The parts of ``package``; `InputError` where it has no text."""
        main = main_part(package)
        document = package.xml(main)
        if document is None or child(document, "body") is None:
            raise InputError(
                f"{package.shown} is a Word document without a text in it. Open it in Word and save it again."
            )
        folder = posixpath.dirname(main)

        def part(name: str) -> Element | None:
            return package.xml(posixpath.join(folder, name))

        comments = part("comments.xml")
        margins = [package.xml(name) for name in sorted(package.names) if _MARGINS.search(name)]
        return cls(
            document,
            part("styles.xml"),
            part("numbering.xml"),
            part("footnotes.xml"),
            part("endnotes.xml"),
            comments=0 if comments is None else sum(local(item) == "comment" for item in comments),
            margins=sum(margin is not None and bool(_all_text(margin).strip()) for margin in margins),
        )


def main_part(package: Package) -> str:
    """The name of the part with the text; some writers call it ``document2.xml``."""
    relations = package.xml(_RELATIONS)
    for relation in relations if relations is not None else ():
        target = (attribute(relation, "Target") or "").lstrip("/")
        if (attribute(relation, "Type") or "").endswith("/officeDocument") and target in package.names:
            return target
    return _MAIN


def walk_docx(parts: DocxParts) -> DocumentText:
    """The text of a Word document; its places hold elements ``w:r`` of ``parts``."""
    return _Walk(parts).text()


def _all_text(element: Element) -> str:
    return "".join(item.text or "" for item in element.iter() if local(item) in ("t", "delText"))


class _Field:
    """A field that has begun: what it is called, and whether its result has begun."""

    def __init__(self) -> None:
        self.name = ""
        self.shows = False

    def is_read(self) -> bool:
        words = self.name.split(maxsplit=1)
        return self.shows and not (words and words[0].upper() in _UNREAD_FIELDS)


class _Context(NamedTuple):
    """What holds for all runs of a paragraph."""

    look: Look
    paper: Colour | None  # None where it is not known
    deleted: bool = False


class _Walk:
    def __init__(self, parts: DocxParts) -> None:
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering)
        self._notes = {
            "footnoteReference": _by_id(parts.footnotes),
            "endnoteReference": _by_id(parts.endnotes),
        }
        self._marks: dict[tuple[str, str | None], str] = {}
        self._flow = Flow()
        self._fields: list[_Field] = []
        self._open: Paragraph | None = None  # a paragraph whose end was deleted: it goes on with the next
        self._boxes: list[Element] = []
        self._in_note = False

    def text(self) -> DocumentText:
        background = child(self._parts.document, "background")
        paper = read_colour(attribute(background, "color")) or WHITE
        self._flow.blocks += self._blocks(child(self._parts.document, "body"), paper)
        if self._open is not None:
            self._flow.add(self._open)
        self._flow.counts["comments"] = self._parts.comments
        self._flow.counts["page-margins"] = self._parts.margins
        return self._flow.finish()

    # --- blocks ---

    def _blocks(self, parent: Element, paper: Colour | None) -> list[Paragraph]:
        """The paragraphs in ``parent``, those of tables and text boxes too."""
        found = Flow()
        for item in parent:
            name = local(item)
            if name == "p":
                for paragraph in self._paragraph(item, paper):
                    found.add(paragraph)
            elif name == "tbl":
                found.blocks += self._table(item, paper)
            elif name == "sdt":
                found.blocks += self._control(item, lambda content: self._blocks(content, paper))
            elif name in _THROUGH or name == "AlternateContent":
                found.blocks += self._blocks(_chosen(item) if name == "AlternateContent" else item, paper)
            elif name in _DELETED:
                self._flow.leave_out("deleted-text", _all_text(item))
        return found.blocks

    def _control(self, item: Element, walk: Callable[[Element], list[Paragraph]]) -> list[Paragraph]:
        """What a content control holds, but for contents, feedback given before, and words that ask to be replaced."""
        properties = child(item, "sdtPr")
        if attribute(child(properties, "tag"), "val") == FEEDBACK_TAG:
            self._flow.counts["feedback"] += 1
            return []
        if attribute(child(properties, "docPartObj", "docPartGallery"), "val") == "Table of Contents":
            self._flow.counts["contents"] += 1
            return []
        content = child(item, "sdtContent")
        if content is None or is_on(child(properties, "showingPlcHdr")):
            return []
        return walk(content)

    def _table(self, table: Element, paper: Colour | None) -> list[Paragraph]:
        flow = Flow()
        style = attribute(child(table, "tblPr", "tblStyle"), "val")
        if style is not None and style not in _PLAIN_TABLES:
            paper = None  # the style may colour cells: their paper is not known
        for row in self._inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self._flow.leave_out("deleted-text", _all_text(row))
                self._flow.end_block()
            else:
                flow.add_row([self._blocks(cell, _paper(cell, "tcPr", paper)) for cell in self._inside(row, "tc")])
        return flow.blocks

    def _inside(self, parent: Element, name: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, those in content controls too."""
        for item in parent:
            if local(item) == name:
                yield item
            elif local(item) == "sdt":
                yield from self._inside(_content(item), name)
            elif local(item) in _THROUGH:
                yield from self._inside(item, name)

    def _paragraph(self, element: Element, paper: Colour | None) -> Iterator[Paragraph]:
        """The paragraph, and after it those of the text boxes that hang on it."""
        properties = child(element, "pPr")
        style = self._styles.paragraph_style(properties)
        outer, self._boxes = self._boxes, []
        paragraph = self._open or self._new(properties, style)
        self._open = None
        shaded = read_colour(shade(child(properties, "shd")) or shade(self._styles.inherited(style, "shd")))
        context = _Context(self._styles.defaults | self._styles.look(style), shaded or paper)
        if self._styles.is_contents(style):
            self._count_contents()
        else:
            self._inline(element, paragraph, context)
        self._flow.end_block()
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._open = paragraph
        else:
            yield paragraph
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            yield from self._blocks(box, None)

    def _count_contents(self) -> None:
        self._flow.counts["contents"] = max(1, self._flow.counts["contents"])

    def _new(self, properties: Element | None, style: str | None) -> Paragraph:
        numbered = child(properties, "numPr")
        label = self._numbering.next(self._styles.inherited(style, "numPr") if numbered is None else numbered)
        kind: Kind = "item" if label == "" else "prose"
        if has_level(properties) or self._styles.is_heading(style):
            kind = "heading"
        return Paragraph(kind, label or "")

    # --- what stands in a line ---

    def _inline(self, parent: Element, paragraph: Paragraph, context: _Context) -> None:
        for item in parent:
            name = local(item)
            if name == "r":
                self._run(item, paragraph, context)
            elif name in _THROUGH:
                self._inline(item, paragraph, context)
            elif name in _DELETED:
                self._inline(item, paragraph, context._replace(deleted=True))
            elif name == "sdt":
                self._control(item, lambda content: self._inline_control(content, paragraph, context))
            elif name == "fldSimple":
                self._simple_field(item, paragraph, context)
            elif name == "AlternateContent":
                self._inline(_chosen(item), paragraph, context)
            elif name in ("oMath", "oMathPara"):
                paragraph.write(_all_text(item), item)

    def _inline_control(self, content: Element, paragraph: Paragraph, context: _Context) -> list[Paragraph]:
        self._inline(content, paragraph, context)
        return []

    def _simple_field(self, item: Element, paragraph: Paragraph, context: _Context) -> None:
        field = _Field()
        field.name, field.shows = attribute(item, "instr") or "", True
        self._fields.append(field)
        self._inline(item, paragraph, context)
        self._fields.pop()

    def _run(self, run: Element, paragraph: Paragraph, context: _Context) -> None:
        properties = child(run, "rPr")
        look = context.look | self._styles.look(attribute(child(properties, "rStyle"), "val")) | run_look(properties)
        reason = "deleted-text" if context.deleted else _unseen(look, context.paper)
        at = 0
        for item in _contents(run):
            name = local(item)
            if name in ("fldChar", "instrText"):
                self._field(item, name)
                continue
            if name in ("footnoteReference", "endnoteReference"):
                if not (context.deleted or self._in_note) and self._is_read():
                    paragraph.write(self._note(name, item))
                    if attribute(item, "customMarkFollows") in ("1", "true", "on"):
                        break  # the writer's own mark stands in the rest of the run
                continue
            if name in ("drawing", "pict", "object"):
                if not context.deleted:
                    self._boxes += _boxes(item)
                continue
            text = _said(item, name)
            if text and not self._is_read():
                pass
            elif text and reason:
                self._flow.leave_out(reason, text)
            elif text:
                struck, raised = bool(look.get("struck")), bool(look.get("raised"))
                paragraph.write(text, run, at, struck=struck, raised=raised)
            at += len(text)

    def _is_read(self) -> bool:
        return all(field.is_read() for field in self._fields)

    def _field(self, item: Element, name: str) -> None:
        """Keep account of a field: its code is not read, its result is, but for page numbers and contents."""
        if name == "instrText":
            if self._fields and not self._fields[-1].shows:
                self._fields[-1].name += item.text or ""
            return
        match attribute(item, "fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].shows = True
                if self._fields[-1].name.split()[:1] == ["TOC"]:
                    self._count_contents()
            case "end" if self._fields:
                self._fields.pop()
            case _:
                pass

    def _note(self, kind: str, reference: Element) -> str:
        """The mark of the note that ``reference`` points to, after its words have been read."""
        key = kind, attribute(reference, "id")
        element = self._notes[kind].get(key[1])
        if element is None:
            return ""
        if key in self._marks:  # each note is read once, however often it is referred to
            return self._marks[key]
        fields, self._fields, self._in_note = self._fields, [], True
        held, self._open = self._open, None
        note = Paragraph()
        for paragraph in self._blocks(element, WHITE):
            note.extend(paragraph, " ")
        self._fields, self._in_note, self._open = fields, False, held
        self._marks[key] = self._flow.add_note(note)
        return self._marks[key]


def run_items(run: Element) -> Iterator[tuple[Element, int]]:
    """What stands in a run but for its properties, and how many of the run's characters each item is."""
    for item in run:
        if local(item) != "rPr":
            yield item, sum(len(_said(found, local(found))) for found in _inner(item))


def _contents(run: Element) -> Iterator[Element]:
    """What stands in a run; of alternatives the first."""
    for item in run:
        yield from _inner(item)


def _inner(item: Element) -> Iterator[Element]:
    if local(item) == "AlternateContent":
        yield from _chosen(item)
    elif local(item) == "ruby":
        yield from (found for base in item if local(base) == "rubyBase" for found in base.iter())
    else:
        yield item


def _said(item: Element, name: str) -> str:
    """The characters that one item of a run stands for."""
    match name:
        case "t" | "delText":
            return item.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br":
            return "\f" if attribute(item, "type") == "page" else "\n"
        case "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case _:
            return ""


def _unseen(look: Look, paper: Colour | None) -> str:
    """Why a reader of the page does not see a run of this look: the repair's code, empty where it is seen."""
    if look.get("hidden"):
        return "hidden-text"
    points, scale = look.get("points"), look.get("scale")
    if (points is not None and points < TINY) or (scale is not None and scale < _NARROWEST):
        return "tiny-text"
    if looks_alike(read_colour(look.get("ink")), read_colour(look.get("shade")) or paper):
        return "white-text"
    return ""


def _paper(element: Element, properties: str, paper: Colour | None) -> Colour | None:
    """The colour behind a cell."""
    return read_colour(shade(child(element, properties, "shd"))) or paper


def _chosen(alternatives: Element) -> Element:
    """The first of several ways to show the same thing."""
    found = child(alternatives, "Choice")
    if found is None:
        found = child(alternatives, "Fallback")
    return () if found is None else found


def _boxes(drawing: Element) -> list[Element]:
    """The contents of the text boxes in a drawing; of alternatives the first."""
    found: list[Element] = []
    for item in drawing:
        if local(item) == "txbxContent":
            found.append(item)
        else:
            found += _boxes(_chosen(item) if local(item) == "AlternateContent" else item)
    return found


def _content(control: Element) -> Element:
    """What a content control holds."""
    found = child(control, "sdtContent")
    return () if found is None else found


def _by_id(root: Element | None) -> dict[str | None, Element]:
    """The notes of a part, without the lines that separate them from the text."""
    items = root if root is not None else ()
    return {
        attribute(item, "id"): item
        for item in items
        if (attribute(item, "type") or "normal") == "normal" and local(item) in ("footnote", "endnote")
    }
