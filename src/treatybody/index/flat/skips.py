"""Skip pointers: a few of many postings are found without unpacking the others.

Beside every so manieth posting of a list stand its paragraph and the number of its first
occurrence, so that only the blocks are unpacked that may have what is looked for (Moffat and
Zobel, "Self-indexing inverted files for fast text retrieval", 1996).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.inverting import Longs, Run, before, ranges
from treatybody.index.flat.layout import BITS, SKIPPED
from treatybody.index.flat.sections import FlatWriter, Stream, smallest
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.words import Words

Places = NDArray[np.signedinteger]
_STEPS = np.arange(SKIPPED, dtype=np.int32)


class SkipWriter:
    """Collects the skip pointers of a field and writes them.

    Arguments:
        field: its name.
    """

    def __init__(self, field: str) -> None:
        self._field = field
        self._docs, self._occ = Stream("<u4"), Stream("<u8")

    def add(self, first: int, occ: int, batch: Run) -> None:
        """Add those of the postings of some common terms.

        Arguments:
            first: how many postings of common terms came before.
            occ: how many occurrences of all terms.
        """
        here = slice(-first % SKIPPED, None, SKIPPED)
        self._docs.add(batch.docs[here])
        self._occ.add(occ + before(batch.counts)[here])

    def write(self, out: FlatWriter) -> None:
        """Write the sections ``F.skips...`` (see ``layout``)."""
        occ = np.concatenate(list(self._occ.parts()))
        out.stream(f"{self._field}.skips.docs", self._docs.parts(), "<u4")
        out.add(f"{self._field}.skips.occ", smallest(occ, int(occ.max(initial=0))))


class Skips:
    """The postings of a common term in blocks, each of which can be unpacked alone.

    A posting is given by its place in the list. The first block begins with the list, the others
    at its skip pointers.

    Arguments:
        words, terms: of the field, and the list of terms that has it.
        place: of the term in that list.
    """

    def __init__(self, words: Words, terms: Terms, place: int) -> None:
        self._words, self._terms, self._place = words, terms, place
        self._count = terms.having(place)
        first, self._occ = terms.first(place)
        self._first = first - words.rare
        self._before = -self._first % SKIPPED  # postings before the first skip pointer

    def _pointers(self, what: str) -> Places:
        low = (self._first + self._before) // SKIPPED
        high = (self._first + self._count - 1) // SKIPPED + 1
        return self._words.file.array(f"{self._words.field}.skips.{what}", low, high)

    def _starts(self, which: Longs) -> Longs:
        """Where some blocks begin."""
        return np.maximum(which * SKIPPED + (self._before - SKIPPED), 0)

    def find(self, wanted: Docs) -> tuple[Longs, Docs]:
        """Which of some paragraphs, ascending, have the term: their places, and they."""
        pointers = self._pointers("docs")
        which = pointers.searchsorted(wanted.astype(pointers.dtype), side="right")
        starts, pointed = self._starts(which), int(which.searchsorted(1))
        rows, ahead = self._gaps(starts), wanted.copy()
        rows[pointed:, 0] = 0
        ahead[pointed:] -= pointers[which[pointed:] - 1].astype(np.int32)
        row, column = (rows.cumsum(axis=1, dtype=np.int32) + _STEPS == ahead[:, None]).nonzero()
        places = starts[row] + column
        found = wanted if len(row) == len(wanted) else wanted[row]
        if len(places) and places[-1] >= self._count:  # what comes behind is of another term
            there = places < self._count
            return places[there], found[there]
        return places, found

    def _gaps(self, starts: Longs) -> Docs:
        """The gaps from some places on, which ascend: shape (places, ``SKIPPED``)."""
        name, end = f"{self._words.field}.gaps", self._first + self._count
        low = self._words.file.array(f"{name}.low", self._first, end)
        rows = low.take(starts[:, None] + _STEPS, mode="clip")
        at, high = self._words.patches(name, self._first, end)
        if len(at):
            rows = rows.astype(np.int32)
            first = starts.searchsorted(at - SKIPPED, side="right")
            several = starts.searchsorted(at, side="right") - first
            row = ranges(first, several)
            if len(row):
                columns = np.repeat(at, several) - starts[row]
                rows[row, columns] += np.repeat(high << BITS["gaps"], several)
        return rows

    def before(self, chosen: Places) -> Longs:
        """How often the term stands before each of some postings."""
        which = (chosen + (SKIPPED - self._before)) // SKIPPED
        starts = self._starts(which)
        several = chosen - starts
        counts = self._words.counts_of(self._terms, self._place, ranges(starts, several))
        sums = np.append(0, counts.cumsum(dtype=np.int64))
        ends = several.cumsum()
        found: Longs = sums[ends] - sums[ends - several]
        pointed = which > 0
        found[pointed] += self._pointers("occ")[which[pointed] - 1].astype(np.int64) - self._occ
        return found
