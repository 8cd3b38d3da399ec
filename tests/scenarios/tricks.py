"""Ways to change an essay that are no work on it, and ways to take the work out of it.

All of them edit the essay as it was read (`Essay.text`), so that what is cut or added is a whole sentence or paragraph
however the original was laid out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from essay_marker.records import Essay, Span

KEY_TERMS = (
    *("Secret Speech", "Twentieth Congress", "cult of personality", "Leninist norms", "collective leadership"),
    *("Gulag", "rehabilitation", "amnesty", "Beria", "KGB", "Novocherkassk", "Anti-Party Group", "Lenin's Testament"),
    *("the thaw", "Ivan Denisovich", "Novy Mir", "Solzhenitsyn", "Pasternak", "Virgin Lands", "sovnarkhozy", "maize"),
    *("Seven-Year Plan", "Hungary", "Poland", "peaceful coexistence", "Tito", "Cuba", "Berlin Wall", "Mao"),
    "nomenklatura",
)

HISTORIANS = (
    *("Taubman", "Tompson", "Filtzer", "Dobson", "Jones", "Service", "McCauley", "Medvedev", "Breslauer", "Figes"),
)

WORKS = (
    "Breslauer, G. W. (1982) Khrushchev and Brezhnev as Leaders. London: Allen & Unwin.",
    "Dobson, M. (2009) Khrushchev's Cold Summer. Ithaca: Cornell University Press.",
    "Filtzer, D. (1993) The Khrushchev Era. Basingstoke: Macmillan.",
    "Jones, P. (2013) Myth, Memory, Trauma. New Haven: Yale University Press.",
    "Taubman, W. (2003) Khrushchev: The Man and His Era. London: Free Press.",
    "Tompson, W. J. (1995) Khrushchev: A Political Life. Basingstoke: Macmillan.",
)


def without(essay: Essay, cuts: Iterable[Span]) -> str:
    """The essay's text with some of its stretches cut out, and the gaps closed."""
    kept, at = [], 0
    for cut in sorted(cuts):
        kept.append(essay.text[at : max(at, cut.start)])
        at = max(at, cut.end)
    text = "".join((*kept, essay.text[at:]))
    return re.sub(r"(?m)^ +| +$", "", re.sub(r" {2,}", " ", text))


def in_body(essay: Essay, addition: str) -> str:
    """The essay's text with ``addition`` as its last paragraph, before notes and bibliography."""
    end = essay.body[-1].end
    return f"{essay.text[:end]}\n\n{addition}{essay.text[end:]}"


def at_end(essay: Essay, addition: str) -> str:
    """The essay's text with ``addition`` behind everything."""
    return f"{essay.text}\n\n{addition}\n"


def without_conclusion(essay: Essay) -> str:
    return without(essay, essay.body[-1:])


def with_more_bibliography(essay: Essay) -> str:
    works = essay.bibliography
    more = essay.text[works.start : works.end] if works else "\n\n".join(("Bibliography", *WORKS))
    return at_end(essay, f"{more}\n\n{more}")


def with_terms_in_a_line(essay: Essay) -> str:
    return in_body(essay, ", ".join(KEY_TERMS))


def with_terms_in_a_sentence_mark(essay: Essay) -> str:
    return in_body(essay, f"Key terms: {', '.join(KEY_TERMS)}.")


def with_a_term_a_line(essay: Essay) -> str:
    return in_body(essay, "\n".join(KEY_TERMS))


def with_a_term_a_line_at_the_end(essay: Essay) -> str:
    return at_end(essay, "\n".join(KEY_TERMS))


def with_historians_named(essay: Essay) -> str:
    """Ten names in one sentence that says nothing of what they think."""
    end = essay.body[-1].end
    names = f"{', '.join(HISTORIANS[:-1])} and {HISTORIANS[-1]}"
    return f"{essay.text[:end]} Historians such as {names} have written about this.{essay.text[end:]}"


def with_historians_strewn(essay: Essay) -> str:
    """Ten names put into as many sentences, each of which keeps saying what it said: "..., as Taubman argues."."""
    ends = [
        m.start()
        for paragraph in essay.body
        for m in re.finditer(r"(?<=[a-z]{3})\.(?=\s|$)", essay.text[: paragraph.end])
        if m.start() >= paragraph.start
    ]
    step = max(1, len(ends) // len(HISTORIANS))
    text = essay.text
    for end, name in sorted(zip(ends[::step], HISTORIANS, strict=False), reverse=True):
        text = f"{text[:end]}, as {name} argues{text[end:]}"
    return text


TRICKS: tuple[Callable[[Essay], str], ...] = (
    without_conclusion,
    with_more_bibliography,
    with_terms_in_a_line,
    with_terms_in_a_sentence_mark,
    with_a_term_a_line,
    with_a_term_a_line_at_the_end,
    with_historians_named,
    with_historians_strewn,
)
