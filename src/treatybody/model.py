"""The words that every layer shares: Document, Paragraph, Footnote, Link, Hit.

Records are msgspec structs. Their fields stand in the order in which they are written; null
fields are written too, so that the same record always has the same bytes. All offsets count
Unicode code points of ``Paragraph.text``, end exclusive.

>>> sub = Subparagraph(label="(a)", start=0, end=8, level=1)
>>> sub.label
'(a)'
"""

from __future__ import annotations

from typing import Literal

import msgspec

RECORD_VERSION = 1

Kind = Literal["paragraph", "procedural", "table", "annex", "title"]
DateKind = Literal["issued", "adopted", "held", "received", "dated"]
LinkStatus = Literal["resolved", "not in corpus", "ambiguous"]


class Subparagraph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A lettered or numbered part of a paragraph; the span includes its label.

    ``level`` is 1 for (a) below a paragraph, 2 for (i) below (a), and so on.
    """

    label: str
    start: int
    end: int
    level: int


class Footnote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A note on the paragraph that holds its mark.

    ``mark`` is what the page shows, ``source_mark`` what the extractor wrote, ``offset`` the
    mark's place in the paragraph's text (where the mark stood; the mark itself is left out).
    """

    mark: str
    source_mark: str
    offset: int
    text: str


class TableRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a ``table`` record stands: table and row are 1-based, cells are spans of text."""

    number: int
    row: int
    header: bool
    cells: list[tuple[int, int]]


class Speaker(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who speaks in a summary record, as printed ("Mr. Ceriani Cernadas")."""

    name: str
    role: str | None
    side: Literal["committee", "state", "other"] | None


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the UN numbers and cites, with its sub-paragraphs inside it. See docs/records.md."""

    id: str
    document: str
    number: str | None
    position: int
    kind: Kind
    section: list[str]
    text: str
    subparagraphs: list[Subparagraph]
    footnotes: list[Footnote]
    table: TableRow | None
    speaker: Speaker | None
    page: int | None
    line: int | None


class Source(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The file that a document was read from; ``also`` names other files of the same document."""

    file: str
    sha256: str
    reader: str
    reader_version: str
    also: list[str]


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The facts of a document; ``origin`` says for each fact how it is known.

    An origin is ``printed``, ``manifest`` or ``inferred: <from what>``.
    """

    document: str
    symbol: str | None
    also_symbols: list[str]
    reference: str | None
    type: str
    committee: str | None
    state: str | None
    title: str | None
    date: str | None
    date_kind: DateKind | None
    session: str | None
    cycle: str | None
    language: str
    source: Source
    origin: dict[str, str]


class DocumentLine(Document, frozen=True, kw_only=True, gc=False):
    """A document as a line of ``records/documents.jsonl``."""

    record_version: int = RECORD_VERSION


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A resolved reference; ``start`` and ``end`` are offsets of ``evidence`` in ``where``.

    ``where`` is ``text``, ``section`` or ``note:<mark>``.
    """

    source: str
    target: str
    kind: str
    evidence: str
    start: int
    end: int
    where: str
    explicit: bool
    status: LinkStatus
    note: str | None


class Hit(Paragraph, frozen=True, kw_only=True, gc=False):
    """One match of a query: the paragraph, its document's facts and where the match lies.

    ``matched`` names the fields that hold the match (``text``, ``section``, ``footnotes``),
    ``spans`` the matches in ``text``; ``pinpoint`` is set ("35 (f)") where the whole match lies
    in one sub-paragraph.
    """

    symbol: str | None
    type: str
    committee: str | None
    state: str | None
    date: str | None
    language: str
    title: str | None
    score: float
    matched: list[str]
    spans: list[tuple[int, int]]
    pinpoint: str | None
    citation: str


class Notice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something a reader or the structure stage noticed and a person should know."""

    file: str
    line: int | None
    message: str
