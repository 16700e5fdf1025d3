"""The best paragraphs that have a common word, found among its champions, without numpy.

What ``scoring`` does with champion lists: those that may be among the best are scored in full,
the most hopeful first; where the last of the best scores more than all others can, no other
posting need be looked at (see ``champions``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.flat.stretches import Leaders, Postings
from treatybody.index.weights import LENGTHS_COUNT

if TYPE_CHECKING:
    from treatybody.index.flat.cold import ColdEngine, Scoring
    from treatybody.index.flat.documents import Test
    from treatybody.index.flat.wordlists import Lists
    from treatybody.index.glance import Segment

FEW = 256  # of a list without champions, so many are looked at
_FIRST = 64  # so many of the hopeful are scored first
_SLACK = 1e-6  # more than rounding can change
Bounds = tuple[dict[int, float], float]  # how frequent a word is, at most, in some and in others


class Leading:
    """Looks for the best among the champions of a word.

    Arguments:
        engine: what scores.
        lists: what is scored, with its share: the word first, then the word as typed.
        tests: what documents must pass.
    """

    def __init__(
        self, engine: ColdEngine, lists: Sequence[tuple[float, Lists]], tests: Sequence[Test]
    ) -> None:
        self._engine = engine
        self._lists = [one for _, one in lists]
        self._shares = [share for share, _ in lists]
        self._tests = tests

    def best(self, most: int) -> tuple[list[int], list[Scoring]] | None:
        """Paragraphs, ascending, with the best so many among them, and what scores them.

        None where champions don't tell which these are.
        """
        engine = self._engine
        if most <= 0 or engine.weights.b != LENGTHS_COUNT:
            return None
        bounds = [self._bounds(lists) for lists in self._lists]
        if not bounds[0][0] or bounds[0][1] <= 0:
            return None  # nothing is left out: all are scored as quickly
        weights = [engine.weight(*one) for one in zip(self._shares, self._lists, strict=True)]
        highest, others = self._highest(bounds, weights)
        hopeful = engine.wanted(sorted(highest), self._tests)
        hopeful.sort(key=highest.__getitem__, reverse=True)
        for size in _sizes(max(_FIRST, 4 * most), len(hopeful)):
            chosen = sorted(hopeful[:size])
            units = self._units(chosen, weights)
            chosen = [one for one in chosen if any(one in units[0][1][f] for f in SEARCHED)]
            scores = sorted(engine.scores(units, chosen).values(), reverse=True)
            left = highest[hopeful[size]] if size < len(hopeful) else others
            if len(scores) >= most and scores[most - 1] > max(left, others) + _SLACK:
                return chosen, units
        return None

    def _units(self, chosen: list[int], weights: Sequence[float]) -> list[Scoring]:
        """What scores some paragraphs."""
        stretches = {
            segment.base: [(number - segment.base, number - segment.base + 1) for number in some]
            for segment, some in self._engine.by_segment(chosen)
        }
        within = (lists.within(stretches) for lists in self._lists)
        return list(zip(weights, within, strict=True))

    def _highest(
        self, bounds: Sequence[Bounds], weights: Sequence[float]
    ) -> tuple[dict[int, float], float]:
        """What champions score at most, and what all others do.

        A word as typed stands no more often than the word.
        """
        k1 = self._engine.weights.k1
        typed, rest = bounds[0]
        every = {number for found, _ in bounds for number in found}
        highest, others = dict.fromkeys(every, 0.0), 0.0
        for (found, other), weight in zip(bounds, weights, strict=True):
            least = min(rest, other)
            others += weight * (least * (k1 + 1) / (k1 + least))
            for number in every:
                most = min(typed.get(number, rest), found.get(number, other))
                highest[number] += weight * (most * (k1 + 1) / (k1 + most))
        return highest, others

    def _bounds(self, lists: Lists) -> Bounds:
        """How frequent a word is, at most: in champions of some field, and in all others."""
        fields = [self._in_field(field, lists) for field in SCORED if lists.of(field)]
        every = sum(rest for _, rest in fields)
        sums: dict[int, float] = {}
        for found, rest in fields:
            for number, frequency in found.items():
                sums[number] = sums.get(number, every) + frequency - rest
        return sums, every

    def _in_field(self, field: str, lists: Lists) -> Bounds:
        """The same in one field."""
        found: dict[int, float] = {}
        rest, factor = 0.0, self._engine.weights.weight[field]
        for segment, one in lists.of(field):
            leaders = one.leaders()
            if leaders is not None:
                rest = max(rest, leaders.rest * self._longer(field, segment))
                found.update(self._weighed(segment.base, field, leaders))
            elif one.size <= FEW:
                found.update(self._all(segment.base, field, one))
            else:
                rest = max(rest, one.most() / self._engine.norms.of_length(field, 1))
        return {number: factor * frequency for number, frequency in found.items()}, factor * rest

    def _longer(self, field: str, segment: Segment) -> float:
        """What the bound of a segment is multiplied by.

        Where the average is greater than in the segment, what frequencies are divided by is less
        for each length, but not less than in proportion.
        """
        total, present = segment.flat.column(f"{field}_total", 0, 2)
        own = total / present if present else 1.0
        return max(1.0, self._engine.norms.averages[field] / own)

    def _weighed(self, base: int, field: str, leaders: Leaders) -> Iterator[tuple[int, float]]:
        norm = {one: self._engine.norms.of_length(field, one) for one in {*leaders.lengths}}
        each = zip(leaders.docs, leaders.counts, leaders.lengths, strict=True)
        return ((base + doc, count / norm[length]) for doc, count, length in each)

    def _all(self, base: int, field: str, one: Postings) -> Iterator[tuple[int, float]]:
        norm = self._engine.norms.of
        return ((number, count / norm(field, number)) for number, count in one.pairs(base))


def _sizes(first: int, every: int) -> Iterator[int]:
    """How many are scored at a time: four times as many each time, in the end all.

    >>> list(_sizes(64, 300)), list(_sizes(64, 5))
    ([64, 256, 300], [5])
    """
    while first < every:
        yield first
        first *= 4
    yield every
