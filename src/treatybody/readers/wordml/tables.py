"""Tables: their rows and cells, through the wrappers that changes and controls put around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from treatybody.readers.wordml.names import MC, W, child, flag, number, value
from treatybody.readers.wordml.runs import chosen

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPAQUE = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr",
        "tc", "p", "tbl",
    )
)  # fmt: skip


class Row(NamedTuple):
    """One row: its place in the table (1-based), and its cells."""

    place: int
    header: bool
    cells: list[_Element]


def rows(table: _Element) -> list[Row]:
    """The rows that are shown; a deleted row is none, a hidden one is counted by nobody.

    Header rows are those that Word repeats on each page: marked so, from the first row on.
    """
    found: list[Row] = []
    header = True
    for place, element in enumerate(filter(_kept, _below(table, W + "tr")), start=1):
        properties = child(element, "trPr")
        header = header and bool(flag(properties, "tblHeader"))
        cells = [cell for cell in _below(element, W + "tc") if not _gone(cell)]
        found.append(Row(place, header, cells))
    return found


def is_frame(found: list[Row]) -> bool:
    """Whether a table has a single column: a box around paragraphs, not a table."""
    return bool(found) and all(len(row.cells) == 1 for row in found)


def continues(cell: _Element) -> bool:
    """Whether a cell is the lower part of one that began in a row above."""
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and value(child(cell, "tcPr"), "vMerge") != "restart"


def span(cell: _Element) -> int:
    """How many columns a cell covers."""
    return number(value(child(cell, "tcPr"), "gridSpan")) or 1


def _kept(row: _Element) -> bool:
    properties = child(row, "trPr")
    return child(properties, "del") is None and not flag(properties, "hidden")


def _gone(cell: _Element) -> bool:
    return child(child(cell, "tcPr"), "cellDel") is not None


def _below(parent: _Element, name: str) -> Iterator[_Element]:
    """Elements of that name below ``parent``, not those of tables inside."""
    for element in parent:
        if element.tag == name:
            yield element
        elif element.tag == MC + "AlternateContent":
            yield from _below(chosen(element), name)
        elif isinstance(element.tag, str) and element.tag not in _OPAQUE:
            yield from _below(element, name)
