"""Writing the sections of ``segment.flat``: its blocks, sums and directory, and packed numbers."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.inverting import Ints
from treatybody.index.flat.layout import BLOCK, FOOTER, MAGIC, STRIDE, VERSION, Section

IN_MEMORY = 1 << 22  # bytes of what is collected; more goes into a temporary file

Array = NDArray[Any]


class FlatWriter:
    """Writes sections one behind the other and sums up every block."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("wb")  # noqa: SIM115 - closed by finish or close
        self._sections: dict[str, Section] = {}
        self._sums: list[int] = []
        self._block = bytearray()
        self._at = 0
        self._put(MAGIC)

    def close(self) -> None:
        """Give up: the file stays without a directory and can't be read."""
        self._file.close()

    def add(self, name: str, first: Array, *more: Array) -> None:
        """Add a section; its parts have one type."""
        self.stream(name, [first, *more], first.dtype)

    def stream(self, name: str, parts: Iterable[Array], kind: Any) -> None:
        """Add a section from parts of one type as they come."""
        with self.section(name, kind) as put:
            for part in parts:
                if part.size:
                    put(np.ascontiguousarray(part).data.cast("B"))

    @contextmanager
    def section(self, name: str, kind: Any) -> Iterator[Callable[[bytes | memoryview], None]]:
        """A section that grows while it is open; gives the function that takes its bytes."""
        offset, dtype = self._at, np.dtype(kind).newbyteorder("<")
        yield self._put
        count = (self._at - offset) // dtype.itemsize
        self._sections[name] = Section(dtype.str.replace("|", "<"), offset, count)
        self._put(bytes(-self._at % 8))

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._at += len(data)
        view = memoryview(data)
        while len(view):
            room = BLOCK - len(self._block)
            self._block += view[:room]
            view = view[room:]
            if len(self._block) == BLOCK:
                self._sums.append(zlib.crc32(self._block))
                self._block.clear()

    def finish(self) -> None:
        """Write the directory; the caller makes the file durable."""
        at = self._at
        if self._block:
            self._sums.append(zlib.crc32(self._block))
        names = msgspec.json.encode(self._sections)
        directory = names + np.array(self._sums, "<u4").tobytes()
        self._file.write(directory)
        self._file.write(FOOTER.pack(VERSION, 0, at, len(names), zlib.crc32(directory), 0))
        self._file.close()


class Stream:
    """Numbers that are collected in a temporary file, once they are many."""

    def __init__(self, kind: str) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - open as long as the stream
        self.kind = kind
        self.count = 0

    def add(self, numbers: Array) -> None:
        """Add numbers."""
        self._file.write(np.ascontiguousarray(numbers, dtype=self.kind).tobytes())
        self.count += numbers.size

    def parts(self) -> Iterator[Array]:
        """The numbers again, piece by piece."""
        self._file.seek(0)
        yield np.empty(0, self.kind)
        while data := self._file.read(IN_MEMORY):
            yield np.frombuffer(data, self.kind)


class Patched:
    """Collects patched numbers (see ``layout``)."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.low, self.at, self.high = Stream("<u1"), Stream("<u8"), Stream("<u4")

    def add(self, numbers: Ints) -> None:
        """Add numbers that are not negative."""
        large = np.flatnonzero(numbers >> self.bits)
        self.at.add(large + self.low.count)
        self.high.add(numbers[large] >> self.bits)
        self.low.add(numbers & ((1 << self.bits) - 1))

    def write(self, out: FlatWriter, name: str) -> None:
        """Write them as sections."""
        out.stream(f"{name}.low", self.low.parts() if self.bits == 8 else self._halves(), "<u1")
        at = np.concatenate(list(self.at.parts()))
        out.add(f"{name}.at", smallest(at, self.low.count))
        high = np.concatenate(list(self.high.parts()))
        out.add(f"{name}.high", smallest(high, int(high.max(initial=0))))
        strides = np.arange(0, self.low.count + STRIDE, STRIDE, dtype=np.uint64)
        out.add(f"{name}.skip", np.searchsorted(at, strides).astype("<u4"))

    def _halves(self) -> Iterator[Array]:
        for part in self.low.parts():
            numbers = np.append(part, np.uint8(0)) if part.size % 2 else part
            yield (numbers[0::2] | (numbers[1::2] << 4)).astype("<u1")


def smallest(numbers: Array, largest: int) -> Array:
    """Numbers in the smallest type that holds the largest."""
    kinds = [kind for kind in ("<u1", "<u2", "<u4") if largest <= np.iinfo(kind).max]
    return numbers.astype(kinds[0] if kinds else "<u8")
