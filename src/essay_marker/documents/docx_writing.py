"""Word documents to give back: comments in the margin, a page of feedback in front, and nothing else changed.

Only what has to change is written anew, the text with its comments and the lists that name them. Every other part of
the package keeps its bytes, so that nothing is lost that this program does not know.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from essay_marker.documents.docx import FEEDBACK_TAG, DocxParts, main_part, walk_docx
from essay_marker.documents.docx_anchors import Anchor, Anchors, cut
from essay_marker.documents.package import Element, Package, attribute, child, local, to_xml, xml_text
from essay_marker.documents.page import Line, LineKind, Remark
from essay_marker.errors import InputError

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "[Content_Types].xml"
_DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Comment(NamedTuple):
    """A comment and the words it is about."""

    anchor: Anchor
    remarks: Sequence[Remark]


class WordDocument:
    """A Word document that has been opened and walked."""

    def __init__(self, data: bytes, shown: str) -> None:
        """Open ``data``; `InputError` (about the file called ``shown``) where it is no document that can be read."""
        self._package = Package(data, shown)
        self._main = main_part(self._package)
        self._parts = DocxParts.of(self._package)
        self._root = self._parts.document
        if (self._content_type() or _DOCUMENT_TYPE) != _DOCUMENT_TYPE:
            raise InputError(f"{shown} is a template, or holds macros. Save it in Word as a document (.docx).")
        self.text = walk_docx(self._parts)
        self._anchors = Anchors(self._root, self.text)

    def _content_type(self) -> str | None:
        """What the package says that the part with the text is; Word opens a .docx only where it is a document."""
        types = self._package.xml(_TYPES)
        items = () if types is None else types
        return next((attribute(i, "ContentType") for i in items if attribute(i, "PartName") == f"/{self._main}"), None)

    def anchor(self, offsets: Iterable[int]) -> Anchor | None:
        """Where a comment on these characters of ``text.text`` can stand; None where it can nowhere."""
        return self._anchors.find(offsets)

    def with_feedback(self, comments: Sequence[Comment], page: Sequence[Line], author: str) -> bytes:
        """The document with ``comments`` by ``author`` and, where it has lines, ``page`` in front.

        This uses up the document: open it again for another. The same arguments give the same bytes.
        """
        changed = self._comments_part(comments, author) if comments else {}
        if page:
            self._put_page(page)
        return self._package.copy({self._main: to_xml(self._root), **changed})

    # --- comments ---

    def _comments_part(self, comments: Sequence[Comment], author: str) -> dict[str, bytes]:
        """The parts that change for the comments, the text's own but for that; their marks are put into the text."""
        make = _Maker(self._root)
        name, changed = self._place_of_comments()
        existing = self._package.xml(name) if name in self._package.names else None
        root = make("comments") if existing is None else existing
        used = [attribute(item, "id") or "" for item in (*root, *self._root.iter()) if "omment" in local(item)]
        number = max((int(id_) for id_ in used if id_.isdecimal()), default=-1)
        ends: dict[Element, Element] = {}  # what was put last behind each
        for comment, between in zip(comments, cut(comment.anchor for comment in comments), strict=True):
            number += 1
            between.first.addprevious(make("commentRangeStart", id=number))
            end, sign = make("commentRangeEnd", id=number), make("r", None, make("commentReference", id=number))
            behind = ends.get(between.last)
            (between.last if behind is None else behind).addnext(end)
            end.addnext(sign)
            ends[between.last] = sign
            root.append(_comment(make, number, comment.remarks, author))
        return {**changed, name: to_xml(root)}

    def _place_of_comments(self) -> tuple[str, dict[str, bytes]]:
        """The name of the part with the comments, and the lists that must name it where there is none yet."""
        folder, _, file = self._main.rpartition("/")
        relations_name = posixpath.join(folder, "_rels", f"{file}.rels")
        relations = self._package.xml(relations_name)
        types = self._package.xml(_TYPES)
        if types is None:
            raise InputError(
                f"{self._package.shown} does not say what its parts are. Open it in Word and save it again."
            )
        if relations is None:
            namespace = f"{_PACKAGE}/relationships"
            relations = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
        changed = {}
        targets = [attribute(item, "Target") for item in relations if _kind(item) == "comments"]
        if targets:
            name = posixpath.normpath(posixpath.join("/", folder, targets[0] or "")).lstrip("/")
        else:
            name = _unused(posixpath.join(folder, "comments{}.xml"), self._package.names)
            kind = etree.QName(f"{{{_PACKAGE}/relationships}}Relationship")
            office = _STRICT_OFFICE if self._root.tag.startswith(f"{{{_STRICT}") else _OFFICE
            id_ = _unused("rIdFeedback{}", {attribute(item, "Id") or "" for item in relations})
            etree.SubElement(relations, kind, Id=id_, Type=f"{office}/comments", Target=posixpath.basename(name))
            changed[relations_name] = to_xml(relations)
        if name not in self._package.names:
            kind = etree.QName(f"{{{_PACKAGE}/content-types}}Override")
            etree.SubElement(types, kind, PartName=f"/{name}", ContentType=_COMMENTS_TYPE)
            changed[_TYPES] = to_xml(types)
        return name, changed

    # --- the page ---

    def _put_page(self, page: Sequence[Line]) -> None:
        """Put the page before the text, in a section of its own, so that the essay's own pages stay as they were."""
        make = _Maker(self._root)
        body: Element = child(self._root, "body")
        _take_away_pages(body)
        paragraphs = [_paragraph(make, line) for line in page]
        control = make(
            "sdt",
            None,
            make("sdtPr", None, make("alias", val="Feedback"), make("tag", val=FEEDBACK_TAG)),
            # LibreOffice shows the first paragraph of a control without its look: that one is a line of no height
            make("sdtContent", None, make("p", None, make("pPr", None, _tiny(make))), *paragraphs),
        )
        body.insert(0, control)
        own = next((item for item in body.iter() if local(item) == "sectPr"), None)
        if own is not None and attribute(child(own, "type"), "val") not in (None, "nextPage"):
            paragraphs[-1].append(make("r", None, make("br", type="page")))  # the essay goes on without a new page
        else:
            control.addnext(make("p", None, make("pPr", None, *_section(make, own))))


