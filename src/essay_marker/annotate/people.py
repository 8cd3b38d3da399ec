"""People who have nothing to do with the question are all alike: what they are called changes no vector."""

from __future__ import annotations

import re
from functools import cache

from essay_marker.data import Record, load_yaml
from essay_marker.resources import models_dir


class People(Record, frozen=True, kw_only=True):
    """``people.yaml``: given names, and the word that is read for any of them."""

    somebody: str
    given_names: tuple[str, ...]


@cache
def _people() -> People:
    return load_yaml(models_dir() / "patterns" / "people.yaml", People)


@cache
def _given_name() -> re.Pattern[str]:
    # a capital before or after belongs to a full name, which may be an author's
    names = "|".join(map(re.escape, _people().given_names))
    return re.compile(rf"(?<![\w’'-])(?<![A-Z]\. )(?:{names})(?![\w-])(?! +(?:[A-Z]|de |von ))")


_FULL_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+ +$")


def with_somebody(sentence: str) -> str:
    """``sentence`` with somebody for every given name that stands by itself."""

    def read(found: re.Match[str]) -> str:
        before = _FULL_NAME_BEFORE.search(sentence, 0, found.start())
        return found[0] if before and before.start() > 0 else _people().somebody

    return _given_name().sub(read, sentence)
