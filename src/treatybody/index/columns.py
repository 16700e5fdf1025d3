"""Numbers that a segment keeps for each of its paragraphs: little-endian, one file a column."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import get_args

from treatybody.index.fields import SCORED
from treatybody.model import Kind

KINDS: tuple[str, ...] = get_args(Kind)
SUFFIX = ".column"
# offset: where a record begins in paragraphs.jsonl, and at last where the file ends
TYPES = {"offset": "Q", "kind": "B"} | {f"{field}_words": "I" for field in SCORED}


def pack(name: str, numbers: Iterable[int]) -> bytes:
    """A column as bytes."""
    column = array(TYPES[name], numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def unpack(name: str, data: bytes) -> Sequence[int]:
    """A column from its bytes.

    >>> list(unpack("offset", pack("offset", [1, 2])))
    [1, 2]
    """
    column = array(TYPES[name])
    column.frombytes(data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
