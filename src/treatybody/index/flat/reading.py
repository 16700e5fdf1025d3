"""Reading ``segment.flat``: through mmap, never copied, each block proved when first touched.

This module needs no numpy to find a term and to read a few numbers, so that the cold path can
use it; arrays are made where they are asked for.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from io import BufferedReader
from typing import TYPE_CHECKING, TypeVar

from treatybody.errors import DamagedIndex
from treatybody.index import columns
from treatybody.index.flat.layout import BITS, BLOCK, FOOTER, MAGIC, STRIDE, VERSION, Section

if TYPE_CHECKING:
    from numpy import int32, int64, signedinteger
    from numpy.typing import NDArray

    Docs = NDArray[int32]
    Numbers = NDArray[signedinteger]

T = TypeVar("T")
KEPT = 1 << 24  # bytes of mapped pages, about, that stay in memory between two queries
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
            block = self.seen.find(0, block + 1, last)

    def count(self, name: str) -> int:
        """How many numbers a section has."""
        return self.sections[name].size if name in self.sections else 0

    def view(self, name: str, first: int, last: int) -> memoryview:
        """The bytes of the numbers ``first`` to ``last`` (exclusive) of a section."""
        section = self.sections[name]
        size = _SIZES[section.type]
        start, stop = section.offset + first * size, section.offset + last * size
        if stop > start:
            self.prove(start, stop)
            self.read += stop - start
        return self.data[start:stop]

    def number(self, name: str, place: int) -> int:
        """One number of a section."""
        return int.from_bytes(self.view(name, place, place + 1), "little")

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

    def array(self, name: str, first: int, last: int) -> Numbers:
        """The numbers ``first`` to ``last`` (exclusive) of a section, as they lie on disk."""
        import numpy as np

        return np.frombuffer(self.view(name, first, last), dtype=self.sections[name].type)


class Terms:
    """A sorted list of the terms of a field.

    Arguments:
        file: where it lies.
        name: "text.exact", "note.stem" ...
    """

    def __init__(self, file: FlatFile, name: str) -> None:
        self.file = file
        self.name = name
        self.count = file.count(f"{name}.df")
        self._terms, self._ends = f"{name}.terms", f"{name}.ends"

    def __getitem__(self, place: int) -> bytes:
        start = self.file.number(self._ends, place - 1) if place else 0
        return bytes(self.file.view(self._terms, start, self.file.number(self._ends, place)))

    def place(self, term: bytes) -> int:
        """The place of the first term that is not before ``term``."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int | None:
        """The place of a term."""
        place = self.place(term)
        return place if place < self.count and self[place] == term else None

    def prefixed(self, prefix: bytes) -> range:
        """The places of all terms with a prefix."""
        after = prefix.rstrip(b"\xff")
        first = self.place(prefix)
        if not after:
            return range(first, self.count)
        return range(first, self.place(after[:-1] + bytes([after[-1] + 1])))

    def slice(self, places: range) -> list[bytes]:
        """The terms at neighbouring places."""
        if not places:
            return []
        start = self.file.number(self._ends, places.start - 1) if places.start else 0
        ends = self.file.array(self._ends, places.start, places.stop).tolist()
        data = bytes(self.file.view(self._terms, start, ends[-1]))
        starts = [start, *ends[:-1]]
        return [data[a - start : b - start] for a, b in zip(starts, ends, strict=True)]

    def having(self, place: int) -> int:
        """In how many paragraphs the term at a place stands."""
        return self.file.number(f"{self.name}.df", place)

    def counts_of(self, places: Numbers) -> NDArray[int64]:
        """In how many paragraphs each of some terms stands: int64."""
        import numpy as np

        if not len(places):
            return np.empty(0, np.int64)
        low, high = int(places[0]), int(places[-1]) + 1
        return self.file.array(f"{self.name}.df", low, high)[places - low].astype(np.int64)

    def firsts_of(self, places: Numbers) -> NDArray[int64]:
        """The number of the first posting of each of some terms: int64."""
        low, high = int(places[0]), int(places[-1]) + 1
        return self.file.array(f"{self.name}.first", low, high)[places - low].astype("i8")

    def sizes(self) -> NDArray[int64]:
        """The length of each term in bytes: int64."""
        import numpy as np

        ends = self.file.array(self._ends, 0, self.count)
        return np.diff(ends, prepend=ends.dtype.type(0)).astype(np.int64)

    def letters(self) -> Numbers:
        """For each term the set of its letters, as bits (see ``layout``): uint32."""
        return self.file.array(f"{self.name}.letters", 0, self.count)

    def containing(self, part: bytes) -> NDArray[int64]:
        """The places of all terms that have some bytes in them."""
        import numpy as np

        data = bytes(self.file.view(self._terms, 0, self.file.count(self._terms)))
        found, at = [], data.find(part)
        while at >= 0:
            found.append(at)
            at = data.find(part, at + 1)
        ends = self.file.array(self._ends, 0, self.count)
        starts = np.array(found, ends.dtype)
        places = np.searchsorted(ends, starts, side="right")
        inside = starts + ends.dtype.type(len(part)) <= ends[places]
        return np.unique(places[inside])

    def first(self, place: int) -> tuple[int, int]:
        """The numbers of a term's first posting and first occurrence."""
        number = self.file.number
        return number(f"{self.name}.first", place), number(f"{self.name}.occ", place)


