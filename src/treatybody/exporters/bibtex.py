"""BibTeX: one ``@techreport`` a document; paragraphs stand in its ``annote``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from treatybody.exporters.entries import Entry, entries
from treatybody.exporters.rows import Options, Row

NAME = "bib"
SUFFIXES = (".bib",)
GROUPED = True
ENTRIES = True
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
    "}": r"\textbraceright{}",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

_SPECIAL = re.compile(r"[\\{}%$#&_~^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def escape(text: str) -> str:
    """A text as BibTeX wants it.

    >>> escape("50 % of A_B")
    '50 \\\\% of A\\\\_B'
    """
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found.group(), " "), text)


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write one entry for each document."""
    for entry in entries(rows):
        out.write(f"@techreport{{{entry.key},\n".encode())
        for name, value in _fields(entry):
            out.write(f"  {name} = {{{value}}},\n".encode())
        _write_notes(entry, out)
        out.write(b"}\n\n")


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{escape(entry.title)}}}"
    yield "institution", f"{{{escape(entry.publisher)}}}"
    yield "number", escape(entry.symbol)
    yield "type", escape(entry.genre)
    if entry.date:
        yield "year", entry.date[:4]
        yield "date", entry.date
    yield "langid", entry.language
    if entry.link:
        yield "url", entry.link


def _write_notes(entry: Entry, out: BinaryIO) -> None:
    out.write(b"  annote = {")
    for count, note in enumerate(entry.notes):
        out.write((("\n\n" if count else "") + escape(note)).encode())
    out.write(b"},\n")
