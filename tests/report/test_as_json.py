"""The JSON report."""

from __future__ import annotations

import json

import msgspec

from essay_marker.records import Result
from essay_marker.report import render, render_json


def test_one_line_an_essay_unless_an_indent_is_asked_for(realistic: Result) -> None:
    assert render_json(realistic).count("\n") == 1
    assert render_json(realistic, indent=2) == render(realistic, "json")
    assert '\n  "schema_version": 1,\n' in render(realistic, "json")


def test_keys_come_as_declared_and_letters_as_they_are(realistic: Result) -> None:
    printed = render_json(realistic)
    assert list(json.loads(printed)) == [field.name for field in msgspec.structs.fields(Result)]
    assert "Solzhenitsyn’s" in printed


def test_the_record_comes_back(realistic: Result, hostile: Result, empty: Result) -> None:
    for result in (realistic, hostile, empty):
        assert msgspec.json.decode(render_json(result), type=Result) == result
