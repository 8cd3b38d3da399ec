"""Kinds of value that several of a topic's files hold."""

from __future__ import annotations

from typing import Annotated

import msgspec

Words = tuple[str, ...]
Year = Annotated[int, msgspec.Meta(ge=1, le=2200)]
IsoDate = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
IsoDates = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")]
