"""One essay written as a file of every kind: by hand as word processors write it, and by libraries."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_MARK = re.compile(r"\[(\d{1,2})\]")


class Written(NamedTuple):
    """An essay as a person would type it: title (if any), paragraphs, the works used, notes by their numbers."""

    title: str | None
    paragraphs: Sequence[str]
    works: Sequence[str]
    notes: Mapping[str, str]


def essay_of(text: str) -> Written:
    """The parts of an exemplar's text, by the few signs that the exemplars have."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    notes: dict[str, str] = {}
    works: list[str] = []
    body: list[str] = []
    part = "body"
    for block in blocks:
        if block in ("Notes", "Bibliography"):
            part = block
        elif part == "Notes":
            notes |= {mark: words for mark, words in re.findall(r"^\[(\d+)\] (.*)$", block, re.MULTILINE)}
        elif part == "Bibliography":
            works += block.splitlines()
        else:
            body.append(block)
    has_title = len(body[0].split()) < 30 and body[0].endswith("?")
    return Written(body[0] if has_title else None, body[has_title:], works, notes)


# --- Word -------------------------------------------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A run as Word writes it, split in two with a spelling mark between, as happens at every turn."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    middle = len(text) // 2
    halves = (text[:middle], text[middle:]) if middle else (text,)
    return '<w:proofErr w:type="spellStart"/>'.join(
        f'<w:r w:rsidRPr="00A{len(half) % 10}1234">{rpr}<w:t xml:space="preserve">{escape(half)}</w:t></w:r>'
        for half in halves
    )


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of Word's; ``content`` is XML."""
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w:rsidR="00B71234" w:rsidRDefault="00B71234">{ppr}{content}</w:p>'


def reference(number: int | str, kind: str = "footnote") -> str:
    """The mark of a note in the text."""
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def _notes_part(notes: Mapping[str, str], kind: str) -> str:
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for number, name in (("-1", "separator"), ("0", "continuationSeparator"))
    )
    items = "".join(
        f'<w:{kind} w:id="{mark}">'
        + paragraph(
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Ref/></w:r>' + run(f" {words}"),
            '<w:pStyle w:val="FootnoteText"/>',
        )
        + f"</w:{kind}>"
        for mark, words in notes.items()
    )
    return f"<w:{kind}s {_NAMESPACES}>{separators}{items}</w:{kind}s>"


STYLES = f"""<w:styles {_NAMESPACES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="80"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>
<w:rPr><w:sz w:val="20"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Pale"><w:name w:val="Pale"/><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>
</w:styles>"""

NUMBERING = f"""<w:numbering {_NAMESPACES}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def docx(
    body: str,
    *,
    footnotes: Mapping[str, str] | None = None,
    endnotes: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    background: str = "",
) -> bytes:
    """A Word document with this body (XML), as Word lays its package out."""
    overrides = {
        main: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "word/styles.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
        "word/numbering.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    }
    members = {
        "_rels/.rels": RELATIONS.format(main),
        main: f"<w:document {_NAMESPACES}>{background}<w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }
    related = ["styles", "numbering"]
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            members[f"word/{kind}s.xml"] = _notes_part(notes, kind)
            overrides[f"word/{kind}s.xml"] = (
                f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
            )
            related.append(f"{kind}s")
    folder, _, name = main.rpartition("/")
    members[f"{folder}/_rels/{name}.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{index}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'{part}" Target="{part}.xml"/>'
            for index, part in enumerate(related, start=1)
        )
        + "</Relationships>"
    )
    members |= parts or {}
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    return package(members)


def package(members: Mapping[str, str | bytes]) -> bytes:
    """A zip package."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _word_runs(text: str) -> str:
    """``text`` in runs, the marks of notes as references."""
    pieces = _MARK.split(text)
    return "".join(reference(piece) if index % 2 else run(piece) for index, piece in enumerate(pieces) if piece)


def as_docx(essay: Written) -> bytes:
    body = paragraph(run(essay.title), '<w:pStyle w:val="Title"/>') if essay.title else ""
    body += "".join(paragraph(_word_runs(text), '<w:spacing w:after="160" w:line="360"/>') for text in essay.paragraphs)
    if essay.works:
        body += paragraph(run("Bibliography"), '<w:pStyle w:val="Heading1"/>')
        body += "".join(paragraph(run(work), '<w:ind w:left="720" w:hanging="720"/>') for work in essay.works)
    return docx(body, footnotes=essay.notes)


# --- OpenDocument -----------------------------------------------------------------------------------------------------

_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)


