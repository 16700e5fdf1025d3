"""Sentences that a page or a line break has cut into two blocks, put together again.

>>> from treatybody.blocks import Block
>>> from treatybody.structure.items import items
>>> cut = [Block(text="71. Under article", size=10), Block(text="33\\t(2) must comply.", size=10)]
>>> [item.whole.text for item in mend(items(cut))]
['71. Under article 33 (2) must comply.']
"""

from __future__ import annotations

from collections.abc import Iterable

from treatybody.structure import wording
from treatybody.structure.items import Item
from treatybody.structure.marked import join

_LONG_LINE = 70
_ENDS = (".", ";", ":", "?", "!", "”", '"', "»", ")", "]", "…")


def mend(found: Iterable[Item]) -> list[Item]:
    """The blocks, with those joined that are one sentence in one look.

    Only where the file tells the look: in a text each line break is meant.
    """
    mended: list[Item] = []
    for item in found:
        if mended and _goes_on(mended[-1], item):
            mended[-1] = _joined(mended[-1], item)
        else:
            mended.append(item)
    return mended


def _goes_on(before: Item, item: Item) -> bool:
    if before.block.cell is not None or item.block.cell is not None or _look(before) != _look(item):
        return False
    cut_off = bool(before.text.text) and not wording.ends_sentence(before.text.text, _ENDS)
    return cut_off and before.block.size is not None and _opens_in_the_middle(before, item)


def _opens_in_the_middle(before: Item, item: Item) -> bool:
    """Whether a block opens as no paragraph does: in lower case, or with a bare number.

    Behind a long line a bare number is of its sentence, whatever follows ("of" | "9 January").
    """
    start = item.text.text[:1]
    if item.label is None:
        return start.islower()
    bare = item.label.form == "number" and item.label.printed == item.label.value
    return bare and (start.islower() or start == "(" or len(before.whole.text) > _LONG_LINE)


def _look(item: Item) -> tuple[float | None, bool | None, str | None, str]:
    block = item.block
    return block.size, block.bold, block.style, block.region


def _joined(before: Item, item: Item) -> Item:
    whole = join([before.whole, item.whole], " ")
    return Item(before.block, whole, join([before.text, item.whole], " "), before.label)
