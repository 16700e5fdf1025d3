"""The sorted lists of the terms of a field, in ``segment.flat``; a term is found without numpy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from treatybody.index.flat.reading import FlatFile

if TYPE_CHECKING:
    from numpy import int64, signedinteger
    from numpy.typing import NDArray

    Numbers = NDArray[signedinteger]


_APART = 128  # terms that are skipped by looking among every so manieth one


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
        return self._of(places, "first")

    def occurring(self, places: Numbers) -> NDArray[int64]:
        """The number of the first occurrence of each of some terms: int64."""
        return self._of(places, "occ")

    def _of(self, places: Numbers, what: str) -> NDArray[int64]:
        low, high = int(places[0]), int(places[-1]) + 1
        return self.file.array(f"{self.name}.{what}", low, high)[places - low].astype("i8")

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
        return data, file.integers(self._ends, 0, self.count)

    def __getitem__(self, place: int) -> bytes:
        data, ends = self._whole
        return bytes(data[ends[place - 1] if place else 0 : ends[place]])

    @cached_property
    def _each(self) -> list[bytes]:
        """Every so manieth term: among these a term is looked for first."""
        return [self[place] for place in range(0, self.count, _APART)]

    def place(self, term: bytes) -> int:
        """The place of the first term that is not before ``term``."""
        low, high = self._near(term)
        return bisect_left(range(self.count), term, low, high, key=self.__getitem__)

    def find(self, term: bytes) -> int | None:
        """The place of a term: its letters are looked for in those of the terms around."""
        if not self.count:
            return None
        data, ends = self._whole
        low, high = self._near(term)
        first = ends[low - 1] if low else 0
        around = bytes(data[first : ends[min(high, self.count - 1)]])
        at = around.find(term)
        while at >= 0:
            start, end = first + at, first + at + len(term)
            place = bisect_left(ends, end, low, high)
            if ends[place] == end and (ends[place - 1] if place else 0) == start:
                return place
            at = around.find(term, at + 1)
        return None

    def _near(self, term: bytes) -> tuple[int, int]:
        """The first term is no earlier, and no later, than these places."""
        high = bisect_left(self._each, term) * _APART
        return max(0, high - _APART), min(high, self.count)
