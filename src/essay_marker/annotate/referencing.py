"""Checks of references against one another: what is cited, what is listed, what is quoted.

One remark a cause, not one a citation: a wrong year that stands in ten brackets is one slip. Only pages are told one by
one, since each is a separate slip. The remarks are advice; what they cost, if anything, a rubric says. An essay that
gives no references is owed none: it may have been written against the clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from essay_marker.annotate.bodies import body_citations, heads_entry
from essay_marker.annotate.entries import (
    Judged,
    Listed,
    Slip,
    author_key,
    is_slip,
    judge,
    letters_of,
    listed_works,
    printed_authors,
    refers_by_mark,
    title_words,
)
from essay_marker.annotate.footnotes import mark_key, numbered_works, refers_back
from essay_marker.annotate.pages import is_outside
from essay_marker.annotate.sources import unsourced
from essay_marker.records import (
    Bibliography,
    BibliographyEntry,
    Citation,
    CitationProblem,
    CitationStyle,
    Historian,
    Note,
    Quotation,
    Span,
)

#: One reference without any list is a book recalled in passing; more are references.
MIN_UNLISTED = 2
#: A name in running text with its year in brackets is at home in either style: it takes so many to mix them.
MIN_OF_EACH_STYLE = 2
#: A name in running text has at most so many words.
_MOST_NAMES = 3
#: So much of a reference is shown in a message.
MAX_SHOWN = 70


def check_references(
    citations: Sequence[Citation],
    bibliography: Bibliography | None,
    quotations: Sequence[Quotation],
    text: str,
    sentences: Sequence[Span],
    *,
    in_notes: Sequence[Citation] = (),
    notes: Sequence[Note] = (),
    title: Span | None = None,
    historians: Sequence[Historian] = (),
) -> tuple[CitationStyle, tuple[CitationProblem, ...]]:
    """The style of referencing and what does not fit, in the order of the text.

    ``citations`` are those of the body, ``in_notes`` those of its ``notes``; ``sentences`` cover the body, ``title``
    its question. The ``historians`` that the running text names without a reference count as used, if not as cited.
    """
    listed = listed_works(bibliography, text) if bibliography is not None else []
    end = min((part.start for part in (*notes, *([bibliography] if bibliography else ()))), default=len(text))
    citations = sorted([*citations, *body_citations(text[:end], listed, citations)])
    style = style_of(citations, in_notes)
    works = _works(citations, in_notes, text)
    problems: list[CitationProblem] = []
    if bibliography is not None and _is_numbered(bibliography, in_notes):
        problems += _numbers(citations, bibliography, text)
    elif bibliography is not None and listed and works:
        judged = _judged(works, listed, text)
        problems += _unlisted(judged, text)
        problems += _pages_outside(judged, text)
        misspelt = _misspelt_in_prose(historians, judged, listed, text)
        problems += [problem for problem, _ in misspelt]
        used = [work for _, work in misspelt]
        problems += _never_cited(judged, listed, used, historians, bibliography, text, end)
    elif listed and not citations and not in_notes and not historians:
        problems.append(_nothing_cited(listed[0].entry, text))
    elif style == "harvard" and not listed and len(works) >= MIN_UNLISTED:
        problems.append(_no_bibliography(works, text))
    if not listed:
        problems += _two_spellings(works)
    if style != "none" and (listed or notes or len(citations) >= MIN_UNLISTED):
        known = [text[title.start : title.end] if title else "", *(text[e.entry.start : e.entry.end] for e in listed)]
        authors = [name for work in listed for name in work.entry.authors]
        problems += [
            _without_source(quotation, style, text)
            for quotation in unsourced(quotations, citations, sentences, text, known=known, authors=authors)
        ]
        problems += _mixed(citations, in_notes, notes, text)
    return style, tuple(sorted(problems, key=lambda problem: (problem.start, problem.end, problem.code)))


def style_of(citations: Iterable[Citation], in_notes: Iterable[Citation] = ()) -> CitationStyle:
    """The style that most references have; a note and its mark are one."""
    places = {(citation.start, citation.style) for citation in citations}
    brackets = sum(style == "harvard" for _, style in places)
    marks = max(len(places) - brackets, sum(citation.style == "footnote" for citation in in_notes))
    if not brackets and not marks:
        return "none"
    return "harvard" if brackets >= marks else "footnote"


def _works(citations: Sequence[Citation], in_notes: Sequence[Citation], text: str) -> list[Citation]:
    """The references that name somebody, a note's work once: in its note, not also at its mark."""
    return [c for c in (*citations, *in_notes) if c.authors and not (c.style == "footnote" and refers_by_mark(c, text))]


