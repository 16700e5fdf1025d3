"""The array engine as the index uses it: what matches, in which order, and how often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from treatybody.index import columns
from treatybody.index.expansion import Expander
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.flat.inverting import before, ranges
from treatybody.index.flat.places import Docs
from treatybody.index.flat.postings import FlatPostings
from treatybody.index.flat.scoring import FlatRanking, Floats, best
from treatybody.index.ranking import Weights
from treatybody.index.snapshot import Snapshot
from treatybody.model import Document
from treatybody.query.tree import Node

Value = Callable[[Document], str | None]
Key = Callable[[Document], tuple[object, ...]]


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
        self.expander = Expander(self.postings)  # type: ignore[arg-type]
        self.ranking = FlatRanking(self.facts, weights)
        self._ties: dict[Key, Docs] = {}
        self._codes: dict[Value, tuple[list[str], Docs]] = {}

    def executor(self) -> FlatExecutor:
        """What executes one query."""
        return FlatExecutor(self.postings, self.expander, self.facts)

    def paragraphs(self, tree: Node, executor: FlatExecutor, every_kind: bool) -> Docs:
        """The matching paragraphs: int32, ascending."""
        found = executor.paragraphs(tree)
        if every_kind or self.facts.all_searched:
            return found
        return found[self.facts.searched[found]]

    def ordered(
        self, numbers: Docs, scores: Floats, key: Key, limit: int | None, offset: int
    ) -> NDArray[np.int64]:
        """The places of hits in ``numbers``, the best first.

        Arguments:
            numbers: the paragraphs.
            scores: float64, one each; higher is better.
            key: orders documents where scores are equal.
            limit, offset: how many, and how many to skip.
        """
        most = len(numbers) if limit is None else offset + limit
        return best(scores, self._tie(key)[numbers], most)[offset:]

    def _tie(self, key: Key) -> Docs:
        """The rank of each paragraph by its document, and then by its place in it: int32."""
        if key not in self._ties:
            documents = list(self.snapshot.documents.values())
            first, count = self.facts.first_of, self.facts.count_of
            keys = [(key(document), first[place]) for place, document in enumerate(documents)]
            order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
            ranks = np.zeros(self.facts.size, np.int32)
            if len(order):
                sizes = count[order]
                ranks[ranges(first[order], sizes)] = ranges(before(sizes), sizes)
            self._ties[key] = ranks
        return self._ties[key]

    def by_document(self, numbers: Docs, value: Value) -> list[tuple[str, int]]:
        """How often documents' values occur among paragraphs, in the order of the values."""
        if value not in self._codes:
            self._codes[value] = self._coded(value)
        values, codes = self._codes[value]
        counts = np.bincount(codes[self.facts.document_of[numbers]], minlength=len(values))
        return [(one, int(count)) for one, count in zip(values, counts, strict=True) if count]

    def _coded(self, value: Value) -> tuple[list[str], Docs]:
        found: Sequence[str] = [value(one) or "" for one in self.snapshot.documents.values()]
        values = sorted(set(found))
        place = {one: number for number, one in enumerate(values)}
        return values, np.array([place[one] for one in found], np.int32)

    def by_kind(self, numbers: Docs) -> list[tuple[str, int]]:
        """How often each kind occurs among paragraphs."""
        counts = np.bincount(self.facts.kind_codes[numbers], minlength=len(columns.KINDS))
        return [(kind, int(n)) for kind, n in zip(columns.KINDS, counts, strict=True) if n]

    @cached_property
    def size(self) -> int:
        """How many numbers paragraphs have, dead ones included."""
        return self.facts.size
