"""``essay-marker schema``: the JSON Schema of a result."""

from __future__ import annotations

from essay_marker.cli import _terminal

EXAMPLES = """
essay-marker schema > schema.json
"""


def schema() -> None:
    """Print the JSON Schema of what score --format json prints."""
    _terminal.put(schema_text())


def schema_text() -> str:
    """The schema as it is printed and as it stands in the documentation."""
    import json

    from essay_marker.records import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
