"""Arithmetic of positions on arrays: the same questions as ``index.spans``, for all at once.

A position of a paragraph is one *key*, ``paragraph << 32 | position``, so that neighbouring
positions are neighbouring keys and those of two paragraphs lie far apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.docsets import Docs, among, distinct
from treatybody.index.flat.inverting import ranges

Keys = NDArray[np.int64]
SHIFT = 32


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


def within(found: Keys, docs: Docs) -> Keys:
    """The keys of some paragraphs; all ascend."""
    low, high = np.searchsorted(found, keys(docs, 0)), np.searchsorted(found, keys(docs + 1, 0))
    return found[ranges(low, high - low)]


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
    if slop == 0:
        if all(part.start is part.end for part in parts):
            return _row_of_words([part.start for part in parts], skips)
        number, apart = _parted(parts)
        if apart:
            rows = ([*parts[:number], one, *parts[number + 1 :]] for one in apart)
            return either(chain(row, slop, skips) for row in rows)
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


def _parted(parts: Sequence[Found]) -> tuple[int, list[Found]]:
    """The first part that has single words and others: its number, and both."""
    for number, part in enumerate(parts):
        single = part.start == part.end
        if part.start is not part.end and single.any():
            words = part.start[single]
            return number, [Found(words, words), _chosen(part, ~single)]
    return 0, []


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
