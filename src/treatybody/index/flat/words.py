"""The words of a field in ``segment.flat``: its lists of terms, and their postings as arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.champions import normalized
from treatybody.index.flat.inverting import ranges
from treatybody.index.flat.layout import BITS, STRIDE, UNIT
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.terms import Terms, WholeTerms
from treatybody.index.weights import LENGTHS_COUNT

Docs = NDArray[np.int32]
_FEW = 16  # where less than one of so many postings is wanted, others are not unpacked
Numbers = NDArray[np.signedinteger]


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
        first, count = terms.first(place)[0], terms.having(place)
        if first < self.rare:
            return self.file.array(f"{self.field}.docs", first, first + count).astype(np.int32)
        start = first - self.rare
        gaps = self.patched("gaps", start, start + count, 1)
        gaps[:1] -= 1
        return gaps.cumsum(out=gaps)

    def counts(self, terms: Terms, place: int) -> Docs:
        """How often a term stands in each paragraph that has it: int32."""
        first, count = terms.first(place)[0], terms.having(place)
        return self.patched("counts", first, first + count, 1)

    def counts_of(self, terms: Terms, place: int, chosen: Numbers) -> Docs:
        """How often a term stands in some of its paragraphs, given by their places: int32."""
        return self._counts_at(terms.first(place)[0], terms.having(place), chosen)

    def _counts_at(self, first: int, count: int, chosen: Numbers) -> Docs:
        """The counts of some postings of a stretch, given by their places in it; others stay so."""
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
            yield docs, self._counts_in(low, high, wanted) if counted else none
        for place in places[~rare].tolist():
            yield self.docs(terms, place), self.counts(terms, place) if counted else none

    def _counts_in(self, low: int, high: int, wanted: Numbers) -> Docs:
        """The counts of some postings of a stretch: all are unpacked where many are wanted."""
        if len(wanted) * _FEW < high - low:
            return self._counts_at(low, high - low, wanted)
        return self.patched("counts", low, high, 1)[wanted]

    def parted(self, terms: Terms, places: Numbers) -> tuple[Numbers, Numbers]:
        """Which of some terms are rare, and which are common."""
        rare = terms.firsts_of(places) < self.rare
        return places[rare], places[~rare]

    def led(self, terms: Terms, place: int) -> int | None:
        """The place of a term among those that have champions."""
        name, first = f"{self.field}.champions.of", terms.first(place)[0]
        firsts = self.file.integers(name, 0, self.file.count(name))
        at = bisect_left(firsts, first)
        return at if at < len(firsts) and firsts[at] == first else None

    def champions(self, at: int, most: int) -> tuple[Docs, Docs, float]:
        """So many champions of a term, its counts in each, and the bound for all others."""
        name = f"{self.field}.champions"
        start = self.file.number(f"{name}.ends", at - 1) if at else 0
        end = self.file.number(f"{name}.ends", at)
        if most < end - start:
            end = start + most
            rest = self._normalized(name, end)
        else:
            rest = self.file.number(f"{name}.rest", at) / UNIT
        docs, counts = (self.file.array(f"{name}.{one}", start, end) for one in ("docs", "counts"))
        order = docs.argsort()
        return docs[order].astype(np.int32), counts[order].astype(np.int32), rest

    def _normalized(self, name: str, place: int) -> float:
        """How frequent a term is in one of its champions, for the length of the field."""
        count, length = (self.file.number(f"{name}.{one}", place) for one in ("counts", "lengths"))
        return count / normalized(length, self.average, LENGTHS_COUNT.get(self.field, 0.0))

    def total(self, at: int) -> int:
        """How often a term that has champions stands in all paragraphs together."""
        return self.file.number(f"{self.field}.champions.total", at)

    def places(self, terms: Terms, place: int, total: int) -> Docs:
        """All positions of a term, paragraph by paragraph: int32, ``total`` of them."""
        first = terms.first(place)[1]
        return self.patched("places", first, first + total)

    def patched(self, what: str, first: int, last: int, more: int = 0) -> Docs:
        """A stretch of patched numbers, each with so much more (few): int32."""
        name, bits = f"{self.field}.{what}", BITS[what]
        if bits == 4:
            packed = self.file.array(f"{name}.low", first // 2, (last + 1) // 2)
            numbers = np.empty(2 * len(packed), np.int32)
            numbers[0::2] = (packed & 15) + np.uint8(more)
            numbers[1::2] = (packed >> 4) + np.uint8(more)
            numbers = numbers[first % 2 : first % 2 + last - first]
        else:
            numbers = self.file.array(f"{name}.low", first, last).astype(np.int32)
            numbers += more
        at, high = self.patches(name, first, last)
        if len(at):
            numbers[at] += high << bits
        return numbers

    def patches(self, name: str, first: int, last: int) -> tuple[Numbers, Docs]:
        """Which numbers of a stretch have high bits, counted from its first, and these bits."""
        if last <= first or not self.file.count(f"{name}.at"):
            return np.empty(0, np.int64), np.empty(0, np.int32)
        low = self.file.number(f"{name}.skip", first // STRIDE)
        end = self.file.number(f"{name}.skip", (last - 1) // STRIDE + 1)
        near = self.file.integers(f"{name}.at", low, end)
        end = low + bisect_left(near, last)
        low += bisect_left(near, first)
        if low == end:
            return np.empty(0, np.int64), np.empty(0, np.int32)
        at = self.file.array(f"{name}.at", low, end).astype(np.int64)
        at -= first
        return at, self.file.array(f"{name}.high", low, end).astype(np.int32)

    def places_of(self, terms: Terms, place: int, starts: Numbers, counts: Docs) -> Docs:
        """The positions of some of a term's postings.

        Arguments:
            starts: int64, the number of each posting's first occurrence, counted from the term's.
            counts: int32, how many each has.
        """
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

    def positions_at(self, starts: Numbers, counts: Docs) -> Docs:
        """The positions of some postings of several terms, in their order: int32.

        Arguments:
            starts: int64, the number of each posting's first occurrence.
            counts: int32, how many each has.
        """
        if not len(counts):
            return np.empty(0, np.int32)
        first, last = int(starts.min()), int(starts.max()) + int(counts[starts.argmax()])
        wanted = ranges(starts - first, counts)
        numbers = self.file.array(f"{self.field}.places.low", first, last)[wanted].astype(np.int32)
        self._patch(numbers, "places", first, last - first, wanted)
        return numbers

    def _patch(self, numbers: Docs, what: str, first: int, count: int, chosen: Numbers) -> None:
        """Put in the high bits of some numbers of a stretch, given by their places in it."""
        at, high = self.patches(f"{self.field}.{what}", first, first + count)
        if len(at):
            found = np.searchsorted(at, chosen)
            found[found == len(at)] = 0
            patched = np.flatnonzero(at[found] == chosen)
            numbers[patched] |= high[found[patched]] << BITS[what]
