"""The highest of many scores, without sorting all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.places import Docs

Floats = NDArray[np.float64]


def reached(scores: Floats, most: int) -> float:
    """The score that the best so many reach; ``scores`` has more of them."""
    low = scores[scores >= _at_least(scores, most)]
    return float(np.partition(low, len(low) - most)[len(low) - most])


def _at_least(scores: Floats, most: int) -> float:
    """A score that at least so many reach, found in every 16th: the best of these are so many."""
    sample = scores[::16]
    if len(sample) < 8 * most:
        return -np.inf
    return float(np.partition(sample, len(sample) - most)[len(sample) - most])


def best(scores: Floats, ties: Docs, most: int) -> NDArray[np.int64]:
    """The places of the highest scores, the best first; of equal ones the lowest tie first.

    Only those that may be among them are sorted (quickselect; Hoare, 1961).

    >>> best(np.array([1.0, 3.0, 1.0]), np.array([5, 4, 2], np.int32), 2).tolist()
    [1, 2]
    """
    if most < len(scores):
        if most <= 0:
            return np.empty(0, np.int64)
        least = reached(scores, most)
        above = np.flatnonzero(scores > least)
        level = np.flatnonzero(scores == least)
        room = most - len(above)
        if room < len(level):
            level = level[np.argpartition(ties[level], room - 1)[:room]]
        chosen = np.concatenate([above, level])
    else:
        chosen = np.arange(len(scores))
    return chosen[np.lexsort((ties[chosen], -scores[chosen]))]
