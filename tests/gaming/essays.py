"""An essay in pieces that can be changed, and the foreign texts that are mixed into it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from essay_marker.records import Essay, Result

TEXTS = Path(__file__).with_name("texts")


def foreign_text(name: str) -> tuple[str, ...]:
    """The paragraphs of one of the texts that are no answer to the question; a title line is one of them."""
    return tuple((TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n"))


def foreign_body(name: str) -> tuple[str, ...]:
    """The same without the question that it answers."""
    paragraphs = foreign_text(name)
    return paragraphs[1:] if paragraphs[0].endswith("?") else paragraphs


@dataclass(frozen=True)
class Sentence:
    """A sentence of the body with the job that the program gave it in the unchanged essay."""

    text: str
    role: str
    judgement: bool


@dataclass(frozen=True)
class Pieces:
    """An essay to be changed: its title, its paragraphs, sentence by sentence, and what follows them.

    ``name`` and what is done seed the choices, so that a change is the same whenever it is made.
    """

    name: str
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    rest: str

    @classmethod
    def of(cls, name: str, essay: Essay, result: Result) -> Pieces:
        """The pieces of an essay as it was read and marked."""
        text = essay.text
        paragraphs = tuple(
            tuple(
                Sentence(" ".join(text[s.start : s.end].split()), s.role, s.judgement)
                for s in result.essay.sentences
                if body.start <= s.start < body.end
            )
            for body in essay.body
        )
        end = essay.body[-1].end if essay.body else 0
        title = text[essay.title.start : essay.title.end] if essay.title else ""
        return cls(name, title, tuple(p for p in paragraphs if p), text[end:].strip())

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """The text of each paragraph."""
        return tuple(" ".join(s.text for s in paragraph) for paragraph in self.paragraphs)

    @property
    def words(self) -> int:
        """The words of the body."""
        return sum(len(block.split()) for block in self.blocks)

    def with_blocks(self, blocks: Sequence[str]) -> str:
        """The essay's text with other paragraphs."""
        return "\n\n".join(part for part in (self.title, *blocks, self.rest) if part) + "\n"

    def with_sentences(self, paragraphs: Sequence[Sequence[str]]) -> str:
        """The essay's text with other sentences."""
        return self.with_blocks([" ".join(p) for p in paragraphs if p])

    def each_sentence(self, change: Callable[[str, int], str]) -> str:
        """The essay's text with every sentence of the body changed; ``change`` gets it and its number."""
        number = iter(range(sum(map(len, self.paragraphs))))
        return self.with_sentences([[change(s.text, next(number)) for s in p] for p in self.paragraphs])

    def each_block(self, change: Callable[[str], str]) -> str:
        """The essay's text with every paragraph of the body changed."""
        return self.with_blocks([change(block) for block in self.blocks])

    def chance(self, what: str) -> random.Random:
        """The choices for a change, the same every time."""
        return random.Random(f"{self.name}/{what}")

    def without(self, unwanted: Callable[[Sentence], bool]) -> str:
        """The essay's text without some of its sentences."""
        return self.with_sentences([[s.text for s in p if not unwanted(s)] for p in self.paragraphs])

    def renamed(self, title: str) -> Pieces:
        """The same essay under another title."""
        return replace(self, title=title)