class WholeTerms(Terms):
    """A list of terms that is looked up often: all of it is proved at the first look."""

    @cached_property
    def _whole(self) -> tuple[memoryview, Sequence[int]]:
        file = self.file
        data = file.view(self._terms, 0, file.count(self._terms))
        return data, file.column(self._ends, 0, self.count)

    def __getitem__(self, place: int) -> bytes:
        data, ends = self._whole
        return bytes(data[ends[place - 1] if place else 0 : ends[place]])

    def place(self, term: bytes) -> int:
        """The place of the first term that is not before ``term``."""
        return bisect_left(range(self.count), term, key=self.__getitem__)


class Words:
    """The words of one field: its lists of terms and their postings.

    Paragraphs are numbered from 0 in the order of the segment.
    """

    def __init__(self, file: FlatFile, field: str) -> None:
        self.file = file
        self.field = field
        self.exact = WholeTerms(file, f"{field}.exact")
        self.stem = WholeTerms(file, f"{field}.stem")
        self.rare = file.count(f"{field}.docs")

    @cached_property
    def average(self) -> float:
        """The average length of the field where it has words; 1 where that is not told."""
        told = self.file.count(f"{self.field}_total")
        total, present = self.file.column(f"{self.field}_total", 0, 2) if told else (0, 0)
        return total / present if present else 1.0

    def docs(self, terms: Terms, place: int) -> Docs:
        """The paragraphs that have a term: int32, ascending."""
        import numpy as np

        first, count = terms.first(place)[0], terms.having(place)
        if first < self.rare:
            return self.file.array(f"{self.field}.docs", first, first + count).astype(np.int32)
        start = first - self.rare
        gaps = self.patched("gaps", start, start + count)
        gaps += 1
        np.cumsum(gaps, out=gaps)
        gaps -= 1
        return gaps

    def counts(self, terms: Terms, place: int) -> Docs:
        """How often a term stands in each paragraph that has it: int32."""
        first, count = terms.first(place)[0], terms.having(place)
        counts = self.patched("counts", first, first + count)
        counts += 1
        return counts

    def counts_of(self, terms: Terms, place: int, chosen: Numbers) -> Docs:
        """How often a term stands in some of its paragraphs, given by their places: int32."""
        import numpy as np

        first, count = terms.first(place)[0], terms.having(place)
        low = f"{self.field}.counts.low"
        packed = self.file.array(low, first // 2, (first + count + 1) // 2)
        wanted = chosen + first % 2
        halves = packed[wanted >> 1] >> (wanted % 2 * 4).astype(np.uint8)
        numbers: Docs = (halves & 15).astype(np.int32)
        self._patch(numbers, "counts", first, count, chosen)
        numbers += 1
        return numbers

    def many(self, terms: Terms, places: Numbers, counted: bool) -> Iterator[tuple[Docs, Docs]]:
        """The postings of several terms: those of all rare ones together, of others one by one.

        Arguments:
            places: of the terms, ascending.
            counted: whether it is wanted how often each stands; else the second array is empty.
        """
        import numpy as np

        sizes, firsts = terms.counts_of(places), terms.firsts_of(places)
        rare = firsts < self.rare
        none = np.empty(0, np.int32)
        several = sizes[rare]
        if len(several):
            low, high = int(firsts[rare][0]), int(firsts[rare][-1] + several[-1])
            ends = np.cumsum(several)
            wanted = np.repeat(firsts[rare] - low - (ends - several), several)
            wanted += np.arange(len(wanted))
            docs = self.file.array(f"{self.field}.docs", low, high)[wanted].astype(np.int32)
            yield docs, self.patched("counts", low, high)[wanted] + np.int32(1) if counted else none
        for place in places[~rare].tolist():
            yield self.docs(terms, place), self.counts(terms, place) if counted else none

    def champions(self, terms: Terms, place: int) -> tuple[Docs, int] | None:
        """The champions of a term, and the bound for all others (see ``layout``), if it has any."""
        import numpy as np

        name, first = f"{self.field}.champions", terms.first(place)[0]
        firsts = self.file.array(f"{name}.of", 0, self.file.count(f"{name}.of"))
        at = int(np.searchsorted(firsts, np.uint64(first)))
        if at == len(firsts) or firsts[at] != first:
            return None
        start = self.file.number(f"{name}.ends", at - 1) if at else 0
        docs = self.file.array(f"{name}.docs", start, self.file.number(f"{name}.ends", at))
        return docs.astype(np.int32), self.file.number(f"{name}.rest", at)

    def places(self, terms: Terms, place: int, total: int) -> Docs:
        """All positions of a term, paragraph by paragraph: int32, ``total`` of them."""
        first = terms.first(place)[1]
        return self.patched("places", first, first + total)

    def patched(self, what: str, first: int, last: int) -> Docs:
        """A stretch of patched numbers: int32."""
        import numpy as np

        name, bits = f"{self.field}.{what}", BITS[what]
        if bits == 4:
            packed = self.file.array(f"{name}.low", first // 2, (last + 1) // 2)
            numbers = np.empty(2 * len(packed), np.int32)
            np.bitwise_and(packed, 15, out=numbers[0::2], casting="unsafe")
            np.right_shift(packed, 4, out=numbers[1::2], casting="unsafe")
            numbers = numbers[first % 2 : first % 2 + last - first]
        else:
            numbers = self.file.array(f"{name}.low", first, last).astype(np.int32)
        at, high = self._patches(name, first, last)
        if len(at):
            numbers[at] |= high << bits
        return numbers

    def _patches(self, name: str, first: int, last: int) -> tuple[Numbers, Docs]:
        """Which numbers of a stretch have high bits, counted from its first, and these bits."""
        import numpy as np

        if last <= first or not self.file.count(f"{name}.at"):
            return np.empty(0, np.int64), np.empty(0, np.int32)
        low = self.file.number(f"{name}.skip", first // STRIDE)
        end = self.file.number(f"{name}.skip", (last - 1) // STRIDE + 1)
        at = self.file.array(f"{name}.at", low, end)
        inner = np.searchsorted(at, np.array([first, last], dtype=at.dtype))
        high = self.file.array(f"{name}.high", low + int(inner[0]), low + int(inner[1]))
        return at[inner[0] : inner[1]].astype(np.int64) - first, high.astype(np.int32)

    def places_of(self, terms: Terms, place: int, starts: Numbers, counts: Docs) -> Docs:
        """The positions of some of a term's postings.

        Arguments:
            starts: int64, the number of each posting's first occurrence, counted from the term's.
            counts: int32, how many each has.
        """
        import numpy as np

        first = terms.first(place)[1]
        total = int(counts.sum())
        if not total:
            return np.empty(0, np.int32)
        before, last = int(starts[0]), int(starts[-1]) + int(counts[-1])
        ends = np.cumsum(counts, dtype=np.int64)
        wanted = np.repeat(starts - before - (ends - counts), counts) + np.arange(total)
        low = f"{self.field}.places.low"
        numbers = self.file.array(low, first + before, first + last)[wanted].astype(np.int32)
        self._patch(numbers, "places", first + before, last - before, wanted)
        return numbers

    def _patch(self, numbers: Docs, what: str, first: int, count: int, chosen: Numbers) -> None:
        """Put in the high bits of some numbers of a stretch, given by their places in it."""
        import numpy as np

        at, high = self._patches(f"{self.field}.{what}", first, first + count)
        if len(at):
            found = np.searchsorted(at, chosen)
            found[found == len(at)] = 0
            patched = np.flatnonzero(at[found] == chosen)
            numbers[patched] |= high[found[patched]] << BITS[what]
