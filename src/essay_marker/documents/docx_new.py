"""A new Word document with the words of an essay, for one that came as another kind of file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from essay_marker.documents.package import write_package, xml_text

BlockKind = Literal["title", "prose", "work", "note"]

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLE_OF: Final[dict[BlockKind, str]] = {"title": "Title", "prose": "Normal", "work": "Work", "note": "Note"}


class NewBlock(NamedTuple):
    """A paragraph of the document: its words and what it is."""

    text: str
    kind: BlockKind


def new_docx(blocks: Iterable[NewBlock]) -> bytes:
    """A document on A4 with ``blocks``; the walk through it gives their words, parted by blank lines.

    Characters that XML cannot hold stand as U+FFFD.
    """
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{_STYLE_OF[block.kind]}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(xml_text(block.text))}</w:t></w:r></w:p>'
        for block in blocks
    )
    document = (
        f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304"'
        ' w:right="1304" w:bottom="1304" w:left="1304" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("settings", "settings.xml")),
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return write_package((name, (declaration + text).encode()) for name, text in parts.items())


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("styles", "styles"), ("settings", "settings"))
    )
    + "</Types>"
)

# without the mode Word opens a document as one of an old version
_SETTINGS: Final = (
    f'<w:settings xmlns:w="{_W}"><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _style(id_: str, name: str, paragraph: str, run: str = "", *, based: bool = True) -> str:
    default = "" if based else ' w:default="1"'
    parent = '<w:basedOn w:val="Normal"/>' if based else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id_}"><w:name w:val="{name}"/>{parent}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_STYLES: Final = (
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    + _style("Normal", "Normal", '<w:spacing w:after="160" w:line="300" w:lineRule="auto"/>', based=False)
    + _style(
        "Title",
        "Title",
        '<w:keepNext/><w:spacing w:after="240"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:sz w:val="28"/><w:szCs w:val="28"/>',
    )
    + _style("Work", "Bibliography", '<w:spacing w:after="80"/><w:ind w:left="567" w:hanging="567"/>')
    + _style("Note", "Note", '<w:spacing w:after="60" w:line="259" w:lineRule="auto"/>', '<w:sz w:val="19"/>')
    + "</w:styles>"
)
