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

from collections import Counter
from collections.abc import Sequence

from treatybody.structure import styles, wording
from treatybody.structure.items import Item

_MOST_LINES = 4
_LONGEST = 300
_LONGEST_TITLE = 200
_LOWEST_DEPTH = 3  # of heading styles
_LARGER = 0.6  # points: letters of this much more than the text's are those of a heading


def places(found: Sequence[Item]) -> set[int]:
    """Which blocks are captions: of the tables that follow, or announced by the word "Table"."""
    result: set[int] = set()
    usual = _usual_size(found)
    for place, item in enumerate(found):
        if item.block.cell is not None and (place == 0 or _table(found[place - 1]) != _table(item)):
            result |= _above(found, place) or _title_over(found, place, usual)
        elif _is_named(item):
            result.add(place)
    return result


def _usual_size(found: Sequence[Item]) -> float | None:
    """The size of the numbered paragraphs, where the file tells sizes."""
    sizes = Counter(item.block.size for item in found if item.number is not None)
    sizes.pop(None, None)
    return sizes.most_common(1)[0][0] if sizes else None


def _title_over(found: Sequence[Item], first_row: int, usual: float | None) -> set[int]:
    """The line right over a table that nothing announces as its caption: its title all the same.

    Paragraphs behind the table don't belong under it. A line in larger letters is a heading, as
    is one that names an article or a paragraph of another document.
    """
    if first_row == 0:
        return set()
    item, before = found[first_row - 1], found[first_row - 2] if first_row > 1 else None
    if not _may_be_line(item) or item.label or len(item.text.text) > _LONGEST_TITLE:
        return set()
    larger = usual is not None and (item.block.size or 0.0) > usual + _LARGER
    if larger or _is_chapter(item) or _names_a_place(item.text.text):
        return set()
    alone = before is not None and before.text.text.endswith((".", ":"))
    if item.block.bold or item.block.italic:
        return {first_row - 1}
    is_title = alone and usual is not None and item.text.text[:1].isupper()
    return {first_row - 1} if is_title else set()


def _is_chapter(item: Item) -> bool:
    """Whether a style says heading of a section; the lowest ones serve for titles of tables too."""
    role = styles.role(item.block.style)
    return role is not None and role[0] != "body" and role[1] < _LOWEST_DEPTH


def _names_a_place(text: str) -> bool:
    return bool(wording.pattern("heading_words", "place").search(text))


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
