"""Another program reads what was written: LibreOffice opens it, with the comments on the right words."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from essay_marker.returning import feedback_docx

from .reading import result_on
from .test_docx import NAME, REMARKS, TEXT, a_document

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="NOT TESTED: there is no LibreOffice to open Word documents with")
def test_libreoffice_shows_the_essay_the_page_and_each_comment_at_its_words(tmp_path: Path) -> None:
    data = a_document()
    (tmp_path / "own.docx").write_bytes(feedback_docx(result_on(data, NAME, **REMARKS), data))
    new = result_on(TEXT, "essay.txt", targets=[["prisoners came home"]], slips=["in 1953"])
    (tmp_path / "new.docx").write_bytes(feedback_docx(new))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / name) for name in ("own.docx", "new.docx")]
    command = [str(OFFICE), profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    own = etree.parse(tmp_path / "own.fodt").getroot()
    said = comments_in(own)
    assert said["To do 1: Target <1>."] == "The terror ended after the secret speech"
    assert said["To do 2: Target <2>."] == "secret speech of 1956, and"
    assert said["To do 3: Target <3>."] == "controlled words"
    assert said["Strength: Good & 1."] == "The economy was another matter (Filtzer, 1993: 21)"
    assert said["Old words."] == "An old remark stands here"
    assert len(said) == 10
    text = "\n".join(words(own))
    assert (
        text.index("Feedback on your essay")
        < text.index("Did anything change after")
        < text.index("Overall the change")
    )
    assert {note: about for note, about in comments_in(etree.parse(tmp_path / "new.fodt").getroot()).items()} == {
        "To do 1: Target <1>.": "prisoners came home",
        "Check this: Slip 1. A slip costs no mark by itself. Check it in a book, and put it right.": "in 1953",
    }


_IN_LINE = ("p", "h", "span", "a", "content-control")


def comments_in(root: Any) -> dict[str, str]:
    """Each comment and the words from its beginning to its end."""
    found: dict[str, str] = {}
    open_: dict[str | None, str] = {}
    for event, name, value in stream(root):
        if event == "begins":
            open_[name] = value
            found[value] = ""
        elif event == "ends":
            del open_[name]
        else:
            for said in open_.values():
                found[said] += value
    return found


def words(root: Any) -> list[str]:
    return [value for event, _, value in stream(root) if event == "text"]


def stream(root: Any) -> Iterator[tuple[str, str | None, str]]:
    """What happens in the text in order: words, and comments that begin and end."""
    (body,) = root.iter("{*}text")
    yield from _inside(body)


def _inside(element: Any) -> Iterator[tuple[str, str | None, str]]:
    tag = etree.QName(element).localname
    if tag == "annotation":
        said = "\n".join("".join(p.itertext()) for p in element.iter("{*}p"))
        yield "begins", _name(element), said
    elif tag == "annotation-end":
        yield "ends", _name(element), ""
    elif tag not in ("tracked-changes", "note", "frame", "custom-shape"):
        if element.text and tag in _IN_LINE:
            yield "text", None, element.text
        for item in element:
            yield from _inside(item)
            if item.tail and tag in _IN_LINE:
                yield "text", None, item.tail


def _name(element: Any) -> str | None:
    return next((value for key, value in element.attrib.items() if key.endswith("}name")), None)
