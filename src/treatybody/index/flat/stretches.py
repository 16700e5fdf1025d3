"""The postings of one term in one segment, decoded in plain Python and only where they are needed.

Of a long list a few paragraphs are looked up by blocks: skip pointers (see ``skips``) say where
each block begins, and only those are decoded that can have one of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from operator import add

from treatybody.frozen import Frozen
from treatybody.index.flat.layout import BITS, SKIPPED, STRIDE, UNIT
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.terms import Terms

_LOW, _HIGH = bytes(byte & 15 for byte in range(256)), bytes(byte >> 4 for byte in range(256))
Stretch = tuple[int, int]  # the first paragraph, and the one behind the last
Block = tuple[int, Sequence[int]]  # the place of its first posting, its paragraphs
Pairs = Iterable[tuple[int, int]]  # paragraphs with how often the term stands in each


class Leaders(Frozen):
    """The champions of a term (see ``champions``), and the bound for all others.

    Arguments:
        docs, counts, lengths: of each its place in the segment, how often it has the term, and
            the length of the field in words.
        rest: the bound.
        total: how often all paragraphs have the term, together.
    """

    docs: Sequence[int]
    counts: Sequence[int]
    lengths: Sequence[int]
    rest: float
    total: int


class Postings:
    """The postings of a term; paragraphs are numbered from 0 in the order of the segment.

    Arguments:
        file: of the segment.
        field: the name of the field.
        first: the number of the first posting.
        size: how many there are.
    """

    def __init__(self, file: FlatFile, field: str, first: int, size: int) -> None:
        self.file = file
        self.field = field
        self.first = first
        self.size = size
        self._rare = file.count(f"{field}.docs")
        self._known: Block = -1, ()

    def docs(self) -> Iterable[int]:
        """All paragraphs, ascending."""
        if self.first < self._rare:
            return self._column
        gaps = list(self._gaps)
        for at, high in self._far:
            gaps[at] += high
        return map(add, accumulate(gaps), range(self.size))

    def pairs(self, base: int) -> Pairs:
        """All paragraphs, numbered from ``base``, with how often the term stands in each."""
        counts = list(self._low())
        for at, high in self._often.items():
            counts[at] += high
        return zip(map(base.__add__, self.docs()), map((1).__add__, counts), strict=True)

    def total(self) -> int:
        """How often all paragraphs have the term, together."""
        if self.leaders is not None:
            return self.leaders.total
        return sum(self._low()) + sum(self._often.values()) + self.size

    def within(self, stretches: Iterable[Stretch]) -> list[tuple[int, int]]:
        """Those in some stretches of paragraphs, which ascend, with how often each has the term."""
        found: list[int] = []
        places: list[int] = []
        for first, last in stretches:
            for start, docs in self._blocks(first, last):
                low = bisect_left(docs, first)
                high = bisect_left(docs, last, low)
                found += docs[low:high]
                places += range(start + low, start + high)
        return list(zip(found, self._counts(places), strict=True))

    def _blocks(self, first: int, last: int) -> Iterator[Block]:
        """The blocks that can have paragraphs of a stretch."""
        if self.first < self._rare:
            yield 0, self._column
            return
        docs = self._starts
        for block in range(max(bisect_right(docs, first) - 1, 0), bisect_left(docs, last)):
            if block != self._known[0]:
                self._known = block, self._block(block)
            yield self._begins[block], self._known[1]

    @cached_property
    def _column(self) -> Sequence[int]:
        return self.file.column(f"{self.field}.docs", self.first, self.first + self.size)

    @cached_property
    def _begins(self) -> Sequence[int]:
        """The place of the first posting of each block, and the one behind the last posting."""
        pointed = range(-(self.first - self._rare) % SKIPPED, self.size, SKIPPED)
        return [0, *pointed, self.size]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """The first paragraph of each block."""
        first = self._gaps[0] + dict(self._far[:1]).get(0, 0)
        low = -(-(self.first - self._rare) // SKIPPED)
        high = low + len(self._begins) - 2
        return [first, *self.file.column(f"{self.field}.skips.docs", low, high)]

    def _block(self, block: int) -> list[int]:
        first, last = self._begins[block : block + 2]
        gaps = list(self._gaps[first:last])
        far = bisect_left(self._far, (first, 0)), bisect_left(self._far, (last, 0))
        for at, high in self._far[slice(*far)]:
            gaps[at - first] += high
        skipped = accumulate(gaps[1:], initial=self._starts[block])
        return list(map(add, skipped, range(last - first)))

    def _low(self) -> bytearray:
        """The low bits of all counts."""
        odd, packed = self.first % 2, self._halves
        halves = bytearray(2 * len(packed))
        halves[0::2], halves[1::2] = packed.translate(_LOW), packed.translate(_HIGH)
        return halves[odd : odd + self.size]

    def _counts(self, places: Sequence[int]) -> list[int]:
        halves, odd = self._halves, self.first % 2
        counts = [(halves[(p + odd) >> 1] >> ((p + odd & 1) << 2) & 15) + 1 for p in places]
        if self._often:
            high = map(self._often.get, places, repeat(0))
            counts = list(map(add, counts, high))
        return counts

    @cached_property
    def _gaps(self) -> memoryview:
        first = self.first - self._rare
        return self.file.view(f"{self.field}.gaps.low", first, first + self.size)

    @cached_property
    def _far(self) -> list[tuple[int, int]]:
        """What is to be added to the gaps at some places."""
        first = self.first - self._rare
        return list(self._patches("gaps", first))

    @cached_property
    def _halves(self) -> bytes:
        name, first = f"{self.field}.counts.low", self.first
        return bytes(self.file.view(name, first // 2, (first + self.size + 1) // 2))

    @cached_property
    def _often(self) -> dict[int, int]:
        """What is to be added to the counts at some places."""
        return dict(self._patches("counts", self.first))

    def _patches(self, what: str, first: int) -> Iterator[tuple[int, int]]:
        name, last, file = f"{self.field}.{what}", first + self.size, self.file
        if not file.count(f"{name}.at"):
            return
        low = file.number(f"{name}.skip", first // STRIDE)
        end = file.number(f"{name}.skip", (last - 1) // STRIDE + 1)
        ats, highs = file.column(f"{name}.at", low, end), file.column(f"{name}.high", low, end)
        inner = bisect_left(ats, first), bisect_left(ats, last)
        for at in range(*inner):
            yield ats[at] - first, highs[at] << BITS[what]

    @cached_property
    def leaders(self) -> Leaders | None:
        """The champions of the term, if it has any."""
        if self.first < self._rare:
            return None
        name = f"{self.field}.champions"
        firsts = self.file.column(f"{name}.of", 0, self.file.count(f"{name}.of"))
        at = bisect_left(firsts, self.first)
        if at == len(firsts) or firsts[at] != self.first:
            return None
        start = self.file.number(f"{name}.ends", at - 1) if at else 0
        end = self.file.number(f"{name}.ends", at)
        docs, counts, lengths = (
            self.file.column(f"{name}.{what}", start, end) for what in ("docs", "counts", "lengths")
        )
        rest, total = (self.file.number(f"{name}.{what}", at) for what in ("rest", "total"))
        return Leaders(docs, counts, lengths, rest / UNIT, total)

    def most(self) -> int:
        """A bound for how often the term stands in one paragraph."""
        packed = self._halves
        low = max(max(packed.translate(_LOW)), max(packed.translate(_HIGH)))
        return low + max(self._often.values(), default=0) + 1


def postings(file: FlatFile, field: str, kind: str, term: bytes) -> Postings | None:
    """The postings of a term, if it has any; ``kind`` is "exact" or "stem"."""
    terms = Terms(file, f"{field}.{kind}")
    place = terms.find(term)
    if place is None:
        return None
    return Postings(file, field, terms.first(place)[0], terms.having(place))
