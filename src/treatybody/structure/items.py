"""Blocks as the structure stage sees them: levelled text, and the label apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from treatybody.blocks import Block
from treatybody.structure import labels
from treatybody.structure.flow import flow
from treatybody.structure.labels import Label
from treatybody.structure.marked import Marked, join, level

_OMISSION = re.compile(r"[\[(]\s?(?:…|\.{3})\s?[\])]")
_SMALLEST = 2.0  # points: templates hold letters of one point that nobody is meant to see


@dataclass(frozen=True, slots=True)
class Item:
    """One block: ``whole`` is its text as printed, ``text`` the text without the label."""

    block: Block
    whole: Marked
    text: Marked
    label: Label | None

    @property
    def place(self) -> int | None:
        """Where it stands in the file: the line, else the page."""
        return self.block.line if self.block.line is not None else self.block.page

    @property
    def number(self) -> str | None:
        """The number that it may open a paragraph with ("33", "24.1"), never one in brackets."""
        label = self.label
        if label is None or label.form != "number" or label.bracketed:
            return None
        return label.value

    def unlabelled(self) -> Item:
        """The same block with its label taken as part of the text."""
        return Item(self.block, self.whole, self.whole, None)


def items(blocks: Iterable[Block]) -> list[Item]:
    """The blocks that hold something, as items.

    >>> found = items([Block(text="33.\\tThe Committee"), Block(text=" ")])
    >>> [(item.number, item.text.text) for item in found]
    [('33', 'The Committee')]
    """
    made = (item for block in blocks for item in _lines(_item(block)))
    return [item for item in made if _holds_something(item)]


def _lines(item: Item) -> Iterator[Item]:
    """A block's lines, where line breaks inside it part "(a)" from "(b)"."""
    if item.block.cell is not None or "\n" not in item.text.text:
        yield item
        return
    end = item.text.text.index("\n")
    before = len(item.whole.text) - len(item.text.text)
    text, rest = item.text.split(end, skip=1)
    yield Item(item.block, item.whole.split(before + end)[0], text, item.label)
    found = labels.read(rest.text)
    behind = rest.cut(found[1]) if found else rest
    yield from _lines(Item(item.block, rest, behind, found[0] if found else None))


def _holds_something(item: Item) -> bool:
    """Whether a block has a letter or digit, a note mark, or is a row of a table.

    The bar codes of printed documents are rows of private-use characters; a lone comma is what
    is left where two note marks stood.
    """
    if item.block.cell is not None or item.whole.marks:
        return True
    if item.block.size is not None and item.block.size < _SMALLEST:
        return False
    text = item.whole.text
    return any(char.isalnum() for char in text) or bool(_OMISSION.fullmatch(text))


def _item(block: Block) -> Item:
    raw = level(block.text, block.marks)
    if block.cell is not None:
        return Item(block, raw, raw, None)
    raw = raw.strip()
    computed = labels.of_numbering(block.label) if block.label else None
    whole = flow(raw)
    if computed:
        return Item(block, _joined(computed, whole), whole, computed)
    found = labels.read(raw.text)
    if found is None:
        return Item(block, whole, whole, None)
    label, start = found
    return Item(block, whole, flow(raw.cut(start)), label)


def _joined(label: Label, text: Marked) -> Marked:
    return join([Marked(label.printed), text], " " if text.text else "")