def odt(body: str, *, automatic: str = "", styles: str = "", masters: str = "") -> bytes:
    """An OpenDocument text with this body (XML)."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = (
        f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    return package(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": common}
    )


def odt_note(mark: str, words: str, kind: str = "footnote") -> str:
    """A note where it is referred to."""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation><text:note-body>'
        f"<text:p>{escape(words)}</text:p></text:note-body></text:note>"
    )


def as_odt(essay: Written) -> bytes:
    def inline(text: str) -> str:
        pieces = _MARK.split(text)
        return "".join(
            odt_note(piece, essay.notes[piece]) if index % 2 else f"<text:span>{escape(piece)}</text:span>"
            for index, piece in enumerate(pieces)
        )

    body = f"<text:h>{escape(essay.title)}</text:h>" if essay.title else ""
    body += "".join(f"<text:p>{inline(text)}</text:p>" for text in essay.paragraphs)
    if essay.works:
        body += "<text:h>Bibliography</text:h>" + "".join(f"<text:p>{escape(work)}</text:p>" for work in essay.works)
    return odt(body)


# --- the others -------------------------------------------------------------------------------------------------------


def as_txt(essay: Written) -> bytes:
    blocks = [*([essay.title] if essay.title else []), *essay.paragraphs]
    if essay.works:
        blocks += ["Bibliography", "\n".join(essay.works)]
    if essay.notes:
        blocks += ["Notes", "\n".join(f"[{mark}] {words}" for mark, words in essay.notes.items())]
    return "\n\n".join(blocks).encode()


def as_md(essay: Written) -> bytes:
    blocks = [*([f"# {essay.title}"] if essay.title else [])]
    blocks += [_MARK.sub(r"[^\1]", text) for text in essay.paragraphs]
    if essay.works:
        blocks += ["## Bibliography", *essay.works]
    blocks += [f"[^{mark}]: {words}" for mark, words in essay.notes.items()]
    return "\n\n".join(blocks).encode()


def as_html(essay: Written) -> bytes:
    def inline(text: str) -> str:
        link = r'<sup><a href="#ftnt\1" id="ftnt_ref\1">[\1]</a></sup>'
        return _MARK.sub(link, escape(text))

    body = f"<h1>{escape(essay.title)}</h1>" if essay.title else ""
    body += "".join(f"<p class=c2><span class=c0>{inline(text)}</span></p>\n" for text in essay.paragraphs)
    if essay.works:
        body += "<h2>Bibliography</h2>" + "".join(f"<p>{escape(work)}</p>" for work in essay.works)
    body += "<hr>" + "".join(
        f'<div><p><a href="#ftnt_ref{mark}" id="ftnt{mark}">[{mark}]</a><span>&nbsp;{escape(words)}</span></p></div>'
        for mark, words in essay.notes.items()
    )
    page = f"<html><head><title>essay.html</title><style>.c0{{color:#000}}</style></head><body>{body}</body></html>"
    return page.encode()


def rtf_text(text: str) -> str:
    """``text`` as rich text spells it."""
    spelt = "".join(f"\\{c}" if c in "\\{}" else c if c < "\x80" else f"\\u{ord(c)}?" for c in text)
    return spelt.replace("\n", "\\line ")


def as_rtf(essay: Written) -> bytes:
    def inline(text: str) -> str:
        pieces = _MARK.split(text)
        return "".join(
            "{\\super\\chftn{\\footnote\\pard\\plain\\chftn  " + rtf_text(essay.notes[piece]) + "}}"
            if index % 2
            else "{\\rtlch\\af0 " + rtf_text(piece) + "}"
            for index, piece in enumerate(pieces)
        )

    blocks = [f"\\pard\\plain\\s1 {rtf_text(essay.title)}\\par"] if essay.title else []
    blocks += [f"\\pard\\plain\\qj {inline(text)}\\par" for text in essay.paragraphs]
    if essay.works:
        blocks += [f"\\pard\\plain {rtf_text(text)}\\par" for text in ("Bibliography", *essay.works)]
    return rtf("\n".join(blocks))


def rtf(body: str) -> bytes:
    """A rich text document with this body."""
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times New Roman;}}"
        "{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;}"
        "{\\stylesheet{\\s0 Normal;}{\\s1\\sbasedon0 heading 1;}}{\\*\\generator Word;}{\\info{\\title x}}\n"
        f"{body}}}"
    ).encode("latin-1")


def new_pdf() -> Any:
    """An empty PDF of A4 pages to write on."""
    from fpdf import FPDF

    page = FPDF(format="A4")
    page.set_margins(25, 25, 25)
    page.set_auto_page_break(True, margin=45)
    return page


def printable(text: str) -> str:
    """``text`` in the characters that a PDF's own fonts have."""
    return text.encode("cp1252", "replace").decode("cp1252")


def as_pdf(essay: Written) -> bytes:
    """Pages with a running number, double-spaced, notes in small type at the foot of their page."""
    notes = dict(essay.notes)
    waiting: list[str] = []

    from fpdf import FPDF

    class Pages(FPDF):
        def footer(self) -> None:
            self.set_y(-42)
            self.set_font("helvetica", size=8)
            for mark in waiting:
                self.multi_cell(0, 4, printable(f"{mark} {notes[mark]}"), align="L", new_x="LMARGIN", new_y="NEXT")
            waiting.clear()
            self.set_y(-12)
            self.set_font("helvetica", size=11)
            self.cell(0, 5, str(self.page_no()), align="C")

    pdf = Pages(format="A4")
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_margins(25, 25, 25)
    pdf.set_auto_page_break(True, margin=46)
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    for block in [*([essay.title] if essay.title else []), *essay.paragraphs]:
        for index, piece in enumerate(_MARK.split(printable(block))):
            if index % 2:
                pdf.char_vpos = "SUP"
                pdf.write(8, piece)
                pdf.char_vpos = "LINE"
                waiting.append(piece)
            else:
                pdf.write(8, piece)
        pdf.ln(14)
    if essay.works:
        for text in ("Bibliography", *essay.works):
            pdf.multi_cell(0, 7, printable(text), align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    return bytes(pdf.output())


WRITERS: Mapping[str, Callable[[Written], bytes]] = {
    "txt": as_txt,
    "md": as_md,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
    "rtf": as_rtf,
    "html": as_html,
}
