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
    return newest(document), natural(document.document)


def newest(document: Document) -> int:
    """A number that is lower the later a document's date; an unknown day or month is the first.

    >>> class Dated: date = "2024-05"
    >>> newest(Dated())
    -20240501
    """
    date = (document.date or "")[:10]
    return -int((date + "0000-01-01"[len(date) :]).replace("-", ""))


def by_symbol(document: Document) -> Key:
    """By key, numbers counting as numbers."""
    return (natural(document.document),)


def natural(key: str) -> str:
    """A key for sorting in which numbers count as numbers, and stand before all else.

    >>> sorted(["CO/10", "CO/2/Add.1", "CO", "CO/", "CO/2", "CO/A"], key=natural)
    ['CO', 'CO/', 'CO/2', 'CO/2/Add.1', 'CO/10', 'CO/A']
    """
    return re.sub(r"\d+", _ordinal, key)


def _ordinal(found: re.Match[str]) -> str:
    """A number that is sorted as text: how many digits it has, then these."""
    digits = str(int(found[0]))
    return f"\0{chr(len(digits))}{digits}"


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
