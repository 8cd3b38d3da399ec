"""What tests of training share."""

from __future__ import annotations

from collections.abc import Iterator

import joblib
import pytest

from essay_marker.train.fitting import one_thread as _one_thread


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """scikit-learn in one thread: small fits gain nothing from more, and wait for each other on a busy computer."""
    with _one_thread():
        yield


@pytest.fixture
def one_process() -> Iterator[None]:
    """Keeps what would be dealt to several processes in this one."""
    with joblib.parallel_config(backend="sequential"):
        yield
