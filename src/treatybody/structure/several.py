"""Files that hold several documents, each with a masthead of its own.

>>> from treatybody.blocks import Block
>>> from treatybody.structure.items import items
>>> texts = ("CMW/C/PER/1", "Distr.: General", "1. Peru reports.",
...          "United Nations", "CMW/C/PER/2", "Distr.: General", "1. Peru reports again.")
>>> [len(part) for part in split(items([Block(text=text) for text in texts]))]
[3, 4]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from treatybody.structure import front
from treatybody.structure.items import Item

_DISTRIBUTION = re.compile(r"distr\s?\.|توزيع|分发|общая\b", re.IGNORECASE)
_NEAR = 6
_LONGEST = 200


def split(found: Sequence[Item]) -> list[list[Item]]:
    """The blocks of each document; one list where the file holds one document."""
    starts: list[int] = []
    symbols: list[str] = []
    for place in range(len(found)):
        symbol = _masthead_symbol(found, place)
        if symbol and symbol not in symbols:
            symbols.append(symbol)
            starts.append(_beginning(found, place))
    cuts = [0, *starts[1:], len(found)]
    return [list(found[start:end]) for start, end in pairwise(cuts)]


def _masthead_symbol(found: Sequence[Item], place: int) -> str | None:
    """The symbol that a block is, where the line of distribution stands near it."""
    text = found[place].block.text
    if "/" not in text or len(text) > _LONGEST or found[place].block.region == "contents":
        return None
    named = [name for line in front.printed_lines(found[place]) for name in front.symbols_of(line)]
    near = found[max(0, place - _NEAR) : place + _NEAR]
    if not named or not any(_is_distribution(item) for item in near):
        return None
    return named[0]


def _is_distribution(item: Item) -> bool:
    text = item.block.text
    return len(text) < 200 and any(
        _DISTRIBUTION.match(line.strip()) for line in re.split(r"[\n\t]+", text)
    )


def _beginning(found: Sequence[Item], place: int) -> int:
    """Where the masthead begins that holds a symbol."""
    while place > 0 and front.is_masthead_line(found[place - 1]):
        place -= 1
    return place
