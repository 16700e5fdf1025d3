"""Captions of tables: the lines right above a table's first row.

A caption ("Table 2", its title, "(Thousands of United States dollars)") stands over its rows and
nothing else; it is no heading of the paragraphs that follow the table.

>>> from treatybody.blocks import Block, Cell
>>> from treatybody.structure.items import items
>>> row = Block(text="a", cell=Cell(table=1, row=1, header=False, spans=((0, 1),)))
>>> places(items([Block(text="1. See below."), Block(text="Table 2"), Block(text="Posts"), row]))
{1, 2}
"""

from __future__ import annotations

from collections.abc import Sequence

from treatybody.structure import wording
from treatybody.structure.items import Item

_MOST_LINES = 4
_LONGEST = 300


def places(found: Sequence[Item]) -> set[int]:
    """Which blocks are captions: of the tables that follow, or announced by the word "Table"."""
    result: set[int] = set()
    for place, item in enumerate(found):
        if item.block.cell is not None and (place == 0 or _table(found[place - 1]) != _table(item)):
            result |= _above(found, place)
        elif _is_named(item):
            result.add(place)
    return result


def _table(item: Item) -> int | None:
    return item.block.cell.table if item.block.cell else None


def _above(found: Sequence[Item], first_row: int) -> set[int]:
    """The caption over a first row, if one of its lines shows that it is a caption."""
    lines: list[int] = []
    for place in range(first_row - 1, max(-1, first_row - 1 - _MOST_LINES), -1):
        if not _may_be_line(found[place]):
            break
        lines.append(place)
        if _is_named(found[place]):
            return set(lines)
    shown = [place for place in lines if _is_unit(found[place])]
    # a title stands directly over its unit; what stands above that is a heading
    return {place for place in lines if shown and place >= shown[0] - 1}


def _may_be_line(item: Item) -> bool:
    text = item.text.text
    if item.block.cell is not None or len(text) > _LONGEST or item.number is not None:
        return False
    return (item.label is None and not text.endswith((".", ";", ":"))) or _is_unit(item)


def _is_named(item: Item) -> bool:
    text = item.whole.text
    found = wording.pattern("heading_words", "caption").match(text)
    if item.block.cell is not None or not found or len(text) > _LONGEST:
        return False
    return not text.endswith((".", ";")) and not text[found.end() :].lstrip()[:1].islower()


def _is_unit(item: Item) -> bool:
    """Whether a line says what the table counts: "(Thousands of United States dollars)"."""
    text = item.whole.text
    return item.block.cell is None and len(text) < 120 and text[:1] == "(" and text[-1:] == ")"
