"""Headings of a text that tells nothing of looks: no letters in bold, no sizes, no edges.

What is a heading there is told by what stands around it and by its words. Where headings are set
in with tabs, as the United Nations' template does it, or marked in Markdown, a line at the edge is
none, unless it names an article or a question.

>>> from treatybody.blocks import Block
>>> from treatybody.structure.items import items
>>> texts = ("1. It agreed.", "Work (art. 6)", "Wages", "2. It has:", "Laws", "3. None.", "Pay day")
>>> found = items([Block(text=text) for text in texts])
>>> sorted(headings(found, {0: Ruling(0), 3: Ruling(0), 5: Ruling(0)}, set()))
[1, 2]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from treatybody.structure.between import has_ended, is_named, over_numbers, reads_like_heading
from treatybody.structure.items import Item
from treatybody.structure.runs import Ruling

_MOST_LINES = 3
_LEADS_ON = (":", ";", ",", "-")


def headings(stretch: Sequence[Item], rulings: Mapping[int, Ruling], known: set[int]) -> set[int]:
    """The places of lines that are headings, beside those that are known to be.

    Arguments:
        stretch: the blocks of a body or of an annex.
        rulings: on its numbered blocks.
        known: the places of headings that their form has told.
    """
    known = known | _refused_numbers(stretch, rulings)
    told = any(_is_told_by_form(stretch[place]) for place in known)
    found: set[int] = set()
    for place in sorted({*over_numbers(stretch, rulings), *_over_headings(stretch, known)}):
        rows = _rows_up(stretch, place, known)
        above = stretch[rows[-1] - 1] if rows and rows[-1] else None
        if not told and (above is None or rows[-1] - 1 in known or has_ended(above)):
            found.update(rows)
        found.update(at for at in rows if _is_told(stretch, at))
    return found


def _is_told_by_form(item: Item) -> bool:
    return bool(item.block.outline or (item.block.indent and not item.label))


def _refused_numbers(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> set[int]:
    """The numbered lines that are no paragraphs and may be headings: "1. Pensions"."""
    refused = (place for place, ruling in rulings.items() if ruling.part is None)
    return {place for place in refused if reads_like_heading(stretch[place])}


def _over_headings(stretch: Sequence[Item], known: set[int]) -> Iterator[int]:
    """The places right above a heading; above "A." or "(a)" what stands there must name itself."""
    for at in known:
        if at and (is_named(stretch[at - 1]) or not stretch[at].label) and _is_bare(stretch[at]):
            yield at - 1


def _rows_up(stretch: Sequence[Item], place: int, known: set[int]) -> list[int]:
    """The lines from a place upwards that may be headings, one upon the other."""
    rows: list[int] = []
    while place >= 0 and len(rows) < _MOST_LINES and place not in known and _may_be(stretch[place]):
        rows.append(place)
        place -= 1
    return rows


def _may_be(item: Item) -> bool:
    return item.label is None and _is_bare(item) and (reads_like_heading(item) or is_named(item))


def _is_bare(item: Item) -> bool:
    block = item.block
    return block.left is None and block.size is None and block.bold is None and not block.cell


def _is_told(stretch: Sequence[Item], place: int) -> bool:
    """Whether a line says itself that it is a heading, and nothing leads up to it."""
    above = stretch[place - 1].whole.text if place else ""
    return is_named(stretch[place]) and not above.endswith(_LEADS_ON)
