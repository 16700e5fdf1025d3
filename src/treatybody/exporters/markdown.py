"""Markdown: a heading a document, each paragraph a quotation under its citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from treatybody.exporters.rows import Options, Row
from treatybody.links import official_link

NAME = "md"
SUFFIXES = (".md", ".markdown")
GROUPED = True
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_START = re.compile(r"^(\s*)(\d*)([-+=.)])", re.M)  # what would begin a list or a heading


def escape(text: str) -> str:
    """A text that Markdown shows as it is.

    >>> escape("a*b")
    'a\\\\*b'
    """
    text = _CONTROLS.sub("\ufffd", text)
    return _LINE_START.sub(r"\1\2\\\3", _SPECIAL.sub(r"\\\1", text))


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as Markdown; matched words are bold."""
    out.write(f"# {escape(options.title)}\n".encode())
    document: str | None = None
    query: str | None = None
    for row in rows:
        if row.query != query:
            query, document = row.query, None
            out.write(f"\n# {escape(query or '')}\n".encode())
        if row.hit.document != document:
            document = row.hit.document
            out.write(_heading(row).encode())
        out.write(_quotation(row).encode())


def _heading(row: Row) -> str:
    title = row.hit.title or row.hit.document
    return f"\n## {escape(row.hit.document)}\n\n{escape(title)}\n"


def _quotation(row: Row) -> str:
    link = official_link(row.hit.symbol)
    name = f"**{escape(row.hit.citation)}**"
    head = f"[{name}]({link})" if link else name
    body = "\n>\n".join(f"> {line}" for line in _marked(row).split("\n"))
    notes = "".join(f"\n>\n> {escape(n.mark)} {escape(_flat(n.text))}" for n in row.hit.footnotes)
    return f"\n{head}\n\n{body}{notes}\n"


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _marked(row: Row) -> str:
    parts, last = [], 0
    for start, end in row.hit.spans:
        parts += [escape(row.hit.text[last:start]), f"**{escape(row.hit.text[start:end])}**"]
        last = end
    return "".join([*parts, escape(row.hit.text[last:])])
