"""Arithmetic of positions on arrays: the same questions as ``index.spans``, for all at once.

A position of a paragraph is one *key*, ``paragraph << 32 | position``, so that neighbouring
positions are neighbouring keys and those of two paragraphs lie far apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.inverting import ranges

Keys = NDArray[np.int64]
Docs = NDArray[np.int32]
SHIFT = 32
_LONGER = 48  # times as long a list is searched for each of another's; else both are marked


class Found(NamedTuple):
    """Matches: keys of their first and last positions, ordered by these; none stands twice.

    Arguments:
        start, end: int64, of equal length; the same array where every match is one word.
    """

    start: Keys
    end: Keys


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.int64))


def keys(docs: NDArray[np.signedinteger], places: NDArray[np.signedinteger] | int) -> Keys:
    """Keys from paragraphs and positions."""
    made = docs.astype(np.int64)
    made <<= SHIFT
    made |= places
    return made


def docs_of(found: Keys) -> Docs:
    """The paragraph of each key."""
    return (found >> SHIFT).astype(np.int32)


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


def counted(starts: Keys) -> tuple[Docs, Docs]:
    """The paragraphs that have matches, and how many words start one in each.

    Arguments:
        starts: the keys of the first words of all matches, ascending.
    """
    docs = docs_of(distinct(starts))
    if not len(docs):
        return docs, docs
    first = np.flatnonzero(np.diff(docs, prepend=-1) != 0)
    return docs[first], np.diff(first, append=len(docs)).astype(np.int32)


def of_term(places: Keys, width: int) -> Found:
    """The matches of a term that takes ``width`` positions."""
    return Found(places, places if width == 1 else places + (width - 1))


def ordered(start: Keys, end: Keys) -> Found:
    """Matches, given by the keys of their first and last positions in any order."""
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    if len(start) > 1:
        new = np.ones(len(start), bool)
        new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        start, end = start[new], end[new]
    return Found(start, end)


def either(several: Iterable[Found]) -> Found:
    """All matches."""
    parts = [found for found in several if len(found.start)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    start = np.concatenate([part.start for part in parts])
    if all(part.start is part.end for part in parts):
        start.sort(kind="stable")
        start = distinct(start)
        return Found(start, start)
    return ordered(start, np.concatenate([part.end for part in parts]))


def both(several: Sequence[Found]) -> Found:
    """The matches of paragraphs that have matches of each."""
    shared = docs_of(several[0].start)
    for found in several[1:]:
        shared = shared[among(shared, docs_of(found.start))]
    shared = distinct(shared)
    return either(_chosen(found, among(docs_of(found.start), shared)) for found in several)


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


def within(found: Keys, docs: Docs) -> Keys:
    """The keys of some paragraphs; all ascend."""
    low, high = np.searchsorted(found, keys(docs, 0)), np.searchsorted(found, keys(docs + 1, 0))
    return found[ranges(low, high - low)]


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


def _chosen(found: Found, which: NDArray[np.bool_]) -> Found:
    start = found.start[which]
    return Found(start, start if found.start is found.end else found.end[which])


def near(left: Found, right: Found, distance: int, ordered: bool) -> Found:
    """Pairs that don't overlap, with at most ``distance`` - 1 positions between them."""
    pairs = [_pairs(left, right, distance)]
    if not ordered:
        pairs.append(_pairs(right, left, distance))
    return either(pairs)


def near_starts(left: Found, right: Found, distance: int, ordered: bool) -> Keys:
    """Where the matches of ``near`` start; without putting each word with all of its partners."""
    starts = _with_partner(left, right, distance)
    if not ordered:
        starts = np.concatenate([starts, _with_partner(right, left, distance)])
        starts.sort(kind="stable")
    return starts


def near_words(left: Keys, right: Keys, distance: int, in_order: bool) -> Found:
    """The words that make the matches of ``near``, of single words: neighbours both together.

    >>> near_words(np.array([1, 5]), np.array([7, 8]), 3, in_order=False).end.tolist()
    [5, 7, 8]
    """
    single, pairs = [], []
    for first, second in [(left, right)] if in_order else [(left, right), (right, left)]:
        single += [_having(first, second, 2, distance), _having(second, first, -distance, -2)]
        pairs.append(first[among(first + 1, second)])
    alone, both = np.concatenate(single), np.concatenate(pairs)
    return ordered(np.append(alone, both), np.append(alone, both + 1))


def _having(some: Keys, others: Keys, low: int, high: int) -> Keys:
    """Those from which one of the others is at least and at most so far ahead."""
    if not len(others):
        return some[:0]
    place = np.searchsorted(others, some + low)
    place[place == len(others)] = 0
    ahead = others[place] - some
    return some[(ahead >= low) & (ahead <= high)]


