"""Many terms in one segment, as a pattern has them: where any of them stands.

The rare ones, of which there may be thousands, are read together; common ones one by one, each as
a ``TermList``. Paragraphs are numbered as there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from treatybody.index.flat.docsets import Docs, index
from treatybody.index.flat.inverting import Longs, before
from treatybody.index.flat.places import Keys, keys
from treatybody.index.flat.termlists import NO_KEYS, Mask, Part, TermList
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.words import Numbers, Words


class ManyLists:
    """Several terms in one segment; what was read of them is kept as long as the query runs.

    Arguments:
        part: the segment.
        words, terms: of the field, and the list of terms that has them.
        rare: int64, the places of the rare ones in that list, ascending.
        common: the others.
    """

    def __init__(
        self, part: Part, words: Words, terms: Terms, rare: Numbers, common: Sequence[TermList]
    ) -> None:
        self._part = part
        self._words = words
        self._terms = terms
        self._rare = rare
        self._common = common

    def positions(self, only: Docs | None) -> Keys:
        """Where they stand, as keys in any order, in living paragraphs, or in some of them only."""
        found = [one.positions(only) for one in self._common]
        return np.concatenate([NO_KEYS, *found, self._of_rare(only)])

    def _of_rare(self, only: Docs | None) -> Keys:
        if not len(self._rare):
            return NO_KEYS
        docs, counts, starts = self._postings
        wanted = self._part.live if only is None else self._mask(only)
        if wanted is not None:
            there = np.flatnonzero(wanted[index(docs)])
            docs, counts, starts = docs[there], counts[there], starts[there]
        places = self._words.positions_at(starts, counts)
        return keys(np.repeat(docs + np.int32(self._part.base), counts), places)

    def _mask(self, only: Docs) -> Mask:
        mask = np.zeros(self._part.size, bool)
        here = only[np.searchsorted(only, self._part.base) :] - np.int32(self._part.base)
        mask[index(here[: np.searchsorted(here, self._part.size)])] = True
        return mask

    @cached_property
    def _postings(self) -> tuple[Docs, Docs, Longs]:
        """The paragraph, the count and the first occurrence of each posting, term by term."""
        ((docs, counts),) = self._words.many(self._terms, self._rare, counted=True)
        sizes = self._terms.counts_of(self._rare)
        starts = before(counts)
        starts += np.repeat(self._terms.occurring(self._rare) - starts[before(sizes)], sizes)
        return docs, counts, starts
