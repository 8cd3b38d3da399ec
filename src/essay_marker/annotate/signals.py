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
from essay_marker.annotate.patterns import cues
from essay_marker.annotate.tagging import ROLES, STANCES, SentenceTags
from essay_marker.topic import Topic

# Numbers are brought to about 0 to 1, and cut off where more says nothing new.
_MOST_POLARITY = 3.0
_MOST_BALANCE = 2.0
_MOST_TOKENS = 60
# What the topic's terms say of a theme is the surest thing known of it: twice the size means a quarter of the penalty.
_TOPICAL = 2.0


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
    around = _around(sentences)
    for row, (sentence, beside) in enumerate(zip(sentences, around, strict=True)):
        for name, value in (_alone(sentence) | beside).items():
            found[row, column[name]] = value
    return found


def _alone(sentence: SentenceTags) -> Features:
    polarity = sentence.polarity
    found = dict(sentence.features)
    found[f"stance_{sentence.stance}"] = 1.0
    found["judgement"] = float(sentence.judgement)
    found["success"] = _part(polarity.success, _MOST_POLARITY)
    found["limitation"] = _part(polarity.limitation, _MOST_POLARITY)
    found["own_success"] = _part(polarity.own_success, _MOST_POLARITY)
    found["own_limitation"] = _part(polarity.own_limitation, _MOST_POLARITY)
    found["balance"] = _balance(sentence)
    found["two_sided"] = float(polarity.two_sided)
    found["events"] = max(-_MOST_BALANCE, min(_MOST_BALANCE, polarity.events))
    found["quoted_share"] = sentence.quoted_share
    found["length"] = _part(sentence.tokens, _MOST_TOKENS)
    terms = sentence.terms
    found |= {f"theme_{theme}": _TOPICAL for theme in terms.themes}
    found |= {f"terms_{theme}": _TOPICAL * _part(weight, _MOST_POLARITY) for theme, weight in terms.own.items()}
    found |= {f"paragraph_{theme}": _TOPICAL * share for theme, share in terms.lent.items()}
    return found


def _around(sentences: Sequence[SentenceTags]) -> list[Features]:
    """What is seen only beside the others: the neighbours' polarity, the place in the essay, the habit of citing."""
    found: list[Features] = [{} for _ in sentences]
    paragraphs = max((s.paragraph for s in sentences), default=-1) + 1
    standing = [s for s in sentences if s.paragraph >= 0]  # a title or a list is no sentence that could cite
    references = sum(s.cited for s in standing) / max(len(standing), 1)
    balances: defaultdict[int, list[float]] = defaultdict(list)
    for sentence in sentences:
        balances[sentence.paragraph].append(_balance(sentence))
    for sentence, beside in zip(sentences, found, strict=True):
        beside["balance_paragraph"] = fmean(balances[sentence.paragraph])
        beside["place"] = max(sentence.paragraph, 0) / max(paragraphs, 1)
        beside["references"] = references
    for before, after in pairwise(range(len(sentences))):
        if sentences[before].paragraph == sentences[after].paragraph:
            found[before]["balance_after"] = _balance(sentences[after])
            found[after]["balance_before"] = _balance(sentences[before])
    return found


def _balance(sentence: SentenceTags) -> float:
    return max(-_MOST_BALANCE, min(_MOST_BALANCE, sentence.polarity.balance)) / _MOST_BALANCE


def _part(value: float, most: float) -> float:
    return min(value, most) / most
