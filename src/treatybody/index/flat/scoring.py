"""BM25F on arrays, the best hits, their order. The formula is told in ``index.ranking``."""

from __future__ import annotations

from functools import cached_property
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from treatybody.index.fields import SCORED
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.flat.places import Docs
from treatybody.index.ranking import DIGITS, Unit, Weights, shares
from treatybody.query.tree import Node

Floats = NDArray[np.float64]


class FlatRanking:
    """Scores paragraphs of one snapshot.

    Arguments:
        facts: of the snapshot.
        weights: parameters of the ranking.
    """

    def __init__(self, facts: FlatFacts, weights: Weights | None = None) -> None:
        self.facts = facts
        self.weights = weights or Weights()
        self._lengths: dict[str, tuple[NDArray[np.signedinteger], float]] = {}

    def scores(self, tree: Node, executor: FlatExecutor, numbers: Docs) -> Floats:
        """The score of each of some paragraphs: float64, rounded so that equal ones are equal."""
        totals = np.zeros(len(numbers))
        k1 = self.weights.k1
        for unit, share in shares(tree, self.weights).items():
            weight = share * self._rarity(len(executor.paragraphs(unit.node, unit.matched)))
            frequency = self._frequencies(unit, executor, numbers)
            totals += weight * (frequency * (k1 + 1) / (k1 + frequency))
        return np.round(totals, DIGITS)

    def _rarity(self, having: int) -> float:
        return log(1 + (self._everything - having + 0.5) / (having + 0.5))

    @cached_property
    def _everything(self) -> int:
        return int(self.facts.count_of.sum())

    def _frequencies(self, unit: Unit, executor: FlatExecutor, numbers: Docs) -> Floats:
        """The weighted, normalized frequency of a unit in each of some paragraphs."""
        sums = np.zeros(len(numbers))
        for name in unit.scored:
            docs, counts = executor.counts(unit.node, name)
            if not len(docs):
                continue
            if len(docs) == len(numbers) and np.array_equal(docs, numbers):
                sums += self.weights.weight[name] * counts / self._norm(name, docs)
                continue
            place, chosen = aligned(docs, numbers)
            docs, counts = docs[chosen], counts[chosen]
            sums[place] += self.weights.weight[name] * counts / self._norm(name, docs)
        return sums

    def _norm(self, name: str, docs: Docs) -> Any:
        b = self.weights.b[name]
        if not b or name not in SCORED:
            return 1.0
        lengths, average = self._length(name)
        return 1 - b + b * lengths[docs] / average

    def _length(self, name: str) -> tuple[NDArray[np.signedinteger], float]:
        """The length of a field in each paragraph, and the average of those that have it."""
        if name not in self._lengths:
            lengths = self.facts.column(f"{name}_words")
            present = lengths[self.facts.live & (lengths > 0)]
            average = float(present.sum(dtype=np.int64) / len(present)) if len(present) else 1.0
            self._lengths[name] = lengths, average
        return self._lengths[name]


def aligned(docs: Docs, numbers: Docs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For paragraphs that are in both: their places in ``numbers``, and in ``docs``."""
    if len(docs) > len(numbers):
        chosen, place = aligned(numbers, docs)
        return place, chosen
    place = np.searchsorted(numbers, docs)
    inside = np.flatnonzero(place < len(numbers))
    inside = inside[numbers[place[inside]] == docs[inside]]
    return place[inside], inside


def best(scores: Floats, ties: Docs, most: int) -> NDArray[np.int64]:
    """The places of the highest scores, the best first; of equal ones the lowest tie first.

    Only those that may be among them are sorted (quickselect; Hoare, 1961).

    >>> best(np.array([1.0, 3.0, 1.0]), np.array([5, 4, 2], np.int32), 2).tolist()
    [1, 2]
    """
    if most < len(scores):
        if most <= 0:
            return np.empty(0, np.int64)
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        above = np.flatnonzero(scores > least)
        level = np.flatnonzero(scores == least)
        room = most - len(above)
        if room < len(level):
            level = level[np.argpartition(ties[level], room - 1)[:room]]
        chosen = np.concatenate([above, level])
    else:
        chosen = np.arange(len(scores))
    return chosen[np.lexsort((ties[chosen], -scores[chosen]))]
