"""Works described in full, in a bibliography or a note: authors, year, title, pages, whatever the style.

One description is read the same way everywhere (`parse_work`), since essays mix the styles:

    Orr, A. B. (1991) 'A Chapter' in The Whole Book. ed. by Lisle, C. …, p.50-70
    Service, Robert, A History of Modern Russia (London: Penguin, 2003)
    Taubman, William. Khrushchev: The Man and His Era. New York: Norton, 2003.
    William Taubman, Khrushchev (London, 2003), p. 12
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from essay_marker.annotate.names import (
    CAPITAL,
    CAPITALISED,
    INITIALS,
    SURNAME,
    Author,
    alternation,
    is_surname,
    parse_name,
    patterns,
)
from essay_marker.records import Bibliography, BibliographyEntry, Span

YEAR = r"(?:1[5-9]|20)\d\d"

_BULLET = re.compile(r"[\s\-–—•*·▪●○◦]*(?:\[?\d{1,3}[.)\]]\s+)?[\s\-–•·▪●]*")
_SAME_AUTHOR = re.compile(r"(?:_{2,}|[—–-]{2,}|—)\s*[.,]?\s*")
_INVERTED = re.compile(
    rf"(?P<surname>{SURNAME}(?:[ -]{CAPITALISED})?)\s*,\s*"
    # a bare letter is an initial only at the end of a name: "Service, A History" goes on with a title
    rf"(?P<given>{INITIALS}(?:(?<=\.)|(?=\s*(?:[,;:(&]|and\b|\d|\Z)))|{CAPITALISED}(?:\s+(?:{INITIALS}(?=[\s,;.(&])|{CAPITALISED}))?(?=[\s,;.(&]|\Z))\.?"
)
_INITIALS_BEHIND = re.compile(rf"(?P<surname>{SURNAME})\s+(?P<given>{INITIALS})(?=\s*(?:[(,;&]|and\b))")
_DIRECT = re.compile(
    # a bare letter before a full stop is a middle initial: "Mark B. Smith"
    rf"(?:(?:{INITIALS}|{CAPITALISED})\s*(?<=[.\s])){{1,3}}?(?!{CAPITAL}\.){SURNAME}(?=\s*(?:[,;:.(&]|\band\b|\Z))"
)
_LONE = re.compile(rf"{SURNAME}(?=\s*(?:[,.:]?\s*\(?{YEAR}|,|\band\b|&|\())")
_JOIN = re.compile(r"\s*(?:(?:[,;]\s*)?(?:and\b|&)|;)\s*")
_COMMA = re.compile(r"\s*,\s*")
_BODY = re.compile(
    rf"(?P<body>{CAPITALISED}(?:\s+(?:(?:of|the|for|and|on|in)\s+)*{CAPITALISED}){{0,6}})"
    rf"[\s,.]*\(\s*(?:{YEAR}[a-z]?|n\.?\s?d\.?)\s*\)"
)
_YEAR_IN_BRACKETS = re.compile(rf"\(\s*(?:c\.?\s*)?(?P<year>{YEAR})[a-z]?(?:\s*[/\[,-][^)]*)?\)")
_YEAR_AT_START = re.compile(rf"[\s.,(\[]*(?P<year>{YEAR})[a-z]?\b(?!\s*[-–]\s*\d)[)\]]?")
# "Breslauer, Khrushchev and Brezhnev, p. 93": no forename has a page so soon behind it, so this is a short title
_SHORT_NOTE = re.compile(r"\s*,\s*(?:pp?\b\.?\s*)?\d")
_IMPRINT_YEAR = re.compile(rf"\([^()]*?\b(?P<year>{YEAR})[a-z]?\)")
_BARE_YEAR = re.compile(rf"(?<![\d/.-])(?<![-–]\s)(?P<year>{YEAR})[a-z]?(?!\s*[-–]\s*\d|[\d/])")
_PAGES = re.compile(
    r"\b(?:pp?|pages?)\b\.?\s*(?P<pages>\d+(?:\s*[-–]\s*\d+)?(?:\s*,\s*\d+(?:\s*[-–]\s*\d+)?)*)", re.IGNORECASE
)
_LAST_PAGES = re.compile(r"[,:]\s*(?P<pages>\d+\s*[-–]\s*\d+)\s*[.\])]*\s*\Z")
_QUOTED = re.compile(r"[\s.,:]*[\"'“‘„«](?P<title>.+?)[\"'”’‟»](?=[\s.,;:(]|\Z)")
_ITALIC = re.compile(r"[\s.,:]*[*_](?P<title>[^*_]+)[*_]")


class Work(NamedTuple):
    """A work as described. ``authors_end`` is where the list of authors ends in the text."""

    authors: tuple[Author, ...]
    year: str | None
    title: str | None
    pages: str | None
    authors_end: int


def parse_bibliography(text: str, span: Span | None) -> Bibliography | None:
    """The list of works at ``span`` of ``text`` with its entries; one line is one work."""
    if span is None:
        return None
    entries: list[BibliographyEntry] = []
    for line in _lines(text, span):
        start = line.start + _skip_bullet(text[line.start : line.end])
        described = text[start : line.end]
        if not described or _is_heading(described):
            continue
        same = _SAME_AUTHOR.match(described)
        work = parse_work(described[same.end() :] if same else described)
        authors = tuple(author.surname for author in work.authors)
        if same and entries:
            authors = entries[-1].authors
        if not authors and entries and _carries_on(described):
            entries[-1] = _extended(entries[-1], text, line.end)
            continue
        entries.append(
            BibliographyEntry(
                start=start, end=line.end, authors=authors, year=work.year, title=work.title, pages=work.pages
            )
        )
    return Bibliography(start=span.start, end=span.end, entries=tuple(entries))


def parse_work(text: str) -> Work:
    """One work from its description; what is not there is empty."""
    authors, end = _authors(text)
    rest = text[end:]
    dated = _YEAR_AT_START.match(rest)
    year = dated["year"] if dated else None
    body = rest[dated.end() :] if dated else rest
    bare = _without_links(body)
    if year is None:
        year = _first_year(bare)
    return Work(authors, year, _title(body), _pages(bare), end)


def years_of(text: str) -> frozenset[str]:
    """Every year that the description ``text`` gives the work, that of a first edition too: "1974 [1973]"."""
    bare = _without_links(text)
    title = parse_work(text).title
    if title is not None:
        bare = bare.replace(title, " ", 1)
    return frozenset(found["year"] for found in _BARE_YEAR.finditer(_PAGES.sub(" ", bare)))


def body_of(text: str) -> str | None:
    """The body that a description without a person begins with ("Party Archive (2018) …"), None where there is none."""
    found = _BODY.match(text)
    return found["body"] if found else None


def optional_entries(text: str, bibliography: Bibliography) -> frozenset[BibliographyEntry]:
    """The entries under a heading such as "Further reading": works that need not be cited."""
    entries = {entry.start: entry for entry in bibliography.entries}
    found: set[BibliographyEntry] = set()
    under_optional = False
    for line in _lines(text, bibliography):
        words = text[line.start : line.end]
        if _is_heading(words):
            under_optional = _folded_heading(words) in patterns().bibliography.optional
        elif under_optional and (entry := entries.get(line.start + _skip_bullet(words))):
            found.add(entry)
    return frozenset(found)


def given_names(text: str) -> tuple[Author, ...]:
    """The authors of a description with their initials or forenames, which records leave out."""
    return _authors(text[_skip_bullet(text) :])[0]


# --- lines ----------------------------------------------------------------------------------------------------------


def _lines(text: str, span: Span) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]*\S", text[span.start : span.end]):
        yield Span(start=span.start + line.start(), end=span.start + line.end())


def _skip_bullet(line: str) -> int:
    bullet = _BULLET.match(line)
    if bullet is None or _SAME_AUTHOR.match(line.lstrip()):
        return len(line) - len(line.lstrip())
    skipped = bullet.end()
    return skipped - 1 if line[skipped - 1 : skipped] == "*" and line[skipped - 2 : skipped - 1] != " " else skipped


def _is_heading(line: str) -> bool:
    words = patterns().bibliography
    return _folded_heading(line) in {*words.headings, *words.optional}


def _folded_heading(line: str) -> str:
    return line.strip(" #*_:.").casefold()


def _carries_on(line: str) -> bool:
    """Whether a line without an author goes on with the entry above: small letter, page, publisher's address."""
    return line[0].islower() or line[0] in "([&" or bool(re.match(r"https?:|www\.|\d", line))