def _take_away_pages(body: Element) -> None:
    """Take away the page of feedback on an earlier draft that was written on in the same document."""
    tags = [item for item in body.iter() if local(item) == "tag" and attribute(item, "val") == FEEDBACK_TAG]
    for control in [tag.getparent().getparent() for tag in tags]:
        behind = control.getnext()
        numbered = child(behind, "pPr", "sectPr", "pgNumType")
        if attribute(numbered, "start") == "0" and not any(local(item) == "r" for item in behind):
            behind.getparent().remove(behind)
        control.getparent().remove(control)


def _section(make: _Maker, own: Element | None) -> list[Element]:
    """What ends the page's section: it has the paper of the essay's own, ``own``, and the number 0."""
    paper = child(own, "pgSz")
    size = make("pgSz", w=11906, h=16838) if paper is None else deepcopy(paper)
    margins = make("pgMar", top=1134, right=1134, bottom=1134, left=1134, header=567, footer=567, gutter=0)
    return [_tiny(make), make("sectPr", None, size, margins, make("pgNumType", start=0))]


def _tiny(make: _Maker) -> Element:
    return make("spacing", before=0, after=0, line=20, lineRule="exact")


def _kind(relation: Element) -> str:
    return (attribute(relation, "Type") or "").rpartition("/")[2]


# --- what is written ------------------------------------------------------------------------------------------------


class _Maker:
    """Makes elements of Word's in the dialect of a document."""

    def __init__(self, root: Element) -> None:
        self._namespace = etree.QName(root).namespace

    def __call__(self, name: str, text: str | None = None, /, *children: Element, **attributes: str | int) -> Element:
        named = {f"{{{self._namespace}}}{key}": str(value) for key, value in attributes.items()}
        element = etree.Element(f"{{{self._namespace}}}{name}", named, nsmap={"w": self._namespace})
        if text is not None:
            element.text = xml_text(text)
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        element.extend(children)
        return element


