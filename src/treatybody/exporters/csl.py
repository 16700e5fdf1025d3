"""CSL-JSON: one item a document, its paragraphs in ``note``. Read by Zotero and pandoc.

Source: the CSL-JSON schema of the Citation Style Language project, item type ``report``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from treatybody.exporters.entries import Entry, entries
from treatybody.exporters.rows import Options, Row

NAME = "csl.json"
SUFFIXES = (".csl.json",)
GROUPED = True
ENTRIES = True


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write a JSON array of items."""
    out.write(b"[")
    for count, entry in enumerate(entries(rows)):
        out.write(b",\n" if count else b"\n")
        _write_item(entry, out)
    out.write(b"\n]\n")


def _write_item(entry: Entry, out: BinaryIO) -> None:
    """The item's facts, then its notes as they come: the value of ``note`` is one long string."""
    head = msgspec.json.encode(_facts(entry))
    out.write(head[:-1] + b',"note":"')
    for count, note in enumerate(entry.notes):
        text = ("\n\n" if count else "") + note
        out.write(msgspec.json.encode(text)[1:-1])
    out.write(b'"}')


def _facts(entry: Entry) -> dict[str, object]:
    facts: dict[str, object] = {
        "id": entry.key,
        "type": "report",
        "title": entry.title,
        "publisher": entry.publisher,
        "number": entry.symbol,
        "genre": entry.genre,
        "language": entry.language,
    }
    if entry.date:
        facts["issued"] = {"date-parts": [[int(part) for part in entry.date.split("-")]]}
    if entry.link:
        facts["URL"] = entry.link
    return facts
