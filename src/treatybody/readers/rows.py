"""A table row as one text: how the readers that know tables join cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from treatybody.blocks import Block, NoteMark

GAP = "\t"


class Joined(NamedTuple):
    """A row's text, the span of each cell in it, and its note marks."""

    text: str
    spans: tuple[tuple[int, int], ...]
    marks: tuple[NoteMark, ...]


def join(cells: Sequence[Sequence[Block]]) -> Joined:
    """Join the paragraphs of each cell by line breaks and the cells by tabs.

    Arguments:
        cells: the blocks of each cell; rows of tables inside a cell are left out.

    >>> join([[Block(text="Article 40", label="1.")], [], [Block(text="a"), Block(text="b")]])[:2]
    ('1. Article 40\\t\\ta\\nb', ((0, 13), (14, 14), (15, 18)))
    """
    text = ""
    spans: list[tuple[int, int]] = []
    marks: list[NoteMark] = []
    for place, blocks in enumerate(cells):
        text += GAP if place else ""
        start = len(text)
        for block in (block for block in blocks if block.cell is None):
            text += "\n" if len(text) > start else ""
            text += f"{block.label} " if block.label else ""
            marks += [NoteMark(offset=len(text) + m.offset, key=m.key) for m in block.marks]
            text += block.text
        spans.append((start, len(text)))
    return Joined(text, tuple(spans), tuple(marks))
