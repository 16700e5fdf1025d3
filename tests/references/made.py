"""Small documents of our own making, for tables of (text, expected)."""

from __future__ import annotations

from treatybody.model import Document, Footnote, Paragraph, Source, Subparagraph


def document(
    kind: str = "list_of_issues", symbol: str = "CRPD/C/UTO/Q/1", **facts: object
) -> Document:
    base: dict[str, object] = {
        "document": symbol,
        "symbol": symbol,
        "also_symbols": [],
        "reference": None,
        "type": kind,
        "committee": symbol.split("/")[0],
        "state": "UTO",
        "title": None,
        "date": "2020-01-01",
        "date_kind": None,
        "session": None,
        "cycle": "1",
        "language": "en",
        "source": Source(file="x.txt", sha256="", reader="", reader_version="", also=[]),
        "origin": {},
    }
    return Document(**(base | facts))  # type: ignore[arg-type]


def paragraph(
    of: Document,
    number: str | None,
    text: str,
    *,
    section: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    subs: tuple[tuple[str, int, int, int], ...] = (),
    position: int = 0,
    kind: str = "paragraph",
    first_note: int = 1,
) -> Paragraph:
    return Paragraph(
        id=f"{of.document}#{number or f'p{position}'}",
        document=of.document,
        number=number,
        position=position or int(number or 1),
        kind=kind,  # type: ignore[arg-type]
        section=list(section),
        text=text,
        subparagraphs=[
            Subparagraph(label=label, start=start, end=end, level=level)
            for label, start, end, level in subs
        ],
        footnotes=[
            Footnote(mark=str(at), source_mark=str(at), offset=len(text), text=note)
            for at, note in enumerate(notes, first_note)
        ],
        table=None,
        speaker=None,
        page=None,
        line=None,
    )
