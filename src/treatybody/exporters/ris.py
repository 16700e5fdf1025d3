"""RIS: one entry a document; paragraphs are notes. Read by Zotero, EndNote, Mendeley.

Source: the RIS format specification (Research Information Systems, 2001): a tag of two
characters, two blanks, a hyphen, a blank; lines end in CR LF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from treatybody.exporters.entries import Entry, entries
from treatybody.exporters.rows import Options, Row

NAME = "ris"
SUFFIXES = (".ris",)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
GROUPED = True
ENTRIES = True


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write one entry for each document."""
    for entry in entries(rows):
        for tag, value in _lines(entry):
            out.write(f"{tag}  - {_clean(value)}\r\n".encode())
        out.write(b"ER  - \r\n\r\n")


def _clean(value: str) -> str:
    return _CONTROLS.sub(" ", value)


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "TI", entry.title
    yield "PB", entry.publisher
    yield "SN", entry.symbol
    yield "M3", entry.genre
    if entry.date:
        yield "PY", entry.date[:4]
        yield "DA", entry.date.replace("-", "/")
    yield "LA", entry.language
    if entry.link:
        yield "UR", entry.link
    for note in entry.notes:
        yield "N1", note
