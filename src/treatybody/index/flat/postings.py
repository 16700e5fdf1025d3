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
from treatybody.index.flat.champions import UNIT, Champions
from treatybody.index.flat.codec import FlatTerms, listed
from treatybody.index.flat.places import Docs, Keys, among, distinct, index, inside, keys, within
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.words import Words
from treatybody.index.snapshot import Segment, Snapshot

Mask = NDArray[np.bool_]
_REMEMBERED = 10_000
_LOOKED_UP = 3
_FEW = 64  # where less than one of so many postings is wanted, others are not unpacked
NO_KEYS: Keys = np.empty(0, np.int64)
NOTHING = (np.empty(0, np.int32), np.empty(0, np.int32))


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
        self._looked_up: list[tuple[Docs, NDArray[np.signedinteger]]] = []
        self._placed: tuple[Docs, Keys] = NOTHING[0], NO_KEYS

    @cached_property
    def docs(self) -> Docs:
        """The paragraphs that have it, dead ones too: int32, numbered as in the segment."""
        return self.words.docs(self.terms, self.place)

    @cached_property
    def counts(self) -> Docs:
        """How often it stands in each: int32."""
        return self.words.counts(self.terms, self.place)

    def champions(self, average: float) -> Champions:
        """Its champions, or all; the bound holds for fields that are so long on average.

        Where the average is greater than in the segment, what frequencies are divided by is less
        for each length, but not less than in proportion.
        """
        found = self.words.champions(self.terms, self.place)
        if found is None:
            return Champions(self.docs, 0.0)
        longer = max(1.0, average / self.words.average)
        return Champions(found[0], found[1] / UNIT * longer)

    @cached_property
    def _starts(self) -> Docs:
        """How many occurrences come before those of each paragraph; a term has less than 2^31."""
        return np.cumsum(self.counts, dtype=np.int32) - self.counts

    def _among(self, only: Docs) -> NDArray[np.signedinteger]:
        """The places in ``docs`` of some paragraphs; those of the last such arrays are known."""
        for known, found in self._looked_up:
            if known is only:
                return found
        found = self._find(only)
        self._looked_up = [(only, found), *self._looked_up[:_LOOKED_UP]]
        return found

    def _find(self, only: Docs) -> NDArray[np.signedinteger]:
        here = only - np.int32(self.part.base) if self.part.base else only
        if len(here) and (here[0] < 0 or here[-1] >= self.part.size):
            here = here[np.searchsorted(here, 0) : np.searchsorted(here, self.part.size)]
        if len(here) * 16 < len(self.docs):
            return inside(self.docs, here, self.part.size)
        if not len(here):
            return np.empty(0, np.intp)
        first, last = np.searchsorted(self.docs, here[[0, -1]] + np.array([0, 1], np.int32))
        found = inside(self.docs[first:last], here, self.part.size)
        found += first
        return found

    @property
    def size(self) -> int:
        """How many paragraphs have it, dead ones too."""
        return self.terms.having(self.place)

    def counts_among(self, only: Docs) -> tuple[Docs, Docs]:
        """Which of some living paragraphs have it, and how often it stands in each."""
        chosen = self._among(only)
        counts = self.words.counts_of(self.terms, self.place, chosen)
        return self.docs[chosen] + np.int32(self.part.base), counts

    def live_counts(self) -> Docs:
        """How often it stands in each that lives."""
        live = self.part.live
        return self.counts if live is None else self.counts[live[self.docs]]

    def occurrences(self) -> int:
        """How often it stands in those that live, together."""
        if self.part.live is None:
            return self.words.total(self.terms, self.place)
        return int(self.live_counts().sum(dtype=np.int64))

    def positions(self, only: Docs | None) -> Keys:
        """Where it stands, as keys, in living paragraphs, or in some of them only."""
        if only is not None:
            return self._places_among(only)
        part, docs = self.part, self.docs
        if part.live is not None:
            return self._keys(np.flatnonzero(part.live[docs]))
        places = self.words.places(self.terms, self.place, int(self.counts.sum()))
        return keys(np.repeat(docs + np.int32(part.base), self.counts), places)

    def _places_among(self, only: Docs) -> Keys:
        """Where it stands in some living paragraphs; what is known of more of them is used."""
        known, found = self._placed
        if known is only:
            return found
        if len(only) * 8 < len(known) and among(only, known).all():
            return within(found, only)
        self._placed = only, self._keys(self._among(only))
        return self._placed[1]

    def _keys(self, chosen: NDArray[np.signedinteger]) -> Keys:
        """Where it stands in some of its paragraphs."""
        if not len(chosen):
            return NO_KEYS
        if len(chosen) * _FEW > self.size:
            starts, counts = self._starts[chosen].astype(np.int64), self.counts[chosen]
        else:
            starts = self.words.before(self.terms, self.place, chosen)
            counts = self.words.counts_of(self.terms, self.place, chosen)
        places = self.words.places_of(self.terms, self.place, starts, counts)
        return keys(np.repeat(self.docs[chosen] + np.int32(self.part.base), counts), places)


