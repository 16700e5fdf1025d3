"""All lists of postings of one word, over segments and languages, for the cold path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.flat import documents
from treatybody.index.flat.stretches import Postings, Stretch, postings

if TYPE_CHECKING:
    from treatybody.index.glance import Segment, Snapshot

Stretches = Mapping[int, Sequence[Stretch]]  # by the number of their segment's first paragraph
Counts = dict[str, dict[int, int]]  # by field, how often a word stands in each paragraph


class Lists:
    """The lists of postings of a word.

    Arguments:
        snapshot: what is searched.
        kind: "exact" or "stem".
        terms: what the word is in the index; no paragraph has two of them.
        typed: whether it is what was typed, not evidence of it.
    """

    def __init__(
        self, snapshot: Snapshot[Any], kind: str, terms: Sequence[str], *, typed: bool = True
    ) -> None:
        self.typed = typed
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

    def led(self) -> bool:
        """Whether a list of the text has champions."""
        return any(one.leaders for _, one in self.of("text"))

    def having(self) -> int:
        """In how many paragraphs that are used the word stands."""
        sizes = (one.size for field in SEARCHED for _, one in self.of(field))
        return sum(sizes) - self._twice() - len(self._dead)

    def matches(self) -> int:
        """How often the word stands in these."""
        totals = (one.total() for field in SEARCHED for _, one in self.of(field))
        return sum(totals) - sum(self._dead.values())

    def _twice(self) -> int:
        """How many paragraphs are in the lists of two fields, dead ones too."""
        text, note = map(self.of, SEARCHED)
        if not text or not note:
            return 0
        return len({*_numbers(text)}.intersection(_numbers(note)))

    @cached_property
    def _dead(self) -> dict[int, int]:
        """How often it stands in paragraphs that are not used."""
        found: dict[int, int] = {}
        for segment, one in (pair for field in SEARCHED for pair in self.of(field)):
            gone = documents.dead(segment) if segment.entry.dead else ()
            for doc, count in one.within(gone):
                found[segment.base + doc] = found.get(segment.base + doc, 0) + count
        return found

    def counts(self) -> Counts:
        """How often the word stands in each paragraph that is used."""
        counts: Counts = {field: {} for field in SCORED}
        for field, lists in self._lists.items():
            for segment, one in lists:
                pairs, good = one.pairs(segment.base), documents.passing(segment, ())
                if good is not None:
                    alive = documents.mask(segment, good)
                    pairs = [pair for pair in pairs if alive[pair[0] - segment.base]]
                counts[field].update(pairs)
        return counts

    def within(self, stretches: Stretches) -> Counts:
        """How often it stands in each paragraph of some stretches, by field."""
        return {field: self.among(field, stretches) for field in SCORED}

    def among(self, field: str, stretches: Stretches) -> dict[int, int]:
        """How often a field has it in each paragraph of some stretches, all of which are used."""
        counts: dict[int, int] = {}
        for segment, one in self.of(field):
            pairs = one.within(stretches.get(segment.base, ()))
            counts.update((segment.base + doc, count) for doc, count in pairs)
        return counts


def _numbers(lists: Iterable[tuple[Segment, Postings]]) -> Iterator[int]:
    for segment, one in lists:
        yield from map(segment.base.__add__, one.docs())
