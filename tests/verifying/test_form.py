"""What is no result as the program writes one is refused before anything is looked at."""

from __future__ import annotations

import pytest

from essay_marker.errors import InputError
from essay_marker.verifying import results_in


def test_one_object_or_one_a_line() -> None:
    assert results_in(b'{"a": 1}', "r.json") == [{"a": 1}]
    assert results_in(b'{"a": 1}\n{"a": 2}\n', "r.jsonl") == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("data", [b'{"mark": 20, "mark": 6}', b'{"marks": {"mark": 20, "mark": 6}}'])
def test_a_key_that_stands_twice_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"r\.json: the key “mark” stands twice"):
        results_in(data, "r.json")
    with pytest.raises(InputError, match=r"r\.json, line 2: the key “mark” stands twice"):
        results_in(b'{"a": 1}\n' + data, "r.json")


def test_what_is_no_json_is_named() -> None:
    with pytest.raises(InputError, match=r"r\.json is no JSON"):
        results_in(b"essay", "r.json")
