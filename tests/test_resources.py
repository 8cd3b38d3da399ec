"""Where the data lie: a checkout wins over the copy in the package, and a missing one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_marker import resources
from essay_marker.errors import DataError


def folders(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).mkdir(parents=True)
    return root


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = folders(tmp_path / "checkout", "rubrics", "corpus", "models")
    (root / "pyproject.toml").touch()
    monkeypatch.setattr(resources, "_CHECKOUT", root)
    return root


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = folders(tmp_path / "package" / "_data", "rubrics", "corpus")
    monkeypatch.setattr(resources, "_installed", lambda: root)
    return root


def test_this_checkout_is_found(root: Path) -> None:
    assert resources.data_root() == root
    assert resources.corpus_dir() == root / "corpus"
    assert resources.rubrics_dir() == root / "rubrics"
    assert resources.models_dir() == root / "models"


def test_a_checkout_wins_over_a_stale_copy(checkout: Path, copy: Path) -> None:
    assert resources.data_root() == checkout


@pytest.mark.parametrize("missing", ["pyproject.toml", "corpus", "rubrics"])
def test_without_a_whole_checkout_the_copy_serves(checkout: Path, copy: Path, missing: str) -> None:
    (checkout / missing).rename(checkout / "elsewhere")
    assert resources.data_root() == copy


def test_the_copy_lies_inside_the_package() -> None:
    assert resources._installed() == Path(resources.__file__).parent / "_data"


def test_a_missing_folder_is_named(checkout: Path, copy: Path) -> None:
    (checkout / "pyproject.toml").unlink()
    with pytest.raises(DataError, match=r"_data.models: the program's models are missing"):
        resources.models_dir()


def test_nothing_at_all_is_an_error_that_says_what_to_do(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "pyproject.toml").unlink()
    for installed in (tmp_path / "nowhere", None):
        monkeypatch.setattr(resources, "_installed", lambda installed=installed: installed)
        with pytest.raises(DataError, match="Install essay-marker again"):
            resources.data_root()
