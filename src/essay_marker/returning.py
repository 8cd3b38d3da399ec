"""What goes back to a learner: their own document with comments and a page of feedback, or a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from essay_marker.documents.docx_new import BlockKind, NewBlock, new_docx
from essay_marker.documents.docx_writing import Comment, WordDocument
from essay_marker.documents.kinds import tell_kind
from essay_marker.errors import InputError
from essay_marker.read import read_bytes
from essay_marker.records import Decision, Result, Span
from essay_marker.report import render
from essay_marker.report.feedback import MarginComment, feedback_page, margin_comments

Feedback = Literal["docx", "html", "md", "pdf-ready"]
ENDINGS: Final[dict[Feedback, str]] = {"docx": ".docx", "html": ".html", "md": ".md", "pdf-ready": ".print.html"}
"""How the name of a file of each kind ends."""

_GAP: Final = "\n\n"
_BLOCK: Final = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def feedback(
    result: Result,
    kind: Feedback,
    own: bytes | None = None,
    *,
    mark: bool = True,
    decision: Decision | None = None,
    learner: str = "",
) -> bytes:
    """A file for the learner whose essay ``result`` is about.

    Args:
        result: What the program found.
        kind: The kind of file.
        own: The essay's file as it came, which a Word document is made from; None where it is not known or not to be
            shown. What is no Word document, or not the essay of the result, gives a new document.
        mark: Whether the file holds level and mark.
        decision: What the teacher decided.
        learner: Whose essay it is, as the file is titled; without it, it names the essay's file or nobody.
    """
    if kind == "docx":
        return feedback_docx(result, own, mark=mark, decision=decision, learner=learner)
    fmt: Literal["html", "markdown"] = "markdown" if kind == "md" else "html"
    paper = kind == "pdf-ready"
    text = render(result, fmt, audience="student", mark=mark, decision=decision, paper=paper, learner=learner)
    return text.encode("utf-8", "replace")


def feedback_docx(
    result: Result,
    own: bytes | None = None,
    *,
    mark: bool = True,
    decision: Decision | None = None,
    learner: str = "",
) -> bytes:
    """The Word document of `feedback`. Every comment is in it: beside its words, as near as can be, or on the page."""
    if own is not None:
        try:
            return _written(_own(result, own), result, mark=mark, decision=decision, learner=learner)
        except InputError:  # no Word document, another essay, damaged where only a writer goes: the essay anew
            pass
    return _written(_new(result), result, mark=mark, decision=decision, learner=learner)


class _Opened(NamedTuple):
    """A document, and for a character of ``essay.text`` the one of the document's text that it is."""

    document: WordDocument
    origin: Callable[[int], int | None]


def _written(opened: _Opened, result: Result, *, mark: bool, decision: Decision | None, learner: str) -> bytes:
    put: list[Comment] = []
    left: list[MarginComment] = []
    text = result.essay.text
    for comment in margin_comments(result):
        anchor = opened.document.anchor(_origins(opened, range(comment.start, comment.end)))
        exact = anchor is not None and anchor.exact
        if anchor is None:
            anchor = opened.document.anchor(_origins(opened, _nearest(text, comment)))
        if anchor is None:
            left.append(comment)
        else:
            put.append(Comment(anchor, comment.remarks if exact else (comment.about, *comment.remarks)))
    page = feedback_page(result, mark=mark, decision=decision, left=left, learner=learner)
    return opened.document.with_feedback(put, page, author=result.program.name)


def _origins(opened: _Opened, offsets: Iterable[int]) -> list[int]:
    return [at for offset in offsets if (at := opened.origin(offset)) is not None]


def _nearest(text: str, span: Span) -> list[int]:
    """The words before ``span`` on its line, else those after it."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before = text[start : span.start].rstrip()
    if before:
        return list(range(start + before.rfind(" ") + 1, start + len(before)))
    line = text[span.end : end if end >= 0 else len(text)]
    after = re.match(r"\s*\S+", line)
    return list(range(span.end, span.end + after.end())) if after else []


# --- the two kinds of document ----------------------------------------------------------------------------------------


def _own(result: Result, data: bytes) -> _Opened:
    """The learner's own document; `InputError` where ``data`` is not the essay of ``result`` in one."""
    shown = result.essay.source
    if tell_kind(data, shown, shown) != "docx":
        raise InputError(f"{shown} is no Word document.")
    essay = read_bytes(data, shown)
    document = WordDocument(data, shown)
    if (essay.text, essay.original) != (result.essay.text, document.text.text):
        raise InputError(f"{shown} is not the essay that was marked.")
    return _Opened(document, lambda offset: essay.origin[offset] if offset < len(essay.origin) else None)


def _new(result: Result) -> _Opened:
    """A new document with the essay as it was read, a paragraph for each of its own."""
    text = result.essay.text
    spans = list(_blocks(result))
    blocks = [NewBlock(text[span.start : span.end], _kind(result, span)) for span in spans]
    starts = list(accumulate((len(block.text) + len(_GAP) for block in blocks), initial=0))
    place = {
        offset: start + offset - span.start
        for span, start in zip(spans, starts, strict=False)
        for offset in range(span.start, span.end)
    }
    return _Opened(WordDocument(new_docx(blocks), result.essay.source), place.get)


def _blocks(result: Result) -> Iterable[Span]:
    """The paragraphs of the text, and every work of the bibliography and every note by itself."""
    for found in _BLOCK.finditer(result.essay.text):
        block = Span(start=found.start(), end=found.end())
        if _kind(result, block) == "prose":
            yield block
        else:
            for line in re.finditer(r"\S[^\n]*", found[0]):
                yield Span(start=block.start + line.start(), end=block.start + line.end())


def _kind(result: Result, block: Span) -> BlockKind:
    essay = result.essay
    if essay.bibliography is not None and block.within(essay.bibliography):
        return "work"
    if any(block.overlap(note) for note in essay.notes):
        return "note"
    is_title = essay.title is not None and essay.paragraphs[:1] and block.within(essay.paragraphs[0])
    return (
        "title" if is_title and essay.text[block.start : block.end].strip() == (essay.title or "").strip() else "prose"
    )
