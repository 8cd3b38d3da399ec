"""Moodle's grading worksheet, filled in, and the learners' files packed as Moodle takes them.

    moodle/as-it-came/NAME.csv   the worksheet as the teacher gave it
    moodle/NAME.csv              the same with grades and comments, to upload as a grading worksheet
    moodle/feedback.zip          to upload as feedback files

A grade is what a learner sees. So only signed marks become grades, unless the teacher asked for provisional ones.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from essay_marker.batch.feedback import FEEDBACK
from essay_marker.batch.patterns import tidy
from essay_marker.batch.records import ClassRecord, Member, highest_mark
from essay_marker.batch.standing import Standing, standing
from essay_marker.batch.store import Store
from essay_marker.batch.worksheet import Worksheet, read_worksheet
from essay_marker.errors import DataError
from essay_marker.records import Decision
from essay_marker.report.moodle_comment import moodle_comment
from essay_marker.returning import ENDINGS

MOODLE, KEPT, ARCHIVE = "moodle", "as-it-came", "feedback.zip"
#: What Moodle calls the columns in English, German, French and Spanish. It takes a file back in the language it gave.
_IDENTIFIER: Final = ("identifier", "id", "identifiant", "identificador")
_NAME: Final = ("full name", "vollständiger name", "nom complet", "nombre completo")
_GRADE: Final = ("grade", "bewertung", "note", "calificación")
_MAXIMUM: Final = ("maximum grade", "bestwertung", "note maximale", "calificación máxima")
_SCALE: Final = ("scale", "skala", "barème", "escala")
_COMMENT: Final = (
    *("feedback comments", "feedback als kommentar", "feedback par commentaires"),
    "comentarios de retroalimentación",
)
_NUMBER: Final = re.compile(r"\d+$")
#: The first day that a ZIP file knows: no clock is in it.
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Filled(NamedTuple):
    """A worksheet that was filled in, the numbers of the learners by their ids, and what there is to say about it."""

    data: bytes
    numbers: dict[str, str]
    remarks: tuple[str, ...]


class _Columns(NamedTuple):
    """Where things stand in a worksheet."""

    identifier: int
    name: int | None
    grade: int
    maximum: int | None
    scale: int | None
    comment: int | None


def keep_worksheet(store: Store, path: Path | None) -> None:
    """Keep the teacher's worksheet in the folder of results, in the place of an earlier one; None leaves that.

    Raises:
        DataError: It cannot be read or kept.
    """
    if path is None:
        return
    kept = store.folder / MOODLE / KEPT
    try:
        data = path.read_bytes()
        kept.mkdir(parents=True, exist_ok=True)
        for other in kept.iterdir():
            if other.name != path.name:
                other.unlink()
                (store.folder / MOODLE / other.name).unlink(missing_ok=True)
    except OSError as error:
        raise DataError(f"{path}: the grading worksheet cannot be kept in {kept} ({error.strerror}).") from None
    store.write(kept / path.name, data)


def check_worksheet(path: Path, out: Path) -> None:
    """`DataError` where a file is no grading worksheet of Moodle's, before anything is marked."""
    if path.resolve().is_relative_to(out.resolve()):
        raise DataError(f"{path}: this is among the results. Name the worksheet as it came from Moodle.")
    _columns(read_worksheet(path), str(path))


def write_moodle(
    store: Store, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]
) -> None:
    """Write the worksheet, where there is one, and the learners' files, where there are any.

    Raises:
        DataError: Something cannot be read or written.
    """
    if record.anonymous:  # Moodle knows learners by name and number alone
        return
    kept = _kept(store)
    numbers = {m.learner.id: m.learner.number for m in members if m.learner.platform == "moodle" and m.learner.number}
    if kept is not None:
        filled = fill(read_worksheet(kept), record, members, decisions, kept.name)
        numbers |= filled.numbers
        store.write(store.folder / MOODLE / kept.name, filled.data)
    files = list(_files(store, record, members, numbers))
    archive = store.folder / MOODLE / ARCHIVE
    if files:
        archive.parent.mkdir(exist_ok=True)
        store.write(archive, _packed(files))
    elif archive.exists():
        archive.unlink()


