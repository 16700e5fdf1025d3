"""Table rows: one record a row, with the spans of its cells in the levelled text."""

from __future__ import annotations

from treatybody.blocks import NoteMark
from treatybody.model import TableRow
from treatybody.structure.items import Item
from treatybody.structure.marked import Marked, level

_EDGE = "\0"


def row(item: Item) -> tuple[Marked, TableRow]:
    """The text of a row and where its cells lie in it.

    >>> from treatybody.blocks import Block, Cell
    >>> from treatybody.structure.items import items
    >>> cell = Cell(table=1, row=2, header=False, spans=((0, 6), (9, 11)))
    >>> text, place = row(items([Block(text="Law\\u00ad 2 | 15", cell=cell)])[0])
    >>> text.text, place.cells
    ('Law 2 | 15', [(0, 5), (8, 10)])
    """
    block = item.block
    assert block.cell is not None
    # cell edges travel as marks through the levelling, which may shorten the text
    edges = [
        NoteMark(offset, f"{_EDGE}{number}")
        for number, span in enumerate(block.cell.spans)
        for offset in span
    ]
    text = level(block.text, (*block.marks, *edges))
    cells: dict[str, list[int]] = {}
    for mark in text.marks:
        if mark.key.startswith(_EDGE):
            cells.setdefault(mark.key, []).append(mark.offset)
    spans = [(min(cells[f"{_EDGE}{n}"]), max(cells[f"{_EDGE}{n}"])) for n in range(len(cells))]
    notes = tuple(mark for mark in text.marks if not mark.key.startswith(_EDGE))
    place = TableRow(
        number=block.cell.table, row=block.cell.row, header=block.cell.header, cells=spans
    )
    return Marked(text.text, notes), place
