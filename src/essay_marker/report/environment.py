"""The Jinja2 environments, one a format: strict about names, and each with its own escaping always on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from essay_marker.report.bytecode import TemplateBytecode

TEMPLATES = Path(__file__).parent / "templates"

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]|~])")
_MARKDOWN_LINE_START = re.compile(r"^(\s?)(?:([#+=-])(?=[\s#=-]|$)|(\d+)([.)])(?=\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


@cache
def environment(kind: Literal["text", "markdown", "html", "lines"]) -> Environment:
    """The environment for one format.

    HTML is escaped by Jinja2. Markdown is escaped by ``finalize``, which sees every value that a template prints. Text
    needs no escaping: `printable` has removed what a terminal would obey. Of ``lines`` each begins with a sign of the
    template's own, which no value can write, since every value is put on one line.
    """
    finalize: Callable[..., Any] | None = {"markdown": as_markdown, "lines": as_one_line}.get(kind)
    settings = kind.encode() + Path(__file__).read_bytes()
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=TemplateBytecode(TEMPLATES / "__pycache__", settings),
        autoescape=kind in ("markdown", "html"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    templates.filters["number"] = number
    return templates


def as_markdown(value: object) -> Markup:
    """A value as Markdown that shows exactly its characters, on one line; what a macro made is left as it is."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    if text.isspace():  # an indentation
        return Markup(text)
    line = " ".join(text.split())
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKDOWN_SIGNS.sub(r"\\\1", line)
    line = _MARKDOWN_LINE_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", line
    )
    return Markup(line)


def as_one_line(value: object) -> str:
    """A value without line breaks; what is white space alone is left as it is."""
    text = str(value)
    return text if text.isspace() and "\n" not in text else " ".join(text.split())


def number(value: float) -> str:
    """A number for people: up to three decimals, and none that are nought."""
    return f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".")