class Partners(NamedTuple):
    """For each of some words of two kinds how far ahead the next one of the other kind stands.

    Arguments:
        start: int64, their keys, ascending; the last, which have none ahead, are left out.
        ahead: int64, the distance; beyond the end of a paragraph it is very great.
        first: bool, whether it is of the first kind.
    """

    start: Keys
    ahead: Keys
    first: NDArray[np.bool_]

    def starts(self, distance: int, ordered: bool) -> Keys:
        """Where the matches of ``near`` start."""
        near = self.ahead <= distance
        return self.start[near & self.first if ordered else near]


def partners(left: Keys, right: Keys) -> Partners | None:
    """The partners of single words; None where a word is of both kinds.

    Both are merged; the next one of the other kind is where the kind changes next.

    >>> partners(np.array([1, 5, 9]), np.array([7, 8])).starts(2, ordered=False).tolist()
    [5, 7, 8]
    """
    both = np.concatenate([left << 1, right << 1 | 1])
    both.sort(kind="stable")
    start, second = both >> 1, both & 1 == 1
    turns = np.flatnonzero(second[1:] != second[:-1]) + 1
    last = int(turns[-1]) if len(turns) else 0
    ahead = np.repeat(start[turns], np.diff(turns, prepend=0)) - start[:last]
    return Partners(start[:last], ahead, ~second[:last]) if ahead.all() else None


def _with_partner(first: Found, second: Found, distance: int) -> Keys:
    if not len(second.start):
        return first.start[:0]
    place = np.searchsorted(second.start, first.end, side="right")
    place[place == len(second.start)] = 0
    ahead = second.start[place] - first.end
    return first.start[(ahead > 0) & (ahead <= distance)]


def _pairs(first: Found, second: Found, distance: int) -> Found:
    low = np.searchsorted(second.start, first.end, side="right")
    high = np.searchsorted(second.start, first.end + distance, side="right")
    some = np.flatnonzero(high > low)
    counts = (high - low)[some]
    partners = ranges(low[some], counts)
    return ordered(np.repeat(first.start[some], counts), second.end[partners])


def chain(parts: Sequence[Found], slop: int = 0, skips: Sequence[int] = ()) -> Found:
    """Parts in this order; the arguments are those of ``spans.chain``."""
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    if slop == 0 and all(part.start is part.end for part in parts):
        return _row_of_words([part.start for part in parts], skips)
    start, end = parts[0]
    spent = np.zeros(len(start), np.int64)
    for part, skip in zip(parts[1:], list(skips or [0] * len(parts))[1:], strict=True):
        wanted = end + (1 + skip)
        low = np.searchsorted(part.start, wanted)
        high = np.searchsorted(part.start, wanted + (slop - spent), side="right")
        some = np.flatnonzero(high > low)
        counts = (high - low)[some]
        partners = ranges(low[some], counts)
        spent = np.repeat((spent - wanted)[some], counts) + part.start[partners]
        start, end = np.repeat(start[some], counts), part.end[partners]
        if slop:
            start, end, spent = _distinct_states(start, end, spent)
    return ordered(start, end)


def _row_of_words(parts: Sequence[Keys], skips: Sequence[int]) -> Found:
    """Single words in a row: from the rarest on, what stands in all once shifted to the first."""
    steps = np.cumsum([1 + skip for skip in skips] or np.ones(len(parts), np.int64))
    shifts = (steps - steps[0]).tolist()
    order = sorted(range(len(parts)), key=lambda number: len(parts[number]))
    start = parts[order[0]] - shifts[order[0]]
    for number in order[1:]:
        start = common(start, parts[number] - shifts[number])
    return Found(start, start + shifts[-1])


def common(some: Keys, others: Keys) -> Keys:
    """What two ascending arrays without repetitions share.

    Two of about one length are merged (a stable sort sees two runs: Timsort; Peters, 2002),
    else the shorter is looked up in the longer.
    """
    if len(some) > len(others):
        some, others = others, some
    if len(some) * 8 < len(others):
        return some[among(some, others)]
    merged = np.concatenate([some, others])
    merged.sort(kind="stable")
    return merged[:-1][merged[1:] == merged[:-1]] if len(merged) > 1 else merged[:0]


def _distinct_states(start: Keys, end: Keys, spent: Keys) -> tuple[Keys, Keys, Keys]:
    order = np.lexsort((spent, end, start))
    start, end, spent = start[order], end[order], spent[order]
    if len(start) > 1:
        new = np.ones(len(start), bool)
        new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1]) | (spent[1:] != spent[:-1])
        start, end, spent = start[new], end[new], spent[new]
    return start, end, spent


def starting(found: Found, marked: Found, inside: bool) -> Found:
    """Matches that start where a match of ``marked`` starts, or where none does."""
    if not len(found.start):
        return found
    return _chosen(found, among(found.start, marked.start) == inside)
