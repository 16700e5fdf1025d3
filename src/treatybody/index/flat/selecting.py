"""The highest of many scores, without sorting all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.docsets import Docs

Floats = NDArray[np.float64]
_FEW = 1 << 10  # scores that are sorted as they are


def reached(scores: Floats, most: int) -> float:
    """The score that the best so many reach; ``scores`` has more of them."""
    low = scores if len(scores) < _FEW else scores[scores >= _at_least(scores, most)]
    return _highest(low, most)


def _at_least(scores: Floats, most: int) -> float:
    """A score that at least so many reach, found in every 16th: the best of these are so many."""
    sample = scores[::16]
    if len(sample) < 8 * most:
        return -np.inf
    return _highest(sample, most)


def _highest(scores: Floats, most: int) -> float:
    """The least of the highest so many."""
    parted = scores.copy()
    parted.partition(len(parted) - most)
    return float(parted[len(parted) - most])


def best(scores: Floats, ties: Docs, most: int) -> NDArray[np.int64]:
    """The places of the highest scores, the best first; of equal ones the lowest tie first.

    Only those that may be among them are sorted (quickselect; Hoare, 1961).

    >>> best(np.array([1.0, 3.0, 1.0]), np.array([5, 4, 2], np.int32), 2).tolist()
    [1, 2]
    """
    if len(scores) <= max(most, _FEW):
        return np.lexsort((ties, -scores))[: max(most, 0)]
    if most <= 0:
        return np.empty(0, np.int64)
    least = reached(scores, most)
    above = np.flatnonzero(scores > least)
    level = np.flatnonzero(scores == least)
    room = most - len(above)
    if room < len(level):
        level = level[np.argpartition(ties[level], room - 1)[:room]]
    chosen = np.concatenate([above, level])
    return chosen[np.lexsort((ties[chosen], -scores[chosen]))]
