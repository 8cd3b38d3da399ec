"""Everything in the folder of results that is made from the results and the teacher's decisions, written anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from essay_marker.batch.class_page import write_class_page
from essay_marker.batch.feedback import write_feedback
from essay_marker.batch.moodle import write_moodle
from essay_marker.batch.records import ClassRecord, LeftAlone, Member
from essay_marker.batch.reports import write_reports
from essay_marker.batch.sheet import write_sheets
from essay_marker.batch.store import Store
from essay_marker.batch.veil import veiled
from essay_marker.records import Decision


def write_outputs(
    store: Store,
    record: ClassRecord,
    members: Sequence[Member],
    decisions: Mapping[str, Decision],
    settled: Collection[str] = (),
) -> tuple[LeftAlone, ...]:
    """Write what follows from a class and its decisions: after marking, and again whenever the teacher decides.

    ``settled`` are the ids of learners whose row in the mark sheet has been read: what was decided stands there now.
    Whatever the teacher sees of a mark that is hidden from her has to ask `standing`, or be given members that are
    `veiled`.

    Returns:
        The learners' files that somebody has changed and that were therefore left as they were.

    Raises:
        DataError: A file cannot be written, or the mark sheet that is there cannot be read.
    """
    write_sheets(store, record, veiled(record, members, decisions), decisions, settled)
    write_reports(store, record, members, decisions)
    write_class_page(store, record, members, decisions)
    changed = write_feedback(store, record, members, decisions)
    write_moodle(store, record, members, decisions)  # packs the files for learners
    return changed
