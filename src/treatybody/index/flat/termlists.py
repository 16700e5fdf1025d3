"""One term in one segment, and what was read of it for one query.

Paragraphs are numbered as in the segment inside of this module; what it gives, and what it is
given, has the numbers of the snapshot.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.champions import Champions
from treatybody.index.flat.codec import FlatTerms
from treatybody.index.flat.docsets import Docs, among, inside
from treatybody.index.flat.places import Keys, keys, within
from treatybody.index.flat.skips import Skips
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.words import Words
from treatybody.index.snapshot import Segment

Mask = NDArray[np.bool_]
NO_KEYS: Keys = np.empty(0, np.int64)
_NONE: Docs = np.empty(0, np.int32)
_LOOKED_UP = 3
_APART = 128  # so few of these paragraphs are looked up by skip pointers
_FEW = 64  # where less than one of so many postings is wanted, others are not unpacked


class Part(NamedTuple):
    """A segment: its own number, that of its first paragraph, its size, its words, and who lives.

    ``live`` is None where all do; else bool, shape (paragraphs of the segment,).
    """

    number: int
    base: int
    size: int
    words: dict[str, Words]
    live: Mask | None


def open_part(number: int, segment: Segment) -> Part:
    """The words of a segment, through Whoosh's reader of it."""
    terms: FlatTerms = segment.reader._terms
    return Part(number, segment.base, segment.entry.paragraphs, terms.words, _live(segment))


def _live(segment: Segment) -> Mask | None:
    if sum(map(len, segment.live)) == segment.entry.paragraphs:
        return None
    live = np.zeros(segment.entry.paragraphs, bool)
    for alive in segment.live:
        live[alive.start : alive.stop] = True
    return live


class TermList:
    """One term in one segment; what was read of it is kept as long as the query runs.

    Arguments:
        part: the segment.
        words, terms: of the field, and the list of terms that has it.
        place: of the term in that list.
    """

    def __init__(self, part: Part, words: Words, terms: Terms, place: int) -> None:
        self.part = part
        self.words = words
        self.terms = terms
        self.place = place
        self._looked_up: list[tuple[Docs, NDArray[np.signedinteger], Docs]] = []
        self._led = _NONE, _NONE
        self._placed: tuple[Docs, Keys] = _NONE, NO_KEYS

    @cached_property
    def docs(self) -> Docs:
        """The paragraphs that have it, dead ones too: int32, numbered as in the segment."""
        return self.words.docs(self.terms, self.place)

    @cached_property
    def counts(self) -> Docs:
        """How often it stands in each: int32."""
        return self.words.counts(self.terms, self.place)

    def champions(self, average: float, most: int) -> Champions:
        """So many champions, or all it has; the bound holds for fields so long on average.

        Where the average is greater than in the segment, what frequencies are divided by is less
        for each length, but not less than in proportion.
        """
        if self._leads is None:
            return Champions(self.docs, 0.0)
        docs, counts, rest = self.words.champions(self._leads, most)
        self._led = docs, counts
        longer = max(1.0, average / self.words.average)
        return Champions(docs, rest * longer)

    @cached_property
    def _leads(self) -> int | None:
        """Its place among the terms that have champions."""
        return self.words.led(self.terms, self.place)

    @cached_property
    def _starts(self) -> Docs:
        """How many occurrences come before those of each paragraph; a term has less than 2^31."""
        return np.cumsum(self.counts, dtype=np.int32) - self.counts

    @cached_property
    def _skips(self) -> Skips:
        return Skips(self.words, self.terms, self.place)

    @cached_property
    def _common(self) -> bool:
        return self.terms.first(self.place)[0] >= self.words.rare

    def among(self, only: Docs) -> tuple[NDArray[np.signedinteger], Docs]:
        """Which of some living paragraphs have it: their places in ``docs``, and they.

        Those of the last such arrays are known.
        """
        for known, places, docs in self._looked_up:
            if known is only:
                return places, docs
        places, docs = self._find(only)
        self._looked_up = [(only, places, docs), *self._looked_up[:_LOOKED_UP]]
        return places, docs

    def _find(self, only: Docs) -> tuple[NDArray[np.signedinteger], Docs]:
        here = only - np.int32(self.part.base) if self.part.base else only
        if len(here) and (here[0] < 0 or here[-1] >= self.part.size):
            here = here[np.searchsorted(here, 0) : np.searchsorted(here, self.part.size)]
        if "docs" not in self.__dict__ and self._common and len(here) * _APART < self.size:
            return self._skips.find(here)
        places = inside(self.docs, here, self.part.size)
        return places, here if len(places) == len(here) else self.docs[places]

    @property
    def size(self) -> int:
        """How many paragraphs have it, dead ones too."""
        return self.terms.having(self.place)

    def counts_among(self, only: Docs) -> tuple[Docs, Docs]:
        """Which of some living paragraphs have it, and how often it stands in each."""
        if only is self._led[0]:
            return self._led
        chosen, docs = self.among(only)
        return self._numbered(docs), self._counts_of(chosen)

    def _numbered(self, docs: Docs) -> Docs:
        return docs + np.int32(self.part.base) if self.part.base else docs

    def _counts_of(self, chosen: NDArray[np.signedinteger]) -> Docs:
        """How often it stands in some of its paragraphs; of few others are not unpacked."""
        if len(chosen) * _FEW > self.size:
            counts: Docs = self.counts[chosen]
            return counts
        return self.words.counts_of(self.terms, self.place, chosen)

    def met(self, docs: Docs, some: Docs, places: NDArray[np.signedinteger]) -> None:
        """Remember the places of some of its paragraphs, if ``docs`` are these."""
        if "docs" in self.__dict__ and self.docs is docs:
            self._looked_up = [(some, places, some), *self._looked_up[:_LOOKED_UP]]

    def live_counts(self) -> Docs:
        """How often it stands in each that lives."""
        live = self.part.live
        return self.counts if live is None else self.counts[live[self.docs]]

    def occurrences(self) -> int:
        """How often it stands in those that live, together."""
        if self.part.live is None and self._leads is not None:
            return self.words.total(self._leads)
        return int(self.live_counts().sum(dtype=np.int64))

    def positions(self, only: Docs | None) -> Keys:
        """Where it stands, as keys, in living paragraphs, or in some of them only."""
        if only is not None:
            return self._places_among(only)
        part, docs = self.part, self.docs
        if part.live is not None:
            living = np.flatnonzero(part.live[docs])
            return self._keys(living, docs[living])
        places = self.words.places(self.terms, self.place, int(self.counts.sum()))
        return keys(np.repeat(docs + np.int32(part.base), self.counts), places)

    def _places_among(self, only: Docs) -> Keys:
        """Where it stands in some living paragraphs; what is known of more of them is used."""
        known, found = self._placed
        if known is only:
            return found
        if len(only) * 8 < len(known) and among(only, known).all():
            return within(found, only)
        self._placed = only, self._keys(*self.among(only))
        return self._placed[1]

    def _keys(self, chosen: NDArray[np.signedinteger], docs: Docs) -> Keys:
        """Where it stands in some of its paragraphs, given by their places, too."""
        if not len(chosen):
            return NO_KEYS
        counts = self._counts_of(chosen)
        if self._common and len(chosen) * _FEW < self.size:
            starts = self._skips.before(chosen)
        else:
            starts = self._starts[chosen].astype(np.int64)
        places = self.words.places_of(self.terms, self.place, starts, counts)
        return keys(np.repeat(self._numbered(docs), counts), places)
