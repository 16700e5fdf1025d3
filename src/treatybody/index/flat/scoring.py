"""BM25F on arrays, the best hits, their order. The formula is told in ``index.ranking``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.champions import MOST
from treatybody.index.flat.divisors import Divisors
from treatybody.index.flat.docsets import Docs, aligned, dense, from_to, inside, same, spread
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.flat.leaders import Leaders, Part, at_most, saturated
from treatybody.index.flat.matches import FlatMatches
from treatybody.index.flat.selecting import best, reached
from treatybody.index.ranking import (
    DIGITS,
    Scoring,
    Unit,
    Weights,
    extrapolated,
    rarity,
    shares,
    step,
    topical,
)
from treatybody.query.tree import And, Node

Floats = NDArray[np.float64]
Places = NDArray[np.signedinteger]
_MANY = 4096  # of fewer paragraphs all are looked at
_LIKELY = 4  # times as many champions as are wanted often have the best among them
_FEW = 64  # so many are scored in full without looking for fewer
_PROBED, _MORE = 2, 8  # times as many as are wanted are scored in full first; then times these
_WHOLE = 1 << 14  # paragraphs in which a pair is looked up in all rather than in a sample
_SPARSE = 8  # where less than one of so many in a sample have it, it is looked up in all still
_DENSE, _WORTH = 1 << 18, 2  # but not in more than these, and than times as many as are scored
_BLOCK = 1 << 15  # numbers that are reckoned with at a time
_SLACK = 1e-6  # more than rounding can change


class _Weighed(NamedTuple):
    """A unit with its weight; its frequency in each paragraph (float64), if it is known."""

    part: Scoring
    weight: float
    frequency: Floats | None


class FlatRanking:
    """Scores paragraphs of one snapshot.

    Arguments:
        facts: of the snapshot.
        weights: parameters of the ranking.
    """

    def __init__(self, facts: FlatFacts, weights: Weights | None = None) -> None:
        self.facts = facts
        self.weights = weights or Weights()
        self.divisors = Divisors(facts, self.weights)
        self._leaders = Leaders(facts.size, self.weights, self.divisors)

    def scores(self, tree: Node, executor: FlatExecutor, numbers: Docs) -> Floats:
        """The score of each of some paragraphs: float64, rounded so that equal ones are equal."""
        parts = self._parts(tree, executor, len(numbers))
        scored = self._weighed(parts, executor.within(numbers), numbers)
        found = self._scores(scored, executor, numbers, np.arange(len(numbers)))
        self.divisors.forget()
        return found

    def _parts(self, tree: Node, executor: FlatExecutor, wanted: int) -> list[Part]:
        """The units with their weights; so many paragraphs are wanted to be scored."""
        return [(part, self._weight(part, executor, wanted)) for part in shares(tree, self.weights)]

    def _weighed(
        self, parts: Sequence[Part], executor: FlatExecutor, numbers: Docs
    ) -> list[_Weighed]:
        """The units, and how frequent some are: what was typed, and pairs that were looked up."""
        found = []
        for part, weight in parts:
            known = part.typed or executor.knows(part.unit.node, part.unit.matched)
            frequency = self._frequencies(part.unit, executor, numbers) if known else None
            found.append(_Weighed(part, weight, frequency))
        return found

    def _scores(
        self, scored: Sequence[_Weighed], executor: FlatExecutor, numbers: Docs, places: Places
    ) -> Floats:
        """The scores of the paragraphs at some places in ``numbers``."""
        totals = np.zeros(len(places))
        chosen = numbers if len(places) == len(numbers) else numbers[places]
        of = partial(self._frequencies, executor=executor.within(chosen), numbers=chosen)
        for part, weight, known in scored:
            found = of(part.unit) if known is None else known[places]
            totals += weight * saturated(self.weights.k1, found)
        return totals.round(DIGITS)

    def best(self, matches: FlatMatches, ties: Docs, most: int) -> tuple[Docs, Floats]:
        """The best of what matches, best first, with their scores.

        Arguments:
            ties: int32, shape (all numbers,): which of two equal ones is first.
            most: how many are wanted.
        """
        parts = self._parts(matches.tree, matches.executor, len(matches))
        found = self._led(parts, matches, ties, most)
        found = found or self._best(parts, matches.executor, matches.numbers, ties, most)
        self.divisors.forget()
        return found

    def _led(
        self, parts: Sequence[Part], matches: FlatMatches, ties: Docs, most: int
    ) -> tuple[Docs, Floats] | None:
        """The best, where champions tell which they are."""
        many = len(matches) >= _MANY and 0 < most < len(matches)
        for tier in self._tiers(parts, most) if many else ():
            few = self._leaders.among(parts, matches, tier)
            if few is None:
                return None
            chosen, scores = self._best(parts, matches.executor, few.docs, ties, most)
            if len(scores) == most and scores[-1] > few.rest + _SLACK:
                return chosen, scores
        return None

    def _tiers(self, parts: Sequence[Part], most: int) -> list[int]:
        """How many champions are looked at: of a single word first no more than are likely."""
        few = _LIKELY * most
        single = sum(part.typed for part, _ in parts) == 1
        return [few, MOST] if single and few < MOST else [MOST]

    def _best(
        self, parts: Sequence[Part], executor: FlatExecutor, numbers: Docs, ties: Docs, most: int
    ) -> tuple[Docs, Floats]:
        few = len(numbers) <= _FEW or not 0 < most * 2 < len(numbers)
        if not few and len(numbers) > _BLOCK:
            numbers = self._thinned(parts, executor, numbers, most)
        scored = self._weighed(parts, executor.within(numbers), numbers)
        if few:
            places = np.arange(len(numbers))
            scores = self._scores(scored, executor, numbers, places)
        else:
            places, scores = self._hopeful(scored, executor, numbers, most)
        order = best(scores, ties[numbers[places]], most)
        return numbers[places[order]], scores[order]

    def _thinned(
        self, parts: Sequence[Part], executor: FlatExecutor, numbers: Docs, most: int
    ) -> Docs:
        """Those that may be among the best, looked for in so many at a time as fit the cache.

        What the best of the first reach, others must; of a single word it tells how often it must
        stand in them.
        """
        left: list[Docs] = []
        level = -np.inf
        while len(numbers):
            here, numbers = numbers[:_BLOCK], numbers[_BLOCK:]
            scored = self._weighed(parts, executor, here)
            bound = self._of_typed(scored, len(here))
            if most < len(here):
                scores = bound if left else self._hopeful(scored, executor, here, most)[1]
                level = max(level, reached(scores, most) - _SLACK)
            left.append(here[self._alive(scored, bound, level)[0]])
            if len(left) == 1:
                numbers = self._frequent(parts, executor, numbers, level)
        return np.concatenate(left)

    def _frequent(
        self, parts: Sequence[Part], executor: FlatExecutor, numbers: Docs, level: float
    ) -> Docs:
        """Those in which what was typed stands often enough to reach a score, if it is one unit.

        It is counted in one field only: what the others give at most, is known for all.
        """
        typed = {unit for part, _ in parts for unit in part.words}
        if len(typed) != 1 or not len(numbers):
            return numbers
        (unit,) = typed
        field, *others = unit.scored
        wanted = self._unsaturated(level / sum(weight for _, weight in parts)) - _SLACK
        wanted -= sum(self._most(executor.counts(unit.node, name)[1], name) for name in others)
        if not wanted > 0:
            return numbers
        docs, counts = executor.counts(unit.node, field)
        kept, factor = [docs[:0]], self.weights.weight[field]
        for at in range(int(np.searchsorted(docs, numbers[0])), len(docs), _BLOCK):
            here, weighed = docs[at : at + _BLOCK], factor * counts[at : at + _BLOCK]
            kept.append(here[weighed >= wanted * self.divisors.of(field, here)])
        few = np.concatenate(kept)
        return few[inside(few, numbers, self.facts.size)]

    def _most(self, counts: Docs, name: str) -> float:
        """What a field gives at most: it is no shorter than there are words that stand in it."""
        most = counts.max(initial=0, keepdims=True)
        return float(
            np.max(self.weights.weight[name] * most / self.divisors.of_lengths(name, most))
        )

    def _unsaturated(self, share: float) -> float:
        """The frequency that gives such a share of a unit's weight."""
        k1 = self.weights.k1
        return k1 * share / (k1 + 1 - share) if share < k1 + 1 else np.inf

    def _hopeful(
        self, scored: Sequence[_Weighed], executor: FlatExecutor, numbers: Docs, most: int
    ) -> tuple[Places, Floats]:
        """The places of those that may be among the best, and their scores.

        Evidence is looked up for them only. What it could add at most to what is typed decides
        who is left, as in MaxScore (Turtle and Flood, "Query evaluation: strategies and
        optimizations", 1995); first for the most hopeful, whose scores others must reach.
        """
        bound = self._of_typed(scored, len(numbers))
        left, bound = self._alive(scored, bound, reached(bound, most) - _SLACK)
        places, scores, few = left[:0], bound[:0], _PROBED * most
        while len(left):
            order = bound.argpartition(-few) if few < len(left) else np.arange(len(left))
            some, others = np.sort(order[-few:]), order[:-few]
            places = np.concatenate([places, left[some]])
            scores = np.concatenate([scores, self._scores(scored, executor, numbers, left[some])])
            level = reached(scores, most) - _SLACK if len(others) else np.inf
            others = np.sort(others[bound[others] >= level])
            left, bound, few = left[others], bound[others], _MORE * few
        return places, scores

    def _of_typed(self, scored: Sequence[_Weighed], size: int) -> Floats:
        """What the units give whose frequency is known."""
        sums = np.zeros(size)
        for _, weight, known in scored:
            if known is not None:
                sums += weight * saturated(self.weights.k1, known)
        return sums

    def _alive(
        self, scored: Sequence[_Weighed], bound: Floats, level: float
    ) -> tuple[Places, Floats]:
        """The places of those that evidence may lift to a score, and how far it lifts at most."""
        typed = {part.unit: known for part, _, known in scored if known is not None}
        evidence = [(part, weight) for part, weight, known in scored if known is None]
        more = sum(weight for _, weight in evidence) * (self.weights.k1 + 1)
        (alive,) = (bound >= level - more).nonzero()
        bound = bound[alive]
        for part, weight in evidence:
            here = {word: typed[word][alive] for word in part.words}
            bound += weight * saturated(self.weights.k1, at_most(part, here))
        left = bound >= level
        return alive[left], bound[left]

    def _weight(self, part: Scoring, executor: FlatExecutor, wanted: int) -> float:
        having = self._having(part, executor, min(wanted * _WORTH, _DENSE))
        weight = part.share * rarity(self._everything, having)
        if part.typed:
            weight *= topical(executor.matches(part.unit.node, part.unit.matched), having)
        return weight

    def _having(self, part: Scoring, executor: FlatExecutor, most: int) -> float:
        """How many paragraphs have a unit; a pair that many may have is counted in a sample.

        Where the sample shows that few have it, and so may be ahead of all others, it is looked up
        in all nevertheless, if these are not above ``most``: it would be in most of them later,
        some at a time.
        """
        unit = part.unit
        if len(part.words) == 1:
            return executor.having(unit.node, unit.matched)
        both = executor.paragraphs(And(tuple(word.node for word in part.words)), unit.matched)
        every = step(len(both))
        if len(both) <= _WHOLE:
            found = self._sampled(executor.among(unit.node, unit.matched, both), every)
            return extrapolated(len(found), every, len(both))
        sample = self._sampled(both, every)
        found = executor.within(sample).paragraphs(unit.node, unit.matched)
        if len(found) * _SPARSE < len(sample) and len(both) <= most:
            executor.among(unit.node, unit.matched, both)
        return extrapolated(len(found), every, len(both))

    def _sampled(self, docs: Docs, every: int) -> Docs:
        """Every how-many-th of some paragraphs (see ``ranking.step``): a power of two."""
        chosen: Docs = docs[self.facts.ranks("symbol").take(docs) & (every - 1) == 0]
        return chosen

    @cached_property
    def _everything(self) -> int:
        return int(self.facts.count_of.sum())

    def _frequencies(self, unit: Unit, executor: FlatExecutor, numbers: Docs) -> Floats:
        """The weighted, normalized frequency of a unit in each of some paragraphs."""
        sums, size = np.zeros(len(numbers)), self.facts.size
        for name in unit.scored:
            docs, counts = from_to(numbers, *executor.counts(unit.node, name))
            if not len(docs):
                continue
            norms = self.divisors.of(name, numbers)
            all_have = same(docs, numbers)
            if all_have or dense(docs, numbers):
                counts = counts if all_have else spread(docs, counts, numbers)
                sums += self.weights.weight[name] * counts / norms
                continue
            place, chosen = aligned(docs, numbers, size)
            if len(chosen) < len(docs):
                counts = counts[chosen]
            norms = norms if isinstance(norms, float) else norms[place]
            sums[place] += self.weights.weight[name] * counts / norms
        return sums