def _extended(entry: BibliographyEntry, text: str, end: int) -> BibliographyEntry:
    work = parse_work(re.sub(r"\s+", " ", text[entry.start : end]))
    return BibliographyEntry(
        start=entry.start, end=end, authors=entry.authors, year=work.year, title=work.title, pages=work.pages
    )


# --- authors --------------------------------------------------------------------------------------------------------


@cache
def _editor_mark() -> re.Pattern[str]:
    words = alternation(patterns().bibliography.editors)
    return re.compile(rf"\s*,?\s*[(\[]?(?:{words})\.?[)\]]?\.?(?=[\s,:(]|\Z)", re.IGNORECASE)


@cache
def _et_al() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:{alternation(patterns().et_al)})\.?", re.IGNORECASE)


def _authors(text: str) -> tuple[tuple[Author, ...], int]:
    """The authors that ``text`` begins with, and where they end. An editor who heads a work stands as its author."""
    authors: list[Author] = []
    position = 0
    while True:
        found = _author_at(text, position, first=not authors)
        if found is None:
            break
        author, position = found
        authors.append(author)
        join = _JOIN.match(text, position)
        if join is None and (comma := _COMMA.match(text, position)) and _list_goes_on(text, comma.end()):
            join = comma
        if join is None or _author_at(text, join.end(), first=False) is None:
            break
        position = join.end()
    if not authors:
        return (), 0
    if len(authors) > 1 and _SHORT_NOTE.match(text, position) and (lone := _LONE.match(text)) and authors[0].given:
        return (Author(lone.group()),), lone.end()
    for trailing in (_et_al(), _editor_mark()):
        if mark := trailing.match(text, position):
            position = mark.end()
    return tuple(authors), position


