"""The parts of an essay, found among its lines: body, notes, bibliography; and the title among its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from essay_marker.read.hyphens import Vocabulary, glue_lines
from essay_marker.read.layout import Paragraph
from essay_marker.read.lines import Line
from essay_marker.read.offsets import Traced
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import ends_sentence, leaves_open, starts_lower
from essay_marker.read.wrap import Wrap, find_wrap


class Parts(NamedTuple):
    """The lines of an essay by part. ``notes`` and ``bibliography`` begin with their headings, where they have one."""

    body: list[Line]
    notes: list[Line]
    bibliography: list[Line]


def divide(lines: Sequence[Line], log: RepairLog) -> Parts:
    """``lines`` by part. Notes may stand before or after the bibliography, or be defined anywhere (``[^1]: …``)."""
    start = _bibliography_start(lines)
    body, moved = _take_definitions(lines[:start])
    bibliography, defined_last = _take_definitions(_split_heading(lines[start:]), ending_too=True)
    moved += defined_last
    cited = cited_marks("\n".join(line.text for line in body))
    at = _notes_start(body, cited)
    body, notes = body[:at], body[at:]
    if not notes and (at := _notes_start(bibliography, cited)) > _numbered_from(bibliography):
        bibliography, notes_last = bibliography[:at], bibliography[at:]
        moved += notes_last
    log.add("moved-notes", len(moved))
    return Parts(body, notes + moved, bibliography)


# --- bibliography ---------------------------------------------------------------------------------------------------

_SURE_HEADING: Final = (
    r"(?:(?:select(?:ed)?|full|annotated|final|working|my)\s+)?bibliograph(?:y|ies)|references?|reference list|"
    r"list of (?:references|works cited)|works (?:cited|consulted)"
)
_LIKELY_HEADING: Final = (
    r"(?:list of |primary |secondary |key )?sources(?: used| cited| consulted| and reading)?|list of works|"
    r"(?:further |suggested |background )?reading(?: list)?|books(?: used| consulted)?"
)
_NUMBERING: Final = r"(?:(?:\d{1,2}|[ivxIVX]{1,4})[.)]\s+)?"
_HEADING: Final = re.compile(
    rf"{_NUMBERING}(?:(?P<sure>{_SURE_HEADING})|(?:{_LIKELY_HEADING}))\s*[:.–—-]*",
    re.IGNORECASE,
)
_HEADING_WITH_ENTRY: Final = re.compile(rf"(?:{_SURE_HEADING})\s*:\s+(?=\S)", re.IGNORECASE)
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)"
_NAME: Final = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]u|[Ll]e|[Mm]ac) )?[A-Z][\w’'-]{1,40}(?:[ -][A-Z][\w’'-]{1,40})?"
_INITIALS: Final = r"(?:[A-Z]\.\s?-?){1,4}"
_ENTRY_NUMBER: Final = r"(?:\[\d{1,3}\]|\d{1,3}[.)])?\s*"
_ENTRY: Final = re.compile(
    rf"{_ENTRY_NUMBER}(?:{_NAME},\s+(?:{_INITIALS}|[A-Z]\b)|{_NAME},\s+[A-Z]\w+(?:\s{_INITIALS})?(?=,|\s*\()"
    rf"|{_INITIALS}\s*{_NAME},|{_NAME}\s+[A-Z]{{1,2}}\b[.,\s(]|{_NAME}\s*(?:&|and)\s+{_NAME}\s*[,(]|{_NAME}\s+\({_YEAR})"
)
# without a heading only what cannot be prose is an entry: a surname with initials, and a year
_STRICT_ENTRY: Final = re.compile(
    rf"{_ENTRY_NUMBER}(?:{_NAME},\s+{_INITIALS}|{_NAME},\s+[A-Z]\w+(?:,|\s*\()|{_INITIALS}\s*{_NAME},)"
)
_DATED: Final = re.compile(rf"\b{_YEAR}\b|\bn\.\s?d\.|https?://|www\.")
_FEWEST_ENTRIES: Final = 3
_LONGEST_ENTRY_WORDS: Final = 70
_MOST_CONTINUATIONS: Final = 3


def _bibliography_start(lines: Sequence[Line]) -> int:
    """The index of the bibliography's first line, the number of lines where there is none.

    Of several headings the first counts, so that a second or repeated bibliography stays inside; but not one with
    most of the text after it, such as the line of a table of contents. A word such as "Sources" needs sources after it.
    """
    if not lines:
        return 0
    sizes = [0, *accumulate(len(line.text) for line in lines)]
    listed = [0, *accumulate(_may_be_listed(line.text) for line in lines)]
    for index in range(1, len(lines)):
        heading = _HEADING.fullmatch(lines[index].text)
        if not heading and not _heads_entry(lines[index].text):
            continue
        is_sure = heading is None or heading["sure"] is not None
        mostly_listed = 0 < len(lines) - index - 1 <= 2 * (listed[-1] - listed[index + 1])
        near_end = 2 * (sizes[-1] - sizes[index + 1]) <= sizes[-1]
        if mostly_listed or (is_sure and near_end):
            return index
    return _headless_start(lines)


def _numbered_from(lines: Sequence[Line]) -> int:
    """The index of the first numbered line at the top of a bibliography: its entries, which are no notes."""
    return 1 if lines and _HEADING.fullmatch(lines[0].text) else 0


def _heads_entry(text: str) -> bool:
    """Whether ``text`` is a heading with the first entry in the same line."""
    match = _HEADING_WITH_ENTRY.match(text)
    return match is not None and _is_entry(text[match.end() :])


def _is_entry(text: str) -> bool:
    """Whether ``text`` has the shape of a bibliography's entry."""
    return _may_be_listed(text) and bool(_ENTRY.match(text)) and bool(_DATED.search(text))


