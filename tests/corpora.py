"""A small corpus to change: a topic of the project's with three short essays of its own, read twice and labelled."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

QUESTION = "How successful was Khrushchev's policy of de-Stalinisation?"
STRANDS = ("analysis", "knowledge", "judgement", "organisation")

#: Two paragraphs each; no eight words in a row stand in two of them.
TEXTS = {
    "e01": (
        ("People were glad when the old man had died.", "Many prisoners came home from the camps after 1953."),
        ("So it was a success for them.", "But Hungary was crushed by Soviet tanks in the autumn of 1956."),
    ),
    "e02": (
        ("The clearest gain was that no minister was shot any more after Beria.",),
        (
            "This mattered because fear had held the party together until then.",
            "Even so the one-party state stayed, and that is the limit of it.",
        ),
    ),
    "e03": (
        ("Novels about camp life were printed in 1962.", "Pasternak on the other hand was hounded out of his union."),
        ("Judged by how long it lasted, therefore, the thaw failed.",),
    ),
}
MARKS = {"e01": (5, 6), "e02": (12, 14), "e03": (10, 10)}
LEVELS = ((1, 3), (4, 7), (8, 12), (13, 16), (17, 20))


def level_of(mark: int) -> int:
    """The level of a mark by the bands of the mark scheme."""
    return next(level for level, (low, high) in enumerate(LEVELS, 1) if low <= mark <= high)


def strands_of(mark: int) -> dict[str, dict[str, Any]]:
    """All four strands at one mark."""
    return {name: {"level": level_of(mark), "mark": mark} for name in STRANDS}


def reading(reader: str, mark: int) -> dict[str, Any]:
    """One reader's marks, the same for every strand."""
    return {"reader": reader, "level": level_of(mark), "mark": mark, "strands": strands_of(mark), "reason": "Because."}


def header(name: str) -> dict[str, Any]:
    """A header in order, as a table to change."""
    first, second = MARKS[name]
    mark = (first + second + 1) // 2
    return {
        "id": name,
        "question": QUESTION,
        "kind": "timed",
        "voice": "a",
        "level": level_of(mark),
        "mark": mark,
        "set_by": "the project",
        "licence": "MIT",
        "words": sum(len(sentence.split()) for part in TEXTS[name] for sentence in part),
        "planted": ["one thing"],
        "strands": {strand: values | {"reason": "It is so."} for strand, values in strands_of(mark).items()},
        "readings": [reading("first", first), reading("second", second)],
    }


def labels(name: str) -> list[dict[str, Any]]:
    """A unit for every sentence, as tables to change."""
    sentences = [sentence for part in TEXTS[name] for sentence in part]
    return [
        {
            "id": f"{name}-{number:03}",
            "text": sentence,
            "themes": ["terror"],
            "optional_themes": [],
            "stance": "none",
            "role": "claim",
            "judgement": False,
            "historians": [],
        }
        for number, sentence in enumerate(sentences, 1)
    ]


def themes_again(name: str) -> list[dict[str, Any]]:
    """A second reading of every unit's themes, which gives what the labels give, as tables to change."""
    return [{key: unit[key] for key in ("id", "themes", "optional_themes")} for unit in labels(name)]


def write_header(folder: Path, table: dict[str, Any], name: str | None = None) -> Path:
    """Writes a header into a topic's folder; JSON tables and lists on one line are TOML but for the colons."""
    path = folder / "exemplars" / f"{name or table['id']}.toml"
    path.write_text("\n".join(f"{key} = {inline(value)}" for key, value in table.items()) + "\n", "utf-8")
    return path


def inline(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def write_labels(folder: Path, name: str, units: list[dict[str, Any]], ending: str = ".labels.jsonl") -> Path:
    """Writes an essay's labels, a second labeller's or a second reading of themes into a topic's folder."""
    path = folder / "exemplars" / f"{name}{ending}"
    path.write_text("".join(json.dumps(unit, ensure_ascii=False) + "\n" for unit in units), "utf-8")
    return path


def build(source: Path, folder: Path) -> Path:
    """A copy of the topic in ``source`` with the three essays, at ``folder``."""
    (folder / "exemplars").mkdir(parents=True)
    for path in source.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    for name, parts in TEXTS.items():
        text = "\n\n".join(" ".join(part) for part in parts) + "\n"
        (folder / "exemplars" / f"{name}.txt").write_text(text, "utf-8")
        write_header(folder, header(name))
        write_labels(folder, name, labels(name))
    return folder
