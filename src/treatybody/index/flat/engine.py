"""The array engine as the index uses it: what matches, in which order, and how often."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from treatybody.index import columns
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.expanding import FlatExpander
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.flat.marking import FlatMarker, NotSimple
from treatybody.index.flat.matches import FlatMatches
from treatybody.index.flat.postings import FlatPostings
from treatybody.index.flat.scoring import FlatRanking
from treatybody.index.flat.wordmarks import WordMarker, words_of
from treatybody.index.hits import Marker, Marks
from treatybody.index.orders import DOCUMENT_VALUES, PARAGRAPH_VALUES
from treatybody.index.ranking import Weights
from treatybody.index.snapshot import Snapshot
from treatybody.query.tree import Node

Codes = NDArray[np.unsignedinteger]
_LARGEST = 1 << 24  # bytes
_FEW = 32  # hits whose texts are read again, before positions are looked up for all at once


class FlatEngine:
    """Executes trees over one snapshot.

    Arguments:
        snapshot: what is searched.
        weights: parameters of the ranking.
    """

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self.facts = FlatFacts(snapshot)
        self.postings = FlatPostings(snapshot)
        self.expander = FlatExpander(self.postings)
        self.ranking = FlatRanking(self.facts, weights)
        self._codes: dict[str, tuple[list[str], Codes]] = {}
        _keep_freed()

    @property
    def languages(self) -> Sequence[str]:
        """All languages of the index."""
        return self.postings.languages

    def matches(self, tree: Node, every_kind: bool) -> FlatMatches:
        """The paragraphs that match."""
        self.postings.forget()
        executor = FlatExecutor(self.postings, self.expander, self.facts)
        every = every_kind or self.facts.all_searched
        return FlatMatches(tree, executor, None if every else self.facts.searched)

    def ranked(
        self, matches: FlatMatches, sort: str, limit: int | None, offset: int
    ) -> list[tuple[int, float]]:
        """Matches in order: the numbers of paragraphs with their scores."""
        most = len(matches) if limit is None else offset + limit
        if sort == "relevance":
            chosen, scores = self.ranking.best(matches, self.facts.ranks(sort), most)
            chosen, scores = chosen[offset:], scores[offset:]
        else:
            chosen = self.facts.first(sort, matches.numbers, most)[offset:]
            up = np.argsort(chosen)
            scores = np.empty(len(chosen))
            scores[up] = self.ranking.scores(matches.tree, matches.executor, chosen[up])
        return list(zip(chosen.tolist(), scores.tolist(), strict=True))

    def ordered(self, matches: FlatMatches, sort: str) -> Sequence[int]:
        """All matches in order, without their scores."""
        if sort == "relevance":
            return [number for number, _ in self.ranked(matches, sort, None, 0)]
        found = self.facts.first(sort, matches.numbers, len(matches))
        return array("i", found.tobytes())

    def marker(self, matches: FlatMatches, numbers: Sequence[int]) -> Marks:
        """What finds the matches in some of the hits."""
        words = words_of(matches.tree) if len(numbers) <= _FEW else None
        if words:
            return WordMarker(words, self.languages)
        try:
            return FlatMarker(matches.tree, matches.executor, np.array(numbers, np.int32))
        except NotSimple:
            return Marker(matches.tree, self.expander, self.facts, self.languages)

    def facet(self, matches: FlatMatches, field: str) -> Iterable[tuple[str, int]]:
        """How often values occur."""
        if field == "kind":
            return self._by_kind(matches.numbers)
        if field in DOCUMENT_VALUES:
            return self._by_document(matches.numbers, field)
        value = PARAGRAPH_VALUES[field]
        values = map(value, self.snapshot.each(array("i", matches.numbers.tobytes())))
        return Counter(one for one in values if one).items()

    def _by_document(self, numbers: Docs, field: str) -> Iterator[tuple[str, int]]:
        if field not in self._codes:
            self._codes[field] = self._coded(field)
        values, codes = self._codes[field]
        counts = np.bincount(codes.take(numbers), minlength=len(values))
        found = np.flatnonzero(counts)
        pairs = zip(found.tolist(), counts[found].tolist(), strict=True)
        return ((values[place], count) for place, count in pairs if values[place])

    def _coded(self, field: str) -> tuple[list[str], Codes]:
        """The values of a field, and for each number the place of its own among them."""
        value = DOCUMENT_VALUES[field]
        found = [value(document) or "" for document in self.snapshot.documents.values()]
        values = sorted(set(found))
        place = {one: number for number, one in enumerate(values)}
        codes = np.array([place[one] for one in found], np.min_scalar_type(len(values)))
        return values, codes[self.facts.document_of]

    def _by_kind(self, numbers: Docs) -> Iterator[tuple[str, int]]:
        counts = np.bincount(self.facts.kind_codes[numbers], minlength=len(columns.KINDS))
        return ((kind, int(n)) for kind, n in zip(columns.KINDS, counts, strict=True) if n)


def _keep_freed() -> None:
    """Let the process keep what it frees, up to 32 MB, for the next arrays.

    Else the memory of a query over many paragraphs goes back to the system and is faulted in again
    by the next, page by page. glibc keeps twice the size of the largest mapping that was freed, if
    that was at most 32 MB (mallopt(3), M_MMAP_THRESHOLD); other allocators don't mind. No page of
    this array is ever touched.
    """
    np.empty(_LARGEST, np.uint8)
