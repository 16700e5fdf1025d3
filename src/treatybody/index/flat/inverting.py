"""From paragraphs to runs: what one batch of them says, term by term.

A run holds, for one list of terms of one field, the terms in order and for each its postings in
the order of the paragraphs. Runs are made batch by batch, anywhere, and merged by ``writing``.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


class Run(NamedTuple):
    """The inverted terms of a batch.

    Arguments:
        terms: sorted, in UTF-8.
        df: int32, shape (terms,): how many paragraphs of the batch have each.
        docs: int32, shape (postings,): the paragraph of each posting, term by term.
        counts: int32, shape (postings,): occurrences of each posting.
        places: int32, shape (occurrences,): their positions.
    """

    terms: list[bytes]
    df: Ints
    docs: Ints
    counts: Ints
    places: Ints


def ranges(starts: Longs, counts: NDArray[np.signedinteger]) -> Longs:
    """Stretches of neighbouring numbers, one behind the other.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def before(counts: NDArray[np.signedinteger]) -> Longs:
    """How many come before each.

    >>> before(np.array([2, 3, 1])).tolist()
    [0, 2, 5]
    """
    return np.cumsum(counts, dtype=np.int64) - counts


class Inverter:
    """Collects postings paragraph by paragraph and sorts them by term."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._terms = array("i")
        self._docs = array("i")
        self._counts = array("i")
        self._places = array("i")

    def add(self, doc: int, found: Mapping[str, Sequence[int]]) -> None:
        """Add a paragraph: its terms with ascending positions."""
        ids = self._ids
        for term, places in found.items():
            self._terms.append(ids.setdefault(term, len(ids)))
            self._docs.append(doc)
            self._counts.append(len(places))
            self._places.extend(places)

    def run(self) -> Run:
        """What was added, by term: a counting sort, as in any textbook of indexing."""
        encoded = [term.encode("utf-8", "surrogatepass") for term in self._ids]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        ranks = rank[np.frombuffer(self._terms, np.int32)] if self._terms else rank
        docs, counts, places = (
            np.frombuffer(numbers, np.int32) if numbers else np.empty(0, np.int32)
            for numbers in (self._docs, self._counts, self._places)
        )
        sort = np.argsort(ranks, kind="stable")
        return Run(
            [encoded[number] for number in order],
            np.bincount(ranks, minlength=len(order)).astype(np.int32),
            docs[sort],
            counts[sort],
            places[ranges(before(counts)[sort], counts[sort])],
        )
