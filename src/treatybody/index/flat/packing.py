"""Records in little room: each is deflated by itself, with a dictionary that all share.

The dictionary is a sample of the first records, so that a record of a few hundred bytes packs as
well as a long text, and any of them is unpacked alone in a few microseconds (preset dictionary:
Deutsch and Gailly, RFC 1950, 1996).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.index.flat.writing import FlatWriter

WINDOW = 1 << 15  # as far back as deflate looks
SAMPLED = 1 << 22  # bytes of records from which the dictionary is taken
LEVEL = 3


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


class Packer:
    """Writes the sections ``lines``, ``ends`` and ``dictionary``."""

    def __init__(self, out: FlatWriter) -> None:
        self._out = out
        self._section = out.section("lines", "<u1")
        self._put = self._section.__enter__()
        self._waiting: list[bytes] = []
        self._size = 0
        self._dictionary: bytes | None = None
        self._end = 0
        self._ends: list[int] = []

    def add(self, line: bytes) -> None:
        """Add a record."""
        if self._dictionary is None:
            self._waiting.append(line)
            self._size += len(line)
            if self._size >= SAMPLED:
                self._start()
        else:
            self._pack(line)

    def _start(self) -> None:
        dictionary = self._dictionary = sample(self._waiting)
        options = LEVEL, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY
        # a copy of a packer that knows the dictionary is made faster than it learns it
        self._packer = zlib.compressobj(*options, *([dictionary] if dictionary else []))
        for line in self._waiting:
            self._pack(line)
        self._waiting = []

    def _pack(self, line: bytes) -> None:
        packer = self._packer.copy()
        data = packer.compress(line) + packer.flush()
        self._put(data)
        self._end += len(data)
        self._ends.append(self._end)

    def finish(self) -> None:
        """Write what waits, and the sections."""
        import numpy as np

        from treatybody.index.flat.writing import smallest

        if self._dictionary is None:
            self._start()
        self._section.__exit__(None, None, None)
        self._out.add("ends", smallest(np.array(self._ends, np.uint64), self._end))
        self._out.add("dictionary", np.frombuffer(self._dictionary or b"", np.uint8))


def unpack(data: bytes | memoryview, dictionary: bytes) -> bytes:
    """A record again; ``zlib.error`` for bytes that are not one."""
    unpacker = zlib.decompressobj(-15, dictionary) if dictionary else zlib.decompressobj(-15)
    return unpacker.decompress(data)
