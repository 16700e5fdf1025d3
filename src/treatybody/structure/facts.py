"""The facts of a document: what the manifest says, what the masthead prints, what follows.

The manifest wins over the masthead, and says so where they disagree. A fact that the manifest
states and the file prints as well counts as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from treatybody import symbols
from treatybody.languages import UNKNOWN
from treatybody.model import Document, Notice, Source

_STRINGS = ("symbol", "reference", "type", "committee", "state", "title", "date", "date_kind")
FIELDS = (*_STRINGS, "session", "cycle", "language", "also_symbols")
PRINTED = "printed"


class Stated(Protocol):
    """What the manifest says of one file: fields of a document, and how each is known."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """Fields of the document record."""

    def origin(self, fact: str) -> str:
        """``manifest``, or ``inferred: <why>``."""


@dataclass(slots=True)
class Facts:
    """Values of document fields and the origin of each."""

    values: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: Any, origin: str) -> None:
        """Set a fact unless it is already known or there is none."""
        if value and name not in self.values:
            self.values[name] = value
            self.origin[name] = origin


def infer(facts: Facts) -> None:
    """Add what follows from the symbol: committee, type, State, cycle, session."""
    text = facts.values.get("symbol")
    symbol = symbols.parse(text) if text else None
    if symbol is None:
        return
    why = f"inferred: from the symbol {symbol.text}"
    if symbol.type != "other":
        facts.add("type", symbol.type, why)
    for name in ("committee", "state", "cycle", "session"):
        facts.add(name, getattr(symbol, name), why)


def combine(printed: Facts, stated: Stated | None, file: str) -> tuple[Facts, list[Notice]]:
    """Manifest over masthead; where they disagree, a notice."""
    combined = Facts()
    notices: list[Notice] = []
    for name, value in (stated.facts if stated else {}).items():
        shown = printed.values.get(name) if printed.origin.get(name) == PRINTED else None
        agrees = shown is not None and _same(name, shown, value)
        combined.add(name, value, PRINTED if agrees else stated.origin(name) if stated else "")
        if shown is not None and not agrees:
            message = f"the manifest's {name} {value!r} is taken; the file prints {shown!r}"
            notices.append(Notice(file=file, line=None, message=message))
    for name, value in printed.values.items():
        combined.add(name, value, printed.origin[name])
    return combined, notices


def _same(name: str, shown: Any, value: Any) -> bool:
    if name == "date":
        return str(shown).startswith(str(value)) or str(value).startswith(str(shown))
    return bool(shown == value)


def doubts(facts: Facts, file: str) -> list[Notice]:
    """What the symbol grammar does not know in the document's symbol, or takes for a misprint."""
    symbol = symbols.parse(facts.values.get("symbol") or "")
    if symbol is None:
        return []
    messages = []
    if symbol.unknown:
        parts = ", ".join(symbol.unknown)
        messages.append(f"the symbol {symbol.text} has parts that are not known here: {parts}")
    if symbol.likely:
        messages.append(f"the symbol {symbol.text} is taken as printed; it may be {symbol.likely}")
    return [Notice(file=file, line=None, message=message) for message in messages]


def document(facts: Facts, source: Source) -> Document:
    """The document record; what is not known is null."""
    infer(facts)
    known = facts.values
    language = known.get("language") or UNKNOWN
    symbol = known.get("symbol")
    base = symbol or known.get("reference") or "file:" + source.file.rsplit(".", 1)[0]
    return Document(
        document=base if language in ("en", UNKNOWN) else f"{base}@{language}",
        symbol=symbol,
        also_symbols=list(known.get("also_symbols") or []),
        **{name: known.get(name) for name in _STRINGS if name not in ("symbol", "type")},
        type=known.get("type") or "other",
        session=known.get("session"),
        cycle=known.get("cycle"),
        language=language,
        source=source,
        origin={name: facts.origin[name] for name in sorted(facts.origin)},
    )
