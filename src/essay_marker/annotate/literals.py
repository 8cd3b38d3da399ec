"""What letters a text must hold for a pattern to be found in it: hundreds of patterns are never compiled for an essay.

A regular expression takes a thousand times as long to compile as a look for a few letters, and most of a topic's
patterns are about something else than the sentence in hand. Whatever is not plainly required counts as not required, so
that nothing which the pattern would find is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: One of these must be in the text.
Choice = frozenset[str]

_TOKEN = re.compile(
    r"[^\\\[\](){}|?*+.^$]+(?![?*+{])|[^\\\[\](){}|?*+.^$]|\\.|\||\(\?[<!=:]+|\(\?P<\w+>|\(|\)"
    r"|(?:[?*+]|\{\d*,?\d*\})[?+]?|\[\^?\]?(?:\\.|[^\]\\])*\]|\.|\^|\$",
    re.DOTALL,
)
_MAY_BE_ABSENT = ("?", "*", "{0", "{,")
_LEAST = 2  # letters: a shorter piece says nothing


def required(source: str) -> tuple[Choice, ...]:
    """The choices of letters that a text must hold, one of each, for the pattern ``source`` to match in it.

    Inline flags, back references and conditions are not looked through: a pattern with any of them requires nothing.
    """
    tokens = _TOKEN.findall(source)
    if "".join(tokens) != source or re.search(r"\(\?[a-zA-Z(#>-](?!<)|\\\d", source):
        return ()
    alternatives = list(_alternatives(iter(tokens)))
    return tuple(dict.fromkeys(alternatives[0])) if len(alternatives) == 1 else _either(alternatives)


def may_match(choices: tuple[Choice, ...], text: str) -> bool:
    """Whether ``text`` holds one of each of the choices."""
    return all(any(letters in text for letters in choice) for choice in choices)


def _alternatives(tokens: Iterator[str]) -> Iterator[list[Choice]]:
    """What each alternative of a group requires; reads to the group's end."""
    here: list[Choice] = []
    run = ""  # plain letters that stand one after another
    last: list[Choice] = []  # what the last group requires, until it is known how often it comes

    def end_run() -> None:
        nonlocal run
        if len(run) >= _LEAST:
            here.append(frozenset({run}))
        run = ""

    for token in tokens:
        first = token[0]
        if first in "?*+{":
            if token.startswith(_MAY_BE_ABSENT):
                run, last = run[:-1], []
            end_run()
            continue
        here += last
        last = []
        if first == "(":
            end_run()
            inside = list(_alternatives(tokens))
            looks = token.startswith(("(?=", "(?!", "(?<=", "(?<!"))
            last = [] if looks else inside[0] if len(inside) == 1 else list(_either(inside))
        elif first == ")":
            break
        elif first == "|":
            end_run()
            yield here
            here = []
        elif first in "[.^$" or (first == "\\" and token[1].isalnum()):
            end_run()
        else:
            run += token[1] if first == "\\" else token
    else:
        here += last
    end_run()
    yield here


def _either(alternatives: list[list[Choice]]) -> tuple[Choice, ...]:
    """What is required where one of several alternatives is: the choice of each that says most, together."""
    if not all(alternatives):
        return ()
    return (frozenset().union(*(max(a, key=lambda c: (min(map(len, c)), -len(c))) for a in alternatives)),)
