"""What was handed in: the essays in folders, ZIP files and single files, each learner's latest.

Nothing is unpacked to disk. Files of the platform and of the computer are passed over; what is left aside on purpose
is named. Where a learner has several files the latest that can be an essay is taken, the others are listed.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from essay_marker.batch.patterns import Named, Platform, means_something, name_files, tidy
from essay_marker.batch.roster import Roster
from essay_marker.documents.kinds import tell_kind
from essay_marker.errors import DataError, InputError
from essay_marker.read.reader import MAX_FILE_BYTES

MAX_FILES = 5_000
MAX_UNPACKED = 4_000_000_000

#: What operating systems, word processors and platforms leave behind.
_JUNK = re.compile(r"\..*|~\$.*|__MACOSX|Thumbs\.db|desktop\.ini|Icon\r", re.IGNORECASE)
#: Lists and settings that lie beside essays. A pupil's spreadsheet is no such thing: it is named as unreadable.
_DATA = (".csv", ".tsv", ".json", ".jsonl", ".toml", ".yaml", ".yml", ".ini", ".log", ".xml", ".py", ".db", ".part")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Found(NamedTuple):
    """A file that was handed in: its path below what was named, and where its bytes are."""

    path: tuple[str, ...]
    place: Path
    member: str | None  # within the ZIP at ``place``
    size: int
    modified: float

    @property
    def label(self) -> str:
        """The file as it is shown."""
        return "/".join(self.path)

    def read(self) -> bytes:
        """Its bytes. `InputError` where they cannot be had."""
        name = self.path[-1]
        if self.size > MAX_FILE_BYTES:
            raise InputError(
                f"{name} is too large to be an essay: {self.size / 1e6:.0f} MB, and at most"
                f" {MAX_FILE_BYTES / 1e6:.0f} MB are read. Check that it is the right file, or take out its pictures."
            )
        try:
            if self.member is None:
                return self.place.read_bytes()
            with zipfile.ZipFile(self.place) as archive:
                return _read_member(archive, self.member, name)
        except OSError as error:
            raise InputError(f"{name} could not be opened ({error.strerror}). Check that you may read it.") from None


class Submission(NamedTuple):
    """What one learner handed in: the file that is marked, and the others of theirs."""

    learner: str
    number: str | None
    platform: Platform
    late: bool
    file: Found
    earlier: tuple[Found, ...]
    identity: str  # tells this learner from every other one


class Gathered(NamedTuple):
    """All that was handed in, what was left aside, and who of a list of learners handed in nothing."""

    submissions: tuple[Submission, ...]
    left_aside: tuple[str, ...]
    absent: tuple[str, ...]


def gather(places: Sequence[Path], out: Path, roster: Roster | None = None) -> Gathered:
    """The submissions in ``places`` (folders, ZIP files, essays), by learner; ``out`` is never looked into.

    Raises:
        DataError: A place is not there, or holds no file that could be an essay.
    """
    found: list[Found] = []
    aside: list[str] = []
    singles: list[Path] = []
    for place in places:
        if place.is_dir():
            files = _in_folder(place, out)
        elif not place.exists():
            raise DataError(f"{place} was not found. Check the name and the folder.")
        elif _is_archive(place):
            files = _in_archive(place)
        else:
            singles.append(place)
            continue
        kept = []
        for file in files:
            if file.path[-1].lower().endswith(_DATA):
                aside.append(tidy(file.label))
            else:
                kept.append(file)
        found += _without_top(kept)
    found += _singles(singles)
    if not found:
        what = ", ".join(map(str, places))
        raise DataError(f"{what}: there is no essay in it. Name the folder or the ZIP file with the submissions.")
    found = list({(file.place, file.member): file for file in found}.values())  # named twice on the command line
    found.sort(key=lambda file: (file.path, str(file.place)))
    named = [roster.named(file.path, name) if roster else name for file, name in zip(found, _names(found), strict=True)]
    return Gathered(
        submissions=tuple(_by_learner(found, named)),
        left_aside=tuple(sorted(aside)),
        absent=tuple(roster.absent(named)) if roster else (),
    )


def _names(found: Sequence[Found]) -> list[Named]:
    return name_files([file.path for file in found])


# --- where files lie ------------------------------------------------------------------------------------------------


def _in_folder(folder: Path, out: Path) -> Iterator[Found]:
    own = out.resolve()
    if folder.resolve() == own:
        raise DataError(f"{out}: results cannot go into the folder of the essays. Name another folder for them.")
    count = 0
    closed: list[Path] = []  # a folder that may not be looked into is somebody's essay that is missing: it gets a row
    for above, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(above)
        folders[:] = sorted(n for n in folders if not _JUNK.fullmatch(n) and (here / n).resolve() != own)
        for name in sorted(names):
            if _JUNK.fullmatch(name):
                continue
            count += 1
            if count > MAX_FILES:
                raise DataError(f"{folder}: there are more than {MAX_FILES} files in it. Name the folder of one class.")
            path = here / name
            try:
                state = path.stat()
                size, modified = state.st_size, state.st_mtime
                ordinary = stat.S_ISREG(state.st_mode)
            except OSError:  # a link to nowhere: reading it says so
                size, modified, ordinary = 0, 0.0, True
            if ordinary:
                yield Found(tuple(path.relative_to(folder).parts), path, None, size, modified)
    if folder in closed:
        raise DataError(f"{folder}: this folder cannot be opened. Check that you may read it.")
    for path in closed:
        yield Found(tuple(path.relative_to(folder).parts), path, None, 0, 0.0)


def _is_archive(place: Path) -> bool:
    """Whether a file is a ZIP of submissions. Word's and LibreOffice's own files are ZIP files, too."""
    try:
        if not zipfile.is_zipfile(place):
            return place.suffix.lower() == ".zip"
        with zipfile.ZipFile(place) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return place.suffix.lower() == ".zip"
    return not names & {"[Content_Types].xml", "mimetype"}


def _in_archive(place: Path) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(place) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DataError(f"{place}: this ZIP file cannot be opened ({error}). Download it again.") from None
    if len(members) > MAX_FILES:
        raise DataError(f"{place}: there are more than {MAX_FILES} files in it. Name the ZIP file of one class.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise DataError(f"{place}: it would unpack to {unpacked / 1e9:.0f} GB. No class needs that; check the file.")
    for member in members:
        # names are only looked at, never written to: what leads out of the archive leads nowhere
        parts = [part for part in re.split(r"[/\\]", _name(member)) if part not in ("", ".", "..")]
        if parts and not any(_JUNK.fullmatch(part) for part in parts):
            yield Found(tuple(parts), place, member.filename, member.file_size, _seconds(member))


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; where it is not said to be UTF-8 and is, it is read as such."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _seconds(member: zipfile.ZipInfo) -> float:
    """A member's date as a number that orders them."""
    year, month, day, hour, minute, second = member.date_time
    return float(((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second)


def _read_member(archive: zipfile.ZipFile, name: str, shown: str) -> bytes:
    try:
        member = archive.getinfo(name)
        if member.flag_bits & _ENCRYPTED:
            raise InputError(f"{shown} is locked with a password. Ask for a copy without one.")
        with archive.open(member) as part:
            data = part.read(MAX_FILE_BYTES + 1)  # never more, whatever size is declared
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError):
        raise InputError(f"{shown} is damaged and cannot be unpacked. Download the ZIP file again.") from None
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{shown} is larger than it says. Check that it is an essay.")
    return data


def _without_top(files: list[Found]) -> list[Found]:
    """``files`` without the folder that holds them all, as many ZIP files have one."""
    while len({file.path[0] for file in files}) == 1 and len({file.path[1:2] for file in files}) > 1:
        if means_something([file.path[:2] for file in files]):
            return files
        files = [file._replace(path=file.path[1:]) for file in files]
    return files


def _singles(places: Sequence[Path]) -> list[Found]:
    """Files that were named one by one; those of one name are told apart by their folders."""
    if not places:
        return []
    whole = [place.resolve() for place in places]
    same = len({place.name.casefold() for place in whole}) < len(set(whole))
    above = Path(os.path.commonpath([place.parent for place in whole])) if same else None
    found = []
    for place, path in zip(places, whole, strict=True):
        parts = path.relative_to(above).parts if above is not None else (place.name,)
        state = place.stat()
        found.append(Found(tuple(parts), path, None, state.st_size, state.st_mtime))
    return found


# --- whose they are -------------------------------------------------------------------------------------------------


def _by_learner(found: Sequence[Found], named: Sequence[Named]) -> Iterator[Submission]:
    groups: dict[str, list[tuple[Named, Found]]] = {}
    for file, name in zip(found, named, strict=True):
        groups.setdefault(_identity(file, name), []).append((name, file))
    for identity, files in groups.items():
        ordered = sorted(files, key=lambda item: _order(*item))
        at = _latest_essay([file for _, file in ordered])
        name, file = ordered.pop(at)
        others = tuple(other for _, other in ordered)
        yield Submission(name.learner, name.number, name.platform, name.late, file, others, identity)


def _identity(file: Found, name: Named) -> str:
    if name.number is not None:
        return f"{name.platform}\n{name.number}"
    if name.platform in ("folder", "file"):
        return f"file\n{file.label}"
    return f"name\n{name.learner.casefold()}"


def _order(name: Named, file: Found) -> tuple[object, ...]:
    """What makes one file of a learner later than another, most telling first."""
    return (not name.draft, name.late, name.version, name.attachment, file.modified, file.path)


def _latest_essay(files: Sequence[Found]) -> int:
    """The index of the last file that can be an essay; of the last of all where none can."""
    if len(files) > 1:
        for index in range(len(files) - 1, -1, -1):
            if _may_be_essay(files[index]):
                return index
    return len(files) - 1


def _may_be_essay(file: Found) -> bool:
    try:
        data = file.read()
        tell_kind(data, file.path[-1], file.path[-1])
    except InputError:
        return False
    return bool(data.strip())


def shown_names(files: Iterable[Found]) -> tuple[str, ...]:
    """Files as they are listed for a person."""
    return tuple(tidy(file.label) for file in files)