class _Style(NamedTuple):
    """How a line looks: points, bold, colour, points before and after, indent in twentieths of a point."""

    size: float
    bold: bool = False
    colour: str = "1F2933"
    before: float = 0
    after: float = 3
    indent: int = 0
    level: int | None = None  # in the document's outline


_LOOKS: Final[dict[LineKind, _Style]] = {
    "title": _Style(18, bold=True, after=4, level=0),
    "question": _Style(10.5, colour="52606D", after=6),
    "mark": _Style(12.5, bold=True, after=4),
    "heading": _Style(12.5, bold=True, colour="1D4E6B", before=9, after=3, level=1),
    "text": _Style(10.5),
    "item": _Style(10.5, indent=340),
    "target": _Style(10.5, indent=340),
    "theme": _Style(10.5, indent=2041),
    "small": _Style(9, colour="52606D", before=4, after=0),
}


def _paragraph(make: _Maker, line: Line) -> Element:
    """A line of the page. It says all of its look itself: the document's styles are its writer's."""
    look = _LOOKS[line.kind]
    properties = [
        *([make("keepNext")] if look.level is not None or line.kind == "target" else []),
        make("suppressLineNumbers"),
        make("spacing", before=round(20 * look.before), after=round(20 * look.after), line=259, lineRule="auto"),
        make("ind", left=look.indent, right=0, **({"hanging": look.indent} if line.sign else {"firstLine": 0})),
        make("jc", val="left"),
        *([make("outlineLvl", val=look.level)] if look.level is not None else []),
    ]
    text = f"{line.sign}\t{line.text}" if line.sign else line.text
    return make("p", None, make("pPr", None, *properties), *_runs(make, text, look))


def _runs(make: _Maker, text: str, look: _Style) -> list[Element]:
    """Runs with this text, tabs between them as Word writes them."""
    found: list[Element] = []
    for index, words in enumerate(text.split("\t")):
        if index:
            found.append(make("r", None, _properties(make, look), make("tab")))
        if words:
            found.append(make("r", None, _properties(make, look), make("t", words)))
    return found


def _properties(make: _Maker, look: _Style) -> Element:
    return make(
        "rPr",
        None,
        make("rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri"),
        make("b", val=int(look.bold)),
        make("i", val=0),
        make("color", val=look.colour),
        make("sz", val=round(2 * look.size)),
        make("szCs", val=round(2 * look.size)),
        make("lang", val="en-GB"),
    )


_IN_MARGIN: Final = _Style(10)


def _comment(make: _Maker, number: int, remarks: Sequence[Remark], author: str) -> Element:
    """A comment without a date: it is the same in every run, and nobody sat there and wrote it at a time."""
    paragraphs = []
    for index, remark in enumerate(remarks):
        runs = [make("r", None, make("annotationRef"))] if index == 0 else []
        if remark.label:
            runs += _runs(make, f"{remark.label} " if remark.text else remark.label, _IN_MARGIN._replace(bold=True))
        runs += _runs(make, remark.text, _IN_MARGIN)
        spacing = make("spacing", before=0, after=60, line=240, lineRule="auto")
        properties = make("pPr", None, spacing, make("ind", left=0, firstLine=0), make("jc", val="left"))
        paragraphs.append(make("p", None, properties, *runs))
    initials = "".join(word[0] for word in author.replace("-", " ").split()).upper()
    return make("comment", None, *paragraphs, id=number, author=xml_text(author), initials=xml_text(initials))


def _unused(pattern: str, names: Iterable[str]) -> str:
    """``pattern`` with nothing in its gap, or the first number that gives a name which is not among ``names``."""
    taken = {name.lower() for name in names}
    gaps = ("", *map(str, range(2, len(taken) + 3)))
    return next(name for gap in gaps if (name := pattern.format(gap)).lower() not in taken)
