"""How the mark came about, in every format: this sentence, this criterion, this level, this strand, this best fit."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest

from essay_marker.records import Reason, Result
from essay_marker.report import Format, render

shown = pytest.mark.parametrize("fmt", ["text", "markdown", "html"])
NOT_FOUND = "not found in the essay"


def words(result: Result, fmt: Format) -> str:
    """A report as one line of words, without the signs of its format."""
    text = render(result, fmt)
    text = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL) if fmt == "html" else text
    return " ".join(text.replace("\\", "").replace("&amp;", "&").split())


def with_reason(result: Result, reason: Reason) -> Result:
    """The result with one reason alone, in its first strand."""
    first = msgspec.structs.replace(result.marks.strands[0], reasons=(reason,))
    marks = msgspec.structs.replace(result.marks, strands=(first,))
    return msgspec.structs.replace(result, marks=marks, targets=(), strengths=())


@shown
def test_every_link_of_the_chain_is_there_and_in_order(realistic: Result, fmt: Format) -> None:
    report = words(realistic, fmt)
    strand = realistic.marks.strands[0]
    report = report[report.casefold().index("strand by strand") :]
    links = [reason.text for reason in strand.reasons][:1]
    links += [f"{strand.reasons[0].value} ({strand.reasons[0].unit}). {strand.reasons[0].how}. Counts as 4 × 2."]
    links += [f"The strand: {strand.how}", realistic.marks.how, realistic.marks.range_how]
    assert all(earlier < later for earlier, later in pairwise(map(report.index, links)))


@shown
def test_a_reason_that_is_not_in_the_sum_says_why_and_counts_as_nothing(realistic: Result, fmt: Format) -> None:
    noted = next(reason for strand in realistic.marks.strands for reason in strand.reasons if not reason.counts)
    report = words(with_reason(realistic, noted), fmt)
    assert f"({noted.unit}). {noted.how}." in report
    assert "Counts as" not in report


@shown
@pytest.mark.parametrize("mark", [True, False])
def test_a_reason_without_a_place_says_so_and_one_with_a_place_quotes_it(
    realistic: Result, fmt: Format, mark: bool
) -> None:
    without = next(reason for strand in realistic.marks.strands for reason in strand.reasons if not reason.spans)
    cited = realistic.marks.strands[0].reasons[0]
    for reason in (without, cited):
        text = render(with_reason(realistic, reason), fmt, mark=mark)
        part = text[text.index(reason.text[:30]) :]
        first = next(sign for sign in re.findall(rf"{NOT_FOUND}|“", part))
        assert (first == NOT_FOUND) is (reason is without)


def test_the_working_is_folded_away_on_the_page_and_hidden_with_the_mark(realistic: Result) -> None:
    page = render(realistic, "html")
    strands = len(realistic.marks.strands)
    assert page.count('<details class="working is-mark">') == strands
    assert "<details open" not in page
