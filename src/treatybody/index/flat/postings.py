"""The words of a whole generation: those of its segments put together.

Paragraphs have the numbers of the snapshot; those that the generation no longer uses are left
out of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from treatybody.index import analysis
from treatybody.index.flat.champions import MOST, Champions
from treatybody.index.flat.codec import listed
from treatybody.index.flat.docsets import Docs, distinct
from treatybody.index.flat.manylists import ManyLists
from treatybody.index.flat.places import Keys
from treatybody.index.flat.termlists import NO_KEYS, Mask, Part, TermList, open_part
from treatybody.index.snapshot import Snapshot

_REMEMBERED = 10_000
NOTHING = (np.empty(0, np.int32), np.empty(0, np.int32))


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
        self._read: dict[tuple[int, str, int], TermList] = {}
        self._several: dict[tuple[str, tuple[str, ...]], list[ManyLists]] = {}
        self._docs: dict[tuple[str, str], Docs] = {}
        self._counts: dict[tuple[str, str], Docs] = {}
        if len(self._known) > _REMEMBERED:
            self._known = {}
        self.rest()

    def rest(self) -> None:
        """Give back the memory of pages that were read, once they are many."""
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
            found = [self._list(part, field, place) for part, place in self._places(field, term)]
            self._lists[field, term] = found
        return found

    def _list(self, part: Part, field: str, place: int) -> TermList:
        """The list of a term in a segment: one for a word and a stem that share their postings."""
        words, terms = listed(part.words, field)
        known = part.number, words.field, terms.first(place)[0]
        if known not in self._read:
            self._read[known] = TermList(part, words, terms, place)
        return self._read[known]

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

    def met(self, docs: Docs, some: Docs, places: NDArray[np.signedinteger]) -> None:
        """Remember where in the paragraphs of a term some stand."""
        for one in self._read.values():
            one.met(docs, some, places)

    def champions(self, field: str, term: str, average: float, most: int = MOST) -> Champions:
        """The champions of a term in all segments; where it has none, all of its paragraphs.

        Arguments:
            average: the average length of the field in the whole generation.
            most: how many are enough of each segment.
        """
        lists = self._having(field, term)
        found = [(one.part, *one.champions(average, most)) for one in lists]
        docs = joined(_numbered(part, docs) for part, docs, _ in found)
        return Champions(docs, max((rest for _, _, rest in found), default=0.0))

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

    def positions_of_any(self, field: str, terms: Sequence[str], only: Docs | None = None) -> Keys:
        """Where any of some terms stands, as keys; the arguments are those of ``positions``."""
        found = [lists.positions(only) for lists in self._together(field, tuple(terms))]
        keys = np.concatenate([NO_KEYS, *found])
        keys.sort(kind="stable")
        return distinct(keys)

    def _together(self, field: str, terms: tuple[str, ...]) -> list[ManyLists]:
        """The lists of several terms, segment by segment; those of few patterns are kept."""
        known = self._several.get((field, terms))
        if known is None:
            by_part: dict[int, list[int]] = {}
            for term in terms:
                for part, place in self._places(field, term):
                    by_part.setdefault(part.number, []).append(place)
            known = [self._many_lists(field, *one) for one in by_part.items()]
            self._several[field, terms] = known
        return known

    def _many_lists(self, field: str, number: int, places: list[int]) -> ManyLists:
        part = self.parts[number]
        words, terms = listed(part.words, field)
        rare, common = words.parted(terms, np.array(sorted(places), np.int64))
        apart = [self._list(part, field, place) for place in common.tolist()]
        return ManyLists(part, words, terms, rare, apart)

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

    def having_any(self, terms: Sequence[tuple[str, str]]) -> int:
        """How many paragraphs have any of at most two terms, each given with its field."""
        several = sum(self.paragraphs_with(*term) for term in terms)
        if len(terms) < 2:
            return several
        few, many = sorted(terms, key=lambda term: self.paragraphs_with(*term))
        docs = self.docs(*few)
        return several - sum(len(one.among(docs)[0]) for one in self._having(*many))

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
    """Sorted with their counts in the low bits: a stable sort merges lists that ascend."""
    if not len(docs):
        return docs, counts
    both = docs.astype(np.int64) << 32 | counts
    both.sort(kind="stable")
    docs = (both >> 32).astype(np.int32)
    last = np.flatnonzero(np.append(docs[1:] != docs[:-1], True))
    sums = (both & (1 << 32) - 1).cumsum()[last]
    return docs[last], np.diff(sums, prepend=0).astype(np.int32)


def joined(arrays: Iterable[Docs]) -> Docs:
    """Arrays of int32, one behind the other."""
    several = list(arrays)
    if len(several) == 1:
        return several[0]
    return np.concatenate([np.empty(0, np.int32), *several])


def twice(sets: Sequence[Docs]) -> Docs:
    """The paragraphs that are in two or more of some sets.

    >>> twice([np.array([1, 4]), np.array([2, 4, 5]), np.array([4, 5])]).tolist()
    [4, 5]
    """
    every = np.sort(np.concatenate(sets), kind="stable")
    found: Docs = distinct(every[1:][every[1:] == every[:-1]])
    return found


def _numbered(part: Part, docs: Docs) -> Docs:
    """Those paragraphs of a segment that live, by their numbers in the snapshot."""
    docs = docs if part.live is None else docs[part.live[docs]]
    return docs + np.int32(part.base) if part.base else docs
