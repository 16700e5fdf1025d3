"""How hits are ordered, and what they are counted by: what all engines share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.model import Document, Paragraph

Key = tuple[object, ...]


def by_date(document: Document) -> Key:
    """Newest first with unknown dates last; within a day by key, numbers counting as numbers."""
    day = re.sub(r"\D", "", (document.date or "") + "0000-01-01"[len(document.date or "") :])
    newest = (0, -int(day)) if document.date else (1, 0)
    return newest, natural(document.document)


def by_symbol(document: Document) -> Key:
    """By key, numbers counting as numbers."""
    return natural(document.document)


def natural(key: str) -> Key:
    """A key for sorting in which numbers count as numbers.

    >>> natural("CO/2") < natural("CO/10")
    True
    """
    parts = re.split(r"(\d+)", key)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


# in which order documents stand, among hits that are equal otherwise
ORDERS: dict[str, Callable[[Document], Key]] = {
    "relevance": by_date,
    "date": by_date,
    "symbol": by_symbol,
}


def _year(document: Document) -> str | None:
    return document.date[:4] if document.date else None


DOCUMENT_VALUES: dict[str, Callable[[Document], str | None]] = {
    "type": lambda document: document.type,
    "state": lambda document: document.state,
    "committee": lambda document: document.committee,
    "language": lambda document: document.language,
    "year": _year,
    "date": lambda document: document.date,
    "session": lambda document: document.session,
    "cycle": lambda document: document.cycle,
    "symbol": lambda document: document.symbol,
    "document": lambda document: document.document,
}
PARAGRAPH_VALUES: dict[str, Callable[[Paragraph], str | None]] = {
    "kind": lambda paragraph: paragraph.kind,
    "section": lambda paragraph: " > ".join(paragraph.section),
    "speaker": lambda paragraph: paragraph.speaker.name if paragraph.speaker else None,
}
