"""What a reader delivers: the blocks of one source file, in reading order.

A block is what the file shows as one paragraph or one table row. Readers know file formats and
nothing of the UN; the structure stage knows the UN and nothing of formats. This module is the
only thing they share.

>>> Block(text="Introduction", label="A.", label_source="automatic").label
'A.'
"""

from __future__ import annotations

from typing import Literal

import msgspec


class NoteMark(msgspec.Struct, frozen=True):
    """A footnote mark at ``offset`` of a block's text (the mark itself is not in the text)."""

    offset: int
    key: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a footnote or endnote.

    ``mark`` is what the page shows when the reader knows it (Word computes it, a PDF prints it),
    None when only the extractor's own number ``source_mark`` is known.
    """

    key: str
    source_mark: str
    mark: str | None
    text: str


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Where a table row stands, and the spans of its cells in the block's text."""

    table: int
    row: int
    header: bool
    spans: tuple[tuple[int, int], ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph or table row as the file shows it.

    Arguments:
        text: the visible text, without note marks and leading tabs; line breaks that the file
            has inside the paragraph are ``\\n``; a typed number or letter and its tab stay
            ("33.\\tThe Committee ...").
        label: a number or letter that the file's automatic numbering shows ("33.", "(a)").
        label_source: "automatic" when the format computed it, else None.
        level: depth of the automatic numbering, 0 outermost.
        indent: leading tabs of typed text, before the number or text.
        left: left edge in points, where the format knows it.
        style: style name and id as the format has them.
        outline: outline level of a heading style, 1 outermost.
        bold, italic, centred, upper: true when the whole block is so; None when unknown.
        size: font size in points.
        region: "body", or where else the text stood ("header", "footer", "masthead", "contents").
        page, line: 1-based place in the source file.
    """

    text: str
    label: str | None = None
    label_source: Literal["automatic"] | None = None
    level: int | None = None
    indent: int = 0
    left: float | None = None
    style: str | None = None
    outline: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    centred: bool | None = None
    upper: bool | None = None
    size: float | None = None
    marks: tuple[NoteMark, ...] = ()
    cell: Cell | None = None
    region: Literal["body", "header", "footer", "masthead", "contents"] = "body"
    page: int | None = None
    line: int | None = None


class Reading(msgspec.Struct, kw_only=True):
    """Everything that a reader found in one file.

    Arguments:
        reader, reader_version: written into the document's ``source``.
        properties: what the container says of itself (docProps/custom.xml, PDF Info).
        pages: number of pages, where the format has pages.
        warnings: (line or page, message) pairs.
    """

    reader: str
    reader_version: str
    blocks: list[Block]
    notes: dict[str, Note] = msgspec.field(default_factory=dict)
    properties: dict[str, str] = msgspec.field(default_factory=dict)
    pages: int | None = None
    warnings: list[tuple[int | None, str]] = msgspec.field(default_factory=list)
