"""Whether every place that a result points at quotes the essay, over many documents, most of them damaged.

    python benchmarks/spans.py [--documents N] [--first N]

The documents are made of sentences of the exemplars and of pieces that occur around essays, and then damaged as files
are: cut off, doubled, shuffled, wrapped, wrongly encoded, crossed out, strewn with characters that nobody sees, with
quotation marks and references that do not close. Document N is always the same. Each is marked, and then

- every span of the result has to lie in the essay's text, to begin and end at words, and the sentences to leave no
  word out (the checks of ``essay-marker verify``);
- every letter and digit that a span quotes has to be the one that stands in the document at that place;
- what a report prints for a span has to stand in the essay's text;
- every sum of the result has to follow, and in every tenth document the essay, marked again, to give the same result.

Exit code 1 where a document fails; each is named by its number, so that it can be looked at again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from essay_marker.errors import InputError
from essay_marker.pipeline import Marker
from essay_marker.read import read_bytes
from essay_marker.records import Essay, Result
from essay_marker.report import render_json
from essay_marker.report.quotes import quote
from essay_marker.verifying import spans_in, verify

EXEMPLARS = Path(__file__).resolve().parents[1] / "corpus" / "khrushchev-destalinisation" / "exemplars"
AGAIN = 10  # one in so many is marked a second time

#: Sentences with something that is hard to cut at the right place.
HARD = (
    "As Filtzer argues, “reform was bound to stall as long as the managers kept their old powers” (Filtzer, 1993: 14).",
    "Taubman (2003, pp. 271-2) overstates this, because Poland shows that Moscow could live with reform.",
    "Dr. Ellis, p. 14, ch. 2, holds that c. 4 m. prisoners were freed, i.e. nearly all of them.",
    "“It was the bravest thing he did,” wrote an old Bolshevik, “and the least prudent.”",
    "Was the thaw ever more than a truce with writers?! Hardly…",
    "Then came maize — everywhere – and in ’58 the MTS’s were sold off.",
    "The plan (which nobody (not even Gosplan) believed in) was dropped in 1958.¹",
    "Measured by Khrushchev's own aims it was 'largely' a success; measured by Hungary's, none.",
    "In 1956-7, 1.5 million tons, 3,000 km and 20% of £2.50 were talked of at the XXth Congress.",
    'He said "we must not wash our dirty linen in public", or words to that effect [sic].',
    "secret speech, gulag, beria, the thaw, maize",
    "Service, Jones & Dobson (2009; 2013; cf. Figes 2007, 536) all agree²³ on this.",
)
TAILS = (
    "",
    "",
    "\n\nBibliography\n\nFiltzer, D. (1993) The Khrushchev Era. Basingstoke: Macmillan.\n\n"
    "Taubman, W. (2003) Khrushchev: The Man and His Era. London: Free Press.\n",
    "\n\nNotes\n\n1. D. Filtzer, The Khrushchev Era (1993), p. 14.\n2 W. Taubman, Khrushchev (2003), 271.\n",
    "\n\n[1] Tompson, W. J. (1995) Khrushchev: A Political Life, p. 9.\n",
    "\n\nWord count: 812\nPage 3 of 3\n",
)
HEADS = (
    "",
    "",
    "To what extent did Khrushchev succeed in his policy of de-Stalinisation?\n\n",
    "Name: A. Student\nCandidate number: 1234\n\n",
    "# HOW FAR DID DE-STALINISATION SUCCEED\n\n",
)

Damage = Callable[[str, random.Random], str]


@cache
def sentences() -> tuple[str, ...]:
    """Sentences of the exemplars, cut roughly: where they really end is the program's to find."""
    found: list[str] = []
    for path in sorted(EXEMPLARS.glob("*.txt")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            found += re.split(r"(?<=[.?!”])\s+(?=[A-Z“])", " ".join(paragraph.split()))
    return tuple(s for s in found if s)


def place(text: str, chance: random.Random) -> int:
    """Some place in the text."""
    return chance.randrange(len(text) + 1)


def strewn(text: str, pieces: str, chance: random.Random, times: int = 6) -> str:
    """The text with some of ``pieces`` put in anywhere."""
    for _ in range(chance.randint(1, times)):
        at = place(text, chance)
        text = text[:at] + chance.choice(pieces) + text[at:]
    return text


def over_words(text: str, chance: random.Random, change: Callable[[str], str], share: float) -> str:
    """The text with a share of its words changed."""
    return re.sub(r"\w+", lambda m: change(m[0]) if chance.random() < share else m[0], text)


# --- damage ---------------------------------------------------------------------------------------------------------


def cut_off(text: str, chance: random.Random) -> str:
    """Only the beginning, or only the end."""
    return text[: place(text, chance)] if chance.random() < 0.5 else text[place(text, chance) :]


def doubled(text: str, chance: random.Random) -> str:
    """A stretch of it twice."""
    start, end = sorted((place(text, chance), place(text, chance)))
    return text[:end] + text[start:end] + text[end:]


def shuffled(text: str, chance: random.Random) -> str:
    """Paragraphs, sentences or words in another order."""
    apart = chance.choice(("\n\n", " ", ". "))
    parts = text.split(apart)
    chance.shuffle(parts)
    return apart.join(parts)


def odd_characters(text: str, chance: random.Random) -> str:
    """Signs that keyboards, other scripts and typesetters leave behind."""
    return strewn(
        text, "\t\x07\x1b\x7f\u00a0\u3000😀é̂ﬁﬃⅣ①½ßİſＡ中ع\u202e\u202d\ufffd§¶•·|\\<>{}[]_^~`@#$%&*+=", chance, 12
    )


def unseen_characters(text: str, chance: random.Random) -> str:
    """Characters that take no room."""
    return strewn(text, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e", chance, 20)


def accents_apart(text: str, chance: random.Random) -> str:
    """Letters and their accents as characters of their own."""
    return unicodedata.normalize(chance.choice(("NFD", "NFKD")), over_words(text, chance, lambda w: w + "́", 0.05))


def line_ends(text: str, chance: random.Random) -> str:
    """Every kind of line end, mixed."""
    ends = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85")
    return re.sub(r"\n", lambda _: chance.choice(ends), text)


def wrapped(text: str, chance: random.Random) -> str:
    """Lines broken at some width."""
    width = chance.randint(24, 90)
    return re.sub(rf"(.{{{width}}}\S*) ", r"\1\n", text)


def hyphenated(text: str, chance: random.Random) -> str:
    """Long words broken over two lines."""
    return over_words(text, chance, lambda w: f"{w[:3]}-\n{w[3:]}" if len(w) > 6 else w, 0.08)


def crossed_out(text: str, chance: random.Random) -> str:
    """Words struck through."""
    signs = chance.choice((("~~", "~~"), ("<del>", "</del>"), ("--", "--"), ("[", "]"), ("\\sout{", "}")))
    if chance.random() < 0.3:
        return over_words(text, chance, lambda w: "".join(c + "\u0336" for c in w), 0.1)
    return over_words(text, chance, lambda w: f"{signs[0]}{w}{signs[1]}", 0.06)


def marked_up(text: str, chance: random.Random) -> str:
    """Words and lines with the signs of Markdown."""
    sign = chance.choice(("*", "**", "_", "__", "`", "***"))
    text = over_words(text, chance, lambda w: f"{sign}{w}{sign}", 0.08)
    return re.sub(r"(?m)^", lambda _: chance.choice(("", "", "", "- ", "> ", "## ", "1. ", "    ")), text)


def quotation_marks(text: str, chance: random.Random) -> str:
    """Quotation marks missing and too many."""
    if chance.random() < 0.5:
        text = "".join(c for c in text if c not in "“”\"'‘’" or chance.random() < 0.5)
    return strewn(text, "“”\"'‘’«»„‟", chance, 8)


def references(text: str, chance: random.Random) -> str:
    """Brackets missing, references begun and not ended."""
    text = "".join(c for c in text if c not in "(),:;" or chance.random() < 0.7)
    for _ in range(chance.randint(1, 4)):
        at = place(text, chance)
        piece = chance.choice(
            (" (Taubman, 2003", "Jones 2013: 4)", " (ibid., 7)", "(", ")", "[3]", "⁴", " et al., 1999a,")
        )
        text = text[:at] + piece + text[at:]
    return text


def spaces(text: str, chance: random.Random) -> str:
    """Spaces and stops missing or doubled."""
    return "".join("" if c in " .,\n" and chance.random() < 0.06 else c * (1 + (chance.random() < 0.02)) for c in text)


def cases(text: str, chance: random.Random) -> str:
    """All in capitals, or the wrong way round."""
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def furniture(text: str, chance: random.Random) -> str:
    """Page numbers and headers between the lines."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        lines.insert(
            chance.randrange(len(lines) + 1), chance.choice(("7", "Page 2", "A. Student 1234", "---", "", "¹"))
        )
    return "\n".join(lines)


DAMAGES: tuple[Damage, ...] = (
    *(cut_off, doubled, shuffled, odd_characters, unseen_characters, accents_apart, line_ends, wrapped, hyphenated),
    *(crossed_out, marked_up, quotation_marks, references, spaces, cases, furniture),
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")


def document(number: int) -> tuple[bytes, list[str]]:
    """Document ``number``, and what was done to it."""
    chance = random.Random(number)
    paragraphs = []
    for _ in range(chance.randint(1, 4)):
        pool = [chance.choice(HARD if chance.random() < 0.3 else sentences()) for _ in range(chance.randint(1, 4))]
        paragraphs.append(" ".join(pool))
    text = chance.choice(HEADS) + "\n\n".join(paragraphs) + chance.choice(TAILS)
    damages = chance.sample(DAMAGES, chance.choice((0, 1, 1, 2, 2, 3, 4)))
    for damage in damages:
        text = damage(text, chance)
    encoding = chance.choice(ENCODINGS)
    data = text.encode(encoding, errors="replace")
    return data, [*(damage.__name__ for damage in damages), encoding]


# --- checks ---------------------------------------------------------------------------------------------------------


def wrongs(marker: Marker, number: int) -> tuple[int, list[str]]:
    """How many spans the result of a document has, and all that is wrong with them."""
    data, _ = document(number)
    result = marker.mark_bytes(data, "document.txt")
    try:
        essay = read_bytes(data, "document.txt")
    except InputError:
        essay = None
    printed = msgspec.json.decode(render_json(result))
    found = [str(fault) for fault in verify(printed, essay, marker, again=number % AGAIN == 0).faults]
    if essay is not None:
        found += not_in_the_document(result, essay)
    return sum(1 for _ in spans_in(result)), found


def not_in_the_document(result: Result, essay: Essay) -> Iterator[str]:
    """The spans that quote a letter that does not stand there in the document, or are printed as something else."""
    right = [_same(c, essay.original[essay.origin[i]]) for i, c in enumerate(essay.text)]
    flat = " ".join(essay.text.split())
    for path, span in spans_in(result):
        if not all(right[span.start : span.end]):
            yield f"{path}: “{essay.text[span.start : span.end]}” does not stand in the document"
        printed = quote(result.essay, span, limit=100)
        if printed is None or not all(piece in flat for piece in printed.text.split(" … ")):
            yield f"{path}: {printed and printed.text!r} is printed, and does not stand in the essay"


def _same(read: str, written: str) -> bool:
    """Whether a letter or digit is the one that was written, however it was encoded; other signs may be repaired."""
    if not read.isalnum():
        return True
    return unicodedata.normalize("NFKD", read).casefold()[0] in unicodedata.normalize("NFKD", written).casefold()


def main() -> int:
    """Marks and checks the documents, and prints a table."""
    parser = argparse.ArgumentParser(description="Checks that every span of a result quotes the essay.")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first document")
    given = parser.parse_args()
    marker = Marker()
    spans = failed = 0
    kinds: Counter[str] = Counter()
    begun = time.monotonic()
    for number in range(given.first, given.first + given.documents):
        kinds.update(document(number)[1])
        try:
            count, wrong = wrongs(marker, number)
        except Exception as error:  # one document that trips the program up must not hide the others
            count, wrong = 0, [f"{type(error).__name__}: {error}"]
        spans += count
        failed += bool(wrong)
        for line in wrong[:3]:
            print(f"document {number} ({', '.join(document(number)[1])}): {line}", flush=True)
    print(f"\n{given.documents} documents, {spans} spans, {failed} documents with a fault")
    print(f"{(time.monotonic() - begun) / given.documents:.2f} s a document")
    print("  ".join(f"{name} {count}" for name, count in kinds.most_common()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
