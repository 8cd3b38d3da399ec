"""Title, notes and bibliography are told from the body."""

from __future__ import annotations

import pytest

from .building import BODY, ENTRIES, FIRST, LAST, QUESTION, SECOND, paragraphs, read, repaired, said, wrapped

# --- title


@pytest.mark.parametrize(
    "title",
    [
        QUESTION,
        "“The reform failed.” How far do you agree?",
        "Assess the reasons for the failure of the reform.",
        "The Land Reform of 1861",
    ],
)
def test_a_question_or_heading_before_the_prose_is_the_title(title: str) -> None:
    essay = read(f"{title}\n\n{FIRST}\n\n{LAST}")
    assert essay.title == essay.paragraphs[0]
    assert said(essay, essay.paragraphs) == [title, FIRST, LAST]
    assert said(essay, essay.body) == [FIRST, LAST]


@pytest.mark.parametrize("heading", [f"## {QUESTION}", f"**{QUESTION}**", f"{QUESTION}\n====="])
def test_a_title_may_be_marked_up(heading: str) -> None:
    essay = read(f"{heading}\n\n{FIRST}\n\n{LAST}")
    assert essay.title is not None
    assert said(essay, [essay.title]) == [QUESTION]


@pytest.mark.parametrize("first", ["The reform failed badly.", "Introduction", FIRST, "The reform had these aims:"])
def test_prose_and_a_section_are_no_title(first: str) -> None:
    assert read(f"{first}\n\n{SECOND}\n\n{LAST}").title is None


def test_a_single_line_is_no_title() -> None:
    assert read(QUESTION).title is None


@pytest.mark.parametrize("label", ["Question: ", "Title: ", "Essay question 3: ", "Q1. "])
def test_a_label_before_the_title_is_left_out(label: str) -> None:
    essay = read(f"{label}{QUESTION}\n\n{FIRST}")
    assert essay.text == f"{QUESTION}\n\n{FIRST}"
    assert repaired(essay) == {"labels": 1}


# --- bibliography


