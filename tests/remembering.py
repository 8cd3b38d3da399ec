"""Sentences encoded once in a process of tests, however often the essays that hold them are marked."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def remember_vectors() -> None:
    """Make the program's encoder keep what it has encoded: a sentence has one vector, whatever it is encoded with.

    That it has is tested on encoders of their own (``annotate/test_vectors.py``).
    """
    import numpy as np

    from essay_marker.annotate.vectors import shared_vectors

    vectors: Any = shared_vectors()
    encode = vectors._encode
    known: dict[str, Any] = {}

    def remembered(sentences: list[str]) -> Any:
        missing = [s for s in dict.fromkeys(sentences) if s not in known]
        if missing:
            known.update(zip(missing, encode(missing), strict=True))
        return np.array([known[s] for s in sentences]) if sentences else encode([])

    vectors._encode = remembered