def moodle_remarks(
    store: Store, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision]
) -> tuple[str, ...]:
    """What the teacher should know of the worksheet; nothing where there is none."""
    kept = None if record.anonymous else _kept(store)
    if kept is None:
        return ()
    return fill(read_worksheet(kept), record, members, decisions, kept.name).remarks


def _kept(store: Store) -> Path | None:
    found = (store.folder / MOODLE / KEPT).glob("*")
    return min((path for path in found if not path.name.startswith(".")), default=None)


# --- the worksheet --------------------------------------------------------------------------------------------------


def fill(
    sheet: Worksheet, record: ClassRecord, members: Sequence[Member], decisions: Mapping[str, Decision], shown: str
) -> Filled:
    """``sheet`` with grades and comments. A comment that is there already stays; so does what there is no grade for.

    Raises:
        DataError: It is no grading worksheet; ``shown`` is what that calls it.
    """
    at = _columns(sheet, shown)
    rows = _matched(sheet, at, members)
    cells: dict[tuple[int, int], str] = {}
    said: Counter[str] = Counter()
    scales: set[str] = set()
    out_of = highest_mark(members)
    for member in members:
        row = rows.get(member.learner.id)
        if row is None:
            continue
        decision = decisions.get(member.learner.id)
        stands = standing(record, member, decisions)
        grade = _grade(sheet, at, row, stands, out_of)
        if stands.mark is not None and grade is None:
            said["no-maximum"] += 1
        elif grade is not None and (why := _kept_back(record, stands, sheet.value(row, at.grade))):
            said[why] += 1
        elif grade is not None:
            cells[row, at.grade] = grade
            said["graded"] += 1
            if at.maximum is not None and _maximum(sheet, at, row) != out_of:
                scales.add(f"{sheet.value(row, at.maximum)}, and marks of {out_of} are scaled to it")
        comment = moodle_comment(member.result, decision)
        if at.comment is not None and comment:
            if sheet.value(row, at.comment):
                said["comment-there"] += 1
            else:
                cells[row, at.comment] = comment
                said["commented"] += 1
    numbers = {id_: _number(sheet, at, row) for id_, row in rows.items()}
    missing = sum(m.learner.platform == "moodle" and m.learner.id not in rows for m in members)
    remarks = _remarks(said, sorted(scales), len(rows), missing, has_comments=at.comment is not None)
    return Filled(sheet.filled(cells), {id_: number for id_, number in numbers.items() if number}, remarks)


def _columns(sheet: Worksheet, shown: str) -> _Columns:
    identifier, grade = sheet.column(*_IDENTIFIER), sheet.column(*_GRADE)
    if identifier is None or grade is None:
        raise DataError(
            f"{shown}: this is no grading worksheet of Moodle's: its first line names no column"
            f" {'Identifier' if identifier is None else 'Grade'}. Choose “Download grading worksheet” in Moodle,"
            " set to English, German, French or Spanish."
        )
    return _Columns(
        identifier,
        sheet.column(*_NAME),
        grade,
        sheet.column(*_MAXIMUM),
        sheet.column(*_SCALE),
        sheet.column(*_COMMENT),
    )


def _number(sheet: Worksheet, at: _Columns, row: int) -> str:
    """The number in "Participant 123456"."""
    found = _NUMBER.search(sheet.value(row, at.identifier))
    return found[0] if found else ""


