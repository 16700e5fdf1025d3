"""Hits as lines of JSON, made of the records as they are stored: only what is new is encoded."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from treatybody import citations
from treatybody.index.found import Found, Marked, pinpoint_of
from treatybody.model import Footnote, Hit, Paragraph, Speaker, Subparagraph


class Glimpse(msgspec.Struct, frozen=True, gc=False):
    """What of a record marks and citations are made of; without lists, which burden the collector.

    In ``Found`` it stands for the ``Paragraph``. What it leaves out is not looked at: that a record
    is what was written, the checksums of the index tell.
    """

    id: str
    number: str | None
    section: tuple[str, ...]
    text: str
    subparagraphs: tuple[Subparagraph, ...]
    footnotes: tuple[Footnote, ...]
    speaker: Speaker | None


HitLine = Callable[[bytes, Found, float, Marked], bytes]


def hit_line() -> HitLine:
    """What writes a hit as a line: byte by byte what encoding ``hits.make_hit`` gives.

    A hit begins with the fields of its paragraph, and these are encoded in its record.
    """
    encode, beside_paragraph = msgspec.json.Encoder().encode, _beside_paragraph()

    def line(record: bytes, found: Found, score: float, marked: Marked) -> bytes:
        _, paragraph, document = found
        point = pinpoint_of(paragraph, marked)
        beside = beside_paragraph(
            symbol=document.symbol,
            type=document.type,
            committee=document.committee,
            state=document.state,
            date=document.date,
            language=document.language,
            title=document.title,
            score=score,
            matched=marked.matched,
            spans=marked.spans,
            pinpoint=point,
            citation=citations.cite(paragraph, document, point),
        )
        # a comma for the brace that ends the record and the one that begins what follows
        return b"".join((record[:-2], b",", encode(beside)[1:], b"\n"))

    return line


def _beside_paragraph() -> type[msgspec.Struct]:
    """What a hit has beside the fields of its paragraph, in the same order."""
    fields = msgspec.structs.fields(Hit)[len(Paragraph.__struct_fields__) :]
    return msgspec.defstruct("BesideParagraph", [(one.name, one.type) for one in fields], gc=False)
