"""Facts of documents as columns of a segment, read without numpy: for the cold path."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from treatybody.frozen import Frozen
from treatybody.index import columns
from treatybody.index.flat.layout import FACTS
from treatybody.index.values import DOCUMENT_FACTS, SEARCHED_KINDS

if TYPE_CHECKING:
    from treatybody.index.glance import Segment

FEW = 2048  # paragraphs whose documents are looked up one by one
_SEARCHED = bytes(
    code < len(columns.KINDS) and columns.KINDS[code] in SEARCHED_KINDS for code in range(256)
)


class Test(Frozen):
    """What a filter asks of a document: a fact, and whether a value of it will do."""

    fact: str
    suits: Callable[[str | None], bool]


def searched(segment: Segment, places: Sequence[int]) -> Iterable[int]:
    """For some paragraphs whether each is of a kind that is searched by default."""
    kinds: Sequence[int] = segment.flat.view("kind", 0, segment.entry.paragraphs)
    return map(_SEARCHED.__getitem__, map(kinds.__getitem__, places))


def passing(segment: Segment, tests: Sequence[Test]) -> bytes | None:
    """For each document whether it is used and passes all tests, 1 or 0; None if all do."""
    size = segment.entry.documents
    if not tests and not segment.entry.dead:
        return None
    good = bytearray(b"\1") * size
    for place in segment.entry.dead:
        good[place] = 0
    for test in tests:
        both = int.from_bytes(good, "big") & int.from_bytes(_suiting(segment, test), "big")
        good = bytearray(both.to_bytes(size, "big"))
    return bytes(good)


def mask(segment: Segment, good: bytes) -> bytes:
    """For each paragraph what is told of its document, 1 or 0."""
    firsts = segment.firsts
    sizes = map(int.__sub__, firsts[1:], firsts)
    return b"".join(bytes([one]) * size for one, size in zip(good, sizes, strict=True))


def told(segment: Segment, good: bytes, places: Sequence[int]) -> Iterable[int]:
    """For some paragraphs what is told of their documents, 1 or 0."""
    if len(places) < FEW:
        firsts = segment.firsts
        return (good[bisect_right(firsts, place) - 1] for place in places)
    return map(mask(segment, good).__getitem__, places)


def stretches(segment: Segment, good: bytes) -> list[tuple[int, int]]:
    """The paragraphs of documents of which 1 is told: first ones, and ends."""
    firsts = segment.firsts
    return list(compress(pairwise(firsts), good))


def dead(segment: Segment) -> list[tuple[int, int]]:
    """The paragraphs of the documents that are not used."""
    places = sorted(segment.entry.dead)
    return [(segment.firsts[place], segment.firsts[place + 1]) for place in places]


def _suiting(segment: Segment, test: Test) -> bytes:
    """For each document whether it passes a test: 1 or 0."""
    if test.fact not in FACTS:
        facts = DOCUMENT_FACTS[test.fact]
        return bytes(any(map(test.suits, facts(document))) for document in segment.documents)
    values = [None, *segment.flat.strings(f"{test.fact}_values")]
    suits = bytes(map(test.suits, values))
    codes = segment.flat.column(f"{test.fact}_codes", 0, segment.entry.documents)
    if len(suits) > 256:
        return bytes(map(suits.__getitem__, codes))
    return bytes(codes).translate(suits.ljust(256, b"\0"))


def languages(segment: Segment) -> set[str]:
    """The languages of the documents that are used."""
    values = segment.flat.strings("language_values")
    if not segment.entry.dead:
        return set(values)
    codes = segment.flat.column("language_codes", 0, segment.entry.documents)
    return {values[codes[place] - 1] for place in segment.alive()}


def lengths(segment: Segment, field: str) -> Sequence[int]:
    """The length of a field in each paragraph."""
    return segment.flat.integers(f"{field}_words", 0, segment.entry.paragraphs)


def length(segment: Segment, field: str) -> tuple[int, int]:
    """The length of a field in all paragraphs that are used, and how many have it at all."""
    total, present = segment.flat.column(f"{field}_total", 0, 2)
    for place in segment.entry.dead:
        first, last = segment.firsts[place], segment.firsts[place + 1]
        dead = segment.flat.column(f"{field}_words", first, last)
        total, present = total - sum(dead), present - sum(map(bool, dead))
    return total, present
