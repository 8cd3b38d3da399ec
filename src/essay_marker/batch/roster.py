"""A list of learners in a CSV file: whose a file is, or which name belongs to a platform's number.

The first line names the columns. ``file`` with ``learner`` says whose a file is; ``id`` with ``learner`` gives the
name to a number that stands in the files' names, as in Moodle's grading worksheet and Canvas's gradebook. First and
last names may have columns of their own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from essay_marker.batch.patterns import Named, tidy
from essay_marker.errors import DataError

_COLUMNS = {
    "file": ("file", "filename", "file name", "path"),
    "id": ("id", "identifier", "user id", "userid", "participant", "number"),
    "learner": ("learner", "full name", "fullname", "name", "student", "student name", "pupil"),
    "first": ("first name", "firstname", "given name", "forename"),
    "last": ("last name", "lastname", "surname", "family name"),
}
_LIMIT = 5_000_000
_DELIMITERS = ",;\t"


class Roster:
    """Who is who."""

    def __init__(self, learners: Sequence[str], files: dict[str, str], numbers: dict[str, str]) -> None:
        """Take all learners, and the learner of each file and of each number."""
        self._learners = learners
        self._files = files
        self._numbers = numbers

    def named(self, path: Sequence[str], name: Named) -> Named:
        """``name`` with the learner of the list, where it knows the file or the number."""
        label = "/".join(path)
        for known in (label, path[-1]):
            if learner := self._files.get(_key(known)):
                return name._replace(learner=learner, number=None, platform="list")
        if name.number is not None and (learner := self._numbers.get(name.number)):
            return name._replace(learner=learner)
        return name

    def absent(self, named: Iterable[Named]) -> Iterator[str]:
        """The learners of the list of whom there is no file, in the list's order."""
        there = {_key(name.learner) for name in named}
        return (learner for learner in dict.fromkeys(self._learners) if _key(learner) not in there)


def load_roster(path: Path) -> Roster:
    """The list in a CSV file.

    Raises:
        DataError: The file cannot be read or has no columns that help.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: the list of learners cannot be read ({error.strerror}).") from None
    if len(data) > _LIMIT:
        raise DataError(f"{path}: this is too large to be a list of learners.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DataError(f"{path}: this is no CSV file: {error}.") from None
    return _roster(rows, path)


def _roster(rows: Sequence[Sequence[str]], path: Path) -> Roster:
    head = [_key(cell) for cell in rows[0]] if rows else []
    at = {what: next((head.index(name) for name in names if name in head), None) for what, names in _COLUMNS.items()}
    if (at["learner"] is None and at["last"] is None) or (at["file"] is None and at["id"] is None):
        raise DataError(
            f"{path}: the first line must name the columns: learner (or first name and last name), and file or id."
        )
    learners: list[str] = []
    files: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for row in rows[1:]:

        def cell(what: str, row: Sequence[str] = row) -> str:
            index = at[what]
            return row[index].strip() if index is not None and index < len(row) else ""

        learner = tidy(cell("learner") or f"{cell('first')} {cell('last')}")
        if learner == "?":
            continue
        learners.append(learner)
        if name := cell("file"):
            files[_key(name.replace("\\", "/"))] = learner
        if number := re.search(r"\d+$", cell("id")):
            numbers[number[0]] = learner
    return Roster(learners, files, numbers)


def _key(text: str) -> str:
    return tidy(text).casefold()
