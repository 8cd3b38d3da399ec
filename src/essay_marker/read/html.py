"""Web pages (.html), as Word, LibreOffice, Google Docs and browsers save them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from lxml import etree

from essay_marker.documents.flow import DocumentText, Flow, Kind, Paragraph
from essay_marker.documents.looks import TINY, WHITE, Colour, is_transparent, looks_alike, read_colour
from essay_marker.documents.package import MAX_ELEMENTS, Element, local
from essay_marker.errors import InputError

MAX_PAGE: Final = 10_000_000
"""The largest page that is parsed, in bytes; pictures inside pages are the most of it."""
_SAVE: Final = "Open it, save it as .docx and try that file."
_SKIPPED_NAMES: Final = (
    "head script style template noscript nav select button textarea svg iframe object audio video canvas datalist"
)
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRUCK: Final = frozenset(("s", "strike", "del"))
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_SELECTOR: Final = re.compile(r"\s*([a-zA-Z][\w]*)?(?:\.([\w-]+)|#([\w-]+))?\s*$")
_LENGTH: Final = re.compile(r"(-?[\d.]+)\s*(pt|px|em|rem|%|cm|mm|in|pc|vw|vh|)")
_POINTS: Final = {"pt": 1.0, "px": 0.75, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "pc": 12.0, "": 0.75}
_FAR: Final = -300.0  # points: further to the left or above than any margin is wide
_BODY_TYPE: Final = 12.0
_NOTE_LINK: Final = re.compile(r"#(?=.{0,60}(?:ftn|foot|fn|edn|end|note))(.{1,60})", re.IGNORECASE)
_NOTE_MARK: Final = re.compile(r"[\[(]?\s*(?:\d{1,3}|[ivxlc]{1,7}|[a-z]|[*†‡]{1,3})\s*[\])]?\.?", re.IGNORECASE)
_MARK_PARTS: Final = 10  # elements that the mark of a note may be spread over
_MOST_LINKS: Final = 2_000
_BACK: Final = re.compile(r"[\s↩↑⤴^\ufe0e\ufe0f]+")


class _Look(NamedTuple):
    """What holds inside an element."""

    hidden: str = ""  # the repair's code where readers of the page do not see the words
    ink: Colour | None = None
    paper: Colour | None = WHITE
    points: float = _BODY_TYPE
    struck: bool = False
    raised: bool = False
    kept: bool = False  # blanks and line ends as they are


def read_html(data: bytes, shown: str) -> DocumentText:
    """The text of a web page; ``shown`` is what error messages call the file."""
    if len(data) > MAX_PAGE:
        raise InputError(f"{shown} is too large to be an essay ({len(data) / 1e6:.0f} MB). {_SAVE}")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_as_text(data).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return Flow().finish()
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise InputError(f"{shown} has far more parts than an essay. {_SAVE}")
    return _Walk(root).text()


def _as_text(data: bytes) -> str:
    """The characters of a page: by its byte order mark, as UTF-8, or in the encoding it names."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:4_096])
        encoding = named[1].decode("ascii").lower() if named else "cp1252"
        if encoding in ("iso-8859-1", "latin-1", "ascii", "us-ascii", "utf-8"):
            encoding = "cp1252"  # as browsers have it
        try:
            return data.decode(encoding, "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


class _Walk:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._sheet = _Sheet(root)
        self._ids = {name for item in root.iter() for name in _names(item)}
        self._numbers: dict[str, int] = {}  # of the notes that were referred to, by their names
        self._flow = Flow()
        self._paragraph = Paragraph()
        self._is_note: int | None = None
        self._notes: dict[int, Paragraph] = {}
        self._links = 0  # to notes and back from them, so far
        self._cells: list[Paragraph] | None = None
        self._counted: dict[Element, int] = {}  # how many items a numbered list has had

    def text(self) -> DocumentText:
        self._element(self._root, _Look())
        self._end()
        for number in sorted(self._notes):
            self._flow.add_note(self._notes[number], number)
        return self._flow.finish()

    def _begin(self, kind: Kind = "prose", label: str = "") -> None:
        self._end()
        self._paragraph = Paragraph(kind, label)

    def _end(self) -> None:
        """End the paragraph, and begin another."""
        if self._is_note is not None:
            if self._is_note not in self._notes:
                self._notes[self._is_note] = Paragraph()
            self._notes[self._is_note].extend(self._paragraph, " ")
        elif self._paragraph.text.strip():
            (self._flow.blocks if self._cells is None else self._cells).append(self._paragraph)
        self._flow.end_block()
        self._paragraph, self._is_note = Paragraph(), None

    def _element(self, item: Element, outer: _Look) -> None:
        name = local(item).lower()
        if name in _SKIPPED or not name:
            return
        look = self._sheet.look(item, name, outer)
        if name == "br":
            self._write("\n", look._replace(kept=True))
        elif name == "table":
            self._table(item, look)
        elif name == "a" and self._note_link(item, look):
            pass
        elif name in _BLOCKS:
            self._block(item, name, look)
        else:
            self._inside(item, look)

    def _inside(self, item: Element, look: _Look) -> None:
        self._write(item.text, look)
        for inner in item:
            self._element(inner, look)
            self._write(inner.tail, look)

    def _block(self, item: Element, name: str, look: _Look) -> None:
        kind: Kind = "heading" if name in _HEADINGS else "prose"
        label = ""
        if name == "li":
            kind, label = self._item(item)
        begun = self._paragraph.kind == "item" or self._paragraph.label or self._is_note is not None
        if not (name in ("p", "div") and begun and not self._paragraph.text.strip()):  # <li><p>: the item's paragraph
            self._begin(kind, label)
        for named in _names(item):
            if name == "li" and named in self._numbers:
                self._paragraph = Paragraph()
                self._is_note = self._numbers[named]
        self._inside(item, look)
        if name not in ("html", "body"):
            self._end()

    def _item(self, item: Element) -> tuple[Kind, str]:
        """Whether an item of a list has a bullet or a number, and its number."""
        parent = item.getparent()
        if parent is None or local(parent) != "ol":
            return "item", ""
        start = parent.get("start") or ""
        number = self._counted.get(parent, int(start) - 1 if start.isdecimal() and len(start) < 4 else 0) + 1
        self._counted[parent] = number
        return "prose", f"{number}."

    def _table(self, table: Element, look: _Look) -> None:
        self._end()
        outer = self._cells
        for row in _rows(table):
            row_look = self._sheet.look(row, "tr", look)
            cells: list[list[Paragraph]] = []
            for cell in row:
                if local(cell) in ("td", "th"):
                    self._cells = []
                    self._inside(cell, self._sheet.look(cell, local(cell), row_look))
                    self._end()
                    cells.append(self._cells)
            if outer is None:
                self._flow.add_row(cells)
            else:
                outer += [paragraph for cell in cells for paragraph in cell]
        self._cells = outer

    def _note_link(self, link: Element, look: _Look) -> bool:
        """Whether a link leads to a note or back from one; then its mark is written, or the note begins."""
        match = _NOTE_LINK.fullmatch(link.get("href") or "")
        if not match or look.hidden or self._links >= _MOST_LINKS:
            return False
        self._links += 1
        words = "".join(islice(link.itertext(), _MARK_PARTS)).strip()
        if words and _BACK.fullmatch(words):
            return True
        if not _NOTE_MARK.fullmatch(words) or match[1] not in self._ids:
            return False
        own = next((name for name in self._own_names(link) if name in self._numbers), None)
        if own is not None and not self._paragraph.text.strip():
            self._is_note = self._numbers[own]
            self._paragraph = Paragraph()
            return True
        number = self._numbers.setdefault(match[1], len(self._numbers) + 1)
        self._paragraph.write(f"[{number}]")
        return True

    def _own_names(self, link: Element) -> Iterator[str]:
        """The names of a link, of what it holds and of the block it stands in."""
        for item in link.iter():
            yield from _names(item)
        for item in link.iterancestors():
            yield from _names(item)
            if local(item) in ("div", "li", "section", "body"):
                return

    def _write(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if not look.kept:
            text = _BLANKS.sub(" ", text)
        if look.hidden:
            self._flow.leave_out(look.hidden, text)
        elif looks_alike(look.ink, look.paper):
            self._flow.leave_out("white-text", text)
        elif look.points < TINY:
            self._flow.leave_out("tiny-text", text)
        else:
            self._paragraph.write(text, struck=look.struck, raised=look.raised)


def _names(item: Element) -> Iterator[str]:
    """What links can call an element."""
    for key in ("id", "name"):
        if value := item.get(key):
            yield str(value)


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item) == "tr":
            yield item
        elif local(item) in ("tbody", "thead", "tfoot"):
            yield from _rows(item)


_Rules = dict[str, str]


class _Sheet:
    """The page's own styles, as far as they say whether words are seen."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[tuple[str, str], _Rules] = {}
        for style in root.iter("style"):
            for rule in _without_comments("".join(style.itertext())).split("}"):
                selectors, _, body = rule.rpartition("{")
                for selector in selectors.rpartition("{")[2].split(","):
                    if simple := _SELECTOR.match(selector):
                        tag, class_, name = simple[1] or "", simple[2], simple[3]
                        key = (tag.lower(), f".{class_}" if class_ else f"#{name}" if name else "")
                        self._rules.setdefault(key, {}).update(_declared(body))

    def look(self, item: Element, tag: str, outer: _Look) -> _Look:
        """What holds inside ``item``, which stands where ``outer`` holds."""
        rules: _Rules = {}
        if tag == "font" and item.get("color"):
            rules["color"] = str(item.get("color"))
        names = [f".{name}" for name in (item.get("class") or "").split()]
        names += [f"#{item.get('id')}"] if item.get("id") else []
        for key in ("", *names):
            rules |= self._rules.get((tag, key), {})
            if key:
                rules |= self._rules.get(("", key), {})
        rules |= _declared(item.get("style") or "")
        return _applied(rules, item, tag, outer)


def _without_comments(sheet: str) -> str:
    """A style sheet without comments; browsers' and web pages' marks around it go too."""
    parts = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])


def _declared(text: str) -> _Rules:
    """The declarations of a rule."""
    parts = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in parts if value}


def _applied(rules: _Rules, item: Element, tag: str, outer: _Look) -> _Look:
    changes: dict[str, Any] = {}
    if tag in _STRUCK or "line-through" in rules.get("text-decoration", "") + rules.get("text-decoration-line", ""):
        changes["struck"] = True
    if tag == "del" and (item.get("datetime") or item.get("cite")):
        changes["hidden"] = outer.hidden or "deleted-text"  # a tracked deletion, not the writer's crossing out
    if tag in ("sup", "sub") or "vertical-align" in rules:
        changes["raised"] = tag == "sup" or rules.get("vertical-align") == "super"
    if tag == "pre" or rules.get("white-space", "").startswith("pre"):
        changes["kept"] = True
    if ink := read_colour(rules.get("color")):
        changes["ink"] = ink
    behind = rules.get("background-color") or rules.get("background") or item.get("bgcolor") or ""
    if behind and not is_transparent(behind):
        # a picture or an unknown colour: nobody can say what its words look like on it
        changes["paper"] = read_colour(behind.split(" url", 1)[0].split(maxsplit=1)[0])
    points = _points(rules.get("font-size"), outer.points)
    if points is not None:
        changes["points"] = points
    if not outer.hidden:
        if (
            rules.get("display") == "none"
            or rules.get("visibility") in ("hidden", "collapse")
            or rules.get("mso-hide") == "all"
            or item.get("hidden") is not None
            or _is_nothing(rules.get("opacity"))
            or ("overflow" in rules and (_is_nothing(rules.get("height")) or _is_nothing(rules.get("width"))))
        ):
            changes["hidden"] = "hidden-text"
        elif is_transparent(rules.get("color", "")):
            changes["hidden"] = "white-text"
        elif _is_far(rules):
            changes["hidden"] = "off-page-text"
    return outer._replace(**changes)


def _points(value: str | None, outer: float) -> float | None:
    match = _LENGTH.fullmatch(value or "")
    if not match:
        return None
    try:
        number = float(match[1])
    except ValueError:
        return None
    if match[2] in _POINTS:
        return number * _POINTS[match[2]]
    return number * {"em": outer, "%": outer / 100, "rem": _BODY_TYPE}.get(match[2], _BODY_TYPE)


def _is_nothing(value: str | None) -> bool:
    """Whether a measure or share is nought, or nearly."""
    match = _LENGTH.fullmatch(value or "")
    try:
        return match is not None and float(match[1]) < (5 if match[2] == "%" else 0.05 if not match[2] else 1)
    except ValueError:
        return False


def _is_far(rules: _Rules) -> bool:
    """Whether words are put where no page is."""
    if "position" in rules and any(
        (_points(rules.get(side), 12) or 0) < _FAR for side in ("left", "top", "right", "bottom")
    ):
        return True
    return any((_points(rules.get(name), 12) or 0) < _FAR for name in ("text-indent", "margin-left", "margin-top"))
