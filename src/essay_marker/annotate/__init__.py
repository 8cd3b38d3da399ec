"""Annotate: an essay becomes a spaCy ``Doc`` with layers, and the layers are read off as a `Reading`.

One component a layer; what each assigns stands in `layers`. Components that change tokens or set sentence boundaries
come before the parser, everything that uses the parse comes after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from essay_marker.annotate.annotator import Annotator

__all__ = ["Annotator"]


def __getattr__(name: str) -> Any:
    """Import spaCy only when an annotator is really wanted."""
    if name == "Annotator":
        from essay_marker.annotate.annotator import Annotator

        return Annotator
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
