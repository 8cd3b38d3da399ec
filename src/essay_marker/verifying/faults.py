"""What does not follow: where it stands in the result, and in a sentence what is wrong there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_SHOWN = 90


class Fault(NamedTuple):
    """``path`` leads to the field, as in ``marks.strands[1].reasons[0].level``; it is empty for the result itself."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


#: Of a field's two values, as they are shown, the sentence about them.
Saying = Callable[[str, str], str]


def differences(reported: Any, expected: Any, path: str, say: Saying) -> Iterator[Fault]:
    """Every field, as small as can be, in which a reported value (records made plain) is not the expected one."""
    if reported == expected:
        return
    if isinstance(reported, dict) and isinstance(expected, dict):
        for key in [*expected, *(key for key in reported if key not in expected)]:
            yield from differences(reported.get(key), expected.get(key), below(path, key), say)
    elif isinstance(reported, list | tuple) and isinstance(expected, list | tuple):
        if len(reported) != len(expected):
            yield Fault(path, say(f"{len(reported)} of them", f"{len(expected)} of them"))
        for index, (ours, theirs) in enumerate(zip(reported, expected, strict=False)):
            yield from differences(ours, theirs, f"{path}[{index}]", say)
    else:
        yield Fault(path, say(*_shown(reported, expected)))


def below(path: str, key: str) -> str:
    """The path to a field of what ``path`` leads to."""
    return f"{path}.{key}" if path else key


def _shown(reported: Any, expected: Any) -> tuple[str, str]:
    """Two values as a message shows them: long texts from a little before the place where they part."""
    if isinstance(reported, str) and isinstance(expected, str) and max(len(reported), len(expected)) > _SHOWN:
        same = next((i for i, (a, b) in enumerate(zip(reported, expected, strict=False)) if a != b), None)
        start = max((min(len(reported), len(expected)) if same is None else same) - _SHOWN // 3, 0)
        return _part(reported, start), _part(expected, start)
    return plain(reported), plain(expected)


def _part(text: str, start: int) -> str:
    part = text[start : start + _SHOWN]
    return f"{'… ' if start else ''}{plain(part)}{' …' if start + _SHOWN < len(text) else ''}"


def plain(value: Any) -> str:
    """A value as it stands in the JSON, cut where it is long; nothing is "none"."""
    if value is None:
        return "none"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 2 * _SHOWN else f"{text[: 2 * _SHOWN]} …"
