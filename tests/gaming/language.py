"""Changes of spelling, typing, marks and layout: what says the same in another dress, and what says nothing at all."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Sequence

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def _listed(words: str) -> list[str]:
    return words.split()


# --- British and American spelling ----------------------------------------------------------------------------------

_KEEP_ISE = frozenset(
    _listed(
        """
    advise advised apprise arise braise bruise chastise circumcise compromise comprise concise cruise demise
    despise devise disenfranchise disguise enfranchise enterprise excise exercise expertise franchise
    improvise incise likewise merchandise noise otherwise paradise poise praise precise premise promise raise
    revise rise supervise surmise surprise televise treatise wise anise appraise counterpoise malaise
    """
    )
)
_ISE = re.compile(r"\b([A-Za-z-]{3,}?)(is)(e[sd]?|ing|ations?|ers?)\b")
_OUR = re.compile(
    r"\b((?:de-?)?(?:lab|hon|fav|col|behavi|rum|neighb|endeav|harb|vig|rig|hum|flav|splend|arm|cand|ferv|val|od|sav"
    r"|clam|glam|sav|succ|tum|parl|enam))our(?=[a-z]*\b)",
    re.IGNORECASE,
)
_AMERICAN = {
    "analyse": "analyze",
    "analysed": "analyzed",
    "analysing": "analyzing",
    "paralyse": "paralyze",
    "paralysed": "paralyzed",
    "centre": "center",
    "centres": "centers",
    "centred": "centered",
    "theatre": "theater",
    "theatres": "theaters",
    "metres": "meters",
    "litres": "liters",
    "sombre": "somber",
    "programme": "program",
    "programmes": "programs",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "sceptical": "skeptical",
    "sceptic": "skeptic",
    "sceptics": "skeptics",
    "scepticism": "skepticism",
    "travelled": "traveled",
    "travelling": "traveling",
    "cancelled": "canceled",
    "labelled": "labeled",
    "modelled": "modeled",
    "signalled": "signaled",
    "quarrelled": "quarreled",
    "channelled": "channeled",
    "counselled": "counseled",
    "levelled": "leveled",
    "grey": "gray",
    "judgement": "judgment",
    "judgements": "judgments",
    "fulfil": "fulfill",
    "fulfilled": "fulfilled",
    "skilful": "skillful",
    "skilfully": "skillfully",
    "wilful": "willful",
    "ageing": "aging",
    "plough": "plow",
    "ploughed": "plowed",
    "ploughing": "plowing",
    "mould": "mold",
    "catalogue": "catalog",
    "dialogue": "dialog",
    "whilst": "while",
    "towards": "toward",
    "afterwards": "afterward",
    "learnt": "learned",
    "fertiliser": "fertilizer",
    "cosy": "cozy",
    "enrol": "enroll",
    "practise": "practice",
    "practised": "practiced",
    "storey": "story",
    "cheque": "check",
    "manoeuvre": "maneuver",
    "manoeuvred": "maneuvered",
    "outmanoeuvred": "outmaneuvered",
    "manoeuvres": "maneuvers",
}


def american(text: str) -> str:
    """``text`` in American spelling."""
    text = _ISE.sub(_with_z, text)
    text = _OUR.sub(r"\1or", text)
    return _WORD.sub(lambda m: _like(m[0], _AMERICAN[m[0].lower()]) if m[0].lower() in _AMERICAN else m[0], text)


def _with_z(found: re.Match[str]) -> str:
    stem, _, end = found.groups()
    base = f"{stem}ise".lower()
    kept = base.rpartition("-")[2] in _KEEP_ISE or (end.startswith("er") and base in {"raise", "rise"})
    return found[0] if kept else f"{stem}iz{end}"


def _like(pattern: str, word: str) -> str:
    """``word`` with the capitals of ``pattern``."""
    return word.capitalize() if pattern[:1].isupper() else word


# --- typing errors --------------------------------------------------------------------------------------------------


def mistyped(text: str, chance: random.Random, one_in: int = 40) -> str:
    """``text`` with a typing error in one word of so many: letters swapped, left out or doubled."""
    words = [m for m in _WORD.finditer(text)]
    longer = [m for m in words if len(m[0]) > 3]
    chosen = sorted(chance.sample(longer, min(len(longer), round(len(words) / one_in))), key=lambda m: -m.start())
    for found in chosen:
        text = text[: found.start()] + _mistype(found[0], chance) + text[found.end() :]
    return text


def _mistype(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )


# --- marks and layout -----------------------------------------------------------------------------------------------


def straight_marks(text: str) -> str:
    """Typewriter quotation marks and apostrophes."""
    return text.translate(str.maketrans("‘’“”", "''\"\""))


def curly_marks(text: str) -> str:
    """Printers' quotation marks and apostrophes."""
    text = re.sub(r'(^|(?<=[\s(\[—–]))"', "“", text).replace('"', "”")
    return re.sub(r"(^|(?<=[\s(\[—–“]))'(?=\w)", "‘", text).replace("'", "’")


