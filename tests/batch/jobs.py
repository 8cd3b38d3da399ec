"""Work for the pool's tests: functions of a module, as workers need them. Nothing heavy is imported here."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def double_unless_fatal(number: int) -> int:
    """Ends its own process on 13, as a parser that runs out of memory does."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def double_at_second_try(job: tuple[int, str]) -> int:
    """Ends its own process the first time it has this job."""
    number, mark = job
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def refuse(number: int) -> int:
    raise ValueError(f"not {number}")


def tell_and_sleep(place: str) -> None:
    Path(place).write_text(str(os.getpid()))
    time.sleep(600)
