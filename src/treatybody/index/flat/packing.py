"""Records in little room: each is deflated by itself, with a dictionary that all share.

The dictionary is a sample of the first records, so that a record of a few hundred bytes packs as
well as a long text, and any of them is unpacked alone in a few microseconds (preset dictionary:
Deutsch and Gailly, RFC 1950, 1996). The fixed Huffman codes of the format are used: tables made
for a record take more room in it than they save, and building them takes a third of its unpacking.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.index.flat.sections import FlatWriter

WINDOW = 1 << 15  # as far back as deflate looks
LEVEL = 5
MEMORY = 6  # a small table of places: it is copied for every record


def sample(lines: Sequence[bytes]) -> bytes:
    """A dictionary of records; none where there are too few to be worth it.

    >>> sample([b"{}"])
    b''
    """
    size = sum(map(len, lines))
    if size < 8 * WINDOW:
        return b""
    step = size // WINDOW
    return b"".join(lines[:: max(1, step)])[:WINDOW]


def pack(lines: bytes, sizes: Sequence[int], dictionary: bytes) -> tuple[bytes, list[int]]:
    """Records, one behind the other, each deflated; and how many bytes each has then.

    >>> packed, sizes = pack(b"{}{}", [2, 2], b"")
    >>> unpack(packed[: sizes[0]], b"")
    b'{}'
    """
    # a packer that knows the dictionary is copied faster than another learns it
    options = LEVEL, zlib.DEFLATED, -15, MEMORY, zlib.Z_FIXED
    packer = zlib.compressobj(*options, *([dictionary] if dictionary else []))
    view, start, packed = memoryview(lines), 0, []
    for size in sizes:
        one = packer.copy()
        packed.append(one.compress(view[start : start + size]) + one.flush())
        start += size
    return b"".join(packed), list(map(len, packed))


class Packer:
    """Writes the sections ``lines``, ``ends`` and ``dictionary``."""

    def __init__(self, out: FlatWriter) -> None:
        self._out = out
        self._section = out.section("lines", "<u1")
        self._put = self._section.__enter__()
        self._sizes: list[int] = []
        self.dictionary: bytes | None = None

    def add(self, packed: bytes, sizes: Sequence[int]) -> None:
        """Add packed records."""
        self._put(packed)
        self._sizes += sizes

    def finish(self) -> None:
        """Write the sections."""
        import numpy as np

        from treatybody.index.flat.sections import smallest

        self._section.__exit__(None, None, None)
        ends = np.cumsum(np.array(self._sizes, np.int64))
        self._out.add("ends", smallest(ends, int(ends.max(initial=0))))
        self._out.add("dictionary", np.frombuffer(self.dictionary or b"", np.uint8))


def unpack(data: bytes | memoryview, dictionary: bytes) -> bytes:
    """A record again; ``zlib.error`` for bytes that are not one."""
    unpacker = zlib.decompressobj(-15, dictionary) if dictionary else zlib.decompressobj(-15)
    return unpacker.decompress(data)
