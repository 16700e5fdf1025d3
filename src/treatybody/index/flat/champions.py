"""Champion lists: of long lists of postings those that can bring a paragraph to the top.

A word that stands in a great many paragraphs is asked for often, and only those are shown first
in which it stands most often for the length of the field. They are found when the index is
written, with a bound for all others; where the best so many of the champions are above this
bound, no other posting need be looked at (Manning, Raghavan and Schuetze, "Introduction to
Information Retrieval", 2008, section 7.1.3; the bound is that of Fagin, Lotem and Naor's
threshold algorithm, 2003, so that the answer is the same).
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.inverting import Longs, Run, before
from treatybody.index.flat.layout import UNIT as UNIT
from treatybody.index.flat.sections import FlatWriter, smallest
from treatybody.index.weights import LENGTHS_COUNT

LEAST = 1024  # shorter lists have none
MOST = 512  # champions of a list
Length = TypeVar("Length", float, NDArray[Any])


class Champions(NamedTuple):
    """The champions of a term in a field of a segment.

    Arguments:
        docs: int32, ascending.
        rest: what the frequency of the term, divided by what the length of the field gives (see
            ``normalized``), is at most in every other paragraph.
    """

    docs: NDArray[np.int32]
    rest: float


def normalized(lengths: Length, average: float, b: float) -> Length:
    """What frequencies are divided by, for a field of this length or for many.

    >>> normalized(np.array([0, 10, 20]), 10.0, 0.75).tolist()
    [0.25, 1.0, 1.75]
    """
    return 1 - b + b * lengths / average


def average(lengths: NDArray[np.integer]) -> float:
    """The average of the lengths above zero; 1 when there are none."""
    total, present = int(lengths.sum(dtype=np.int64)), int(np.count_nonzero(lengths))
    return total / present if present else 1.0


class ChampionWriter:
    """Finds the champions of a field and writes them.

    Arguments:
        field: its name.
        lengths: int64, shape (paragraphs,): its length in words in each.
    """

    def __init__(self, field: str, lengths: Longs) -> None:
        self._field = field
        self._lengths = lengths
        self._norms = normalized(lengths, average(lengths), LENGTHS_COUNT.get(field, 0.0))
        self._first: list[int] = []
        self._docs: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.int32]] = []
        self._rest: list[int] = []
        self._total: list[int] = []

    def add(self, first: int, batch: Run) -> None:
        """Look through the postings of some terms; ``first`` is the number of their first one."""
        starts = before(batch.df)
        for place in np.flatnonzero(batch.df >= LEAST).tolist():
            start, stop = int(starts[place]), int(starts[place] + batch.df[place])
            docs, counts = batch.docs[start:stop], batch.counts[start:stop]
            weighed = counts / self._norms[docs]
            rest = np.partition(weighed, len(docs) - MOST - 1)[len(docs) - MOST - 1]
            self._first.append(first + start)
            chosen = np.flatnonzero(weighed > rest)
            chosen = chosen[np.argsort(-weighed[chosen], kind="stable")]
            self._docs.append(docs[chosen])
            self._counts.append(counts[chosen])
            self._rest.append(int(np.ceil(rest * UNIT)))
            self._total.append(int(counts.sum(dtype=np.int64)))

    def write(self, out: FlatWriter) -> None:
        """Write the sections ``F.champions...`` (see ``layout``)."""
        ends = np.cumsum([0, *map(len, self._docs)])[1:]
        docs = np.concatenate([np.empty(0, np.int32), *self._docs])
        counts = np.concatenate([np.empty(0, np.int32), *self._counts])
        lengths, name = self._lengths[docs], f"{self._field}.champions"
        out.add(f"{name}.of", np.array(self._first, "<u8"))
        out.add(f"{name}.ends", smallest(ends, int(ends.max(initial=0))))
        out.add(f"{name}.rest", np.array(self._rest, "<u4"))
        out.add(f"{name}.total", np.array(self._total, "<u8"))
        out.add(f"{name}.docs", docs.astype("<u4"))
        out.add(f"{name}.counts", smallest(counts, int(counts.max(initial=0))))
        out.add(f"{name}.lengths", smallest(lengths, int(lengths.max(initial=0))))
