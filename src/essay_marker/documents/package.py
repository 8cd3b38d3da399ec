"""Zip packages (.docx, .odt), opened only within limits, so that no file costs more than an essay is worth."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from lxml import etree

from essay_marker.errors import InputError

Element = Any
"""An element of an XML tree (lxml ships no types)."""

MAX_FILE: Final = 50_000_000
"""The largest document that is opened, in bytes, pictures included."""
MAX_UNPACKED: Final = 250_000_000
MAX_MEMBERS: Final = 2_000
MAX_PART: Final = 30_000_000
"""The largest part of a package that is parsed: the text of ten books."""
MAX_ELEMENTS: Final = 100_000
"""The most elements of a part that are walked; an essay has some ten thousand."""
MAX_RATIO: Final = 200
"""How many times its packed size a part of text may have; Word's own come to 10 or 20."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL: Final = 1_000_000  # whatever its ratio, a part as small as this harms nobody
_TEXT_PARTS: Final = (".xml", ".rels")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BOMB: Final = "No essay needs that; ask for the file again, or for a copy saved as PDF."
_DAMAGED: Final = "Open it in the program that made it, save it again under a new name and try that copy."


class Package:
    """A zip package whose sizes have been checked. Nothing is unpacked until a part is asked for."""

    def __init__(self, data: bytes, shown: str) -> None:
        """Open ``data``; ``shown`` is what error messages call the file. `InputError` where a limit is passed."""
        self.shown = shown
        if len(data) > MAX_FILE:
            raise InputError(f"{shown} is too large to be an essay ({len(data) / 1e6:.0f} MB). Check the file.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputError(f"{shown} is damaged and cannot be opened. {_DAMAGED}") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise InputError(f"{shown} has {len(members)} parts inside. {_BOMB}")
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_UNPACKED:
            raise InputError(f"{shown} would unpack to {unpacked / 1e6:.0f} MB. {_BOMB}")
        for member in members:
            is_text = member.filename.lower().endswith(_TEXT_PARTS)
            if is_text and member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
                raise InputError(f"{shown} would unpack to {member.file_size / 1e6:.0f} MB of text. {_BOMB}")
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> frozenset[str]:
        """The names of the package's parts."""
        return frozenset(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is no such part."""
        member = self._members.get(name)
        if member is None:
            return None
        if member.flag_bits & 1:
            raise InputError(f"{self.shown} is locked with a password. Ask for a copy without one.")
        if member.file_size > MAX_PART or member.compress_type not in _METHODS:
            raise InputError(f"{self.shown} holds a part ({name}) that is too large or packed oddly. {_BOMB}")
        try:
            with self._zip.open(member) as part:
                data = part.read(MAX_PART + 1)  # never more, whatever size is declared
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
            raise InputError(f"{self.shown} is damaged: its part {name} cannot be unpacked. {_DAMAGED}") from error
        if len(data) > MAX_PART:
            raise InputError(f"{self.shown} holds a part ({name}) that is too large. {_BOMB}")
        return data

    def copy(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with these parts changed or added; all others have the same bytes, and no time is in it.

        `InputError` where a part cannot be unpacked.
        """
        names = dict.fromkeys([*self._members, *changed])
        return write_package((name, changed[name] if name in changed else self._raw(name)) for name in names)

    def _raw(self, name: str) -> bytes:
        """The bytes of any part, pictures too, of which there are never more than the package was checked for."""
        try:
            return self._zip.read(self._members[name])
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
            raise InputError(f"{self.shown} is damaged: its part {name} cannot be unpacked. {_DAMAGED}") from error

    def xml(self, name: str) -> Element | None:
        """The root element of a part, None where there is no such part."""
        data = self.read(name)
        return None if data is None else parse_xml(data, self.shown, name)


def write_package(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A package of these parts, in this order, with no time in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(_timeless(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _timeless(name: str) -> zipfile.ZipInfo:
    """An entry whose date and system are the same in every run and on every computer."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 0
    entry.external_attr = 0
    return entry


def to_xml(root: Element) -> bytes:
    """A part as it stands in a package."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def xml_text(text: str) -> str:
    """``text`` with every character that XML cannot hold replaced by U+FFFD, so that offsets stay true."""
    return _NOT_XML.sub("\ufffd", text)


def parse_xml(data: bytes, shown: str, name: str) -> Element:
    """The root of an XML part. `InputError` for what is not well formed, nested beyond reason or defines entities."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{shown} is damaged: its part {name} cannot be read. {_DAMAGED}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"{shown} defines XML entities, which no word processor does. {_BOMB}")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise InputError(f"{shown} has far more parts inside than an essay. {_BOMB}")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace: the two dialects of Office differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute ``name`` of an element, whatever its namespace; None where there is none."""
    if element is None:
        return None
    if (value := element.get(name)) is not None:
        return str(value)
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and so on down ``path``; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element
