"""Hits as lines of JSON, made of the records as they are stored: only what is new is encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from treatybody import citations
from treatybody.index.found import Found, Marked, pinpoint_of
from treatybody.model import Speaker


class _Part(msgspec.Struct, frozen=True, gc=False):
    label: str
    start: int
    end: int
    level: int


class _Note(msgspec.Struct, frozen=True, gc=False):
    text: str


class Glimpse(msgspec.Struct, frozen=True, gc=False):
    """What of a record marks and citations are made of; without lists, which burden the collector.

    In ``Found`` it stands for the ``Paragraph``. What it leaves out is not looked at: that a record
    is what was written, the checksums of the index tell.
    """

    id: str
    number: str | None
    section: tuple[str, ...]
    text: str
    subparagraphs: tuple[_Part, ...]
    footnotes: tuple[_Note, ...]
    speaker: Speaker | None


HitLine = Callable[[bytes, Found, float, Marked], bytes]


class _Beside(msgspec.Struct, gc=False):
    """What a hit has beside its paragraph, in the order of ``Hit``."""

    symbol: str | None
    type: str
    committee: str | None
    state: str | None
    date: str | None
    language: str
    title: str | None
    score: float
    matched: Sequence[str]
    spans: Sequence[tuple[int, int]]
    pinpoint: str | None
    citation: str


def hit_line() -> HitLine:
    """What writes a hit as a line: byte by byte what encoding ``hits.make_hit`` gives.

    A hit begins with the fields of its paragraph, and these are encoded in its record.
    """
    encode = msgspec.json.Encoder().encode

    def line(record: bytes, found: Found, score: float, marked: Marked) -> bytes:
        _, paragraph, document = found
        point = pinpoint_of(paragraph, marked)
        beside = _Beside(
            document.symbol,
            document.type,
            document.committee,
            document.state,
            document.date,
            document.language,
            document.title,
            score,
            marked.matched,
            marked.spans,
            point,
            citations.cite(paragraph, document, point),
        )
        # a comma for the brace that ends the record and the one that begins what follows
        return b"".join((record[:-2], b",", encode(beside)[1:], b"\n"))

    return line