def _may_be_listed(text: str) -> bool:
    """Whether ``text`` may be a source in a list: with the shape of an entry, or short and dated."""
    words = len(text.split())
    if words > _LONGEST_ENTRY_WORDS:
        return False
    return bool(_ENTRY.match(text)) or (2 * words <= _LONGEST_ENTRY_WORDS and bool(_DATED.search(text)))


def _headless_start(lines: Sequence[Line]) -> int:
    """Where a run of entries begins that ends the text without a heading before it."""
    start, entries, continuations = len(lines), 0, 0
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        dated = any(_DATED.search(line.text) for line in lines[index : index + continuations + 1])
        if _STRICT_ENTRY.match(text) and dated and len(text.split()) <= _LONGEST_ENTRY_WORDS:
            start, entries, continuations = index, entries + 1, 0
        else:
            continuations += 1
            if continuations > _MOST_CONTINUATIONS or len(text.split()) > 25:
                break
    return start if entries >= _FEWEST_ENTRIES else len(lines)


def _split_heading(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with a first line such as "Bibliography: Lee, S. …" divided after the heading."""
    match = _HEADING_WITH_ENTRY.match(lines[0].text) if lines else None
    if not match:
        return list(lines)
    first = lines[0]
    heading = first._replace(content=first.content.slice(0, match.end()).strip())
    return [heading, first._replace(content=first.content.slice(match.end(), len(first.content)), gap=0), *lines[1:]]


def bibliography_entries(
    lines: Sequence[Line], wrap: Wrap | None, vocabulary: Vocabulary, log: RepairLog
) -> list[Traced]:
    """The lines of a bibliography joined to entries, one a line, its headings each a line too.

    ``wrap`` is how the body is wrapped: a few entries are too little to tell by themselves.
    """
    wrap = find_wrap([line._replace(kind="prose") for line in lines]) or wrap
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _entry_goes_on(groups[-1], line, wrap):
            groups[-1].append(line)
            log.add("line-breaks")
        else:
            groups.append([line])
    return [glue_lines([line.content for line in group], vocabulary, log) for group in groups]


def _entry_goes_on(group: Sequence[Line], line: Line, wrap: Wrap | None) -> bool:
    """Whether the entry of ``group`` goes on with ``line``."""
    before = group[-1]
    if line.kind != "prose" or before.kind == "heading" or _HEADING.fullmatch(before.text):
        return False
    if leaves_open(before.text):
        return True  # "ed. by", "Cohen, S.F.,"
    if _is_entry(line.text):
        return False
    if starts_lower(line.text):
        return _ENTRY.match(group[0].text) is not None or wrap is not None
    if line.indent >= before.indent + 2 and len(group) == 1 and line.gap == 0:
        return True  # a hanging indent
    if wrap is None or wrap.is_overlong(before.text) or _ENTRY.match(line.text):
        return False
    if wrap.gaps_tell and line.gap > wrap.gap:
        return False
    return wrap.fill(before.text, line.text) >= 1


# --- notes ----------------------------------------------------------------------------------------------------------

_NOTES_HEADING: Final = re.compile(rf"{_NUMBERING}(?:foot|end)?[ -]?notes\s*[:.]*", re.IGNORECASE)
_DEFINITION: Final = re.compile(r"\[\^(?P<mark>[^\]\s]{1,20})\]:\s*(?=\S)")
_NOTE: Final = re.compile(
    r"(?:\[\^?(?P<bracket>\d{1,3}|[a-z*†‡])\]:?|\^(?P<caret>\d{1,3})|(?P<raised>[¹²³⁰⁴-⁹]{1,3})[.)]?"
    r"|(?P<plain>\d{1,3})(?:[.):]|(?=\s))|(?P<sign>[*†‡]{1,3}))\s*(?=\S)"
)
# a raised number that lost its height follows its word or full stop closely ("reform.12 Yet"), as no figure does
_MARK_IN_TEXT: Final = re.compile(
    r"\[\^?(\w{1,20}|[*†‡])\]|([¹²³⁰⁴-⁹]{1,3})|(?:[.,;:!?]|[a-z]{3})[\"”’')\]]*(\d{1,3})(?=\s|$)|([*†‡]{1,3})"
)
_FIRST_MARKS: Final = frozenset(("1", "*", "†", "a"))
_MOST_STARTS: Final = 20
_LOWERED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class NoteText(NamedTuple):
    """One line of the notes: ``start`` is where its words begin after the mark; a heading has no mark."""

    content: Traced
    mark: str | None
    start: int


def _take_definitions(lines: Sequence[Line], *, ending_too: bool = False) -> tuple[list[Line], list[Line]]:
    """``lines`` without the notes that Markdown defines among them, and these notes.

    Unless ``ending_too``, those that only end the lines stay: they are in their place.
    """
    defined = [_DEFINITION.match(line.text) is not None for line in lines]
    others = [index for index, is_defined in enumerate(defined) if not is_defined]
    if not ending_too and not any(defined[: others[-1] if others else 0]):
        return list(lines), []
    return [lines[index] for index in others], [line for line, is_note in zip(lines, defined, strict=True) if is_note]


def _notes_start(lines: Sequence[Line], cited: frozenset[str]) -> int:
    """The index of the first line of the notes that end ``lines``, the number of lines where there are none.

    ``cited`` holds the marks that stand in the body.
    """
    found = [read_note_mark(line.text) for line in lines]
    marks = [note[0] if note else None for note in found]
    headings = [i for i in range(1, len(lines) - 1) if marks[i + 1] and _NOTES_HEADING.fullmatch(lines[i].text)]
    for index in headings[-_MOST_STARTS:]:
        if _are_numbered(marks[index + 1 :]):
            return index
    firsts = [index for index in range(1, len(lines)) if marks[index] in _FIRST_MARKS]
    for index in reversed(firsts[-_MOST_STARTS:]):
        run = [mark for mark in marks[index:] if mark]
        if _are_numbered(marks[index:]) and sum(mark in cited for mark in run) >= 0.6 * len(run):
            return index
    return len(lines)


def _are_numbered(marks: Sequence[str | None]) -> bool:
    """Whether lines with these marks are notes: few lines without one, numbers mostly rising by one."""
    present = [mark for mark in marks if mark]
    numbers = [int(mark) for mark in present if mark.isdigit()]
    rising = sum(after == before + 1 for before, after in pairwise(numbers))
    return 2 * rising >= len(numbers) - 1 and len(present) * (1 + _MOST_CONTINUATIONS) >= len(marks)


def cited_marks(text: str) -> frozenset[str]:
    """The marks in ``text`` that may refer to notes."""
    return frozenset(
        next(group for group in match.groups() if group).translate(_LOWERED) for match in _MARK_IN_TEXT.finditer(text)
    )


def read_note_mark(text: str) -> tuple[str, int] | None:
    """The mark with which the note ``text`` begins and the index after it, or None where it begins with none."""
    match = _DEFINITION.match(text) or _NOTE.match(text)
    if not match:
        return None
    mark: str = next(group for group in match.groups() if group)
    return mark.translate(_LOWERED), match.end()


def note_texts(lines: Sequence[Line], vocabulary: Vocabulary, log: RepairLog) -> list[NoteText]:
    """The notes, each in one line, and their heading."""
    groups: list[list[Line]] = []
    expected = 1
    for line in lines:
        mark = read_note_mark(line.text)
        is_new = mark is not None and (not mark[0].isdigit() or int(mark[0]) >= expected)
        if groups and not is_new and not _NOTES_HEADING.fullmatch(groups[-1][0].text):
            groups[-1].append(line)
            log.add("line-breaks")
            continue
        groups.append([line])
        if mark and mark[0].isdigit():
            expected = int(mark[0]) + 1
    texts: list[NoteText] = []
    for group in groups:
        content = glue_lines([line.content for line in group], vocabulary, log)
        found = read_note_mark(content.text)
        texts.append(NoteText(content, *found) if found else NoteText(content, None, 0))
    return texts


# --- title ----------------------------------------------------------------------------------------------------------

_TITLE_WORDS: Final = 30
_LABEL: Final = re.compile(
    r"(?:essay |exam )?(?:title|question|topic)(?: \d{1,2})?\s*[:–-]\s*(?=\S)|Q\d{0,2}[:.]\s*(?=\S)", re.I
)
_SECTION: Final = re.compile(
    r"(?:\d[.)]?\s*)?(?:introduction|intro|essay|plan|essay plan|summary|contents|abstract|draft)[:.]?", re.I
)
_COMMAND: Final = re.compile(
    r"(?:[‘'“\"].{10,200}[’'”\"]\.?\s+)?(?:assess|explain|discuss|evaluate|examine|analyse|analyze|compare|consider|account"
    r"|outline|justify|comment|how far do you agree)\b",
    re.IGNORECASE,
)


def find_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first of ``paragraphs`` is the title or the question rather than prose."""
    if len(paragraphs) < 2:
        return False
    first = paragraphs[0]
    if first.kind == "item" or len(first.text.split()) > _TITLE_WORDS or _SECTION.fullmatch(first.text):
        return False
    if first.kind == "heading" or first.text.rstrip("\"'’”)*").endswith("?"):
        return True
    if first.text.endswith((":", ",", ";")) or starts_lower(first.text):
        return False
    return not ends_sentence(first.text) or bool(_COMMAND.match(first.text))


def drop_label(paragraphs: Sequence[Paragraph], log: RepairLog) -> list[Paragraph]:
    """``paragraphs``, the first without a label such as "Question:"."""
    match = _LABEL.match(paragraphs[0].text) if paragraphs else None
    if not match:
        return list(paragraphs)
    log.add("labels")
    first = paragraphs[0]
    return [first._replace(content=first.content.slice(match.end(), len(first.content))), *paragraphs[1:]]
