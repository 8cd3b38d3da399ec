"""Whose a file is, by how the platforms name what they download.

    Moodle            Ada Lovelace_12345_assignsubmission_file_/essay.docx  (or one long file name)
    Canvas            lovelaceada_LATE_123_456_essay-1.docx
    Google Classroom  Ada Lovelace - essay.docx
    Teams             Submitted files/Ada Lovelace/Assignment/Version 2/essay.docx

What fits none of them has its learner's name as its own name, or as that of the folder in which it lies alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

Platform = Literal["moodle", "canvas", "classroom", "teams", "folder", "file", "list"]

_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assign(?:submission|ment)_(?P<what>file|onlinetext)(?:_.*)?",
    re.IGNORECASE | re.DOTALL,
)
_CANVAS = re.compile(
    r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_(?:(?P<attachment>\d+)_.+|text\.html?)", re.IGNORECASE | re.DOTALL
)
_CANVAS_ANONYMOUS = re.compile(
    r"(?P<name>anon(?:ymous)?_(?P<number>[A-Za-z0-9]{4,8}))(?P<late>_LATE)?_(?P<attachment>\d+)_.+", re.IGNORECASE
)
_TEAMS_TOP = re.compile(r"(?:submitted|working) files", re.IGNORECASE)
_TEAMS_DRAFTS = re.compile(r"working files", re.IGNORECASE)
_VERSION = re.compile(r"version (\d+)", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
#: What platforms, browsers and pupils put behind the name of a later copy.
_COPY = re.compile(
    r"(?:\((?P<copy>\d+)\)|[\s_-]v(?:ersion)?[\s_.]?(?P<version>\d+)|-(?P<attempt>\d{1,2}))$", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[=+@'-]?[^\W\d_][^\W\d_'’.-]*(?:['’.-]+[^\W\d_]+)*\.?,?")
_PARTICLES = re.compile(r"al|ap|bin|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|mac|of|op|ten|ter|van|von|y")


class Named(NamedTuple):
    """Whose a file is: the learner, the platform's number for them, and what tells an earlier file from a later."""

    learner: str
    platform: Platform
    number: str | None = None
    late: bool = False
    version: int = 0
    attachment: int = 0
    draft: bool = False  # less than a file that was handed in: an unsubmitted version, or text typed beside a file


def name_files(paths: Sequence[tuple[str, ...]]) -> list[Named]:
    """Whose each file is, in order; ``paths`` are the parts of their paths below the folder or ZIP that holds them all.

    Several files may have one learner only where a platform's pattern says so: a file with an odd name is an essay of
    its own, so that none is taken for another's earlier copy.
    """
    found = _without_chance([_by_pattern(path) for path in paths])
    left = [index for index, named in enumerate(found) if named is None]
    for index, named in zip(left, _classroom([_stem(paths[i]) for i in left]), strict=True):
        found[index] = named
    left = [index for index, named in enumerate(found) if named is None]
    alone = _alone([paths[i] for i in left])
    for index in left:
        path = paths[index]
        found[index] = Named(path[-2], "folder") if path in alone else Named(_stem(path).strip() or path[-1], "file")
    return [named._replace(learner=tidy(named.learner)) for named in found if named is not None]


def means_something(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the folder that all ``paths`` begin with says whose they are, and is not just around them."""
    top, below = paths[0][0].strip(), [path[1].strip() for path in paths if len(path) > 1]
    return bool(_MOODLE.fullmatch(top) or _TEAMS_TOP.fullmatch(top) or any(_VERSION.fullmatch(b) for b in below))


def tidy(name: str) -> str:
    """A name as it is shown: composed letters, single spaces, nothing that cannot be seen."""
    shown = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    return " ".join(shown.split()) or "?"


def _stem(path: Sequence[str]) -> str:
    """A file's name without its ending. Names have full stops too: an ending is short and has no space."""
    stem, point, ending = path[-1].rpartition(".")
    return stem if point and stem.strip() and 0 < len(ending) <= 5 and ending.isalnum() else path[-1]


def _copy_number(stem: str) -> int:
    found = _COPY.search(stem)
    return int(next(filter(None, found.groups()))) if found else 0


def _by_pattern(path: tuple[str, ...]) -> Named | None:
    """By Moodle's, Teams' and Canvas's patterns, which no ordinary name fits."""
    copy = _copy_number(_stem(path))
    for part in path:
        if found := _MOODLE.fullmatch(part):
            draft = found["what"].lower() == "onlinetext"
            return Named(found["name"], "moodle", found["number"], version=copy, draft=draft)
    folders = path[:-1]
    version = next((int(found[1]) for part in folders if (found := _VERSION.fullmatch(part.strip()))), None)
    top = next((index for index, part in enumerate(folders) if _TEAMS_TOP.fullmatch(part.strip())), None)
    at = 0 if top is None else top + 1
    if (version is not None or top is not None) and at < len(folders) and not _VERSION.fullmatch(folders[at].strip()):
        draft = top is not None and _TEAMS_DRAFTS.fullmatch(folders[top].strip()) is not None
        return Named(folders[at], "teams", version=version or copy, draft=draft)
    if found := _CANVAS_ANONYMOUS.fullmatch(path[-1]) or _CANVAS.fullmatch(path[-1]):
        groups = found.groupdict()
        attachment = int(groups["attachment"] or 0)
        late = groups["late"] is not None
        return Named(found["name"], "canvas", found["number"], late=late, version=copy, attachment=attachment)
    return None


def _without_chance(found: Sequence[Named | None]) -> list[Named | None]:
    """``found`` without files that look like Canvas's by chance: its numbers of attachments never come twice."""
    often = Counter(named.attachment for named in found if named is not None and named.platform == "canvas")

    def chance(named: Named) -> bool:
        return named.platform == "canvas" and named.attachment > 0 and often[named.attachment] > 1

    return [None if named is None or chance(named) else named for named in found]


# --- Google Classroom -----------------------------------------------------------------------------------------------


def _classroom(stems: Sequence[str]) -> list[Named | None]:
    """``First Last - essay``: which side of the dash is the name is seen from all files together.

    It is the first side, unless that is the same for many files whose second sides all differ and look like names
    ("Cold War essay - Ada Lovelace").
    """
    cut = [_DASH.split(_COPY.sub("", stem), maxsplit=1) for stem in stems]
    firsts, seconds = (Counter(parts[side].casefold() for parts in cut if len(parts) == 2) for side in (0, 1))
    named: list[Named | None] = []
    for stem, parts in zip(stems, cut, strict=True):
        if len(parts) < 2:
            named.append(None)
            continue
        first, second = parts
        swapped = firsts[first.casefold()] > 1 == seconds[second.casefold()] and looks_like_name(second)
        shared = seconds[second.casefold()] > 1  # the assignment's title
        if swapped:
            named.append(Named(second, "classroom", version=_copy_number(stem)))
        elif looks_like_name(first) or (shared and firsts[first.casefold()] == 1):
            named.append(Named(first, "classroom", version=_copy_number(stem)))
        else:
            named.append(None)
    return named


def looks_like_name(text: str) -> bool:
    """Two to five words, each with a capital but for particles."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(
        _NAME_WORD.fullmatch(word) and (word.lstrip("=+@'-")[:1].isupper() or _PARTICLES.fullmatch(word))
        for word in words
    )


def _alone(paths: Sequence[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The files that lie alone in a folder of their own, where every file does: then the folders are the learners'."""
    folders = Counter(path[:-1] for path in paths)
    if len(folders) < 2 or () in folders or any(count > 1 for count in folders.values()):
        return set()
    return set(paths)
