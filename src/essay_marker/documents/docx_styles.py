"""Word's styles and numbering: how a run looks and what number a list paragraph carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from essay_marker.documents.package import Element, attribute, child, local

Look = dict[str, Any]
"""What is said of a run: ``hidden``, ``ink``, ``shade``, ``points``, ``scale``, ``struck``, ``raised``. Later wins."""

_OFF: Final = ("0", "false", "off", "none")
_WHITE_THEMES: Final = ("background1", "light1", "bg1", "lt1")
_DEEPEST: Final = 20
_HEADINGS: Final = ("heading ", "title", "subtitle")
_LEVELS: Final = 9


def is_on(element: Element | None) -> bool | None:
    """What a switch such as ``w:vanish`` says; None where it is not there."""
    if element is None:
        return None
    return (attribute(element, "val") or "1") not in _OFF


def run_look(properties: Element | None) -> Look:
    """What run properties (``w:rPr``) say, and nothing of what they leave to the styles."""
    look: Look = {}
    for item in properties if properties is not None else ():
        value = attribute(item, "val")
        match local(item):
            case "vanish":
                look["hidden"] = is_on(item)
            case "strike" | "dstrike":
                look["struck"] = look.get("struck") or is_on(item)
            case "color":
                themed = attribute(item, "themeColor") in _WHITE_THEMES and value in (None, "auto")
                look["ink"] = "FFFFFF" if themed else value
            case "sz":
                look["points"] = _number(value, 2)
            case "w":
                look["scale"] = _number(value, 100)
            case "vertAlign":
                look["raised"] = value == "superscript"
            case "shd":
                look["shade"] = shade(item)
            case "highlight":
                look["shade"] = None if value == "none" else value
            case _:
                pass
    return look


def shade(element: Element | None) -> str | None:
    """The colour behind words that ``w:shd`` gives; None where it leaves the paper as it is."""
    fill = attribute(element, "fill")
    return None if fill in (None, "auto") else fill


def _number(value: str | None, unit: float) -> float | None:
    try:
        return float((value or "").rstrip("%pt ")) / unit
    except ValueError:
        return None


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        """``root`` is the part ``styles.xml``, None where the document has none."""
        elements = [] if root is None else [item for item in root if local(item) == "style"]
        self._styles = {attribute(item, "styleId"): item for item in elements}
        self.defaults = run_look(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._default = {
            attribute(item, "type"): attribute(item, "styleId")
            for item in elements
            if attribute(item, "default") in ("1", "true", "on")
        }
        self._looks: dict[str | None, Look] = {}

    def chain(self, style: str | None) -> list[Element]:
        """The style and those that it is based on, the most general first."""
        found: list[Element] = []
        while style in self._styles and len(found) < _DEEPEST and self._styles[style] not in found:
            found.append(self._styles[style])
            style = attribute(child(found[-1], "basedOn"), "val")
        return found[::-1]

    def look(self, style: str | None) -> Look:
        """What the style says of its runs."""
        if style not in self._looks:
            look: Look = {}
            for item in self.chain(style):
                look |= run_look(child(item, "rPr"))
            self._looks[style] = look
        return self._looks[style]

    def paragraph_style(self, properties: Element | None) -> str | None:
        """The style that paragraph properties name, or the document's default."""
        return attribute(child(properties, "pStyle"), "val") or self._default.get("paragraph")

    def is_heading(self, style: str | None) -> bool:
        """Whether the style is one of headings or titles."""
        for item in self.chain(style):
            name = (attribute(child(item, "name"), "val") or "").lower()
            if name.startswith(_HEADINGS) or has_level(child(item, "pPr")):
                return True
        return False

    def is_contents(self, style: str | None) -> bool:
        """Whether the style is one of the lines of a table of contents."""
        named = (attribute(child(item, "name"), "val") or "" for item in self.chain(style))
        return any(name.lower().startswith("toc ") and name.lower() != "toc heading" for name in named)

    def inherited(self, style: str | None, *path: str) -> Element | None:
        """The paragraph property at ``path`` that the style or the nearest of those it is based on has."""
        for item in reversed(self.chain(style)):
            if (found := child(item, "pPr", *path)) is not None:
                return found
        return None


def has_level(properties: Element | None) -> bool:
    """Whether paragraph properties give a level in the outline; the ninth is that of body text."""
    level = attribute(child(properties, "outlineLvl"), "val")
    return level is not None and level.isdecimal() and int(level) < _LEVELS


class Numbering:
    """The numbers of lists, counted while the paragraphs pass in order."""

    def __init__(self, root: Element | None) -> None:
        """``root`` is the part ``numbering.xml``, None where the document has none."""
        items = list(root) if root is not None else []
        abstract = {attribute(item, "abstractNumId"): item for item in items if local(item) == "abstractNum"}
        self._lists: dict[str | None, tuple[str | None, dict[int, Element]]] = {}
        self._counts: dict[str | None, list[int]] = {}
        for item in items:
            if local(item) == "num":
                kind = attribute(child(item, "abstractNumId"), "val")
                self._lists[attribute(item, "numId")] = kind, _levels(abstract.get(kind))

    def next(self, properties: Element | None) -> str | None:
        """The label of the next paragraph with these ``w:numPr``: a number, empty for a bullet, None for no list."""
        number = attribute(child(properties, "numId"), "val")
        level = attribute(child(properties, "ilvl"), "val") or "0"
        if number not in self._lists or not level.isdecimal() or int(level) >= _LEVELS:
            return None
        kind, levels = self._lists[number]
        depth = int(level)
        shape = levels.get(depth)
        counts = self._counts.setdefault(kind, [0] * _LEVELS)
        start = attribute(child(shape, "start"), "val") or "1"
        counts[depth] = counts[depth] + 1 if counts[depth] else int(start) if start.isdecimal() else 1
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        form = attribute(child(shape, "numFmt"), "val") or "decimal"
        if form == "bullet":
            return ""
        if form == "none":
            return None
        label = attribute(child(shape, "lvlText"), "val") or f"%{depth + 1}."
        for index in range(depth + 1):
            label = label.replace(f"%{index + 1}", counted(counts[index] or 1, form if index == depth else "decimal"))
        return label or None


def _levels(abstract: Element | None) -> dict[int, Element]:
    levels = [] if abstract is None else [item for item in abstract if local(item) == "lvl"]
    return {int(value): item for item in levels if (value := attribute(item, "ilvl") or "").isdecimal()}


def counted(number: int, form: str) -> str:
    """``number`` as a list writes it: ``form`` is Word's name for the way or OpenDocument's sign (1, a, I)."""
    forms: dict[str, Callable[[int], str]] = {
        "lowerLetter": lambda n: chr(97 + (n - 1) % 26) * (1 + (n - 1) // 26),
        "upperLetter": lambda n: chr(65 + (n - 1) % 26) * (1 + (n - 1) // 26),
        "lowerRoman": lambda n: _roman(n).lower(),
        "upperRoman": _roman,
    }
    short = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    write = forms.get(short.get(form, form))
    return write(number) if write and 0 < number < 200 else str(number)


def _roman(number: int) -> str:
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "C" * (number // 100) + tens[number // 10 % 10] + ones[number % 10]
