"""Help pages: what the command does, then examples, then the options.

Typer's own pages put the examples last, and its two renderers (rich and plain) differ between versions. These pages
are the same with every version, so that ``docs/cli.md`` can be generated from them, and cost no import of rich.
"""

from __future__ import annotations

import inspect
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


def _usage(command: Any, ctx: typer.Context) -> list[str]:
    """The pieces of the usage line after the program's name: arguments as a person writes them, options last."""
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    pieces = [p.metavar if p.required or p.metavar.startswith("[") else f"[{p.metavar}]" for p in arguments]
    if hasattr(command, "commands"):
        pieces.append("COMMAND")
    return [*pieces, "[OPTIONS]"]


def _page(command: Any, ctx: typer.Context, formatter: Any) -> None:
    command.format_usage(ctx, formatter)
    formatter.write_paragraph()
    formatter.write_text(inspect.cleandoc(command.help or ""))
    if command.epilog:
        # Not wrapped: an example is a line to copy.
        with formatter.section("Examples"):
            for line in inspect.cleandoc(command.epilog).splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
    rows = {"argument": [], "option": []}  # type: dict[str, list[tuple[str, str]]]
    for param in command.get_params(ctx):
        if not getattr(param, "hidden", False):
            rows[param.param_type_name].append(_row(param))
    commands = [
        (name, child.get_short_help_str(limit=200))
        for name, child in getattr(command, "commands", {}).items()
        if not child.hidden
    ]
    for title, table in (("Commands", commands), ("Arguments", rows["argument"]), ("Options", rows["option"])):
        if table:
            with formatter.section(title):
                formatter.write_dl(table, col_max=34)


def _row(param: Any) -> tuple[str, str]:
    if param.param_type_name == "argument":
        return param.metavar, param.help or ""
    names = ", ".join([*sorted(param.opts, key=len), *param.secondary_opts])
    name = names if param.is_flag else f"{names} {param.metavar}"
    return name, _with_default(param)


def _with_default(param: Any) -> str:
    text: str = param.help or ""
    if param.is_flag or param.default is None or param.show_default is False:
        return text
    return f"{text} [default: {getattr(param.default, 'value', param.default)}]"


class Command(TyperCommand):
    """A command whose ``epilog`` holds its examples."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage line's pieces, after the program's name."""
        return _usage(self, ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the page."""
        _page(self, ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose ``epilog`` holds its examples."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage line's pieces, after the program's name."""
        return _usage(self, ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the page."""
        _page(self, ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which they are declared, the most wanted first."""
        return list(self.commands)
