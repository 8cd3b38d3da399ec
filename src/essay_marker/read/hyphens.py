"""Words broken over a line end: was the hyphen the writer's, or the line's?"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from essay_marker.read.characters import SOFT_HYPHEN
from essay_marker.read.offsets import Traced, join
from essay_marker.read.repairs import RepairLog
from essay_marker.read.shapes import is_broken_word

# first halves that English joins with a hyphen, and second halves that it hyphenates to any word before them
_FIRST: Final = (
    "all anti counter cross double eighteenth far fifth first five four fourth full great half high ill large left "
    "long low mid middle multi neo newly nineteenth non old one open post quasi right second self semi short single "
    "small state third three top twentieth twenty two ultra vice well wide"
)
_SECOND: Final = (
    "based building called century class controlled driven held in led level like long made making minded off old out "
    "owned party ranking range reaching related run scale sharing sided standing style taking term up wide wing year"
)
_FIRST_HALVES: Final = frozenset(_FIRST.split())
_SECOND_HALVES: Final = frozenset(_SECOND.split())
# a hyphen stays before a vowel where the word would be misread: re-establish, de-escalate, co-operate
_BEFORE_VOWEL: Final = frozenset(("re", "de", "pre", "co"))
# what is no word of its own, so that the half before it is none either: govern-ment, there-fore
_WORD_ENDING: Final = re.compile(
    r"(?:[stcx]ions?|a?tions?|ments?|ness|i?ty|ities|[ct]ials?|[ct]ially|ing|ings|ed|ers?|ly|al|als|ally|ful|fully|less|able|ably|ible|ism|"
    r"isms|ists?|i[sz]ed?|i[sz]ation|i[sz]ing|ous|ously|ive|ively|ance|ence|ances|ences|ant|ents?|ary|ory|ship|ships|"
    r"hood|ward|wards|fore|by|ever|thing|body|where|times|selves|what|how|upon|dom|cal|cally|tic|tical|tics|sion|sions|"
    r"ial|ially|ian|ians|ure|ures|age|ages|ate|ated|ates|ating)\b"
)
_WORD: Final = re.compile(r"\b[^\W\d_]+(?:[-’'][^\W\d_]+)*\b(?![-\u00ad][ \t]*$)", re.MULTILINE)
_SEVERAL: Final = 3
_BROKEN: Final = re.compile(r"\b([^\W\d_]+)-\s*\n\s*([^\W\d_]+)")
_LAST_PIECE: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_FIRST_PIECE: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACES: Final = re.compile(r"[ \t]{2,}|\t")
_LEFT_SOFT_HYPHEN: Final = re.compile(SOFT_HYPHEN)
_CLOSE_DASH_END: Final = re.compile(r"\S[—/]$")
_CLOSE_DASH_START: Final = re.compile(r"—\S")


class Vocabulary(NamedTuple):
    """What a text shows of its words: those it has in one piece, folded, and whether line ends break syllables.

    Most writers never hyphenate: where several words are broken and none plainly between syllables, all the hyphens
    are the writer's.
    """

    words: frozenset[str]
    breaks_syllables: bool

    @classmethod
    def of(cls, text: str) -> Vocabulary:
        """The vocabulary of ``text``."""
        words = frozenset(word.casefold() for word in _WORD.findall(text))
        broken = _BROKEN.findall(text)
        syllables = any(f"{left}{right}".casefold() in words or _WORD_ENDING.fullmatch(right) for left, right in broken)
        return cls(words, syllables or len(broken) < _SEVERAL)


def keeps_hyphen(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether the word broken between ``before``, which ends in its hyphen, and ``after`` is a hyphenated one."""
    first, second = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
    if not first or not second or not second[0][0].islower():
        return True  # de-Stalinisation, 1954-5, Marxism-Leninism
    left, right = first[1].casefold(), second[0].casefold()
    if f"{left}-{right}" in vocabulary.words:
        return True
    if left + right in vocabulary.words:
        return False
    if _WORD_ENDING.match(right):
        return False
    if "-" in left or "-" in right or left in _FIRST_HALVES or right in _SECOND_HALVES:
        return True
    if left in _BEFORE_VOWEL:
        return right[0] in "aeiou"
    if not vocabulary.breaks_syllables:
        return True
    # a long first half that is a word elsewhere makes two words
    return len(left) > 4 and len(right) > 3 and left in vocabulary.words


def glue_lines(parts: list[Traced], vocabulary: Vocabulary, log: RepairLog) -> Traced:
    """The lines of one paragraph in one, words that break over a line end made whole, spaces single."""
    pieces: list[tuple[str, Traced]] = []
    for part in parts:
        if not pieces:
            pieces.append(("", part))
            continue
        glue_before, before = pieces[-1]
        glue = " "
        if before.text.endswith(SOFT_HYPHEN):
            before, glue = before.strip(SOFT_HYPHEN), ""
            log.add("hyphens-dropped")
        elif is_broken_word(before.text, part.text):
            glue = ""
            if keeps_hyphen(before.text, part.text, vocabulary):
                log.add("hyphens-kept")
            else:
                before = before.slice(0, len(before) - 1)
                log.add("hyphens-dropped")
        elif _is_close_dash(before.text, part.text):
            glue = ""
        pieces[-1] = (glue_before, before)
        pieces.append((glue, part))
    return _tidy(join(pieces))


def _tidy(text: Traced) -> Traced:
    """``text`` with single spaces and without soft hyphens that had no second half."""
    text, _ = text.sub(_LEFT_SOFT_HYPHEN, "")
    text, _ = text.sub(_SPACES, " ")
    return text.strip()


def _is_close_dash(before: str, after: str) -> bool:
    """Whether a dash or slash written without spaces stands at the break."""
    return bool(_CLOSE_DASH_END.search(before[-2:]) or _CLOSE_DASH_START.match(after))
