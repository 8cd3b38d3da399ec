"""Sentence vectors: 384 numbers that are near each other for sentences of like meaning.

A frozen all-MiniLM-L6-v2 (Wang and others 2020; Reimers and Gurevych 2019) as an ONNX file, run on this computer. It
is loaded in the background while spaCy parses, since both take their time. What is what stands in
``models/sentence-vectors/vectors.toml``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from essay_marker.annotate.people import with_somebody
from essay_marker.data import Record, load_toml
from essay_marker.errors import ModelError
from essay_marker.resources import models_dir
from essay_marker.topic import Topic

Vectors = npt.NDArray[np.float64]

_DECIMALS = 4  # processors differ in later ones
_SIGNS = frozenset("$+<=>^`|~")  # parted from words like punctuation; other symbols are not
_PLAIN = str.maketrans("‘’“”", "''\"\"")  # one sentence has one vector, whichever quotation marks it is typed with
_BATCH = 8
_BREAK = re.compile(r"(?<=[.?!])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")
_REFERENCE = re.compile(r"\([^()]*\b\d{4}\b[^()]*\)")
_REPAIR = " Run: pip install --force-reinstall essay-marker (it brings the file with it)."


class VocabularyCard(Record, frozen=True, kw_only=True):
    """The word pieces: the file, its hash, and the pieces with a meaning of their own."""

    file: str
    sha256: str
    start: str
    end: str
    unknown: str
    continues: str


class VectorsCard(Record, frozen=True, kw_only=True):
    """``vectors.toml``: which package brings the encoder, and what identifies it."""

    package: str
    file: str
    sha256: str
    bytes: int
    dimensions: int
    most_tokens: int
    most_letters: int
    vocabulary: VocabularyCard


def vectors_folder() -> Path:
    """Where the encoder's card and vocabulary lie."""
    return models_dir() / "sentence-vectors"


def load_card() -> VectorsCard:
    """The encoder's card; `DataError` where it is wrong."""
    return load_toml(vectors_folder() / "vectors.toml", VectorsCard)


