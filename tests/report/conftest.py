"""The results that the tests of the report stage show, built by hand in ``building.py``."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from essay_marker.records import Result


@pytest.fixture(scope="session")
def building() -> ModuleType:
    """The module that builds results; tests are no package, so it is loaded from its file."""
    spec = spec_from_file_location("report_building", Path(__file__).with_name("building.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def realistic(building: ModuleType) -> Result:
    result: Result = building.realistic()
    return result


@pytest.fixture(scope="session")
def empty(building: ModuleType) -> Result:
    result: Result = building.empty()
    return result


@pytest.fixture(scope="session")
def hostile(building: ModuleType) -> Result:
    result: Result = building.hostile()
    return result
