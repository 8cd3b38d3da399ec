"""A class as a mark sheet: what is in the rows and in the second sheet, and both files written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from statistics import mean, median

from essay_marker.batch.records import AlikePair, ClassRecord, Member, highest_mark
from essay_marker.batch.store import Store
from essay_marker.batch.words import first_to_see, share_text, status, where_text
from essay_marker.marksheet import (
    Band,
    ChangedCell,
    Column,
    Entry,
    Overview,
    Row,
    Table,
    changed_cells,
    csv_bytes,
    read_entries,
)
from essay_marker.marksheet.table import FILE, ID, LEARNER, OWN_COMMENT, OWN_MARK, Value
from essay_marker.records import COVERAGES, Decision, Result
from essay_marker.report.quotes import shorten
from essay_marker.similarity import alike_limits

XLSX, CSV = "marksheet.xlsx", "marksheet.csv"
_TARGETS = 3
_TYPED = 200  # characters of what was typed into a cell that is lost
_HIDDEN = "hidden"
_GONE = "Not among the essays of the last run; kept because of what you put in."


def write_sheets(
    store: Store,
    record: ClassRecord,
    members: Sequence[Member],
    decisions: Mapping[str, Decision],
    settled: Collection[str] = (),
) -> None:
    """Write both files of the mark sheet. What the teacher had put in is kept, but for rows that are ``settled``.

    Raises:
        DataError: The mark sheet that is there cannot be read, or a file cannot be written.
    """
    from essay_marker.marksheet.xlsx import xlsx_bytes  # brings openpyxl

    entries = _cells(read_entries(entered_in(store)), decisions, settled)
    table = marksheet(record, members, entries, decisions)
    store.put_sheets({XLSX: xlsx_bytes(table, entries), CSV: csv_bytes(table, entries)})


def entered_in(store: Store) -> Path:
    """The file of the mark sheet that the teacher works in: the spreadsheet, unless only the other one was changed."""
    xlsx, csv = store.folder / XLSX, store.folder / CSV
    return csv if csv.exists() and store.sheet_changed(CSV) and not store.sheet_changed(XLSX) else xlsx


def typed_elsewhere(store: Store) -> tuple[str, ...]:
    """What the teacher typed into cells that the program writes, and that will be gone, a sentence a cell.

    It is told from the other file of the mark sheet, which was written with the same cells; where she changed both
    there is nothing to tell it from.
    """
    sheet = entered_in(store)
    other = store.folder / (CSV if sheet.name == XLSX else XLSX)
    if not store.sheet_changed(sheet.name) or store.sheet_changed(other.name) or not other.exists():
        return ()
    return tuple(map(_lost, changed_cells(sheet, other)))


def _lost(cell: ChangedCell) -> str:
    typed = f"“{shorten(cell.text, _TYPED)}” was typed here" if cell.text else "what stood here was taken out"
    anew = "the program writes this cell anew" if cell.known else "the program does not keep this column"
    own = f" Your own words belong in “{OWN_COMMENT}”." if cell.text else ""
    return f"Row {cell.row} ({cell.learner}), “{cell.column}”: {typed}; {anew}.{own}"


def _cells(
    entries: Mapping[str, Entry], decisions: Mapping[str, Decision], settled: Collection[str]
) -> dict[str, Entry]:
    """What stands in the teacher's two columns: what she typed, and what was decided where she typed nothing."""
    cells = {}
    for id_ in sorted({*entries, *decisions}):
        typed, decision = entries.get(id_, Entry()), decisions.get(id_, Decision())
        mark: Value = decision.mark
        comment = decision.comment or None
        if id_ not in settled:
            mark = mark if typed.mark is None else typed.mark
            comment = typed.comment or comment
        if mark is not None or comment is not None:
            cells[id_] = typed._replace(mark=mark, comment=comment)
    return cells


