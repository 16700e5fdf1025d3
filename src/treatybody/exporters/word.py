"""DOCX: each paragraph quoted with its citation as a footnote, a heading for each document.

Written part by part into the package (ECMA-376, Office Open XML), because building the whole
document in memory, as python-docx does, has no bound.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO
from xml.sax.saxutils import escape

from treatybody.exporters.rows import Options, Row

NAME = "docx"
SUFFIXES = (".docx",)
GROUPED = True
_FORBIDDEN = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>
</Types>"""
_ROOT_RELS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_DOCUMENT_RELS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>
</Relationships>"""


def _style(kind: str, identity: str, name: str, inside: str) -> str:
    attributes = f'w:type="{kind}" w:styleId="{identity}"'
    return f'<w:style {attributes}><w:name w:val="{name}"/>{inside}</w:style>'


_STYLES = (
    f"{_XML}<w:styles {_W}>"
    + _style("paragraph", "Normal", "Normal", "")
    + _style("paragraph", "Title", "Title", '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>')
    + _style(
        "paragraph",
        "Heading1",
        "heading 1",
        '<w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>',
    )
    + _style(
        "paragraph",
        "Quote",
        "Quote",
        '<w:pPr><w:spacing w:before="120"/><w:ind w:left="567"/></w:pPr>',
    )
    + _style("paragraph", "FootnoteText", "footnote text", '<w:rPr><w:sz w:val="18"/></w:rPr>')
    + _style(
        "character",
        "FootnoteReference",
        "footnote reference",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    )
    + "</w:styles>"
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write a Word document; matched words are bold."""
    with tempfile.TemporaryFile() as body, tempfile.TemporaryFile() as notes:
        _fill(rows, options, body, notes)
        with tempfile.TemporaryFile() as made:
            _pack(made, body, notes)
            made.seek(0)
            shutil.copyfileobj(made, out)


def _pack(out: IO[bytes], body: IO[bytes], notes: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, "[Content_Types].xml", _TYPES)
        _put(package, "_rels/.rels", _ROOT_RELS)
        _put(package, "word/_rels/document.xml.rels", _DOCUMENT_RELS)
        _put(package, "word/styles.xml", _STYLES)
        _copy(package, "word/document.xml", body)
        _copy(package, "word/footnotes.xml", notes)


def _entry(name: str) -> zipfile.ZipInfo:
    """A member with a fixed date, so that the same hits give the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    package.writestr(_entry(name), text.encode())


def _copy(package: zipfile.ZipFile, name: str, source: IO[bytes]) -> None:
    source.seek(0)
    with package.open(_entry(name), "w", force_zip64=True) as member:
        shutil.copyfileobj(source, member)


def _fill(rows: Iterator[Row], options: Options, body: IO[bytes], notes: IO[bytes]) -> None:
    body.write(f"{_XML}<w:document {_W}><w:body>".encode())
    notes.write(f"{_XML}<w:footnotes {_W}>{_SEPARATORS}".encode())
    body.write(_paragraph("Title", _run(options.title)).encode())
    document: str | None = None
    query: str | None = None
    for number, row in enumerate(rows, start=1):
        if row.query != query:
            query, document = row.query, None
            body.write(_paragraph("Title", _run(query or "")).encode())
        if row.hit.document != document:
            document = row.hit.document
            body.write(_paragraph("Heading1", _run(document)).encode())
        body.write(_quotation(row, number).encode())
        notes.write(_footnote(row, number).encode())
    body.write(b"</w:body></w:document>")
    notes.write(b"</w:footnotes>")


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, bold: bool = False) -> str:
    """A run of text; line breaks are breaks, and characters that XML forbids are replaced."""
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_legal(line))}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{style}{lines}</w:r>" if text else ""


def _legal(text: str) -> str:
    return _FORBIDDEN.sub(" ", text)


def _quotation(row: Row, number: int) -> str:
    runs, last = [], 0
    for start, end in row.hit.spans:
        runs += [_run(row.hit.text[last:start]), _run(row.hit.text[start:end], bold=True)]
        last = end
    runs.append(_run(row.hit.text[last:]))
    runs.append(f'{_MARK}<w:footnoteReference w:id="{number}"/></w:r>')
    return _paragraph("Quote", "".join(runs))


def _footnote(row: Row, number: int) -> str:
    runs = f"{_MARK}<w:footnoteRef/></w:r>{_run(' ' + row.hit.citation + '.')}"
    return f'<w:footnote w:id="{number}">{_paragraph("FootnoteText", runs)}</w:footnote>'