@pytest.mark.parametrize(
    "heading",
    [
        "Bibliography", "BIBLIOGRAPHY:", "## Bibliography", "**References**", "Works cited", "Works Consulted:",
        "Sources", "Reading list", "Reference list", "Select bibliography", "Further Reading", "6. Bibliography",
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_entries_under_a_heading_are_the_bibliography_one_a_line(heading: str, gap: str) -> None:
    essay = read(f"{FIRST}\n\n{LAST}\n\n{heading}{gap}{gap.join(ENTRIES)}\n")
    assert essay.bibliography is not None
    plain = heading.strip("#* ")
    assert said(essay, [essay.bibliography]) == ["\n".join([plain, *ENTRIES])]
    assert said(essay, essay.paragraphs) == [FIRST, LAST]
    assert essay.bibliography.end == len(essay.text)


def test_three_entries_need_no_heading() -> None:
    essay = read("\n\n".join([FIRST, LAST, *ENTRIES]))
    assert essay.bibliography is not None
    assert said(essay, [essay.bibliography]) == ["\n".join(ENTRIES)]


def test_two_entries_or_dated_prose_need_one() -> None:
    prose = ["However, Marlow denied it in 1856.", "Moreover, Brown agreed in 1857.", "Then, Adams fell in 1858."]
    assert read("\n\n".join([FIRST, *ENTRIES[:2]])).bibliography is None
    assert read("\n\n".join([FIRST, *prose])).bibliography is None


@pytest.mark.parametrize("heading", ["Bibliography\n\n", "Bibliography\n", ""])
def test_wrapped_entries_are_joined(heading: str) -> None:
    entries = "\n".join(wrapped([entry], 60) for entry in ENTRIES)
    essay = read(f"{wrapped(BODY, 60)}\n\n{heading}{entries}")
    assert essay.bibliography is not None
    assert said(essay, [essay.bibliography])[0].split("\n")[-3:] == list(ENTRIES)
    assert said(essay, essay.paragraphs) == list(BODY)


def test_an_entry_that_names_its_editors_at_a_line_end_is_joined() -> None:
    editors = "Adams, J. (1990) 'Land' in The Reform and its Fate. ed. by\nCole, M. and Dean, A. London: Hart, p.4"
    essay = read(f"{FIRST}\n\nBibliography\n{editors}\n{ENTRIES[2]}")
    assert essay.text.endswith(editors.replace("\n", " ") + "\n" + ENTRIES[2])


def test_entries_with_a_hanging_indent_are_joined() -> None:
    hanging = [entry.replace(" a Study", "\n    A Study") for entry in ENTRIES]
    essay = read("\n".join([FIRST, "", "Bibliography", *hanging]))
    assert essay.text.endswith("Masters: A Study of the Province between War and Famine. Oxford: Orme\n" + ENTRIES[2])


def test_several_and_repeated_bibliographies_are_one() -> None:
    parts = ["Bibliography", "Primary sources", ENTRIES[0], "Secondary sources", ENTRIES[1], "References", ENTRIES[0]]
    essay = read("\n\n".join([FIRST, LAST, *parts]))
    assert essay.bibliography is not None
    assert said(essay, [essay.bibliography]) == ["\n".join(parts)]


def test_a_heading_may_have_the_first_entry_in_its_line() -> None:
    essay = read(f"{FIRST}\n\nBibliography: {ENTRIES[0]}\n{ENTRIES[2]}")
    assert essay.text.endswith(f"\n\nBibliography:\n{ENTRIES[0]}\n{ENTRIES[2]}")


def test_a_heading_in_the_body_or_a_table_of_contents_starts_no_bibliography() -> None:
    assert read(f"{FIRST}\n\nSources\n\n{SECOND}\n\n{LAST}").bibliography is None
    essay = read(f"Aims\n\nReferences\n\n{FIRST}\n\n{SECOND}\n\n{LAST}\n\nReferences\n\n{ENTRIES[0]}")
    assert essay.bibliography is not None
    assert said(essay, [essay.bibliography]) == [f"References\n{ENTRIES[0]}"]


def test_bulleted_entries_lose_their_bullets() -> None:
    text = "\n".join(f"- {entry}" for entry in ENTRIES)
    assert read(f"{FIRST}\n\nBibliography\n\n{text}").text.endswith("\n".join(ENTRIES))


# --- notes

NOTES = ("Adams, The Reform, p. 4.", "Brown, Serfs, pp. 5-6.")


@pytest.mark.parametrize(
    ("mark", "note"),
    [("[{}]", "[{}] "), ("[^{}]", "[^{}]: "), ("{}", "{}. "), ("{}", "{} ")],
    ids=["brackets", "markdown", "numbered", "bare"],
)
@pytest.mark.parametrize("heading", ["Notes\n\n", "## Footnotes\n\n", "Endnotes:\n", ""])
@pytest.mark.parametrize("works", ["", f"\n\nBibliography\n\n{ENTRIES[0]}"])
def test_notes_at_the_end_are_told_apart(mark: str, note: str, heading: str, works: str) -> None:
    body = f"{FIRST}{mark.format(1)}\n\n{LAST}{mark.format(2)}"
    essay = read(f"{body}\n\n{heading}{note.format(1)}{NOTES[0]}\n{note.format(2)}{NOTES[1]}{works}")
    assert said(essay, essay.paragraphs) == body.split("\n\n")
    assert said(essay, essay.notes) == list(NOTES)
    assert [each.mark for each in essay.notes] == ["1", "2"]
    assert (essay.bibliography is not None) == bool(works)


def test_raised_marks_keep_their_height_in_the_text() -> None:
    essay = read(f"{FIRST}¹\n\n{LAST}²\n\n¹ {NOTES[0]}\n² {NOTES[1]}")
    assert said(essay, essay.notes) == list(NOTES)
    assert said(essay, essay.paragraphs) == [f"{FIRST}¹", f"{LAST}²"]
    assert [each.mark for each in essay.notes] == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}[^a]\n\n[^a]: {NOTES[0]}\n\n{LAST}[^b]\n\n[^b]: {NOTES[1]}",
        f"{FIRST}[1]\n\n{LAST}[2]\n\nBibliography\n\n{ENTRIES[0]}\n\n[1] {NOTES[0]}\n\n[2] {NOTES[1]}",
    ],
    ids=["defined in the body", "after the bibliography"],
)
def test_notes_elsewhere_are_moved_to_their_place(text: str) -> None:
    essay = read(text)
    assert said(essay, essay.notes) == list(NOTES)
    assert repaired(essay) == {"moved-notes": 2}
    last_paragraph, first_note = essay.paragraphs[-1], essay.notes[0]
    assert last_paragraph.end < first_note.start
    assert essay.bibliography is None or essay.notes[-1].end < essay.bibliography.start


def test_wrapped_notes_are_joined() -> None:
    long = (
        "Brown, Serfs and Masters, chapter five, where the harvests of the province are told in full, pp.\n41 and 56."
    )
    essay = read(f"{wrapped([FIRST + '1', LAST + '2'], 60)}\n\n1. {NOTES[0]}\n2. {long}")
    assert said(essay, essay.notes) == [NOTES[0], long.replace("\n", " ")]


def test_a_numbered_list_without_marks_in_the_text_is_no_notes() -> None:
    lines = [FIRST, "1. To feed the towns.", "2. To pay the army."]
    assert paragraphs("\n\n".join(lines)) == lines


def test_a_numbered_bibliography_is_no_notes() -> None:
    essay = read(f"{FIRST} [1]\n\n{LAST} [2]\n\nReferences\n[1] {ENTRIES[0]}\n[2] {ENTRIES[2]}")
    assert essay.notes == ()
    assert essay.text.endswith(f"References\n[1] {ENTRIES[0]}\n[2] {ENTRIES[2]}")


def test_numbered_notes_of_books_are_notes_and_no_bibliography() -> None:
    notes = "\n".join(f"[{i}] M. Author{i}, A Book about Land (London, 19{90 + i}), p. {i}." for i in range(1, 5))
    essay = read(f"{FIRST} One source says so.[1] Another agrees.[2][3][4]\n\n{LAST}\n\nNotes\n\n{notes}")
    assert [note.mark for note in essay.notes] == ["1", "2", "3", "4"]
    assert essay.bibliography is None
