"""What frequencies are divided by: the lengths of fields against their averages, on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treatybody.index.fields import SCORED
from treatybody.index.flat.champions import average, normalized
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.weights import Weights

Floats = NDArray[np.float64]


class Divisors:
    """The divisors of one snapshot.

    Arguments:
        facts: of the snapshot.
        weights: how much lengths count.
    """

    def __init__(self, facts: FlatFacts, weights: Weights) -> None:
        self._facts = facts
        self._weights = weights
        self._by_length: dict[str, Floats | float] = {}
        self._averages: dict[str, float] = {}
        self.forget()

    def forget(self) -> None:
        """Let go of what is as large as the paragraphs of the last query."""
        self._known: tuple[Docs, dict[str, Floats | float]] = np.empty(0, np.int32), {}

    def of(self, name: str, numbers: Docs) -> Floats | float:
        """What the frequencies in a field are divided by in some paragraphs.

        Those of the last array of paragraphs are known, since all units are counted in it.
        """
        known, found = self._known
        if known is not numbers:
            found = {}
            self._known = numbers, found
        if name not in found:
            found[name] = self._of(name, numbers)
        return found[name]

    def _of(self, name: str, numbers: Docs) -> Floats | float:
        divisors = self._known_lengths(name)
        if isinstance(divisors, float):
            return divisors
        made: Floats = divisors.take(self._facts.lengths(name).take(numbers))
        return made

    def of_lengths(self, name: str, lengths: NDArray[np.integer]) -> Floats | float:
        """The same for fields of some lengths; longer ones than there are count as the longest."""
        divisors = self._known_lengths(name)
        return divisors if isinstance(divisors, float) else divisors.take(lengths, mode="clip")

    def _known_lengths(self, name: str) -> Floats | float:
        if name not in self._by_length:
            self._by_length[name] = self._lengths(name)
        return self._by_length[name]

    def _lengths(self, name: str) -> Floats | float:
        """What the frequencies in a field of each length are divided by."""
        b = self._weights.b[name]
        if not b or name not in SCORED:
            return 1.0
        lengths = np.arange(int(self._facts.lengths(name).max(initial=0)) + 1)
        return normalized(lengths, self.average(name), b)

    def average(self, name: str) -> float:
        """The average length of a field, over paragraphs that have it at all."""
        if name not in SCORED:
            return 1.0
        if name not in self._averages:
            self._averages[name] = average(self._facts.lengths(name)[self._facts.live])
        return self._averages[name]