def _author_at(text: str, position: int, *, first: bool) -> tuple[Author, int] | None:
    inverted = _INVERTED.match(text, position)
    if inverted and is_surname(inverted["surname"]) and _is_inverted(inverted, text):
        return Author(inverted["surname"], inverted["given"].strip()), inverted.end()
    initials_behind = _INITIALS_BEHIND.match(text, position)
    if initials_behind and is_surname(initials_behind["surname"]):
        return Author(initials_behind["surname"], initials_behind["given"].strip()), initials_behind.end()
    direct = _DIRECT.match(text, position)
    if direct and (author := parse_name(direct.group())):
        return author, direct.end()
    lone = _LONE.match(text, position)
    if lone and is_surname(lone.group()):
        return Author(lone.group()), lone.end()
    return None


def _is_inverted(found: re.Match[str], text: str) -> bool:
    """Whether what stands behind the surname's comma is a forename, and not the first word of the title.

    "Taubman, Khrushchev, p. 12" has a title there: a lone word that a page, a colon or an imprint follows. "Robert
    Service, A History …" has one behind a name in its usual order.
    """
    given = found["given"]
    if _INITIALS_ONLY.fullmatch(given):
        return True
    if parse_name(found["surname"]) != Author(found["surname"]):
        return False
    after = text[found.end() :].lstrip()
    if after.startswith((":", "(")) and not re.match(
        rf"\(\s*{YEAR}|\((?:{alternation(patterns().bibliography.editors)})", after
    ):
        return False
    forename = _MIDDLE_INITIALS.sub("", given)
    return not re.match(r",\s*(?:pp?\b|\d|vol\b|\()", after) and parse_name(forename) is not None


_INITIALS_ONLY = re.compile(INITIALS)
_MIDDLE_INITIALS = re.compile(rf"\s+{INITIALS}\Z")


def _list_goes_on(text: str, position: int) -> bool:
    """Whether a comma separates authors: an inverted name with initials follows, or plain names up to an "and"."""
    inverted = _INVERTED.match(text, position)
    if inverted and _INITIALS_ONLY.fullmatch(inverted["given"].strip()):
        return True
    names = re.compile(rf"(?:{_DIRECT.pattern}\s*,\s*)*{_DIRECT.pattern}\s*,?\s*(?:and\b|&)\s*{_DIRECT.pattern}")
    direct = names.match(text, position)
    # a title of this shape ("Soviet Union and Eastern Europe") has its imprint behind it at once
    return direct is not None and not re.match(rf"\s*\((?!\s*{YEAR})", text[direct.end() :])


# --- the rest -------------------------------------------------------------------------------------------------------


def _without_links(text: str) -> str:
    """Addresses and dates of access blanked out: their figures are no year and no page."""
    text = re.sub(r"(?:https?://|www\.)\S+", " ", text)
    words = alternation(patterns().bibliography.access)
    return re.sub(rf"[(\[]?\b(?:{words})\b[^)\]]*[)\]]?", " ", text, flags=re.IGNORECASE)


def _first_year(text: str) -> str | None:
    for pattern in (_YEAR_IN_BRACKETS, _IMPRINT_YEAR):
        if found := pattern.search(text):
            return found["year"]
    years = [found["year"] for found in _BARE_YEAR.finditer(_PAGES.sub(" ", text))]
    return years[-1] if years else None  # a title may hold a year, the imprint stands behind it


def _pages(text: str) -> str | None:
    signed = list(_PAGES.finditer(text))
    found = signed[-1] if signed else _LAST_PAGES.search(text)  # the last: a journal's number may stand before
    return re.sub(r"\s+", "", found["pages"]).replace("–", "-").replace(",", ", ") if found else None


def _title(text: str) -> str | None:
    for pattern in (_QUOTED, _ITALIC):
        if (found := pattern.match(text)) and (title := found["title"].strip(" .,")):
            return title
    publication = alternation(patterns().bibliography.publication)
    plain = re.sub(r"^[\s.,:)\]]+", "", text)
    end = re.search(
        rf"\s*(?:\(|\[|\.\s|\.\Z|,\s+(?:pp?\b|{YEAR}(?!\s*[-–]\s*\d)|(?:{publication})\b)|\bhttps?:|\Z)", plain
    )
    title = plain[: end.start()] if end else plain
    return title.strip(" .,*_'\"“”‘’") or None
