"""Whether the essay, marked again, gives the same result in every field."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from essay_marker.pipeline import Marker
from essay_marker.records import Essay, Program, Result
from essay_marker.verifying.faults import Fault, differences


def marked_again(result: Result, essay: Essay | None, marker: Marker) -> Result:
    """The essay's result by the installed program, for the same question and under the same name.

    ``essay`` is None where it cannot be read. How a file is named in the message about that is no finding, so the
    message is taken over.
    """
    source, question = result.essay.source, result.essay.question
    if essay is not None:
        return marker.mark_essay(msgspec.structs.replace(essay, source=source), question)
    unread = marker.mark_bytes(b"", source, question)
    marks = msgspec.structs.replace(unread.marks, withheld_message=result.marks.withheld_message)
    return msgspec.structs.replace(unread, marks=marks)


def other_makers(reported: Program, installed: Program) -> list[str]:
    """In what the program that made a result is not the installed one, in words."""
    found = []
    if (reported.name, reported.version) != (installed.name, installed.version):
        found.append(f"{reported.name} {reported.version} (here {installed.version})")
    if reported.topic_sha256 != installed.topic_sha256:
        found.append(f"another topic file ({reported.topic_sha256[:8]}, here {installed.topic_sha256[:8]})")
    names = sorted(
        name
        for name in reported.models.keys() | installed.models.keys()
        if reported.models.get(name) != installed.models.get(name)
    )
    if names:
        found.append(f"other models or measured data ({', '.join(names)})")
    return found


def remark_faults(result: Result, again: Result) -> Iterator[Fault]:
    """Every field that is not what marking the essay again gives."""
    reported, expected = (msgspec.to_builtins(msgspec.structs.replace(r, sha256="")) for r in (result, again))
    yield from differences(
        reported, expected, "", lambda a, b: f"the result says {a}; marked again, the essay gets {b}"
    )
