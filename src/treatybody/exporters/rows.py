"""What is exported: rows made of hits, and the columns that people choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from treatybody.errors import UsageError
from treatybody.links import official_link
from treatybody.model import Document, Hit


@dataclass(frozen=True)
class Row:
    """A hit, its document where more facts are wanted, and the name of the query."""

    hit: Hit
    document: Document | None = None
    query: str | None = None


def _speaker(row: Row) -> str:
    return row.hit.speaker.name if row.hit.speaker else ""


def _notes(row: Row) -> str:
    return "\n".join(f"{note.mark} {note.text}" for note in row.hit.footnotes)


def _session(row: Row) -> str:
    return (row.document.session if row.document else None) or ""


Cell = str | int | float | None

COLUMNS: Mapping[str, Callable[[Row], Cell]] = {
    "citation": lambda row: row.hit.citation,
    "symbol": lambda row: row.hit.symbol,
    "number": lambda row: row.hit.number,
    "pinpoint": lambda row: row.hit.pinpoint,
    "type": lambda row: row.hit.type,
    "committee": lambda row: row.hit.committee,
    "state": lambda row: row.hit.state,
    "date": lambda row: row.hit.date,
    "session": _session,
    "section": lambda row: " > ".join(row.hit.section),
    "speaker": _speaker,
    "text": lambda row: row.hit.text,
    "footnotes": _notes,
    "page": lambda row: row.hit.page,
    "score": lambda row: round(row.hit.score, 6),
    "query": lambda row: row.query,
    "link": lambda row: official_link(row.hit.symbol),
    "id": lambda row: row.hit.id,
    "document": lambda row: row.hit.document,
    "language": lambda row: row.hit.language,
    "title": lambda row: row.hit.title,
    "kind": lambda row: row.hit.kind,
    "cycle": lambda row: (row.document.cycle if row.document else None) or "",
    "matches": lambda row: len(row.hit.spans),
}
DEFAULT_COLUMNS = tuple(COLUMNS)[:17]


@dataclass(frozen=True)
class Options:
    """What the user chose: the columns in their order, and a title for formats that have one."""

    columns: tuple[str, ...] = DEFAULT_COLUMNS
    title: str = "Search results"


def columns_named(names: str | None) -> tuple[str, ...]:
    """Columns from a list with commas.

    Raises:
        UsageError: a column does not exist; names the nearest.

    >>> columns_named("citation, text")
    ('citation', 'text')
    """
    if not names:
        return DEFAULT_COLUMNS
    chosen = tuple(name.strip().lower() for name in names.split(",") if name.strip())
    for name in chosen:
        if name not in COLUMNS:
            raise UsageError(_unknown(name))
    if not chosen:
        raise UsageError(f"name a column; columns: {', '.join(COLUMNS)}")
    return tuple(dict.fromkeys(chosen))


def _unknown(name: str) -> str:
    from treatybody.query.nearest import did_you_mean, nearest

    meant = did_you_mean(nearest(name, {column: column for column in COLUMNS}))
    return f"there is no column `{name}`{meant}; columns: {', '.join(COLUMNS)}"


def cells(row: Row, columns: Iterable[str]) -> list[Cell]:
    """A row's cells in the order of the columns."""
    return [COLUMNS[name](row) for name in columns]


def by_subparagraph(row: Row) -> Iterator[Row]:
    """Split a row into one for each sub-paragraph, with the text before them as the first.

    Citations and ids point into the paragraph; the matches go with their part.
    """
    hit = row.hit
    outer = [sub for sub in hit.subparagraphs if sub.level == 1]
    if not outer:
        yield row
        return
    opening = (0, outer[0].start, None)
    for start, end, label in [opening, *((sub.start, sub.end, sub.label) for sub in outer)]:
        if hit.text[start:end].strip():
            yield Row(_part(hit, start, end, label), row.document, row.query)


def _part(hit: Hit, start: int, end: int, label: str | None) -> Hit:
    from treatybody.citations import cite

    spans = [(s - start, e - start) for s, e in hit.spans if start <= s and e <= end]
    pinpoint = f"{hit.number} {label}" if label and hit.number else label
    part = msgspec.structs.replace(
        hit,
        id=hit.id + (label or "").replace(" ", ""),
        text=hit.text[start:end].rstrip("\n"),
        spans=spans,
        subparagraphs=[],
        pinpoint=pinpoint,
        footnotes=[note for note in hit.footnotes if start <= note.offset <= end],
    )
    return msgspec.structs.replace(
        part, citation=cite(hit, hit, pinpoint) if label else hit.citation
    )