def marksheet(
    record: ClassRecord,
    members: Sequence[Member],
    entries: Mapping[str, Entry],
    decisions: Mapping[str, Decision] | None = None,
) -> Table:
    """The mark sheet of a class, by learners' names; ``entries`` are what the teacher had put in."""
    decisions = decisions or {}
    results = [member.result for member in members if member.result is not None]
    strands = dict((s.id, s.label) for result in results for s in result.marks.strands)
    themes = dict((t.id, t.label) for result in results for t in result.themes)
    alike = _of_each(record.alike)
    names = {member.learner.id: member.learner.learner for member in members}
    ordered = sorted(members, key=lambda m: (m.learner.learner.casefold(), m.learner.id))
    rows = [_row(m, decisions.get(m.learner.id), strands, themes, alike.get(m.learner.id, []), names) for m in ordered]
    columns = _columns(strands, themes)
    for id_, entry in sorted(entries.items()):
        if id_ not in names:
            rows.append(_gone(id_, entry, columns))
    out_of = highest_mark(members)
    return Table(
        columns, tuple(rows), _overview(record, members, strands, themes, names), out_of, alike_limits().least_share
    )


def _columns(strands: Mapping[str, str], themes: Mapping[str, str]) -> tuple[Column, ...]:
    return (
        Column(ID, "text"),
        Column(LEARNER, "text"),
        Column(OWN_MARK, "own-mark"),
        Column(OWN_COMMENT, "own-comment"),
        Column("Status", "status"),
        Column("Provisional mark", "mark"),
        Column("From", "number"),
        Column("To", "number"),
        Column("Out of", "number"),
        Column("Level", "level"),
        *(Column(label, "level") for label in strands.values()),
        *(Column(label, "coverage") for label in themes.values()),
        Column("No mark because", "flag"),
        Column("Please look", "flag"),
        *(Column(f"Target {number}", "long") for number in range(1, _TARGETS + 1)),
        Column("Words", "number"),
        Column("In common", "share"),
        Column("In common with", "long"),
        Column("Late", "number"),
        Column(FILE, "long"),
        Column("Other files", "long"),
    )


def _row(
    member: Member,
    decision: Decision | None,
    strands: Mapping[str, str],
    themes: Mapping[str, str],
    alike: Sequence[AlikePair],
    names: Mapping[str, str],
) -> Row:
    learner, result = member.learner, member.result
    marks = result.marks if result is not None else None
    read = result is not None and result.marks.withheld != "unreadable"
    found = result if member.withheld is None else None  # of what is no essay on this question nothing is said
    levels = {s.id: s.level for s in found.marks.strands} if found else {}
    coverage = {t.id: t.coverage for t in found.themes} if found else {}
    targets = [target.text for target in found.targets[:_TARGETS]] if found else []
    share = max((_own_share(pair, learner.id) for pair in alike), default=None)
    values: tuple[Value, ...] = (
        learner.id,
        learner.learner,
        status(member, decision),
        _HIDDEN if member.hidden else marks.mark if marks else None,
        marks.low if marks else None,
        marks.high if marks else None,
        marks.out_of if marks else None,
        marks.level if marks else None,
        *(levels.get(id_) for id_ in strands),
        *(coverage.get(id_) for id_ in themes),
        member.why or None,
        "\n".join(review.message for review in marks.review) or None if marks else None,
        *[*targets, *[None] * (_TARGETS - len(targets))],
        result.essay.words if result and read else None,
        share,
        "\n".join(where_text(pair, learner.id, names) for pair in alike) or None,
        "late" if learner.late else None,
        learner.file,
        "\n".join(learner.others) or None,
    )
    return Row(learner.id, values)


def _gone(id_: str, entry: Entry, columns: Sequence[Column]) -> Row:
    known = {ID: id_, LEARNER: entry.learner, FILE: entry.file, "No mark because": _GONE}
    return Row(id_, tuple(known.get(c.title) for c in columns if not c.kind.startswith("own")))


