"""Characters that are replaced before anything is shown."""

from __future__ import annotations

import msgspec

from essay_marker.records import Result
from essay_marker.report.printable import printable, without_surrogates


def test_a_harmless_result_is_passed_on_as_it_is(realistic: Result) -> None:
    assert printable(realistic) is realistic
    assert without_surrogates(realistic) is realistic


def test_offsets_stay_true(hostile: Result) -> None:
    shown = printable(hostile)
    assert len(shown.essay.text) == len(hostile.essay.text)
    assert "\x1b" not in shown.essay.text
    assert "\x1b" not in shown.marks.strands[0].reasons[0].text


def test_line_breaks_and_accents_are_harmless(empty: Result) -> None:
    essay = msgspec.structs.replace(empty.essay, text="Gomułka\n\nKádár\tand soft\u00adhyphens")
    result = msgspec.structs.replace(empty, essay=essay)
    assert printable(result) is result
