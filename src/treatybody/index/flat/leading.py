"""The best paragraphs that have a common word, found among its champions, without numpy.

What ``scoring`` does with champion lists: those that may be among the best are scored in full,
the most hopeful first; where the last of the best scores more than all others can, no other
posting need be looked at (see ``champions``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.weights import LENGTHS_COUNT

if TYPE_CHECKING:
    from treatybody.index.flat.cold import Asked, ColdEngine, Scoring
    from treatybody.index.flat.stretches import Stretch
    from treatybody.index.flat.wordlists import Counts, Lists
    from treatybody.index.glance import Segment

FEW = 256  # of a list without champions, so many are looked at
_FIRST = 64  # so many of the hopeful are scored first
_SLACK = 1e-6  # more than rounding can change
Bounds = tuple[dict[int, float], float]  # how frequent a word is, at most, in some and in others


class Leading:
    """Looks for the best among the champions of a word.

    Arguments:
        engine: what scores.
        asked: the word and the filters.
    """

    def __init__(self, engine: ColdEngine, asked: Asked) -> None:
        self._engine = engine
        self._asked = asked
        self._lists = [one for _, one in asked.lists]
        self._known: list[Counts] = [{field: {} for field in SCORED} for _ in self._lists]

    def best(self, most: int) -> tuple[list[int], list[Scoring]] | None:
        """Paragraphs, ascending, with the best so many among them, and what scores them.

        None where champions don't tell which these are.
        """
        engine = self._engine
        if most <= 0 or engine.weights.b != LENGTHS_COUNT:
            return None
        bounds = [self._bounds(*one) for one in zip(self._lists, self._known, strict=True)]
        weights = [engine.weight(*one) for one in self._asked.lists]
        highest, others = self._highest(bounds, weights)
        hopeful = sorted(highest, key=highest.__getitem__, reverse=True)
        for size in _sizes(max(_FIRST, 4 * most), len(hopeful)):
            units = self._units(engine.wanted(sorted(hopeful[:size]), self._asked), weights)
            having = sorted({number for field in SEARCHED for number in units[0][1][field]})
            scores = engine.scores(units, having)
            least = sorted(scores.values(), reverse=True)[most - 1 : most]
            left = highest[hopeful[size]] if size < len(hopeful) else others
            if least and least[0] > max(left, others) + _SLACK:
                return [number for number in having if scores[number] >= least[0]], units
        return None

    def _units(self, chosen: list[int], weights: Sequence[float]) -> list[Scoring]:
        """What scores some paragraphs; of champions it is known, others are looked up."""
        units: list[Scoring] = []
        for weight, lists, known in zip(weights, self._lists, self._known, strict=True):
            counts: Counts = {}
            for field, told in known.items():
                counts[field] = {number: told[number] for number in chosen if number in told}
                other = [number for number in chosen if number not in told]
                if other and lists.of(field):
                    counts[field].update(lists.among(field, self._stretches(other)))
            units.append((weight, counts))
        return units

    def _stretches(self, numbers: list[int]) -> dict[int, list[Stretch]]:
        return {
            segment.base: [(number - segment.base, number - segment.base + 1) for number in some]
            for segment, some in self._engine.by_segment(numbers)
        }

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

    def _bounds(self, lists: Lists, known: Counts) -> Bounds:
        """How frequent a word is, at most: in champions of some field, and in all others."""
        fields = [self._in_field(one, lists, known[one]) for one in SCORED if lists.of(one)]
        every = sum(rest for _, rest in fields)
        sums: dict[int, float] = {}
        for found, rest in fields:
            for number, frequency in found.items():
                sums[number] = sums.get(number, every) + frequency - rest
        return sums, every

    def _in_field(self, field: str, lists: Lists, known: dict[int, int]) -> Bounds:
        """The same in one field; how often the word stands in champions is kept in ``known``."""
        norms, factor = self._engine.norms, self._engine.weights.weight[field]
        rest = 0.0
        for segment, one in lists.of(field):
            if one.leaders is not None:
                rest = max(rest, one.leaders.rest * self._longer(field, segment))
                numbers = list(map(segment.base.__add__, one.leaders.docs))
                lengths = zip(numbers, one.leaders.lengths, strict=True)
                norms.tell(field, {number: norms.of_length(field, n) for number, n in lengths})
                known.update(zip(numbers, one.leaders.counts, strict=True))
            elif one.size <= FEW:
                known.update(one.pairs(segment.base))
            else:
                rest = max(rest, one.most() / norms.of_length(field, 1))
        found = {
            number: factor * count / norms.of(field, number) for number, count in known.items()
        }
        return found, factor * rest

    def _longer(self, field: str, segment: Segment) -> float:
        """What the bound of a segment is multiplied by.

        Where the average is greater than in the segment, what frequencies are divided by is less
        for each length, but not less than in proportion.
        """
        total, present = segment.flat.column(f"{field}_total", 0, 2)
        own = total / present if present else 1.0
        return max(1.0, self._engine.norms.averages[field] / own)


def _sizes(first: int, every: int) -> Iterator[int]:
    """How many are scored at a time: four times as many each time, in the end all.

    >>> list(_sizes(64, 300)), list(_sizes(64, 5))
    ([64, 256, 300], [5])
    """
    while first < every:
        yield first
        first *= 4
    yield every
