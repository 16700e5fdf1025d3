"""Reading the records of ``segment.flat``: neighbours and a few one by one, many in one call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, cast

from treatybody.index.flat.layout import BLOCK
from treatybody.index.flat.reading import FlatFile

if TYPE_CHECKING:
    from numpy import int64, integer
    from numpy.typing import NDArray
    from zstandard import ZstdDecompressor

FEW = 32  # records that are unpacked one by one
AROUND = 1 << 16  # bytes that a system maps where one is touched
TOGETHER = 11 << 20  # bytes that are unpacked at a time, and one record more
THREADED = 1 << 12  # that are worth two threads
MAPPED = 1 << 27  # bytes of the file that are mapped at a time, at most


class Records:
    """The records of a segment, as JSON, each with its line feed.

    All methods raise ``DamagedIndex`` for bytes that are not what was written.
    """

    def __init__(self, file: FlatFile) -> None:
        self._file = file

    @cached_property
    def _unpacker(self) -> Unpacker:
        file = self._file
        dictionary = bytes(file.view("dictionary", 0, file.count("dictionary")))
        return Unpacker(dictionary, file.damaged)

    def one(self, place: int) -> bytes:
        """The record of a paragraph."""
        start = self._file.number("ends", place - 1) if place else 0
        end = self._file.number("ends", place)
        return self._unpacker.one(self._file.view("lines", start, end))

    def neighbours(self, first: int, count: int) -> list[bytes]:
        """The records of neighbouring paragraphs."""
        if not count:
            return []
        file, unpack = self._file, self._unpacker.one
        start = file.number("ends", first - 1) if first else 0
        ends = file.column("ends", first, first + count)
        lines = file.view("lines", start, ends[-1])
        return [unpack(lines[a - start : b - start]) for a, b in pairwise([start, *ends])]

    def at(self, places: Sequence[int]) -> Iterable[bytes]:
        """The records at many places, in this order."""
        if len(places) < FEW or "numpy" not in sys.modules:  # the cold path does without it
            return list(map(self.one, places))
        return chain.from_iterable(map(self._together, self._parts(places)))

    def _parts(self, places: Sequence[int]) -> list[NDArray[int64]]:
        """So many places at a time that their records take little memory."""
        import numpy as np

        wanted = np.array(places, np.int64)
        sizes = self._file.array("sizes", 0, self._file.count("sizes"))[wanted]
        filled = np.cumsum(sizes, dtype=np.int64) // TOGETHER
        return np.split(wanted, np.flatnonzero(np.diff(filled)) + 1)

    def _together(self, wanted: NDArray[int64]) -> Iterable[bytes]:
        """Some records; of a large file few enough at a time that not all of it is mapped."""
        import numpy as np

        file = self._file
        ends, sizes = (file.array(name, 0, file.count(name)) for name in ("ends", "sizes"))
        stops = ends[wanted].astype(np.int64)
        starts = np.where(wanted > 0, ends[wanted - 1], 0).astype(np.int64)
        offset, size = file.sections["lines"].offset, file.count("lines")
        mapped = min(AROUND * len(wanted), int(stops.max() - starts.min()))
        if mapped > MAPPED:
            step = MAPPED // AROUND
            parts = (wanted[at : at + step] for at in range(0, len(wanted), step))
            return chain.from_iterable(map(self._together, parts))
        self._prove(offset + starts, offset + stops)
        file.read += mapped
        data = file.data[offset : offset + size]
        found = self._unpacker.many(data, starts, stops, sizes[wanted])
        file.rest()
        return found

    def _prove(self, starts: NDArray[int64], stops: NDArray[int64]) -> None:
        """Check the blocks of many stretches of bytes, which lie apart; none of them is empty."""
        import numpy as np

        file = self._file
        first, last, seen = starts // BLOCK, (stops - 1) // BLOCK, np.frombuffer(file.seen, "u1")
        known = (seen[first] & seen[last]).astype(bool) & (last - first < 2)
        for start, stop in zip(starts[~known].tolist(), stops[~known].tolist(), strict=True):
            file.prove(start, stop)


class Unpacker:
    """Makes records again.

    Arguments:
        dictionary: with which they were packed.
        damaged: makes the error that is raised for bytes that are no packed record.

    >>> from treatybody.index.flat.packing import pack
    >>> Unpacker(b"", ValueError).one(pack(b"{}", [2], b"")[0])
    b'{}'
    """

    def __init__(self, dictionary: bytes, damaged: Callable[[], Exception]) -> None:
        from zstandard import ZstdCompressionDict, ZstdError

        self._broken = ZstdError
        self._dictionary = ZstdCompressionDict(dictionary) if dictionary else None
        self._damaged = damaged

    @cached_property
    def _unpacker(self) -> ZstdDecompressor:
        from zstandard import ZstdDecompressor

        return ZstdDecompressor(self._dictionary)

    def one(self, data: bytes | memoryview) -> bytes:
        """A record."""
        try:
            return self._unpacker.decompress(data)
        except self._broken:
            raise self._damaged() from None

    def many(
        self,
        data: memoryview,
        starts: NDArray[int64],
        stops: NDArray[int64],
        sizes: NDArray[integer],
    ) -> Iterable[bytes]:
        """Records that lie anywhere in some bytes; each is copied when it is asked for.

        Arguments:
            starts, stops: int64, shape (records,): where each lies in ``data``.
            sizes: integers, the same shape: how many bytes each has.
        """
        import numpy as np
        import zstandard

        if not hasattr(self._unpacker, "multi_decompress_to_buffer"):  # it is not in C: PyPy
            pairs = zip(starts.tolist(), stops.tolist(), strict=True)
            return [self.one(data[start:stop]) for start, stop in pairs]
        low, high = int(starts.min()), int(stops.max())
        spots = np.stack([starts - low, stops - starts], axis=1).astype(np.uint64).tobytes()
        try:
            frames = zstandard.BufferWithSegments(data[low:high], spots)
            threads = 2 if len(starts) >= THREADED else 0
            room = sizes.astype(np.uint64).tobytes()
            found = self._unpacker.multi_decompress_to_buffer(frames, room, threads=threads)
        except zstandard.ZstdError:
            raise self._damaged() from None
        segments = cast("Iterable[zstandard.BufferSegment]", found)  # it has __getitem__ only
        return map(zstandard.BufferSegment.tobytes, segments)
