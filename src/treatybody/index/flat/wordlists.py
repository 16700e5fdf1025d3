"""All lists of postings of one word, over segments and languages, for the cold path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.flat import documents
from treatybody.index.flat.stretches import Postings, Stretch, postings

if TYPE_CHECKING:
    from treatybody.index.glance import Segment, Snapshot

Counts = dict[str, dict[int, int]]  # by field, how often a word stands in each paragraph


class Lists:
    """The lists of postings of a word.

    Arguments:
        snapshot: what is searched.
        kind: "exact" or "stem".
        terms: what the word is in the index; no paragraph has two of them.
    """

    def __init__(self, snapshot: Snapshot[Any], kind: str, terms: Sequence[str]) -> None:
        self._lists: dict[str, list[tuple[Segment, Postings]]] = {}
        keys = [term.encode("utf-8", "surrogatepass") for term in dict.fromkeys(terms)]
        for field in SCORED:
            each = (
                (segment, postings(segment.flat, field, kind, key))
                for segment in snapshot.segments
                for key in keys
            )
            self._lists[field] = [(segment, one) for segment, one in each if one is not None]

    def of(self, field: str) -> list[tuple[Segment, Postings]]:
        """The lists of a field."""
        return self._lists[field]

    def longest(self) -> int:
        """How many postings the longest list has."""
        every = (one.size for lists in self._lists.values() for _, one in lists)
        return max(every, default=0)

    def having(self) -> int:
        """In how many paragraphs that are used the word stands."""
        sizes = (one.size for field in SEARCHED for _, one in self.of(field))
        return sum(sizes) - self._twice() - self._dead()

    def _twice(self) -> int:
        """How many paragraphs are in the lists of two fields, dead ones too."""
        text, note = map(self.of, SEARCHED)
        if not text or not note:
            return 0
        return len({*_numbers(text)}.intersection(_numbers(note)))

    def _dead(self) -> int:
        found = 0
        for segment in {segment for field in SEARCHED for segment, _ in self.of(field)}:
            if segment.entry.dead:
                gone = documents.dead(segment)
                here = (o for field in SEARCHED for s, o in self.of(field) if s is segment)
                found += len({doc for one in here for doc, _ in one.within(gone)})
        return found

    def counts(self) -> Counts:
        """How often the word stands in each paragraph that is used."""
        counts: Counts = {field: {} for field in SCORED}
        for field, lists in self._lists.items():
            for segment, one in lists:
                alive = documents.passing(segment, ()) if segment.entry.dead else None
                pairs = one.pairs(segment.base)
                if alive is not None:
                    pairs = [pair for pair in pairs if alive[pair[0] - segment.base]]
                counts[field].update(pairs)
        return counts

    def within(self, stretches: dict[int, list[Stretch]]) -> Counts:
        """How often it stands in paragraphs of some stretches, given by their segment's base."""
        counts: Counts = {field: {} for field in SCORED}
        for field, lists in self._lists.items():
            for segment, one in lists:
                base = segment.base
                pairs = one.within(stretches.get(base, ()))
                counts[field].update((base + doc, count) for doc, count in pairs)
        return counts


def _numbers(lists: Iterable[tuple[Segment, Postings]]) -> Iterator[int]:
    for segment, one in lists:
        yield from map(segment.base.__add__, one.docs())
