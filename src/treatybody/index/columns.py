"""Numbers that a segment keeps for each of its paragraphs: little-endian sections of its file."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from typing import Literal

KINDS = ("paragraph", "procedural", "table", "annex", "title")  # those of ``model.Kind``
CODES: dict[str, Literal["B", "H", "I", "Q"]] = {"<u1": "B", "<u2": "H", "<u4": "I", "<u8": "Q"}


def unpack(kind: str, data: bytes) -> Sequence[int]:
    """A column from its bytes; ``kind`` is "<u1", "<u2", "<u4" or "<u8".

    >>> list(unpack("<u2", bytes([1, 0, 2, 0])))
    [1, 2]
    """
    column = array(CODES[kind], data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
