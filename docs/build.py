"""Writes the part of the documentation that the program knows best: ``criteria.md``, ``cli.md``, ``schema.json``.

Run ``python docs/build.py`` to write them, ``python docs/build.py --check`` to learn which are stale (exit code 1).
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "src"))  # the checkout's program, whichever is installed

if TYPE_CHECKING:
    from essay_marker.assess import Criterion

GENERATED = "<!-- Written by docs/build.py; changes made here are lost. -->"


def criteria_page() -> str:
    """Every criterion, strand by strand, from its declaration."""
    from essay_marker.assess import criteria

    strands: dict[str, list[Criterion]] = {}
    for criterion in criteria():
        strands.setdefault(criterion.strand, []).append(criterion)
    lines = [
        GENERATED,
        "",
        "# Criteria",
        "",
        "What the program looks at, and why. A criterion gives findings in its own unit; what they are worth is said",
        "by the rubric (`rubrics/`), not here. `essay-marker explain CODE` prints each of these.",
    ]
    for strand, group in strands.items():
        lines += ["", f"## {strand}"]
        for criterion in group:
            lines += ["", *_criterion(criterion)]
    return "\n".join(lines) + "\n"


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield f"### `{criterion.code}`: {_plain(criterion.title)}"
    yield ""
    for label, text in (
        ("Looks at", criterion.looks_at),
        ("Why", criterion.why),
        ("Unit", criterion.unit),
        ("Effect", criterion.effect),
        ("Source", criterion.source),
    ):
        yield f"- **{label}:** {_plain(text)}"
    yield from _examples("Earns", criterion.earns)
    yield from _examples("Does not earn", criterion.does_not_earn)


def _examples(label: str, examples: Iterable[str]) -> Iterator[str]:
    yield f"- **{label}:**"
    for example in examples:
        yield f"  - {_plain(example)}"


def _plain(text: str) -> str:
    """Text on one line, with what Markdown would take for markup made harmless."""
    line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_<>[]#" else letter for letter in line)


def cli_page() -> str:
    """The help page of every command."""
    lines = [
        GENERATED,
        "",
        "# The command line",
        "",
        "Messages go to standard error, results to standard output. `NO_COLOR` and `FORCE_COLOR` are honoured;",
        "`ESSAY_MARKER_DEBUG=1` adds a traceback to the message about a mistake in the program.",
    ]
    for arguments, page in _help_pages():
        lines += ["", f"## {' '.join(('essay-marker', *arguments))}", "", "```text", page.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _help_pages() -> Iterator[tuple[tuple[str, ...], str]]:
    """The arguments that lead to each command, and its page, in the order of the program's own list."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from essay_marker.cli import app

    def walk(command: Any, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield way
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, (*way, name))

    for way in walk(get_command(app), ()):
        done = CliRunner().invoke(app, [*way, "--help"], prog_name="essay-marker", env={"COLUMNS": "80"})
        if done.exit_code != 0:
            raise RuntimeError(f"essay-marker {' '.join(way)} --help failed: {done.output}")
        yield way, done.output


def schema_page() -> str:
    """The JSON Schema of a result."""
    from essay_marker.cli.schema import schema_text

    return schema_text()


PAGES: dict[str, Callable[[], str]] = {
    "criteria.md": criteria_page,
    "cli.md": cli_page,
    "schema.json": schema_page,
}


def main() -> int:
    """Writes the pages, or checks them."""
    parser = argparse.ArgumentParser(description="Writes the generated part of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a page is stale")
    check = parser.parse_args().check
    stale = False
    for name, build in PAGES.items():
        file, new = DOCS / name, build()
        old = file.read_text("utf-8") if file.exists() else ""
        if old == new:
            continue
        stale = True
        if check:
            difference = difflib.unified_diff(old.splitlines(), new.splitlines(), f"docs/{name}", "as it should be")
            print("\n".join([*list(difference)[:40], f"docs/{name} is stale. Run: python docs/build.py"]))
        else:
            file.write_text(new, "utf-8", newline="\n")
            print(f"docs/{name} written")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
