"""What filters ask of the facts of documents: tests of single values, without an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.model import Document
    from treatybody.query.tree import Range

SEARCHED_KINDS = ("paragraph", "table", "annex")


def symbol_test(value: str) -> Callable[[str], bool]:
    """A test for a symbol: itself, or the last of its parts.

    >>> symbol_test("PER/CO/1")("CMW/C/PER/CO/1"), symbol_test("ER/CO/1")("CMW/C/PER/CO/1")
    (True, False)
    """
    test, whole = value_test(value), value_test("*/" + value)
    return lambda symbol: test(symbol) or whole(symbol)


def value_test(value: str) -> Callable[[str], bool]:
    """A test for a fact: equal but for case, or any continuation in the places of ``*``.

    >>> value_test("CMW/C/PER/*")("CMW/C/PER/CO/1"), value_test("per")("PER")
    (True, True)
    """
    folded = value.casefold()
    if "*" not in folded:
        return lambda fact: fact.casefold() == folded
    expression = re.compile(".*".join(map(re.escape, folded.split("*"))), re.DOTALL)
    return lambda fact: expression.fullmatch(fact.casefold()) is not None


def overlaps(date: str | None, node: Range) -> bool:
    """Whether a date, which may be partial, overlaps a range whose ends may be partial.

    >>> from treatybody.query.tree import Range
    >>> overlaps("2024", Range("date", "2024-05", None)), overlaps(None, Range("date", None, None))
    (True, False)
    """
    if not date:
        return False
    after_low = node.low is None or last_day(date) >= first_day(node.low)
    before_high = node.high is None or first_day(date) <= last_day(node.high)
    return after_low and before_high


def first_day(date: str) -> str:
    """The first day of a date that may be partial.

    >>> first_day("2024"), first_day("2024-05")
    ('2024-01-01', '2024-05-01')
    """
    return date + "0000-01-01"[len(date) :]


def last_day(date: str) -> str:
    """A day not before any day of a date that may be partial."""
    return date + "0000-12-31"[len(date) :]


def _names(document: Document) -> list[str]:
    names = [document.symbol, *document.also_symbols, document.reference, document.document]
    return [name for name in names if name]


def _only(fact: str | None) -> Iterable[str]:
    return () if fact is None else (fact,)


DOCUMENT_FACTS: dict[str, Callable[[Document], Iterable[str]]] = {
    "state": lambda document: _only(document.state),
    "type": lambda document: _only(document.type),
    "committee": lambda document: _only(document.committee),
    "language": lambda document: _only(document.language),
    "document": lambda document: _only(document.document),
    "symbol": _names,
    "session": lambda document: _only(document.session),
    "cycle": lambda document: _only(document.cycle),
}
