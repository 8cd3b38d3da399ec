"""What a learner is called in files and reports: a safe name for files, and a pseudonym in anonymous mode.

A pseudonym is made of the name and of a secret key that stays on the teacher's computer, outside the results: the same
learner is the same one in every class and every year, and without the key nobody can find who it is by trying names.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from essay_marker.batch.submissions import Submission
from essay_marker.errors import DataError

KEY_BYTES: Final = 32
_LONGEST: Final = 60
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


# --- names of files -------------------------------------------------------------------------------------------------


def file_ids(submissions: Sequence[Submission]) -> list[str]:
    """An id for each learner, in order, which is also the name of their files: no two are alike.

    It is made of the learner's own name and number alone, so that it stays the same when others hand in more.
    """
    ids = [_file_id(s.learner, s.number) for s in submissions]
    often = Counter(ids)
    return [f"{i}-{_hash(s.identity)}" if often[i] > 1 else i for i, s in zip(ids, submissions, strict=True)]


def _file_id(learner: str, number: str | None) -> str:
    plain = unicodedata.normalize("NFKD", learner).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    # what loses anything but capitals is told apart from what looks the same without it
    exact = slug.replace("-", " ") == learner.casefold() and len(slug) <= _LONGEST and not _RESERVED.fullmatch(slug)
    parts = [slug[:_LONGEST].strip("-") or "learner"]
    if number is not None:
        parts.append(re.sub(r"[^a-z0-9]", "", number.lower()) or _hash(number))
    elif not exact:
        parts.append(_hash(learner))
    return "-".join(parts)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


# --- pseudonyms -----------------------------------------------------------------------------------------------------


def pseudonyms(submissions: Sequence[Submission], key: bytes) -> list[str]:
    """A pseudonym for each learner, in order: "Learner K7M2QX". Name order and capitals make no difference."""
    names = [" ".join(sorted(re.findall(r"\w+", s.learner.casefold()))) or s.learner for s in submissions]
    often = Counter(names)  # two learners of one name are told apart by what the platform says of them
    return [
        pseudonym(f"{n}\n{s.identity}" if often[n] > 1 else n, key) for n, s in zip(names, submissions, strict=True)
    ]


def pseudonym(name: str, key: bytes) -> str:
    """The pseudonym of one name."""
    number = int.from_bytes(hmac.new(key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).digest(), "big")
    letters = []
    for _ in range(6):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return f"Learner {''.join(letters).upper()}"


def default_key_file() -> Path:
    """Where the key lies where no other place is named: with the user's own data."""
    if sys.platform == "win32":
        above = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        above = Path.home() / "Library" / "Application Support"
    else:
        above = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return above / "essay-marker" / "pseudonyms.key"


def load_key(path: Path) -> bytes:
    """The key in a file, which is made where there is none.

    Raises:
        DataError: The file cannot be read or made, or holds no key.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
        key = bytes.fromhex(path.read_text("ascii"))
    except OSError as error:
        raise DataError(f"{path}: the key of the pseudonyms cannot be read or made ({error.strerror}).") from None
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise DataError(f"{path}: this is no key of pseudonyms. Name another file; a new key gives new pseudonyms.")
    return key
