"""The words of a whole generation: those of its segments put together.

Paragraphs have the numbers of the snapshot; those that the generation no longer uses are left
out of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index import analysis
from treatybody.index.flat.codec import FlatTerms, listed
from treatybody.index.flat.inverting import before
from treatybody.index.flat.places import Docs, Keys, among, keys
from treatybody.index.flat.reading import Terms, Words
from treatybody.index.snapshot import Segment, Snapshot

Mask = NDArray[np.bool_]
_REMEMBERED = 10_000
NO_KEYS: Keys = np.empty(0, np.int64)


class Part(NamedTuple):
    """A segment: its own number, that of its first paragraph, its words, and which paragraphs live.

    ``live`` is None where all do; else bool, shape (paragraphs of the segment,).
    """

    number: int
    base: int
    words: dict[str, Words]
    live: Mask | None


def open_part(number: int, segment: Segment) -> Part:
    """The words of a segment, through Whoosh's reader of it."""
    terms: FlatTerms = segment.reader._terms
    return Part(number, segment.base, terms.words, _live(segment))


def _live(segment: Segment) -> Mask | None:
    if sum(map(len, segment.live)) == segment.entry.paragraphs:
        return None
    live = np.zeros(segment.entry.paragraphs, bool)
    for alive in segment.live:
        live[alive.start : alive.stop] = True
    return live


class FlatPostings:
    """Where the words of a snapshot stand, as arrays.

    Arrays of paragraphs are int32 and ascending.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.parts = [open_part(n, segment) for n, segment in enumerate(snapshot.segments)]
        self.size = sum(segment.entry.paragraphs for segment in snapshot.segments)
        self._read: dict[tuple[str, str], tuple[Docs, Docs]] = {}
        self._known: dict[tuple[str, str], tuple[Part, int]] = {}

    def remember(self, field: str, words: Sequence[str], part: Part, places: Sequence[int]) -> None:
        """Remember where terms are that stand in one segment only."""
        for word, place in zip(words, places, strict=True):
            self._known[field, word] = part, place

    def forget(self) -> None:
        """Forget what was read for the last query."""
        self._read = {}
        if len(self._known) > _REMEMBERED:
            self._known = {}

    @cached_property
    def languages(self) -> Sequence[str]:
        """The languages of all documents."""
        return sorted({d.language for d in self.snapshot.documents.values()})

    @cached_property
    def live(self) -> Mask:
        """Which numbers are paragraphs of the generation: bool, shape (numbers,)."""
        sizes = [segment.entry.paragraphs for segment in self.snapshot.segments]
        lives = [
            np.ones(size, bool) if part.live is None else part.live
            for part, size in zip(self.parts, sizes, strict=True)
        ]
        return np.concatenate(lives) if lives else np.zeros(0, bool)

    def _having(self, field: str, term: str) -> Iterator[tuple[Part, Words, Terms, int]]:
        known = self._known.get((field, term))
        if known is not None:
            yield known[0], *listed(known[0].words, field), known[1]
            return
        key = term.encode("utf-8", "surrogatepass")
        for part in self.parts:
            words, terms = listed(part.words, field)
            place = terms.find(key)
            if place is not None:
                yield part, words, terms, place

    def docs(self, field: str, term: str) -> Docs:
        """The paragraphs that have a term."""
        known = self._read.get((field, term))
        if known is not None:
            return known[0]
        return joined(
            _alive(part, words.docs(terms, place)) + np.int32(part.base)
            for part, words, terms, place in self._having(field, term)
        )

    def counts(self, field: str, term: str) -> tuple[Docs, Docs]:
        """The paragraphs that have a term, and how often it stands in each."""
        known = self._read.get((field, term))
        if known is None:
            known = self._read[field, term] = self._counts(field, term)
        return known

    def _counts(self, field: str, term: str) -> tuple[Docs, Docs]:
        docs, counts = [], []
        for part, words, terms, place in self._having(field, term):
            found, often = words.docs(terms, place), words.counts(terms, place)
            if part.live is not None:
                often = often[part.live[found]]
            docs.append(_alive(part, found) + np.int32(part.base))
            counts.append(often)
        return joined(docs), joined(counts)

    def many(self, field: str, several: Sequence[str], counted: bool) -> tuple[Docs, Docs]:
        """The postings of several terms, one behind the other in any order.

        Arguments:
            counted: whether it is wanted how often each stands; else the second array is empty.
        """
        by_part: dict[int, list[int]] = {}
        for term in several:
            for part, _, _, place in self._having(field, term):
                by_part.setdefault(part.number, []).append(place)
        docs, counts = [], []
        for number, places in by_part.items():
            part = self.parts[number]
            found, often = listed(part.words, field)[0].many(
                listed(part.words, field)[1], np.array(sorted(places), np.int64), counted
            )
            if part.live is not None:
                often = often[part.live[found]] if counted else often
            docs.append(_alive(part, found) + np.int32(part.base))
            counts.append(often)
        return joined(docs), joined(counts)

    def positions(self, field: str, term: str, only: Docs | None = None) -> Keys:
        """Where a term stands, as keys (see ``places``).

        Arguments:
            only: paragraphs to which this is limited.
        """
        found = [NO_KEYS]
        for part, words, terms, place in self._having(field, term):
            found.append(_positions(part, words, terms, place, only))
        return found[1] if len(found) == 2 else np.concatenate(found)

    def paragraphs_with(self, field: str, term: str) -> int:
        """How many paragraphs have a term."""
        return sum(
            terms.having(place)
            if part.live is None
            else int(np.count_nonzero(part.live[words.docs(terms, place)]))
            for part, words, terms, place in self._having(field, term)
        )

    def everything(self) -> Docs:
        """All paragraphs."""
        return np.flatnonzero(self.live).astype(np.int32)

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The words that stand in a field, in code point order, marked forms left out."""
        key = prefix.encode("utf-8", "surrogatepass")
        found: set[bytes] = set()
        for part in self.parts:
            _, terms = listed(part.words, field)
            found.update(terms.slice(terms.prefixed(key)))
        mark = analysis.MARK.encode()
        words = sorted(word for word in found if not word.startswith(mark))
        return [word.decode("utf-8", "surrogatepass") for word in words]


def joined(arrays: Iterable[Docs]) -> Docs:
    """Arrays of int32, one behind the other."""
    several = list(arrays)
    if len(several) == 1:
        return several[0]
    return np.concatenate([np.empty(0, np.int32), *several])


def _alive(part: Part, docs: Docs) -> Docs:
    return docs if part.live is None else docs[part.live[docs]]


def _positions(part: Part, words: Words, terms: Terms, place: int, only: Docs | None) -> Keys:
    docs, counts = words.docs(terms, place), words.counts(terms, place)
    if only is None and part.live is None:
        places = words.places(terms, place, int(counts.sum()))
        return keys(np.repeat(docs + np.int32(part.base), counts), places)
    chosen = np.arange(len(docs)) if only is None else _wanted(docs, only - np.int32(part.base))
    if part.live is not None:
        chosen = chosen[part.live[docs[chosen]]]
    starts, counts = before(counts)[chosen], counts[chosen]
    places = words.places_of(terms, place, starts, counts)
    return keys(np.repeat(docs[chosen] + np.int32(part.base), counts), places)


def _wanted(docs: Docs, only: Docs) -> NDArray[np.int64]:
    """The places in ``docs`` of those that are in ``only``; both ascend."""
    if len(only) * 16 < len(docs):
        found = np.searchsorted(docs, only)
        found = found[found < len(docs)]
        return found[among(docs[found], only)]
    return np.flatnonzero(among(docs, only))
