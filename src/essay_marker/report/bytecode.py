"""Compiled templates, kept beside the templates as Python keeps its own: in ``__pycache__``, and under its rules.

Jinja2 needs about 120 ms to compile the templates of the text report and 2 ms to load them compiled, which a person who
marks one essay would notice. What is loaded has the trust of a ``.pyc`` file: it lies in the program's own folder. A
file that does not fit the template, this version of Jinja2 or this Python is ignored and written anew; where the
folder cannot be written, or Python was told to write no bytecode, nothing is kept.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


class TemplateBytecode(BytecodeCache):
    """Bytecode of the templates of one environment.

    ``settings`` is whatever else the compiled code depends on: the environment's kind and the code of its filters.
    """

    def __init__(self, folder: Path, settings: bytes) -> None:
        self.folder = folder
        self.settings = settings

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` its code, where a file of it is there and fits."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            seal, kept = self._seal(bucket), self._file(bucket).read_bytes()
            if kept.startswith(seal):
                code = marshal.loads(kept[len(seal) :])
                bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``; another process that reads meanwhile sees the old file or the new one."""
        if sys.dont_write_bytecode or bucket.code is None:
            return
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix="new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._seal(bucket) + marshal.dumps(bucket.code))
                Path(name).replace(self._file(bucket))
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _file(self, bucket: Bucket) -> Path:
        kind = sha256(self.settings).hexdigest()[:8]
        return self.folder / f"{bucket.key}-{kind}.{sys.implementation.cache_tag}.jinjac"

    def _seal(self, bucket: Bucket) -> bytes:
        parts = (bucket.checksum.encode(), jinja2.__version__.encode(), MAGIC_NUMBER, self.settings)
        return sha256(b"\0".join(parts)).digest()
