"""Bibliographic entries: one a document, its paragraphs as notes with their pinpoints.

The three bibliographic formats write what stands here. The Committee is the author of nothing:
it stands as publisher, because reference managers split a corporate author at its commas.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from treatybody import tables
from treatybody.exporters.rows import Row
from treatybody.links import official_link
from treatybody.model import Hit

PUBLISHER = "United Nations"


@dataclass(frozen=True)
class Entry:
    """A document as reference managers know it; ``notes`` come one at a time."""

    key: str
    symbol: str
    title: str
    date: str | None
    language: str
    publisher: str
    genre: str
    link: str | None
    notes: Iterator[str]


def entries(rows: Iterator[Row]) -> Iterator[Entry]:
    """Entries of rows that come grouped by document."""
    for document, group in groupby(rows, key=lambda row: row.hit.document):
        first = next(group)
        notes = (_note(row) for row in chain([first], group))
        yield _entry(document, first.hit, notes)


def _entry(document: str, hit: Hit, notes: Iterator[str]) -> Entry:
    return Entry(
        key=_key(document),
        symbol=hit.symbol or document,
        title=hit.title or document,
        date=hit.date,
        language=hit.language,
        publisher=publisher(hit.committee),
        genre=hit.type.replace("_", " "),
        link=official_link(hit.symbol),
        notes=notes,
    )


def _key(document: str) -> str:
    """A name that all reference managers take, another one for each document.

    >>> _key("CMW/C/PER/CO/1"), _key("file:étude/1")
    ('CMW_C_PER_CO_1', 'file_tude_1-fc8733d6')
    """
    plain = re.sub(r"[^A-Za-z0-9.-]+", "_", document).strip("_")
    if re.fullmatch(r"[A-Z][A-Za-z0-9.-]*(?:/[A-Za-z0-9.-]+)*(?:@[a-z]{2})?", document):
        return plain  # a symbol, from which only the slashes went
    return f"{plain[:80]}-{zlib.crc32(document.encode()):08x}"


def publisher(committee: str | None) -> str:
    """The body that published a document, by its full name where the tables have it."""
    names = {row["code"]: row["name"] for row in tables.load("committees")}
    return f"{PUBLISHER}, {names[committee]}" if committee in names else PUBLISHER


def _note(row: Row) -> str:
    text = re.sub(r"\s+", " ", row.hit.text)
    query = f" [{row.query}]" if row.query else ""
    return f"{row.hit.citation}{query}: {text}"
