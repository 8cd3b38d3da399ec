"""The table of changes: what is done to an essay, why somebody would, and what may happen to its mark.

Everything that is tested and everything that ``benchmarks/gaming.py`` prints is read off this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import changes as c
from .changes import Change


@dataclass(frozen=True)
class May:
    """What a change may do.

    ``rise`` is the most that any one mark may rise, ``mean_rise`` the most that marks may rise on average; ``fall`` the
    most that a mark may fall. ``unchanged`` is the share of essays whose mark may not move at all. ``lowers`` names a
    strand that has to fall in the share ``lowers_in`` of the essays. ``withheld``: no essay may get a mark.
    ``review`` has to be among the reasons for a person to look, in every essay.
    """

    words: str
    rise: float | None = 1
    mean_rise: float | None = 0.1
    fall: float | None = None
    unchanged: float | None = None
    lowers: str | None = None
    lowers_in: float = 0.9
    withheld: bool = False
    review: str | None = None


TRICK = May("no rise above one mark, and next to none on average")
FOREIGN = May("never a rise", rise=0, mean_rise=0)
SHUFFLED = May("no rise; organisation falls in nine of ten", lowers="organisation")
NO_MARK = May("no mark is given, and the reason is said", rise=None, mean_rise=None, withheld=True)
LAYOUT = May("nothing: one mark at most, and 98 of 100 not at all", fall=1, mean_rise=None, unchanged=0.98)
SLIPS = May("next to nothing: one mark at most, and 90 of 100 not at all", fall=1, mean_rise=None, unchanged=0.90)
PLANTED = May("no rise above one mark, and a person is asked to look", review="planted-text")


@dataclass(frozen=True)
class Row:
    """One change: its name, what is done, why somebody would, what may happen, and how it is done.

    ``base`` is what the changed essay is compared with, where that is not the essay itself. A row with ``again`` is
    marked anew, after all the others, and nothing that was remembered is used.
    """

    id: str
    what: str
    why: str
    may: May
    change: Change
    base: Change | None = None
    again: bool = False


_LENGTH = "a longer text, or one with more key words, may look like more knowledge"
_NAMES = "naming historians may look like using them"
_VOICE = "words that sound like argument may be taken for argument"
_FILL = "text from elsewhere fills the page"
_CUT = "weak or difficult parts are left out so that the rest counts for more"
_HIDDEN = "a reader does not see it, a program may"
_FAIR = "it says nothing about the work"

_PLACES = {"start": "at the start", "middle": "in the middle", "end": "at the end"}
_FOREIGN = {
    "civil-war": "a good essay on another history question",
    "plates": "a scientific text",
    "speech": "a political speech",
}

ROWS: tuple[Row, ...] = (
    Row("terms-appended", "a list of key terms put at the end", _LENGTH, PLANTED, c.terms_appended),
    Row("terms-in-lines", "key terms put at the end, one a line", _LENGTH, PLANTED, c.terms_in_lines),
    Row("terms-listed", "six key terms listed behind every paragraph", _LENGTH, PLANTED, c.terms_listed),
    Row("terms-spread", "a key term put behind every paragraph", _LENGTH, TRICK, c.terms_spread),
    Row(
        "terms-in-sentences",
        "every paragraph ends on a key term that was important",
        _LENGTH,
        TRICK,
        c.terms_in_sentences,
    ),
    Row("historians-named", "ten historians named in a row", _NAMES, PLANTED, c.historians_named),
    Row("historians-argue", "as X argues put behind ten sentences", _NAMES, TRICK, c.historians_argue),
    Row("paragraph-repeated", "the longest paragraph repeated", _LENGTH, PLANTED, c.paragraph_repeated),
    Row("twice", "the whole essay handed in twice over", _LENGTH, PLANTED, c.twice),
    Row("bibliography-again", "the bibliography put in again, twice", _LENGTH, TRICK, c.bibliography_again),
    Row("connectives", "a connective put before every sentence", _VOICE, TRICK, c.connectives),
    Row("hedges", "a hedge put into every sentence", _VOICE, TRICK, c.hedges),
    Row("scheme-paragraph", "a paragraph in the words of mark schemes", _VOICE, PLANTED, c.scheme_paragraph),
    Row(
        "scheme-spread", "a sentence in the words of mark schemes in every paragraph", _VOICE, PLANTED, c.scheme_spread
    ),
    Row("instructions", "instructions to the marker at the end", _HIDDEN, PLANTED, c.instructions),
    Row(
        "instructions-first",
        "an instruction to the marker as the first sentence",
        _HIDDEN,
        PLANTED,
        c.instructions_first,
    ),
    *(
        Row(f"{name}-{place}", f"a quarter of {said} {_PLACES[place]}", _FILL, FOREIGN, c.foreign_at(name, place))
        for name, said in _FOREIGN.items()
        for place in _PLACES
    ),
    Row("shuffled-within", "sentences shuffled within their paragraphs", _FILL, SHUFFLED, c.shuffled_within),
    Row("shuffled-across", "sentences shuffled across the essay", _FILL, SHUFFLED, c.shuffled_across),
    Row("no-conclusion", "the last paragraph taken out", _CUT, TRICK, c.without_conclusion),
    Row("no-analysis", "every sentence that explains or judges taken out", _CUT, TRICK, c.without_analysis),
    Row(
        "wrong-dates", "every date made wrong", "dates look precise whether or not they are right", TRICK, c.wrong_dates
    ),
    Row("zero-width-terms", "key terms of no width in the last paragraph", _HIDDEN, PLANTED, c.zero_width_terms),
    Row("white-text", "sentences of mark schemes in white, on a web page", _HIDDEN, PLANTED, c.white_text),
    Row("tiny-text", "key terms in type too small to see, on a web page", _HIDDEN, PLANTED, c.tiny_text),
    Row("comments", "sentences of mark schemes in comments that are not printed", _HIDDEN, TRICK, c.commented_text),
    Row("salad", "the essay's words in any order", "it has all the key words", NO_MARK, c.word_salad),
    Row(
        "swapped",
        "words of meaning changed about, the sentences' grammar kept",
        "it reads like prose",
        NO_MARK,
        c.words_swapped,
    ),
    Row(
        "joined", "key terms joined into sentences that mean nothing", "it reads like argument", NO_MARK, c.terms_joined
    ),
    *(
        Row(
            f"{name}-whole",
            f"{said} under this question, with one sentence of the essay",
            "it is good work, though on something else",
            NO_MARK,
            c.other_topic(name),
        )
        for name, said in _FOREIGN.items()
    ),
    Row("american", "American spelling", _FAIR, LAYOUT, c.in_american),
    Row("marks", "other quotation marks", _FAIR, LAYOUT, c.with_other_marks),
    Row("lines", "lines of 72 characters", _FAIR, LAYOUT, c.in_lines),
    Row("wide-lines", "lines of 100 characters, ended as on Windows", _FAIR, LAYOUT, c.in_wide_lines),
    Row("markdown", "saved as Markdown", _FAIR, LAYOUT, c.as_markdown),
    Row("web-page", "saved as a web page", _FAIR, LAYOUT, c.as_page),
    Row("utf-16", "saved as Unicode text of two bytes", _FAIR, LAYOUT, c.as_utf16),
    Row("windows", "saved as Windows text", _FAIR, LAYOUT, c.as_windows),
    Row("zero-width", "a character of no width between any two letters", _FAIR, LAYOUT, c.zero_width),
    Row("order", "marked again, in the other order of files", _FAIR, LAYOUT, c.unchanged, again=True),
    Row("typing", "a typing error in one word of forty", _FAIR, SLIPS, c.with_typing_errors),
    Row("names", "a candidate and a friend of another sex and origin", _FAIR, SLIPS, c.other_name, base=c.usual_name),
)


@dataclass(frozen=True)
class Neighbour:
    """A good essay on a neighbouring question, whose first sentence is made to speak of this question."""

    text: str
    what: str
    first: str


NEIGHBOURS: tuple[Neighbour, ...] = (
    Neighbour(
        "stalin-rise",
        "Stalin's rise to power",
        "Khrushchev's policy of de-Stalinisation can only be understood from the power that Stalin had won by 1929.",
    ),
    Neighbour(
        "foreign-policy",
        "Khrushchev's foreign policy",
        "De-Stalinisation succeeded to a large extent, and Khrushchev's dealings with other states show how far.",
    ),
    Neighbour(
        "fall",
        "why Khrushchev fell",
        "How far Khrushchev succeeded in de-Stalinisation can be seen from the reasons for his fall.",
    ),
)

#: An essay on a neighbouring question gets this mark at the most (low Level 3), and a reason for a person to look.
NEIGHBOUR_MARK = 9
