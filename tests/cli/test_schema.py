"""``schema`` prints a JSON Schema that a result fits."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

Run = Callable[..., Any]


def test_the_schema_accepts_a_result_and_refuses_what_is_none(run: Run, calls: list[Any]) -> None:
    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    result = json.loads(run("score", "a.txt", "--format", "json").out)
    jsonschema.validate(result, schema, cls=jsonschema.Draft202012Validator)
    del result["marks"]["withheld"]
    with pytest.raises(jsonschema.ValidationError, match="withheld"):
        jsonschema.validate(result, schema, cls=jsonschema.Draft202012Validator)
