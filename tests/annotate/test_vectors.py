"""Sentence vectors: how text is cut into the encoder's pieces, what it makes of them, and files that are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest

from essay_marker.annotate import vectors
from essay_marker.annotate.vectors import (
    SentenceVectors,
    VectorsCard,
    WordPieces,
    check_files,
    encoder_file,
    likely_sentences,
    load_card,
    vectors_folder,
)
from essay_marker.errors import ModelError

PIECES = ("[CLS]", "[SEP]", "[UNK]", "stalin", "stal", "##in", "##i", "de", "-", "cafe", "un", "##able", "$", "£5", ".")


@pytest.fixture(scope="module")
def encoder() -> SentenceVectors:
    return SentenceVectors()


def pieces(text: str, most_tokens: int = 20, most_letters: int = 12) -> list[str]:
    """How ``text`` is cut with the hand-made vocabulary."""
    card = msgspec.structs.replace(load_card(), most_tokens=most_tokens, most_letters=most_letters)
    return [PIECES[number] for number in WordPieces(PIECES, card).numbers(text)]


def bare(text: str) -> list[str]:
    """The same without the marks of start and end."""
    first, *found, last = pieces(text)
    assert (first, last) == ("[CLS]", "[SEP]")
    return found


# --- word pieces ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stalin", ["stalin"]),  # not stal + in: the longest that fits
        ("stalini", ["stalin", "##i"]),
        ("stali", ["stal", "##i"]),
        ("unable", ["un", "##able"]),
        ("able", ["[UNK]"]),  # a piece that only continues begins nothing
        ("stalinxi", ["[UNK]"]),  # one letter that fits nowhere makes the whole word unknown
        ("STALIN Café", ["stalin", "cafe"]),
        ("Cafe\N{COMBINING ACUTE ACCENT}", ["cafe"]),
        ("de-Stalin.", ["de", "-", "stalin", "."]),
        ("de$de", ["de", "$", "de"]),
        ("£5.", ["£5", "."]),  # other symbols are parts of words
        ("de\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\tde\n", ["de", "de"]),
        ("stalin" * 2, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_pieces(text: str, expected: list[str]) -> None:
    assert bare(text) == expected


def test_a_word_of_too_many_letters_is_unknown() -> None:
    assert pieces("unable", most_letters=6)[1:-1] == ["un", "##able"]
    assert pieces("unable", most_letters=5)[1:-1] == ["[UNK]"]


def test_a_sentence_is_cut_at_the_most_pieces_and_still_ends() -> None:
    assert pieces("de " * 30, most_tokens=5) == ["[CLS]", "de", "de", "de", "[SEP]"]
    assert pieces("de de de", most_tokens=5) == ["[CLS]", "de", "de", "de", "[SEP]"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [  # as the library `tokenizers` cuts them with this vocabulary
        ("hello world", [7592, 2088]),
        ("Destalinisation", [4078, 9080, 5498, 26652]),
        ("Khrushchev's de-Stalinisation", [1047, 8093, 20668, 16179, 1005, 1055, 2139, 1011, 13125, 6648]),
        ("Naïve: Café déjà", [15743, 1024, 7668, 2139, 3900]),
        ("It cost £5m (50%).", [2009, 3465, 27813, 2213, 1006, 2753, 1003, 1007, 1012]),
    ],
)
def test_the_shipped_vocabulary_gives_the_pieces_that_the_encoder_was_trained_on(text: str, numbers: list[int]) -> None:
    card = load_card()
    vocabulary = (vectors_folder() / card.vocabulary.file).read_text("utf-8").split("\n")
    assert WordPieces(vocabulary, card).numbers(text) == [101, *numbers, 102]


# --- the encoder ----------------------------------------------------------------------------------------------------

SENTENCES = (
    "Terror ended.",
    "Khrushchev denounced Stalin in a secret speech.",
    "The harvest of 1963 was so poor that grain had to be bought from America, which was a blow to his standing.",
    "He gave a speech behind closed doors that condemned his predecessor.",
    "Maize.",
)


def test_vectors_have_length_one_and_the_cards_size(encoder: SentenceVectors) -> None:
    found = encoder.encode(SENTENCES)
    assert found.shape == (len(SENTENCES), encoder.card.dimensions)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert (found == found.round(4)).all()


def test_a_sentence_has_the_same_vector_alone_and_among_others(encoder: SentenceVectors) -> None:
    many = [*SENTENCES, *SENTENCES[::-1], "", "A word more."]  # more than one batch, of many lengths
    found = encoder.encode(many)
    for row, sentence in zip(found, many, strict=True):
        assert (encoder.encode([sentence])[0] == row).all(), sentence


@pytest.mark.parametrize("nothing", ["", "  \n "])
def test_where_there_is_no_word_the_vector_is_zero(encoder: SentenceVectors, nothing: str) -> None:
    first, second = encoder.encode(["Terror ended.", nothing])
    assert not second.any()
    assert first.any()


def test_quotation_marks_and_who_is_mentioned_change_no_vector(encoder: SentenceVectors) -> None:
    straight, curly = encoder.encode(["""We can't know what "thaw" meant.""", "We can’t know what “thaw” meant."])
    assert (straight == curly).all()
    first, second = encoder.encode(["Aisha, a friend, saw it otherwise.", "Oliver, a friend, saw it otherwise."])
    assert (first == second).all()


