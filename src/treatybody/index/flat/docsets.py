"""Sets of paragraphs as ascending int32 arrays without repetitions: what is in both, in either.

Also how many of one stand among another, and the counts that go with them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int32]
_LONGER = 48  # times as long a list is searched for each of another's; else both are marked


def index(docs: Docs) -> NDArray[np.intp]:
    """Paragraphs as indexes of arrays; int32 ones are cast piece by piece, in twice the time."""
    return docs.astype(np.intp)


def distinct(numbers: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Ascending numbers without repetitions."""
    if len(numbers) < 2:
        return numbers
    new = np.empty(len(numbers), bool)
    new[0] = True
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers if new.all() else numbers[new]


def among(
    numbers: NDArray[np.signedinteger], others: NDArray[np.signedinteger]
) -> NDArray[np.bool_]:
    """Which of some numbers stand among others, which are ascending."""
    if not len(others):
        return np.zeros(len(numbers), bool)
    place = np.searchsorted(others, numbers)
    place[place == len(others)] = 0
    found: NDArray[np.bool_] = others[place] == numbers
    return found


def inside(docs: Docs, others: Docs, size: int) -> NDArray[np.intp]:
    """The places in ``docs`` of those that stand among others; both ascend and are below ``size``.

    By search where one of both is much shorter, or both are short; else by a mask.

    >>> inside(np.array([2, 5, 8], np.int32), np.array([5, 6, 8, 9], np.int32), 10).tolist()
    [1, 2]
    """
    if len(others) * _LONGER < len(docs):
        found = np.searchsorted(docs, others)
        found[found == len(docs)] = 0
        return found.compress(docs[found] == others)
    if few(docs, others, size):
        return np.flatnonzero(among(docs, others))
    first, last = docs.searchsorted(others[[0, -1]] + np.array([0, 1], np.int32))
    mask = np.zeros(int(others[-1]) + 1, bool)
    mask[index(others)] = True
    (there,) = mask.take(index(docs[first:last])).nonzero()
    there += first
    return there


def few(docs: Docs, others: Docs, size: int) -> bool:
    """Whether it is quicker to look up paragraphs among others one by one than to mark these."""
    return len(docs) * 16 < len(others) or len(docs) * 256 < size


def from_to(numbers: Docs, docs: Docs, counts: Docs) -> tuple[Docs, Docs]:
    """Paragraphs with counts, without those before the first and after the last of some others."""
    if not len(numbers) or len(docs) <= len(numbers):
        return docs, counts
    low, high = np.searchsorted(docs, numbers[[0, -1]] + np.array([0, 1], np.int32))
    return docs[low:high], counts[low:high]


def same(docs: Docs, numbers: Docs) -> bool:
    """Whether both are the same paragraphs."""
    return docs is numbers or (len(docs) == len(numbers) and bool((docs == numbers).all()))


def dense(docs: Docs, numbers: Docs) -> bool:
    """Whether most paragraphs of a stretch are among some, and among some others."""
    stretch = int(numbers[-1]) - int(numbers[0]) if len(numbers) else 0
    return min(len(docs), len(numbers)) * 4 > stretch


def spread(docs: Docs, counts: Docs, numbers: Docs) -> Docs:
    """The counts of some paragraphs, by way of all: quicker than to align where most have one.

    >>> docs, numbers = np.array([2, 5, 8], np.int32), np.array([2, 3, 5, 8], np.int32)
    >>> spread(docs, np.array([3, 1, 2], np.int32), numbers).tolist()
    [3, 0, 1, 2]
    """
    low = min(int(docs[0]), int(numbers[0]))
    if len(docs) == int(docs[-1]) - low + 1 and docs[-1] >= numbers[-1]:  # none is left out
        return counts.take(np.subtract(numbers, low, dtype=np.intp))
    every = np.zeros(max(int(docs[-1]), int(numbers[-1])) - low + 1, np.int32)
    every[np.subtract(docs, low, dtype=np.intp)] = counts
    return every.take(np.subtract(numbers, low, dtype=np.intp))


def aligned(docs: Docs, numbers: Docs, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For paragraphs that are in both: their places in ``numbers``, and in ``docs``; all ascend.

    >>> docs, numbers = np.array([2, 5, 8], np.int32), np.array([5, 6, 8, 9], np.int32)
    >>> [found.tolist() for found in aligned(docs, numbers, 10)]
    [[0, 2], [1, 2]]
    """
    if len(docs) > len(numbers):
        chosen, place = aligned(numbers, docs, size)
        return place, chosen
    if few(docs, numbers, size):
        place = np.searchsorted(numbers, docs)
        place[place == len(numbers)] = 0
        chosen = np.flatnonzero(numbers[place] == docs)
        return place[chosen], chosen
    chosen = inside(docs, numbers, size)
    return inside(numbers, docs, size), chosen


def put_in(few: Docs, many: Docs) -> Docs:
    """What is in either.

    >>> put_in(np.array([2, 6]), np.array([1, 2, 5, 9])).tolist()
    [1, 2, 5, 6, 9]
    """
    if not len(many):
        return few
    at = many.searchsorted(few)
    new = many.take(at, mode="clip") != few
    other, at = few[new], at[new]
    if not len(other):
        return many
    at += np.arange(len(at))
    both = np.empty(len(many) + len(other), many.dtype)
    rest = np.ones(len(both), bool)
    rest[at] = False
    both[at], both[rest] = other, many
    return both
