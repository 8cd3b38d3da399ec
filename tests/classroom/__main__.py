"""``python -m tests.classroom FOLDER`` builds the class, to try a whole class out on."""

from __future__ import annotations

import sys
from pathlib import Path

from .building import build


def main() -> int:
    """Build the class in the folder that is named."""
    if len(sys.argv) != 2:
        print("Name a new folder: python -m tests.classroom FOLDER", file=sys.stderr)
        return 2
    try:
        room = build(Path(sys.argv[1]))
    except FileExistsError as error:
        print(f"{error.filename} is there already. Name a new folder.", file=sys.stderr)
        return 2
    print(f"essay-marker batch {room.submissions} --moodle {room.worksheet} -o {room.folder / 'marked'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
