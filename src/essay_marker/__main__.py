"""``python -m essay_marker`` is ``essay-marker``."""

from essay_marker.cli import main

if __name__ == "__main__":
    main()
