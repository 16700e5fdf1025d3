"""Records in little room: each is a Zstandard frame by itself, with a dictionary that all share.

The dictionary is trained on the first records: what many of them say, and how often they say each
byte. With it a record of a few hundred bytes packs as well as a long text, and any of them is
unpacked alone in about a microsecond (Zstandard: Collet and Kucherawy, RFC 8878, 2021; the
choice of what goes into a dictionary: Liao, Petri, Moffat and Wirth, "Effective construction of
relative Lempel-Ziv dictionaries", 2016). Any program that knows the format can read a frame.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.index.flat.sections import FlatWriter

LARGEST = 1 << 18  # bytes of a dictionary
SAMPLED = 12  # times its size that it is made from
LEAST = 1 << 18  # bytes of records that are worth one
LEVEL = 6  # takes three times as long as 3, is unpacked in five sixths of the time
STRETCH, MATCH = 256, 8  # bytes: what a dictionary is put together from, and what counts as common


def train(lines: Sequence[bytes]) -> bytes:
    """A dictionary of records, always the same for the same; none where they are too few.

    >>> train([b"{}"])
    b''
    """
    size = sum(map(len, lines))
    if size < LEAST:
        return b""
    import zstandard

    room = min(size // SAMPLED, LARGEST)
    try:
        return zstandard.train_dictionary(room, list(lines), k=STRETCH, d=MATCH).as_bytes()
    except zstandard.ZstdError:  # a few that are very long: they have nothing to share
        return b""


def pack(lines: bytes, sizes: Sequence[int], dictionary: bytes) -> tuple[bytes, list[int]]:
    """Records, one behind the other, each packed; and how many bytes each has then.

    >>> packed, sizes = pack(b"{}{}", [2, 2], b"")
    >>> packed[: sizes[0]] == packed[sizes[0] :]
    True
    """
    compress = _packer(dictionary)
    view, start, packed = memoryview(lines), 0, []
    for size in sizes:
        packed.append(compress(view[start : start + size]))
        start += size
    return b"".join(packed), list(map(len, packed))


@lru_cache(maxsize=1)
def _packer(dictionary: bytes) -> Callable[[memoryview], bytes]:
    """What packs a record; to learn a dictionary takes some milliseconds."""
    import zstandard

    learnt = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if learnt:
        learnt.precompute_compress(level=LEVEL)
    return zstandard.ZstdCompressor(LEVEL, learnt, write_dict_id=False).compress


class Packer:
    """Writes the sections ``lines``, ``ends``, ``sizes`` and ``dictionary``."""

    def __init__(self, out: FlatWriter) -> None:
        self._out = out
        self._section = out.section("lines", "<u1")
        self._put = self._section.__enter__()
        self._room, self._sizes = array("Q"), array("Q")  # lists would take eight times as much
        self.dictionary: bytes | None = None

    def add(self, packed: bytes, room: Sequence[int], sizes: Sequence[int]) -> None:
        """Add packed records: the bytes that each takes, and those that it has."""
        self._put(packed)
        self._room.extend(room)
        self._sizes.extend(sizes)

    def finish(self) -> None:
        """Write the sections."""
        import numpy as np

        from treatybody.index.flat.sections import smallest

        self._section.__exit__(None, None, None)
        room, sizes = (np.array(numbers, np.int64) for numbers in (self._room, self._sizes))
        for name, numbers in ("ends", room.cumsum()), ("sizes", sizes):
            self._out.add(name, smallest(numbers, int(numbers.max(initial=0))))
        self._out.add("dictionary", np.frombuffer(self.dictionary or b"", np.uint8))
