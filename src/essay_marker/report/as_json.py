"""The JSON report: the record itself, keys in the order in which they are declared."""

from __future__ import annotations

import msgspec

from essay_marker.records import Result
from essay_marker.report.printable import without_surrogates


def render_json(result: Result, *, indent: int = 0) -> str:
    """``result`` as JSON, ending with a newline: one line, or pretty-printed where ``indent`` is above 0."""
    encoded = msgspec.json.encode(without_surrogates(result))
    if indent > 0:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode("utf-8") + "\n"
