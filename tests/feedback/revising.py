"""Essays as a pupil would hand them in again, having done what the first target says, or having padded instead."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from essay_marker.records import Result


class Revision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of ``revisions.toml``."""

    essay: str
    target: str
    at: Literal["sentence", "paragraph"]
    does: str
    filler: str


class _Revisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    revisions: tuple[Revision, ...]


def load_revisions() -> tuple[Revision, ...]:
    """Every revision of the data file."""
    path = Path(__file__).with_name("revisions.toml")
    return msgspec.toml.decode(path.read_bytes(), type=_Revisions).revisions


def revised(result: Result, at: Literal["sentence", "paragraph"], words: str) -> str:
    """The essay of ``result`` with ``words`` added where its first target points."""
    text, span = result.essay.text, result.targets[0].spans[0]
    end = span.end
    if at == "paragraph":
        end = next(p.end for p in result.essay.paragraphs if p.start <= span.start < p.end)
    return f"{text[:end].rstrip()} {words} {text[end:].lstrip(' ')}"


def score(result: Result, strand: str) -> float:
    """The score of one strand."""
    return next(mark.score for mark in result.marks.strands if mark.id == strand)