# --- numbered lists -------------------------------------------------------------------------------------------------


def _is_numbered(bibliography: Bibliography, in_notes: Iterable[Citation]) -> bool:
    """Whether the marks of the text refer to the list itself, by number."""
    return any(citation.within(bibliography) for citation in in_notes)


def _numbers(citations: Sequence[Citation], bibliography: Bibliography, text: str) -> Iterator[CitationProblem]:
    """Numbers that the list does not have, and works whose number is never used."""
    listed = {mark_key(work.mark): work for work in numbered_works(text, bibliography)}
    marks = {mark_key(text[c.start : c.end]): c for c in reversed(citations) if c.style == "footnote"}
    for mark, citation in marks.items():
        if mark.isdigit() and mark not in listed:
            shown = text[citation.start : citation.end]
            message = f"{_quote(shown)} has no work of this number in the list: add the work or correct the number."
            yield _problem(citation, "missing-entry", message)
    for mark, work in listed.items():
        if mark not in marks:
            yield _problem(work, "never-cited", _never_cited_message(_quote(_shortened(text, work))))


# --- against the bibliography ---------------------------------------------------------------------------------------


def _judged(works: Sequence[Citation], listed: Sequence[Listed], text: str) -> list[Judged]:
    """Every reference held against the list; ``ibid.`` means what was meant before it."""
    judged: list[Judged] = []
    for citation in works:
        back = refers_back(text[citation.start : citation.end])
        if back and judged:
            judged.append(Judged(citation, judged[-1].meant, None))
        else:
            judged.append(judge(citation, listed, text))
    return judged


def _unlisted(judged: Iterable[Judged], text: str) -> Iterator[CitationProblem]:
    """Years, spellings and authors that the bibliography does not have, each once."""
    seen: set[tuple[Slip | None, tuple[str, ...], str | None]] = set()
    for found in judged:
        citation = found.citation
        names = tuple(map(author_key, citation.authors))
        cause = (found.slip, names, None if found.slip == "author-spelling" else citation.year)
        if found.slip is None or cause in seen:
            continue
        if found.slip == "missing-entry" and citation.year is None:
            told = any(slip == found.slip and names == before for slip, before, _ in seen)
            if told or citation.pages is None:
                continue  # a short note after its full one; a bare name in brackets, which claims no work
        seen.add(cause)
        yield _problem(citation, found.slip, _unlisted_message(found, text))


def _unlisted_message(found: Judged, text: str) -> str:
    cited = _quote(_cited(found.citation, text))
    if found.slip == "author-spelling":
        pairs = [
            (cited_name, listed_name)
            for cited_name, listed_name in zip(found.citation.authors, printed_authors(found.meant[0]), strict=False)
            if author_key(cited_name) != author_key(listed_name)
        ]
        return _spelling_message(*(" and ".join(names) for names in zip(*pairs, strict=True)))
    if found.slip == "wrong-year":
        years = " and ".join(sorted({f"{work.entry.year}{work.letter}" for work in found.meant}))
        dated = f"{found.citation.year}{''.join(sorted(letters_of(found.citation, text)))}"
        return f"{cited} is dated {dated} here, but {years} in the bibliography: correct whichever is wrong."
    return f"{cited} is not in the bibliography: add the work, or correct the reference."


def _spelling_message(cited: str, listed: str) -> str:
    return f"The essay has {_quote(cited)}, but the bibliography {_quote(listed)}: check the spelling and use one form."