class FlatPostings:
    """Where the words of a snapshot stand, as arrays.

    Arrays of paragraphs are int32 and ascending.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.parts = [open_part(n, segment) for n, segment in enumerate(snapshot.segments)]
        self.size = sum(segment.entry.paragraphs for segment in snapshot.segments)
        self._known: dict[tuple[str, str], tuple[Part, int]] = {}
        self.forget()

    def remember(self, field: str, words: Sequence[str], part: Part, places: Sequence[int]) -> None:
        """Remember where terms are that stand in one segment only."""
        for word, place in zip(words, places, strict=True):
            self._known[field, word] = part, place

    def forget(self) -> None:
        """Forget what was read for the last query."""
        self._lists: dict[tuple[str, str], list[TermList]] = {}
        self._docs: dict[tuple[str, str], Docs] = {}
        self._counts: dict[tuple[str, str], Docs] = {}
        if len(self._known) > _REMEMBERED:
            self._known = {}
        for segment in self.snapshot.segments:
            segment.flat.rest()

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

    def _having(self, field: str, term: str) -> list[TermList]:
        """The lists of a term, segment by segment."""
        found = self._lists.get((field, term))
        if found is None:
            places = self._places(field, term)
            found = [TermList(part, *listed(part.words, field), place) for part, place in places]
            self._lists[field, term] = found
        return found

    def _places(self, field: str, term: str) -> list[tuple[Part, int]]:
        """The segments that have a term, and its place among the terms there."""
        known = self._known.get((field, term))
        return [known] if known else self._find(field, term)

    def _find(self, field: str, term: str) -> list[tuple[Part, int]]:
        key = term.encode("utf-8", "surrogatepass")
        places = ((part, listed(part.words, field)[1].find(key)) for part in self.parts)
        return [(part, place) for part, place in places if place is not None]

    def docs(self, field: str, term: str) -> Docs:
        """The paragraphs that have a term."""
        found = self._docs.get((field, term))
        if found is None:
            lists = self._having(field, term)
            found = joined(_numbered(one.part, one.docs) for one in lists)
            self._docs[field, term] = found
        return found

    def counts(self, field: str, term: str, only: Docs | None = None) -> tuple[Docs, Docs]:
        """The paragraphs that have a term, and how often it stands in each.

        Arguments:
            only: paragraphs that are enough; where they are few, counts of others aren't unpacked.
        """
        lists = self._having(field, term)
        if only is not None and 4 * len(only) < sum(one.size for one in lists):
            parts = [one.counts_among(only) for one in lists]
            return joined(docs for docs, _ in parts), joined(counts for _, counts in parts)
        counts = self._counts.get((field, term))
        if counts is None:
            counts = self._counts[field, term] = joined(one.live_counts() for one in lists)
        return self.docs(field, term), counts

    def champions(self, field: str, term: str, average: float) -> Champions:
        """The champions of a term in all segments; where it has none, all of its paragraphs.

        Arguments:
            average: the average length of the field in the whole generation.
        """
        lists = self._having(field, term)
        found = [(one.part, *one.champions(average)) for one in lists]
        docs = joined(_numbered(part, docs) for part, docs, _ in found)
        return Champions(docs, max((rest for _, _, rest in found), default=0.0))

    def any_of(self, field: str, several: Sequence[str]) -> Docs:
        """The paragraphs that have any of several terms."""
        found = [docs for docs, _ in self._many(field, several, counted=False)]
        if sum(map(len, found)) * 16 < self.size:
            return distinct(np.sort(joined(found)))
        mask = np.zeros(self.size, bool)
        for docs in found:
            mask[index(docs)] = True
        return np.flatnonzero(mask).astype(np.int32)

    def tally(self, field: str, several: Sequence[str]) -> tuple[Docs, Docs]:
        """The paragraphs that have any of several terms, and how often these stand in each."""
        if len(several) == 1:
            return self.counts(field, several[0])
        return self.summed(list(self._many(field, several, counted=True)))

    def summed(self, several: Sequence[tuple[Docs, Docs]]) -> tuple[Docs, Docs]:
        """Paragraphs with counts, those that stand in several lists, or more than once, added up.

        Where they are many, all paragraphs have a place to add to, else they are sorted.
        """
        if sum(len(docs) for docs, _ in several) * 16 < self.size:
            return _sorted_sums(*(joined(one) for one in zip(NOTHING, *several, strict=True)))
        sums = np.zeros(self.size, np.int32)
        for docs, counts in several:
            np.add.at(sums, docs, counts)
        found = np.flatnonzero(sums != 0)  # of other than truths it is five times as slow
        return found.astype(np.int32), sums[found]

    def _many(
        self, field: str, several: Sequence[str], counted: bool
    ) -> Iterator[tuple[Docs, Docs]]:
        """The postings of several terms, in stretches."""
        by_part: dict[int, list[int]] = {}
        for term in several:
            for part, place in self._places(field, term):
                by_part.setdefault(part.number, []).append(place)
        for number, places in by_part.items():
            part = self.parts[number]
            words, terms = listed(part.words, field)
            for docs, counts in words.many(terms, np.array(sorted(places), np.int64), counted):
                if part.live is not None and counted:
                    counts = counts[part.live[docs]]
                yield _numbered(part, docs), counts

    def positions(self, field: str, term: str, only: Docs | None = None) -> Keys:
        """Where a term stands, as keys (see ``places``).

        Arguments:
            only: paragraphs to which this is limited.
        """
        found = [one.positions(only) for one in self._having(field, term)]
        return found[0] if len(found) == 1 else np.concatenate([NO_KEYS, *found])

    def has(self, field: str, term: str) -> bool:
        """Whether any paragraph, living or dead, has a term."""
        return bool(self._having(field, term))

    def paragraphs_with(self, field: str, term: str) -> int:
        """How many paragraphs have a term."""
        return sum(
            one.terms.having(one.place)
            if one.part.live is None
            else int(np.count_nonzero(one.part.live[one.docs]))
            for one in self._having(field, term)
        )

    def occurrences(self, field: str, term: str) -> int:
        """How often a term stands in all paragraphs together."""
        return sum(one.occurrences() for one in self._having(field, term))

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


def _sorted_sums(docs: Docs, counts: Docs) -> tuple[Docs, Docs]:
    if not len(docs):
        return docs, counts
    order = np.argsort(docs, kind="stable")
    docs, counts = docs[order], counts[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1) != 0)
    return docs[first], np.add.reduceat(counts, first)


def joined(arrays: Iterable[Docs]) -> Docs:
    """Arrays of int32, one behind the other."""
    several = list(arrays)
    if len(several) == 1:
        return several[0]
    return np.concatenate([np.empty(0, np.int32), *several])


def _numbered(part: Part, docs: Docs) -> Docs:
    """Those paragraphs of a segment that live, by their numbers in the snapshot."""
    docs = docs if part.live is None else docs[part.live[docs]]
    return docs + np.int32(part.base) if part.base else docs