def other_marks(text: str) -> str:
    """Printers' marks where there are typewriters', and the other way round."""
    return curly_marks(text) if re.search(r"[\"']", text) else straight_marks(text)


def wrapped(text: str, width: int = 72) -> str:
    """Lines of a fixed width, as a mail or a typewriter makes them."""
    return "\n\n".join(
        textwrap.fill(block, width, break_long_words=False, break_on_hyphens=False) if "\n" not in block else block
        for block in text.split("\n\n")
    )


# --- connectives and nonsense ---------------------------------------------------------------------------------------


def lowered(sentence: str) -> str:
    """The sentence with a small first letter, where the first word is one that has it within a sentence."""
    first = re.match(r"[A-Za-z]+", sentence)
    return sentence[0].lower() + sentence[1:] if first and first[0].lower() in FUNCTION_WORDS - {"i"} else sentence


FUNCTION_WORDS = frozenset(
    _listed(
        """
    a about above after against all also although always an and any are as at be because been before being
    both but by can cannot could did do does even every few first for from had has have he her here him his
    how however i if in into is it its itself many may might more most much must neither never no nobody nor
    not nothing of on once one only or other our out over own perhaps rather same several she should since so
    some still such than that the their them then there these they this those though through thus to too under
    until up upon very was we were what when where which while who whom whose why will with within without
    would yet you
    """
    )
)


def salad(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """All the words of the sentences in any order, in sentences as long as they were."""
    words = [m[0] for s in sentences for m in _WORD.finditer(s)]
    chance.shuffle(words)
    found, at = [], 0
    for sentence in sentences:
        size = len(_WORD.findall(sentence))
        part = words[at : at + size]
        at += size
        if part:
            found.append(f"{part[0][:1].upper()}{' '.join(part)[1:]}.")
    return found


def swapped(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """The same sentences with every word of meaning changed places with another of the same ending."""
    places: dict[str, list[tuple[int, int, int]]] = {}
    kinds: dict[str, list[str]] = {}
    for i, sentence in enumerate(sentences):
        for found in _WORD.finditer(sentence):
            if found[0].lower() in FUNCTION_WORDS:
                continue
            kind = _ending(found[0], found.start() == 0)
            places.setdefault(kind, []).append((i, found.start(), found.end()))
            kinds.setdefault(kind, []).append(found[0])
    edits: list[tuple[int, int, int, str]] = []
    for kind, spots in places.items():
        words = kinds[kind]
        chance.shuffle(words)
        edits += [(*spot, word) for spot, word in zip(spots, words, strict=True)]
    changed = list(sentences)
    for i, start, end, word in sorted(edits, reverse=True):
        changed[i] = changed[i][:start] + word + changed[i][end:]
    return changed


def _ending(word: str, opens: bool) -> str:
    if opens:
        return "opening"
    if word[0].isupper():
        return "name"
    return next((e for e in ("ing", "ed", "ly", "tion", "ism", "ment", "ity", "al", "s") if word.endswith(e)), "other")


_FRAMES: tuple[Callable[[list[str], list[str], list[str]], str], ...] = (
    lambda t, v, n: f"{t[0]} {v[0]} the {n[0]} of {t[1]} because {t[2]} {v[1]} its {n[1]}.",
    lambda t, v, n: f"Although {t[0]} {v[0]} {t[1]}, the {n[0]} {v[1]} {t[2]} to a large extent.",
    lambda t, v, n: f"This shows that {t[0]} {v[0]} every {n[0]}, so {t[1]} {v[1]} the {n[1]} of {t[2]}.",
    lambda t, v, n: f"The {n[0]} of {t[0]} {v[0]} {t[1]} and therefore {t[2]} {v[1]} a {n[1]}.",
    lambda t, v, n: f"Measured by {t[0]}, {t[1]} {v[0]} more {n[0]} than {t[2]} {v[1]}.",
)
_VERBS = _listed(
    "harvested censored outweighed invaded rehabilitated printed renamed planted swallowed taxed whispered"
)
_NOUNS = _listed("harvest mausoleum ladder verdict spoon province silence quota teacup rehearsal umbrella congress")


def joined_terms(terms: Sequence[str], sentences: int, chance: random.Random) -> list[str]:
    """Sentences with a verb and the sound of an argument, out of terms of the topic and any words that fit."""
    return [
        frame(chance.sample(list(terms), 3), chance.sample(_VERBS, 2), chance.sample(_NOUNS, 2))
        for frame in (chance.choice(_FRAMES) for _ in range(sentences))
    ]