def _pages_outside(judged: Iterable[Judged], text: str) -> Iterator[CitationProblem]:
    """Pages that the chapter or article cited does not have."""
    seen: set[tuple[BibliographyEntry, str]] = set()
    for found in judged:
        pages = found.citation.pages
        if found.slip == "wrong-year" or pages is None or len(found.meant) != 1:
            continue
        entry = found.meant[0].entry
        if is_outside(pages, entry.pages) and (entry, pages) not in seen:
            seen.add((entry, pages))
            cited = _quote(_cited(found.citation, text))
            message = f"{cited} gives p. {pages}, but the bibliography lists pp. {entry.pages}: check the page."
            yield _problem(found.citation, "pages-outside", message)


def _misspelt_in_prose(
    historians: Iterable[Historian], judged: Sequence[Judged], listed: Sequence[Listed], text: str
) -> list[tuple[CitationProblem, Listed]]:
    """Authors whom the running text only names, in another spelling than the list has."""
    cited = {author_key(name) for found in judged for name in found.citation.authors}
    spelt = {key for work in listed for key in work.keys} | cited
    problems: list[tuple[CitationProblem, Listed]] = []
    for historian in historians:
        known = {author_key(name) for name in _surnames(historian.full_name or "")}
        for mention in historian.mentions:
            name = re.sub(r"['’‟]s?\Z", "", text[mention.start : mention.end])
            key = author_key(name)
            if key in spelt or len(name.split()) > _MOST_NAMES or not name.replace(" ", "").isalpha():
                continue
            near = next((work for work in listed if len(work.keys) == 1 and is_slip(key, work.keys[0])), None)
            if near is not None and (not historian.known or near.keys[0] in known):
                spelt.add(key)
                message = _spelling_message(name, near.entry.authors[0])
                problems.append((_problem(mention, "author-spelling", message), near))
    return problems


def _two_spellings(works: Sequence[Citation]) -> Iterator[CitationProblem]:
    """Without a list: one author in two spellings, the rarer or later of which is told."""
    alone = [citation for citation in works if len(citation.authors) == 1]
    keys = [author_key(citation.authors[0]) for citation in alone]
    times = Counter(keys)
    first = {key: citation for key, citation in reversed([*zip(keys, alone, strict=True)])}
    told: set[str] = set()
    for key, other in combinations(sorted(first, key=lambda name: (times[name], -first[name].start)), 2):
        one, two = first[key], first[other]
        if key not in told and is_slip(key, other) and (one.year == two.year or None in (one.year, two.year)):
            told.add(key)
            message = f"The essay has {_quote(one.authors[0])} and {_quote(two.authors[0])}: use one spelling."
            yield _problem(one, "author-spelling", message)


def _never_cited(
    judged: Sequence[Judged],
    listed: Sequence[Listed],
    named: Sequence[Listed],
    historians: Iterable[Historian],
    bibliography: Span,
    text: str,
    end: int,
) -> Iterator[CitationProblem]:
    """Works of the list that the essay neither cites nor names. A wrong year counts for the work it comes near to."""
    used = [work for found in judged if found.slip in (None, "author-spelling") for work in found.meant] + [*named]
    for found in judged:
        if found.slip == "wrong-year":
            used += [work for work in found.meant if work not in used][:1]
    authors = {author_key(name) for found in judged for name in found.citation.authors}
    mentioned = {author_key(name) for historian in historians for name in _surnames(historian.name)} - authors
    body, outside = text[:end], text[: bibliography.start] + text[bibliography.end :]
    for work in listed:
        if work in used or work.optional or not (work.keys or work.heading) or mentioned.intersection(work.keys):
            continue
        if heads_entry(work, body) or _title_in(work, body) or _dated_in(work, outside):
            continue
        yield _problem(work.entry, "never-cited", _never_cited_message(_quote(_shortened(text, work.entry))))


def _surnames(names: str) -> list[str]:
    return [name for name in re.split(r",\s*|\s+and\s+|\s*&\s*", names) if name]


def _title_in(work: Listed, body: str) -> bool:
    """Whether the essay names the work by its title, printed as in the list; one word would prove nothing."""
    title = re.split(r"[:.(]", work.entry.title or "")[0].strip()
    return len(title.split()) > 1 and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", body) is not None


def _dated_in(work: Listed, text: str) -> bool:
    """Whether author and year stand side by side, if in a shape that is no reference: "(Orr, 1980, quoted in …)"."""
    if work.letter or not work.entry.authors or work.entry.year is None:
        return False
    beside = rf"(?<!\w){re.escape(work.entry.authors[0])}(?:['’]s)?[\s,(\[]{{1,3}}{work.entry.year}(?!\d)"
    return re.search(beside, text) is not None