def _matched(sheet: Worksheet, at: _Columns, members: Sequence[Member]) -> dict[str, int]:
    """The rows of learners by their ids: by Moodle's number, else by a full name that is there once on both sides."""
    rows = range(1, len(sheet.rows))
    by_number = {number: row for row in rows if (number := _number(sheet, at, row))}
    found = {
        m.learner.id: by_number[m.learner.number]
        for m in members
        if m.learner.platform == "moodle" and m.learner.number in by_number
    }
    taken = set(found.values())
    by_name: dict[str, list[int]] = {}
    for row in rows:
        if row not in taken and (name := _key(sheet.value(row, at.name))):
            by_name.setdefault(name, []).append(row)
    left = [m for m in members if m.learner.id not in found and m.learner.platform != "moodle"]
    often = Counter(_key(m.learner.learner) for m in left)
    for member in left:
        name = _key(member.learner.learner)
        if often[name] == 1 and len(by_name.get(name, ())) == 1:
            found[member.learner.id] = by_name[name][0]
    return found


def _key(name: str) -> str:
    return tidy(name).casefold() if name else ""


def _grade(sheet: Worksheet, at: _Columns, row: int, stands: Standing, out_of: int) -> str | None:
    """The mark as a grade of the worksheet, spelt as Moodle does; None where there is none or it cannot be one."""
    maximum = _maximum(sheet, at, row)
    if stands.mark is None or at.scale is not None or (at.maximum is not None and maximum is None):
        return None
    grade = stands.mark * maximum / out_of if maximum else float(stands.mark)
    sign = "," if "," in sheet.value(row, at.maximum) else "."
    return f"{grade:.2f}".replace(".", sign)


def _maximum(sheet: Worksheet, at: _Columns, row: int) -> float | None:
    try:
        return float(sheet.value(row, at.maximum).replace(",", ".")) or None
    except ValueError:
        return None


def _kept_back(record: ClassRecord, stands: Standing, there: str) -> str:
    """Why a mark is not put in as a grade; empty where it is."""
    if record.without_marks:
        return "without-marks"
    if stands.signed_by is not None:
        return ""
    if not record.provisional_grades:
        return "unsigned"
    return "grade-there" if there else ""


def _remarks(
    said: Counter[str], scales: Sequence[str], rows: int, missing: int, *, has_comments: bool
) -> tuple[str, ...]:
    found = [
        f"{_count(rows, 'learner')} found in it, {_count(said['graded'], 'grade')} and"
        f" {_count(said['commented'], 'comment')} put in."
    ]
    found += [f"Its maximum grade is {scale}." for scale in scales]
    if said["unsigned"]:
        found.append(
            f"{_count(said['unsigned'], 'mark')} not put in, being provisional: sign with essay-marker moderate, or use"
            " --provisional-grades."
        )
    if said["without-marks"]:
        found.append(f"{_count(said['without-marks'], 'mark')} not put in, since learners get no marks.")
    if said["grade-there"]:
        found.append(f"{_left(said['grade-there'], 'grade')}: what is new is provisional.")
    if said["no-maximum"]:
        found.append(f"{_count(said['no-maximum'], 'mark')} not put in: the worksheet has no maximum grade in numbers.")
    if said["comment-there"]:
        found.append(f"{_left(said['comment-there'], 'comment')}.")
    if not has_comments:
        found.append("It has no column for comments: switch on “Feedback comments” in the assignment to have one.")
    if missing:
        found.append(f"{_count(missing, 'essay')} from Moodle whose learner is not in it.")
    return tuple(found)


def _left(number: int, what: str) -> str:
    return f"{_count(number, what)} left as {'it was' if number == 1 else 'they were'}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


# --- the learners' files --------------------------------------------------------------------------------------------


def _files(
    store: Store, record: ClassRecord, members: Sequence[Member], numbers: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The files of every learner whom Moodle knows, named so that it finds whose they are."""
    for member in members:
        learner = member.learner
        for kind in record.feedback if learner.id in numbers else ():
            path = store.folder / FEEDBACK / (learner.id + ENDINGS[kind])
            if path.is_file():
                # a folder would do for newer versions alone; an underline in the name would move what follows
                name = re.sub(r"[_/\\:*?\"<>|\x00-\x1f]+", " ", learner.learner).strip(" .~") or "Participant"
                yield f"{name}_{numbers[learner.id]}_assignsubmission_file_feedback{ENDINGS[kind]}", path.read_bytes()


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same wherever it is made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return file.getvalue()
