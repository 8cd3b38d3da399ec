"""PDF: the page's letters back to lines, with what the page shows of paragraphs, raised figures and notes.

pypdf gives the words with their places and sizes. What a page tells by the look of it, and plain text does not, is
settled here: notes in smaller type at the foot of a page, raised figures, gaps, indents, words that nobody sees and
pages that are pictures. The rest (wrapped lines, hyphens, page numbers, running headers) is the shared cleaning's.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Final, NamedTuple

from essay_marker.documents.flow import DocumentText
from essay_marker.documents.looks import TINY, WHITE, Colour, looks_alike
from essay_marker.documents.package import MAX_FILE
from essay_marker.errors import InputError

MAX_PAGES: Final = 150
"""More pages than any essay has; a book is refused before its pages are read."""
_MAX_STREAM: Final = 30_000_000  # bytes that one part of the file may unpack to
_MAX_ELEMENTS: Final = 400_000  # of one page's drawing; a page of Word's has some ten thousand
_MAX_STEPS: Final = 1_500_000  # drawing steps in the whole file: a limit in work, so that it is the same everywhere
_MAX_FORMS: Final = 50

_FEWEST_LETTERS: Final = 10  # a page with fewer, and with a picture on it, is a scan
_SAME_LINE: Final = 0.55  # of the size of type: baselines nearer than this are one line's
_RAISED: Final = 0.12  # of the size: higher than this above its line, and smaller, is raised
_SMALLER: Final = 0.93  # of the body's size: notes are set smaller than this
_MUCH_SMALLER: Final = 0.8
_GAP: Final = 1.3  # of the usual distance of two lines: a wider one parts paragraphs
_HEADING: Final = 1.1  # of the other's size: type of headings
_FIGURES: Final = re.compile(r"\d{1,3}")
_NOTE: Final = re.compile(r"\s*(?:\[(\d{1,3})\]|([⁰¹²³⁴-⁹]{1,3})|(\d{1,3})(?=[.):]?\s))[.):]?\s*(?=\S)")
_RAISE: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWER: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SHOWING: Final = {b"Tj": 0, b"TJ": 0, b"'": 0, b'"': 2}  # what shows text, and which of its operands the text is
_FILLS: Final = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_BROKEN: Final = "Open it, print it to a new PDF or ask for the Word file."
_RAISED_FIGURES: Final = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE)
_EDGE: Final = 20.0  # points that words may stand beyond the page
_MOST_COLUMNS: Final = 12
_INVISIBLE: Final = 3  # the mode in which text recognition puts words behind a picture


class _Fragment(NamedTuple):
    """A piece of text as pypdf gives it; ``y`` grows upwards."""

    text: str
    x: float
    y: float
    size: float


class _Line(NamedTuple):
    """A line of a page; ``size`` is that of most of its letters."""

    text: str
    x: float
    y: float
    size: float


class _TooMuch(Exception):
    """The file costs more work than an essay is worth."""


def read_pdf(data: bytes, shown: str) -> DocumentText:
    """The text of a PDF; ``shown`` is what error messages call the file."""
    import pypdf
    from pypdf.errors import DependencyError, LimitReachedError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what a damaged file makes it say helps no teacher
    if len(data) > MAX_FILE:
        raise InputError(f"{shown} is too large to be an essay ({len(data) / 1e6:.0f} MB). Check the file.")
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=_MAX_STREAM,
            lzw_maximum_output_length=_MAX_STREAM,
            run_length_maximum_output_length=_MAX_STREAM,
            array_based_stream_maximum_output_length=_MAX_STREAM,
            stream_parsing_work_maximum_count=_MAX_ELEMENTS,
            xform_maximum_invocations_per_extraction=_MAX_FORMS,
        ):
            pages = _pages(pypdf.PdfReader(io.BytesIO(data)), shown)
    except InputError:
        raise
    except (LimitReachedError, _TooMuch) as error:
        raise InputError(f"{shown} unpacks to far more than an essay holds. {_BROKEN}") from error
    except DependencyError as error:
        raise InputError(f"{shown} is protected (encrypted). Ask for a copy without protection.") from error
    except Exception as error:  # a damaged PDF fails in as many ways as there are of damaging one
        raise InputError(f"{shown} is damaged and cannot be read as a PDF. {_BROKEN}") from error
    scanned = [number for number, page in enumerate(pages, start=1) if page.is_picture]
    if scanned and not any(_letters(page.fragments) for page in pages):
        what = "a picture of a page" if len(pages) == 1 else "pictures of pages"
        raise InputError(f"{shown} holds only {what} (a scan). Ask for the typed file, or type it up.")
    counts: Counter[str] = sum((page.counts for page in pages), Counter())
    counts["scanned-pages"] = len(scanned)
    text, notes_at = _written([_lines(page.fragments) for page in pages])
    return DocumentText(text, (), notes_at, (), counts, {"scanned-pages": _listed(scanned)})


def _pages(reader: Any, shown: str) -> list[_Page]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{shown} is locked with a password. Ask for a copy without one.")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise InputError(
            f"{shown} has {count} pages, and at most {MAX_PAGES} are read. Check that it is the right file."
        )
    budget = _Budget()
    return [_Page(page, budget) for page in reader.pages]


def _listed(numbers: Sequence[int]) -> str:
    """``numbers`` as a sentence has them: 2, 3 and 5."""
    words = [str(number) for number in numbers]
    return " and ".join(part for part in (", ".join(words[:-1]), "".join(words[-1:])) if part)


# --- a page -----------------------------------------------------------------------------------------------------------


class _Budget:
    """How many drawing steps may still be taken."""

    def __init__(self) -> None:
        self._left = _MAX_STEPS

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _TooMuch


class _Paint(NamedTuple):
    """How the next letters are painted."""

    ink: Colour | None = (0, 0, 0)
    mode: int = 0
    size: float = 1.0
    rise: float = 0.0


class _Page:
    """The text of a page that a reader sees, and what was left out."""

    def __init__(self, page: Any, budget: _Budget) -> None:
        self.counts: Counter[str] = Counter()
        kinds = _drawn(page)
        pass_ = _Pass(page, budget, is_simple="/Form" not in kinds)
        self.fragments = pass_.extract(lambda reason: not reason)
        has_picture = "/Image" in kinds
        if has_picture and "invisible" in pass_.reasons and _letters(self.fragments) < _FEWEST_LETTERS:
            # every word stands behind the picture of the page: text recognition put it there
            self.fragments = pass_.extract(lambda reason: reason in ("", "invisible"))
            self.counts["scanned-text"] = 1
            pass_.reasons.discard("invisible")
        for reason in sorted(pass_.reasons):
            code = "hidden-text" if reason == "invisible" else reason
            left_out = pass_.extract(reason.__eq__)
            self.counts[code] += len(" ".join(line.text for line in _lines(left_out)).split())
        self.is_picture = has_picture and _letters(self.fragments) < _FEWEST_LETTERS


def _letters(fragments: Sequence[_Fragment]) -> int:
    return sum(character.isalnum() for fragment in fragments for character in fragment.text)


def _drawn(page: Any) -> set[str]:
    """Which kinds of things a page draws that are no text: pictures, forms."""
    try:
        objects = page["/Resources"]["/XObject"]
        return {str(objects[name].get("/Subtype")) for name in list(objects)[:1_000]}
    except (KeyError, TypeError, AttributeError):
        return set()


class _Pass:
    """One reading of a page's drawing. ``is_simple`` says that places and sizes are those on the page."""

    def __init__(self, page: Any, budget: _Budget, *, is_simple: bool) -> None:
        self.reasons: set[str] = set()
        self._page = page
        self._budget = budget
        self._is_simple = is_simple
        box = page.mediabox
        self._box = (float(box.left), float(box.bottom), float(box.right), float(box.top))

    def extract(self, is_wanted: Callable[[str], bool]) -> list[_Fragment]:
        """The words that are unseen for a reason that ``is_wanted`` (empty: seen). Notes the reasons met."""
        fragments: list[_Fragment] = []
        self._paint = _Paint()
        self._stack: list[_Paint] = []
        self._filled: list[tuple[float, float, float, float]] = []
        self._path: list[tuple[float, float, float, float]] = []
        self._rise = 0.0  # of the letters shown last: pypdf gives their places without it

        def before(operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
            self._budget.spend()
            if operator not in _SHOWING:
                self._draw(operator, operands, cm)
                return
            self._rise = self._paint.rise
            index = _SHOWING[operator]
            if len(operands) > index and not is_wanted(self._reason(_times(tm, cm))):
                operands[index] = type(operands[index])()  # so that pypdf shows nothing there

        def show(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
            if text:
                x, y, scale = _placed(_times(tm, cm))
                fragments.append(_Fragment(text, x, y + self._rise * scale, abs(size) * scale))

        self._page.extract_text(visitor_operand_before=before, visitor_text=show)
        return fragments

    def _draw(self, operator: bytes, operands: list[Any], cm: list[float]) -> None:
        """Keep account of colours, modes and what is filled."""
        numbers = [float(item) for item in operands if isinstance(item, (int, float))]
        if operator == b"q":
            self._stack.append(self._paint)
        elif operator == b"Q":
            self._paint = self._stack.pop() if self._stack else _Paint()
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            self._paint = self._paint._replace(ink=_colour(numbers))
        elif operator == b"cs":
            self._paint = self._paint._replace(ink=(0, 0, 0))
        elif operator == b"Tr" and numbers:
            self._paint = self._paint._replace(mode=int(numbers[0]))
        elif operator == b"Ts" and numbers:
            self._paint = self._paint._replace(rise=numbers[0])
        elif operator == b"Tf" and numbers:
            self._paint = self._paint._replace(size=abs(numbers[-1]))
        elif operator == b"re" and len(numbers) == 4:
            self._path.append(_corners(numbers, cm))
        elif operator in _FILLS:
            if not looks_alike(self._paint.ink, WHITE):
                self._filled += self._path
            self._path = []
        elif operator in (b"n", b"S", b"s"):
            self._path = []

    def _reason(self, matrix: list[float]) -> str:
        """Why a reader does not see the letters that come next; empty where they are seen."""
        reason = self._hidden_by(matrix)
        if reason:
            self.reasons.add(reason)
        return reason

    def _hidden_by(self, matrix: list[float]) -> str:
        if self._paint.mode == _INVISIBLE:
            return "invisible"
        x, y = matrix[4], matrix[5]
        is_white = self._paint.mode == 0 and looks_alike(self._paint.ink, WHITE)
        if is_white and not any(left <= x <= right and low <= y <= high for left, low, right, high in self._filled):
            return "white-text"
        if self._is_simple:
            if self._paint.size * _placed(matrix)[2] < TINY:
                return "tiny-text"
            left, low, right, high = self._box
            if not (left - _EDGE <= x <= right + _EDGE and low - _EDGE <= y <= high + _EDGE):
                return "off-page-text"
        return ""


def _times(first: list[float], second: list[float]) -> list[float]:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m]


def _placed(matrix: list[float]) -> tuple[float, float, float]:
    """Where letters under ``matrix`` begin along their line and above it, and how they are scaled."""
    a, b, c, d, e, f = matrix
    scale = math.hypot(c, d)
    if abs(b) > abs(a):  # a page on its side
        return (f, -e, scale) if b > 0 else (-f, e, scale)
    return (e, f, scale) if a >= 0 else (-e, -f, scale)


def _corners(rectangle: list[float], cm: list[float]) -> tuple[float, float, float, float]:
    x, y, width, height = rectangle
    xs, ys = zip(
        *((m[4], m[5]) for m in (_times([1, 0, 0, 1, px, py], cm) for px in (x, x + width) for py in (y, y + height))),
        strict=True,
    )
    return min(xs), min(ys), max(xs), max(ys)


def _colour(numbers: list[float]) -> Colour | None:
    """The colour of one, three or four shares; None for a pattern."""
    shares = [min(1.0, max(0.0, number)) for number in numbers]
    if len(shares) == 1:
        shares = shares * 3
    elif len(shares) == 4:
        shares = [(1 - share) * (1 - shares[3]) for share in shares[:3]]
    if len(shares) != 3:
        return None
    red, green, blue = (round(255 * share) for share in shares)
    return red, green, blue


# --- lines ------------------------------------------------------------------------------------------------------------


def _lines(fragments: Sequence[_Fragment]) -> list[_Line]:
    """The lines of a page, in pypdf's order, raised figures in them as raised characters.

    pypdf ends a line before a table's next cell, and sees no end where a small line follows a raised figure closely;
    so the places decide.
    """
    rows: list[list[_Fragment]] = [[]]
    breaks = False
    for fragment in fragments:
        for index, text in enumerate(fragment.text.split("\n")):
            breaks = breaks or index > 0
            if not text.strip():
                if text and rows[-1] and not breaks:
                    rows[-1].append(rows[-1][-1]._replace(text=text))
                continue
            piece = fragment._replace(text=text)
            if rows[-1] and not _is_beside(rows[-1], piece):
                rows.append([])
            elif rows[-1] and breaks and not _FIGURES.fullmatch(text.strip()):
                piece = piece._replace(text=f" {text}")
            rows[-1].append(piece)
            breaks = False
    return [_line(row) for row in rows if row]


def _is_beside(row: Sequence[_Fragment], piece: _Fragment) -> bool:
    """Whether ``piece`` stands in the line of ``row``: nearly as high, and not left of where the line goes on."""
    last = row[-1]
    size = max(piece.size, *(other.size for other in row))
    return abs(piece.y - last.y) < _SAME_LINE * size and piece.x > last.x - size


def _line(row: Sequence[_Fragment]) -> _Line:
    sizes: Counter[float] = Counter()
    for piece in row:
        sizes[round(piece.size, 1)] += len(piece.text.strip())
    size = max(sizes, key=lambda value: (sizes[value], value))
    biggest = max(size, max(sizes))
    base = next(piece.y for piece in row if round(piece.size, 1) == size)
    words: list[str] = []
    for piece in row:
        small = piece.size < _MUCH_SMALLER * biggest and piece.y > base + _RAISED * size
        is_raised = small and _FIGURES.fullmatch(piece.text.strip())
        words.append(piece.text.translate(_RAISE) if is_raised else piece.text)
    first = next(piece for piece in row if piece.text.strip())
    return _Line("".join(words).strip(), first.x, base, size)


# --- the text ---------------------------------------------------------------------------------------------------------


def _written(pages: Sequence[Sequence[_Line]]) -> tuple[str, int]:
    """The pages' lines as text, notes from the foot of the pages at its end, and where these begin."""
    usual = _usual(line.size for page in pages for line in page for _ in range(len(line.text)))
    notes: list[list[str]] = []
    bodies: list[str] = []
    for page in pages:
        at = _foot(page, usual, len(notes))
        found = _notes(page[at:], len(notes))
        if found is None:
            bodies.append(_body(page, usual))
            continue
        continued, new, furniture, first = found
        if notes:
            notes[-1] += continued
        body = _body([*page[:at], *furniture], usual)
        bodies.append(
            _RAISED_FIGURES.sub(partial(_mark, range(len(notes) + 1, len(notes) + len(new) + 1), first), body)
        )
        notes += new
    body = "\f".join(bodies)
    text = "\n".join(
        f"[{number}] {line}" if index == 0 else line
        for number, lines in enumerate(notes, start=1)
        for index, line in enumerate(lines)
    )
    return (f"{body}\n\n{text}", len(body)) if notes else (body, len(body))


def _mark(numbers: range, first: int, figures: re.Match[str]) -> str:
    """The mark of one of the page's notes, of ``numbers``, the first of which the page calls ``first``."""
    number = int(figures[0].translate(_LOWER)) - first + numbers.start
    return f"[{number}]" if number in numbers else figures[0]


def _usual(values: Iterable[float]) -> float:
    """The most frequent of ``values``; 0 where there are none."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value)) if counts else 0.0


def _foot(page: Sequence[_Line], usual: float, known: int) -> int:
    """Where the notes at the end of a page may begin; the number of its lines where there are none.

    They are in smaller type (page numbers apart), or stand apart and begin with a number that is raised in the text.
    """
    at = len(page)
    while at > 0 and (page[at - 1].size < _SMALLER * usual or _is_number(page[at - 1])):
        at -= 1
    if any(not _is_number(line) for line in page[at:]):
        # a page that begins in small type has no body: it goes on with a long note, or it is no page of an essay
        return at if at or known else len(page)
    step, text = _step(page), ""
    for index, line in enumerate(page):
        mark = _note_mark(line.text)
        if mark in (1, known + 1) and str(mark).translate(_RAISE) in text and _stands_apart(page, index, step):
            return index
        text += f"\n{line.text}"
    return len(page)


def _stands_apart(page: Sequence[_Line], index: int, step: float) -> bool:
    """Whether more than the ``step`` of two lines is above a line, or less below it."""
    above = page[index - 1].y - page[index].y if index else 0.0
    below = page[index].y - page[index + 1].y if index + 1 < len(page) else step
    return above > _GAP * step or 0 < below < step / _GAP


def _note_mark(text: str) -> int:
    """The number with which a note begins, 0 where ``text`` begins with none."""
    match = _NOTE.match(text)
    return int(next(group for group in match.groups() if group).translate(_LOWER)) if match else 0


def _step(lines: Sequence[_Line]) -> float:
    """The usual distance of two lines."""
    return _usual(round(before.y - after.y, 1) for before, after in pairwise(lines) if before.y > after.y)


def _is_number(line: _Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text))


def _notes(lines: Sequence[_Line], known: int) -> tuple[list[str], list[list[str]], list[_Line], int] | None:
    """Lines at a page's foot as: what goes on from the note before, new notes, page furniture, the first note's number.

    None where they are no notes. ``known`` is the number of notes on earlier pages; some writers count them anew on
    each page.
    """
    continued: list[str] = []
    new: list[list[str]] = []
    furniture: list[_Line] = []
    number, first = known, known + 1
    for line in lines:
        mark = _note_mark(line.text)
        if mark == number + 1 or (not new and mark == 1):
            number = mark
            first = first if new else mark
            new.append([_NOTE.sub("", line.text, count=1)])
        elif _is_number(line):
            furniture.append(line)
        elif new:
            new[-1].append(line.text)
        else:
            continued.append(line.text)
    if not new and not (known and continued and continued[0][:1].islower()):
        return None
    return continued, new, furniture, first


def _is_other_type(before: _Line, line: _Line) -> bool:
    """Whether two lines are plainly in type of two sizes: one of them is a heading's."""
    return max(before.size, line.size) > _HEADING * min(before.size, line.size)


def _body(lines: Sequence[_Line], usual: float) -> str:
    """The lines of a page's body, with blank lines for gaps and blanks for indents."""
    step = _step(lines)
    edge = _usual(round(line.x) for line in lines for _ in range(len(line.text)))
    written: list[str] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is not None and (_is_other_type(before, line) or not 0 <= before.y - line.y <= _GAP * step):
            written.append("")
        same = before is not None and abs(line.x - before.x) < usual / 2
        columns = 0 if same else round(2 * (line.x - edge) / usual) if usual else 0
        written.append(" " * min(max(columns, 0), _MOST_COLUMNS) + line.text)
    return "\n".join(written)
