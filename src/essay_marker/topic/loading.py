"""A topic as a whole, read from its folder."""

from __future__ import annotations

import difflib
import functools
from pathlib import Path

import msgspec

from essay_marker.data import load_toml, load_yaml, sha256_of
from essay_marker.errors import DataError
from essay_marker.resources import corpus_dir
from essay_marker.topic.facts import Fact, Facts, written_out
from essay_marker.topic.fields import Words
from essay_marker.topic.historians import Authority, Historians
from essay_marker.topic.question import Question
from essay_marker.topic.themes import Link, TermException, Theme, Themes, WeakTerm

FILES = ("question.toml", "themes.yaml", "facts.yaml", "historians.yaml")


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A question with everything known about it; ``sha256`` is over its four files."""

    folder: Path
    sha256: str
    question: Question
    boundary_rules: Words
    weak_terms: tuple[WeakTerm, ...]
    exceptions: tuple[TermException, ...]
    links: tuple[Link, ...]
    themes: tuple[Theme, ...]
    facts: tuple[Fact, ...]
    authorities: Historians

    @property
    def id(self) -> str:
        """The topic's id, which is also its folder's name."""
        return self.question.id

    @property
    def core_themes(self) -> tuple[Theme, ...]:
        """The themes that every answer is held against."""
        return tuple(theme for theme in self.themes if not theme.optional)

    @property
    def historians(self) -> tuple[Authority, ...]:
        """The historians, in the file's order."""
        return self.authorities.historians

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; `KeyError` when there is none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)


def load_topic(id_or_folder: str | Path) -> Topic:
    """The topic of this id, or the one in this folder. Read once in a process."""
    return _load(folder_of(id_or_folder))


def list_topics() -> tuple[Question, ...]:
    """The questions that the program knows, by id."""
    folders = sorted(path.parent for path in corpus_dir().glob("*/question.toml"))
    return tuple(load_toml(folder / "question.toml", Question) for folder in folders)


def folder_of(id_or_folder: str | Path) -> Path:
    """Where a topic lies; `DataError` where there is none of this id, or no such folder."""
    folder = Path(id_or_folder)
    is_name = not isinstance(id_or_folder, Path) and folder.name == id_or_folder
    if is_name and not (folder / "question.toml").is_file():  # a folder of reports, say, may be called like a topic
        own = corpus_dir() / folder.name
        if own.is_dir():
            return own.resolve()
    if folder.is_dir():
        return folder.resolve()
    if not is_name:
        raise DataError(f"{folder}: there is no such folder.")
    known = [path.parent.name for path in sorted(corpus_dir().glob("*/question.toml"))]
    close = difflib.get_close_matches(folder.name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known topics: {', '.join(known) or 'none'}."
    raise DataError(f"There is no topic {folder.name!r}. {hint}")


@functools.cache
def _load(folder: Path) -> Topic:
    question = load_toml(folder / "question.toml", Question)
    themes = load_yaml(folder / "themes.yaml", Themes)
    facts = load_yaml(folder / "facts.yaml", Facts) if (folder / "facts.yaml").is_file() else Facts(facts=())
    historians = Historians(historians=())
    if (folder / "historians.yaml").is_file():
        historians = load_yaml(folder / "historians.yaml", Historians)
    return Topic(
        folder=folder,
        sha256=sha256_of((folder / name for name in FILES if (folder / name).is_file()), root=folder),
        question=question,
        boundary_rules=themes.boundary_rules,
        weak_terms=themes.weak_terms,
        exceptions=themes.exceptions,
        links=themes.links,
        themes=themes.themes,
        facts=tuple(written_out(fact, facts) for fact in facts.facts),
        authorities=historians,
    )


def forget_topics() -> None:
    """Read every topic again when it is next asked for: whoever corrects one checks it again."""
    _load.cache_clear()
