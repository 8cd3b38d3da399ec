"""How models are fitted: ``models/training.toml``."""

from __future__ import annotations

from fnmatch import fnmatchcase

from essay_marker.annotate.learned import THEME
from essay_marker.data import Record, load_toml
from essay_marker.resources import models_dir
from essay_marker.train.padding import Padding
from essay_marker.train.thresholds import FitSettings


class Strength(Record, frozen=True, kw_only=True):
    """The inverse of the penalty on large coefficients, by layer."""

    themes: float
    judgement: float
    stance: float
    role: float


class WordSettings(Record, frozen=True, kw_only=True):
    """The comparison with plain words: the longest run of words, in how many sentences at least, the strength."""

    longest: int
    essays: int
    strength: float


class Settings(Record, frozen=True, kw_only=True):
    """``training.toml``. ``folds`` and ``inner_folds`` count essays' parts; see the file for the rest."""

    seed: int
    folds: int
    inner_folds: int
    around: tuple[int, ...]
    vector_weight: float
    decimals: int
    level_penalty: float
    level_without: tuple[str, ...]
    iterations: int
    tolerance: float
    strength: Strength
    theme_threshold: float
    words: WordSettings
    thresholds: FitSettings
    padding: Padding

    def threshold_of(self, layer: str) -> float | None:
        """The probability from which a layer says yes; None where it is fitted."""
        return self.theme_threshold if layer.startswith(THEME) else None

    def gives_level(self, signal: str) -> bool:
        """Whether what gives a sentence its level looks at ``signal``."""
        return not any(fnmatchcase(signal, pattern) for pattern in self.level_without)

    def strength_of(self, layer: str) -> float:
        """The strength for a layer by its name in a model."""
        named: float = getattr(self.strength, "themes" if layer.startswith(THEME) else layer)
        return named


def load_settings() -> Settings:
    """The settings that ship with the program; `DataError` where they are wrong."""
    return load_toml(models_dir() / "training.toml", Settings)