def _of_each(pairs: Sequence[AlikePair]) -> dict[str, list[AlikePair]]:
    """The pairs that each learner is in."""
    found: dict[str, list[AlikePair]] = {}
    for pair in pairs:
        found.setdefault(pair.first, []).append(pair)
        if pair.where == "class":
            found.setdefault(pair.second, []).append(pair)
    return found


def _own_share(pair: AlikePair, id_: str) -> float:
    share = pair.first_share if pair.first == id_ else pair.second_share
    return round(share or 0.0, 2)


# --- the second sheet -----------------------------------------------------------------------------------------------


def _overview(
    record: ClassRecord,
    members: Sequence[Member],
    strands: Mapping[str, str],
    themes: Mapping[str, str],
    names: Mapping[str, str],
) -> Overview:
    results = [member.result for member in members if member.result is not None and member.withheld is None]
    bands = [
        _figures(members, results, record),
        _marks(results),
        _strands(results, strands),
        _themes(results, themes),
        Band("Look at these first", _rows(("Learner", "Why"), first_to_see(members, record.alike, names))),
        Band("In common: something to look at, no accusation", _alike(record.alike, names)),
    ]
    question = record.question or next((result.essay.question for result in results), "")
    return Overview(f"The class: {question}" if question else "The class", tuple(b for b in bands if len(b.lines) > 1))


def _rows(head: tuple[str, ...], lines: Sequence[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    return (head, *lines)


def _figures(members: Sequence[Member], results: Sequence[Result], record: ClassRecord) -> Band:
    marks = [result.marks.mark for result in results if result.marks.mark is not None]
    lines: list[tuple[Value, ...]] = [
        ("Essays", len(members)),
        ("Marked by the program", len(results)),
        ("Without a mark of the program's", len(members) - len(results)),
    ]
    hidden = sum(member.hidden for member in members)
    lines += [("Its mark hidden until you have entered yours", hidden)] if hidden else []
    if marks:
        # as text: a mean below 1 is no share
        lines += [
            ("Mean", f"{mean(marks):.1f}"),
            ("Median", f"{median(marks):g}"),
            ("Lowest", min(marks)),
            ("Highest", max(marks)),
        ]
    lines += [("Nothing handed in", ", ".join(record.absent))] if record.absent else []
    return Band("In figures", _rows(("What", "How many"), lines))


def _marks(results: Sequence[Result]) -> Band:
    counts = Counter(result.marks.mark for result in results if result.marks.mark is not None)
    lines = [(mark, counts[mark]) for mark in range(min(counts), max(counts) + 1)] if counts else []
    return Band("Marks", _rows(("Mark", "Essays"), lines))


def _strands(results: Sequence[Result], strands: Mapping[str, str]) -> Band:
    levels = Counter((strand.id, strand.level) for result in results for strand in result.marks.strands)
    lines: list[tuple[Value, ...]] = [
        (label, *(levels[id_, level] for level in range(1, 6))) for id_, label in strands.items()
    ]
    return Band("Strands by level", _rows(("Strand", *(f"Level {n}" for n in range(1, 6))), lines if results else []))


def _themes(results: Sequence[Result], themes: Mapping[str, str]) -> Band:
    counts = Counter((theme.id, theme.coverage) for result in results for theme in result.themes)
    lines: list[tuple[Value, ...]] = [
        (label, *(counts[id_, coverage] for coverage in COVERAGES)) for id_, label in themes.items()
    ]
    return Band("Themes by coverage", _rows(("Theme", *COVERAGES), lines if results else []))


def _alike(pairs: Sequence[AlikePair], names: Mapping[str, str]) -> tuple[tuple[Value, ...], ...]:
    lines = [
        (
            names[pair.first],
            names[pair.second] if pair.where == "class" else f"{pair.where} {pair.second}",
            pair.words,
            share_text(pair.first_share),
            share_text(pair.second_share),
            len(pair.passages),
        )
        for pair in pairs
    ]
    return _rows(("First", "Second", "Words", "Of the first", "Of the second", "Passages"), lines)
