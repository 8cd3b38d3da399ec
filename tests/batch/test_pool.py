"""Many jobs at once, and workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from essay_marker.batch import pool
from essay_marker.batch.pool import Died

HERE = Path(__file__).resolve().parent


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of work, which workers find where this process does."""
    monkeypatch.syspath_prepend(str(HERE))
    import importlib

    return importlib.import_module("jobs")


def made(*numbers: int) -> list[Callable[[], int]]:
    return [partial(int, number) for number in numbers]


def test_every_job_comes_back_with_its_number(jobs: ModuleType) -> None:
    assert dict(pool.each(jobs.double, made(5, 6, 7), 2)) == {0: 10, 1: 12, 2: 14}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="NOT TESTED: no SIGKILL on this system")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_job_that_kills_its_worker_costs_itself_alone(jobs: ModuleType, workers: int) -> None:
    found = dict(pool.each(jobs.double_unless_fatal, made(1, 13, 2, 3), workers))
    assert found == {0: 2, 1: Died(), 2: 4, 3: 6}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="NOT TESTED: no SIGKILL on this system")
def test_a_worker_killed_by_chance_costs_nothing(jobs: ModuleType, tmp_path: Path) -> None:
    work = [partial(tuple, (number, str(tmp_path / str(number)))) for number in (4, 5)]
    assert dict(pool.each(jobs.double_at_second_try, work, 1)) == {0: 8, 1: 10}


def test_what_work_raises_is_raised_here(jobs: ModuleType) -> None:
    with pytest.raises(ValueError, match="not 4"):
        list(pool.each(jobs.refuse, made(4), 1))


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: looks into /proc")
def test_workers_end_with_a_main_process_that_is_killed(environment: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "worker"
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\n"
        "from functools import partial\n"
        "from essay_marker.batch import pool\n"
        "import jobs\n"
        "if __name__ == '__main__':\n"
        "    list(pool.each(jobs.tell_and_sleep, [partial(str, sys.argv[1])], 1))\n"
    )
    env = environment | {"PYTHONPATH": os.pathsep.join([environment["PYTHONPATH"], str(HERE)])}
    main = subprocess.Popen([sys.executable, script, place], env=env)
    try:
        wait_for(lambda: place.exists() and place.read_text() != "", "the worker has begun")
        worker = Path("/proc", place.read_text())
        assert worker.exists()
    finally:
        main.kill()
        main.wait()
    wait_for(lambda: not worker.exists() or "\nState:\tZ" in (worker / "status").read_text(), "the worker has ended")


def wait_for(what: Callable[[], bool], said: str) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, f"NOT SEEN in a minute: {said}"
        time.sleep(0.05)
