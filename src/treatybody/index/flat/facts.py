"""Filters and ranges as masks over all paragraphs; the rules are those of ``index.facts``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from treatybody.index import columns
from treatybody.index.facts import Facts, lengths
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.inverting import before, ranges
from treatybody.index.flat.termlists import Mask
from treatybody.index.orders import ORDERS, Key, by_date, newest
from treatybody.index.snapshot import Snapshot
from treatybody.index.values import SEARCHED_KINDS
from treatybody.model import Document
from treatybody.query.tree import Filter, Range

_TOGETHER = 64  # documents that are looked through first, in an order


class FlatFacts(Facts):
    """Answers filters and ranges with masks, which are kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self.size = sum(segment.entry.paragraphs for segment in snapshot.segments)
        self._masks: dict[Filter | Range, Mask] = {}
        self._lengths: dict[str, NDArray[np.unsignedinteger]] = {}
        self._orders: dict[Callable[[Document], Key], NDArray[np.int64]] = {}
        self._ranks: dict[Callable[[Document], Key], Docs] = {}

    def mask(self, node: Filter | Range) -> Mask:
        """Which numbers have a fact: bool, shape (numbers,); dead ones have none.

        Raises:
            UsageError: no such fact is kept.
        """
        if node not in self._masks:
            self._masks[node] = self._make(node)
        return self._masks[node]

    def _make(self, node: Filter | Range) -> Mask:
        mask = np.zeros(self.size, bool)
        if isinstance(node, Filter) and node.field == "kind":
            codes = [columns.KINDS.index(one) for one in node.values if one in columns.KINDS]
            return np.isin(self.kind_codes, codes) & self.live
        if isinstance(node, Filter) and node.field == "has":
            return self._with_words(node.values) & self.live
        found = self._filter(node) if isinstance(node, Filter) else self._range(node)
        mask[np.fromiter(found, np.int64)] = True
        return mask

    def _with_words(self, fields: Sequence[str]) -> Mask:
        """The numbers of paragraphs with words in any of some fields; dead ones too."""
        mask = np.zeros(self.size, bool)
        for segment in self.snapshot.segments:
            there = mask[segment.base : segment.base + segment.entry.paragraphs]
            for field in fields:
                there |= np.asarray(lengths(segment, field)) > 0
        return mask

    def _of_documents(self, wanted: Callable[[Document], bool]) -> Iterator[int]:
        keys = self.snapshot.documents
        chosen = np.array([wanted(document) for document in keys.values()], bool)
        first, count = self.first_of[chosen], self.count_of[chosen]
        yield from ranges(first, count).tolist()

    def ranks(self, sort: str) -> Docs:
        """The rank of each paragraph by its document, and then by its place in it: int32.

        Arguments:
            sort: a name of ``orders.ORDERS``.
        """
        key = ORDERS[sort]
        if key not in self._ranks:
            order = self._ordered(sort)
            ranks = np.zeros(self.size, np.int32)
            sizes = self.count_of[order]
            ranks[ranges(self.first_of[order], sizes)] = ranges(before(sizes), sizes)
            self._ranks[key] = ranks
        return self._ranks[key]

    def first(self, sort: str, numbers: Docs, most: int) -> Docs:
        """The first of some paragraphs in an order: document by document until there are enough.

        Arguments:
            sort: a name of ``orders.ORDERS``.
            numbers: int32, ascending.
        """
        order = self._ordered(sort)
        found, there, done, some = [numbers[:0]], 0, 0, _TOGETHER
        while there < most and done < len(order):
            chosen = order[done : done + some]
            low = np.searchsorted(numbers, self.first_of[chosen])
            high = np.searchsorted(numbers, self.first_of[chosen] + self.count_of[chosen])
            found.append(numbers[ranges(low, high - low)])
            there += len(found[-1])
            done, some = done + some, some * 4
        return np.concatenate(found)[: max(most, 0)]

    def _ordered(self, sort: str) -> NDArray[np.int64]:
        """The places of all documents, which stand by key, in an order."""
        key = ORDERS[sort]
        if key not in self._orders:
            self._orders[key] = self._by_date() if key is by_date else self._by_key(key)
        return self._orders[key]

    def _by_key(self, key: Callable[[Document], Key]) -> NDArray[np.int64]:
        keys = [*map(key, self.snapshot.documents.values())]
        firsts = self.first_of.tolist()
        order = sorted(range(len(keys)), key=lambda place: (keys[place], firsts[place]))
        return np.array(order, np.int64)

    def _by_date(self) -> NDArray[np.int64]:
        """Within a day they stand by symbol: that is not found out twice."""
        order = self._ordered("symbol")
        days = np.fromiter(map(newest, self.snapshot.documents.values()), np.int64)
        found: NDArray[np.int64] = order[days[order].argsort(kind="stable")]
        return found

    @cached_property
    def searched(self) -> Mask:
        """The paragraphs of the kinds that are searched by default."""
        return self.mask(Filter("kind", SEARCHED_KINDS))

    @cached_property
    def all_searched(self) -> bool:
        """Whether all paragraphs of the generation are of these kinds."""
        return bool((self.searched | ~self.live).all())

    @cached_property
    def live(self) -> Mask:
        """Which numbers are paragraphs of the generation."""
        live = np.zeros(self.size, bool)
        live[ranges(self.first_of, self.count_of)] = True
        return live

    @cached_property
    def first_of(self) -> NDArray[np.int64]:
        """The number of each document's first paragraph; documents stand by key."""
        entries = self.snapshot.entries
        first = (self.snapshot.first(entries[key]) for key in self.snapshot.documents)
        return np.fromiter(first, np.int64)

    @cached_property
    def count_of(self) -> NDArray[np.int64]:
        """How many paragraphs each document has."""
        entries = self.snapshot.entries
        return np.fromiter((entries[key].count for key in self.snapshot.documents), np.int64)

    @cached_property
    def document_of(self) -> Docs:
        """The place of each paragraph's document among all, by key; -1 for dead paragraphs."""
        places = np.full(self.size, -1, np.int32)
        each = np.arange(len(self.first_of), dtype=np.int32)
        places[ranges(self.first_of, self.count_of)] = np.repeat(each, self.count_of)
        return places

    @cached_property
    def kind_codes(self) -> NDArray[np.uint8]:
        """The kind of each number, as its place in ``columns.KINDS``."""
        return self.column("kind").astype(np.uint8)

    def lengths(self, field: str) -> NDArray[np.unsignedinteger]:
        """The length of a field of each number in words, in as few bytes as hold the longest."""
        if field not in self._lengths:
            lengths = self.column(f"{field}_words")
            self._lengths[field] = lengths.astype(np.min_scalar_type(lengths.max(initial=0)))
        return self._lengths[field]

    def column(self, name: str) -> NDArray[np.signedinteger]:
        """A column over all numbers."""
        parts = [
            segment.flat.array(name, 0, segment.entry.paragraphs)
            for segment in self.snapshot.segments
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)
