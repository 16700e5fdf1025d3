"""Reading ``segment.flat``: through mmap, never copied, each block proved when first touched.

This module needs no numpy to find a term and to read a few numbers, so that the cold path can
use it; arrays are made where they are asked for.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import sys
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BufferedReader
from typing import TYPE_CHECKING, TypeVar

from treatybody.errors import DamagedIndex
from treatybody.index import columns
from treatybody.index.flat.layout import BLOCK, FOOTER, MAGIC, VERSION, Section

if TYPE_CHECKING:
    from numpy import int32, signedinteger
    from numpy.typing import NDArray

    Docs = NDArray[int32]
    Numbers = NDArray[signedinteger]

T = TypeVar("T")
KEPT = 1 << 23  # bytes of mapped pages, about, that stay in memory between two queries
_SIZES = {"<u1": 1, "<u2": 2, "<u4": 4, "<u8": 8}


class FlatFile:
    """One ``segment.flat``.

    Arguments:
        file: open for reading; it is mapped, and may be closed afterwards.
        damaged: makes the error that is raised for bytes that are not what was written.

    ``seen`` says of each block whether it was proved; ``read`` is how many bytes were mapped,
    about, since memory was given back.

    Raises:
        DamagedIndex: the directory is not what was written.
    """

    def __init__(self, file: BufferedReader, damaged: Callable[[], DamagedIndex]) -> None:
        self.damaged = damaged
        try:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise damaged() from None
        self.data = memoryview(self._map)
        self.sections = self._directory()
        self._where = {
            name: (section.offset, _SIZES[section.type]) for name, section in self.sections.items()
        }

    def _directory(self) -> dict[str, Section]:
        size = len(self.data)
        if size < FOOTER.size + len(MAGIC):
            raise self.damaged()
        version, zero, at, length, crc, zero2 = FOOTER.unpack(self.data[-FOOTER.size :])
        directory = self.data[at : size - FOOTER.size]
        blocks = -(-at // BLOCK)
        if zlib.crc32(directory) != crc or (version, zero, zero2) != (VERSION, 0, 0):
            raise self.damaged()
        if len(directory) != length + 4 * blocks:
            raise self.damaged()
        self._sums = bytes(directory[length:])
        self.seen = bytearray(blocks)
        self.read = 0
        self._end = at
        found = json.loads(bytes(directory[:length]))
        return {name: Section(*where) for name, where in found.items()}

    def close(self) -> None:
        """Give back the file's pages; while an array of them lives, this is left to its end."""
        self.data.release()
        with contextlib.suppress(BufferError):
            self._map.close()

    def rest(self) -> None:
        """Give back the memory of pages that were read, once they are many.

        They stay in the system's cache, from where they are mapped again in no time; but as long
        as they are mapped, they count as this process's own.
        """
        if self.read > KEPT and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)
            self.read = 0

    def prove(self, start: int, stop: int) -> None:
        """Check the blocks of a stretch of bytes that have not been checked yet."""
        last = (stop - 1) // BLOCK + 1
        block = self.seen.find(0, start // BLOCK, last)
        while block >= 0:
            bytes_ = self.data[block * BLOCK : min((block + 1) * BLOCK, self._end)]
            expected = int.from_bytes(self._sums[block * 4 : block * 4 + 4], "little")
            if zlib.crc32(bytes_) != expected:
                raise self.damaged()
            self.seen[block] = 1
            self.read += len(bytes_)
            self.rest()
            block = self.seen.find(0, block + 1, last)

    def count(self, name: str) -> int:
        """How many numbers a section has."""
        return self.sections[name].size if name in self.sections else 0

    def view(self, name: str, first: int, last: int) -> memoryview:
        """The bytes of the numbers ``first`` to ``last`` (exclusive) of a section."""
        offset, size = self._where[name]
        start, stop = offset + first * size, offset + last * size
        if stop > start:
            if self.seen.find(0, start // BLOCK, (stop - 1) // BLOCK + 1) >= 0:
                self.prove(start, stop)
            self.read += stop - start
        return self.data[start:stop]

    def number(self, name: str, place: int) -> int:
        """One number of a section; as sections are aligned, it lies in one block."""
        offset, size = self._where[name]
        start = offset + place * size
        if not self.seen[start // BLOCK]:
            self.prove(start, start + size)
        return int.from_bytes(self.data[start : start + size], "little")

    def json(self, name: str, kind: type[T]) -> T:
        """What a section says in JSON."""
        import msgspec

        try:
            return msgspec.json.decode(self.view(name, 0, self.count(name)), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self.damaged() from None

    def strings(self, name: str) -> list[str]:
        """What a section says in JSON: a short list of texts."""
        found: list[str] = json.loads(bytes(self.view(name, 0, self.count(name))))
        return found

    def column(self, name: str, first: int, last: int) -> Sequence[int]:
        """The numbers ``first`` to ``last`` (exclusive) of a section, without numpy."""
        return columns.unpack(self.sections[name].type, bytes(self.view(name, first, last)))

    def integers(self, name: str, first: int, last: int) -> Sequence[int]:
        """The same to look up a few of them: not copied where the machine's are little-endian."""
        if sys.byteorder == "big":
            return self.column(name, first, last)
        return self.view(name, first, last).cast(columns.CODES[self.sections[name].type])

    def array(self, name: str, first: int, last: int) -> Numbers:
        """The numbers ``first`` to ``last`` (exclusive) of a section, as they lie on disk."""
        return self._array(self.view(name, first, last), self.sections[name].type)

    @cached_property
    def _array(self) -> Callable[[memoryview, str], Numbers]:
        """What makes an array of bytes: asking for numpy each time takes as long as that."""
        from numpy import frombuffer

        return frombuffer