def _never_cited_message(shown: str) -> str:
    return f"{shown} is listed but never cited: refer to it where you used it, or take it off the list."


def _nothing_cited(first: BibliographyEntry, text: str) -> CitationProblem:
    shown = _quote(_shortened(text, first))
    message = f"The essay refers to no work of its bibliography, such as {shown}: add references where you used them."
    return _problem(first, "never-cited", message)


def _no_bibliography(works: Sequence[Citation], text: str) -> CitationProblem:
    shown = _quote(_cited(works[0], text))
    message = f"The essay cites works, such as {shown}, but has no bibliography: add one that lists them all."
    return _problem(works[0], "no-bibliography", message)


# --- quotations and styles ------------------------------------------------------------------------------------------


def _without_source(quotation: Quotation, style: CitationStyle, text: str) -> CitationProblem:
    shown = _quote(_shortened(text, quotation).strip("'\"‘’“”«»"))
    add = "a note with its source" if style == "footnote" else "author, year and page"
    return _problem(quotation, "quotation-without-source", f"{shown} is quoted without its source: add {add}.")


def _mixed(
    citations: Sequence[Citation], in_notes: Sequence[Citation], notes: Sequence[Note], text: str
) -> Iterator[CitationProblem]:
    """Brackets and footnotes side by side. A note that only explains is no reference."""
    explaining = {mark_key(note.mark) for note in notes if not _is_source(note, in_notes, text)}
    brackets = [c for c in citations if c.style == "harvard"]
    marks = [c for c in citations if c.style == "footnote" and mark_key(text[c.start : c.end]) not in explaining]
    if not brackets or not marks:
        return
    fewer = min(brackets, marks, key=lambda group: len({c.start for c in group}))
    sure = [c for c in fewer if c.authors and (c in marks or re.search(r"[^\W\d_]", text[c.start : c.end]))]
    if sure or len(fewer) >= MIN_OF_EACH_STYLE:
        shown = _quote(_cited(fewer[0], text) if fewer is brackets else text[fewer[0].start : fewer[0].end])
        others = "others stand in notes" if fewer is brackets else "others stand in brackets"
        message = f"{shown} is a {'bracket' if fewer is brackets else 'note'}, while {others}: keep to one style."
        yield _problem(fewer[0], "mixed-styles", message)


_SOURCE = re.compile(r"\bpp?\.\s*\d|https?://|www\.|\([^()]*\b(?:1[5-9]|20)\d\d\)")


def _is_source(note: Note, in_notes: Sequence[Citation], text: str) -> bool:
    """Whether a note refers to something, if only to a newspaper or a page of the web."""
    inside = [citation for citation in in_notes if citation.within(note)]
    if any(citation.style == "footnote" and (citation.year or citation.pages) for citation in inside):
        return True
    words = text[note.start : note.end]
    return not inside and (refers_back(words) or _SOURCE.search(words) is not None)


# --- words ----------------------------------------------------------------------------------------------------------


def _problem(place: Span, code: str, message: str) -> CitationProblem:
    return CitationProblem(start=place.start, end=place.end, code=code, message=message)


def _cited(citation: Citation, text: str) -> str:
    """The reference as the essay has it; a bracket behind its author's name with that name."""
    words = text[citation.start : citation.end]
    if citation.style == "footnote" and title_words(citation, text):
        return _shortened(text, citation)
    if not citation.authors:
        return _shortened(text, citation)
    if len(words) <= MAX_SHOWN and author_key(citation.authors[0]) in re.sub(r"\W", "", words.casefold()):
        return words.strip("()[]")
    names = " and ".join(citation.authors)
    return f"{names} {citation.year}" if citation.year else names


def _shortened(text: str, span: Span) -> str:
    words = re.sub(r"\s+", " ", text[span.start : span.end])
    return (
        words.rstrip(" .") if len(words) <= MAX_SHOWN else words[:MAX_SHOWN].rsplit(" ", 1)[0].rstrip(" ,.;:(") + " …"
    )


def _quote(words: str) -> str:
    return f"“{words}”"