def encoder_file(card: VectorsCard) -> Path:
    """The installed encoder. `ModelError` where it is missing or of another size than it should be."""
    spec = importlib.util.find_spec(card.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The package {card.package}, which holds the sentence vectors, is not installed.{_REPAIR}")
    path = Path(next(iter(spec.submodule_search_locations))) / card.file
    if not path.is_file():
        raise ModelError(f"{path}: the file of the sentence vectors is missing.{_REPAIR}")
    if path.stat().st_size != card.bytes:
        raise ModelError(f"{path}: this is not the file of sentence vectors the taggers were trained with.{_REPAIR}")
    return path


def vocabulary_file(card: VectorsCard) -> Path:
    """The word pieces. `ModelError` where they are missing."""
    path = vectors_folder() / card.vocabulary.file
    if not path.is_file():
        raise ModelError(f"{path}: the vocabulary of the sentence vectors is missing.{_REPAIR}")
    return path


def check_files() -> None:
    """Compare the hashes of encoder and vocabulary with the card; `ModelError` where one differs. Takes a moment."""
    card = load_card()
    for path, wanted in (
        (encoder_file(card), card.sha256),
        (vocabulary_file(card), card.vocabulary.sha256),
    ):
        if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise ModelError(
                f"{path}: the file is damaged or of another version (its hash is not the one expected).{_REPAIR}"
            )


def model_path(topic_id: str, folder: Path | None = None) -> Path:
    """Where the model of a topic's learned taggers lies, in ``folder`` or among the program's models."""
    return (folder or models_dir()) / topic_id / "model.json"


def has_model(topic: Topic) -> bool:
    """Whether there are learned taggers for ``topic``; without them the patterns decide, and nothing is encoded."""
    return model_path(topic.id).is_file()


@lru_cache(maxsize=1)
def shared_vectors() -> SentenceVectors:
    """The encoder, loaded once for all topics."""
    return SentenceVectors()


def likely_sentences(text: str) -> list[str]:
    """What the sentences of ``text`` will probably be, by full stops and brackets alone; most turn out to be right."""
    return [" ".join(part.split()) for part in _BREAK.split(_REFERENCE.sub(" ", text)) if part.strip()]


class WordPieces:
    """Cuts text into the encoder's word pieces: the longest that fits, from the left (Wu and others 2016)."""

    def __init__(self, pieces: Sequence[str], card: VectorsCard) -> None:
        """Number the ``pieces`` in their order."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        special = card.vocabulary
        self._start, self._end, self._unknown = (
            self._numbers[p] for p in (special.start, special.end, special.unknown)
        )
        self._continues = special.continues
        self._most_tokens, self._most_letters = card.most_tokens, card.most_letters

    def numbers(self, text: str) -> list[int]:
        """The pieces of ``text`` by number, between the marks of start and end, cut at the most tokens."""
        found = [number for word in _words(text) for number in self._word(word)]
        return [self._start, *found[: self._most_tokens - 2], self._end]

    def _word(self, word: str) -> list[int]:
        if len(word) > self._most_letters:
            return [self._unknown]
        found: list[int] = []
        at = 0
        while at < len(word):
            lead = self._continues if at else ""
            end = next((end for end in range(len(word), at, -1) if lead + word[at:end] in self._numbers), None)
            if end is None:
                return [self._unknown]
            found.append(self._numbers[lead + word[at:end]])
            at = end
        return found


def _words(text: str) -> list[str]:
    """Words in small letters without accents, and each mark of punctuation as one, as the encoder learned them."""
    kept = []
    for letter in unicodedata.normalize("NFD", text.lower().translate(_PLAIN)):
        kind = unicodedata.category(letter)
        if kind == "Mn" or (kind.startswith("C") and not letter.isspace()):
            continue
        kept.append(f" {letter} " if kind.startswith("P") or letter in _SIGNS else letter)
    return "".join(kept).split()


class SentenceVectors:
    """The encoder. It is loaded when first asked for, or ahead of that in the background by `prepare`."""

    def __init__(self) -> None:
        """Find the files; `ModelError` where the encoder is not installed."""
        self.card = load_card()
        self._file = encoder_file(self.card)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sentence-vectors")
        self._loaded: Future[tuple[Any, WordPieces]] | None = None
        self._foreseen: dict[str, Vectors] = {}

    def prepare(self) -> None:
        """Begin to load in the background."""
        if self._loaded is None:
            self._loaded = self._pool.submit(self._load)

    def foresee(self, sentences: Sequence[str]) -> None:
        """Begin to encode what may turn out to be the sentences of the essay at hand; what was foreseen is kept for it.

        This saves time and changes no result: a sentence has one vector, whatever is encoded with it.
        """
        self.prepare()
        self._pool.submit(self._remember, list(sentences))

    def begin(self, sentences: Sequence[str]) -> Future[Vectors]:
        """Begin to encode in the background; the result is what `encode` gives."""
        self.prepare()
        return self._pool.submit(self._recall, list(sentences))

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """A row of unit length for each of ``sentences``, rounded; a row of zeros where there is no word."""
        return self.begin(sentences).result()

    def _remember(self, sentences: list[str]) -> None:
        self._foreseen = dict(zip(sentences, self._encode(sentences), strict=True))

    def _recall(self, sentences: list[str]) -> Vectors:
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._foreseen]
        known = self._foreseen | dict(zip(missing, self._encode(missing), strict=True))
        return np.array([known[sentence] for sentence in sentences]).reshape(len(sentences), self.card.dimensions)

    def _load(self) -> tuple[Any, WordPieces]:
        import onnxruntime  # takes a moment, and has its home here

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the parser has the other core
        options.log_severity_level = 4
        try:
            session = onnxruntime.InferenceSession(str(self._file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own kinds of error have no common ancestor
            raise ModelError(f"{self._file}: the sentence vectors cannot be loaded: {error}") from error
        vocabulary = vocabulary_file(self.card).read_text(encoding="utf-8").split("\n")
        return session, WordPieces(vocabulary, self.card)

    def _encode(self, sentences: list[str]) -> Vectors:
        assert self._loaded is not None
        session, pieces = self._loaded.result()
        numbered = [pieces.numbers(with_somebody(sentence)) for sentence in sentences]
        found = np.zeros((len(sentences), self.card.dimensions))
        # like lengths together, so that little is padded; padding changes no result
        order = sorted((i for i, row in enumerate(numbered) if len(row) > 2), key=lambda i: (len(numbered[i]), i))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            shape = (len(batch), max(len(numbered[i]) for i in batch))
            tokens, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
            for row, i in enumerate(batch):
                tokens[row, : len(numbered[i])] = numbered[i]
                mask[row, : len(numbered[i])] = 1
            fed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
            hidden = session.run(None, fed)[0].astype(np.float64)
            mean = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
            found[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return found.round(_DECIMALS)
