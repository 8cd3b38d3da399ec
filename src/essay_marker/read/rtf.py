"""Rich text (.rtf): a small reader of our own, since the libraries drop the footnotes, in which the citations are.

The format is a stream of words after backslashes, with groups in braces: what a group sets ends with it. Groups that
hold no words of the text (fonts, pictures, headers …) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from essay_marker.documents.flow import DocumentText, Flow, Kind, Paragraph
from essay_marker.documents.looks import TINY, WHITE, Colour, looks_alike
from essay_marker.errors import InputError

_TOKEN: Final = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,12})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    r"|(?P<brace>[{}])|(?P<ends>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<odd>.)",
    re.DOTALL,
)
_DEEPEST: Final = 500
_MOST_TOKENS: Final = 500_000  # an essay of Word's has some ten thousand
_SKIPPED_NAMES: Final = (
    "fonttbl info pict objdata nonshppict shprslt bkmkstart bkmkend xe tc rxe do listtable listoverridetable revtbl "
    "rsidtbl generator themedata colorschememapping latentstyles datastore ftnsep ftnsepc aftnsep aftnsepc"
)
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_MARGINS: Final = frozenset(f"{name}{side}" for name in ("header", "footer") for side in ("", "l", "r", "f"))
_SAID: Final = {
    "tab": "\t", "line": "\n", "page": "\f", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n",
}  # fmt: skip
_SIGNS: Final = {"~": "\u00a0", "_": "-", "\n": "", "\r": "", "\\": "\\", "{": "{", "}": "}"}
_SWITCHES: Final = {"v": "hidden", "strike": "struck", "striked": "struck", "deleted": "deleted", "super": "raised"}
_UNREAD_FIELDS: Final = ("PAGE", "NUMPAGES", "TOC")
_CODE_PAGE: Final = re.compile(r"\\ansicpg(\d{3,5})")
_HEADINGS: Final = ("heading ", "title", "subtitle")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


class _State(NamedTuple):
    """What holds until the group ends. ``where`` is what becomes of the words."""

    where: str = "text"
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    raised: bool = False
    ink: int = 0
    shade: int = 0
    half_points: int = 24
    fallback: int = 1  # characters after \u that stand for it in old programs


_PLAIN: Final = _State()


def read_rtf(data: bytes, shown: str) -> DocumentText:
    """The text of a rich text document; ``shown`` is what error messages call the file."""
    return _Reader(data.decode("latin-1"), shown).text()


class _Reader:
    def __init__(self, source: str, shown: str) -> None:
        self._source = source
        self._shown = shown
        page = _CODE_PAGE.search(source[:2_000])
        self._encoding = f"cp{page[1]}" if page else "cp1252"
        try:
            b"".decode(self._encoding)
        except LookupError:
            self._encoding = "cp1252"
        self._flow = Flow()
        self._state = _State()
        self._stack: list[_State] = []
        self._ends: list[Callable[[], None] | None] = []  # what is done when each open group ends
        self._paragraph = Paragraph()
        self._heading_styles: set[int] = set()
        self._heading = False
        self._label: list[str] | None = None
        self._cells: list[list[Paragraph]] = []
        self._cell: list[Paragraph] = []
        self._in_table = False
        self._colours: list[Colour | None] = []
        self._colour = [0, 0, 0]
        self._coloured = False
        self._collected: list[str] = []  # words that are no text: a style's name, a field's code, a list's label
        self._style = 0
        self._fields: list[str] = []

    def text(self) -> DocumentText:
        source, at, skip, left = self._source, 0, 0, _MOST_TOKENS
        while match := _TOKEN.match(source, at):
            at = match.end()
            left -= 1
            if not left:
                raise InputError(f"{self._shown} has far more parts than an essay. Open it and save it as .docx.")
            if match["word"]:
                word, number = match["word"], int(match["number"]) if match["number"] else None
                if word == "bin":
                    at += max(0, number or 0)
                elif word == "u":
                    self._say(chr((number or 0) % 0x10000))
                    skip = self._state.fallback
                    continue
                else:
                    self._word(word, number)
            elif match["byte"]:
                if skip:
                    skip -= 1
                    continue
                self._say(bytes([int(match["byte"], 16)]).decode(self._encoding, "replace"))
            elif match["text"]:
                words = match["text"]
                if self._state.where != "skip":
                    self._say(words[skip:])
                skip = max(0, skip - len(words))
                continue
            elif match["sign"]:
                self._sign(match["sign"])
            elif match["brace"] == "{":
                self._open()
            elif match["brace"]:
                self._close()
            if not match["ends"]:
                skip = 0
        self._end_paragraph()
        if self._cell or self._cells:
            self._end_row()
        return _joined(self._flow.finish())

    # --- groups ---

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise InputError(f"{self._shown} is damaged (nested too deeply). Open it in Word and save it as .docx.")
        self._stack.append(self._state)
        self._ends.append(None)

    def _close(self) -> None:
        if not self._stack:
            return
        end = self._ends.pop()
        if end is not None:
            end()
        self._state = self._stack.pop()

    def _group(self, where: str, end: Callable[[], None] | None = None) -> None:
        """The group that is open holds words of the kind ``where``; ``end`` is done when it ends."""
        if self._ends:
            self._ends[-1] = end
        self._state = self._state._replace(where=where)

    def _sign(self, sign: str) -> None:
        if sign == "*":  # what follows may be passed over by programs that do not know it
            if self._state.where == "text":
                self._group("starred")
        elif sign in ("\n", "\r"):
            self._end_paragraph()
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    # --- words after backslashes ---

    def _word(self, word: str, number: int | None) -> None:
        where = self._state.where
        if word == "colortbl":
            self._group("colours")
        elif where == "colours":
            self._colour_part(word, number or 0)
        elif word == "stylesheet":
            self._group("styles")
        elif where in ("styles", "style"):
            self._style_part(word, number)
        elif where == "skip":
            if word == "shptxt":
                self._group("text", self._end_paragraph)
                self._end_paragraph()
        elif word in _MARGINS:
            self._collect("margin", self._end_margin)
        elif word == "footnote" and where in ("text", "starred"):
            self._note()
        elif word in ("listtext", "pntext"):
            self._collect("label", self._end_label)
        elif word == "fldinst":
            self._collect("code", self._end_code)
        elif word == "field":
            self._fields.append("")
            self._group(where, self._end_field)
        elif word == "fldrslt":
            unread = bool(self._fields) and self._fields[-1].split(maxsplit=1)[:1] in [[n] for n in _UNREAD_FIELDS]
            self._group("skip" if unread else where)
        elif word == "annotation":
            self._flow.counts["comments"] += 1
            self._group("skip")
        elif word in _SKIPPED or where == "starred":
            self._group("skip")
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        is_on = number != 0
        if said := _SAID.get(word):
            self._say(said)
        elif switch := _SWITCHES.get(word):
            changes: dict[str, Any] = {switch: is_on}
            self._state = self._state._replace(**changes)
        elif word == "plain":
            self._state = _PLAIN._replace(where=self._state.where, fallback=self._state.fallback)
        elif word in ("nosupersub", "sub"):
            self._state = self._state._replace(raised=False)
        elif word in ("cf", "fs", "cb", "chcbpat", "highlight", "uc"):
            name = {"cf": "ink", "fs": "half_points", "uc": "fallback"}.get(word, "shade")
            changes = {name: max(0, number or 0)}
            self._state = self._state._replace(**changes)
        elif self._state.where == "text":
            self._arrange(word, number)

    def _arrange(self, word: str, number: int | None) -> None:
        """What paragraphs and tables are made of."""
        if word in ("par", "sect"):
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_paragraph()
            self._cells.append(self._cell)
            self._cell = []
        elif word in ("row", "nestrow"):
            self._end_row()
        elif word == "intbl":
            self._in_table = True
        elif word == "pard":
            self._heading, self._in_table = False, False
        elif word == "outlinelevel":
            self._heading = (number or 0) < 9
        elif word == "s":
            self._heading = self._heading or number in self._heading_styles

    def _colour_part(self, word: str, number: int) -> None:
        if word in ("red", "green", "blue"):
            self._colour[("red", "green", "blue").index(word)] = min(255, number)
            self._coloured = True

    def _style_part(self, word: str, number: int | None) -> None:
        if word == "s" and number is not None:
            self._style = number
            self._collect("style", self._end_style)

    # --- groups whose words are not the text's ---

    def _collect(self, where: str, end: Callable[[], None]) -> None:
        outer, self._collected = self._collected, []

        def done() -> None:
            end()
            self._collected = outer

        self._group(where, done)

    def _end_style(self) -> None:
        if "".join(self._collected).strip(" ;").lower().startswith(_HEADINGS):
            self._heading_styles.add(self._style)

    def _end_margin(self) -> None:
        if "".join(self._collected).strip():
            self._flow.counts["page-margins"] += 1

    def _end_label(self) -> None:
        label = "".join(self._collected).strip()
        self._label = [label if any(character.isalnum() for character in label) else ""]

    def _end_code(self) -> None:
        if self._fields:
            self._fields[-1] = "".join(self._collected).strip()
            self._flow.counts["contents"] += self._fields[-1].startswith("TOC")

    def _end_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def _note(self) -> None:
        """Read a note aside; when its group ends, its mark stands where the note stood."""
        outer, label, heading = self._paragraph, self._label, self._heading
        cell, in_table, blocks = self._cell, self._in_table, self._flow.blocks
        unseen = self._unseen()
        self._paragraph, self._label, self._heading = Paragraph(), None, False
        self._in_table, self._flow.blocks = False, []

        def end() -> None:
            self._end_paragraph()
            note = Paragraph()
            for block in self._flow.blocks:
                note.extend(block, " ")
            self._paragraph, self._label, self._heading = outer, label, heading
            self._cell, self._in_table, self._flow.blocks = cell, in_table, blocks
            if not unseen:
                self._paragraph.write(self._flow.add_note(note))

        self._group("text", end)
        self._state = _PLAIN._replace(where="text", fallback=self._state.fallback)

    # --- words ---

    def _say(self, text: str) -> None:
        where = self._state.where
        if where == "colours":
            for _ in range(text.count(";")):
                red, green, blue = self._colour
                self._colours.append((red, green, blue) if self._coloured else None)
                self._colour, self._coloured = [0, 0, 0], False
        elif where in ("style", "margin", "label", "code"):
            self._collected.append(text)
        elif where == "text":
            if reason := self._unseen():
                self._flow.leave_out(reason, text)
            else:
                self._paragraph.write(text, struck=self._state.struck, raised=self._state.raised)

    def _unseen(self) -> str:
        state = self._state
        if state.deleted:
            return "deleted-text"
        if state.hidden:
            return "hidden-text"
        if state.half_points < 2 * TINY:
            return "tiny-text"
        paper = self._known(state.shade) or WHITE
        return "white-text" if looks_alike(self._known(state.ink), paper) else ""

    def _known(self, index: int) -> Colour | None:
        return self._colours[index] if 0 < index < len(self._colours) else None

    def _end_paragraph(self) -> None:
        if self._state.where != "text":
            return
        words = self._paragraph
        kind: Kind = "item" if self._label == [""] else "prose"
        finished = Paragraph("heading" if self._heading else kind, self._label[0] if self._label else "")
        finished.extend(words, "")
        if finished.text.strip():
            (self._cell if self._in_table else self._flow.blocks).append(finished)
        self._flow.end_block()
        self._paragraph, self._label = Paragraph(), None

    def _end_row(self) -> None:
        if self._cell:
            self._cells.append(self._cell)
        self._flow.add_row(self._cells)
        self._cells, self._cell = [], []


def _joined(text: DocumentText) -> DocumentText:
    """``text`` with the halves of characters outside the first plane joined; what has only one half is marked."""
    if not _SURROGATES.search(text.text):
        return text
    # every place stays the same only where characters keep their number: halves become one character and a blank mark
    joined = re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16") + "\u200b",
        text.text,
    )
    return text._replace(text=_SURROGATES.sub("\ufffd", joined))
