"""Essays in a line or two with labels, results that a program could give of them, and an evaluation of it all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from essay_marker.corpus import Unit
from essay_marker.evaluate import Compared, compare, layers
from essay_marker.evaluate.labelled import Header, LabelledEssay
from essay_marker.evaluate.marks import marks_agreement
from essay_marker.evaluate.remarks import remarks
from essay_marker.evaluate.resampling import resampling
from essay_marker.evaluation import FORMAT, EvaluatedEssay, Evaluation, MissingUnit
from essay_marker.records import (
    SCHEMA_VERSION,
    Balance,
    Citations,
    Historian,
    Marks,
    Mention,
    Program,
    ReportedEssay,
    ReportedSentence,
    Result,
    StrandMark,
    TopicFit,
    Withheld,
)
from essay_marker.rubric import load_rubric
from essay_marker.topic import Theme, load_topic

RUBRIC = load_rubric("edexcel-9hi0-essay")
STRANDS = tuple(strand.id for strand in RUBRIC.strands)


def themes() -> tuple[Theme, ...]:
    """The themes that are compared."""
    return load_topic("khrushchev-destalinisation").core_themes


def unit(id_: str, text: str, *historians: tuple[str, str], **fields: Any) -> Unit:
    """A labelled unit: evidence without a theme, a side or a judgement, but for what ``fields`` say."""
    values: dict[str, Any] = {"themes": (), "stance": "none", "role": "evidence", "judgement": False}
    values |= {"id": id_, "text": text, "historians": [{"name": name, "use": use} for name, use in historians]}
    return msgspec.convert(values | fields, Unit)


def sentence(text: str, part: str, **fields: Any) -> ReportedSentence:
    """The sentence ``part`` of ``text`` as the program reports it, tagged like `unit` but for what ``fields`` say."""
    start = text.index(part)
    values: dict[str, Any] = {"themes": (), "stance": "none", "role": "evidence", "judgement": False}
    values |= {
        "start": start,
        "end": start + len(part),
        "paragraph": 0,
        "quoted_share": 0.0,
        "sure": None,
        "levels": None,
    }
    return msgspec.convert(values | fields, ReportedSentence)


def historian(text: str, name: str, *mentions: tuple[str, str]) -> Historian:
    """A historian with these mentions: words of ``text`` and the use."""
    found = [
        {"start": text.index(words), "end": text.index(words) + len(words), "use": use, "year": None, "pages": None}
        for words, use in mentions
    ]
    return Historian(
        name=name,
        full_name=None,
        known=True,
        use="cite",
        mentions=tuple(msgspec.convert(mention, Mention) for mention in found),
    )


def result(
    text: str = "",
    *sentences: ReportedSentence,
    historians: Sequence[Historian] = (),
    mark: int | None = 12,
    level: int = 3,
    reach: int = 2,
    strand_levels: Sequence[int] = (3, 3, 3, 3),
    words: int = 0,
    withheld: Withheld | None = None,
) -> Result:
    """A result with these tags and this mark, give or take ``reach``."""
    return Result(
        schema_version=SCHEMA_VERSION,
        program=Program(
            name="essay-marker", version="0", rubric_sha256="", topic_sha256="", models={"patterns": "f" * 64},
            decided_by={},
        ),
        essay=ReportedEssay(
            source="essay.txt", title=None, question="?", text=text, words=words or len(text.split()), quoted_words=0,
            paragraphs=(), sentences=sentences, bibliography=None, notes=(), repairs=(),
        ),
        topic=TopicFit(id="t", fit=1.0),
        themes=(),
        historians=tuple(historians),
        citations=Citations(style="none", problems=()),
        facts=(),
        balance=Balance(success_words=0, limitation_words=0, verdict=None, criteria=(), counter_arguments=()),
        marks=Marks(
            rubric=RUBRIC.id, out_of=20, withheld=withheld, withheld_message=None,
            level=None if mark is None else level, mark=mark, low=None if mark is None else mark - reach,
            high=None if mark is None else mark + reach, provisional=True, how="", range_how="",
            strands=tuple(
                StrandMark(id=name, label=name, level=strand, score=float(strand), how="", reasons=())
                for name, strand in zip(STRANDS, strand_levels, strict=True)
            ),
            review=(),
        ),
        targets=(),
    )  # fmt: skip


def marked(
    id_: str, mark: int, given: Result, *, level: int | None = None, strands: Sequence[int] = (), **fields: Any
) -> tuple[LabelledEssay, Result]:
    """An essay whose header gives ``mark``, and what the program made of it."""
    levels = {name: {"level": strand} for name, strand in zip(STRANDS, strands, strict=False)}
    header = msgspec.convert({"mark": mark, "level": level, "strands": levels, **fields}, Header)
    return LabelledEssay(id=id_, path=Path(f"{id_}.txt"), units=(), header=header), given


#: What each essay of `evaluation` says, sentence by sentence: text, labels, tags.
SENTENCES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    (
        "Millions came home from the camps, and nobody was shot any more.",
        {"themes": ("terror",), "stance": "success", "role": "claim", "judgement": True},
        {"themes": ("terror",), "stance": "none", "role": "claim"},
    ),
    (
        "The Virgin Lands gave grain for a few years.",
        {"themes": ("economy",), "stance": "success"},
        {"themes": ("economy", "thaw"), "stance": "success"},
    ),
    (
        "So the new party line changed little in the villages.",
        {"themes": ("economy",), "stance": "limitation", "role": "analysis"},
        {"stance": "limitation", "judgement": True},
    ),
)


def compared(essay: str, aside: str = "") -> list[Compared]:
    """The sentences of `SENTENCES` in an essay, with one that is not found; ``aside`` goes behind the first."""
    texts = [text + (aside if number == 0 else "") for number, (text, _, _) in enumerate(SENTENCES)]
    whole = " ".join(texts)
    units = [unit(f"{essay}-{n:03}", text, **SENTENCES[n][1]) for n, text in enumerate(texts)]
    units.append(unit(f"{essay}-999", "This line was cut from the essay after somebody had labelled every word of it."))
    said = result(whole, *(sentence(whole, text, **SENTENCES[n][2]) for n, text in enumerate(texts)))
    return list(compare(essay, units, said))


def evaluation(essays: int = 4, aside: str = "", resamples: int = 50) -> Evaluation:
    """An evaluation on so many essays, each with the same sentences; the program is two marks off at most."""
    ids = [f"e{number:02}" for number in range(1, essays + 1)]
    units = [each for name in ids for each in compared(name, aside)]
    pairs = [
        marked(name, 4 + 3 * n, result(mark=5 + 3 * n - n % 3, level=2, reach=n % 2, words=300 + 90 * n), level=2,
               strands=(2, 2, 3, 3))
        for n, name in enumerate(ids)
    ]  # fmt: skip
    told = tuple(_told(name, units, learned_from=number == 0) for number, name in enumerate(ids))
    marks = marks_agreement(pairs, RUBRIC, resamples=resamples)
    drawn = resampling(essays, essays, resamples)
    return Evaluation(
        format=FORMAT,
        program=pairs[0][1].program,
        topic="khrushchev-destalinisation",
        rubric=RUBRIC.id,
        essays=told,
        units=4 * essays,
        found=3 * essays,
        resampling=drawn,
        layers=layers(units, themes(), resamples=resamples),
        marks=marks,
        remarks=tuple(remarks(told, marks, drawn)),
    )


def _told(essay: str, units: Sequence[Compared], *, learned_from: bool) -> EvaluatedEssay:
    own = [each for each in units if each.essay == essay]
    missing = [MissingUnit(unit=each.unit.id, text=each.unit.text) for each in own if each.said is None]
    return EvaluatedEssay(
        id=essay, source=f"{essay}.txt", sha256="", words=40, units=len(own), found=len(own) - len(missing),
        missing=tuple(missing), marked=True, learned_from=learned_from, withheld=None,
    )  # fmt: skip


def write_labels(path: Path, units: Sequence[Unit]) -> None:
    """Writes a labels file."""
    path.write_text("".join(json.dumps(msgspec.to_builtins(each)) + "\n" for each in units), "utf-8")
