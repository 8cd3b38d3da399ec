"""What the learned taggers look at in a sentence, beside its vector: named numbers that a person can check.

They are what the patterns found: cues, polarity, place, precision, grammar, the topic's terms, and the tags that the
patterns alone would give. The list of names is fixed by the topic and the pattern files, not by what the essays happen
to hold, so that a model and the program can be compared name by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

import numpy as np
import numpy.typing as npt

from essay_marker.annotate.features import FEATURES, Features
from essay_marker.annotate.patterns import SignalScales, cues, tag_weights
from essay_marker.annotate.tagging import ROLES, STANCES, SentenceTags
from essay_marker.topic import Topic


def signal_names(topic: Topic) -> tuple[str, ...]:
    """The names of the signals for ``topic``, in the order of the columns of `signals`."""
    themes = [theme.id for theme in topic.themes]
    return (
        *FEATURES,
        *(f"cue_{cue}" for cue in cues().jobs),
        *(f"role_{role}" for role in ROLES),
        *(f"stance_{stance}" for stance in STANCES),
        *("judgement", "success", "limitation", "own_success", "own_limitation", "balance", "two_sided", "events"),
        *("balance_before", "balance_after", "balance_paragraph"),
        *("quoted_share", "length", "place", "references"),
        *(f"{kind}_{theme}" for kind in ("theme", "terms", "paragraph") for theme in themes),
    )


def signals(sentences: Sequence[SentenceTags], topic: Topic) -> npt.NDArray[np.float64]:
    """A row for each of an essay's ``sentences``, a column for each of `signal_names`."""
    names = signal_names(topic)
    column = {name: i for i, name in enumerate(names)}
    found = np.zeros((len(sentences), len(names)))
    scales = tag_weights().signals
    around = _around(sentences, scales)
    for row, (sentence, beside) in enumerate(zip(sentences, around, strict=True)):
        for name, value in (_alone(sentence, scales) | beside).items():
            found[row, column[name]] = value
    return found


def _alone(sentence: SentenceTags, scales: SignalScales) -> Features:
    polarity = sentence.polarity
    found = dict(sentence.features)
    found[f"stance_{sentence.stance}"] = 1.0
    found["judgement"] = float(sentence.judgement)
    found["success"] = _part(polarity.success, scales.polarity)
    found["limitation"] = _part(polarity.limitation, scales.polarity)
    found["own_success"] = _part(polarity.own_success, scales.polarity)
    found["own_limitation"] = _part(polarity.own_limitation, scales.polarity)
    found["balance"] = _balance(sentence, scales.balance)
    found["two_sided"] = float(polarity.two_sided)
    found["events"] = max(-scales.balance, min(scales.balance, polarity.events))
    found["quoted_share"] = sentence.quoted_share
    found["length"] = _part(sentence.tokens, scales.tokens)
    terms = sentence.terms
    found |= {f"theme_{theme}": scales.topical for theme in terms.themes}
    found |= {f"terms_{theme}": scales.topical * _part(weight, scales.polarity) for theme, weight in terms.own.items()}
    found |= {f"paragraph_{theme}": scales.topical * share for theme, share in terms.lent.items()}
    return found


def _around(sentences: Sequence[SentenceTags], scales: SignalScales) -> list[Features]:
    """What is seen only beside the others: the neighbours' polarity, the place in the essay, the habit of citing."""
    found: list[Features] = [{} for _ in sentences]
    paragraphs = max((s.paragraph for s in sentences), default=-1) + 1
    standing = [s for s in sentences if s.paragraph >= 0]  # a title or a list is no sentence that could cite
    references = sum(s.cited for s in standing) / max(len(standing), 1)
    balances: defaultdict[int, list[float]] = defaultdict(list)
    for sentence in sentences:
        balances[sentence.paragraph].append(_balance(sentence, scales.balance))
    for sentence, beside in zip(sentences, found, strict=True):
        beside["balance_paragraph"] = fmean(balances[sentence.paragraph])
        beside["place"] = max(sentence.paragraph, 0) / max(paragraphs, 1)
        beside["references"] = references
    for before, after in pairwise(range(len(sentences))):
        if sentences[before].paragraph == sentences[after].paragraph:
            found[before]["balance_after"] = _balance(sentences[after], scales.balance)
            found[after]["balance_before"] = _balance(sentences[before], scales.balance)
    return found


def _balance(sentence: SentenceTags, most: float) -> float:
    return max(-most, min(most, sentence.polarity.balance)) / most


def _part(value: float, most: float) -> float:
    return min(value, most) / most
