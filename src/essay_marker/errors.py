"""What can go wrong, as sentences for a teacher.

    EssayMarkerError
    ├── InputError        an essay cannot be read
    ├── DataError         a rubric, topic or model file is wrong
    └── ModelError        the English language model is missing or damaged

Every message names the file (and the place in it, where there is one) and says what to do.
"""

from __future__ import annotations


class EssayMarkerError(Exception):
    """Base of every error that the program raises on purpose; its text is shown to the user as it is."""


class InputError(EssayMarkerError):
    """An essay cannot be read: missing, empty, binary, too large, or in no encoding we know."""


class DataError(EssayMarkerError):
    """A rubric, a topic or a tagger's data is missing or wrong."""


class ModelError(EssayMarkerError):
    """The English language model cannot be loaded."""
