"""The declarative knowledge of the language of argument, loaded from ``models/patterns``."""

from __future__ import annotations

import re
from functools import lru_cache

from essay_marker.annotate.belonging import ElsewhereLimits
from essay_marker.data import Record, load_yaml, sha256_of
from essay_marker.errors import DataError
from essay_marker.resources import models_dir

Words = tuple[str, ...]


class CueEntry(Record, frozen=True, kw_only=True):
    """One kind of cue as written in ``cues.yaml``."""

    id: str
    job: str
    patterns: Words
    start: bool = False


class CueFile(Record, frozen=True, kw_only=True):
    """``cues.yaml``."""

    cues: tuple[CueEntry, ...]


class PolarityWords(Record, frozen=True, kw_only=True):
    """``polarity.yaml``: which words say that things went well or badly."""

    success: Words
    limitation: Words
    ills: Words
    goods: Words
    reducers: Words
    keepers: Words
    negators: Words
    intentions: Words
    other_sense: Words
    faint_success: Words = ()  # these two say so less surely, and weigh half
    faint_limitation: Words = ()
    counterfactual: Words = ()  # with a name of the ``old_days``: times had changed
    old_days: Words = ()


class Weights(Record, frozen=True, kw_only=True):
    """Feature weights of one layer: for each label a constant and a weight for each feature."""

    labels: dict[str, dict[str, float]]


class ThemeWeights(Record, frozen=True, kw_only=True):
    """What a theme's terms weigh, and how much a sentence needs."""

    threshold: float
    strong: float
    supporting: float
    paragraph: float
    combination: float
    carried: float


class StanceWeights(Record, frozen=True, kw_only=True):
    """How polarity becomes a stance.

    ``carry``: the part of a paragraph's standing polarity that the next sentence starts from; ``sure``: the polarity
    below which a sentence has no stance; ``mixed``: the share of the stronger side that the weaker must have in a
    claim or an evaluation, ``mixed_evidence`` elsewhere; ``carry_cap``: the most that is handed on. A paragraph
    with less than ``telling`` of its sentences judging or analysing only tells; a fact in it needs ``telling_sure``.
    ``events``: what a named event weighs; ``most_events``: more of one side count no further.
    """

    carry: float
    sure: float
    mixed: float
    mixed_evidence: float
    carry_cap: float
    telling: float
    telling_sure: float
    events: float
    most_events: float


class PolarityWeights(Record, frozen=True, kw_only=True):
    """How words for success and limitation add up.

    ``reach``: how many words before a word a negator may stand, and how many steps up the tree a governor;
    ``concession``: what words in a concession weigh, ``faint``: what faint words do, where others weigh 1.
    """

    reach: int
    concession: float
    faint: float


class SignalScales(Record, frozen=True, kw_only=True):
    """What brings the signals of the learned taggers to about 0 to 1.

    ``polarity``, ``balance``, ``tokens``: from here on more says nothing new. ``topical``: what the topic's terms say
    of a theme is the surest thing known of it; twice the size means a quarter of the penalty.
    """

    polarity: float
    balance: float
    tokens: int
    topical: float


class RepeatLimits(Record, frozen=True, kw_only=True):
    """When a sentence says again what was said: ``alike`` is a similarity of word triples to a sentence before it.

    A run of ``run`` words (names left out) that ``sentences`` before it hold is nothing new either.
    """

    alike: float
    run: int
    sentences: int


class Limits(Record, frozen=True, kw_only=True):
    """What counts as prose, as English, and as said before."""

    prose_words: int  # fewer words are no sentence
    function_words: float  # the share of function words that English prose has at the least
    repeats: RepeatLimits
    elsewhere: ElsewhereLimits


class TagFile(Record, frozen=True, kw_only=True):
    """``tags.yaml``: the weights of the declarative taggers."""

    limits: Limits
    themes: ThemeWeights
    stance: StanceWeights
    polarity: PolarityWeights
    signals: SignalScales
    role: Weights
    judgement: Weights


def compiled(patterns: Words, what: str) -> re.Pattern[str]:
    """Any of ``patterns``, without regard to case; `DataError` names ``what`` where one is no regular expression."""
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    except re.error as error:
        raise DataError(f"{what} is no regular expression: {error}.") from None


class Cues:
    """The compiled cues: `find` gives every cue in a text."""

    def __init__(self, entries: tuple[CueEntry, ...], source: str) -> None:
        """Compile the patterns; `DataError` names the one that is no regular expression."""
        self.jobs = {entry.id: entry.job for entry in entries}
        self._compiled: list[tuple[str, bool, re.Pattern[str]]] = []
        for entry in entries:
            self._compiled.append((entry.id, entry.start, compiled(entry.patterns, f"{source}: the cue {entry.id!r}")))

    def find(self, sentence: str) -> list[tuple[str, int, int]]:
        """Every cue in ``sentence`` as ``(id, start, end)``, the first of each kind only."""
        found = []
        for kind, _, pattern in self._compiled:
            match = pattern.search(sentence)
            if match:
                found.append((kind, match.start(), match.end()))
        return found


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues of ``models/patterns/cues.yaml``."""
    path = models_dir() / "patterns" / "cues.yaml"
    return Cues(load_yaml(path, CueFile).cues, str(path))


@lru_cache(maxsize=1)
def polarity_words() -> PolarityWords:
    """The lists of ``models/patterns/polarity.yaml``."""
    return load_yaml(models_dir() / "patterns" / "polarity.yaml", PolarityWords)


@lru_cache(maxsize=1)
def tag_weights() -> TagFile:
    """The weights of ``models/patterns/tags.yaml``."""
    return load_yaml(models_dir() / "patterns" / "tags.yaml", TagFile)


@lru_cache(maxsize=1)
def patterns_sha256() -> str:
    """The hash of all pattern files, for the record of what made a result."""
    folder = models_dir() / "patterns"
    return sha256_of(sorted((*folder.glob("*.yaml"), *folder.glob("*.json"))))


def reading_limits() -> Limits:
    """The limits of ``models/patterns/tags.yaml``."""
    return tag_weights().limits
