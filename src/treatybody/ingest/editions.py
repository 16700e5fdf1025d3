"""One key, one document: which of several files of a document is read, and what the others add.

The order is Word, HTML, text, PDF: the nearer to the author, the fewer faults of extraction.
The other files stand under ``source.also``; a PDF's page numbers are taken over where the
paragraphs agree, and where numbered texts differ a notice says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from treatybody.ingest.one_file import Ingested
from treatybody.model import Notice, Paragraph

_ORDER = ("docx", "doc", "html", "text", "pdf")
_MOST_SHOWN = 5


def merge(editions: Sequence[Ingested]) -> tuple[Ingested, list[Notice]]:
    """Make one document of all files that have its key."""
    first, *others = sorted(editions, key=_rank)
    if not others:
        return first, []
    notices = [notice for other in others for notice in _differences(first, other)]
    paragraphs = first.paragraphs
    for other in others:
        paragraphs = _with_pages(paragraphs, other.paragraphs)
    source = msgspec.structs.replace(
        first.document.source, also=sorted(other.document.source.file for other in others)
    )
    document = msgspec.structs.replace(first.document, source=source)
    return msgspec.structs.replace(first, document=document, paragraphs=paragraphs), notices


def _rank(edition: Ingested) -> tuple[int, str]:
    source = edition.document.source
    reader = source.reader.partition("/")[0]  # "pdf/pdfium" says which engine read it
    place = _ORDER.index(reader) if reader in _ORDER else len(_ORDER)
    return place, source.file


def _level(text: str) -> str:
    """A text without the differences that formats make: spaces and kinds of hyphens."""
    return re.sub(r"[\s‐‑–—-]+", "", text)


def _numbered(paragraphs: Sequence[Paragraph]) -> dict[str, Paragraph]:
    return {paragraph.id: paragraph for paragraph in paragraphs if paragraph.number}


def _with_pages(paragraphs: list[Paragraph], other: list[Paragraph]) -> list[Paragraph]:
    pages = {p.id: p for p in other if p.page is not None}
    taken = []
    for paragraph in paragraphs:
        twin = pages.get(paragraph.id)
        if paragraph.page is None and twin and _level(twin.text) == _level(paragraph.text):
            paragraph = msgspec.structs.replace(paragraph, page=twin.page)
        taken.append(paragraph)
    return taken


def _differences(first: Ingested, other: Ingested) -> list[Notice]:
    ours, theirs = _numbered(first.paragraphs), _numbered(other.paragraphs)
    differing = [
        identity
        for identity in ours
        if identity in theirs and _level(ours[identity].text) != _level(theirs[identity].text)
    ]
    only = [i for i in (*ours, *theirs) if (i in ours) != (i in theirs)]
    file = other.document.source.file
    notices = [_notice(file, first, "differs in", differing)] if differing else []
    if only:
        notices.append(_notice(file, first, "has more or fewer paragraphs:", only))
    return notices


def _notice(file: str, first: Ingested, what: str, ids: list[str]) -> Notice:
    numbers = ", ".join(identity.partition("#")[2] for identity in ids[:_MOST_SHOWN])
    more = f" and {len(ids) - _MOST_SHOWN} more" if len(ids) > _MOST_SHOWN else ""
    used = first.document.source.file
    message = f"the same document as {used}, which is the one used, {what} {numbers}{more}"
    return Notice(file=file, line=None, message=message)
