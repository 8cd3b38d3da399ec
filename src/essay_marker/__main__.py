"""``python -m essay_marker`` is ``essay-marker``."""

from essay_marker.cli import program

if __name__ == "__main__":
    program()
