"""The forty: whose they are, by which platform they came, as what kind of file, and what is planted in them.

The essays are exemplars, the shortest ones, and can be cut short, so that a class is marked within a test. Every
learner is made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from ..documents.writing import WRITERS, Written, as_docx, essay_of, new_pdf

EXEMPLARS: Final = Path(__file__).resolve().parents[2] / "corpus" / "khrushchev-destalinisation" / "exemplars"
QUESTION: Final = "To what extent did Khrushchev succeed in his policy of de-Stalinisation?"
KINDS: Final = ("docx", "docx", "odt", "pdf", "docx", "rtf", "html", "txt", "md", "docx")
#: How many paragraphs of the one are in the other's essay, too.
COPIED_PARAGRAPHS: Final = 2

Platform = Literal["moodle", "moodle-flat", "canvas", "classroom", "teams", "plain"]


class Pupil(NamedTuple):
    """A learner who handed in an essay that can be read."""

    name: str
    platform: Platform


class Classroom(NamedTuple):
    """Where things are: the folder of all, that of the submissions, and Moodle's grading worksheet."""

    folder: Path
    submissions: Path
    worksheet: Path


PUPILS: Final = (
    Pupil("Amara Okonjo", "moodle"),
    Pupil("Beatrix Lindqvist", "moodle"),
    Pupil("Callum O'Rourke", "moodle"),
    Pupil("Dilys Pritchard", "moodle"),
    Pupil("Efosa Adeyemi", "moodle"),
    Pupil("Françoise Delacroix-Müller", "moodle"),
    Pupil("Gwendolyn van der Meer", "moodle"),
    Pupil("Hamza Siddiqui", "moodle-flat"),
    Pupil("Ines Carvalho", "moodle-flat"),
    Pupil("Jarvis Underhill", "canvas"),
    Pupil("Keziah Thistlewood", "canvas"),
    Pupil("Lorcan Quigley", "canvas"),
    Pupil("Mirela Popescu", "canvas"),
    Pupil("Nkechi Obafemi", "canvas"),
    Pupil("Orla Fennimore", "canvas"),
    Pupil("Piers Hathersage", "classroom"),
    Pupil("Quentin Abernathy", "classroom"),
    Pupil("Rosalind Eyre-Tanner", "classroom"),
    Pupil("Siobhán Ní Dhomhnaill", "classroom"),
    Pupil("Tariq Mahmoud-Reyes", "classroom"),
    Pupil("=Ugo Bellweather", "classroom"),
    Pupil("Verity Sandringford", "classroom"),
    Pupil("Wilhelmina Ashgrove", "teams"),
    Pupil("Xanthe Papadimitriou", "teams"),
    Pupil("Yusuf Karadeniz", "teams"),
    Pupil("Zofia Wójcikowska", "teams"),
    Pupil("Aneurin Blackthorne", "teams"),
    Pupil("Bronagh Kilpatrick", "teams"),
    Pupil("Cosmo Featherby", "plain"),
    Pupil("Delphine Marchbanks", "plain"),
    Pupil("Ekow Mensah-Brown", "plain"),
    Pupil("Fenella Drummond", "plain"),
)
#: Who copied from whom, who handed in twice, and who handed in less than an essay.
COPIED: Final = ("Keziah Thistlewood", "Yusuf Karadeniz")
TWICE: Final = ("Lorcan Quigley", "Xanthe Papadimitriou")
LATE: Final = "Mirela Popescu"
#: In whose essay the first line is no title: the name, with what schools want beside it.
NAME_LINES: Final = {
    "Amara Okonjo": "Amara Okonjo 12B",
    "Cosmo Featherby": "Name: Cosmo Featherby",
    "Piers Hathersage": "Piers Hathersage, 12 March",
}
#: Whose file cannot be marked, and of what that is a sign to a reader.
TROUBLES: Final = {
    "Graham Penhaligon": "broken-docx",
    "Harriet Osgoode": "broken-pdf",
    "Ivo Castellane": "scan",
    "Jemima Whitlock": "photograph",
    "Kofi Asantewaa": "empty",
    "Liesl Brandauer": "too-short",
    "Magnus Thorvald": "password",
    "Niamh Gallowglass": "recipe",
}


def build(folder: Path, words: int | None = None) -> Classroom:
    """Make ``folder`` and the class in it, each essay cut after the paragraph in which it has so many words.

    Raises:
        FileExistsError: The folder is there.
    """
    folder.mkdir(parents=True)
    room = Classroom(folder, folder / "submissions", folder / "Grades-History 12B-De-Stalinisation.csv")
    for path, data in submissions(words):
        place = room.submissions / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    room.worksheet.write_bytes(worksheet())
    return room