def test_no_sentence_gives_no_row(encoder: SentenceVectors) -> None:
    assert encoder.encode([]).shape == (0, encoder.card.dimensions)


def test_like_meaning_is_nearer_than_like_topic(encoder: SentenceVectors) -> None:
    _, speech, harvest, behind_doors, _ = encoder.encode(SENTENCES)
    assert speech @ behind_doors > speech @ harvest + 0.2


def test_what_is_begun_in_the_background_is_the_same(encoder: SentenceVectors) -> None:
    encoder.prepare()
    encoder.prepare()
    begun = [encoder.begin(SENTENCES[:2]), encoder.begin(SENTENCES[2:])]
    assert (np.vstack([part.result() for part in begun]) == encoder.encode(SENTENCES)).all()


# --- files that are wrong -------------------------------------------------------------------------------------------

REPAIR = "pip install --force-reinstall essay-marker"


def put_card(monkeypatch: pytest.MonkeyPatch, card: VectorsCard) -> None:
    monkeypatch.setattr(vectors, "load_card", lambda: card)


def says(error: pytest.ExceptionInfo[ModelError], words: Sequence[str]) -> None:
    for word in (*words, REPAIR):
        assert word in str(error.value)


def test_the_installed_files_are_those_of_the_card() -> None:
    check_files()


def test_a_missing_package_is_said() -> None:
    with pytest.raises(ModelError) as error:
        encoder_file(msgspec.structs.replace(load_card(), package="no_such_encoder"))
    says(error, ["no_such_encoder", "is not installed"])


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ModelError) as error:
        encoder_file(msgspec.structs.replace(load_card(), file="other.onnx"))
    says(error, ["other.onnx", "is missing"])


def test_an_encoder_of_another_size_is_refused_before_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    put_card(monkeypatch, msgspec.structs.replace(load_card(), bytes=1000))
    with pytest.raises(ModelError) as error:
        SentenceVectors()
    says(error, ["model.onnx", "not the file of sentence vectors the taggers were trained with"])


def test_an_encoder_of_another_hash_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    put_card(monkeypatch, msgspec.structs.replace(load_card(), sha256="0" * 64))
    with pytest.raises(ModelError) as error:
        check_files()
    says(error, ["model.onnx", "damaged or of another version"])


def test_an_edited_vocabulary_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "sentence-vectors"
    shutil.copytree(vectors_folder(), folder)
    monkeypatch.setattr(vectors, "vectors_folder", lambda: folder)
    check_files()
    with (folder / "vocab.txt").open("a", encoding="utf-8") as file:
        file.write("stalin\n")
    with pytest.raises(ModelError) as error:
        check_files()
    says(error, ["vocab.txt", "damaged or of another version"])


def test_a_missing_vocabulary_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put_card(monkeypatch, load_card())
    monkeypatch.setattr(vectors, "vectors_folder", lambda: tmp_path)
    for ask in (check_files, lambda: SentenceVectors().encode(["A sentence."])):
        with pytest.raises(ModelError) as error:
            ask()
        says(error, ["vocab.txt", "is missing"])


def test_a_file_that_is_no_encoder_is_a_model_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"no encoder at all")
    monkeypatch.setattr(vectors, "encoder_file", lambda card: file)
    with pytest.raises(ModelError, match=r"model\.onnx: the sentence vectors cannot be loaded"):
        SentenceVectors().encode(["A sentence."])


def test_what_was_foreseen_changes_no_vector_and_most_sentences_are_foreseen() -> None:
    text = "The terror ended (Dobson 2009: 4). Was it a success? He said so.\n\nThe farms failed in 1963."
    likely = ["The terror ended .", "Was it a success?", "He said so.", "The farms failed in 1963."]
    assert likely_sentences(text) == likely
    alone, ahead = SentenceVectors(), SentenceVectors()
    ahead.foresee(likely)
    asked = ["He said so.", "Something that nobody foresaw.", "He said so."]
    assert (ahead.encode(asked) == alone.encode(asked)).all()
    assert ahead.encode([]).shape == (0, ahead.card.dimensions)
