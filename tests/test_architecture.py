"""The architecture of ``pyproject.toml``, held against the code, and the contracts themselves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

#: Each heavy library's homes.
HOMES = {
    "typer": {"cli"},
    "spacy": {"annotate"},
    "onnxruntime": {"annotate"},
    "jinja2": {"report"},
    "yaml": {"data"},
    "sklearn": {"train", "agreement"},
    "lxml": {"documents", "read"},
    "pypdf": {"read"},
    "openpyxl": {"marksheet"},
}


def lint_imports(root: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs import-linter over the checkout at ``root``."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=root,
        env=environment | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        timeout=120,
    )


def modules(root: Path) -> set[str]:
    """The modules and packages at the top of the program."""
    source = root / "src" / "essay_marker"
    files = {path.stem for path in source.glob("*.py")}
    return files - {"__init__", "__main__", "_version"} | {path.parent.name for path in source.glob("*/__init__.py")}


@pytest.fixture(scope="module")
def contracts(root: Path) -> dict[str, Any]:
    with (root / "pyproject.toml").open("rb") as file:
        return {c["id"]: c for c in tomllib.load(file)["tool"]["importlinter"]["contracts"]}


def test_the_contracts_hold(root: Path, environment: dict[str, str]) -> None:
    done = lint_imports(root, environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_a_library_is_forbidden_to_every_module_but_its_homes(
    root: Path, contracts: dict[str, Any], library: str, homes: set[str]
) -> None:
    contract = contracts[library]
    assert library in contract["forbidden_modules"]
    assert set(contract["source_modules"]) == {f"essay_marker.{name}" for name in modules(root) - homes}


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("report/__init__.py", "import essay_marker.mark", "Imports go downwards only"),
        ("records.py", "import essay_marker.pipeline", "Imports go downwards only"),
        ("astray.py", "", "Imports go downwards only"),
        ("assess/__init__.py", "import spacy", "spaCy is at home in annotate"),
        ("pipeline.py", "from sklearn import svm", "Nothing that trains"),
        ("cli/score.py", "import essay_marker.train", "Nothing that trains"),
        ("checking.py", "import joblib", "scikit-learn and what it brings"),
        ("train/settings.py", "import onnxruntime", "The sentence vectors are at home in annotate"),
        ("agreement.py", "import pickle", "No pickles"),
    ],
)
def test_a_broken_contract_is_noticed(
    root: Path, environment: dict[str, str], tmp_path: Path, file: str, line: str, contract: str
) -> None:
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "templates"))
    with (tmp_path / "src/essay_marker" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    done = lint_imports(tmp_path, environment)
    assert done.returncode == 1
    assert re.search(rf"^{contract}.* BROKEN", done.stdout, re.MULTILINE)


def test_marking_an_essay_loads_nothing_that_trains(environment: dict[str, str], exemplars: Path) -> None:
    program = (
        "import sys\n"
        "from essay_marker import score_essay\n"
        f"score_essay({str(exemplars / 'e04.txt')!r})\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "spacy" in loaded  # the list is one of modules
    assert not {"sklearn", "scipy", "joblib", "threadpoolctl"} & loaded
