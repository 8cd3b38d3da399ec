"""``python -m tests.classroom FOLDER`` builds the class, to try a whole class out on."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from .building import build


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the class in the folder that is named, and print the command that marks it."""
    parser = argparse.ArgumentParser(prog="python -m tests.classroom", description="Builds a class to try out.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder for the class")
    folder = parser.parse_args(arguments).folder
    try:
        room = build(folder)
    except FileExistsError as error:
        parser.error(f"{error.filename} is there already. Name a new folder.")
    parts = ("essay-marker", "batch", room.submissions, "--moodle", room.worksheet, "-o", room.folder / "marked")
    print(shlex.join(map(str, parts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