def submissions(words: int | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of the class: its path below the folder of the submissions, and its bytes."""
    essays = [_cut(essay, words) for essay in _essays(len(PUPILS))]
    by_name = {pupil.name: essay for pupil, essay in zip(PUPILS, essays, strict=True)}
    first, second = COPIED
    own = by_name[second]
    by_name[second] = own._replace(
        paragraphs=[*own.paragraphs[:2], *by_name[first].paragraphs[:COPIED_PARAGRAPHS], *own.paragraphs[2:]]
    )
    for index, pupil in enumerate(PUPILS):
        kind = KINDS[index % len(KINDS)]
        essay = by_name[pupil.name]
        if pupil.name in NAME_LINES:
            essay = essay._replace(title=None, paragraphs=[NAME_LINES[pupil.name], *essay.paragraphs])
        yield _path(pupil, index, kind), WRITERS[kind](essay)
        if pupil.name in TWICE:
            yield _path(pupil, index, "docx", first_try=True), as_docx(_draft(essay))
    for index, (name, trouble) in enumerate(TROUBLES.items()):
        ending, make = _TROUBLED[trouble]
        yield f"{name}_{3000 + index}_assignsubmission_file_/essay{ending}", make()


def worksheet() -> bytes:
    """Moodle's grading worksheet as it is downloaded: those who handed in by Moodle, and one who did not."""
    file = io.StringIO(newline="")
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        (
            "Identifier",
            "Full name",
            "Email address",
            "Status",
            "Grade",
            "Maximum Grade",
            "Grade can be changed",
            "Last modified (submission)",
            "Last modified (grade)",
            "Feedback comments",
        )
    )
    sent = "Tuesday, 12 March 2024, 8:14 PM"
    for number, name in moodle_numbers().items():
        address = f"{name.split()[0].lower()}@school.example"
        status = "Submitted for grading - "
        writer.writerow((f"Participant {number}", name, address, status, "", "20.00", "Yes", sent, "-", ""))
    nothing = ("Participant 4000", 'Oswin "Oz" Tarrant', "oz@school.example", "No submission - ")
    writer.writerow((*nothing, "", "20.00", "Yes", "-", "-", ""))
    return file.getvalue().encode()


def moodle_numbers() -> dict[int, str]:
    """The learners who handed in by Moodle, by their numbers."""
    numbers = {2000 + i: pupil.name for i, pupil in enumerate(PUPILS) if pupil.platform.startswith("moodle")}
    return numbers | {3000 + i: name for i, name in enumerate(TROUBLES)}


def _essays(number: int) -> list[Written]:
    """The shortest exemplars, in the order of their names."""
    texts = {path.stem: path.read_text("utf-8") for path in EXEMPLARS.glob("e*.txt")}
    shortest = sorted(texts, key=lambda name: (len(texts[name]), name))[:number]
    return [essay_of(texts[name]) for name in sorted(shortest)]


def _cut(essay: Written, words: int | None) -> Written:
    """The first paragraphs of an essay, without what no note refers to any more."""
    if words is None:
        return essay
    kept: list[str] = []
    for paragraph in essay.paragraphs:
        if sum(len(text.split()) for text in kept) >= words:
            break
        kept.append(paragraph)
    notes = {mark: text for mark, text in essay.notes.items() if any(f"[{mark}]" in text for text in kept)}
    return essay._replace(paragraphs=kept, works=(), notes=notes)


def _draft(essay: Written) -> Written:
    """An essay as it was before it was finished."""
    return essay._replace(paragraphs=essay.paragraphs[:2], works=(), notes={})


def _path(pupil: Pupil, index: int, kind: str, *, first_try: bool = False) -> str:
    name = pupil.name
    match pupil.platform:
        case "moodle":
            return f"{name}_{2000 + index}_assignsubmission_file_/essay.{kind}"
        case "moodle-flat":
            return f"{name}_{2000 + index}_assignsubmission_file_My essay.{kind}"
        case "canvas":
            first, last = name.replace("'", "").lower().split(maxsplit=1)
            late = "_LATE" if name == LATE else ""
            attachment = 50_000 + 2 * index + (not first_try)
            return f"{last.replace(' ', '')}{first}{late}_{7000 + index}_{attachment}_essay.{kind}"
        case "classroom":
            return f"{name} - De-Stalinisation essay.{kind}"
        case "teams":
            version = 1 if first_try else 2
            return f"Submitted files/{name}/De-Stalinisation/Version {version}/essay.{kind}"
        case "plain":
            return f"{name}.{kind}"


# --- what cannot be marked ------------------------------------------------------------------------------------------


def _broken_docx() -> bytes:
    whole = as_docx(Written(QUESTION, ["The end of this file was lost on the way."], (), {}))
    return whole[: len(whole) * 2 // 3]


def _broken_pdf() -> bytes:
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R >>\nendobj\nxref\n0 2\ntrailer << >>\n"
    )


def _scan() -> bytes:
    from PIL import Image

    pdf = new_pdf()
    for _ in range(2):
        pdf.add_page()
        pdf.image(Image.new("RGB", (60, 80), "grey"), x=0, y=0, w=pdf.w, h=pdf.h)
    return bytes(pdf.output())


def _photograph() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (60, 80), "grey").save(file, "JPEG")
    return file.getvalue()


def _too_short() -> bytes:
    return b"Khrushchev gave a speech about Stalin in 1956. I will write the rest at the weekend."


def _password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


def _recipe() -> bytes:
    steps = (
        "Line the tin with paper and heat the oven while the butter softens on the windowsill.",
        "Beat the butter with the sugar until it is pale, and add the eggs one at a time so that it does not split.",
        "Fold in the flour with a metal spoon, then the grated lemon peel and enough milk to loosen the mixture.",
        "Bake it for forty minutes, and leave it in the tin until it is cool enough to be turned out on a rack.",
    )
    return "\n\n".join(" ".join(steps) for _ in range(6)).encode()


_TROUBLED: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    "broken-docx": (".docx", _broken_docx),
    "broken-pdf": (".pdf", _broken_pdf),
    "scan": (".pdf", _scan),
    "photograph": (".jpg", _photograph),
    "empty": (".docx", bytes),
    "too-short": (".txt", _too_short),
    "password": (".docx", _password),
    "recipe": (".txt", _recipe),
}
