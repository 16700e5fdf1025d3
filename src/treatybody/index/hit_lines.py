"""Hits as lines of JSON, made of the records as they are stored: only what is new is encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from treatybody import citations
from treatybody.index.found import Spans, pinpoint_of
from treatybody.model import Document, Footnote, Hit, Paragraph, Speaker, Subparagraph


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


HitLine = Callable[[bytes, Glimpse, Document, float, Sequence[str], Spans], bytes]


def hit_line() -> HitLine:
    """What writes a hit as a line: byte by byte what encoding ``hits.make_hit`` gives.

    A hit begins with the fields of its paragraph, and these are encoded in its record.
    """
    encode, beside_paragraph = msgspec.json.Encoder().encode, _beside_paragraph()

    def line(
        record: bytes,
        paragraph: Any,
        document: Document,
        score: float,
        matched: Sequence[str],
        spans: Spans,
    ) -> bytes:
        point = pinpoint_of(paragraph, matched, spans)
        beside = beside_paragraph(
            symbol=document.symbol,
            type=document.type,
            committee=document.committee,
            state=document.state,
            date=document.date,
            language=document.language,
            title=document.title,
            score=score,
            matched=matched,
            spans=spans,
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
