"""What stands in a Word document, read without the program's own writers; and results about any essay."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from essay_marker.read import read_bytes
from essay_marker.records import (
    Bibliography,
    CitationProblem,
    Citations,
    Essay,
    FactCheck,
    ReportedEssay,
    Result,
    Span,
    Strength,
    Target,
)

from ..documents.writing import W
from ..report.building import empty

TAG = "essay-marker-feedback"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


class Noted(NamedTuple):
    """A comment: its words, and the words of the text that it is about."""

    said: str
    about: str


def part(document: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return etree.fromstring(package.read(name))


def notes(document: bytes, part_name: str = "word/comments.xml") -> dict[str, Noted]:
    """The comments of a document by their ids; each must have one range and one reference."""
    root = part(document)
    found = {}
    for comment in part(document, part_name):
        id_ = comment.get(w("id"))
        start, end, reference = (
            one(root, name, id_) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        order = list(root.iter())
        assert order.index(start) < order.index(end) < order.index(reference)
        said = "\n".join(words(paragraph) for paragraph in comment)
        found[id_] = Noted(said, "".join(shown(item) for item in order[order.index(start) : order.index(end)]))
    return found


def one(root: Any, name: str, id_: str) -> Any:
    (found,) = [item for item in root.iter(w(name)) if item.get(w("id")) == id_]
    return found


def words(element: Any) -> str:
    return "".join(map(shown, element.iter()))


def shown(item: Any) -> str:
    if item.tag == w("t"):
        return item.text or ""
    return {w("tab"): "\t", w("br"): "\n"}.get(item.tag, "")


def page(document: bytes) -> list[str]:
    """The lines of the page of feedback."""
    (control,) = pages(part(document))
    return [text for item in control.iter(w("p")) if (text := words(item))]


def pages(root: Any) -> list[Any]:
    return [tag.getparent().getparent() for tag in list(root.iter(w("tag"))) if tag.get(w("val")) == TAG]


def bare(root: Any) -> bytes:
    """The text's part without comments and page, runs that look alike joined: what must not have changed."""
    root = deepcopy(root)
    for control in pages(root):
        section = control.getnext()
        control.getparent().remove(control)
        if section is not None and section.find(f"{w('pPr')}/{w('sectPr')}/{w('pgNumType')}") is not None:
            section.getparent().remove(section)
    for name in ("commentRangeStart", "commentRangeEnd"):
        for item in list(root.iter(w(name))):
            item.getparent().remove(item)
    for item in list(root.iter(w("commentReference"))):
        item.getparent().getparent().remove(item.getparent())
    for run in list(root.iter(w("r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and look(before) == look(run):
            for item in [item for item in run if item.tag != w("rPr")]:
                last = before[-1] if len(before) else None
                if last is not None and last.tag == item.tag == w("t"):
                    last.text = (last.text or "") + (item.text or "")
                else:
                    before.append(item)
            run.getparent().remove(run)
    for item in root.iter(w("t")):
        item.attrib.clear()  # xml:space
    return bytes(etree.tostring(root, method="c14n"))


def look(run: Any) -> tuple[Any, ...]:
    properties = run.find(w("rPr"))
    return (sorted(run.attrib.items()), b"" if properties is None else etree.tostring(properties, method="c14n"))


# --- results ----------------------------------------------------------------------------------------------------------


def about(
    essay: Essay,
    *,
    targets: Sequence[Sequence[Span]] = (),
    strengths: Sequence[Sequence[Span]] = (),
    slips: Sequence[Span] = (),
    references: Sequence[Span] = (),
) -> Result:
    """A result with these remarks on an essay, numbered so that each can be told from the others."""
    works = essay.bibliography
    title = None if essay.title is None else essay.text[essay.title.start : essay.title.end]
    result = empty(level=3, mark=12, low=10, high=14, withheld=None, withheld_message=None)
    return msgspec.structs.replace(
        result,
        essay=ReportedEssay(
            source=essay.source,
            title=title,
            question="What changed?",
            text=essay.text,
            words=len(essay.text.split()),
            quoted_words=0,
            paragraphs=essay.paragraphs,
            sentences=(),
            bibliography=None if works is None else Bibliography(start=works.start, end=works.end, entries=()),
            notes=essay.notes,
            repairs=essay.repairs,
        ),
        targets=tuple(
            Target(code=f"t{n}", strand="s", text="(teacher)", student=f"Target <{n}>.", spans=tuple(spans))
            for n, spans in enumerate(targets, start=1)
        ),
        strengths=tuple(
            Strength(
                code=f"s{n}", strand="s", text="(teacher)", student=f"Good & {n}.", spans=tuple(spans), secure=True
            )
            for n, spans in enumerate(strengths, start=1)
        ),
        facts=tuple(
            FactCheck(start=s.start, end=s.end, id=f"f{n}", status="slip", message=f"Slip {n}.")
            for n, s in enumerate(slips, start=1)
        ),
        citations=Citations(
            style="none",
            problems=tuple(
                CitationProblem(start=s.start, end=s.end, code="c", message=f"Work {n}.")
                for n, s in enumerate(references, start=1)
            ),
        ),
    )


def at(essay: Essay, text: str) -> Span:
    assert essay.text.count(text) == 1, text
    start = essay.text.index(text)
    return Span(start=start, end=start + len(text))


def result_on(data: bytes, name: str, **remarks: Any) -> Result:
    """`about` the essay in a file; the places of remarks are its words."""
    essay = read_bytes(data, name)
    places: dict[str, Any] = {
        kind: [[at(essay, item) for item in found] if isinstance(found, list) else at(essay, found) for found in said]
        for kind, said in remarks.items()
    }
    return about(essay, **places)
