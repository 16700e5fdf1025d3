"""Arithmetic of positions: which words stand next to, near, or joined to which.

A match in a field of a paragraph is ``(start, end, pieces)``: its first and last position, and
the runs of positions that are its words, those in between left out. Matches of a paragraph are
a dictionary from ``(start, end)`` to pieces, so that equal ones fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

Piece = tuple[int, int]
Pieces = tuple[Piece, ...]
Matches = dict[tuple[int, int], Pieces]
Found = dict[int, Matches]


class Algebra(Protocol):
    """What executing needs of these functions; arrays answer the same (``flat.places``)."""

    def of_term(self, positions: Mapping[int, Sequence[int]], width: int, /) -> Found:
        """The matches of a term."""

    def either(self, several: Iterable[Found], /) -> Found:
        """Any."""

    def both(self, several: Sequence[Found], /) -> Found:
        """All."""

    def near(self, left: Found, right: Found, distance: int, ordered: bool, /) -> Found:
        """Near each other."""

    def chain(self, parts: Sequence[Found], slop: int = 0, skips: Sequence[int] = (), /) -> Found:
        """One behind the other."""

    def starting(self, found: Found, marked: Found, inside: bool, /) -> Found:
        """Where others start, or where none does."""


def add(matches: Matches, start: int, end: int, pieces: Pieces) -> None:
    """Put a match among others; equal ones unite their pieces."""
    known = matches.get((start, end))
    matches[start, end] = pieces if known is None else united(known + pieces)


def united(pieces: Iterable[Piece]) -> Pieces:
    """Pieces in order, overlapping and touching ones made one.

    >>> united([(4, 4), (1, 2), (2, 3), (7, 7)])
    ((1, 4), (7, 7))
    """
    merged: list[Piece] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def of_term(positions: Mapping[int, Sequence[int]], width: int) -> Found:
    """The matches of a term that takes ``width`` positions."""
    return {
        number: {(p, p + width - 1): ((p, p + width - 1),) for p in found}
        for number, found in positions.items()
    }


def either(several: Iterable[Found]) -> Found:
    """Paragraphs that have any, with the matches of all."""
    union: Found = {}
    for found in several:
        for number, matches in found.items():
            if number not in union:
                union[number] = dict(matches)
                continue
            for (start, end), pieces in matches.items():
                add(union[number], start, end, pieces)
    return union


def both(several: Sequence[Found]) -> Found:
    """Paragraphs that have all, with the matches of each."""
    shared = set(several[0]).intersection(*several[1:])
    return either({n: found[n] for n in found if n in shared} for found in several)


def near(left: Found, right: Found, distance: int, ordered: bool) -> Found:
    """Pairs that don't overlap, with at most ``distance`` - 1 positions between them."""
    found: Found = {}
    for number in left.keys() & right.keys():
        matches: Matches = {}
        _pairs(left[number], right[number], distance, matches)
        if not ordered:
            _pairs(right[number], left[number], distance, matches)
        if matches:
            found[number] = matches
    return found


def _pairs(first: Matches, second: Matches, distance: int, into: Matches) -> None:
    for (start, end), pieces in first.items():
        for (start2, end2), pieces2 in second.items():
            if end < start2 <= end + distance:
                add(into, start, end2, united(pieces + pieces2))


def chain(parts: Sequence[Found], slop: int = 0, skips: Sequence[int] = ()) -> Found:
    """Parts in this order.

    Arguments:
        parts: what stands one behind the other; none match nothing.
        slop: how many positions may lie between them in all.
        skips: for each part, how many positions lie between it and the one before besides.
    """
    if not parts:
        return {}
    found: Found = {}
    for number in set(parts[0]).intersection(*parts[1:]):
        matches = _chain([part[number] for part in parts], slop, skips or [0] * len(parts))
        if matches:
            found[number] = matches
    return found


def _chain(parts: Sequence[Matches], slop: int, skips: Sequence[int]) -> Matches:
    # (start, end, positions spent) of the parts so far, with their pieces
    state = {(start, end, 0): pieces for (start, end), pieces in parts[0].items()}
    for part, skip in zip(parts[1:], skips[1:], strict=True):
        state = _longer(state, part, slop, skip)
    matches: Matches = {}
    for (start, end, _), pieces in state.items():
        add(matches, start, end, pieces)
    return matches


def _longer(
    state: Mapping[tuple[int, int, int], Pieces], part: Matches, slop: int, skip: int
) -> dict[tuple[int, int, int], Pieces]:
    by_start: dict[int, list[tuple[int, Pieces]]] = {}
    for (start, end), pieces in part.items():
        by_start.setdefault(start, []).append((end, pieces))
    longer: dict[tuple[int, int, int], Pieces] = {}
    for (start, end, spent), pieces in state.items():
        for gap in range(slop - spent + 1):
            for end2, pieces2 in by_start.get(end + 1 + skip + gap, ()):
                key = (start, end2, spent + gap)
                more = united(longer.get(key, ()) + pieces + pieces2)
                longer[key] = more
    return longer


def starting(found: Found, marked: Found, inside: bool) -> Found:
    """Matches that start where a match of ``marked`` starts, or where none does."""
    kept: Found = {}
    for number, matches in found.items():
        starts = {start for start, _ in marked.get(number, ())}
        left = {key: pieces for key, pieces in matches.items() if (key[0] in starts) == inside}
        if left:
            kept[number] = left
    return kept
