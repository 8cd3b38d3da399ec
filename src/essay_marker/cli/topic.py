"""``essay-marker topic``: what the program knows about a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._help import Command, Group
from essay_marker.resources import DEFAULT_TOPIC

if TYPE_CHECKING:
    from essay_marker.topic import Topic

app = typer.Typer(
    name="topic",
    cls=Group,
    help="List, show and check topics: what is known about a question.",
    epilog="""
    essay-marker topic list
    essay-marker topic show khrushchev-destalinisation
    essay-marker topic check corpus/my-question
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)

IdOrFolder = Annotated[str, typer.Argument(metavar="[ID|FOLDER]", help="A topic's id, or the folder it is in.")]


@app.command("list", cls=Command, epilog="essay-marker topic list")
def list_() -> None:
    """List the topics: id and question."""
    from essay_marker.topic import list_topics

    known = list_topics()
    longest = max((len(question.id) for question in known), default=0)
    lines: list[str] = []
    for question in known:
        lines += _terminal.wrap(question.question, first=f"{question.id:<{longest}}  ", rest=" " * (longest + 2))
    _terminal.put("\n".join(lines))


@app.command(cls=Command, epilog="essay-marker topic show")
def show(topic: IdOrFolder = DEFAULT_TOPIC) -> None:
    """Show a topic: its question, themes, yardsticks, and how much is known."""
    from essay_marker.topic import load_topic

    _terminal.put(_page(load_topic(topic)))


@app.command(
    cls=Command,
    epilog="""
    essay-marker topic check
    essay-marker topic check corpus/my-question
    """,
)
def check(
    topic: Annotated[
        str | None,
        typer.Argument(metavar="[ID|FOLDER]", help="A topic's id, or the folder it is in. Without it: all that ship."),
    ] = None,
) -> None:
    """Check that a topic is complete and well-formed. Exit code 2 where it is not."""
    from essay_marker.resources import corpus_dir
    from essay_marker.topic import check_topic

    known = corpus_dir().glob("*/question.toml")
    names = [topic] if topic is not None else sorted(path.parent.name for path in known)
    _terminal.check_all(names, check_topic)


def _page(topic: Topic) -> str:
    question = topic.question
    lines = [topic.id, *_terminal.wrap(question.question, first="  ", rest="  "), "", "Themes"]
    for theme in topic.themes:
        optional = " (optional)" if theme.optional else ""
        lines += _terminal.wrap(f"{theme.id}: {theme.label}{optional}", first="  ", rest="    ")
    lines += ["", "Yardsticks"]
    for yardstick in question.yardsticks:
        lines += _terminal.wrap(f"{yardstick.id}: {yardstick.label}", first="  ", rest="    ")
    lines += [
        "",
        f"{len(topic.facts)} facts, {len(topic.historians)} historians, {len(question.variants)} wordings",
        f"sha256 {topic.sha256}",
        f"{topic.folder}",
    ]
    return "\n".join(lines)
